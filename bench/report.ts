/** The measurements as Markdown: for the terminal, table by table, and for RESULTS.md. */
import { readFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import type { Indifference } from './garbage.ts'
import { judge, type Measured } from './goals.ts'
import type { Residue } from './heap.ts'
import type { Result } from './rounds.ts'
import type { Growth } from './scaling.ts'
import { median, ratios, spread } from './statistics.ts'
import { table } from './table.ts'

const number = (value: number) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3))
const right = (head: string) => ({ head, right: true })

/** One race: how long each candidate takes, and how many times as long as the first one. */
export function raceTable({ rows }: Result): string {
  const cells = rows.map(({ name, note, times }) => {
    const { lower, median: middle, upper } = spread(times)
    const ratio = median(ratios(times, rows[0]!.times)).toFixed(2)
    return [name, number(middle), `${number(lower)} to ${number(upper)}`, ratio, Math.round(1e6 / middle).toLocaleString('en'), note]
  })
  const heads = [{ head: '' }, right('µs'), right('quartiles'), right(`× ${rows[0]!.name}`), right('calls/s'), { head: '' }]
  const isNoted = rows.some(({ note }) => note !== '')
  return isNoted
    ? table(heads, cells)
    : table(
        heads.slice(0, -1),
        cells.map((row) => row.slice(0, -1)),
      )
}

/** How cost grows. */
export function growthTable(growths: readonly Growth[]): string {
  const rows = growths.flatMap(({ title, lengths, costs, exponent }) =>
    lengths.map((length, i) => [i === 0 ? title : '', String(length), number(costs[i]!), i === 0 ? exponent.toFixed(2) : '']),
  )
  return table([{ head: '' }, right('characters'), right('µs'), right('exponent')], rows)
}

/** The cost of garbage. */
export function garbageTable(garbage: readonly Indifference[]): string {
  const rows = garbage.map(({ title, short, long, ratio }) => [title, number(short), number(long), ratio.toFixed(2)])
  return table([{ head: '' }, right('66 kB, µs'), right('2 MB, µs'), right('×')], rows)
}

/** What remains on the heap. */
export function heapTable(residues: readonly Residue[]): string {
  const kilobytes = (bytes: number) => (bytes / 1024).toFixed(0)
  const rows = residues.map(({ title, calls, bytes }) => [
    title,
    calls.toLocaleString('en'),
    kilobytes(bytes[0]!),
    kilobytes(median(bytes)),
    kilobytes(bytes.at(-1)!),
  ])
  return table([{ head: '' }, right('calls'), right('before, kB'), right('midway, kB'), right('after, kB')], rows)
}

/** All goals. */
export function goalTable(measured: Measured): string {
  const rows = judge(measured).map(({ what, wanted, measured: value, verdict }) => [what, wanted, value, verdict])
  return table([{ head: 'goal' }, right('wanted'), right('measured'), { head: '' }], rows)
}

/** The whole report. */
export function report(measured: Measured, budget: string): string {
  const section = (title: string, text: string) => `## ${title}\n\n${text}`
  const races = measured.results.map((result) => `### ${result.title}\n\n${raceTable(result)}`)
  return `${[
    '# Results',
    introduction(budget),
    section('Goals', goalTable(measured)),
    section('Races', races.join('\n\n')),
    section('Cost against length', growthTable(measured.growths)),
    section('Garbage beyond the limit', garbageTable(measured.garbage)),
    section('Heap', heapTable(measured.residues)),
  ].join('\n\n')}\n`
}

/** The machine, the versions and the date. */
function introduction(budget: string): string {
  const manifest = (path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as Manifest
  const { version } = manifest('../package.json')
  const peers = Object.entries(manifest('package.json').dependencies ?? {}).map(([name, peer]) => `${name} ${peer}`)
  const [cpu] = cpus()
  const machine = `${cpu?.model.trim() ?? 'an unknown CPU'} (${cpus().length} cores, load ${load} at the start)`
  const platform = `Node ${process.versions.node}, ${process.platform} ${process.arch}`
  return [
    `Written by \`${COMMAND}\` on ${new Date().toISOString().slice(0, 10)}: ${machine}, ${platform}. hs256 ${version}; ${peers.join(', ')}.`,
    `${budget} How it is measured: [README.md](README.md). Times depend on the machine and its load; ratios depend on them less.`,
  ].join('\n\n')
}

/** The command line: other options measure other things. */
const COMMAND = ['npm run bench', ...process.argv.slice(2, 3).map(() => '--'), ...process.argv.slice(2)].join(' ')

/** How many programs wanted a core at the start. Above the number of cores, the machine was shared. */
const load = loadavg()[0]!.toFixed(1)

interface Manifest {
  readonly version: string
  readonly dependencies?: Readonly<Record<string, string>>
}
