/** The packed package where globals are others, or eval is forbidden: jsdom, edge-runtime, workerd, pages of real browsers. */
import { join } from 'node:path'
import { EdgeVM } from '@edge-runtime/vm'
import { describe, expect, it } from 'vitest'
import { RUNTIMES_FOLDER } from '../../tools/everywhere/runtimes.ts'
import { esbuild } from './bundlers.ts'
import { reportOf } from './page.ts'
import { CONSUMERS, project } from './project.ts'
import { run } from './run.ts'
import { cjs, entry, esm, page } from './smoke.ts'

const bundled = async (): Promise<string> => (await esbuild(project({ 'entry.js': entry }))).code

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

  it('works in Jest with its defaults: CommonJS, and separate realms', () => {
    const test = cjs.replace('works().then(console.log)', "test('the package', async () => expect(await works()).toBe('works'))")
    const folder = project({ 'smoke.test.js': test })
    expect(run([process.execPath, join(CONSUMERS, 'jest/bin/jest.js'), '--rootDir', folder], folder)).toContain('1 passed')
  })

  it('follows the fake timers and the mocked Date of Jest in CommonJS, without any setup', () => {
    const code = `
      const { createKey, createSigner } = require('hs256')
      const { createGuard } = require('hs256/http')
      const { createSignerSync, createVerifierSync } = require('hs256/sync')
      const key = createKey('a secret of more than thirty-two bytes')
      const [sign, signSync] = [createSigner(key, { expiresIn: '15m' }), createSignerSync(key, { expiresIn: '15m' })]
      const [guard, check] = [createGuard(key), createVerifierSync(key)]
      const ask = async (token) => {
        const { reason } = await guard({ method: 'GET', headers: { authorization: 'Bearer ' + token } })
        try { check(token) } catch ({ code }) { return [reason, code] }
        return reason ?? 'passes'
      }
      const expired = ['token_expired', 'ERR_JWT_EXPIRED']
      afterEach(() => { jest.useRealTimers(); jest.restoreAllMocks() })

      test('fake timers', async () => {
        jest.useFakeTimers({ now: new Date('2020-01-01') })
        const tokens = [await sign({ sub: 'u1' }), signSync({ sub: 'u1' })]
        for (const token of tokens) expect(await ask(token)).toBe('passes')
        jest.advanceTimersByTime(15 * 60_000 - 1)
        for (const token of tokens) expect(await ask(token)).toBe('passes')
        jest.advanceTimersByTime(1)
        for (const token of tokens) expect(await ask(token)).toEqual(expired)
        jest.setSystemTime(new Date('2020-01-01'))
        for (const token of tokens) expect(await ask(token)).toBe('passes')
        jest.useRealTimers()
        for (const token of tokens) expect(await ask(token)).toEqual(expired)
      })

      test('a mocked Date.now, beside legacy fake timers', async () => {
        jest.useFakeTimers({ legacyFakeTimers: true })
        jest.spyOn(Date, 'now').mockReturnValue(Date.UTC(2020, 0, 1))
        const token = await sign({ sub: 'u1' })
        expect(await ask(token)).toBe('passes')
        Date.now.mockReturnValue(Date.UTC(2020, 0, 1, 0, 15))
        expect(await ask(token)).toEqual(expired)
      })
    `
    const folder = project({ 'timers.test.js': code })
    expect(run([process.execPath, join(CONSUMERS, 'jest/bin/jest.js'), '--rootDir', folder], folder)).toContain('2 passed')
  })

  it('works in jsdom, which has its own Uint8Array', async () => {
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

  it.each(['chromium', 'firefox', 'webkit'])(
    'works unbundled in %s, in a page whose Content-Security-Policy forbids eval',
    async (browser) => {
      const script = `
      ${page}
      let verdict = 'eval is allowed'
      try { new Function('return 1') } catch (error) { verdict = error.name }
      const outcome = await works().catch(String)
      await fetch('/report', { method: 'POST', body: verdict + ', ' + outcome })
    `
      const policy = "default-src 'none'; script-src 'self'; connect-src 'self'; require-trusted-types-for 'script'"
      expect(await reportOf(browser, script, policy)).toBe('EvalError, works')
    },
  )
})
