/** The packed package in scripts of every runtime, in bundles, and where globals are others, or eval is forbidden; and what docs/internals/runtimes.md says. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { createContext, runInContext } from 'node:vm'
import { EdgeVM } from '@edge-runtime/vm'
import { describe, expect, it } from 'vitest'
import { PROGRAMS, ROOT, RUNTIMES_FOLDER } from '../../tools/everywhere/runtimes.ts'
import { blocksOf, read } from '../support/docs-pages.ts'
import { BUNDLERS, esbuild } from './bundlers.ts'
import { reportOf } from './page.ts'
import { CONSUMERS, project } from './project.ts'
import { run } from './run.ts'
import { cjs, entry, esm, isomorphic, page } from './smoke.ts'

const bundled = async (): Promise<string> => (await esbuild(project({ 'entry.js': entry }))).code

/** Runs a test file in Jest with its defaults: CommonJS, and separate realms. */
function jest(test: string): string {
  const folder = project({ 'a.test.js': test })
  return run([process.execPath, join(CONSUMERS, 'jest/bin/jest.js'), '--rootDir', folder], folder)
}

const PAGE = 'docs/internals/runtimes.md'
const blockWith = (text: string): string => blocksOf(PAGE, read(PAGE), 'text').find(({ code }) => code.includes(text))?.code ?? ''
const WORKER = blockWith('cloudflare:workers')
const JEST_SETUP = blockWith('// jest.setup.cjs').split('// jest.config.cjs')[0] ?? ''
const SECRET = 'a secret for the tests, of 32 bytes and more'
const WORKERD = join(RUNTIMES_FOLDER, 'node_modules/.bin/workerd')
const STRICT = '--disallow-code-generation-from-strings --disable-proto=throw --frozen-intrinsics --no-warnings'.split(' ')
const RUNNERS = { ...PROGRAMS, 'Node where code generation from strings is forbidden': [process.execPath, ...STRICT] }
const ESBUILD = join(ROOT, 'node_modules/.bin/esbuild')

describe('the package', () => {
  it.each(Object.entries(RUNNERS))('runs in %s as an ES module and as CommonJS, without a warning', (_name, program) => {
    const folder = project({ 'smoke.mjs': esm, 'smoke.cjs': cjs })
    for (const file of ['smoke.mjs', 'smoke.cjs']) expect(run([...program, file], folder)).toBe('works\n')
  })

  it.each(Object.entries(BUNDLERS))('works in a bundle by %s, without a polyfill or globals of Node', async (_name, bundle) => {
    const { code, complaints } = await bundle(project({ 'entry.js': entry }))
    expect(complaints).toEqual([])
    expect(code).not.toMatch(/\bBuffer\b|\bprocess\b|\brequire\b|node:crypto|\batob\b|\bbtoa\b|\beval\b|new Function/)
    expect(code.length).toBeLessThan(35_000) // as a polyfill of crypto or Buffer would make it
    expect(await runInContext(`${code};bundle.works()`, createContext({ TextEncoder, TextDecoder, crypto }))).toBe('works')
  })

  it('works in Jest', () => {
    const test = cjs.replace('works().then(console.log)', "test('the package', async () => expect(await works()).toBe('works'))")
    expect(jest(test)).toContain('1 passed')
  })

  it('follows the fake timers and the mocked Date of Jest, without any setup', () => {
    const test = `
      const { createKey, createSigner } = require('hs256')
      const { createGuard } = require('hs256/http')
      const { createSignerSync, createVerifierSync } = require('hs256/sync')
      const key = createKey('${SECRET}')
      const signers = [createSigner, createSignerSync].map((create) => create(key, { expiresIn: '15m' }))
      const [guard, check] = [createGuard(key), createVerifierSync(key)]
      const ask = async (token) => {
        const { reason } = await guard({ method: 'GET', headers: { authorization: 'Bearer ' + token } })
        try { check(token) } catch ({ code }) { return [reason, code] }
        return reason ?? 'passes'
      }
      const expired = ['token_expired', 'ERR_JWT_EXPIRED']
      afterEach(() => { jest.useRealTimers(); jest.restoreAllMocks() })

      test.each(signers)('fake timers', async (sign) => {
        jest.useFakeTimers({ now: new Date('2020-01-01') })
        const token = await sign({ sub: 'u1' })
        expect(await ask(token)).toBe('passes')
        jest.advanceTimersByTime(15 * 60_000 - 1)
        expect(await ask(token)).toBe('passes')
        jest.advanceTimersByTime(1)
        expect(await ask(token)).toEqual(expired)
        jest.setSystemTime(new Date('2020-01-01'))
        expect(await ask(token)).toBe('passes')
        jest.useRealTimers()
        expect(await ask(token)).toEqual(expired)
      })

      test('a mocked Date.now, beside legacy fake timers', async () => {
        jest.useFakeTimers({ legacyFakeTimers: true })
        jest.spyOn(Date, 'now').mockReturnValue(Date.UTC(2020, 0, 1))
        const token = await signers[0]({ sub: 'u1' })
        expect(await ask(token)).toBe('passes')
        Date.now.mockReturnValue(Date.UTC(2020, 0, 1, 0, 15))
        expect(await ask(token)).toEqual(expired)
      })
    `
    expect(jest(test)).toContain('3 passed')
  })

  it('works in edge-runtime', async () => {
    expect(await new EdgeVM().evaluate(`${await bundled()};bundle.works()`)).toBe('works')
  })

  it.each(['chromium', 'firefox', 'webkit'])('works unbundled in %s, in a page whose policy forbids eval', async (browser) => {
    const script = `${page}
      let verdict = 'eval is allowed'
      try { new Function('return 1') } catch (error) { verdict = error.name }
      const outcome = await works().catch(String)
      await fetch('/report', { method: 'POST', body: verdict + ', ' + outcome })
    `
    const policy = "default-src 'none'; script-src 'self'; connect-src 'self'; require-trusted-types-for 'script'"
    expect(await reportOf(browser, script, policy)).toBe('EvalError, works')
  })
})

/** Runs the handler `test` of a Worker in workerd. Gives what workerd prints, whether it starts or not. */
function workerd(worker: string, { date = '2026-07-01', flags = '' } = {}): string {
  const config = `using Workerd = import "/workerd/workerd.capnp";
    const config :Workerd.Config = (services = [(name = "main", worker = (
      modules = [(name = "worker", esModule = embed "bundle.js")], compatibilityDate = "${date}", compatibilityFlags = [${flags}],
      bindings = [(name = "JWT_SECRET", text = "${SECRET}")]))]);`
  const folder = project({ 'page.js': WORKER, 'worker.js': worker, 'config.capnp': config })
  run([ESBUILD, 'worker.js', '--bundle', '--format=esm', '--outfile=bundle.js', '--external:cloudflare:*', '--external:node:*'], folder)
  const { stdout, stderr } = spawnSync(WORKERD, ['test', 'config.capnp'], { cwd: folder, encoding: 'utf8', timeout: 60_000 })
  return `${stdout}${stderr}`
}

/** A Worker whose top level and whose handler are these statements; the handler prints `result`. */
const script = (top: string, handler: string): string =>
  `${top}\nexport default { async test() { ${handler}\nconsole.log('result: ' + result) } }`

const core = `import { createKey, decodeUnverified, generateSecret, sign, verify } from 'hs256'\nconst key = createKey('${SECRET}')`

describe('docs/internals/runtimes.md', () => {
  it('shows the lines that the package needs in jsdom, which has its own Uint8Array', async () => {
    const script = `
      import { readFileSync } from 'node:fs'
      import { createRequire } from 'node:module'
      const { JSDOM } = (await import(process.argv[1])).default
      const { window } = new JSDOM('', { runScripts: 'outside-only', url: 'https://app.example' })
      if (window.Uint8Array === Uint8Array) throw new Error('its Uint8Array is that of Node')
      delete window.TextEncoder // as in the jsdom that Jest 30 uses
      delete window.TextDecoder
      const works = async () => window.bundle.works().catch((error) => error.message)
      window.require = createRequire(import.meta.url)
      window.eval(readFileSync('bundle.js', 'utf8') + ';globalThis.bundle = bundle')
      const before = await works()
      window.eval(readFileSync('setup.cjs', 'utf8'))
      console.log(before + ', then ' + (await works()))
    `
    const folder = project({ 'bundle.js': await bundled(), 'setup.cjs': JEST_SETUP })
    const output = run([process.execPath, '--input-type=module', '-e', script, join(CONSUMERS, 'jsdom/lib/api.js')], folder)
    expect(output).toMatch(/^Web Crypto is missing.*, then works\n$/)
  })

  it('says that the package works in workerd without nodejs_compat', () => {
    expect(workerd(script(isomorphic, 'const result = await works()'))).toContain('result: works')
  })

  it('shows a Worker that guards requests', () => {
    const top = `${core}\nimport worker from './page.js'
      const ask = async (authorization) => worker.fetch(new Request('https://orders.example', { headers: { authorization } }))`
    const handler = `const token = await sign({ sub: 'u1', aud: 'orders' }, key, { expiresIn: '1h' })
      const [good, bad] = [await ask('Bearer ' + token), await ask('Bearer x')]
      const result = await good.text() + ', ' + bad.status`
    expect(workerd(script(top, handler))).toContain('result: hello u1, 401')
  })

  it('says from which date on process.env has the secret', () => {
    const worker = script(`const found = typeof process.env.JWT_SECRET`, 'const result = found')
    const flags = '"nodejs_compat"'
    expect(workerd(worker, { flags, date: '2025-03-31' })).toContain('result: undefined')
    expect(workerd(worker, { flags, date: '2025-04-01' })).toContain('result: string')
    expect(workerd(worker, { date: '2025-04-01' })).toContain('process is not defined')
  })

  it('says that the clock shows 1970 at the top level', () => {
    const top = `${core}\nconst token = await sign({ sub: 'u1' }, key, { expiresIn: '1h' })`
    const handler = 'const result = decodeUnverified(token).claims.iat + ", " + await verify(token, key).catch((error) => error.code)'
    expect(workerd(script(top, handler))).toContain('result: 0, ERR_JWT_EXPIRED')
  })

  it('says that generateSecret fails at the top level, and not in a handler', () => {
    const top = `${core}\nlet message\ntry { generateSecret() } catch (error) { message = error.message }`
    const output = workerd(script(top, 'const result = generateSecret().length + ", " + message'))
    expect(output).toContain('result: 43, Disallowed operation called within global scope')
  })

  it('says when hs256/sync works', () => {
    const worker = script(
      `${core}\nimport { signSync } from 'hs256/sync'`,
      "const result = signSync({}, key, { expiresIn: '1h' }).split('.').length",
    )
    expect(workerd(worker, { date: '2026-08-03', flags: '"nodejs_compat"' })).toContain('result: 3')
    expect(workerd(worker, { date: '2026-08-04' })).toContain('result: 3')
    expect(workerd(worker, { date: '2026-08-03' })).toContain('No such module "node:crypto"')
  })
})
