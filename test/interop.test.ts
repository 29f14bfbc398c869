/** Tokens exchanged with the three libraries that most services use, how `npm run interop` checks such an exchange, and the page it writes. */
import { readFileSync } from 'node:fs'
import { createKey, sign } from 'hs256'
import { describe, expect, it } from 'vitest'
import { EXP, SHAPES } from './interop/claim-shapes.ts'
import { missesOf } from './interop/judge.ts'
import { IMPLEMENTATIONS } from './interop/manifest.ts'
import { withoutVersions } from './interop/matrix.ts'
import { tamper } from './interop/tampering.ts'
import { trade, type Outcome } from './interop/trade.ts'

const byName = (wanted: string) => IMPLEMENTATIONS.find(({ name }) => name === wanted)!

describe.each(['jsonwebtoken', 'jose', 'hono/jwt'].map(byName))('$name', { timeout: 30_000 }, (library) => {
  it('accepts our tokens, as we accept its tokens, and both reject tampered copies', async () => {
    expect(missesOf(library, await trade(library.run))).toEqual([])
  })
})

describe('missesOf', () => {
  const [first = '', ...others] = Object.keys(SHAPES)
  const all = [first, ...others]
  const good: Outcome = { ours: all, theirs: all, tampered: 6, refusedByThem: 6, refusedByUs: 6 }
  const { exceptions: _none, ...peer } = byName('jose')
  const excepting = { ...peer, exceptions: [{ shapes: [first], way: 'reading', reason: 'why' }] } as const

  it.each([
    ['nothing if everything is right', peer, {}, []],
    ['nothing if an exception is one', excepting, { ours: others }, []],
    ['a token of ours that was not verified', peer, { ours: others }, [`reading: it does not carry ${first}`]],
    ['a token of theirs that was not verified', peer, { theirs: others }, [`signing: it does not carry ${first}`]],
    [
      'each of them',
      peer,
      { ours: [], theirs: [] },
      ['reading', 'signing'].flatMap((way) => all.map((shape) => `${way}: it does not carry ${shape}`)),
    ],
    ['an exception that is not one', excepting, {}, [`reading: it does carry ${first}, so that is no exception`]],
    ['an exception in the other direction', excepting, { ours: others, theirs: others }, [`signing: it does not carry ${first}`]],
    ['a tampered copy that they accepted', peer, { refusedByThem: 5 }, ['it accepts 1 tampered copies']],
    ['tampered copies that we accepted', peer, { refusedByUs: 4 }, ['we accept 2 tampered copies']],
    ['missing copies', peer, { tampered: 0, refusedByThem: 0, refusedByUs: 0 }, ['there was nothing to tamper with']],
  ])('finds %s', (_what, implementation, outcome, misses) => {
    expect(missesOf(implementation, { ...good, ...outcome })).toEqual(misses)
  })
})

describe('tamper', () => {
  it('makes three copies that differ from the token, and from each other', async () => {
    const token = await sign({ exp: EXP }, createKey('a secret of the tests, 32 bytes or more'))
    expect(new Set([token, ...tamper(token)]).size).toBe(4)
  })
})

describe('docs/internals/interop.md', () => {
  it('has a row for each implementation, 12 or more in 6 languages or more', () => {
    const page = readFileSync(new URL('../docs/internals/interop.md', import.meta.url), 'utf8')
    const rows = [...page.matchAll(/^\| (\S.*?) +\| (\S+) +\| \d/gm)].map(([, name, language]) => [name, language])
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
