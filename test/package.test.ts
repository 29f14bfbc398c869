/** The package as it is built: ES module and CommonJS side by side, as one process may load them both. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

type Library = typeof import('hs256')

const DIST = join(import.meta.dirname, '..', 'dist')
const esm = (await import(join(DIST, 'index.js'))) as Library
const cjs = createRequire(import.meta.url)(join(DIST, 'index.cjs')) as Library

const SECRET = 'a secret of more than thirty-two bytes'

/** The names that a declaration file exports as values, `type` left aside. */
function valuesOf(file: string): readonly string[] {
  const source = ts.createSourceFile(file, readFileSync(join(DIST, file), 'utf8'), ts.ScriptTarget.ESNext)
  const lists = source.statements.filter(ts.isExportDeclaration).flatMap(({ exportClause }) => exportClause ?? [])
  const names = lists.filter(ts.isNamedExports).flatMap(({ elements }) => [...elements])
  return names.filter(({ isTypeOnly }) => !isTypeOnly).map(({ name }) => name.text)
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
