/** docs/performance.md tells where the distance to the bare work lies; here it is held against what the bench has written. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const read = (path: string): string => readFileSync(join(import.meta.dirname, '..', path), 'utf8')
const cellsOf = (row: string): readonly string[] =>
  row
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim())

const RESULTS = read('bench/RESULTS.md')
const ROWS = read('docs/performance.md')
  .split('\n')
  .filter((line) => /^\| (?:base64url|\+ )/.test(line))
  .map(cellsOf)

/** The ratios of a race to the bare work, row by row, but for the bare work itself. */
function ratiosOf(title: string): readonly string[] {
  const [, table = ''] = RESULTS.split(`### ${title}\n`)
  const rows = table.split('\n###', 1)[0]!.match(/^\| (?:base64url|\+ ).*$/gm) ?? []
  return rows.map((row) => cellsOf(row)[3]!)
}

it.each(['the steps of verify, 64 in flight', 'the steps of verifySync', 'the steps of signSync'])(
  'docs/performance.md says what was measured: %s',
  (title) => {
    const column = ['verify, 64 in flight', 'verifySync', 'signSync'].findIndex((name) => title.endsWith(name)) + 1
    const told = ROWS.map((cells) => cells[column]!).filter((cell) => cell !== '')
    expect(told.length).toBeGreaterThanOrEqual(2)
    expect(told).toEqual(ratiosOf(title))
  },
)
