/**
 * `npm run interop`: exchanges tokens with every implementation in the manifest, prints the matrix, and writes docs/internals/interop.md. With
 * `--check`, compares the page instead, except for versions. Exits with 1 on any miss, or if an implementation cannot be installed or run.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { OUT, run } from './conversation.ts'
import { install, versionOf } from './install.ts'
import { missesOf } from './judge.ts'
import type { Implementation } from './implementation.ts'
import { IMPLEMENTATIONS } from './manifest.ts'
import { toPage, toText, withoutVersions, type Row } from './matrix.ts'
import { trade } from './trade.ts'

const PAGE = fileURLToPath(new URL('../../docs/internals/interop.md', import.meta.url))
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } })

mkdirSync(OUT, { recursive: true })
await install(IMPLEMENTATIONS)

const rows: Row[] = []
for (const implementation of IMPLEMENTATIONS) {
  const row = await examine(implementation)
  rows.push(row)
  console.log(`${row.misses.length === 0 ? '✓' : '✗'} ${implementation.name}`)
  for (const miss of row.misses) console.log(`    ${miss}`)
}
console.log(`\n${toText(rows)}\n`)

const languages = new Set(rows.map(({ implementation }) => implementation.language))
const failures = rows.filter(({ misses }) => misses.length > 0)
const page = await toPage(rows, PAGE)
if (failures.length > 0) console.log(`✗ ${failures.length} of ${rows.length} implementations with a miss`)
else if (!values.check) writeFileSync(PAGE, page)
else if (withoutVersions(readFileSync(PAGE, 'utf8')) !== withoutVersions(page))
  throw new Error('docs/internals/interop.md is outdated: run npm run interop')
if (rows.length < 12 || languages.size < 6) throw new Error('fewer than 12 implementations or 6 languages')
console.log(`${rows.length - failures.length} passed, ${failures.length} failed`)
process.exitCode = failures.length === 0 ? 0 : 1

async function examine(implementation: Implementation): Promise<Row> {
  let version = '?'
  try {
    version = await versionOf(implementation)
    if (implementation.build !== undefined) await run(implementation.build)
    const outcome = await trade(implementation.run)
    return { implementation, version, outcome, misses: missesOf(implementation, outcome) }
  } catch (error) {
    return { implementation, version, outcome: undefined, misses: [error instanceof Error ? error.message : String(error)] }
  }
}
