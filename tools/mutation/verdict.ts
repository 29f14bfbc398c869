/** What a report of Stryker says of each mutant, held against the list of those that no test can tell from the original. */

/** A report, as far as it is read: mutation-testing-report-schema, version 2. */
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

/** Both from 1. */
interface Position {
  readonly line: number
  readonly column: number
}

/** A mutant in words that stay true when lines move: `original` becomes `replacement`, in a line that reads `line`. White space does not count. */
export interface Change {
  readonly file: string
  readonly mutator: string
  readonly line: string
  readonly original: string
  readonly replacement: string
}

/** A mutant that behaves as the original does, so that no test can kill it. One entry is for one mutant. */
export interface Equivalent extends Change {
  readonly reason: string
}

/** What was found. */
export interface Verdict {
  /** Mutants that no test has killed and nobody has listed. */
  readonly survivors: readonly Change[]
  /** Entries for which there is no such mutant, or which a test has killed. */
  readonly stale: readonly Equivalent[]
}

/** States in which no test has failed. One that ran out of time has not survived; where it is listed, the machine was busy. */
const UNDECIDED = new Set(['Survived', 'NoCoverage', 'Timeout', 'RuntimeError'])

/** Holds a report against the list. Of files that are not in the report, nothing is said. */
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

/** How many of a hundred mutants were killed, rounded down. One that never ends is. */
export function scoreOf({ files }: Report): number {
  const mutants = Object.values(files).flatMap((file) => file.mutants.filter(({ status }) => !/Error|Ignored/.test(status)))
  return Math.floor((mutants.filter(({ status }) => status === 'Killed' || status === 'Timeout').length * 100) / mutants.length)
}

/** The text of a change without what formatting alone decides. */
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
