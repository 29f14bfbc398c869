/** The matrix of implementations, as the page docs/internals/interop.md. */
import { format, resolveConfig } from 'prettier'
import { SHAPES } from './claim-shapes.ts'
import type { Implementation } from './implementation.ts'
import type { Outcome } from './trade.ts'

/** An implementation, and the outcome of the exchange, or why there was none. */
export interface Row {
  readonly implementation: Implementation
  readonly version: string
  readonly outcome: Outcome | undefined
  readonly misses: readonly string[]
}

const HEAD = ['implementation', 'language', 'version', 'from', 'verifies ours', 'we verify its', 'tampered: it rejects', 'we reject']

/** The table for a terminal. */
export function toText(rows: readonly Row[]): string {
  const table = [HEAD, ...rows.map(cellsOf)]
  const widths = HEAD.map((_, column) => Math.max(...table.map((cells) => cells[column]!.length)))
  return table.map((cells) => cells.map((cell, column) => cell.padEnd(widths[column]!)).join('  ')).join('\n')
}

/** The whole page. */
export async function toPage(rows: readonly Row[], path: string): Promise<string> {
  const languages = new Set(rows.map(({ implementation }) => implementation.language))
  const page = `# Interoperability

${rows.length} implementations in ${languages.size} languages exchange tokens with hs256 in both directions: each verifies our tokens, we verify its tokens, and both
reject tampered copies of all of them. \`npm run interop\` writes this page; it installs what it needs on Debian 12.

${line(HEAD)}${line(HEAD.map(() => '---'))}${rows.map((row) => line(cellsOf(row))).join('')}
Each of ${Object.keys(SHAPES).length} [claim shapes](../../test/interop/claim-shapes.ts) becomes a token with an \`exp\`. A token counts only if the claims that are read equal the claims that were
signed. No shape has a number of 2^53 or more, because hs256 rejects those ([compliance](compliance.md)). Each token has three tampered copies: with
a changed \`exp\`, with a changed MAC, and with \`alg: none\` and no MAC. The secret contains characters outside ASCII. The programs in
[test/interop/peers](../../test/interop/peers) are a few lines each; they accept only HS256, and expect no audience.

## Claims that some implementations do not preserve

These are claims that an implementation, or its language, cannot read or write unchanged. None of them concerns signatures. The run fails if an
entry is outdated.

${line(['implementation', 'when', 'claim shapes', 'why'])}${line(['---', '---', '---', '---'])}${rows.flatMap(exceptionsOf).join('')}`
  return format(page, { ...(await resolveConfig(path)), parser: 'markdown' })
}

/** A page without version numbers and padding. */
export function withoutVersions(page: string): string {
  return page.replaceAll(/\| \d\S* +(?=\|)/g, '| … ').replaceAll(/ +|-{2,}/g, ' ')
}

function cellsOf({ implementation: { name, language, from }, version, outcome }: Row): readonly string[] {
  const source = 'debian' in from ? `Debian: ${from.debian}` : 'npm'
  if (outcome === undefined) return [name, language, version, source, '✗', '✗', '✗', '✗']
  const { ours, theirs, tampered, refusedByThem, refusedByUs } = outcome
  const all = Object.keys(SHAPES).length
  const counts = [ours.length, theirs.length].map((count) => `${count} of ${all}`)
  return [name, language, version, source, ...counts, ...[refusedByThem, refusedByUs].map((count) => `${count} of ${tampered}`)]
}

function exceptionsOf({ implementation: { name, exceptions = [] } }: Row): readonly string[] {
  return exceptions.map(({ way, shapes, reason }) =>
    line([name, way === 'both' ? 'reading, signing' : way, shapes.join(', ').replaceAll('__proto__', '`$&`'), reason]),
  )
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`
}
