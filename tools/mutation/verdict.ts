/** Compares a report of Stryker with the list of mutants that no test can tell from the original. */

/** The parts of a report that are read: mutation-testing-report-schema, version 2. */
export interface Report {
  readonly config: { readonly mutate: readonly string[] }
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly Mutant[] }>>
}

interface Mutant {
  readonly mutatorName: string
  readonly replacement?: string
  readonly status: string
  readonly location: { readonly start: Position; readonly end: Position }
}

/** Both count from 1. */
interface Position {
  readonly line: number
  readonly column: number
}

/** A mutant, described so that it still applies when lines move: in the line `line`, `original` becomes `replacement`. White space is ignored. */
export interface Change {
  readonly file: string
  readonly mutator: string
  readonly line: string
  readonly original: string
  readonly replacement: string
}

/** A mutant that behaves like the original, so no test can kill it. Each entry is for one mutant. */
export interface Equivalent extends Change {
  readonly reason: string
}

/** The result of the comparison. */
export interface Verdict {
  /** Mutants that are neither killed nor listed. */
  readonly survivors: readonly Change[]
  /** Entries whose mutant does not exist, or was killed. */
  readonly stale: readonly Equivalent[]
}

/** States in which no test failed. A mutant that timed out counts as killed; if it is listed, the machine was busy. */
const UNDECIDED = new Set(['Survived', 'NoCoverage', 'Timeout', 'RuntimeError'])

/** Compares a report with the list. Entries for files that are not in the report are ignored. */
export function judge({ files }: Report, equivalents: readonly Equivalent[]): Verdict {
  const left = equivalents.filter(({ file }) => Object.hasOwn(files, file))
  const survivors: Change[] = []
  for (const [file, { source, mutants }] of Object.entries(files)) {
    for (const mutant of mutants) {
      if (!UNDECIDED.has(mutant.status)) continue
      const change = toChange(file, source, mutant)
      const listed = left.findIndex((equivalent) => keyOf(equivalent) === keyOf(change))
      if (listed >= 0) left.splice(listed, 1)
      else if (mutant.status !== 'Timeout') survivors.push(change)
    }
  }
  return { survivors, stale: left }
}

/** The percentage of mutants killed, rounded down. A timeout counts as killed. */
export function scoreOf({ files }: Report): number {
  const mutants = Object.values(files).flatMap((file) => file.mutants.filter(({ status }) => !/Error|Ignored/.test(status)))
  return Math.floor((mutants.filter(({ status }) => status === 'Killed' || status === 'Timeout').length * 100) / mutants.length)
}

/** A change as text, independent of formatting. */
export function keyOf({ file, mutator, line, original, replacement }: Change): string {
  return JSON.stringify([file, mutator, line, original, replacement].map((text) => text.replaceAll(/\s+/g, ' ').trim()))
}

function toChange(file: string, source: string, { mutatorName, replacement = '', location: { start, end } }: Mutant): Change {
  const lines = source.split('\n')
  const spanned = lines.slice(start.line - 1, end.line)
  const last = spanned.length - 1
  spanned[last] = spanned[last]!.slice(0, end.column - 1)
  spanned[0] = spanned[0]!.slice(start.column - 1)
  const squeeze = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()
  return {
    file,
    mutator: mutatorName,
    line: squeeze(lines[start.line - 1]!),
    original: squeeze(spanned.join('\n')),
    replacement: squeeze(replacement),
  }
}
