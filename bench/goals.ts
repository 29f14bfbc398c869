/** The goals, and how far a run on one version of Node is from them. */
import type { Run } from './results.ts'

/** A number that is to be at most, or at least, a limit, which may depend on the major version of Node. */
export interface Goal {
  readonly what: string
  readonly is: '≤' | '≥'
  readonly limit: number | ((node: number) => number)
  readonly value: (run: Run) => number | undefined
}

/** The major version of the Node that made a run. */
export function majorOf({ node }: Pick<Run, 'node'>): number {
  return Number.parseInt(node, 10)
}

export function limitOf({ limit }: Goal, run: Run): number {
  return typeof limit === 'number' ? limit : limit(majorOf(run))
}

/** Whether a run meets a goal; `undefined` if it was not measured. */
export function isMet(goal: Goal, run: Run): boolean | undefined {
  const measured = goal.value(run)
  if (measured === undefined) return undefined
  return goal.is === '≥' ? measured >= limitOf(goal, run) : measured <= limitOf(goal, run)
}

/** How many times as long one candidate took as another in the same race: the ratio of the medians. */
export function ratioOf({ races }: Pick<Run, 'races'>, task: string, variant: string, name: string, base: string): number | undefined {
  const rows = races.find((race) => race.task === task && race.variant === variant)?.rows
  const [time, other] = [name, base].map((wanted) => rows?.find((row) => row.name === wanted)?.median)
  return time === undefined || other === undefined ? undefined : time / other
}

const [OWN, SYNC, HELD, HELD_SYNC, BARE] = ['hs256', 'hs256/sync', 'hs256, remember', 'hs256/sync, remember', 'bare work'] as const
const FLAWS = ['malformed', 'other alg', 'bad signature', 'expired', 'wrong audience'] as const

const ratio = (what: string, is: Goal['is'], limit: Goal['limit'], task: string, name: string, base: string, variant = '268 characters'): Goal =>
  ({ what, is, limit, value: (run) => ratioOf(run, task, variant, name, base) }) // prettier-ignore
const bySize = (limits: readonly number[], goalOf: (limit: number, size: string) => Goal): readonly Goal[] =>
  limits.map((limit, i) => goalOf(limit, `${[268, 1004, 3996][i]} characters`))
const worst = (what: string, limit: number, values: (run: Run) => readonly number[]): Goal =>
  ({ what, is: '≤', limit, value: (run) => (values(run).length === 0 ? undefined : Math.max(...values(run))) }) // prettier-ignore
const racesOf = ({ races }: Run, start: string): Run['races'] => races.filter(({ task }) => task.startsWith(start))

/** All goals. The limits for rejections, garbage, length and heap are those of the benchmark itself. */
export const GOALS: readonly Goal[] = [
  ...bySize([1.12, 1.08, 1.05], (limit, size) =>
    ratio(`createVerifierSync / bare work, ${size}`, '≤', limit, 'verify synchronously', SYNC, BARE, size),
  ),
  ...bySize([1.6, 1.45, 1.3], (limit, size) =>
    ratio(`fast-jwt without cache / createVerifierSync, ${size}`, '≥', limit, 'verify synchronously', 'fast-jwt', SYNC, size),
  ),
  ratio('jsonwebtoken with a KeyObject / createVerifierSync', '≥', 2.1, 'verify synchronously', 'jsonwebtoken, KeyObject', SYNC),
  ratio('createVerifier / bare work, 1 in flight', '≤', 1.05, 'verify, 1 in flight', OWN, BARE),
  ratio('createVerifier / bare work, 64 in flight', '≤', 1.1, 'verify, 64 in flight', OWN, BARE),
  ratio('jose / createVerifier, 64 in flight', '≥', 1.6, 'verify, 64 in flight', 'jose', OWN),
  ratio('hono/jwt / createVerifier, 64 in flight', '≥', 1.6, 'verify, 64 in flight', 'hono/jwt', OWN),
  ratio('createSignerSync / bare work', '≤', (node) => (node === 20 ? 0.95 : 1.2), 'sign synchronously', SYNC, BARE),
  ratio('remember, 1,000 tokens held: createVerifierSync / bare work', '≤', 0.18, '1,000 tokens held, synchronously', HELD_SYNC, BARE),
  ratio('remember, 1,000 tokens held: fast-jwt with its cache / createVerifierSync', '≥', 3.5, '1,000 tokens held, synchronously', 'fast-jwt, cache', HELD_SYNC), // prettier-ignore
  ratio('remember, 1,000 tokens held: jose / createVerifier, 64 in flight', '≥', 15, '1,000 tokens held, 64 in flight', 'jose', HELD),
  ratio(
    'remember without a hit / without remember, synchronously',
    '≤',
    1.1,
    'a flood of different tokens, synchronously',
    HELD_SYNC,
    SYNC,
  ),
  ...[1, 64].map(
    (lanes) =>
    ratio(`remember without a hit / without remember, ${lanes} in flight`, '≤', 1.05, `a flood of different tokens, ${lanes} in flight`, HELD, OWN), // prettier-ignore
  ),
  ratio('createGuard / createVerifier, 64 in flight', '≤', 1.1, 'a request with a cookie, 64 in flight', 'createGuard', 'createVerifier'),
  ratio('jwt-decode / decodeUnverified', '≥', 10, 'read without the secret', 'jwt-decode', OWN),
  ...FLAWS.map((flaw) =>
    ratio(`createVerifier rejects: ${flaw} / bare refusal`, '≤', 1.5, 'reject, 1 in flight', OWN, 'bare refusal', flaw),
  ),
  ...FLAWS.map((flaw) =>
    ratio(`createVerifierSync rejects: ${flaw} / bare refusal`, '≤', 1.5, 'reject synchronously', SYNC, 'bare refusal', flaw),
  ),
  worst('2 MB of garbage / 66 kB of it, the worst kind', 1.5, (run) =>
    racesOf(run, 'garbage').map(({ rows }) => rows[1]!.median / rows[0]!.median),
  ),
  worst('exponent of cost against length, the worst function', 1.1, (run) => racesOf(run, 'cost against length').map(exponentOf)),
  worst('kB left on the heap after all calls, the worst function', 1024, ({ heap }) =>
    heap.map(({ bytes }) => (bytes.at(-1)! - bytes[0]!) / 1024),
  ),
]

/** The power of the length with which cost grows: the slope of the line that fits best on logarithmic axes. */
export function exponentOf({ rows }: Pick<Run['races'][number], 'rows'>): number {
  const points = rows.map(({ name, median }) => [Math.log(Number(name)), Math.log(median)] as const)
  const [meanX, meanY] = [0, 1].map((axis) => points.reduce((sum, point) => sum + point[axis]!, 0) / points.length) as [number, number]
  return points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0)
}
