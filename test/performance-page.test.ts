/** docs/internals/performance.md and bench/RESULTS.md tell what the bench has measured: here they are held against its records. */
import { describe, expect, it } from 'vitest'
import { GOALS, majorOf } from '../bench/goals.ts'
import { missedTable, readRuns, report } from '../bench/results.ts'
import { read } from './support/docs-pages.ts'

const runs = readRuns()

/** What docs/internals/performance.md shows between two marks. */
const shown = (name: string): string =>
  new RegExp(`<!-- ${name} -->\n\n([^]*?)\n\n<!-- /`).exec(read('docs/internals/performance.md'))?.[1] ?? ''

/** The cells of such a table, from some column on. */
function cellsOf(name: string, column: number): readonly (readonly string[])[] {
  const [, , ...rows] = shown(name).split('\n')
  return rows.map((row) => row.split('|').slice(column, -1))
}

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
    ['`createVerifier`, 64 requests in flight', 'verify, 64 in flight', 'hs256'],
    ['`createVerifier`, one request at a time', 'verify, 1 in flight', 'hs256'],
    ['`createVerifierSync`', 'verify synchronously', 'hs256/sync'],
    ['`createVerifierSync` that remembers them', 'tokens held, synchronously', 'hs256/sync, remember'],
  ])('says what was measured on Node 24: %s', (call, task, name) => {
    const { races } = runs.find((run) => majorOf(run) === 24)!
    const { median } = races.find((race) => race.task === task && race.variant === '268 characters')!.rows.find((row) => row.name === name)!
    const told = read('docs/scaling.md').split('\n').find((line) => line.startsWith(`| ${call} `)) // prettier-ignore
    expect(told?.split('|')[2]?.trim()).toBe(Math.round(1e6 / median).toLocaleString('en'))
  })
})

describe('docs/internals/performance.md', () => {
  it('names each goal that is missed, and no other (npm run bench -- --report)', () => {
    expect(shown('missed')).toBe(missedTable(runs))
  })

  it('says how often a token is found, for four kinds of days and four limits (npm run bench -- sessions.ts --write)', () => {
    const rows = cellsOf('sessions 1', 5)
    expect(rows.map((cells) => cells.filter((cell) => /^ +\d+ %, -?\d+ % $/.test(cell)).length)).toEqual([4, 4, 4, 4])
    const rates = rows.map((cells) => cells.map((cell) => Number.parseFloat(cell)))
    expect(rates).toEqual(rates.map((row) => [...row].sort((a, b) => a - b))) // more memory finds no fewer tokens
  })

  it('says how much a full memory takes: no more bytes than characters', () => {
    const bytes = cellsOf('sessions 2', 2).flat().map(Number)
    expect(bytes).toHaveLength(6)
    expect(bytes.filter((most) => !(most > 0 && most < 1.25))).toEqual([])
  })
})
