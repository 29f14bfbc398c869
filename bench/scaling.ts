/** How cost grows with the length of a token. */
import { decode, sign, verifyLong } from './hs256.ts'
import { run, type Budget } from './rounds.ts'
import { exponent, median } from './statistics.ts'
import { fresh, goodTokens, type Good } from './tokens.ts'

/** The cost of a task for tokens of several lengths. */
export interface Growth {
  readonly title: string
  readonly lengths: readonly number[]
  /** Median microseconds. */
  readonly costs: readonly number[]
  readonly exponent: number
}

const LENGTHS = [256, 1024, 4096, 16_384, 65_000, 262_144, 1_048_576]
/** Tokens of each length. */
const COUNT = 4
/** `sign` makes no longer tokens, and `decodeUnverified` reads none. */
const LIMIT = 65_536

const samples = LENGTHS.map((length) => goodTokens(length, COUNT))
const within = samples.filter(({ length }) => length <= LIMIT)

/** Cost against length for three functions, up to each one's limit. */
export async function scale(budget: Budget): Promise<readonly Growth[]> {
  return [
    await growthOf('createVerifier', samples, ({ tokens }, i) => verifyLong(fresh(tokens[i]!)), 1, budget),
    await growthOf('createSigner', within, ({ unsigned }, i) => sign.run(unsigned[i]!), 1, budget),
    await growthOf('decodeUnverified', within, ({ tokens }, i) => decode.run(fresh(tokens[i]!)), 0, budget),
  ]
}

/** A race between the lengths. */
async function growthOf(
  title: string,
  sizes: readonly Good[],
  call: (sample: Good, index: number) => unknown,
  inFlight: number,
  budget: Budget,
): Promise<Growth> {
  const candidates = sizes.map((sample) => ({ name: String(sample.length), run: (index: number) => call(sample, index) }))
  const { rows } = await run({ id: title, title, candidates, inputs: Array.from({ length: COUNT }, (_, i) => i), inFlight }, budget)
  const lengths = sizes.map(({ length }) => length)
  const costs = rows.map(({ times }) => median(times))
  return { title, lengths, costs, exponent: exponent(lengths, costs) }
}
