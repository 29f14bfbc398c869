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
  /** How many calls are in flight at once: 0 for synchronous ones. */
  readonly inFlight: number
  /** Whether the inputs must be rejected. */
  readonly refused?: boolean
}

/** How long to measure. */
export interface Budget {
  readonly rounds: number
  /** How many milliseconds a candidate runs in each round. */
  readonly lap: number
  /** How many milliseconds it runs before the first round. */
  readonly warmUp: number
}

/** The outcome of a race. */
export interface Result {
  readonly id: string
  readonly title: string
  readonly rows: readonly Row[]
}

/** The result of one candidate: microseconds per call, round by round. */
interface Row {
  readonly name: string
  readonly note: string
  readonly times: readonly number[]
}

/** Runs a race. The order rotates, and every other round runs backwards, so that no candidate always pays for the garbage of the same neighbour. */
export async function run<Input>(race: Race<Input>, budget: Budget): Promise<Result> {
  const entries: { readonly candidate: Runner<Input>; readonly calls: number; readonly times: number[] }[] = []
  for (const candidate of race.candidates) {
    await pace(race, candidate, budget.warmUp)
    entries.push({ candidate, calls: Math.max(1, Math.round(budget.lap * (await pace(race, candidate, budget.lap)))), times: [] })
  }
  for (let round = 0; round < budget.rounds; round++) {
    const start = round % entries.length
    const order = [...entries.slice(start), ...entries.slice(0, start)]
    if (round % 2 === 1) order.reverse()
    for (const { candidate, calls, times } of order) times.push((await lap(race, candidate, calls)) / calls)
  }
  return { id: race.id, title: race.title, rows: entries.map(({ candidate, times }) => rowOf(candidate, times)) }
}

function rowOf({ name, note, lacks = [] }: Runner<never>, milliseconds: readonly number[]): Row {
  const notes = [note ?? [], lacks.length > 0 ? checksLess(lacks) : []].flat()
  return { name, note: notes.join('; '), times: milliseconds.map((time) => time * 1000) }
}

function checksLess(lacks: readonly Check[]): string {
  return lacks.length === Object.keys(CHECKS).length ? 'checks no claims' : `no option for: ${lacks.join(', ')}`
}

/** Calls per millisecond, found by doubling the number of calls until they take this many milliseconds together. */
async function pace<Input>(race: Race<Input>, candidate: Runner<Input>, milliseconds: number): Promise<number> {
  let spent = 0
  for (let calls = 1; ; calls *= 2) {
    const time = await lap(race, candidate, calls)
    spent += time
    if (spent >= milliseconds) return calls / time
  }
}

/** Makes this many calls, and returns how many milliseconds they took. */
export async function lap<Input>(
  { inputs, inFlight, refused = false }: Race<Input>,
  { run: call }: Runner<Input>,
  calls: number,
): Promise<number> {
  const start = performance.now()
  if (inFlight === 0) (refused ? refuseEach : callEach)(call, inputs, calls)
  else await inLanes(refused ? awaitRefusals : awaitEach, call, inputs, calls, inFlight)
  return performance.now() - start
}

type Call<Input> = (input: Input) => unknown

function callEach<Input>(call: Call<Input>, inputs: readonly Input[], calls: number): void {
  for (let i = 0; i < calls; i++) call(inputs[i % inputs.length]!)
}

function refuseEach<Input>(call: Call<Input>, inputs: readonly Input[], calls: number): void {
  for (let i = 0; i < calls; i++) {
    try {
      call(inputs[i % inputs.length]!)
    } catch {
      // as expected: the proof has shown that each of them is rejected
    }
  }
}

/** Runs this many lanes, each of which starts a call when its previous one has ended. */
async function inLanes<Input>(
  lane: (call: Call<Input>, inputs: readonly Input[], first: number, calls: number) => Promise<void>,
  call: Call<Input>,
  inputs: readonly Input[],
  calls: number,
  lanes: number,
): Promise<void> {
  const running: Promise<void>[] = []
  for (let first = 0; first < lanes; first++) running.push(lane(call, inputs, first, Math.ceil((calls - first) / lanes)))
  await Promise.all(running)
}

async function awaitEach<Input>(call: Call<Input>, inputs: readonly Input[], first: number, calls: number): Promise<void> {
  for (let i = 0; i < calls; i++) await call(inputs[(first + i) % inputs.length]!)
}

async function awaitRefusals<Input>(call: Call<Input>, inputs: readonly Input[], first: number, calls: number): Promise<void> {
  for (let i = 0; i < calls; i++) {
    try {
      await call(inputs[(first + i) % inputs.length]!)
    } catch {
      // as expected
    }
  }
}
