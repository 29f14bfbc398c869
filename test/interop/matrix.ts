/** The page docs/internals/interop.md, with the matrix of implementations. */
import { format, resolveConfig } from 'prettier'
import { SHAPES } from './claim-shapes.ts'
import type { Implementation } from './manifest.ts'
import type { Outcome } from './trade.ts'

/** An implementation, and the outcome of the exchange, or why there was none. */
export interface Row {
  readonly implementation: Implementation
  version: string
  outcome?: Outcome
  /** What was wrong. */
  miss?: string
}

const HEAD = ['implementation', 'language', 'version', 'from', 'verifies ours', 'we verify its', 'tampered: it rejects', 'we reject']

export async function toPage(rows: readonly Row[], path: string): Promise<string> {
  const languages = new Set(rows.map(({ implementation }) => implementation.language))
  const page = `# Interoperability

${rows.length} implementations in ${languages.size} languages exchange tokens with hs256 in both directions: each verifies our tokens, we verify its tokens, and both
reject tampered copies of all of them. \`npm run interop\` writes this page; it installs what it needs on Debian 12.

${tableOf(HEAD, rows.map(cellsOf))}
Each of ${Object.keys(SHAPES).length} [claim shapes](../../test/interop/claim-shapes.ts) becomes a token with an \`exp\`. A token counts only if the claims that are read equal the claims that were
signed. No shape has a number of 2^53 or more, because hs256 rejects those ([compliance](compliance.md)). Each token has three tampered copies: with
a changed \`exp\`, with a changed MAC, and with \`alg: none\` and no MAC. The secret contains characters outside ASCII. The programs in
[test/interop/peers](../../test/interop/peers) are a few lines each; they accept only HS256, and expect no audience.

## Claims that some implementations do not preserve

These are claims that an implementation, or its language, cannot read or write unchanged. None of them concerns signatures. The run fails if an
entry is outdated.

${tableOf(['implementation', 'when', 'claim shapes', 'why'], rows.flatMap(exceptionsOf))}`
  return format(page, { ...(await resolveConfig(path)), parser: 'markdown' })
}

/** A page without version numbers and padding. */
export function withoutVersions(page: string): string {
  return page.replaceAll(/\| \d\S* +(?=\|)/g, '| … ').replaceAll(/ +|-{2,}/g, ' ')
}

function cellsOf({ implementation: { name, language, source, packages }, version, outcome }: Row): readonly string[] {
  const from = source === 'Debian' ? `Debian: ${packages[0]}` : source
  if (outcome === undefined) return [name, language, version, from, '✗', '✗', '✗', '✗']
  const carried = [outcome.ours, outcome.theirs].map((shapes) => `${shapes.length} of ${Object.keys(SHAPES).length}`)
  const refused = [outcome.refusedByThem, outcome.refusedByUs].map((count) => `${count} of ${outcome.tampered}`)
  return [name, language, version, from, ...carried, ...refused]
}

function exceptionsOf({ implementation: { name, exceptions } }: Row): readonly (readonly string[])[] {
  return exceptions.map(({ when, shapes, reason }) => [name, when, shapes.join(', ').replaceAll('__proto__', '`$&`'), reason])
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('')
}
