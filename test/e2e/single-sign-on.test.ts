/** Sign in once, be known everywhere: the story of the demo, in a real browser. */
import { describe, expect, it, vi } from 'vitest'
import { cardOf, contentOf, signIn, useStage } from './browser.ts'

const stage = useStage()

describe('a user who logs in once', { timeout: 30_000 }, () => {
  it('is known to both services, by the cookie alone', async () => {
    const { page, context, complaints } = await stage.openWindow()
    const headers: Record<string, string>[] = []
    page.on(
      'request',
      (request) => void (/\/(?:orders|reports)$/.test(request.url()) && request.allHeaders().then((all) => headers.push(all))),
    )
    await signIn(page, stage.system.page)
    await contentOf(page, 'Orders').getByText('Nanosecond of wire').waitFor()
    await contentOf(page, 'Reports').getByText('€18,430').waitFor()
    await cardOf(page, 'Orders').getByRole('button', { name: 'Place an order' }).click()
    await contentOf(page, 'Orders').getByText('A-19').waitFor()

    await vi.waitFor(() => expect(headers.length).toBeGreaterThanOrEqual(4))
    for (const { cookie, authorization, 'sec-fetch-site': site } of headers.filter(
      (all) => all[':method'] !== 'OPTIONS' && all['cookie'],
    )) {
      expect(cookie).toMatch(/^jwt=[\w-]+\.[\w-]+\.[\w-]+$/) // not the session's, which is for the auth service alone
      expect(authorization).toBeUndefined()
      expect(site).toBe('same-site')
    }
    expect(headers.some(({ cookie }) => cookie !== undefined)).toBe(true)
    expect(complaints).toEqual([])
    await context.close()
  })

  it('has a token that no script can read, and claims that it can', async () => {
    const { page, context, complaints } = await stage.openWindow()
    const answer = page.waitForResponse(/\/login$/)
    await signIn(page, stage.system.page)
    const { token } = (await (await answer).json()) as { readonly token: string }

    expect(await context.cookies()).toEqual([
      expect.objectContaining({
        name: 'jwt',
        value: token,
        domain: '.example.localhost',
        path: '/',
        httpOnly: true,
        secure: true,
        sameSite: 'Lax',
      }),
      expect.objectContaining({
        name: '__Host-session',
        domain: 'auth.example.localhost',
        path: '/',
        httpOnly: true,
        secure: true,
        sameSite: 'Strict',
      }),
    ])
    expect(await page.evaluate(() => document.cookie)).toBe('')
    expect(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))).toBe('[{},{}]')
    expect(await page.content()).not.toContain(token.split('.')[2])
    await page.getByText('document.cookie is empty').waitFor()
    await page.getByLabel('Role and groups').getByText('manager').waitFor()
    await page.getByLabel('Role and groups').getByText('finance').waitFor()
    await page.locator('#claims').getByText('"Ada Lovelace"').waitFor()
    expect(complaints).toEqual([])
    await context.close()
  })

  it('sees the time run down', async () => {
    const { page, context } = await stage.openWindow()
    await signIn(page, stage.system.page)
    const left = (): Promise<number> =>
      page
        .locator('#time-left')
        .innerText()
        .then((text) => Number(text.replace(':', '')))
    await vi.waitFor(async () => expect(await left()).toBeLessThanOrEqual(5958), { timeout: 5000 })
    expect(await left()).toBeGreaterThan(5930)
    await page.getByText(/Renews by itself in 29:5\d/).waitFor()
    await context.close()
  })

  it('is still logged in when the page is opened again', async () => {
    const { page, context, complaints } = await stage.openWindow()
    await signIn(page, stage.system.page)
    await page.reload()
    await page.getByRole('heading', { level: 1, name: 'Ada Lovelace' }).waitFor()
    expect(complaints).toEqual([])
    await context.close()
  })

  it('is rejected if the role is missing, and told why', async () => {
    const { page, context, complaints } = await stage.openWindow()
    await signIn(page, stage.system.page, 'grace', 'compiler')
    const reports = cardOf(page, 'Reports')
    await reports.getByText('403 Forbidden').waitFor()
    await reports.getByText('Not for your role').waitFor()
    await contentOf(page, 'Reports').getByText('Bearer realm="reports", scope="reports:read", error="insufficient_scope"').waitFor() // exposed by CORS
    await cardOf(page, 'Orders').getByText('200 OK').waitFor()
    expect(await contentOf(page, 'Orders').getByText('Difference engine').count()).toBe(0)
    expect(complaints).toEqual([])
    await context.close()
  })

  it('may sign in with one click on an account', async () => {
    const { page, context, complaints } = await stage.openWindow()
    await page.goto(stage.system.page)
    await page.getByRole('button', { name: /Grace Hopper/ }).click()
    await page.getByRole('heading', { level: 1, name: 'Grace Hopper' }).waitFor()
    expect(complaints).toEqual([])
    await context.close()
  })

  it('is told that the password was wrong, until the next attempt', async () => {
    const { page, context } = await stage.openWindow()
    await page.goto(stage.system.page)
    await page.getByLabel('Name').fill('ada')
    const password = page.getByLabel('Password')
    const fail = async (): Promise<void> => {
      await password.fill('Engine')
      const login = page.waitForResponse('**/login')
      await page.keyboard.press('Enter')
      expect((await login).status()).toBe(401)
      await page.getByRole('alert').getByText('Sorry: wrong name or password.').waitFor()
      expect(await password.getAttribute('aria-invalid')).toBe('true')
    }
    await fail()
    expect(await context.cookies()).toEqual([])
    await page.keyboard.type('e')
    expect(await page.getByRole('alert').innerText()).toBe('')
    expect(await password.getAttribute('aria-invalid')).toBe('false')
    await fail()
    await page.getByRole('button', { name: /Ada Lovelace/ }).click()
    await page.getByRole('button', { name: 'Log out' }).click()
    await password.waitFor()
    expect(await page.getByRole('alert').innerText()).toBe('')
    await context.close()
  })
})

describe('if a service is down', { timeout: 30_000 }, () => {
  it('its card says so, and the other one goes on', async () => {
    const { page, context } = await stage.openWindow()
    await signIn(page, stage.system.page)
    await cardOf(page, 'Reports').getByText('200 OK').waitFor()
    stage.system.processOf('reports').kill()
    await stage.system.lost.catch(() => {})
    for (const name of ['Orders', 'Reports'] as const) await cardOf(page, name).getByRole('button', { name: 'Call again' }).click()
    await cardOf(page, 'Reports').getByText('The service is down').waitFor()
    await cardOf(page, 'Orders').getByText('200 OK').waitFor()
    await context.close()
  })
})
