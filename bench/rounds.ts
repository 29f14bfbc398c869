/** Candidates measured against each other: in one process, in turns, so that what slows the machine down slows all of them. */
import type { Runner } from './candidate.ts'
import { CHECKS, type Check } from './tokens.ts'

/** Candidates for one piece of work, the first of which is the floor that the others are compared with. */
export interface Race<Input, Kind extends Runner<Input> = Runner<Input>> {
  readonly id: string
  readonly title: string
  readonly candidates: readonly Kind[]
  /** What they work on, one after the other. */
  readonly inputs: readonly Input[]
  /** How many calls are under way at once: 0 where they return at once, without a promise. */
  readonly inFlight: number
  /** Whether the inputs are to be refused. */
  readonly refused?: boolean
}

/** How long to measure. */
export interface Budget {
  readonly rounds: number
  /** Milliseconds that a candidate runs in each round. */
  readonly lap: number
  /** Milliseconds that it runs before the first one. */
  readonly warmUp: number
}

/** What came of a race. */
export interface Result {
  readonly id: string
  readonly title: string
  readonly rows: readonly Row[]
}

/** What came of one candidate: microseconds per call, round by round. */
interface Row {
  readonly name: string
  readonly note: string
  readonly times: readonly number[]
}

/** Runs a race. The order turns, and every other round runs backwards: nobody always pays for the garbage of the same neighbour. */
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
  return lacks.length === Object.keys(CHECKS).length ? 'checks no claims' : `has no option for: ${lacks.join(', ')}`
}

/** Calls per millisecond, found by running twice as many calls until they take that many milliseconds together. */
async function pace<Input>(race: Race<Input>, candidate: Runner<Input>, milliseconds: number): Promise<number> {
  let spent = 0
  for (let calls = 1; ; calls *= 2) {
    const time = await lap(race, candidate, calls)
    spent += time
    if (spent >= milliseconds) return calls / time
  }
}

/** Makes so many calls, and returns how many milliseconds they took. */
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
      // as it should: the proof has seen that each of them is refused
    }
  }
}

/** So many lanes, each of which begins a call when its last one has ended. */
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
      // as it should
    }
  }
}
