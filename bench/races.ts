/** All races: for each task first the floor, then this library, then the peers. */
import type { Candidate } from './candidate.ts'
import { floors, subtleAlone } from './floors.ts'
import { decode, LITTLE, promising, prompt, roomFor, sign, signSync, visited, visitOf } from './hs256.ts'
import * as async from './peers-async.ts'
import * as sync from './peers-sync.ts'
import { refusal, refusalSync } from './refusals.ts'
import type { Race } from './rounds.ts'
import { fresh, goodTokens, sampleOf, type Claims, type Flaw, type Sample, type Visit } from './tokens.ts'

const SIZES = [268, 1004, 3996]
/** How many tokens are held in memory. */
const HELD = 1000
const REFUSALS: readonly Flaw[] = ['malformed', 'other alg', 'bad signature', 'expired', 'wrong audience']

const samples = SIZES.map(sampleOf)
const [small] = samples as [Sample]
const held = SIZES.map((size) => goodTokens(size, HELD))
/** Between two visits of the same token, there are so many others that it is forgotten. */
const flood = goodTokens(SIZES[0]!, 30_000)

/** A race whose candidates must prove themselves. */
export type Proven<Input> = Race<Input, Candidate<Input>>

/** A race of one kind of call, for one call in flight and for 64. */
const inLanes = <Input>(race: Omit<Proven<Input>, 'inFlight'>): readonly Proven<Input>[] =>
  [1, 64].map((inFlight) => ({ ...race, id: `${race.id} ${inFlight}`, title: `${race.title}, ${inFlight} in flight`, inFlight }))

/** Verifying each token as if for the first time. */
const verifying: readonly Proven<string>[] = samples.flatMap((sample, i) => {
  const race = { inputs: sample.tokens, fresh }
  return [
    ...inLanes({
      ...race,
      id: `verify ${SIZES[i]}`,
      title: `verify, ${sample.length} characters`,
      candidates: [floors.verify, subtleAlone(sample).verify, promising(), ...async.verifiers],
    }),
    {
      ...race,
      id: `verifySync ${SIZES[i]}`,
      title: `verify synchronously, ${sample.length} characters`,
      candidates: [floors.verifySync, floors.verifyBytes, prompt(), ...sync.verifiers],
      inFlight: 0,
    },
  ]
})

/** Verifying tokens that have been seen before. */
const remembering: readonly Proven<string>[] = held.flatMap((good, i) => {
  const race = { inputs: good.tokens, fresh }
  const title = `${HELD.toLocaleString('en')} tokens held, ${good.length} characters`
  const [room, name] = [roomFor(good), `remember ${SIZES[i]}`]
  return [
    {
      ...race,
      id: name,
      title: `${title}, synchronously`,
      candidates: [floors.verifySync, prompt('hs256/sync, remember', room), sync.fastCached(HELD)],
      inFlight: 0,
    },
    {
      ...race,
      id: `${name} 64`,
      title: `${title}, 64 in flight`,
      candidates: [floors.verify, promising('hs256, remember', room), ...async.verifiers],
      inFlight: 64,
    },
  ]
})

/** Verifying with a memory that helps with no token, in multiples of the same verifier without memory. */
const forgetting: readonly Proven<string>[] = [
  ...inLanes({
    id: 'flood',
    title: 'a flood of different tokens',
    candidates: [promising(), promising('hs256, remember', LITTLE)],
    inputs: flood.tokens,
    fresh,
  }),
  {
    id: 'floodSync',
    title: 'a flood of different tokens, synchronously',
    candidates: [prompt(), prompt('hs256/sync, remember', LITTLE), sync.fastCached(HELD)],
    inputs: flood.tokens,
    fresh,
    inFlight: 0,
  },
]

const guarding: readonly Proven<Visit>[] = [
  ...inLanes({
    id: 'guard',
    title: 'a request with a cookie',
    candidates: visited(),
    inputs: small.tokens.map(visitOf),
    fresh: freshVisit,
  }),
  {
    id: 'guard remember 64',
    title: 'a request with a cookie, 1,000 tokens held, 64 in flight',
    candidates: visited(roomFor(held[0]!)),
    inputs: held[0]!.tokens.map(visitOf),
    fresh: freshVisit,
    inFlight: 64,
  },
]

const decoding: readonly Proven<string>[] = samples.map((sample, i) => ({
  id: `decode ${SIZES[i]}`,
  title: `read without the secret, ${sample.length} characters`,
  candidates: [floors.decode, decode, ...sync.decoders],
  inputs: sample.tokens,
  fresh,
  inFlight: 0,
}))

const refusing: readonly Proven<string>[] = REFUSALS.flatMap((flaw) => {
  const race = { inputs: small.refused[flaw], fresh, refused: true }
  return [
    { ...race, id: `refuse ${flaw}`, title: `reject: ${flaw}, 1 in flight`, candidates: [refusal, promising()], inFlight: 1 },
    { ...race, id: `refuseSync ${flaw}`, title: `reject synchronously: ${flaw}`, candidates: [refusalSync, prompt()], inFlight: 0 },
  ]
})

const signing: readonly Proven<Claims>[] = samples.flatMap((sample, i) => {
  const inputs = sample.unsigned
  const title = `${sample.length} characters`
  return [
    ...inLanes({
      id: `sign ${SIZES[i]}`,
      title: `sign, ${title}`,
      candidates: [floors.sign, subtleAlone(sample).sign, sign, ...async.signers],
      inputs,
    }),
    {
      id: `signSync ${SIZES[i]}`,
      title: `sign synchronously, ${title}`,
      candidates: [floors.signSync, signSync, ...sync.signers],
      inputs,
      inFlight: 0,
    },
  ]
})

/** Of any input: each race passes its own to its own candidates. */
export const races = [
  ...verifying,
  ...remembering,
  ...forgetting,
  ...guarding,
  ...decoding,
  ...refusing,
  ...signing,
] as unknown as readonly Proven<unknown>[]

/** The inputs of each candidate's proof. */
export const proofs: readonly Sample[] = samples

function freshVisit({ token }: Visit): Visit {
  return visitOf(fresh(token))
}
