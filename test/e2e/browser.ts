/** A system of its own for each test file, and windows in which to use it. */
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import type { System } from '../../examples/distributed-auth/system.ts'
import { press, useBrowser, type OpenWindow } from '../support/browser.ts'
import { startDemo } from '../support/demo-process.ts'

interface Stage {
  readonly system: System
  readonly openWindow: OpenWindow
  readonly signIn: OpenWindow
}

/** Starts system and browser before the tests of a file, and ends them after; the environment may shorten lifetimes. */
export function useStage(more: NodeJS.ProcessEnv = {}): Stage {
  let system: System
  beforeAll(async () => {
    system = await startDemo(more)
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

export function heading(page: Page, name: string): Locator {
  return page.getByRole('heading', { level: 1, name })
}

export function cardOf(page: Page, name: 'Orders' | 'Reports'): Locator {
  return page.locator('.service', { has: page.getByRole('heading', { name }) })
}

export function contentOf(page: Page, name: 'Orders' | 'Reports'): Locator {
  return cardOf(page, name).locator('.content')
}

/** What the page shows of a claim. */
export function claim(page: Page, name: string): Promise<string> {
  return page.locator('#claims div', { hasText: name }).locator('dd').innerText()
}
