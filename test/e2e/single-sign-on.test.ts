/** Sign in once, be known everywhere, log out everywhere: the story of the demo, in a real browser, with faults and a rotation. */
import { describe, expect, it, vi } from 'vitest'
import { rotate } from '../../examples/distributed-auth/rotation.ts'
import { newKey } from '../../examples/keys-from-file/rotate.ts'
import { press } from '../support/browser.ts'
import { cardOf, contentOf, heading, signIn, useStage } from './browser.ts'

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

describe('a user who logs out', { timeout: 30_000 }, () => {
  it('is logged out everywhere, in every window', async () => {
    const page = await stage.signIn()
    const another = await page.context().newPage()
    await another.goto(stage.system.page)
    await cardOf(another, 'Reports').getByText('200 OK').waitFor()
    await press(page, 'Log out')
    await page.getByText('You are signed out of every service.').waitFor()
    expect(await page.context().cookies()).toEqual([])
    await another.getByText('You signed out in another tab, and so in every tab.').waitFor()
    await another.getByRole('button', { name: 'Sign in', exact: true }).waitFor()
  })

  it('elsewhere is told so at the next call here', async () => {
    const page = await stage.signIn()
    for (const name of ['Orders', 'Reports'] as const) await cardOf(page, name).getByText('200 OK').waitFor() // a late call would be the one that is told
    const Cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
    expect((await fetch(`${stage.system.urls.auth}/logout`, { method: 'POST', headers: { Cookie } })).status).toBe(204)
    await press(cardOf(page, 'Orders'), 'Call again')
    await page.getByText('You are signed out: token is revoked. Please sign in again.').waitFor()
  })
})

describe('the page', { timeout: 30_000 }, () => {
  it('says so if the auth service fails while it opens', async () => {
    const page = await stage.openWindow({ mayComplain: true })
    await page.route('**/renew', (route) => route.fulfill({ status: 500, body: '' }))
    await page.goto(stage.system.page)
    await page.getByText('The auth service does not answer.').waitFor()
    await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor()
  })

  it('shows the user who is logged in, whatever arrives late for the previous one', async () => {
    const page = await stage.openWindow()
    const login = page.waitForResponse('**/login')
    await signIn(page, stage.system.page)
    const body = await (await login).text() // what a renewal answers, too: a token of Ada's
    let answer = (): void => {}
    const isLate = new Promise<void>((resolve) => (answer = resolve))
    await page.route('**/renew', async (route) => {
      await isLate
      await route.fulfill({ status: 200, contentType: 'application/json', body })
    })
    await press(page, 'Renew now')
    await page.waitForTimeout(300)
    await press(page, 'Log out')
    await page.getByRole('button', { name: /Grace Hopper/ }).click()
    await heading(page, 'Grace Hopper').waitFor()

    const came = page.waitForResponse('**/renew')
    answer()
    await came
    await page.waitForTimeout(300)
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Grace Hopper')
  })
})

it('a user with the page open stays logged in while the secret is rotated', { timeout: 30_000 }, async () => {
  const page = await stage.signIn()
  const works = async (kid: string): Promise<void> => {
    for (const name of ['Orders', 'Reports'] as const) {
      const answer = page.waitForResponse(new RegExp(`/${name.toLowerCase()}$`))
      await press(cardOf(page, name), 'Call again')
      expect((await answer).status()).toBe(200)
    }
    await page.locator('#token-facts').getByText(kid).waitFor()
  }

  await rotate(stage.system, newKey('key-2'), async () => {
    await works('key-1') // a token of the old secret
    await press(page, 'Renew now')
    await page.locator('#token-facts').getByText('key-2').waitFor()
    await works('key-2')
  })
  await works('key-2')
  await press(page, 'Renew now')
  await page.locator('#activity li', { hasText: 'renewed by hand' }).nth(1).waitFor() // the session is of the next secret, too
  await works('key-2')
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
