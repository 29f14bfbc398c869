/** All races: for each task first the floor, then this library, then the peers. */
import type { Candidate } from './candidate.ts'
import { floors, subtleAlone } from './floors.ts'
import { decode, promising, prompt, roomFor, sign, signSync, visited, visitOf, type Visit } from './hs256.ts'
import * as peers from './peers.ts'
import type { Race } from './race.ts'
import { FLAWS, fresh, goodTokens, HEADER_TEXT, type Claims } from './tokens.ts'

const SIZES = [268, 1004, 3996]
const REFUSALS = ['malformed', 'other alg', 'bad signature', 'expired', 'wrong audience'] as const

/** Sixty-four different tokens of each size, so that remembering the last one gains nothing: the inputs of all proofs. */
export const samples = SIZES.map((size) => goodTokens(size, 64))
/** The tokens that are held in memory. */
const held = SIZES.map((size) => goodTokens(size, 1000))
/** Between two visits of the same token there are so many others that a memory of 65 536 characters has forgotten it. */
const flood = goodTokens(268, 30_000).tokens
const LITTLE = 2 ** 16

const of = (length: number): string => `${length} characters`

/** A race of one kind of call, for one call in flight and for 64. */
const inLanes = <Input>(race: Omit<Race<Input>, 'inFlight'>): readonly Race<Input>[] =>
  [1, 64].map((inFlight) => ({ ...race, task: `${race.task}, ${inFlight} in flight`, inFlight }))

/** Verifying each token as if for the first time, and reading it. */
const verifying: readonly Race<string>[] = samples.flatMap((sample) => {
  const race = { variant: of(sample.length), inputs: sample.tokens, fresh }
  const candidates = [floors.verify, subtleAlone(sample).verify, promising(), ...peers.verifiers]
  const sync = [floors.verifySync, floors.verifyBytes, prompt(), ...peers.syncVerifiers]
  return [
    ...inLanes({ ...race, task: 'verify', candidates }),
    { ...race, task: 'verify synchronously', candidates: sync, inFlight: 0 },
    { ...race, task: 'read without the secret', candidates: [floors.decode, decode, ...peers.decoders], inFlight: 0 },
  ]
})

/** Verifying tokens that have been seen before. */
const remembering: readonly Race<string>[] = held.flatMap((good) => {
  const race = { variant: of(good.length), inputs: good.tokens, fresh }
  const sync = [floors.verifySync, prompt(roomFor(good)), peers.fast(1000)]
  const candidates = [floors.verify, promising(roomFor(good)), ...peers.verifiers]
  return [
    { ...race, task: '1,000 tokens held, synchronously', candidates: sync, inFlight: 0 },
    { ...race, task: '1,000 tokens held, 64 in flight', candidates, inFlight: 64 },
  ]
})

/** Verifying with a memory that helps with no token, in multiples of the same verifier without memory. */
const forgetting: readonly Race<string>[] = [
  ...inLanes({ task: 'a flood of different tokens', variant: of(268), candidates: [promising(), promising(LITTLE)], inputs: flood, fresh }),
  {
    task: 'a flood of different tokens, synchronously',
    variant: of(268),
    candidates: [prompt(), prompt(LITTLE), peers.fast(1000)],
    inputs: flood,
    fresh,
    inFlight: 0,
  },
]

const visits = { task: 'a request with a cookie', variant: of(268), fresh: ({ token }: Visit) => visitOf(fresh(token)) }
const guarding: readonly Race<Visit>[] = [
  ...inLanes({ ...visits, candidates: visited(), inputs: samples[0]!.tokens.map(visitOf) }),
  {
    ...visits,
    task: 'a request with a cookie, 1,000 tokens held, 64 in flight',
    candidates: visited(roomFor(held[0]!)),
    inputs: held[0]!.tokens.map(visitOf),
    inFlight: 64,
  },
]

const refusing: readonly Race<string>[] = REFUSALS.flatMap((flaw) => {
  const race = { variant: flaw, inputs: samples[0]!.claims.map(FLAWS[flaw]), fresh, refused: true }
  return [
    { ...race, task: 'reject, 1 in flight', candidates: [floors.refuse, promising()], inFlight: 1 },
    { ...race, task: 'reject synchronously', candidates: [floors.refuseSync, prompt()], inFlight: 0 },
  ]
})

const signing: readonly Race<Claims>[] = samples.flatMap((sample) => {
  const race = { variant: of(sample.length), inputs: sample.unsigned }
  const candidates = [floors.sign, subtleAlone(sample).sign, sign, ...peers.signers]
  const sync = [floors.signSync, signSync, ...peers.syncSigners]
  return [...inLanes({ ...race, task: 'sign', candidates }), { ...race, task: 'sign synchronously', candidates: sync, inFlight: 0 }]
})

/** A race of one candidate against itself, with several kinds of inputs. */
const against = <Input>({ run }: Candidate<Input>, kinds: Readonly<Record<string, readonly Input[]>>) => ({
  candidates: Object.entries(kinds).map(([name, inputs]) => ({ name, note: '', run, inputs })),
  inputs: [],
})

/** Lengths race against each other. `sign` makes no tokens beyond the limit of 65 536 characters, and `decodeUnverified` reads none. */
const growing = [256, 1024, 4096, 16_384, 65_000, 262_144, 1_048_576].map((size) => goodTokens(size, 4))
const within = growing.filter(({ length }) => length <= 2 ** 16)
const byLength = <Input>(goods: typeof growing, inputsOf: (good: (typeof growing)[number]) => readonly Input[]) =>
  Object.fromEntries(goods.map((good) => [String(good.length), inputsOf(good)]))
const growth = 'cost against length'
const scaling = [
  {
    task: growth,
    variant: 'createVerifier',
    fresh,
    inFlight: 1,
    ...against(
      promising(0, 2 ** 24),
      byLength(growing, ({ tokens }) => tokens),
    ),
  },
  {
    task: growth,
    variant: 'createSigner',
    inFlight: 1,
    ...against(
      sign,
      byLength(within, ({ unsigned }) => unsigned),
    ),
  },
  {
    task: growth,
    variant: 'decodeUnverified',
    fresh,
    inFlight: 0,
    ...against(
      decode,
      byLength(within, ({ tokens }) => tokens),
    ),
  },
]

const fill = (text: string, length: number): string => text.repeat(Math.ceil(length / text.length)).slice(0, length)

/** Garbage of a given length: beyond the limit of 65 536 characters, its cost must not depend on it. */
const GARBAGE: Readonly<Record<string, (length: number) => string>> = {
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
const littering = Object.entries(GARBAGE).flatMap(([kind, make]) => {
  const kinds = { '66 kB': [make(66_000)], '2 MB': [make(2_000_000)] }
  return [
    { task: 'garbage, createVerifier', variant: kind, refused: true, inFlight: 1, ...against(promising(), kinds) },
    { task: 'garbage, decodeUnverified', variant: kind, refused: true, inFlight: 0, ...against(decode, kinds) },
  ]
})

/** Of any input: each race passes its own to its own candidates. */
export const races = [
  ...verifying,
  ...remembering,
  ...forgetting,
  ...guarding,
  ...refusing,
  ...signing,
  ...scaling,
  ...littering,
] as unknown as readonly Race<unknown>[]
