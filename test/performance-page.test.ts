/** docs/internals/performance.md and bench/RESULTS.md tell what the bench has measured: here they are held against its records. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { GOALS, isMet, majorOf, ratioOf, type Goal } from '../bench/goals.ts'
import { readRuns, type Run } from '../bench/record.ts'
import { missedTable, report } from '../bench/report.ts'

const read = (path: string): string => readFileSync(join(import.meta.dirname, '..', path), 'utf8')
const PAGE = read('docs/internals/performance.md')
const runs = readRuns()

/** What the page shows between two marks. */
const shown = (name: string): string => new RegExp(`<!-- ${name} -->\n\n([^]*?)\n\n<!-- /`).exec(PAGE)?.[1] ?? ''

describe('bench/RESULTS.md', () => {
  it('is what the runs on Node 20, 24 and 26 have measured (npm run bench -- --report)', () => {
    expect(runs.map(majorOf)).toEqual([20, 24, 26])
    expect(read('bench/RESULTS.md')).toBe(report(runs))
  })

  it('has a value for each goal on each version of Node', () => {
    expect(GOALS.flatMap((goal) => runs.filter((run) => goal.value(run) === undefined).map(() => goal.what))).toEqual([])
  })
})

describe('docs/scaling.md', () => {
  it.each([
    ['`createVerifier`, 64 requests in flight', 'verify 268 64', 'hs256'],
    ['`createVerifier`, one request at a time', 'verify 268 1', 'hs256'],
    ['`createVerifierSync`', 'verifySync 268', 'hs256/sync'],
    ['`createVerifierSync` that remembers them', 'remember 268', 'hs256/sync, remember'],
  ])('says what was measured on Node 24: %s', (call, id, name) => {
    const { races } = runs.find((run) => majorOf(run) === 24)!
    const { median } = races.find((race) => race.id === id)!.rows.find((row) => row.name === name)!
    const told = read('docs/scaling.md').split('\n').find((line) => line.startsWith(`| ${call} `)) // prettier-ignore
    expect(told?.split('|')[2]?.trim()).toBe(Math.round(1e6 / median).toLocaleString('en'))
  })
})

describe('docs/internals/performance.md', () => {
  it('names each goal that is missed, and no other (npm run bench -- --report)', () => {
    expect(shown('missed')).toBe(missedTable(runs))
  })

  it('says how often a token is found, for four kinds of days and four limits (npm run bench -- sessions.ts --write)', () => {
    const rows = shown('sessions 1').split('\n').slice(2).map((row) => row.split('|').slice(5, -1)) // prettier-ignore
    expect(rows).toEqual(
      Array.from({ length: 4 }, () => Array.from({ length: 4 }, () => expect.stringMatching(/^ +\d+ %, (?:-?\d+|…) % $/) as string)),
    )
    const rates = rows.map((cells) => cells.map((cell) => Number.parseFloat(cell)))
    expect(rates).toEqual(rates.map((row) => [...row].sort((a, b) => a - b))) // more memory finds no fewer tokens
  })

  it('says how much a full memory takes: no more bytes than characters', () => {
    const bytes = shown('sessions 2').split('\n').slice(2).flatMap((row) => row.split('|').slice(2, -1).map(Number)) // prettier-ignore
    expect(bytes).toHaveLength(6)
    expect(bytes.filter((most) => !(most > 0 && most < 1.25))).toEqual([])
  })
})

describe('a goal', () => {
  const run = (node: string, ...times: readonly number[]) => {
    const rows = times.map((median, i) => ({
      name: ['bare work', 'hs256/sync', 'fast-jwt'][i]!,
      note: '',
      median,
      lower: 0,
      upper: 0,
      cpu: 0,
    }))
    return { node, races: [{ id: 'verifySync 268', title: '', inFlight: 0, rows }, { id: 'signSync 268', title: '', inFlight: 0, rows }] } as unknown as Run // prettier-ignore
  }
  const named = (start: string): Goal => GOALS.find(({ what }) => what.startsWith(start))!

  it('is a ratio of medians in one race', () => {
    const { races } = run('24.0.0', 2, 3)
    expect(ratioOf(races, 'verifySync 268', 'hs256/sync', 'bare work')).toBe(1.5)
    expect(ratioOf(races, 'verifySync 268', 'nobody', 'bare work')).toBeUndefined()
    expect(ratioOf(races, 'no race', 'hs256/sync', 'bare work')).toBeUndefined()
  })

  it('is met on its limit, and not beyond', () => {
    const atMost = named('createVerifierSync / bare work, 268')
    expect([1.11, 1.12, 1.13].map((time) => isMet(atMost, run('24.0.0', 1, time)))).toEqual([true, true, false])
    const atLeast = named('fast-jwt without cache / createVerifierSync, 268')
    expect([1.59, 1.6, 1.61].map((time) => isMet(atLeast, run('24.0.0', 1, 1, time)))).toEqual([false, true, true])
    expect(isMet(atLeast, run('24.0.0', 1))).toBeUndefined()
  })

  it('may depend on the version of Node', () => {
    const signing = named('createSignerSync / bare work')
    expect(['20.1.0', '24.1.0', '26.1.0'].map((node) => isMet(signing, run(node, 1, 1.1)))).toEqual([false, true, true])
  })
})
