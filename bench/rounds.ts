/** Measures candidates against each other: in one process, in turns, so that a slowdown of the machine affects all of them. */
import type { Runner } from './candidate.ts'
import { CHECKS, type Check } from './tokens.ts'

/** Candidates for one task. The others are compared with the first one, the floor. */
export interface Race<Input, Kind extends Runner<Input> = Runner<Input>> {
  readonly id: string
  readonly title: string
  readonly candidates: readonly Kind[]
  /** Their inputs, used in turn. */
  readonly inputs: readonly Input[]
  /** Copies an input, before a call is timed, so that no call meets an object that another one has touched. */
  readonly fresh?: (input: Input) => Input
  /** How many calls are in flight at once: 0 for synchronous ones. */
  readonly inFlight: number
  /** Whether the inputs must be rejected. */
  readonly refused?: boolean
}

/** How long to measure. */
export interface Budget {
  readonly rounds: number
  /** How many milliseconds a candidate runs in each round. Synchronous ones run a quarter of it, three times as often. */
  readonly lap: number
  /** How many milliseconds it runs before the first round. */
  readonly warmUp: number
}

/** The outcome of a race. */
export interface Result {
  readonly id: string
  readonly title: string
  readonly inFlight: number
  readonly rows: readonly Row[]
}

/** The result of one candidate, round by round. */
interface Row {
  readonly name: string
  readonly note: string
  /** Microseconds per call. */
  readonly times: readonly number[]
  /** Microseconds per call that all threads of the process spent. */
  readonly cpu: readonly number[]
}

/** What some calls took, in milliseconds. */
interface Spent {
  readonly time: number
  readonly cpu: number
}

/** Calls whose inputs exist at the same time. */
const BATCH = 4096

/** Runs a race. The order rotates, and every other round runs backwards, so that no candidate always pays for the garbage of the same neighbour. */
export async function run<Input>(race: Race<Input>, budget: Budget): Promise<Result> {
  // on a busy machine, most short laps are not interrupted
  const [rounds, length] = race.inFlight === 0 ? [budget.rounds * 3, budget.lap / 4] : [budget.rounds, budget.lap]
  const entries: { readonly candidate: Runner<Input>; readonly calls: number; readonly laps: Spent[] }[] = []
  for (const candidate of race.candidates) {
    await pace(race, candidate, budget.warmUp)
    entries.push({ candidate, calls: Math.max(1, Math.round(length * (await pace(race, candidate, budget.lap)))), laps: [] })
  }
  for (let round = 0; round < rounds; round++) {
    const start = round % entries.length
    const order = [...entries.slice(start), ...entries.slice(0, start)]
    if (round % 2 === 1) order.reverse()
    for (const { candidate, calls, laps } of order) laps.push(await lap(race, candidate, calls))
  }
  const { id, title, inFlight } = race
  return { id, title, inFlight, rows: entries.map(({ candidate, calls, laps }) => rowOf(candidate, calls, laps)) }
}

function rowOf({ name, note, lacks = [] }: Runner<never>, calls: number, laps: readonly Spent[]): Row {
  const notes = [note ?? [], lacks.length > 0 ? checksLess(lacks) : []].flat()
  const perCall = (milliseconds: number) => (milliseconds * 1000) / calls
  return { name, note: notes.join('; '), times: laps.map(({ time }) => perCall(time)), cpu: laps.map(({ cpu }) => perCall(cpu)) }
}

function checksLess(lacks: readonly Check[]): string {
  return lacks.length === Object.keys(CHECKS).length ? 'checks no claims' : `no option for: ${lacks.join(', ')}`
}

/** Calls per millisecond, found by doubling the number of calls until they take this many milliseconds together. */
async function pace<Input>(race: Race<Input>, candidate: Runner<Input>, milliseconds: number): Promise<number> {
  let spent = 0
  for (let calls = 1; ; calls *= 2) {
    const { time } = await lap(race, candidate, calls)
    spent += time
    if (spent >= milliseconds) return calls / time
  }
}

/** Where each race is in its inputs, so that laps continue instead of repeating the first ones. */
const places = new WeakMap<readonly unknown[], number>()

/** Makes this many calls, in batches whose inputs are made before the clock runs. */
export async function lap<Input>(race: Race<Input>, { run: call }: Runner<Input>, calls: number): Promise<Spent> {
  const { inputs: all, fresh = (input) => input, inFlight, refused = false } = race
  let [time, cpu] = [0, 0]
  for (let left = calls; left > 0; left -= BATCH) {
    const place = places.get(all) ?? 0
    const count = Math.min(left, BATCH)
    places.set(all, (place + count) % all.length)
    const inputs = Array.from({ length: count }, (_, i) => fresh(all[(place + i) % all.length]!))
    globalThis.gc?.({ type: 'minor' }) // so that no call pays for moving the inputs
    globalThis.gc?.({ type: 'minor' })
    const before = process.cpuUsage()
    const start = performance.now()
    if (inFlight > 0) await Promise.all(Array.from({ length: inFlight }, (_, first) => runLane(call, inputs, first, inFlight, refused)))
    else if (refused) refuseEach(call, inputs)
    else callEach(call, inputs)
    time += performance.now() - start
    const { user, system } = process.cpuUsage(before)
    cpu += (user + system) / 1000
  }
  return { time, cpu }
}

type Call<Input> = (input: Input) => unknown

function callEach<Input>(call: Call<Input>, inputs: readonly Input[]): void {
  for (let i = 0; i < inputs.length; i++) call(inputs[i]!)
}

function refuseEach<Input>(call: Call<Input>, inputs: readonly Input[]): void {
  for (let i = 0; i < inputs.length; i++) {
    try {
      call(inputs[i]!)
    } catch {
      // as expected: the proof has shown that each of them is rejected
    }
  }
}

/** A lane starts a call when its previous one has ended. */
async function runLane<Input>(call: Call<Input>, inputs: readonly Input[], first: number, step: number, refused: boolean): Promise<void> {
  if (refused) return refuseLane(call, inputs, first, step)
  for (let i = first; i < inputs.length; i += step) await call(inputs[i]!)
}

async function refuseLane<Input>(call: Call<Input>, inputs: readonly Input[], first: number, step: number): Promise<void> {
  for (let i = first; i < inputs.length; i += step) {
    try {
      await call(inputs[i]!)
    } catch {
      // as expected
    }
  }
}
