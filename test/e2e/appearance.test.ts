/** How the page looks, in light, dark, on phones and on a tablet: pictures for people, and what a test can say of them. */
import { describe, expect, it } from 'vitest'
import { cardOf, picture, signIn, useStage } from './browser.ts'

const stage = useStage()

describe.each([
  { name: 'light', options: { colorScheme: 'light' } },
  { name: 'dark', options: { colorScheme: 'dark' } },
  { name: 'narrow', options: { colorScheme: 'light', viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true } },
  { name: 'smallest', options: { colorScheme: 'dark', viewport: { width: 320, height: 640 }, deviceScaleFactor: 2, isMobile: true } },
  { name: 'tablet', options: { colorScheme: 'light', viewport: { width: 820, height: 1180 } } },
] as const)('the page, $name', ({ name, options }) => {
  it('fits its window, without a warning', { timeout: 60_000 }, async () => {
    const { page, context, complaints } = await stage.openWindow(options)
    const misfits = (): Promise<readonly string[]> => page.evaluate(findMisfits)
    await page.goto(stage.system.page)
    await page.getByLabel('Name').waitFor()
    await picture(page, `sign-in-${name}`)
    expect(await misfits()).toEqual([])

    await signIn(page, stage.system.page, 'grace', 'compiler')
    await cardOf(page, 'Reports').getByText('403 Forbidden').waitFor()
    await picture(page, `dashboard-clerk-${name}`)
    expect(await misfits()).toEqual([])
    await page.getByRole('button', { name: 'Log out' }).click()
    await page.getByText('You are signed out').waitFor()
    await picture(page, `signed-out-${name}`)

    await signIn(page, stage.system.page)
    await cardOf(page, 'Reports').getByText('200 OK').waitFor()
    await cardOf(page, 'Orders').getByText('200 OK').waitFor()
    await picture(page, `dashboard-${name}`)
    expect(await misfits()).toEqual([])

    await page.getByRole('button', { name: 'Let it expire' }).click()
    await page.getByText('expired', { exact: true }).waitFor()
    await picture(page, `dashboard-expired-${name}`)
    await cardOf(page, 'Orders').getByRole('button', { name: 'Call again' }).click()
    await cardOf(page, 'Orders').getByText('401 token_expired').waitFor()
    await picture(page, `dashboard-renewed-${name}`)
    expect(await misfits()).toEqual([])
    expect(complaints).toEqual([])
    await context.close()
  })
})

/** What the window or a card is too narrow for: an element of the page that is wider, or crosses the edge of its card. */
function findMisfits(): readonly string[] {
  const { scrollWidth, clientWidth } = document.documentElement
  const crossing = [...document.querySelectorAll('.card')].flatMap((card) => {
    const { left, right } = card.getBoundingClientRect()
    const padding = Number.parseFloat(getComputedStyle(card).paddingInlineStart)
    return [...card.querySelectorAll('*')].filter((inner) => {
      const box = inner.getBoundingClientRect()
      return box.width > 0 && (box.left < left + padding - 1 || box.right > right - padding + 1)
    })
  })
  return [...(scrollWidth > clientWidth ? [`scrolls: ${scrollWidth}`] : []), ...crossing.map(({ outerHTML }) => outerHTML)]
}

describe('a time', { timeout: 30_000 }, () => {
  /** The time zone in which it is about this hour now. */
  const zoneAt = (hour: number): string => {
    const offset = ((hour - new Date().getUTCHours() + 36) % 24) - 12
    return `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}` // the signs are reversed there
  }

  it.each([
    { hour: 9, date: false },
    { hour: 21, date: true },
  ])('of another day carries the date: at $hour, the end of the session twelve hours later', async ({ hour, date }) => {
    const { page, context } = await stage.openWindow({ timezoneId: zoneAt(hour), locale: 'en-GB' })
    await signIn(page, stage.system.page)
    const shown = (term: string): Promise<string> => page.locator('dl > div', { hasText: term }).locator('time').innerText()
    expect(await shown('Signed in')).toMatch(/^\d\d:\d\d:\d\d$/)
    expect(await shown('Expires')).toMatch(/^\d\d:\d\d:\d\d$/)
    expect(await shown('Sign in again at')).toMatch(
      date ? /^\d{1,2} \w+,? (?:at )?0[89]:\d\d:\d\d$|^\d{1,2} \w+,? (?:at )?10:/ : /^\d\d:\d\d:\d\d$/,
    )
    await context.close()
  })

  it('gets its date at midnight, if the page stays open', async () => {
    const { page, context } = await stage.openWindow({ timezoneId: zoneAt(21), locale: 'en-GB' })
    await page.clock.install()
    await signIn(page, stage.system.page)
    const line = page.locator('#activity li', { hasText: 'signed in' }).locator('time')
    expect(await line.innerText()).toMatch(/^2[12]:/)
    await page.route('**/renew', (route) => route.abort()) // for the page, half of the lifetime is over
    await page.clock.fastForward('03:00:00')
    await page.clock.runFor(1000)
    expect(await line.innerText()).toMatch(/^\d{1,2} \w+,? (?:at )?2[12]:/)
    await context.close()
  })
})
