/** The package as it is built: ES module and CommonJS side by side, as one process may load them both. */
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

type Library = typeof import('hs256')
type SyncLibrary = typeof import('hs256/sync')

const DIST = join(import.meta.dirname, '..', 'dist')
const esm = (await import(join(DIST, 'index.js'))) as Library
const cjs = createRequire(import.meta.url)(join(DIST, 'index.cjs')) as Library

const sync = {
  esm: (await import(join(DIST, 'sync.js'))) as SyncLibrary,
  cjs: createRequire(import.meta.url)(join(DIST, 'sync.cjs')) as SyncLibrary,
}

const SECRET = 'a secret of more than thirty-two bytes'

const declarations = readdirSync(DIST).filter((file) => /\.d\.c?ts$/.test(file))
const program = ts.createProgram(
  declarations.map((file) => join(DIST, file)),
  { module: ts.ModuleKind.NodeNext, types: [], skipLibCheck: true },
)

/** The names that a declaration file exports as values, types left aside. */
function valuesOf(file: string): readonly string[] {
  const checker = program.getTypeChecker()
  const symbol = checker.getSymbolAtLocation(program.getSourceFile(join(DIST, file))!)
  const exported = checker.getExportsOfModule(symbol!)
  const target = (one: ts.Symbol): ts.Symbol => (one.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(one) : one)
  return exported.filter((one) => target(one).flags & ts.SymbolFlags.Value).map(({ name }) => name)
}

describe('the package', () => {
  it.each(['index.d.ts', 'index.d.cts'])('exports what %s says', (file) => {
    expect([...valuesOf(file)].sort()).toEqual(Object.keys(esm).sort())
    expect(Object.keys(cjs).sort()).toEqual(Object.keys(esm).sort())
  })

  it('reads in one format what the other signed', async () => {
    const token = await cjs.sign({ sub: 'u1' }, cjs.createKey(SECRET), { expiresIn: '1h' })
    expect((await esm.verify(token, esm.createKey(SECRET))).claims.sub).toBe('u1')
  })

  it('knows the errors of the other format, and refuses its keys with a word', async () => {
    const error = await cjs.verify('', cjs.createKey(SECRET)).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(esm.JwtError)
    expect(error).toBeInstanceOf(esm.JwtMalformedError)
    expect(error).not.toBeInstanceOf(esm.JwtSignatureError)
    await expect(esm.verify('', cjs.createKey(SECRET))).rejects.toThrow('key must be made by createKey of this copy of hs256')
  })
})

describe.each([
  ['ES modules', esm, sync.esm, 'sync.d.ts'],
  ['CommonJS', cjs, sync.cjs, 'sync.d.cts'],
])('the doors in %s', (_format, library, door, declaration) => {
  it('export what their declaration says', () => {
    expect(Object.keys(door).sort()).toEqual([...valuesOf(declaration)].sort())
  })

  it('share keys: what one takes the other takes', async () => {
    const key = library.createKey(SECRET)
    expect(door.verifySync(await library.sign({ sub: 'u1' }, key, { expiresIn: '1h' }), key).key).toBe(key)
    expect((await library.verify(door.signSync({ sub: 'u1' }, key, { expiresIn: '1h' }), key)).key).toBe(key)
  })

  it('share the classes of errors', () => {
    const run = (): unknown => door.verifySync('', library.createKey(SECRET))
    expect(run).toThrow(library.JwtMalformedError)
    expect(Object.getPrototypeOf(library.JwtMalformedError.prototype)).toBe(library.JwtError.prototype)
    try {
      run()
    } catch (error) {
      expect((error as Error).constructor).toBe(library.JwtMalformedError)
    }
  })

  it('leave node:crypto to hs256/sync', () => {
    const ending = declaration.replace('sync.d.', '').replace('ts', 'js')
    const importing = readdirSync(DIST).filter(
      (file) => file.endsWith(`.${ending}`) && readFileSync(join(DIST, file), 'utf8').includes('node:crypto'),
    )
    expect(importing).toEqual([`sync.${ending}`])
  })
})
