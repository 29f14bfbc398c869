/** docs/internals/performance.md and bench/RESULTS.md tell what the bench has measured: here they are held against its records. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { GOALS, majorOf } from '../bench/goals.ts'
import { missedTable, readRuns, report } from '../bench/results.ts'

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
    const rows = shown('sessions 1').split('\n').slice(2).map((row) => row.split('|').slice(5, -1)) // prettier-ignore
    expect(rows).toEqual(
      Array.from({ length: 4 }, () => Array.from({ length: 4 }, () => expect.stringMatching(/^ +\d+ %, -?\d+ % $/) as string)),
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
