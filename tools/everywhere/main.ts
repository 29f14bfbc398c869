/**
 * Runs the suites on every runtime, prints runtime × version × tests passed, and writes it to docs/internals/runtimes.md. Exits with 1 if a runtime
 * does not start, a test fails, or a runtime runs fewer tests than another, so that none is skipped silently.
 *
 * `npm run test:everywhere -- Bun Deno` runs only these, and does not write the page. `--check` compares it instead, and fails if the page has other
 * counts. `--outputFile=…` writes the totals in the format of vitest's JSON reporter.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { install } from '../install.ts'
import { outcomeOf, type Outcome } from './outcome.ts'
import { ROOT, RUNTIMES, RUNTIMES_FOLDER } from './runtimes.ts'
import { faultsOf, isIn, tableOf, withTable } from './table.ts'

const PAGE = join(ROOT, 'docs', 'internals', 'runtimes.md')

const { positionals: names, values } = parseArgs({
  allowPositionals: true,
  options: { outputFile: { type: 'string' }, check: { type: 'boolean' } },
})
const unknown = names.filter((name) => !RUNTIMES.some((runtime) => runtime.name === name))
if (unknown.length > 0)
  throw new Error(`no runtime is called ${unknown.join(', ')}: they are ${RUNTIMES.map(({ name }) => name).join(', ')}`)

if (values.check && names.length > 0) throw new Error('--check compares the page, which has all runtimes')

install(RUNTIMES_FOLDER)
const outcomes: Outcome[] = []
for (const runtime of RUNTIMES.filter(({ name }) => names.length === 0 || names.includes(name))) {
  const start = performance.now()
  const outcome = outcomeOf(runtime)
  outcomes.push(outcome)
  const { version, isomorphic, sync, output } = outcome
  const seconds = ((performance.now() - start) / 1000).toFixed(0)
  console.log(`${runtime.name} ${version}: ${isomorphic.passed + (sync?.passed ?? 0)} passed (${seconds} s)`)
  if (faultsOf([outcome]).length > 0) console.log(output.split('\n').slice(-150).join('\n'))
}

const table = tableOf(outcomes)
const page = readFileSync(PAGE, 'utf8')
const isStale = values.check === true && !isIn(page, table)
const faults = [...faultsOf(outcomes), ...(isStale ? ['docs/internals/runtimes.md has other counts: npm run test:everywhere writes it'] : [])]
console.log(`\n${table}\n`)
if (faults.length > 0) console.error(faults.join('\n'))
else if (names.length === 0 && !values.check) writeFileSync(PAGE, withTable(page, table))

const counts = outcomes.flatMap(({ isomorphic, sync }) => [isomorphic, ...(sync ? [sync] : [])])
const numPassedTests = counts.reduce((sum, { passed }) => sum + passed, 0)
const numTotalTests = counts.reduce((sum, { total }) => sum + total, 0)
if (values.outputFile !== undefined) writeFileSync(values.outputFile, JSON.stringify({ numPassedTests, numTotalTests }))
console.log(`${numPassedTests} passed, ${numTotalTests - numPassedTests} failed`)
process.exitCode = faults.length > 0 ? 1 : 0
