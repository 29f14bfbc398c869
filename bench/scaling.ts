/** How cost grows with the length of a token. */
import { door, verifyLong } from './hs256.ts'
import { run, type Budget, type Race } from './rounds.ts'
import { exponent, median } from './statistics.ts'
import { sampleOf } from './tokens.ts'

/** What a piece of work costs for tokens of several lengths. */
export interface Growth {
  readonly title: string
  readonly lengths: readonly number[]
  /** Median microseconds. */
  readonly costs: readonly number[]
  readonly exponent: number
}

const LENGTHS = [256, 1024, 4096, 16_384, 65_000, 262_144, 1_048_576]
/** `sign` makes no longer token, and `decodeUnverified` reads none. */
const LIMIT = 65_536

const samples = LENGTHS.map((length) => sampleOf(length, 4))
const within = samples.filter(({ length }) => length <= LIMIT)

/** Cost against length: of all three functions, as far as each of them goes. */
export async function scale(budget: Budget): Promise<readonly Growth[]> {
  const verified = samples.map(({ length, tokens }) => race(length, tokens, verifyLong, 1))
  const signed = within.map(({ length, unsigned }) => race(length, unsigned, door.sign.run, 1))
  const decoded = within.map(({ length, tokens }) => race(length, tokens, door.decode.run, 0))
  return [
    await growthOf('verify, accepted', verified, budget),
    await growthOf('sign', signed, budget),
    await growthOf('decodeUnverified', decoded, budget),
  ]
}

function race<Input>(
  length: number,
  inputs: readonly Input[],
  call: (input: Input) => unknown,
  inFlight: number,
): Race<Input> & { length: number } {
  return {
    id: 'scaling',
    title: 'scaling',
    length,
    inputs,
    inFlight,
    candidates: [{ name: String(length), run: call }],
  }
}

async function growthOf<Input>(title: string, races: readonly (Race<Input> & { length: number })[], budget: Budget): Promise<Growth> {
  const lengths = races.map(({ length }) => length)
  const costs: number[] = []
  for (const one of races) costs.push(median((await run(one, budget)).rows[0]!.times))
  return { title, lengths, costs, exponent: exponent(lengths, costs) }
}
