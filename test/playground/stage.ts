/** The playground as `npm run playground` serves it, and a real Chromium to open it with; whatever a page complains of is kept. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Locator, type Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { serve, type Playground } from '../../examples/playground/serve.ts'
import { readSite } from '../../examples/playground/site.ts'

/** The secret of tokens that the tests make. */
export const SECRET = 'a secret of the playground tests, 32 bytes or more'

/** Where Chromium is. */
export const CHROMIUM: string = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

/** With what it is started. */
export const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const SCREENSHOTS = join(import.meta.dirname, '.screenshots')

/** The page, opened by somebody. */
interface Visit {
  readonly page: Page
  readonly context: BrowserContext
  /** What the console has shown as a warning or an error. */
  readonly complaints: readonly string[]
}

interface Stage {
  readonly url: string
  readonly visit: (options?: BrowserContextOptions) => Promise<Visit>
}

/** Starts server and browser before the tests of a file, and ends them after. */
export function useStage(): Stage {
  let playground: Playground
  let browser: Browser
  beforeAll(async () => {
    playground = await serve(await readSite())
    browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS })
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    playground?.server.close()
  })
  return {
    get url() {
      return playground.url
    },
    visit: async (options = {}) => {
      const context = await browser.newContext({ viewport: { width: 1180, height: 860 }, ...options })
      context.setDefaultTimeout(10_000)
      const page = await context.newPage()
      const complaints: string[] = []
      page.on('pageerror', (error) => complaints.push(String(error)))
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
      })
      await page.goto(playground.url)
      await page.getByRole('heading', { name: 'No token yet' }).waitFor()
      return { page, context, complaints }
    },
  }
}

/** The field of a label, as far as it is seen. */
export function field(page: Page, label: string): Locator {
  return page.locator(':is(input, textarea):visible').and(page.getByLabel(label, { exact: true }))
}

/** Presses a button. */
export async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click()
}

/** Waits until the page says of the token what is expected: the state, and the message if there is one. */
export async function see(page: Page, state: string, message = ''): Promise<void> {
  await page.getByRole('heading', { name: state, exact: true }).waitFor()
  await page.locator('#message', { hasText: message }).waitFor()
}

/** Keeps a picture of the whole page, for people to look at. */
export async function picture(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(300) // until what moves has come to rest
  mkdirSync(SCREENSHOTS, { recursive: true })
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: true })
}
