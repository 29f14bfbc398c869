/** How the page looks, in light, dark and on a phone: pictures for people, and what a test can say of them. */
import { describe, expect, it } from 'vitest'
import { cardOf, picture, signIn, useStage } from './browser.ts'

const stage = useStage()

describe.concurrent.each([
  { name: 'light', options: { colorScheme: 'light' } },
  { name: 'dark', options: { colorScheme: 'dark' } },
  { name: 'narrow', options: { colorScheme: 'light', viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true } },
  { name: 'narrow-dark', options: { colorScheme: 'dark', viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true } },
] as const)('the page, $name', ({ name, options }) => {
  it('fits its window, without a warning', { timeout: 30_000 }, async () => {
    const { page, context, complaints } = await stage.openWindow(options)
    const fits = (): Promise<boolean> => page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)
    await page.goto(stage.system.page)
    await page.getByLabel('Name').waitFor()
    await picture(page, `sign-in-${name}`)
    expect(await fits()).toBe(true)

    await signIn(page, stage.system.page, 'grace', 'compiler')
    await cardOf(page, 'Reports').getByText('403 Forbidden').waitFor()
    await picture(page, `dashboard-clerk-${name}`)
    expect(await fits()).toBe(true)
    await page.getByRole('button', { name: 'Log out' }).click()
    await page.getByText('You are signed out').waitFor()
    await picture(page, `signed-out-${name}`)

    await signIn(page, stage.system.page)
    await cardOf(page, 'Reports').getByText('200 OK').waitFor()
    await cardOf(page, 'Orders').getByText('200 OK').waitFor()
    await picture(page, `dashboard-${name}`)
    expect(await fits()).toBe(true)

    await page.getByRole('button', { name: 'Let it expire' }).click()
    await page.getByText('expired', { exact: true }).waitFor()
    await picture(page, `dashboard-expired-${name}`)
    await cardOf(page, 'Orders').getByRole('button', { name: 'Call again' }).click()
    await cardOf(page, 'Orders').getByText('401 token_expired').waitFor()
    await picture(page, `dashboard-renewed-${name}`)
    if ('isMobile' in options) await page.setViewportSize({ width: 320, height: 640 })
    expect(await fits()).toBe(true)
    expect(complaints).toEqual([])
    await context.close()
  })
})
