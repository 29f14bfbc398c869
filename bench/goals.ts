/** The goals, and how far a run on one version of Node is from them. */
import type { RaceRecord, Run } from './results.ts'

/** A number that is to be at most, or at least, a limit, which may differ on Node 20. */
export interface Goal extends Readonly<Record<'limit' | 'onNode20', number>> {
  readonly what: string
  readonly atLeast: boolean
  readonly value: (run: Run) => number | undefined
}

/** The major version of the Node that made a run. */
export const majorOf = ({ node }: Pick<Run, 'node'>): number => Number.parseInt(node, 10)
export const limitOf = ({ limit, onNode20 }: Goal, run: Run): number => (majorOf(run) === 20 ? onNode20 : limit)

/** Whether a run meets a goal; `undefined` if it was not measured. */
export function isMet(goal: Goal, run: Run): boolean | undefined {
  const [measured, limit] = [goal.value(run), limitOf(goal, run)]
  return measured === undefined ? undefined : goal.atLeast ? measured >= limit : measured <= limit
}

/** How many times as long one candidate took as another in the same race: the ratio of the medians. */
export function ratioOf({ races }: Pick<Run, 'races'>, task: string, variant: string, name: string, base: string): number | undefined {
  const rows = races.find((race) => race.task === task && race.variant === variant)?.rows
  const [time, other] = [name, base].map((wanted) => rows?.find((row) => row.name === wanted)?.median)
  return time === undefined || other === undefined ? undefined : time / other
}

/** The ratios that are goals: what, limit, task, variant (of 268 characters if none is given), name and base. The limits for rejections are those of the benchmark itself. */
const RATIOS = `
createVerifierSync / bare work | ≤ 1.12; 1.08; 1.05 | verify synchronously | SIZE | hs256/sync | bare work
fast-jwt without cache / createVerifierSync | ≥ 1.6; 1.45; 1.3 | verify synchronously | SIZE | fast-jwt | hs256/sync
jsonwebtoken with a KeyObject / createVerifierSync | ≥ 2.1 | verify synchronously | | jsonwebtoken, KeyObject | hs256/sync
createVerifier / bare work, 1 in flight | ≤ 1.05 | verify, 1 in flight | | hs256 | bare work
createVerifier / bare work, 64 in flight | ≤ 1.1 | verify, 64 in flight | | hs256 | bare work
jose / createVerifier, 64 in flight | ≥ 1.6 | verify, 64 in flight | | jose | hs256
hono/jwt / createVerifier, 64 in flight | ≥ 1.6 | verify, 64 in flight | | hono/jwt | hs256
createSignerSync / bare work | ≤ 1.2, 0.95 on Node 20 | sign synchronously | | hs256/sync | bare work
remember, 1,000 tokens held: createVerifierSync / bare work | ≤ 0.18 | tokens held, synchronously | | hs256/sync, remember | bare work
remember, 1,000 tokens held: fast-jwt with its cache / createVerifierSync | ≥ 3.5 | tokens held, synchronously | | fast-jwt, cache | hs256/sync, remember
remember, 1,000 tokens held: jose / createVerifier, 64 in flight | ≥ 15 | tokens held, 64 in flight | | jose | hs256, remember
remember without a hit / without remember, synchronously | ≤ 1.1 | flood of tokens, synchronously | | hs256/sync, remember | hs256/sync
remember without a hit / without remember, 1 in flight | ≤ 1.05 | flood of tokens, 1 in flight | | hs256, remember | hs256
remember without a hit / without remember, 64 in flight | ≤ 1.05 | flood of tokens, 64 in flight | | hs256, remember | hs256
createGuard / createVerifier, 64 in flight | ≤ 1.1 | request with a cookie, 64 in flight | | createGuard | createVerifier
jwt-decode / decodeUnverified | ≥ 10 | read without the secret | | jwt-decode | hs256
createVerifier rejects / bare refusal | ≤ 1.5 | reject, 1 in flight | FLAW | hs256 | bare refusal
createVerifierSync rejects / bare refusal | ≤ 1.5 | reject synchronously | FLAW | hs256/sync | bare refusal
`

const VARIANTS: Readonly<Record<string, readonly string[]>> = {
  SIZE: ['268 characters', '1004 characters', '3996 characters'],
  FLAW: ['malformed', 'other alg', 'bad signature', 'expired', 'wrong audience'],
}

function ratioGoals(line: string): readonly Goal[] {
  const [what = '', wanted = '', task = '', variant = '', name = '', base = ''] = line.split('|').map((cell) => cell.trim())
  return (VARIANTS[variant] ?? [variant || '268 characters']).map((one, i) => {
    const limits = wanted.slice(2).split(';')
    const [limit = NaN, onNode20 = limit] = (limits[i] ?? limits[0]!).split(',').map(Number.parseFloat)
    const value = (run: Run): number | undefined => ratioOf(run, task, one, name, base)
    return { what: variant === '' ? what : `${what}, ${one}`, atLeast: wanted.startsWith('≥'), limit, onNode20, value }
  })
}

/** A goal for the largest of some values. The limits are those of the benchmark itself. */
function atMost(what: string, limit: number, valuesOf: (run: Run) => readonly number[]): Goal {
  const value = (run: Run): number | undefined => (valuesOf(run).length === 0 ? undefined : Math.max(...valuesOf(run)))
  return { what, atLeast: false, limit, onNode20: limit, value }
}

export const GOALS: readonly Goal[] = [
  ...RATIOS.trim().split('\n').flatMap(ratioGoals),
  atMost('2 MB of garbage / 66 kB of it, the worst kind', 1.5, ({ races }) =>
    races.filter(({ task }) => task.startsWith('garbage')).map(({ rows }) => rows[1]!.median / rows[0]!.median),
  ),
  ...['createVerifier', 'createSigner', 'decodeUnverified'].map((name) =>
    atMost(`exponent of cost against length, ${name}`, 1.1, ({ races }) =>
      races.filter(({ task, variant }) => task === 'cost against length' && variant === name).map(exponentOf),
    ),
  ),
  atMost('kB left on the heap after all calls, the worst function', 1024, ({ heap }) =>
    heap.map(({ bytes }) => (bytes.at(-1)! - bytes[0]!) / 1024),
  ),
]

/** The power of the length with which cost grows: the slope of the line that fits best on logarithmic axes. */
export function exponentOf({ rows }: Pick<RaceRecord, 'rows'>): number {
  const [x, y] = [rows.map(({ name }) => Math.log(Number(name))), rows.map(({ median }) => Math.log(median))]
  const [meanX, meanY] = [x, y].map((all) => all.reduce((sum, one) => sum + one, 0) / all.length) as [number, number]
  return x.reduce((sum, one, i) => sum + (one - meanX) * (y[i]! - meanY), 0) / x.reduce((sum, one) => sum + (one - meanX) ** 2, 0)
}
