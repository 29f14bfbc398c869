/** The matrix of implementations, as the page docs/interop.md. */
import { format, resolveConfig } from 'prettier'
import { SHAPES } from './claim-shapes.ts'
import type { Implementation } from './implementation.ts'
import type { Outcome } from './trade.ts'

/** An implementation, and what came of trading with it, or why there was no trade. */
export interface Row {
  readonly implementation: Implementation
  readonly version: string
  readonly outcome: Outcome | undefined
  readonly misses: readonly string[]
}

const HEAD = ['implementation', 'language', 'version', 'from', 'verifies ours', 'we verify its', 'tampered: it refuses', 'we refuse']

/** The table as text in columns, for a terminal. */
export function toText(rows: readonly Row[]): string {
  const table = [HEAD, ...rows.map(cellsOf)]
  const widths = HEAD.map((_, column) => Math.max(...table.map((cells) => cells[column]!.length)))
  return table.map((cells) => cells.map((cell, column) => cell.padEnd(widths[column]!)).join('  ')).join('\n')
}

/** The whole page. */
export async function toPage(rows: readonly Row[], path: string): Promise<string> {
  const languages = new Set(rows.map(({ implementation }) => implementation.language))
  const page = `# Interoperability

${rows.length} implementations in ${languages.size} languages trade tokens with hs256, both ways: each verifies what we sign, we verify what it signs, and both
refuse tampered copies of all of these tokens. This page is written by \`npm run interop\`, which installs what it needs on Debian 12.

${line(HEAD)}${line(HEAD.map(() => '---'))}${rows.map((row) => line(cellsOf(row))).join('')}
A token is made of each of ${Object.keys(SHAPES).length} [claim shapes](../test/interop/claim-shapes.ts), with an \`exp\`, and counts only where the claims that are read are the
ones that were signed. Each has three tampered copies: with another \`exp\`, with another MAC, and with \`alg: none\` and no MAC. The secret
has letters that are not ASCII. The programs are in [test/interop/peers](../test/interop/peers), a few lines each: they take HS256 alone, and
expect no audience.

## What some do not carry

Claims that an implementation, or its language, cannot read or write as they are. None of it is about signatures, and it is a failure of
the run where one of these is no longer so.

${line(['implementation', 'when', 'claim shapes', 'why'])}${line(['---', '---', '---', '---'])}${rows.flatMap(exceptionsOf).join('')}`
  return format(page, { ...(await resolveConfig(path)), parser: 'markdown' })
}

/** A page without what a new version of an implementation alone changes. */
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
