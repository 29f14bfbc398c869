/** Tokens exchanged with the libraries that most services use, and the page that `npm run interop` writes. */
import { describe, expect, it } from 'vitest'
import { SHAPES } from './interop/claim-shapes.ts'
import { IMPLEMENTATIONS } from './interop/manifest.ts'
import { withoutVersions } from './interop/matrix.ts'
import { expectedOf, trade } from './interop/trade.ts'
import { read } from './support/docs-pages.ts'

const LIBRARIES = IMPLEMENTATIONS.filter(({ name }) => ['jsonwebtoken', 'jose', 'hono/jwt'].includes(name))

describe.each(LIBRARIES)('$name', { timeout: 30_000 }, (library) => {
  it('accepts our tokens, as we accept its tokens, and both reject tampered copies', async () => {
    const outcome = await trade(library.run)
    expect(outcome).toEqual(expectedOf(library, outcome))
    expect(outcome.tampered).toBeGreaterThanOrEqual(3 * Object.keys(SHAPES).length)
  })
})

describe('docs/internals/interop.md', () => {
  it('has a row for each implementation, 12 or more in 6 languages or more', () => {
    const rows = [...read('docs/internals/interop.md').matchAll(/^\| (\S.*?) +\| (\S+) +\| \d/gm)].map((row) => row.slice(1))
    expect(rows).toEqual(IMPLEMENTATIONS.map(({ name, language }) => [name, language]))
    expect(rows.length).toBeGreaterThanOrEqual(12)
    expect(new Set(rows.map(([, language]) => language)).size).toBeGreaterThanOrEqual(6)
  })

  it('is compared without what a new version changes', () => {
    const row = '| jose | npm    | 6.2.18 | 29 of 29 |\n| --- | ------ | --- | --- |'
    expect(withoutVersions(row)).toBe(withoutVersions('| jose | npm | 10.0~rc1+2 | 29 of 29 |\n| --- | --- | --- | --- |'))
    expect(withoutVersions(row)).not.toBe(withoutVersions(row.replace('29 of', '28 of')))
  })
})
