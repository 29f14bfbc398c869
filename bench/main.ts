/** `npm run bench`: measures everything, prints it and writes it to RESULTS.md. Options: `--quick`, `--write`, `--rounds`, `--calls`, `--profile`. */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { raceInBrowser } from './browser.ts'
import { chart } from './chart.ts'
import { refuseGarbage } from './garbage.ts'
import { residueOf, type Residue } from './heap.ts'
import { syncDoor } from './hs256.ts'
import { profileAll } from './profile.ts'
import {
  decodeRaces,
  keyRaces,
  proofs,
  refusalRaces,
  secretRaces,
  signRaces,
  signStepRaces,
  verifyRaces,
  verifyStepRaces,
  type Proven,
} from './races.ts'
import { garbageTable, goalTable, growthTable, heapTable, raceTable, report } from './report.ts'
import { run, type Budget, type Race, type Result } from './rounds.ts'
import { scale } from './scaling.ts'

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean' },
    write: { type: 'boolean' },
    profile: { type: 'boolean' },
    rounds: { type: 'string' },
    calls: { type: 'string' },
  },
})
const { quick = false, write = !quick, profile = false, rounds = quick ? '7' : '41', calls = quick ? '200000' : '10000000' } = values

const budget: Budget = { rounds: Number(rounds), ...(quick ? { lap: 10, warmUp: 40 } : { lap: 15, warmUp: 300 }) }

if (syncDoor === undefined) console.log('hs256/sync is not built: its candidates are left out.\n')
if (profile) await profileAll()
else await measureAll()

async function measureAll(): Promise<void> {
  const reading = [...verifyRaces, ...secretRaces, ...decodeRaces, ...refusalRaces, ...keyRaces, ...verifyStepRaces]
  const signing = [...signRaces, ...signStepRaces]
  await proveAll(reading)
  await proveAll(signing)

  const results: Result[] = []
  for (const race of reading) results.push(await runAndPrint(race))
  for (const race of signing) results.push(await runAndPrint(race))
  const inBrowser = await raceInBrowser(budget)
  if (inBrowser) results.push(inBrowser)
  print(inBrowser?.title ?? 'no Chromium', inBrowser ? raceTable(inBrowser) : 'reading in a browser is not measured')
  const growths = await scale(budget)
  print('cost against length', growthTable(growths))
  const garbage = await refuseGarbage(budget)
  print('garbage beyond the limit', garbageTable(garbage))
  const residues = await residuesOf()
  print('heap', heapTable(residues))
  const measured = { results, growths, garbage, residues }
  print('goals', goalTable(measured))

  if (!write) return
  const method = `${budget.rounds} rounds of ${budget.lap} ms for each candidate, after ${budget.warmUp} ms of warm-up.`
  writeFileSync(new URL('RESULTS.md', import.meta.url), report(measured, method))
  writeFileSync(new URL('../docs/images/bench.svg', import.meta.url), chart(results))
  console.log('written: bench/RESULTS.md, docs/images/bench.svg')
}

/** Proves every candidate before anything is timed. */
async function proveAll<Input>(races: readonly Proven<Input>[]): Promise<void> {
  const candidates = new Set(races.flatMap((race) => race.candidates))
  for (const candidate of candidates) for (const sample of proofs) await candidate.prove(sample)
  console.log(`proven: ${candidates.size} candidates`)
}

async function runAndPrint<Input>(race: Race<Input>): Promise<Result> {
  const result = await run(race, budget)
  print(result.title, raceTable(result))
  return result
}

async function residuesOf(): Promise<readonly Residue[]> {
  const ours = (id: string, name: string, share = 1) => {
    const race = [...verifyRaces, ...decodeRaces, ...refusalRaces].find((some) => some.id === id)
    if (race === undefined) throw new TypeError(`there is no race ${id}`)
    return residueOf(race, name, Number(calls) * share)
  }
  const residues = [await ours('verify 270 64', 'hs256'), await ours('refuse expired', 'hs256', 0.1), await ours('decode 270', 'hs256')]
  return syncDoor ? [...residues, await ours('verifySync 270', 'hs256/sync')] : residues
}

function print(title: string, text: string): void {
  console.log(`\n${title}\n${text}`)
}
