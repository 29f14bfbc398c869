/** Measures candidates against each other: in one process, in turns, so that a slowdown of the machine affects all of them. */
import { median } from 'simple-statistics'
import { Bench } from 'tinybench'
import type { Candidate } from './candidate.ts'
import type { RaceRecord, Residue } from './results.ts'

/** Candidates for one task, or one variant of it. The others are compared with the first one, the floor. */
export interface Race<Input> {
  readonly task: string
  readonly variant: string
  /** Some have inputs of their own. */
  readonly candidates: readonly (Candidate<Input> & { readonly inputs?: readonly Input[] })[]
  /** Their inputs, used in turn. */
  readonly inputs: readonly Input[]
  /** Copies an input before a call is timed, so that no call meets an object that another one has touched. */
  readonly fresh?: (input: Input) => Input
  /** How many calls are in flight at once: 0 for synchronous ones. */
  readonly inFlight: number
}

/** How long to measure, in rounds and milliseconds: in each round, a candidate runs for three laps. */
export type Budget = Readonly<Record<'rounds' | 'lap' | 'warmUp', number>>

/** The most calls whose inputs exist at the same time. */
const MOST = 4096
/** Where each list of inputs is, so that laps continue instead of repeating the first ones. */
const places = new WeakMap<readonly unknown[], number>()

/** A candidate as a task of tinybench, whose iterations are laps of many calls. While it warms up, their number doubles. */
function taskOf<Input>(bench: Bench, race: Race<Input>, candidate: Race<Input>['candidates'][number]) {
  const { fresh = (input) => input, inFlight } = race
  const { run: call, inputs = race.inputs, name, note } = candidate
  const laps = { name, note, calls: Math.max(1, inFlight), pace: 0, cpu: [] as number[], times: [] as number[] }
  let [batch, start, before] = [[] as readonly Input[], 0, process.cpuUsage()]
  const callEach = (): void => {
    for (let i = 0; i < batch.length; i++) call(batch[i]!)
  }
  /** A lane starts a call when its previous one has ended. */
  const runLane = async (first: number): Promise<void> => {
    for (let i = first; i < batch.length; i += inFlight) await call(batch[i]!)
  }
  const lanes = Array.from({ length: inFlight }, (_, first) => first)
  const id = String(bench.tasks.length)
  bench.add(id, inFlight === 0 ? callEach : () => Promise.all(lanes.map(runLane)), {
    async: inFlight > 0,
    beforeEach: (mode) => {
      if (mode === 'warmup') laps.calls = Math.min(MOST, laps.calls * 2)
      const place = places.get(inputs) ?? 0
      places.set(inputs, (place + laps.calls) % inputs.length)
      batch = Array.from({ length: laps.calls }, (_, i) => fresh(inputs[(place + i) % inputs.length]!))
      for (let i = 0; i < 2; i++) globalThis.gc!({ type: 'minor' }) // so that no call pays for moving the inputs
      before = process.cpuUsage()
      start = performance.now()
    },
    afterEach: () => {
      laps.pace = laps.calls / (performance.now() - start)
      const { user, system } = process.cpuUsage(before)
      laps.cpu.push((user + system) / laps.calls)
      batch = []
    },
  })
  const task = bench.getTask(id)!
  /** Runs the laps that the bench is for, and returns their median in microseconds per call. */
  const measure = async (): Promise<number> => {
    task.reset(false)
    const { result } = await task.run()
    return result.state === 'completed' ? (result.latency.p50 * 1000) / laps.calls : NaN
  }
  return Object.assign(laps, { measure, warmUp: () => task.warmup() })
}

/** Runs a race. The order rotates, and every other round runs backwards, so that no candidate always pays for the garbage of the same neighbour. */
export async function run<Input>(race: Race<Input>, { rounds, lap, warmUp }: Budget): Promise<RaceRecord> {
  const { task, variant, inFlight, candidates } = race
  const bench = new Bench({ time: 0, iterations: 3, warmupTime: warmUp, warmupIterations: 1, throws: true })
  const all = candidates.map((candidate) => taskOf(bench, race, candidate))
  for (const laps of all) {
    await laps.warmUp()
    const length = inFlight === 0 ? lap / 4 : lap // on a busy machine, most short laps are not interrupted
    Object.assign(laps, { calls: Math.min(MOST, Math.max(1, inFlight, Math.round(length * laps.pace))), cpu: [] })
  }
  for (let round = 0; round < rounds; round++) {
    const order = all.map((_, i) => all[(i + round) % all.length]!)
    if (round % 2 === 1) order.reverse()
    for (const laps of order) laps.times.push(await laps.measure())
  }
  const rows = all.map(({ name, note, times, cpu }) => ({ name, note, median: median(times), cpu: median(cpu) }))
  return { task, variant, inFlight, rows }
}

/** Whether calls leak memory: the heap after a forced collection, before the calls and after each tenth of them. */
export async function residueOf<Input>(race: Race<Input>, name: string, calls: number): Promise<Residue> {
  const bench = new Bench({ time: 0, iterations: Math.ceil(calls / 10 / MOST), warmup: false, throws: true })
  const laps = taskOf(
    bench,
    race,
    race.candidates.find((one) => one.name === name)!,
  )
  laps.calls = MOST
  const bytes: number[] = []
  for (let tenths = 0; tenths <= 10; tenths++) {
    await laps.measure() // what the first calls compile and cache is not a leak
    for (let i = 0; i < 2; i++) globalThis.gc!() // the second collection frees what finalizers released
    bytes.push(process.memoryUsage().heapUsed)
  }
  return { title: `${name}: ${race.task}`, calls, bytes }
}
