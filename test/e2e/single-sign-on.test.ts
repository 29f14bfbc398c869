/** Sign in once, be known everywhere: the story of the demo, in a real browser. */
import { describe, expect, it, vi } from 'vitest'
import { press } from '../support/browser.ts'
import { cardOf, contentOf, signIn, useStage } from './browser.ts'

const stage = useStage()

describe('a user who logs in once', { timeout: 30_000 }, () => {
  it('is known to both services, by the cookie alone', async () => {
    const page = await stage.openWindow()
    const headers: Record<string, string>[] = []
    page.on('request', async (request) => {
      if (/\/(?:orders|reports)$/.test(request.url())) headers.push(await request.allHeaders())
    })
    await signIn(page, stage.system.page)
    await contentOf(page, 'Orders').getByText('Nanosecond of wire').waitFor()
    await contentOf(page, 'Reports').getByText('€18,430').waitFor()
    await press(cardOf(page, 'Orders'), 'Place an order')
    await contentOf(page, 'Orders').getByText('A-19').waitFor()

    await vi.waitFor(() => expect(headers.length).toBeGreaterThanOrEqual(4))
    const withCookie = headers.filter((all) => all[':method'] !== 'OPTIONS' && all['cookie'])
    for (const { cookie, authorization, 'sec-fetch-site': site } of withCookie) {
      expect(cookie).toMatch(/^jwt=[\w-]+\.[\w-]+\.[\w-]+$/) // not the session's, which is for the auth service alone
      expect(authorization).toBeUndefined()
      expect(site).toBe('same-site')
    }
    expect(withCookie).not.toEqual([])
  })

  it('has a token that no script can read, and claims that it can', async () => {
    const page = await stage.openWindow()
    const answer = page.waitForResponse(/\/login$/)
    await signIn(page, stage.system.page)
    const { token } = (await (await answer).json()) as { readonly token: string }

    const hidden = { path: '/', httpOnly: true, secure: true }
    expect(await page.context().cookies()).toMatchObject([
      { name: 'jwt', value: token, domain: '.example.localhost', sameSite: 'Lax', ...hidden },
      { name: '__Host-session', domain: 'auth.example.localhost', sameSite: 'Strict', ...hidden },
    ])
    const readable = await page.evaluate(() => JSON.stringify([document.cookie, { ...localStorage }, { ...sessionStorage }]))
    expect(readable).toBe('["",{},{}]')
    expect(await page.content()).not.toContain(token.split('.')[2])
    await page.getByText('document.cookie is empty').waitFor()
    for (const role of ['manager', 'finance']) await page.getByLabel('Role and groups').getByText(role).waitFor()
    await page.locator('#claims').getByText('"Ada Lovelace"').waitFor()
  })

  it('sees the time run down', async () => {
    const page = await stage.signIn()
    const left = async (): Promise<number> => Number((await page.locator('#time-left').innerText()).replace(':', ''))
    await vi.waitFor(async () => expect(await left()).toBeLessThanOrEqual(5958), { timeout: 5000 })
    expect(await left()).toBeGreaterThan(5930)
    await page.getByText(/Renews by itself in 29:5\d/).waitFor()
  })

  it('is rejected if the role is missing, and told why', async () => {
    const page = await stage.openWindow()
    await signIn(page, stage.system.page, 'grace', 'compiler')
    const reports = cardOf(page, 'Reports')
    for (const text of ['403 Forbidden', 'Not for your role']) await reports.getByText(text).waitFor()
    const challenge = 'Bearer realm="reports", scope="reports:read", error="insufficient_scope"'
    await contentOf(page, 'Reports').getByText(challenge).waitFor() // exposed by CORS
    await cardOf(page, 'Orders').getByText('200 OK').waitFor()
    expect(await contentOf(page, 'Orders').getByText('Difference engine').count()).toBe(0)
  })

  it('is told that the password was wrong, until the next attempt', async () => {
    const page = await stage.openWindow()
    await page.goto(stage.system.page)
    await page.getByLabel('Name').fill('ada')
    const password = page.getByLabel('Password')
    const told = async (): Promise<unknown> => [await page.getByRole('alert').innerText(), await password.getAttribute('aria-invalid')]
    const fail = async (): Promise<void> => {
      await password.fill('Engine')
      const login = page.waitForResponse('**/login')
      await page.keyboard.press('Enter')
      expect((await login).status()).toBe(401)
      await vi.waitFor(async () => expect(await told()).toEqual(['Sorry: wrong name or password.', 'true']))
    }
    await fail()
    expect(await page.context().cookies()).toEqual([])
    await page.keyboard.type('e')
    expect(await told()).toEqual(['', 'false'])
    await fail()
    await page.getByRole('button', { name: /Ada Lovelace/ }).click()
    await press(page, 'Log out')
    await password.waitFor()
    expect(await page.getByRole('alert').innerText()).toBe('')
  })
})

it('if a service is down, its card says so, and the other one goes on', { timeout: 30_000 }, async () => {
  const page = await stage.signIn({ mayComplain: true })
  await cardOf(page, 'Reports').getByText('200 OK').waitFor()
  stage.system.processOf('reports').kill()
  await stage.system.lost.catch(() => {})
  for (const name of ['Orders', 'Reports'] as const) await press(cardOf(page, name), 'Call again')
  await cardOf(page, 'Reports').getByText('The service is down').waitFor()
  await cardOf(page, 'Orders').getByText('200 OK').waitFor()
})
