/** Chromium, by playwright. */
import { startChromium as start } from '../../support/browser.ts'
import type { Visitor } from './visitor.ts'

export async function startChromium(): Promise<Visitor> {
  const browser = await start()
  const page = await browser.newPage()
  return {
    open: async (url) => void (await page.goto(url)),
    fill: (selector, text) => page.fill(selector, text),
    click: (selector) => page.click(selector),
    read: (selector) => page.innerText(selector),
    run: (script) => page.evaluate(`(async () => ${script})().catch((error) => error.name)`),
    leave: () => browser.close(),
  }
}
