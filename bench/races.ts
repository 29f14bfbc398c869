/** All races: for each task first the floor, then this library, then the peers. */
import { isAsked, type Candidate } from './candidate.ts'
import { floors, subtleAlone } from './floors.ts'
import { door, KID, syncDoor } from './hs256.ts'
import * as promising from './peers-async.ts'
import * as prompt from './peers-sync.ts'
import { refusal, refusalSync } from './refusals.ts'
import type { Race } from './rounds.ts'
import { signSyncSteps, verifySteps, verifySyncSteps } from './steps.ts'
import { sampleOf, tokenOf, type Claims, type Flaw, type Sample } from './tokens.ts'

const SIZES = [270, 1000, 4000]
const LANES = [1, 64]
const REFUSALS: readonly Flaw[] = ['malformed', 'other alg', 'bad signature', 'expired', 'wrong audience']

const samples = SIZES.map((size) => ({ size, sample: sampleOf(size) }))
const small = samples[0]!.sample

/** A race whose candidates must prove themselves. */
export type Proven<Input> = Race<Input, Candidate<Input>>

/** A race of one kind of call, for each number of calls in flight. */
const inLanes = <Input>(race: Omit<Proven<Input>, 'inFlight'>): readonly Proven<Input>[] =>
  LANES.map((inFlight) => ({ ...race, id: `${race.id} ${inFlight}`, title: `${race.title}, ${inFlight} in flight`, inFlight }))

export const verifyRaces: readonly Proven<string>[] = samples.flatMap(({ size, sample }) => [
  ...inLanes({
    id: `verify ${size}`,
    title: `verify, ${sample.length} characters`,
    candidates: [floors.verify, subtleAlone(sample).verify, door.verify, ...promising.verifyPrepared],
    inputs: sample.tokens,
  }),
  {
    id: `verifySync ${size}`,
    title: `verify synchronously, ${sample.length} characters`,
    candidates: [floors.verifySync, floors.verifyBytes, ...present(syncDoor?.verify), ...prompt.verifyPrepared],
    inputs: sample.tokens,
    inFlight: 0,
  },
])

export const signRaces: readonly Proven<Claims>[] = samples.flatMap(({ size, sample }) => [
  ...inLanes({
    id: `sign ${size}`,
    title: `sign, ${sample.length} characters`,
    candidates: [floors.sign, subtleAlone(sample).sign, door.sign, ...promising.signPrepared],
    inputs: sample.unsigned,
  }),
  {
    id: `signSync ${size}`,
    title: `sign synchronously, ${sample.length} characters`,
    candidates: [floors.signSync, ...present(syncDoor?.sign), ...prompt.signPrepared],
    inputs: sample.unsigned,
    inFlight: 0,
  },
])

/** Starting from the secret as a string in every call, for services that do not keep a key. */
export const secretRaces: readonly Proven<string>[] = [
  ...inLanes({
    id: 'secret',
    title: 'verify from the secret as a string',
    candidates: [floors.verifySecret, door.verifySecret, ...promising.verifyText],
    inputs: small.tokens,
  }),
  {
    id: 'secretSync',
    title: 'verify synchronously from the secret as a string',
    candidates: [floors.verifySync, ...present(syncDoor?.verifySecret), prompt.verifyString],
    inputs: small.tokens,
    inFlight: 0,
  },
]

export const decodeRaces: readonly Proven<string>[] = samples.map(({ size, sample }) => ({
  id: `decode ${size}`,
  title: `read without the secret, ${sample.length} characters`,
  candidates: [floors.decode, door.decode, ...prompt.decoders],
  inputs: sample.tokens,
  inFlight: 0,
}))

/** A candidate without an option for a flaw does not run in its race. */
export const refusalRaces: readonly Proven<string>[] = REFUSALS.flatMap((flaw) => {
  const isInRace = (candidate: Candidate<string>) => isAsked(candidate, flaw)
  const race = { inputs: small.refused[flaw], refused: true }
  return [
    {
      ...race,
      id: `refuse ${flaw}`,
      title: `reject: ${flaw}, 1 in flight`,
      candidates: [refusal, door.verify, ...promising.verifyPrepared.filter(isInRace)],
      inFlight: 1,
    },
    {
      ...race,
      id: `refuseSync ${flaw}`,
      title: `reject synchronously: ${flaw}`,
      candidates: [refusalSync, ...present(syncDoor?.verify), ...prompt.verifyPrepared.filter(isInRace)],
      inFlight: 0,
    },
  ]
})

const withKid = small.claims.map((claims) => tokenOf(claims, { kid: KID }))

export const keyRaces: readonly Proven<string>[] = [
  ...inLanes({ id: 'keys', title: 'verify with 16 keys, found by kid', candidates: [door.verify, door.verifyRing], inputs: withKid }),
  ...present(
    syncDoor && {
      id: 'keysSync',
      title: 'verify synchronously with 16 keys, found by kid',
      candidates: [syncDoor.verify, syncDoor.verifyRing],
      inputs: withKid,
      inFlight: 0,
    },
  ),
]

/** What each step of the library adds to the bare work. */
export const verifyStepRaces: readonly Proven<string>[] = [
  ...inLanes({ id: 'steps verify', title: 'the steps of verify', candidates: verifySteps, inputs: small.tokens }),
  { id: 'steps verifySync', title: 'the steps of verifySync', candidates: verifySyncSteps, inputs: small.tokens, inFlight: 0 },
]
export const signStepRaces: readonly Proven<Claims>[] = [
  { id: 'steps signSync', title: 'the steps of signSync', candidates: signSyncSteps, inputs: small.unsigned, inFlight: 0 },
]

/** The inputs of each candidate's proof. */
export const proofs: readonly Sample[] = samples.map(({ sample }) => sample)

function present<Value>(value: Value | undefined): readonly Value[] {
  return value === undefined ? [] : [value]
}
