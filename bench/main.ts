/** `npm run bench`: measures everything on this Node and prints it; with `--write`, and without `--quick`, it also writes results/ and RESULTS.md. `--only` runs the races whose names begin so. */
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { refuseGarbage } from './garbage.ts'
import { residueOf, type Residue } from './heap.ts'
import { proofs, races } from './races.ts'
import { here, readRuns, recordOf, writeRun, type RaceRecord, type Run } from './record.ts'
import { garbageTable, goalTable, growthTable, heapTable, missedTable, raceTable, report } from './report.ts'
import { run, type Budget } from './rounds.ts'
import { scale } from './scaling.ts'
import { placed } from './table.ts'

const PAGE = new URL('../docs/internals/performance.md', import.meta.url)

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean' },
    write: { type: 'boolean' },
    report: { type: 'boolean' },
    only: { type: 'string' },
    rounds: { type: 'string' },
    calls: { type: 'string' },
  },
})
const { quick = false, write = !quick, rounds = quick ? '7' : '101', calls = quick ? '100000' : '2000000' } = values
const budget: Budget = { rounds: Number(rounds), ...(quick ? { lap: 3, warmUp: 60 } : { lap: 5, warmUp: 300 }) }

/** The calls after which the heap is measured, and how many of them. */
const HEAPS: readonly (readonly [id: string, name: string, share?: number])[] = [
  ['verify 268 64', 'hs256'],
  ['verifySync 268', 'hs256/sync'],
  ['remember 268', 'hs256/sync, remember'],
  ['floodSync', 'hs256/sync, remember'],
  ['guard 64', 'createGuard'],
  ['refuse expired', 'hs256', 0.1],
  ['decode 268', 'hs256'],
]

const machine = here()
if (values.report) writeReport()
else await measureAll()

async function measureAll(): Promise<void> {
  const records: RaceRecord[] = []
  const measured = (): Run => {
    const method = `${budget.rounds} rounds of ${budget.lap} ms`
    return { ...machine, method, isQuick: quick, races: records, growths, garbage, residues }
  }
  let [growths, garbage, residues]: [Run['growths'], Run['garbage'], Run['residues']] = [[], [], []]

  await proveAll()
  for (const race of races.filter(({ id }) => id.startsWith(values.only ?? ''))) {
    records.push(recordOf(await run(race, budget)))
    print(race.title, raceTable(race.id, [measured()]))
  }
  if (values.only !== undefined) return
  growths = await scale(budget)
  print('cost against length', growthTable([measured()]))
  garbage = await refuseGarbage(budget)
  print('garbage beyond the limit', garbageTable([measured()]))
  residues = await residuesOf()
  print('heap', heapTable([measured()]))
  print('goals', goalTable([measured()]))

  if (!write) return
  writeRun(measured())
  writeReport()
}

/** Writes RESULTS.md, and the missed goals in docs/internals/performance.md, from the last run on each version of Node. */
function writeReport(): void {
  const runs = readRuns()
  writeFileSync(new URL('RESULTS.md', import.meta.url), report(runs))
  writeFileSync(PAGE, placed(readFileSync(PAGE, 'utf8'), 'missed', missedTable(runs)))
  console.log('written: bench/RESULTS.md, docs/internals/performance.md')
}

/** Proves every candidate before anything is timed. */
async function proveAll(): Promise<void> {
  const candidates = new Set(races.flatMap((race) => race.candidates))
  for (const candidate of candidates) for (const sample of proofs) await candidate.prove(sample)
  console.log(`proven: ${candidates.size} candidates`)
}

async function residuesOf(): Promise<readonly Residue[]> {
  const residues: Residue[] = []
  for (const [id, name, share = 1] of HEAPS) {
    const race = races.find((some) => some.id === id)
    if (race === undefined) throw new TypeError(`there is no race ${id}`)
    residues.push(await residueOf(race, name, Number(calls) * share))
  }
  return residues
}

function print(title: string, text: string): void {
  console.log(`\n${title}\n${text}`)
}
