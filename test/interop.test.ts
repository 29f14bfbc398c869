/** Tokens exchanged with the libraries that most services use, how `npm run interop` judges such an exchange, and the page it writes. */
import { describe, expect, it } from 'vitest'
import { SHAPES } from './interop/claim-shapes.ts'
import { IMPLEMENTATIONS } from './interop/manifest.ts'
import { withoutVersions } from './interop/matrix.ts'
import { missesOf, trade } from './interop/trade.ts'
import { read } from './support/docs-pages.ts'

const LIBRARIES = IMPLEMENTATIONS.filter(({ name }) => ['jsonwebtoken', 'jose', 'hono/jwt'].includes(name))

describe.each(LIBRARIES)('$name', { timeout: 30_000 }, (library) => {
  it('accepts our tokens, as we accept its tokens, and both reject tampered copies', async () => {
    expect(missesOf(library, await trade(library.run))).toEqual([])
  })
})

describe('missesOf', () => {
  const all = Object.keys(SHAPES)
  const [first = '', ...others] = all
  const good = { ours: all, theirs: all, tampered: 6, refusedByThem: 6, refusedByUs: 6 }
  const none = { exceptions: [] }
  const excepting = { exceptions: [{ when: 'reading', shapes: [first], reason: 'why' }] }

  it.each([
    ['nothing if everything is right', none, {}, []],
    ['nothing if an exception is one', excepting, { ours: others }, []],
    ['a token of ours that was not verified', none, { ours: others }, [`reading: it does not carry ${first}`]],
    ['each token of theirs that was not verified', none, { theirs: [] }, all.map((shape) => `signing: it does not carry ${shape}`)],
    ['an exception that is not one', excepting, {}, [`reading: it does carry ${first}, so that is no exception`]],
    ['an exception in the other direction', excepting, { ours: others, theirs: others }, [`signing: it does not carry ${first}`]],
    ['a tampered copy that they accepted', none, { refusedByThem: 5 }, ['it accepts 1 tampered copies']],
    ['tampered copies that we accepted', none, { refusedByUs: 4 }, ['we accept 2 tampered copies']],
    ['missing copies', none, { tampered: 0, refusedByThem: 0, refusedByUs: 0 }, ['there was nothing to tamper with']],
  ])('finds %s', (_what, implementation, outcome, misses) => {
    expect(missesOf(implementation, { ...good, ...outcome })).toEqual(misses)
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
