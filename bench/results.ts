/** What runs have measured, in results/nodeNN.json, and its tables: for the terminal and for RESULTS.md. Needs no peer. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { GOALS, isMet, limitOf, majorOf, type Goal } from './goals.ts'
import { table } from './table.ts'

/** A race, summed up: the median of each candidate in microseconds per call, and that of the time of all threads. */
export interface RaceRecord {
  readonly task: string
  readonly variant: string
  readonly inFlight: number
  readonly rows: readonly { readonly name: string; readonly note: string; readonly median: number; readonly cpu: number }[]
}

/** What remains on the heap: its bytes before the calls, and after each tenth of them. */
export interface Residue {
  readonly title: string
  readonly calls: number
  readonly bytes: readonly number[]
}

/** A run. */
export interface Run extends Readonly<Record<'node' | 'date' | 'command' | 'method' | 'machine', string>> {
  readonly races: readonly RaceRecord[]
  readonly heap: readonly Residue[]
}

const FOLDER = new URL('results/', import.meta.url)

/** Writes a run, instead of the last one on the same major version of Node. */
export function writeRun(run: Run): void {
  const rounded = (_: string, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(9)) : value)
  const text = JSON.stringify(run, rounded, 1).replaceAll(/\{[^{}[\]]*\}/g, (row) => row.replaceAll(/\n\s*/g, ' '))
  writeFileSync(new URL(`node${majorOf(run)}.json`, FOLDER), `${text}\n`)
}

/** The last run on each major version of Node, oldest version first. */
export function readRuns(): readonly Run[] {
  const files = readdirSync(FOLDER).filter((name) => /^node\d+\.json$/.test(name))
  return files.sort().map((name) => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as Run)
}

const number = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(3))
const right = (head: string) => ({ head, right: true })
const heads = (runs: readonly Run[], what = '') => runs.map((run) => right(`${what}Node ${majorOf(run)}`))

/** Goals, with a column for each run. */
export function goalTable(runs: readonly Run[], goals = GOALS): string {
  const cell = (goal: Goal, run: Run): string => (goal.value(run)?.toFixed(2) ?? '') + (isMet(goal, run) === false ? ', missed' : '')
  const wanted = (goal: Goal): string => `${goal.atLeast ? '≥' : '≤'} ${[...new Set(runs.map((run) => limitOf(goal, run)))].join(', ')}`
  const rows = goals.map((goal) => [goal.what, wanted(goal), ...runs.map((run) => cell(goal, run))])
  return table([{ head: 'goal' }, right('wanted'), ...heads(runs)], rows)
}

/** The goals that are missed on a version they are made for: 24 and later. */
export function missedTable(runs: readonly Run[]): string {
  return goalTable(runs, GOALS.filter((goal) => runs.some((run) => majorOf(run) >= 24 && isMet(goal, run) === false))) // prettier-ignore
}

/** A task: how many times as long as the first candidate each takes, and how long; with 64 in flight, also the time of all threads. */
export function taskTable(task: string, runs: readonly Run[]): string {
  const found = runs.map(({ races }) => races.filter((race) => race.task === task))
  const [{ inFlight, rows: all }] = found[0] as [RaceRecord]
  const rows = found[0]!.flatMap(({ variant, rows: records }, r) => {
    const cells = (name: string, write: (row: RaceRecord['rows'][number], floor: RaceRecord['rows'][number]) => string) =>
      found.map((races) => {
        const row = races[r]?.rows.find((some) => some.name === name)
        return row === undefined ? '' : write(row, races[r]!.rows[0]!)
      })
    return records.map(({ name, note }, i) => [
      i === 0 ? variant : '',
      name,
      ...cells(name, (row, floor) => (row.median / floor.median).toFixed(2)),
      ...(inFlight === 64 ? cells(name, (row, floor) => (row.cpu / floor.cpu).toFixed(2)) : []),
      ...cells(name, ({ median }) => number(median)),
      note,
    ])
  })
  const cpu = inFlight === 64 ? heads(runs, 'CPU ×, ') : []
  return table([{ head: '' }, { head: `× ${all[0]!.name}` }, ...heads(runs), ...cpu, ...heads(runs, 'µs, '), { head: '' }], rows)
}

/** The heap: before, midway and after. */
export function heapTable(runs: readonly Run[]): string {
  const rows = runs[0]!.heap.map(({ title, calls }, i) => [
    title,
    calls.toLocaleString('en'),
    ...runs.map(({ heap }) => [0, 5, 10].map((tenths) => (heap[i]!.bytes[tenths]! / 1024).toFixed(0)).join(', ')),
  ])
  return table([{ head: '' }, right('calls'), ...heads(runs, 'kB, ')], rows)
}

/** RESULTS.md. */
export function report(runs: readonly Run[]): string {
  const [{ version }, { dependencies }] = ['../package.json', 'package.json'].map((path) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'))) as [{ readonly version: string }, { readonly dependencies: object }] // prettier-ignore
  const columns = ['Node', 'date', 'machine', 'command', 'method: see README.md'].map((head) => ({ head }))
  const tasks = [...new Set(runs[0]!.races.map(({ task }) => task))]
  const sections = {
    Goals: goalTable(runs),
    ...Object.fromEntries(tasks.map((task) => [task, taskTable(task, runs)])),
    'heap: before, midway, after': heapTable(runs),
  }
  return `${[
    '# Results',
    table(columns, runs.map(({ node, date, machine, command, method }) => [node, date, machine, `\`${command}\``, method])), // prettier-ignore
    table([{ head: 'library' }, { head: 'version' }], [['hs256', version], ...Object.entries(dependencies)]),
    ...Object.entries(sections).map(([title, text]) => `## ${title}\n\n${text}`),
  ].join('\n\n')}\n`
}
