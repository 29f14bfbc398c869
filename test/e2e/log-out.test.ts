/** Log-out, and what other windows and other holders of the token notice of it. */
import { describe, expect, it } from 'vitest'
import { cardOf, press, useStage } from './browser.ts'

const stage = useStage()

describe('a user who logs out', { timeout: 30_000 }, () => {
  it('is logged out everywhere, in every window, and the token can no longer be used', async () => {
    const page = await stage.signIn()
    const context = page.context()
    const another = await context.newPage()
    await another.goto(stage.system.page)
    await cardOf(another, 'Reports').getByText('200 OK').waitFor()
    const kept = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')

    await press(page, 'Log out')
    await page.getByText('You are signed out of every service.').waitFor()
    expect(await context.cookies()).toEqual([])
    for (const name of ['orders', 'reports'] as const) {
      const response = await fetch(`${stage.system.urls[name]}/${name}`, { headers: { Cookie: kept } })
      expect([response.status, await response.json()]).toEqual([401, { error: 'invalid_token', message: 'token is revoked' }])
    }
    expect((await fetch(`${stage.system.urls.auth}/renew`, { method: 'POST', headers: { Cookie: kept } })).status).toBe(401)

    await another.getByText('You signed out in another tab, and so in every tab.').waitFor()
    await another.getByRole('button', { name: 'Sign in', exact: true }).waitFor()
  })

  it('elsewhere is told so at the next call here', async () => {
    const page = await stage.signIn()
    const context = page.context()
    for (const name of ['Orders', 'Reports'] as const) await cardOf(page, name).getByText('200 OK').waitFor() // a late call would be the one that is told
    const cookies = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
    expect((await fetch(`${stage.system.urls.auth}/logout`, { method: 'POST', headers: { Cookie: cookies } })).status).toBe(204)
    await press(cardOf(page, 'Orders'), 'Call again')
    await page.getByText('You are signed out: token is revoked. Please sign in again.').waitFor()
  })
})
