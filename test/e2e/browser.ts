/** A system of its own for each test file, and windows in which to use it. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { startSystem, type System } from '../../examples/distributed-auth/system.ts'
import { picture as keepPicture, useBrowser, type OpenWindow } from '../support/browser.ts'

export const SECRET = 'a secret of the browser tests, 32 bytes or more'

interface Stage {
  readonly system: System
  readonly openWindow: OpenWindow
  readonly signIn: OpenWindow
}

/** Starts system and browser before the tests of a file, and ends them after; the environment may shorten lifetimes. */
export function useStage(more: NodeJS.ProcessEnv = {}): Stage {
  let system: System
  beforeAll(async () => {
    system = await startSystem({ ...process.env, PORT: '0', JWT_SECRET: SECRET, ...more }, ['--import', 'tsx'])
  }, 60_000)
  afterAll(() => system?.stop())
  // Refusals (401, 403) are part of the story.
  const openWindow = useBrowser((text) => /^Failed to load resource: the server responded with a status of 40[13]/.test(text))
  return {
    get system() {
      return system
    },
    openWindow,
    signIn: async (...options) => {
      const page = await openWindow(...options)
      await signIn(page, system.page)
      return page
    },
  }
}

export async function signIn(page: Page, url: string, user = 'ada', password = 'engine'): Promise<void> {
  await page.goto(url)
  await page.getByLabel('Name').fill(user)
  await page.getByLabel('Password').fill(password)
  await press(page, 'Sign in')
  await heading(page, user === 'ada' ? 'Ada Lovelace' : 'Grace Hopper').waitFor()
}

export async function press(page: Page | ReturnType<typeof cardOf>, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click()
}

export function heading(page: Page, name: string): ReturnType<Page['locator']> {
  return page.getByRole('heading', { level: 1, name })
}

export function cardOf(page: Page, name: 'Orders' | 'Reports'): ReturnType<Page['locator']> {
  return page.locator('.service', { has: page.getByRole('heading', { name }) })
}

export function contentOf(page: Page, name: 'Orders' | 'Reports'): ReturnType<Page['locator']> {
  return cardOf(page, name).locator('.content')
}

export const picture = (page: Page, name: string): Promise<void> => keepPicture(page, import.meta.dirname, name)
