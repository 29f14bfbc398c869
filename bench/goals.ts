/** The goals, and how far a run on one version of Node is from them. */
import type { RaceRecord, Run } from './record.ts'

/** One goal: a number that is to be at most, or at least, a limit. */
export interface Goal {
  readonly what: string
  /** Whether more is better. */
  readonly atLeast: boolean
  /** The limit, which may depend on the major version of Node. */
  readonly limit: (node: number) => number
  readonly value: (run: Run) => number | undefined
}

/** Whether a run meets a goal; `undefined` if it was not measured. */
export function isMet({ atLeast, limit, value }: Goal, run: Run): boolean | undefined {
  const measured = value(run)
  if (measured === undefined) return undefined
  const wanted = limit(majorOf(run))
  return atLeast ? measured >= wanted : measured <= wanted
}

/** The major version of the Node that made a run. */
export function majorOf({ node }: Pick<Run, 'node'>): number {
  return Number.parseInt(node, 10)
}

/** How many times as long one candidate took as another in the same race: the ratio of the medians. */
export function ratioOf(races: readonly RaceRecord[], id: string, name: string, base: string): number | undefined {
  const rows = races.find((race) => race.id === id)?.rows
  const [time, other] = [name, base].map((wanted) => rows?.find((row) => row.name === wanted)?.median)
  return time === undefined || other === undefined ? undefined : time / other
}

const SIZES = ['268', '1004', '3996'] as const
const FLAWS = ['malformed', 'other alg', 'bad signature', 'expired', 'wrong audience'] as const
const [SYNC, HELD, HELD_SYNC, BARE] = ['hs256/sync', 'hs256, remember', 'hs256/sync, remember', 'bare work'] as const

const goal = (what: string, atLeast: boolean, limit: number | ((node: number) => number), value: Goal['value']): Goal => ({
  what,
  atLeast,
  limit: typeof limit === 'number' ? () => limit : limit,
  value,
})
const atMost = (limit: Parameters<typeof goal>[2], what: string, id: string, name: string, base: string = BARE) =>
  goal(what, false, limit, ({ races }) => ratioOf(races, id, name, base))
const atLeast = (limit: number, what: string, id: string, peer: string, own: string) =>
  goal(what, true, limit, ({ races }) => ratioOf(races, id, peer, own))

/** All goals. The limits for rejections and garbage are those of the benchmark itself. */
export const GOALS: readonly Goal[] = [
  ...SIZES.map((size, i) =>
    atMost([1.12, 1.08, 1.05][i]!, `createVerifierSync / bare work, ${size} characters`, `verifySync ${size}`, SYNC),
  ),
  ...SIZES.map((size, i) =>
    atLeast(
      [1.6, 1.45, 1.3][i]!,
      `fast-jwt without cache / createVerifierSync, ${size} characters`,
      `verifySync ${size}`,
      'fast-jwt',
      SYNC,
    ),
  ),
  atLeast(2.1, 'jsonwebtoken with a KeyObject / createVerifierSync', 'verifySync 268', 'jsonwebtoken, KeyObject', SYNC),
  atMost(1.05, 'createVerifier / bare work, 1 in flight', 'verify 268 1', 'hs256'),
  atMost(1.1, 'createVerifier / bare work, 64 in flight', 'verify 268 64', 'hs256'),
  ...['jose', 'hono/jwt'].map((peer) => atLeast(1.6, `${peer} / createVerifier, 64 in flight`, 'verify 268 64', peer, 'hs256')),
  atMost((node) => (node === 20 ? 0.95 : 1.2), 'createSignerSync / bare work', 'signSync 268', SYNC),
  atMost(0.18, 'remember, 1,000 tokens held: createVerifierSync / bare work', 'remember 268', HELD_SYNC),
  atLeast(3.5, 'remember, 1,000 tokens held: fast-jwt with its cache / createVerifierSync', 'remember 268', 'fast-jwt, cache', HELD_SYNC),
  atLeast(15, 'remember, 1,000 tokens held: jose / createVerifier, 64 in flight', 'remember 268 64', 'jose', HELD),
  atMost(1.1, 'remember without a hit / without remember, synchronously', 'floodSync', HELD_SYNC, SYNC),
  ...[1, 64].map((lanes) => atMost(1.05, `remember without a hit / without remember, ${lanes} in flight`, `flood ${lanes}`, HELD, 'hs256')),
  atMost(1.1, 'createGuard / createVerifier, 64 in flight', 'guard 64', 'createGuard', 'createVerifier'),
  atLeast(10, 'jwt-decode / decodeUnverified', 'decode 268', 'jwt-decode', 'hs256'),
  ...FLAWS.map((flaw) => atMost(1.5, `createVerifier rejects: ${flaw} / bare refusal`, `refuse ${flaw}`, 'hs256', 'bare refusal')),
  ...FLAWS.map((flaw) => atMost(1.5, `createVerifierSync rejects: ${flaw} / bare refusal`, `refuseSync ${flaw}`, SYNC, 'bare refusal')),
  goal('2 MB of garbage / 66 kB of it, the worst kind', false, 1.5, ({ garbage }) =>
    largest(garbage.map(({ short, long }) => long / short)),
  ),
  goal('exponent of cost against length, the worst function', false, 1.1, ({ growths }) =>
    largest(growths.map(({ exponent }) => exponent)),
  ),
  goal('kB left on the heap after all calls, the worst function', false, 1024, ({ residues }) =>
    largest(residues.map(({ bytes }) => (bytes.at(-1)! - bytes[0]!) / 1024)),
  ),
]

function largest(values: readonly number[]): number | undefined {
  return values.length > 0 ? Math.max(...values) : undefined
}
