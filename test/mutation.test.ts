/** What `npm run mutate` goes by beside Stryker’s score: the list of mutants that no test can kill is exact. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { judge, keyOf, scoreOf, type Equivalent, type Report } from '../tools/mutation/verdict.ts'

const SOURCE = `export function isLong(text: string): boolean {
  return text.length >= 32 || text.length >= 32
}
`

/** A report of mutants of the first or the second \`>=\`, with these states. */
const report = (...mutants: readonly (readonly [column: number, status: string])[]): Report => ({
  config: { mutate: [] },
  files: {
    'src/a.ts': {
      source: SOURCE,
      mutants: mutants.map(([column, status]) => ({
        mutatorName: 'EqualityOperator',
        replacement: 'text.length > 32',
        status,
        location: { start: { line: 2, column }, end: { line: 2, column: column + 17 } },
      })),
    },
  },
})

const listed: Equivalent = {
  file: 'src/a.ts',
  mutator: 'EqualityOperator',
  line: 'return text.length >= 32 || text.length >= 32',
  original: 'text.length >= 32',
  replacement: 'text.length > 32',
  reason: 'the reason',
}
const { reason: _reason, ...change } = listed

describe('judge', () => {
  it('finds a mutant that survived or never ran, in words that stay true when lines move', () => {
    expect(judge(report([10, 'Survived']), [])).toEqual({ survivors: [change], stale: [] })
    expect(judge(report([10, 'NoCoverage']), [])).toEqual({ survivors: [change], stale: [] })
    expect(judge(report([10, 'RuntimeError']), [])).toEqual({ survivors: [change], stale: [] })
  })

  it('finds no mutant that was killed, ran out of time or does not compile', () => {
    expect(judge(report([10, 'Killed'], [10, 'Timeout'], [10, 'CompileError']), [])).toEqual({ survivors: [], stale: [] })
  })

  it('lets an entry stand for one mutant, not for two that are alike', () => {
    expect(judge(report([10, 'Survived']), [listed])).toEqual({ survivors: [], stale: [] })
    expect(judge(report([10, 'Survived'], [31, 'Survived']), [listed])).toEqual({ survivors: [change], stale: [] })
    expect(judge(report([10, 'Survived'], [31, 'Survived']), [listed, listed])).toEqual({ survivors: [], stale: [] })
  })

  it('keeps an entry whose mutant ran out of time', () => {
    expect(judge(report([10, 'Timeout']), [listed])).toEqual({ survivors: [], stale: [] })
  })

  it('finds entries that a test has killed, or whose line no longer exists', () => {
    expect(judge(report([10, 'Killed']), [listed]).stale).toEqual([listed])
    for (const name of ['mutator', 'line', 'original', 'replacement'] as const) {
      const other = { ...listed, [name]: 'something else' }
      expect(judge(report([10, 'Survived']), [other])).toEqual({ survivors: [change], stale: [other] })
    }
  })

  it('ignores files that were not mutated', () => {
    expect(judge(report(), [{ ...listed, file: 'src/b.ts' }])).toEqual({ survivors: [], stale: [] })
  })

  it('ignores whitespace', () => {
    expect(keyOf({ ...listed, line: `  ${listed.line.replaceAll(' ', '\n  ')}` })).toBe(keyOf(listed))
    expect(keyOf({ ...listed, original: 'text.length >= 33' })).not.toBe(keyOf(listed))
  })
})

describe('equivalents.json', () => {
  it('has a reason for each entry', () => {
    const list = JSON.parse(readFileSync(new URL('../tools/mutation/equivalents.json', import.meta.url), 'utf8')) as readonly Equivalent[]
    const names = ['file', 'line', 'mutator', 'original', 'reason', 'replacement']
    for (const entry of list) {
      expect(Object.keys(entry).sort()).toEqual(names)
      expect(entry.reason.length, keyOf(entry)).toBeGreaterThan(15)
    }
  })
})

describe('scoreOf', () => {
  it('counts what was killed and what never ends, in percent, rounded down', () => {
    expect(scoreOf(report([10, 'Killed'], [10, 'Killed'], [10, 'Survived']))).toBe(66)
    expect(scoreOf(report([10, 'Killed'], [31, 'Timeout']))).toBe(100)
    expect(scoreOf(report([10, 'Survived'], [31, 'NoCoverage']))).toBe(0)
  })
})
