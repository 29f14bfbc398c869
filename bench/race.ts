/** Measures candidates against each other: in one process, in turns, so that a slowdown of the machine affects all of them. */
import { median } from 'simple-statistics'
import { Bench } from 'tinybench'
import type { Candidate } from './candidate.ts'
import type { RaceRecord } from './results.ts'

/** A candidate of a race, perhaps with inputs of its own. */
export type Runner<Input> = Pick<Candidate<Input>, 'name' | 'note' | 'run'> &
  Partial<Candidate<Input>> & { readonly inputs?: readonly Input[] }

/** Candidates for one task. The others are compared with the first one, the floor. */
export interface Race<Input> {
  /** The task, and the variant of it that is measured here. */
  readonly task: string
  readonly variant: string
  readonly candidates: readonly Runner<Input>[]
  /** Their inputs, used in turn. */
  readonly inputs: readonly Input[]
  /** Copies an input before a call is timed, so that no call meets an object that another one has touched. */
  readonly fresh?: (input: Input) => Input
  /** How many calls are in flight at once: 0 for synchronous ones. */
  readonly inFlight: number
  /** Whether the inputs must be rejected. */
  readonly refused?: boolean
}

/** How long to measure, in rounds and milliseconds: a candidate runs for three laps in each round. */
export interface Budget {
  readonly rounds: number
  readonly lap: number
  readonly warmUp: number
}

/** The most calls whose inputs exist at the same time. */
const MOST = 4096

/** Where each race is in its inputs, so that laps continue instead of repeating the first ones. */
const places = new WeakMap<readonly unknown[], number>()

/** A candidate's calls: `prepare` makes the inputs of this many, and `call` makes them. */
export function callsOf<Input>({ inputs, fresh = (input) => input, inFlight, refused = false }: Race<Input>, candidate: Runner<Input>) {
  const { run, inputs: all = inputs } = candidate
  let batch: readonly Input[] = []
  const prepare = (calls: number): void => {
    const place = places.get(all) ?? 0
    places.set(all, (place + calls) % all.length)
    batch = Array.from({ length: calls }, (_, i) => fresh(all[(place + i) % all.length]!))
    for (let i = 0; i < 2; i++) globalThis.gc?.({ type: 'minor' }) // so that no call pays for moving the inputs
  }
  const check = (rejected: number): void => {
    if (rejected !== (refused ? batch.length : 0)) throw new Error(`${candidate.name}: ${rejected} of ${batch.length} calls are rejected`)
  }
  const call =
    inFlight === 0
      ? () => check(callEach(run, batch))
      : async () => {
          const lanes = await Promise.all(Array.from({ length: inFlight }, (_, first) => runLane(run, batch, first, inFlight)))
          check(lanes.reduce((sum, rejected) => sum + rejected, 0))
        }
  return { prepare, call }
}

/** Runs a race: tinybench times each lap. The order rotates, and every other round runs backwards, so that no candidate always pays for the garbage of the same neighbour. */
export async function race<Input>(given: Race<Input>, { rounds, lap, warmUp }: Budget): Promise<RaceRecord> {
  const { task, variant, inFlight, candidates } = given
  const bench = new Bench({ time: 0, iterations: 3, warmupTime: warmUp, warmupIterations: 1, throws: true })
  const entries = candidates.map((candidate, i) => entryOf(bench, given, candidate, String(i)))
  for (const entry of entries) {
    await entry.task.warmup()
    const length = inFlight === 0 ? lap / 4 : lap // on a busy machine, most short laps are not interrupted
    const { calls, time } = entry.made
    entry.calls = Math.min(MOST, Math.max(1, inFlight, Math.round((length * calls) / time)))
    entry.cpu = []
  }
  for (let round = 0; round < rounds; round++) {
    const start = round % entries.length
    const order = [...entries.slice(start), ...entries.slice(0, start)]
    if (round % 2 === 1) order.reverse()
    for (const entry of order) {
      entry.task.reset(false)
      const { result } = await entry.task.run()
      if (result.state !== 'completed') throw new Error(`${task}, ${entry.name}: ${result.state}`)
      entry.times.push((result.latency.p50 * 1000) / entry.calls)
    }
  }
  const rows = entries.map(({ name, note, times, cpu }) => ({ name, note, median: median(times), cpu: median(cpu) }))
  return { task, variant, inFlight, rows }
}

/** A candidate as a task of tinybench. While it warms up, the number of its calls doubles. */
function entryOf<Input>(bench: Bench, given: Race<Input>, candidate: Runner<Input>, id: string) {
  const { prepare, call } = callsOf(given, candidate)
  const { name, note } = candidate
  const entry = { name, note, calls: Math.max(1, given.inFlight), times: [] as number[], cpu: [] as number[], made: { calls: 0, time: 0 } }
  let [start, before] = [0, process.cpuUsage()]
  bench.add(id, call, {
    async: given.inFlight > 0,
    beforeEach: (mode) => {
      if (mode === 'warmup') entry.calls = Math.min(MOST, entry.calls * 2)
      prepare(entry.calls)
      start = performance.now()
      before = process.cpuUsage()
    },
    afterEach: () => {
      const { user, system } = process.cpuUsage(before)
      entry.cpu.push((user + system) / entry.calls)
      entry.made = { calls: entry.made.calls + entry.calls, time: entry.made.time + performance.now() - start }
    },
  })
  return Object.assign(entry, { task: bench.getTask(id)! })
}

type Call<Input> = (input: Input) => unknown

/** Calls with each input, and returns how many calls are rejected. */
function callEach<Input>(call: Call<Input>, inputs: readonly Input[]): number {
  let rejected = 0
  for (let i = 0; i < inputs.length; i++) {
    try {
      call(inputs[i]!)
    } catch {
      rejected++
    }
  }
  return rejected
}

/** The same for one lane, which starts a call when its previous one has ended. */
async function runLane<Input>(call: Call<Input>, inputs: readonly Input[], first: number, step: number): Promise<number> {
  let rejected = 0
  for (let i = first; i < inputs.length; i += step) {
    try {
      await call(inputs[i]!)
    } catch {
      rejected++
    }
  }
  return rejected
}
