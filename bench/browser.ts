/** Reading without the secret in a browser, beside jwt-decode, from a bundle as a page would load it. */
import { build } from 'esbuild'
import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'
import type { race } from './browser-page.ts'
import type { Budget, Result } from './rounds.ts'
import { sampleOf } from './tokens.ts'

const { CHROMIUM = '/usr/bin/chromium' } = process.env
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-sync']

declare const readers: { readonly race: typeof race }

/** Races the readers in Chromium, or returns `undefined` if there is none. */
export async function raceInBrowser({ rounds, lap }: Budget): Promise<Result | undefined> {
  if (!existsSync(CHROMIUM)) return undefined
  const { tokens, length } = sampleOf(270)
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS })
  try {
    const page = await browser.newPage()
    await page.addScriptTag({ content: await bundle() })
    const times = await page.evaluate((order) => readers.race(order), { tokens, rounds, lap })
    const rows = Object.entries(times).map(([name, laps]) => ({ name, note: '', times: laps }))
    return { id: 'decode browser', title: `read without the secret in Chromium ${browser.version()}, ${length} characters`, rows }
  } finally {
    await browser.close()
  }
}

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [`${import.meta.dirname}/browser-page.ts`],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    globalName: 'readers',
    target: 'es2022',
  })
  return outputFiles[0]?.text ?? ''
}
