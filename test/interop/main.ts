/**
 * `npm run interop`: exchanges tokens with every implementation in the manifest, prints the matrix, and writes docs/internals/interop.md. With
 * `--check`, compares the page instead, except for versions. Exits with 1 on any miss, or if an implementation cannot be installed or run.
 */
import { deepStrictEqual } from 'node:assert'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { debianVersion, installDebian } from '../../systems/bench.ts'
import { install } from '../../tools/install.ts'
import { IMPLEMENTATIONS, type Implementation } from './manifest.ts'
import { toPage, withoutVersions, type Row } from './matrix.ts'
import { expectedOf, OUT, PEERS, run, trade } from './trade.ts'

const PAGE = join(import.meta.dirname, '../../docs/internals/interop.md')

mkdirSync(OUT, { recursive: true })
installDebian(IMPLEMENTATIONS.flatMap(({ source, packages }) => (source === 'Debian' ? packages : [])))
install(PEERS)

const rows: Row[] = []
for (const implementation of IMPLEMENTATIONS) {
  const row = await examine(implementation)
  rows.push(row)
  console.log(row.miss === undefined ? '✓' : '✗', implementation.name, row.miss ?? '')
}
const page = await toPage(rows, PAGE)
console.log(`\n${page.split('\n\n')[2]}\n`) // the table

const failures = rows.filter(({ miss }) => miss !== undefined)
if (failures.length > 0) process.exitCode = 1
else if (!process.argv.includes('--check')) writeFileSync(PAGE, page)
else if (withoutVersions(readFileSync(PAGE, 'utf8')) !== withoutVersions(page))
  throw new Error('docs/internals/interop.md is outdated: run npm run interop')
console.log(`${rows.length - failures.length} passed, ${failures.length} failed`)

async function examine(implementation: Implementation): Promise<Row> {
  const row: Row = { implementation, version: '?' }
  try {
    row.version = versionOf(implementation)
    if (implementation.build !== undefined) run(implementation.build)
    row.outcome = await trade(implementation.run)
    deepStrictEqual(row.outcome, expectedOf(implementation, row.outcome))
  } catch (error) {
    row.miss = String(error)
  }
  return row
}

/** The upstream version of an implementation. */
function versionOf({ source, packages: [name = ''] }: Implementation): string {
  if (source === 'Debian') return debianVersion(name).replace(/(?:\+dfsg.*|\+ds.*)?(?:-[^-]*)?$/, '')
  const manifest = readFileSync(join(PEERS, 'node_modules', name, 'package.json'), 'utf8')
  return (JSON.parse(manifest) as { readonly version: string }).version
}
