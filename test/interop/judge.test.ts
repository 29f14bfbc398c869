/** What `npm run interop` goes by: its judgement is no milder than it says, and its page is of the implementations that there are. */
import { readFileSync } from 'node:fs'
import { createKey, sign } from 'hs256'
import { describe, expect, it } from 'vitest'
import { EXP, SHAPES } from './claim-shapes.ts'
import { missesOf } from './judge.ts'
import type { Implementation } from './implementation.ts'
import { IMPLEMENTATIONS } from './manifest.ts'
import { withoutVersions } from './matrix.ts'
import { tamper } from './tampering.ts'
import type { Outcome } from './trade.ts'

const [first = '', ...others] = Object.keys(SHAPES)
const all = [first, ...others]
const good: Outcome = { ours: all, theirs: all, tampered: 6, refusedByThem: 6, refusedByUs: 6 }
const peer: Implementation = { name: 'x', language: 'y', from: { npm: 'x' }, run: 'x' }
const excepting: Implementation = { ...peer, exceptions: [{ shapes: [first], way: 'reading', reason: 'why' }] }

describe('missesOf', () => {
  it('finds none if everything is right', () => {
    expect(missesOf(peer, good)).toEqual([])
    expect(missesOf(excepting, { ...good, ours: others })).toEqual([])
  })

  it('finds each token that was not verified, either way', () => {
    expect(missesOf(peer, { ...good, ours: others })).toEqual([`reading: it does not carry ${first}`])
    expect(missesOf(peer, { ...good, theirs: others })).toEqual([`signing: it does not carry ${first}`])
    expect(missesOf(peer, { ...good, ours: [], theirs: [] })).toHaveLength(2 * all.length)
  })

  it('finds an exception that is not one, and allows it in one direction only', () => {
    expect(missesOf(excepting, good)).toEqual([`reading: it does carry ${first}, so that is no exception`])
    expect(missesOf(excepting, { ...good, ours: others, theirs: others })).toEqual([`signing: it does not carry ${first}`])
  })

  it('finds a tampered copy that either side accepted, and a missing one', () => {
    expect(missesOf(peer, { ...good, refusedByThem: 5 })).toEqual(['it accepts 1 tampered copies'])
    expect(missesOf(peer, { ...good, refusedByUs: 4 })).toEqual(['we accept 2 tampered copies'])
    expect(missesOf(peer, { ...good, tampered: 0, refusedByThem: 0, refusedByUs: 0 })).toEqual(['there was nothing to tamper with'])
  })
})

describe('tamper', () => {
  it('makes three copies that differ from the token, and from each other', async () => {
    const token = await sign({ exp: EXP }, createKey('a secret of the tests, 32 bytes or more'))
    expect(new Set([token, ...tamper(token)]).size).toBe(4)
  })
})

describe('docs/internals/interop.md', () => {
  const page = readFileSync(new URL('../../docs/internals/interop.md', import.meta.url), 'utf8')

  it('has a row for each implementation, 12 or more in 6 languages or more', () => {
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
