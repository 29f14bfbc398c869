/** The outcomes as a table, and their errors. */
import { format } from 'prettier'
import type { Count, Outcome } from './outcome.ts'

const cell = (count: Count | undefined): string =>
  count === undefined ? '–' : count.passed === count.total ? `${count.passed}` : `${count.passed} of ${count.total}`

/** The table in Markdown. */
export async function tableOf(outcomes: readonly Outcome[]): Promise<string> {
  const head = '| runtime | version | `hs256`, `hs256/http` | `hs256/sync` |\n|---|---|--:|--:|\n'
  const rows = outcomes.map(({ runtime, version, isomorphic, sync }) => `|${[runtime, version, cell(isomorphic), cell(sync)].join('|')}|`)
  return (await format(head + rows.join('\n'), { parser: 'markdown' })).trim()
}

/** The errors: a fault, a test that did not pass, fewer tests than on another runtime. */
export function faultsOf(outcomes: readonly Outcome[]): readonly string[] {
  const most = (kind: 'isomorphic' | 'sync'): number => Math.max(...outcomes.map((outcome) => outcome[kind]?.total ?? 0))
  const lacks = (kind: 'isomorphic' | 'sync', { passed, total }: Count = { passed: most(kind), total: most(kind) }): readonly string[] => [
    ...(total < most(kind) ? [`it has run ${total} tests of ${most(kind)}`] : []),
    ...(passed < total ? [`${total - passed} tests have not passed`] : []),
  ]
  return outcomes.flatMap(({ runtime, isomorphic, sync, faults }) =>
    [...faults, ...lacks('isomorphic', isomorphic), ...lacks('sync', sync)].map((fault) => `${runtime}: ${fault}`),
  )
}

const PLACE = /<!-- table -->(.*)<!-- \/table -->/s

/** Whether a page already has this table: the same runtimes with the same counts, whatever their versions. */
export function isIn(page: string, table: string): boolean {
  const [, shown = ''] = PLACE.exec(page) ?? []
  const countsOf = (text: string): string => text.trim().replaceAll(/^\| ([\w -]+?) +\| [\w.-]+ +\| +/gm, '$1|')
  return countsOf(shown) === countsOf(table)
}

/** Replaces the table of a page, between two comments. */
export function withTable(page: string, table: string): string {
  if (!PLACE.test(page)) throw new Error('the page lacks the place for the table')
  return page.replace(PLACE, () => `<!-- table -->\n\n${table}\n\n<!-- /table -->`)
}
