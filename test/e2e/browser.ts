/** A system of its own and a real Chromium for each test file; whatever a page complains of is kept. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { startSystem, type System } from '../../examples/distributed-auth/system.ts'

/** The secret of the system. */
export const SECRET = 'a secret of the browser tests, 32 bytes or more'

const { CHROMIUM = '/usr/bin/chromium', ...environment } = process.env

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const SCREENSHOTS = join(import.meta.dirname, '.screenshots')

/** A window of somebody, with cookies of its own. */
interface Window {
  readonly page: Page
  readonly context: BrowserContext
  /** What the console has shown as an error, but for the refusals (401, 403) that are part of the story. */
  readonly complaints: readonly string[]
}

interface Stage {
  readonly system: System
  readonly openWindow: (options?: BrowserContextOptions) => Promise<Window>
}

/** Starts system and browser before the tests of a file, and ends them after; the environment may shorten lifetimes. */
export function useStage(more: NodeJS.ProcessEnv = {}): Stage {
  let system: System
  let browser: Browser
  beforeAll(async () => {
    const env = { ...environment, PORT: '0', JWT_SECRET: SECRET, ...more }
    const started = await Promise.all([startSystem(env, ['--import', 'tsx']), chromium.launch({ executablePath: CHROMIUM, args: FLAGS })])
    system = started[0]
    browser = started[1]
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    system?.stop()
  })
  return {
    get system() {
      return system
    },
    openWindow: async (options = {}) => {
      const context = await browser.newContext({ viewport: { width: 1180, height: 860 }, ...options })
      context.setDefaultTimeout(10_000)
      const page = await context.newPage()
      const complaints: string[] = []
      page.on('pageerror', (error) => complaints.push(String(error)))
      page.on('console', (message) => {
        const isRefusal = /^Failed to load resource: the server responded with a status of 40[13]/.test(message.text())
        if (['error', 'warning'].includes(message.type()) && !isRefusal) complaints.push(message.text())
      })
      return { page, context, complaints }
    },
  }
}

/** Opens the page and signs in as its users do. */
export async function signIn(page: Page, url: string, user = 'ada', password = 'engine'): Promise<void> {
  await page.goto(url)
  await page.getByLabel('Name').fill(user)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: user === 'ada' ? 'Ada Lovelace' : 'Grace Hopper' }).waitFor()
}

/** The card of a service. */
export function cardOf(page: Page, name: 'Orders' | 'Reports'): ReturnType<Page['locator']> {
  return page.locator('.service', { has: page.getByRole('heading', { name }) })
}

/** What a service's card shows of the answer. */
export function contentOf(page: Page, name: 'Orders' | 'Reports'): ReturnType<Page['locator']> {
  return cardOf(page, name).locator('.content')
}

/** Keeps a picture of the whole page, for people to look at. */
export async function picture(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(300) // until what moves has come to rest
  mkdirSync(SCREENSHOTS, { recursive: true })
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: true })
}
