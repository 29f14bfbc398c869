/** What the page does with answers of the auth service that come late, or not at all. */
import { describe, expect, it } from 'vitest'
import { press } from '../support/browser.ts'
import { heading, signIn, useStage } from './browser.ts'

const stage = useStage()

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
