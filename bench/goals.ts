/** The goals, each beside its measured value. */
import type { Indifference } from './garbage.ts'
import { isFlat, left, type Residue } from './heap.ts'
import type { Result } from './rounds.ts'
import type { Growth } from './scaling.ts'
import { median, ratios } from './statistics.ts'

/** All measurements of a run. */
export interface Measured {
  readonly results: readonly Result[]
  readonly growths: readonly Growth[]
  readonly garbage: readonly Indifference[]
  readonly residues: readonly Residue[]
}

/** One goal. */
export interface Goal {
  readonly what: string
  readonly wanted: string
  readonly measured: string
  readonly verdict: 'met' | 'NOT MET' | 'not measured'
}

/** The limit for a rejection, in multiples of the bare one: the errors here carry more than a message. */
const REFUSAL = 1.5
/** The limit for 2 MB of garbage against 66 kB: 30 times the length, with a margin for noise. */
const INDIFFERENT = 1.5

/** How many times as long one candidate took as another in the same race: the median over the rounds. */
function ratioOf(results: readonly Result[], id: string, name: string, base: string): number | undefined {
  const rows = results.find((result) => result.id === id)?.rows
  const [times, bases] = [name, base].map((wanted) => rows?.find((row) => row.name === wanted)?.times)
  return times && bases && median(ratios(times, bases))
}

/** Compares all goals with the measurements. */
export function judge({ results, growths, garbage, residues }: Measured): readonly Goal[] {
  const atMost = (limit: number, what: string, id: string, name: string, base = 'bare work') =>
    goal(what, ratioOf(results, id, name, base), (ratio) => ratio <= limit, `≤ ${limit.toFixed(2)} ×`)
  const atLeast = (limit: number, what: string, id: string, name: string, base: string) =>
    goal(what, ratioOf(results, id, name, base), (ratio) => ratio >= limit, `≥ ${limit.toFixed(2)} ×`)
  return [
    ...[1, 64].flatMap((lanes) => [
      atMost(1.1, `verify against the bare work, ${lanes} in flight`, `verify 270 ${lanes}`, 'hs256'),
      atMost(1.1, `sign against the bare work, ${lanes} in flight`, `sign 270 ${lanes}`, 'hs256'),
    ]),
    atMost(1.1, 'verifySync against the bare work', 'verifySync 270', 'hs256/sync'),
    atLeast(1.4, 'fast-jwt without cache against verifySync', 'verifySync 270', 'fast-jwt', 'hs256/sync'),
    atLeast(1.4, 'fast-jwt against signSync', 'signSync 270', 'fast-jwt', 'hs256/sync'),
    atLeast(2, 'jsonwebtoken with a KeyObject against verifySync', 'verifySync 270', 'jsonwebtoken, KeyObject', 'hs256/sync'),
    ...['jose', 'hono/jwt'].map((peer) => atLeast(1.3, `${peer} against verify, 64 in flight`, 'verify 270 64', peer, 'hs256')),
    ...['keys 1', 'keys 64'].map((id) => atMost(1.2, `16 keys against one, ${id.slice(5)} in flight`, id, 'hs256, 16 keys', 'hs256')),
    atMost(1.2, '16 keys against one, verifySync', 'keysSync', 'hs256/sync, 16 keys', 'hs256/sync'),
    atLeast(10, 'jwt-decode against decodeUnverified', 'decode 270', 'jwt-decode', 'hs256'),
    atLeast(1, 'jwt-decode against decodeUnverified, in Chromium', 'decode browser', 'jwt-decode', 'hs256'),
    ...refusals(results, 'refuse', 'hs256'),
    ...refusals(results, 'refuseSync', 'hs256/sync'),
    goal(
      '2 MB of garbage against 66 kB of it: the worst kind',
      worst(garbage),
      (ratio) => ratio <= INDIFFERENT,
      `≤ ${INDIFFERENT.toFixed(2)} ×`,
    ),
    ...growths.map(({ title, lengths, exponent }) => {
      const what = `cost against length: ${title}, ${lengths[0]} to ${lengths.at(-1)} characters`
      return goal(what, exponent, (power) => power <= 1.1, 'exponent ≤ 1.1', '')
    }),
    ...residues.map((residue): Goal => {
      const what = `heap after ${residue.calls.toLocaleString('en')} calls: ${residue.title}`
      return {
        what,
        wanted: 'flat',
        measured: `${(left(residue) / 1024).toFixed(0)} kB more`,
        verdict: isFlat(residue) ? 'met' : 'NOT MET',
      }
    }),
  ]
}

/** Each rejection against the steps up to the one that fails, plus an error. */
function refusals(results: readonly Result[], prefix: string, name: string): readonly Goal[] {
  const races = results.filter(({ id }) => id.startsWith(`${prefix} `))
  return races.map(({ id, title }) =>
    goal(`${name}, ${title}`, ratioOf(results, id, name, 'bare refusal'), (ratio) => ratio <= REFUSAL, `≤ ${REFUSAL.toFixed(2)} ×`),
  )
}

function worst(garbage: readonly Indifference[]): number | undefined {
  return garbage.length > 0 ? Math.max(...garbage.map(({ ratio }) => ratio)) : undefined
}

function goal(what: string, value: number | undefined, isMet: (value: number) => boolean, wanted: string, unit = ' ×'): Goal {
  if (value === undefined) return { what, wanted, measured: '', verdict: 'not measured' }
  return { what, wanted, measured: `${value.toFixed(2)}${unit}`, verdict: isMet(value) ? 'met' : 'NOT MET' }
}
