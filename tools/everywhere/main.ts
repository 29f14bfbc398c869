/**
 * Runs the suites on every runtime, prints runtime × version × tests passed, and writes it to a page. Exits with 1 if a runtime does not start, a test
 * fails, or a runtime runs fewer tests than another, so that none is skipped silently.
 *
 * `npm run test:everywhere -- Bun Deno` runs only these, and does not write the page. `--check` compares it instead, and fails if the page has other
 * counts. `--outputFile=…` writes the totals in the format of vitest's JSON reporter.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { outcomeOf, type Outcome } from './outcome.ts'
import { ROOT, RUNTIMES } from './runtimes.ts'
import { faultsOf, isIn, tableOf, withTable } from './table.ts'

const PAGE = 'docs/internals/runtimes.md'

const { positionals: names, values } = parseArgs({
  allowPositionals: true,
  options: { outputFile: { type: 'string' }, check: { type: 'boolean', default: false } },
})
const known = RUNTIMES.map(({ name }) => name)
if (names.some((name) => !known.includes(name))) throw new Error(`the runtimes are ${known.join(', ')}`)
if (values.check && names.length > 0) throw new Error('--check compares the page, which has all runtimes')

const outcomes: Outcome[] = []
for (const runtime of RUNTIMES.filter(({ name }) => names.length === 0 || names.includes(name))) {
  const start = performance.now()
  const outcome = outcomeOf(runtime)
  outcomes.push(outcome)
  const passed = outcome.isomorphic.passed + (outcome.sync?.passed ?? 0)
  console.log(`${runtime.name} ${outcome.version}: ${passed} passed (${((performance.now() - start) / 1000).toFixed(0)} s)`)
  if (faultsOf([outcome]).length > 0) console.log(outcome.output.split('\n').slice(-150).join('\n'))
}

const table = await tableOf(outcomes)
const page = names.length === 0 ? readFileSync(join(ROOT, PAGE), 'utf8') : ''
const isStale = values.check && !isIn(page, table)
const faults = [...faultsOf(outcomes), ...(isStale ? [`${PAGE} has other counts: npm run test:everywhere writes it`] : [])]
console.log(`\n${table}\n`)
if (faults.length > 0) console.error(faults.join('\n'))
else if (page !== '' && !values.check) writeFileSync(join(ROOT, PAGE), withTable(page, table))

const sum = (kind: 'passed' | 'total'): number =>
  outcomes.reduce((all, { isomorphic, sync }) => all + isomorphic[kind] + (sync?.[kind] ?? 0), 0)
const totals = { numPassedTests: sum('passed'), numTotalTests: sum('total') }
if (values.outputFile !== undefined) writeFileSync(values.outputFile, JSON.stringify(totals))
console.log(`${totals.numPassedTests} passed, ${totals.numTotalTests - totals.numPassedTests} failed`)
process.exitCode = faults.length > 0 ? 1 : 0
