/** Log-out, and what other windows and other holders of the token notice of it. */
import { describe, expect, it } from 'vitest'
import { press } from '../support/browser.ts'
import { cardOf, useStage } from './browser.ts'

const stage = useStage()

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
