/** What docs/internals/runtimes.md says: its lines for Jest in jsdom; its Worker in workerd, with the clock and random values at the top level, and the dates of Node's modules. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { RUNTIMES_FOLDER } from '../../tools/everywhere/runtimes.ts'
import { blocksOf, read } from '../support/docs-pages.ts'
import { esbuild } from './bundlers.ts'
import { CONSUMERS, project } from './project.ts'
import { run } from './run.ts'
import { entry } from './smoke.ts'

const PAGE = 'docs/internals/runtimes.md'
const blockWith = (text: string): string => blocksOf(PAGE, read(PAGE), 'text').find(({ code }) => code.includes(text))?.code ?? ''
const WORKER = blockWith('cloudflare:workers')
const JEST_SETUP = blockWith('// jest.setup.cjs').split('// jest.config.cjs')[0] ?? ''
const SECRET = 'a secret for the tests, of 32 bytes and more'
const WORKERD = join(RUNTIMES_FOLDER, 'node_modules/.bin/workerd')
const ESBUILD = join(import.meta.dirname, '../../node_modules/.bin/esbuild')

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

const core = "import { createKey, decodeUnverified, generateSecret, sign, verify } from 'hs256'"
const sync = `import { createKey } from 'hs256'\nimport { signSync } from 'hs256/sync'\nconst key = createKey('${SECRET}')`

describe('docs/internals/runtimes.md', () => {
  it('shows the lines that the package needs in jsdom', async () => {
    const script = `
      import { readFileSync } from 'node:fs'
      import { createRequire } from 'node:module'
      const { JSDOM } = (await import(process.argv[1])).default
      const { window } = new JSDOM('', { runScripts: 'outside-only', url: 'https://app.example' })
      delete window.TextEncoder // as in the jsdom that Jest 30 uses
      delete window.TextDecoder
      const works = async () => window.bundle.works().catch((error) => error.message)
      window.require = createRequire(import.meta.url)
      window.eval(readFileSync('bundle.js', 'utf8') + ';globalThis.bundle = bundle')
      const before = await works()
      window.eval(readFileSync('setup.cjs', 'utf8'))
      console.log(before + ', then ' + (await works()))
    `
    const { code } = await esbuild(project({ 'entry.js': entry }))
    const folder = project({ 'bundle.js': code, 'setup.cjs': JEST_SETUP })
    const output = run([process.execPath, '--input-type=module', '-e', script, join(CONSUMERS, 'jsdom/lib/api.js')], folder)
    expect(output).toMatch(/^Web Crypto is missing.*, then works\n$/)
  })

  it('shows a Worker that guards requests', () => {
    const worker = `${core}
      import worker from './page.js'
      export default { async test() {
        const token = await sign({ sub: 'u1', aud: 'orders' }, createKey('${SECRET}'), { expiresIn: '1h' })
        const ask = async (authorization) => worker.fetch(new Request('https://orders.example', { headers: { authorization } }))
        const [good, bad] = [await ask('Bearer ' + token), await ask('Bearer x')]
        console.log('result: ' + await good.text() + ', ' + bad.status)
      } }`
    expect(workerd(worker)).toContain('result: hello u1, 401')
  })

  it('says from which date on process.env has the secret', () => {
    const worker = script(`const found = typeof process.env.JWT_SECRET`, 'const result = found')
    const flags = '"nodejs_compat"'
    expect(workerd(worker, { flags, date: '2025-03-31' })).toContain('result: undefined')
    expect(workerd(worker, { flags, date: '2025-04-01' })).toContain('result: string')
    expect(workerd(worker, { date: '2025-04-01' })).toContain('process is not defined')
  })

  it('says that the clock shows 1970 at the top level', () => {
    const top = `${core}\nconst key = createKey('${SECRET}')\nconst token = await sign({ sub: 'u1' }, key, { expiresIn: '1h' })`
    const handler = 'const result = decodeUnverified(token).claims.iat + ", " + await verify(token, key).catch((error) => error.code)'
    expect(workerd(script(top, handler))).toContain('result: 0, ERR_JWT_EXPIRED')
  })

  it('says that generateSecret fails at the top level, and not in a handler', () => {
    const top = `${core}\nlet message\ntry { generateSecret() } catch (error) { message = error.message }`
    const output = workerd(script(top, 'const result = generateSecret().length + ", " + message'))
    expect(output).toContain('result: 43, Disallowed operation called within global scope')
  })

  it('says when hs256/sync works', () => {
    const worker = script(sync, "const result = signSync({}, key, { expiresIn: '1h' }).split('.').length")
    expect(workerd(worker, { date: '2026-08-03', flags: '"nodejs_compat"' })).toContain('result: 3')
    expect(workerd(worker, { date: '2026-08-04' })).toContain('result: 3')
    expect(workerd(worker, { date: '2026-08-03' })).toContain('No such module "node:crypto"')
  })
})
