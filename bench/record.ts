/** What a run measured, in results/nodeNN.json: one file for each major version of Node. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import type { Indifference } from './garbage.ts'
import type { Residue } from './heap.ts'
import type { Result } from './rounds.ts'
import type { Growth } from './scaling.ts'
import { median, spread } from './statistics.ts'

/** A race, summed up. */
export interface RaceRecord extends Omit<Result, 'rows'> {
  readonly rows: readonly {
    readonly name: string
    readonly note: string
    /** Microseconds per call, and their quartiles. */
    readonly median: number
    readonly lower: number
    readonly upper: number
    /** Microseconds of all threads. */
    readonly cpu: number
  }[]
}

/** A run. */
export interface Run {
  readonly node: string
  readonly date: string
  readonly command: string
  readonly method: string
  readonly machine: string
  /** Whether it was too short to be more than a trial. */
  readonly isQuick: boolean
  readonly races: readonly RaceRecord[]
  readonly growths: readonly Growth[]
  readonly garbage: readonly Indifference[]
  readonly residues: readonly Residue[]
}

const FOLDER = new URL('results/', import.meta.url)
/** How many programs wanted a core at the start. Above the number of cores, the machine was shared. */
const load = loadavg()[0]!.toFixed(1)

/** Sums up a race. */
export function recordOf({ rows, ...race }: Result): RaceRecord {
  return { ...race, rows: rows.map(({ name, note, times, cpu }) => ({ name, note, ...spread(times), cpu: median(cpu) })) }
}

/** The version, the machine and the date. */
export function here(): Pick<Run, 'node' | 'date' | 'command' | 'machine'> {
  const [cpu] = cpus()
  return {
    node: process.versions.node,
    date: new Date().toISOString().slice(0, 10),
    command: ['npm run bench', ...process.argv.slice(2, 3).map(() => '--'), ...process.argv.slice(2)].join(' '),
    machine: `${cpu?.model.trim() ?? 'an unknown CPU'}, ${cpus().length} cores, load ${load} at the start, ${process.platform} ${process.arch}`,
  }
}

/** Writes a run, instead of the last one on the same major version of Node. */
export function writeRun(run: Run): void {
  const rounded = (_: string, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(9)) : value)
  writeFileSync(new URL(`node${Number.parseInt(run.node, 10)}.json`, FOLDER), `${JSON.stringify(run, rounded, 1)}\n`)
}

/** The last run on each major version of Node, oldest version first. */
export function readRuns(): readonly Run[] {
  const files = readdirSync(FOLDER).filter((name) => /^node\d+\.json$/.test(name))
  return files.sort().map((name) => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as Run)
}
