/** docs/performance.md tells where the distance to the bare work lies, and docs/scaling.md what a process verifies; here both are held against what the bench has written. */
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

it.each([
  ['`verify`, 64 requests in flight', 'verify, 268 characters, 64 in flight', 'hs256'],
  ['`verify`, one request at a time', 'verify, 268 characters, 1 in flight', 'hs256'],
  ['`verifySync` of `hs256/sync`', 'verify synchronously, 268 characters', 'hs256/sync'],
])('docs/scaling.md says what was measured: %s', (call, title, name) => {
  const [, race = ''] = RESULTS.split(`### ${title}\n`)
  const measured = race
    .split('\n')
    .map(cellsOf)
    .find(([cell]) => cell === name)?.[4]
  expect(read('docs/scaling.md').split('\n').map(cellsOf)).toContainEqual([call, measured])
})
