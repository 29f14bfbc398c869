/** All races: for each task first the floor, then this library, then the peers. */
import { rejecting, type Candidate } from './candidate.ts'
import { floors, subtleAlone } from './floors.ts'
import { decode, promising, prompt, roomFor, sign, signSync, visited, visitOf, type Visit } from './hs256.ts'
import * as peers from './peers.ts'
import type { Race } from './race.ts'
import { FLAWS, fresh, goodTokens, HEADER_TEXT, type Claims, type Flaw, type Good } from './tokens.ts'

const SIZES = [268, 1004, 3996]
const REFUSALS: readonly Flaw[] = ['malformed', 'other alg', 'bad signature', 'expired', 'wrong audience']
/** How many characters hold very few tokens. */
const LITTLE = 2 ** 16

/** Sixty-four different tokens of each size, so that remembering the last one gains nothing: the inputs of all proofs. */
export const samples: readonly Good[] = SIZES.map((size) => goodTokens(size, 64))
const [small] = samples as [Good]
/** The tokens that are held in memory. */
const held = SIZES.map((size) => goodTokens(size, 1000))

/** Of any input: each race passes its own to its own candidates. */
export const races: Race<unknown>[] = []
const add = <Input>(race: Race<Input>): void => void races.push(race as unknown as Race<unknown>)
/** Adds a race for each number of calls in flight. */
const addEach = <Input>(lanes: readonly number[], race: Omit<Race<Input>, 'inFlight'>): void =>
  lanes.forEach((inFlight) => add({ ...race, task: `${race.task}, ${inFlight} in flight`, inFlight }))

for (const good of samples) {
  const [subtleVerify, subtleSign] = subtleAlone(good)
  const race = { variant: `${good.length} characters`, inputs: good.tokens, fresh }
  addEach([1, 64], { ...race, task: 'verify', candidates: [floors.verify, subtleVerify, promising(), ...peers.verifiers] })
  add({ ...race, task: 'verify synchronously', candidates: [floors.verifySync, prompt(), ...peers.syncVerifiers], inFlight: 0 })
  add({ ...race, task: 'read without the secret', candidates: [floors.decode, decode, ...peers.decoders], inFlight: 0 })
  const signing = { variant: race.variant, inputs: good.unsigned }
  addEach<Claims>([1, 64], { ...signing, task: 'sign', candidates: [floors.sign, subtleSign, sign, ...peers.signers] })
  add<Claims>({ ...signing, task: 'sign synchronously', candidates: [floors.signSync, signSync, ...peers.syncSigners], inFlight: 0 })
}

// a thousand tokens that have been seen before
for (const good of held) {
  const race = { variant: `${good.length} characters`, inputs: good.tokens, fresh }
  const sync = [floors.verifySync, prompt(roomFor(good)), peers.fast(1000)]
  add({ ...race, task: 'tokens held, synchronously', candidates: sync, inFlight: 0 })
  addEach([64], { ...race, task: 'tokens held', candidates: [floors.verify, promising(roomFor(good)), ...peers.verifiers] })
}

// a memory that helps with no token, because so many others come before it comes again; the floor is the same verifier without memory
const flood = { task: 'flood of tokens', variant: '268 characters', inputs: goodTokens(268, 30_000).tokens, fresh }
addEach([1, 64], { ...flood, candidates: [promising(), promising(LITTLE)] })
add({ ...flood, task: 'flood of tokens, synchronously', candidates: [prompt(), prompt(LITTLE), peers.fast(1000)], inFlight: 0 })

const visits = { variant: '268 characters', fresh: ({ token }: Visit): Visit => visitOf(fresh(token)) }
addEach([1, 64], { ...visits, task: 'request with a cookie', candidates: visited(), inputs: small.tokens.map(visitOf) })
const seen = { candidates: visited(roomFor(held[0]!)), inputs: held[0]!.tokens.map(visitOf) }
addEach([64], { ...visits, ...seen, task: 'request with a cookie, tokens held' })

for (const flaw of REFUSALS) {
  const race = { variant: flaw, inputs: small.claims.map(FLAWS[flaw]), fresh }
  addEach([1], { ...race, task: 'reject', candidates: [floors.refuse, promising()].map(rejecting) })
  add({ ...race, task: 'reject synchronously', candidates: [floors.refuseSync, prompt()].map(rejecting), inFlight: 0 })
}

/** A candidate races against itself, with several kinds of inputs. */
const against = <Input>(candidate: Candidate<Input>, kinds: Iterable<readonly [string, readonly Input[]]>) => ({
  candidates: [...kinds].map(([name, inputs]) => ({ ...candidate, name, inputs })),
  inputs: [],
})

// lengths race against each other; `sign` makes no tokens beyond the limit of 65 536 characters, and `decodeUnverified` reads none
const growing = [256, 1024, 4096, 16_384, 65_000, 262_144, 1_048_576].map((size) => goodTokens(size, 4))
const tokensOf = (goods: readonly Good[]) => goods.map(({ length, tokens }) => [String(length), tokens] as const)
const unsigned = growing.slice(0, 5).map((good) => [String(good.length), good.unsigned] as const)
const task = 'cost against length'
add({ task, variant: 'createVerifier', fresh, inFlight: 1, ...against(promising(0, 2 ** 24), tokensOf(growing)) })
add({ task, variant: 'createSigner', inFlight: 1, ...against(sign, unsigned) })
add({ task, variant: 'decodeUnverified', fresh, inFlight: 0, ...against(decode, tokensOf(growing.slice(0, 5))) })

// beyond the limit of 65 536 characters, the cost must not depend on the length
const fill = (text: string, length: number): string => text.repeat(Math.ceil(length / text.length)).slice(0, length)
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
for (const [variant, make] of Object.entries(GARBAGE)) {
  const kinds = [['66 kB', [make(66_000)]], ['2 MB', [make(2_000_000)]]] as const // prettier-ignore
  add({ task: 'garbage, createVerifier', variant, inFlight: 1, ...against(rejecting(promising()), kinds) })
  add({ task: 'garbage, decodeUnverified', variant, inFlight: 0, ...against(rejecting(decode), kinds) })
}
