/** The measurements as Markdown: for the terminal, table by table, and for RESULTS.md, with the versions of Node side by side. */
import { readFileSync } from 'node:fs'
import { GOALS, isMet, majorOf, type Goal } from './goals.ts'
import type { RaceRecord, Run } from './record.ts'
import { median } from './statistics.ts'
import { table } from './table.ts'

const number = (value: number) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3))
const right = (head: string) => ({ head, right: true })
const heads = (runs: readonly Run[], what = '') => runs.map((run) => right(`${what}Node ${majorOf(run)}`))
const kilobytes = (bytes: number) => (bytes / 1024).toFixed(0)

/** All goals, with a column for each run. */
export function goalTable(runs: readonly Run[]): string {
  return tableOf(GOALS, runs)
}

function tableOf(goals: readonly Goal[], runs: readonly Run[]): string {
  const rows = goals.map((goal) => [goal.what, wantedOf(goal, runs), ...runs.map((run) => cellOf(goal, run))])
  return table([{ head: 'goal' }, right('wanted'), ...heads(runs)], rows)
}

/** The goals that are missed on a version they are made for: 24 and later. */
export function missedTable(runs: readonly Run[]): string {
  if (runs.some(({ isQuick }) => isQuick)) return 'Not known yet: the last runs were trials.'
  const missed = GOALS.filter((goal) => runs.some((run) => majorOf(run) >= 24 && isMet(goal, run) === false))
  return missed.length === 0 ? 'None.' : tableOf(missed, runs)
}

function wantedOf({ atLeast, limit }: Goal, runs: readonly Run[]): string {
  const limits = [...new Set(runs.map((run) => limit(majorOf(run))))]
  return `${atLeast ? '≥' : '≤'} ${limits.join(', ')}`
}

function cellOf(goal: Goal, run: Run): string {
  const value = goal.value(run)
  if (value === undefined) return ''
  return `${value >= 100 || value <= -100 ? value.toFixed(0) : value.toFixed(2)}${isMet(goal, run) ? '' : ', missed'}`
}

/** One race: how many times as long as the first candidate each takes, and how long; with 64 in flight, also the time of all threads. */
export function raceTable(id: string, runs: readonly Run[]): string {
  const races = runs.map((run) => run.races.find((race) => race.id === id))
  const [race] = races.filter((one) => one !== undefined)
  if (race === undefined) throw new TypeError(`there is no race ${id}`)
  const cells = (name: string, write: (row: RaceRecord['rows'][number], floor: RaceRecord['rows'][number]) => string) =>
    races.map((one) => {
      const row = one?.rows.find((some) => some.name === name)
      return row === undefined ? '' : write(row, one!.rows[0]!)
    })
  const rows = race.rows.map(({ name, note }) => [
    name,
    ...cells(name, (row, floor) => (row.median / floor.median).toFixed(2)),
    ...(race.inFlight === 64 ? cells(name, (row, floor) => (row.cpu / floor.cpu).toFixed(2)) : []),
    ...cells(name, (row) => number(row.median)),
    note,
  ])
  const cpu = race.inFlight === 64 ? heads(runs, 'CPU ×, ') : []
  return table([{ head: `× ${race.rows[0]!.name}` }, ...heads(runs), ...cpu, ...heads(runs, 'µs, '), { head: '' }], rows)
}

/** How cost grows. */
export function growthTable(runs: readonly Run[]): string {
  const growths = runs[0]!.growths.flatMap(({ title, lengths }, i) => [
    [title, 'exponent', ...runs.map((run) => run.growths[i]?.exponent.toFixed(2) ?? '')],
    ...lengths.map((length, j) => ['', String(length), ...runs.map((run) => number(run.growths[i]?.costs[j] ?? NaN))]),
  ])
  return table([{ head: '' }, right('characters'), ...heads(runs, 'µs, ')], growths)
}

/** The cost of garbage of 2 MB, against 66 kB. */
export function garbageTable(runs: readonly Run[]): string {
  const rows = runs[0]!.garbage.map(({ title }, i) => [
    title,
    ...runs.map(({ garbage }) => (garbage[i]!.long / garbage[i]!.short).toFixed(2)),
    ...runs.map(({ garbage }) => number(garbage[i]!.long)),
  ])
  return table([{ head: '2 MB × 66 kB' }, ...heads(runs), ...heads(runs, 'µs, ')], rows)
}

/** What remains on the heap: before, midway and after. */
export function heapTable(runs: readonly Run[]): string {
  const rows = runs[0]!.residues.map(({ title, calls }, i) => [
    title,
    calls.toLocaleString('en'),
    ...runs.map(({ residues }) => {
      const { bytes } = residues[i]!
      return [bytes[0]!, median(bytes), bytes.at(-1)!].map(kilobytes).join(', ')
    }),
  ])
  return table([{ head: '' }, right('calls'), ...heads(runs, 'kB, ')], rows)
}

/** The whole report. */
export function report(runs: readonly Run[]): string {
  const section = (title: string, text: string) => `## ${title}\n\n${text}`
  const last = runs.at(-1)!
  const races = last.races.map(({ id, title }) => `### ${title}\n\n${raceTable(id, runs)}`)
  const machines = runs.map(({ node, date, machine, command, method, isQuick }) => [
    node,
    isQuick ? `${date}, a trial` : date,
    machine,
    `\`${command}\``,
    method,
  ])
  return `${[
    '# Results',
    table(
      ['Node', 'date', 'machine', 'command', 'method: see README.md'].map((head) => ({ head })),
      machines,
    ),
    table([{ head: 'library' }, { head: 'version' }], versions()),
    section('Goals', goalTable(runs)),
    section('Races', races.join('\n\n')),
    section('Cost against length', growthTable(runs)),
    section('Garbage beyond the limit', garbageTable(runs)),
    section('Heap: before, midway, after', heapTable(runs)),
  ].join('\n\n')}\n`
}

function versions(): readonly (readonly string[])[] {
  const manifest = (path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as Manifest
  return [['hs256', manifest('../package.json').version], ...Object.entries(manifest('package.json').dependencies ?? {})]
}

interface Manifest {
  readonly version: string
  readonly dependencies?: Readonly<Record<string, string>>
}
