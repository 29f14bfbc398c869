/** Garbage beyond the limit: its cost must not depend on its length. */
import { rejects } from 'node:assert/strict'
import { decode, promising } from './hs256.ts'
import { run, type Budget, type Race } from './rounds.ts'
import { median } from './statistics.ts'
import { goodTokens, HEADER_TEXT } from './tokens.ts'

/** Median microseconds to reject the same garbage in two lengths. */
export interface Indifference {
  readonly title: string
  readonly short: number
  readonly long: number
}

/** Just beyond the limit of 65 536 characters, and far beyond. */
const SHORT = 66_000
const LONG = 2_000_000

const fill = (text: string, length: number) => text.repeat(Math.ceil(length / text.length)).slice(0, length)

/** Kinds of garbage: each makes a given number of characters. */
const KINDS: Readonly<Record<string, (length: number) => string>> = {
  letters: (length) => fill('A', length),
  dots: (length) => fill('.', length),
  'white space': (length) => fill(' \n', length),
  'outside base64url': (length) => fill('=+/', length),
  'beyond ASCII': (length) => fill('é😀', length),
  'nested JSON': (length) => `${fill(Buffer.from('[[[').toString('base64url'), length)}.e30.AAAA`,
  'a long header': (length) => `${fill(HEADER_TEXT, length)}.e30.${fill('A', 43)}`,
  'a long signature': (length) => `${HEADER_TEXT}.e30.${fill('A', length)}`,
  'a good token': (length) => goodTokens(length, 1).tokens[0]!,
}

/** Measures every kind, with `createVerifier` and with `decodeUnverified`. */
export async function refuseGarbage(budget: Budget): Promise<readonly Indifference[]> {
  const verify = promising()
  const found: Indifference[] = []
  for (const [kind, make] of Object.entries(KINDS)) {
    const [short, long] = [make(SHORT), make(LONG)]
    found.push(await compare(`createVerifier: ${kind}`, verify.run, 1, short, long, budget))
    found.push(await compare(`decodeUnverified: ${kind}`, decode.run, 0, short, long, budget))
  }
  return found
}

async function compare(
  title: string,
  call: (token: string) => unknown,
  inFlight: number,
  short: string,
  long: string,
  budget: Budget,
): Promise<Indifference> {
  for (const token of [short, long]) await rejects(async () => call(token), `${title} is accepted`)
  const candidates = [short, long].map((token, i) => ({ name: String(i), run: () => call(token) }))
  const race: Race<string> = { id: title, title, candidates, inputs: [''], inFlight, refused: true }
  const [first = [], second = []] = (await run(race, budget)).rows.map(({ times }) => times)
  return { title, short: median(first), long: median(second) }
}
