/** The outcomes as a table, and their errors. */
import type { Count, Outcome } from './outcome.ts'

const cell = (count: Count | undefined): string =>
  count === undefined ? '–' : count.passed === count.total ? `${count.passed}` : `${count.passed} of ${count.total}`

/** The table in Markdown. */
export function tableOf(outcomes: readonly Outcome[]): string {
  const rows = [
    ['runtime', 'version', '`hs256`, `hs256/http`', '`hs256/sync`'],
    ...outcomes.map(({ runtime, version, isomorphic, sync }) => [runtime, version, cell(isomorphic), cell(sync)]),
  ]
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((text, column) => (column > 1 ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0))).join(' | ')} |`
  const rule = `| ${widths.map((width, column) => (column > 1 ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width))).join(' | ')} |`
  return [line(rows[0] ?? []), rule, ...rows.slice(1).map(line)].join('\n')
}

/** The errors: a fault, a test that did not pass, fewer tests than on another runtime. */
export function faultsOf(outcomes: readonly Outcome[]): readonly string[] {
  const most = (of: (outcome: Outcome) => Count | undefined): number => Math.max(...outcomes.map((outcome) => of(outcome)?.total ?? 0))
  const expected = { isomorphic: most(({ isomorphic }) => isomorphic), sync: most(({ sync }) => sync) }
  return outcomes.flatMap(({ runtime, isomorphic, sync, faults }) =>
    [...faults, ...lacks(isomorphic, expected.isomorphic), ...(sync ? lacks(sync, expected.sync) : [])].map(
      (fault) => `${runtime}: ${fault}`,
    ),
  )
}

function lacks({ passed, total }: Count, expected: number): readonly string[] {
  const lacking = total < expected ? [`it has run ${total} tests of ${expected}`] : []
  return passed < total ? [...lacking, `${total - passed} tests have not passed`] : lacking
}

/** Whether a page already has this table: the same runtimes with the same counts, whatever their versions. */
export function isIn(page: string, table: string): boolean {
  const [, shown = ''] = PLACE.exec(page) ?? []
  return countsOf(shown) === countsOf(table)
}

function countsOf(table: string): string {
  const rows = table.match(/^\| (?!-).*$/gm) ?? []
  return rows
    .map((row) => row.split('|').map((text) => text.trim()))
    .map(([, runtime, , ...counts]) => [runtime, ...counts].join('|'))
    .join('\n')
}

const PLACE = /<!-- table -->(.*)<!-- \/table -->/s

/** Replaces the table of a page, between two comments. */
export function withTable(page: string, table: string): string {
  if (!PLACE.test(page)) throw new Error('the page lacks the place for the table')
  return page.replace(PLACE, () => `<!-- table -->\n\n${table}\n\n<!-- /table -->`)
}
