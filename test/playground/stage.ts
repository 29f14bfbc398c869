/** The playground as `npm run playground` serves it, and windows in which to use it. */
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { serve, type Playground } from '../../examples/playground/serve.ts'
import { readSite } from '../../examples/playground/site.ts'
import { useBrowser, type OpenWindow } from '../support/browser.ts'

interface Stage {
  readonly url: string
  readonly visit: OpenWindow
}

/** Starts server and browser before the tests of a file, and ends them after. */
export function useStage(): Stage {
  let playground: Playground
  beforeAll(async () => void (playground = await serve(await readSite())))
  afterAll(() => void playground?.server.close())
  const open = useBrowser()
  return {
    get url() {
      return playground.url
    },
    visit: async (...options) => {
      const page = await open(...options)
      await page.goto(playground.url)
      await page.getByRole('heading', { name: 'No token yet' }).waitFor()
      return page
    },
  }
}

/** The field of a label, as far as it is seen. */
export function field(page: Page, label: string): Locator {
  return page.locator(':is(input, textarea):visible').and(page.getByLabel(label, { exact: true }))
}

/** Fills fields, by their labels and in this order. */
export async function fill(page: Page, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, value] of Object.entries(values)) await field(page, label).fill(value)
}

/** Waits until the page says of the token what is expected: the state, and the message if there is one. */
export async function see(page: Page, state: string, message = ''): Promise<void> {
  await page.getByRole('heading', { name: state, exact: true }).waitFor()
  await page.locator('#message', { hasText: message }).waitFor()
}

/** Waits until the page says what is wrong: with the `secret`, with what is to be signed (`sign`), or with an option of that name. */
export async function seeProblem(page: Page, of: string, text: string): Promise<void> {
  await page.locator(`#${of}-problem`, { hasText: text }).waitFor()
}
