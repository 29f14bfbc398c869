/** A bundle of the packed package where globals are others, or eval is forbidden: jsdom, edge-runtime, workerd, a page of a real browser. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { EdgeVM } from '@edge-runtime/vm'
import { chromium, type Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { RUNTIMES_FOLDER } from '../../tools/everywhere/runtimes.ts'
import { esbuild } from './bundlers.ts'
import { CONSUMERS, project } from './project.ts'
import { run } from './run.ts'
import { cjs, entry, esm } from './smoke.ts'

const bundled = async (): Promise<string> => (await esbuild(project({ 'entry.js': entry }))).code

/** Opens a page of a real browser that runs a script under a policy. */
async function openPage(script: string, policy: string): Promise<Page> {
  const server = createServer(({ url }, response) => {
    const isScript = url === '/script.js'
    response.setHeader('Content-Security-Policy', policy)
    response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html')
    response.end(isScript ? script : '<!doctype html><script src="/script.js"></script>')
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: ['--no-sandbox'] })
  onTestFinished(() => browser.close())
  const page = await browser.newPage()
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  return page
}

describe('the package', () => {
  it.each([
    ['an ES module', 'smoke.mjs', esm],
    ['CommonJS', 'smoke.cjs', cjs],
  ])('works where code generation from strings is forbidden, as %s', (_format, file, code) => {
    const strict = [
      process.execPath,
      '--disallow-code-generation-from-strings',
      '--disable-proto=throw',
      '--frozen-intrinsics',
      '--no-warnings',
    ]
    expect(run([...strict, file], project({ [file]: code }))).toBe('works\n')
  })

  it('works in Jest, as that is by default: CommonJS, and realms of its own', () => {
    const test = cjs.replace('works().then(console.log)', "test('the package', async () => expect(await works()).toBe('works'))")
    const folder = project({ 'smoke.test.js': test })
    expect(run([process.execPath, join(CONSUMERS, 'jest/bin/jest.js'), '--rootDir', folder], folder)).toContain('1 passed')
  })

  it('works in jsdom, which has a Uint8Array of its own', async () => {
    const script = `
      import { readFileSync } from 'node:fs'
      const { JSDOM } = (await import(process.argv[1])).default
      const { window } = new JSDOM('', { runScripts: 'outside-only', url: 'https://app.example' })
      if (window.Uint8Array === Uint8Array) throw new Error('its Uint8Array is that of Node')
      Object.defineProperty(window.crypto, 'subtle', { value: crypto.subtle })
      Object.assign(window, { TextEncoder, TextDecoder })
      window.eval(readFileSync('bundle.js', 'utf8') + ';globalThis.bundle = bundle')
      console.log(await window.bundle.works())
    `
    const folder = project({ 'bundle.js': await bundled() })
    expect(run([process.execPath, '--input-type=module', '-e', script, join(CONSUMERS, 'jsdom/lib/api.js')], folder)).toBe('works\n')
  })

  it('works in edge-runtime', async () => {
    expect(await new EdgeVM().evaluate(`${await bundled()};bundle.works()`)).toBe('works')
  })

  it('works in workerd, without nodejs_compat', async () => {
    const worker = `${await bundled()}\nexport default { async test() { if (await bundle.works() !== 'works') throw new Error('no') } }`
    const config = `using Workerd = import "/workerd/workerd.capnp";
      const config :Workerd.Config = (services = [(name = "main", worker = (
        modules = [(name = "worker", esModule = embed "worker.js")], compatibilityDate = "2026-07-01"))]);`
    const folder = project({ 'worker.js': worker, 'config.capnp': config })
    expect(run([join(RUNTIMES_FOLDER, 'node_modules/.bin/workerd'), 'test', 'config.capnp'], folder)).toContain('[ PASS ] main')
  })

  it('works in a page whose Content-Security-Policy forbids eval', async () => {
    const probe = `try { new Function('return 1') } catch (error) { globalThis.forbidden = error.name }`
    const script = `${await bundled()};${probe};bundle.works().then((it) => { document.title = it }, (error) => { document.title = String(error) })`
    const page = await openPage(script, "default-src 'none'; script-src 'self'; require-trusted-types-for 'script'")
    await page.waitForFunction(() => document.title !== '')
    expect(await page.title()).toBe('works')
    expect(await page.evaluate(() => Reflect.get(globalThis, 'forbidden') as unknown)).toBe('EvalError')
  })
})
