/** The package as it is built: ES module and CommonJS side by side, as one process may load them both. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, posix } from 'node:path'
import ts from 'typescript'
import { describe, expect, it, vi } from 'vitest'
import { outcome } from './support/outcome.ts'

vi.setConfig({ testTimeout: 60_000 }) // a compiler runs in some

const ROOT = join(import.meta.dirname, '..')
const DIST = join(ROOT, 'dist')
const require = createRequire(import.meta.url)
/** A door of the package in both formats. */
const load = async <Door>(door: string): Promise<readonly [esm: Door, cjs: Door]> => [
  (await import(join(DIST, `${door}.js`))) as Door,
  require(join(DIST, `${door}.cjs`)) as Door,
]
const [esm, cjs] = await load<typeof import('hs256')>('index')
const [esmHttp, cjsHttp] = await load<typeof import('hs256/http')>('http')
const [esmSync, cjsSync] = await load<typeof import('hs256/sync')>('sync')

const SECRET = 'a secret of more than thirty-two bytes'

/** The values that TypeScript finds in a door, which `export type` and interfaces are not. */
function valuesOf(declarations: string): readonly string[] {
  const path = join(DIST, declarations)
  const program = ts.createProgram([path], { module: ts.ModuleKind.NodeNext, types: [], noEmit: true })
  const checker = program.getTypeChecker()
  const door = checker.getSymbolAtLocation(program.getSourceFile(path)!)!
  return checker
    .getTypeOfSymbol(door)
    .getProperties()
    .map(({ name }) => name)
}

describe('the package', () => {
  it.each([
    ['index', esm, cjs],
    ['sync', esmSync, cjsSync],
    ['http', esmHttp, cjsHttp],
  ])('exports from %s what its types declare', (door, esModule, commonJs) => {
    const names = Object.keys(esModule).sort()
    expect(names.length).toBeGreaterThan(1)
    expect(Object.keys(commonJs).sort()).toEqual(names)
    expect([...valuesOf(`${door}.d.ts`)].sort()).toEqual(names)
    expect([...valuesOf(`${door}.d.cts`)].sort()).toEqual(names)
  })

  it('reads tokens of the other format, recognizes its errors, and rejects its keys with an explanation', async () => {
    const token = await cjs.sign({ sub: 'u1' }, cjs.createKey(SECRET), { expiresIn: '1h' })
    expect((await esm.verify(token, esm.createKey(SECRET))).claims.sub).toBe('u1')
    const error = await outcome(() => cjs.verify('', cjs.createKey(SECRET)))
    expect(error).toBeInstanceOf(esm.JwtError)
    expect(error).toBeInstanceOf(esm.JwtMalformedError)
    expect(error).not.toBeInstanceOf(esm.JwtSignatureError)
    await expect(esm.verify('', cjs.createKey(SECRET))).rejects.toThrow('key is from another copy of hs256')
  })
})

describe('an entry point for tools that ignore exports', () => {
  const manifestAt = (path: string): Readonly<Record<string, unknown>> =>
    JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as Readonly<Record<string, unknown>>
  const manifest = manifestAt('package.json')
  const { exports, files } = manifest as {
    readonly exports: Readonly<Record<string, { readonly [format in 'import' | 'require']: Readonly<Record<'types' | 'default', string>> }>>
    readonly files: readonly string[]
  }
  const doors = Object.keys(exports).filter((door) => door !== './package.json')

  it('is there for every door', () => {
    const adapters = readdirSync(join(ROOT, 'examples/adapters')).filter((file) => file !== 'guarded.ts')
    expect(doors).toEqual(['.', './http', './sync', ...adapters.map((file) => `./adapters/${file.replace('.ts', '')}`)])
    for (const door of doors) {
      const main = manifestAt(`${door}/package.json`)
      const { import: esModule, require: commonJs } = exports[door]!
      const pathOf = (target: string): string => (door === '.' ? target : `${posix.relative(door, '.')}/${target.slice(2)}`)
      expect(main).toMatchObject({ main: pathOf(commonJs.default), module: pathOf(esModule.default), types: pathOf(commonJs.types) })
      for (const name of ['main', 'module', 'types']) expect(existsSync(join(ROOT, door, String(main[name])))).toBe(true)
      if (door !== '.') expect(Object.keys(main)).toEqual(['main', 'module', 'types'])
      if (door !== '.') expect(files).toContain(door.split('/')[1])
    }
    expect(manifest).not.toHaveProperty('typesVersions')
  })

  it('is found by Node’s require of its folder', () => {
    expect(require(ROOT)).toBe(cjs)
    expect(require(join(ROOT, 'http'))).toBe(cjsHttp)
    expect(require(join(ROOT, 'sync'))).toBe(cjsSync)
    expect(require(join(ROOT, 'adapters', 'express'))).toBe(require(join(DIST, 'adapters', 'express.cjs')))
  })
})

describe.each([
  ['ES modules', 'js', esm, esmSync, esmHttp],
  ['CommonJS', 'cjs', cjs, cjsSync, cjsHttp],
])('the entry points in %s', (_format, ending, { createKey, verify, JwtError, JwtMalformedError }, { verifySync }, { authenticate }) => {
  it('share the classes of errors', async () => {
    const key = createKey(SECRET)
    const denied = await authenticate({ method: 'GET', headers: { authorization: 'Bearer abc' } }, key)
    const errors = [await outcome(() => verify('', key)), await outcome(() => verifySync('', key)), 'error' in denied && denied.error]
    for (const error of errors) expect(Object.getPrototypeOf(error)).toBe(JwtMalformedError.prototype)
    expect(Object.getPrototypeOf(JwtMalformedError.prototype)).toBe(JwtError.prototype)
  })

  it('leave node:crypto to hs256/sync', () => {
    const built = readdirSync(DIST).filter((file) => file.endsWith(`.${ending}`))
    const importing = built.filter((file) => readFileSync(join(DIST, file), 'utf8').includes('node:crypto'))
    expect(importing).toEqual([`sync.${ending}`])
  })
})
