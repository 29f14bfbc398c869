/** `npm run bench`: measures everything on this Node, prints it, and writes results/, RESULTS.md and the missed goals in docs/performance.md. */
import { writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { callsOf, race, type Budget } from './race.ts'
import { races, samples } from './races.ts'
import { goalTable, heapTable, missedTable, readRuns, report, taskTable, writeRun, type Residue, type Run } from './results.ts'
import { place } from './table.ts'

const { values } = parseArgs({
  options: {
    /** Measures for a few minutes, and writes nothing. */
    quick: { type: 'boolean', default: false },
    /** Only the tasks that begin so; writes nothing. */
    only: { type: 'string', default: '' },
    /** Measures nothing, and writes the pages from results/. */
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
  ['1,000 tokens held, synchronously', 'hs256/sync, remember'],
  ['a flood of different tokens, synchronously', 'hs256/sync, remember'],
  ['a request with a cookie, 64 in flight', 'createGuard'],
  ['reject, 1 in flight', 'hs256', 0.1],
  ['read without the secret', 'hs256'],
]

if (!values.report) await measureAll()
if (!quick && only === '') {
  const runs = readRuns()
  writeFileSync(new URL('RESULTS.md', import.meta.url), report(runs))
  place('docs/performance.md', 'missed', missedTable(runs))
  console.log('written: bench/RESULTS.md, docs/performance.md')
}

async function measureAll(): Promise<void> {
  const [cpu] = cpus()
  const run: Run & { readonly races: Run['races'][number][]; readonly heap: Residue[] } = {
    node: process.versions.node,
    date: new Date().toISOString().slice(0, 10),
    command: ['npm run bench', ...process.argv.slice(2, 3).map(() => '--'), ...process.argv.slice(2)].join(' '),
    method: `${budget.rounds} rounds of 3 laps of ${budget.lap} ms`,
    machine: `${cpu?.model.trim() ?? 'an unknown CPU'}, ${cpus().length} cores, load ${loadavg()[0]!.toFixed(1)} at the start, ${process.platform} ${process.arch}`,
    races: [],
    heap: [],
  }
  const chosen = races.filter(({ task }) => task.startsWith(only))
  const candidates = new Set(chosen.flatMap((some) => some.candidates))
  for (const { prove } of candidates) for (const good of samples) await prove?.(good)
  console.log(`proven: ${candidates.size} candidates`)
  for (const task of new Set(chosen.map((some) => some.task))) {
    for (const some of chosen.filter((one) => one.task === task)) run.races.push(await race(some, budget))
    console.log(`\n${task}\n${taskTable(task, [run])}`)
  }
  if (only !== '') return
  for (const [task, name, share = 1] of HEAPS) run.heap.push(await residueOf(task, name, calls * share))
  console.log(`\nheap: before, midway, after\n${heapTable([run])}\n\ngoals\n${goalTable([run])}`)
  if (!quick) writeRun(run)
}

/** Whether calls leak memory: the heap after a forced collection, before the calls and after each tenth of them. */
async function residueOf(task: string, name: string, amount: number): Promise<Residue> {
  const measured = races.find((some) => some.task === task)!
  const { prepare, call } = callsOf(
    measured,
    measured.candidates.find((one) => one.name === name)!,
  )
  const fire = async (times: number): Promise<void> => {
    for (let left = times; left > 0; left -= 4096) {
      prepare(Math.min(left, 4096))
      await call()
    }
    prepare(0)
  }
  const collected = (): number => {
    for (let i = 0; i < 2; i++) globalThis.gc!() // the second collection frees what finalizers released
    return process.memoryUsage().heapUsed
  }
  await fire(Math.min(amount, 20_000)) // what is compiled and cached once is not a leak
  const bytes = [collected()]
  for (let tenth = 0; tenth < 10; tenth++) {
    await fire(amount / 10)
    bytes.push(collected())
  }
  return { title: `${name}: ${task}`, calls: amount, bytes }
}
