/** `npm run bench`: measures everything on this Node, prints it, and writes results/, RESULTS.md and the missed goals in docs/internals/performance.md. */
import { writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { residueOf, run, type Budget } from './race.ts'
import { races, samples } from './races.ts'
import { goalTable, heapTable, missedTable, readRuns, report, taskTable, writeRun, type RaceRecord, type Residue } from './results.ts'
import { place } from './table.ts'

/** README.md says what they do. */
const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    report: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    calls: { type: 'string' },
  },
})
const { quick, only } = values
const budget: Budget = { rounds: Number(values.rounds ?? (quick ? 7 : 101)), ...(quick ? { lap: 3, warmUp: 60 } : { lap: 5, warmUp: 300 }) }
const calls = Number(values.calls ?? (quick ? 100_000 : 2_000_000))

/** The candidates whose heap is measured, and the share of the calls that it takes. */
const HEAPS: readonly (readonly [task: string, name: string, share?: number])[] = [
  ['verify, 64 in flight', 'hs256'],
  ['verify synchronously', 'hs256/sync'],
  ['tokens held, synchronously', 'hs256/sync, remember'],
  ['flood of tokens, synchronously', 'hs256/sync, remember'],
  ['request with a cookie, 64 in flight', 'createGuard'],
  ['reject, 1 in flight', 'hs256', 0.1],
  ['read without the secret', 'hs256'],
]

if (!values.report) await measure()
if (!quick && only === '') {
  const runs = readRuns()
  writeFileSync(new URL('RESULTS.md', import.meta.url), report(runs))
  place('docs/internals/performance.md', 'missed', missedTable(runs))
  console.log('written: bench/RESULTS.md, docs/internals/performance.md')
}

async function measure(): Promise<void> {
  const [records, heap]: [RaceRecord[], Residue[]] = [[], []]
  const measured = {
    node: process.versions.node,
    date: new Date().toISOString().slice(0, 10),
    command: ['npm run bench', ...process.argv.slice(2, 3).map(() => '--'), ...process.argv.slice(2)].join(' '),
    method: `${budget.rounds} rounds of 3 laps of ${budget.lap} ms`,
    machine: `${cpus()[0]?.model.trim()}, ${cpus().length} cores, load ${loadavg()[0]!.toFixed(1)} at the start, ${process.platform} ${process.arch}`,
    races: records,
    heap,
  }
  const chosen = races.filter(({ task }) => task.startsWith(only))
  const candidates = new Set(chosen.flatMap((race) => race.candidates))
  for (const { prove } of candidates) for (const good of samples) await prove?.(good)
  console.log(`proven: ${candidates.size} candidates`)
  for (const task of new Set(chosen.map((race) => race.task))) {
    for (const race of chosen) if (race.task === task) records.push(await run(race, budget))
    console.log(`\n${task}\n${taskTable(task, [measured])}`)
  }
  if (only !== '') return
  for (const [task, name, share = 1] of HEAPS)
    heap.push(
      await residueOf(
        races.find((race) => race.task === task)!,
        name,
        calls * share,
      ),
    )
  console.log(`\nheap\n${heapTable([measured])}\n\ngoals\n${goalTable([measured])}`)
  if (!quick) writeRun(measured)
}
