/** How the page looks, in light, dark, on phones and on a tablet: pictures for people, and what a test can say of them. */
import { describe, expect, it } from 'vitest'
import { picture, press } from '../support/browser.ts'
import { cardOf, signIn, useStage } from './browser.ts'

const stage = useStage()

describe.each([
  { name: 'light', options: { colorScheme: 'light' } },
  { name: 'dark', options: { colorScheme: 'dark' } },
  { name: 'narrow', options: { colorScheme: 'light', viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true } },
  { name: 'smallest', options: { colorScheme: 'dark', viewport: { width: 320, height: 640 }, deviceScaleFactor: 2, isMobile: true } },
  { name: 'tablet', options: { colorScheme: 'light', viewport: { width: 820, height: 1180 } } },
] as const)('the page, $name', ({ name, options }) => {
  it('fits its window, from the first sign-in until a service has asked for a renewal', { timeout: 60_000 }, async () => {
    const page = await stage.openWindow(options)
    const [orders, reports] = [cardOf(page, 'Orders'), cardOf(page, 'Reports')]
    const keep = async (state: string): Promise<void> => {
      await picture(page, `${state}-${name}`)
      expect(await page.evaluate(findMisfits)).toEqual([])
    }
    await page.goto(stage.system.page)
    await page.getByLabel('Name').waitFor()
    await keep('sign-in')
    await signIn(page, stage.system.page, 'grace', 'compiler')
    await reports.getByText('403 Forbidden').waitFor()
    await keep('dashboard-clerk')
    await press(page, 'Log out')
    await page.getByText('You are signed out').waitFor()
    await keep('signed-out')
    await signIn(page, stage.system.page)
    for (const card of [reports, orders]) await card.getByText('200 OK').waitFor()
    await keep('dashboard')
    await press(page, 'Let it expire')
    await page.locator('#time-caption').getByText('expired').waitFor()
    await keep('dashboard-expired')
    await press(orders, 'Call again')
    await orders.getByText('401 token_expired').waitFor()
    await orders.getByRole('listitem').getByText('200 OK').waitFor()
    await page.locator('#time-caption').getByText('left').waitFor()
    await keep('dashboard-renewed')
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
    { hour: 9, end: /^\d\d:\d\d:\d\d$/ },
    { hour: 21, end: /^\d{1,2} \w+,? (?:at )?(?:0[89]|10):\d\d:\d\d$/ },
  ])('of another day carries the date: at $hour, the end of the session twelve hours later', async ({ hour, end }) => {
    const page = await stage.signIn({ timezoneId: zoneAt(hour), locale: 'en-GB' })
    const shown = (term: string): Promise<string> => page.locator('dl > div', { hasText: term }).locator('time').innerText()
    expect(await shown('Signed in')).toMatch(/^\d\d:\d\d:\d\d$/)
    expect(await shown('Expires')).toMatch(/^\d\d:\d\d:\d\d$/)
    expect(await shown('Sign in again at')).toMatch(end)
  })

  it('gets its date at midnight, if the page stays open', async () => {
    const page = await stage.openWindow({ timezoneId: zoneAt(21), locale: 'en-GB', mayComplain: true })
    await page.clock.install()
    await signIn(page, stage.system.page)
    const line = page.locator('#activity li', { hasText: 'signed in' }).locator('time')
    expect(await line.innerText()).toMatch(/^2[12]:/)
    await page.route('**/renew', (route) => route.abort()) // for the page, half of the lifetime is over
    await page.clock.fastForward('03:00:00')
    await page.clock.runFor(1000)
    expect(await line.innerText()).toMatch(/^\d{1,2} \w+,? (?:at )?2[12]:/)
  })
})
