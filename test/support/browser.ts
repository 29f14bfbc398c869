/** A real Chromium for each test file, and windows of people in it. A test fails if the page of its window has complained. */
import { dirname, join } from 'node:path'
import { chromium, type Browser, type BrowserContextOptions, type Locator, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest'

const { CHROMIUM = '/usr/bin/chromium' } = process.env
const FLAGS =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'

interface WindowOptions extends BrowserContextOptions {
  /** Whether the test breaks something on purpose. Default: `false`. */
  readonly mayComplain?: boolean
}

/** Opens a window, with cookies of its own; it is closed at the end of the test. */
export type OpenWindow = (options?: WindowOptions, atEnd?: (close: () => Promise<void>) => void) => Promise<Page>

/** Starts Chromium before the tests of a file, and ends it after. The console may show errors and warnings only if they are expected. */
export function useBrowser(isExpected: (text: string) => boolean = () => false): OpenWindow {
  let browser: Browser
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS.split(' ') })
  }, 60_000)
  afterAll(() => browser?.close())
  return async ({ mayComplain = false, ...options } = {}, atEnd = onTestFinished) => {
    const context = await browser.newContext({ viewport: { width: 1180, height: 860 }, ...options })
    context.setDefaultTimeout(10_000)
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('pageerror', (error) => complaints.push(String(error)))
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type()) && !isExpected(message.text())) complaints.push(message.text())
    })
    atEnd(async () => {
      const found = [...complaints]
      await context.unrouteAll({ behavior: 'ignoreErrors' })
      await context.close()
      if (!mayComplain) expect(found).toEqual([])
    })
    return page
  }
}

export async function press(place: Page | Locator, name: string): Promise<void> {
  await place.getByRole('button', { name, exact: true }).click()
}

/** Keeps a picture of the whole page beside the tests, for people to look at. */
export async function picture(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(300) // until what moves has come to rest
  const folder = dirname(expect.getState().testPath ?? '')
  await page.screenshot({ path: join(folder, '.screenshots', `${name}.png`), fullPage: true })
}
