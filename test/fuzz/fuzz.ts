/** Runs tokens and claims through this library, the reference and the peers, and counts the verdicts. */
import fc from 'fast-check'
import { createKey, type JwtError } from 'hs256'
import assert from 'node:assert/strict'
import { signByTheBook, type Order, type Written } from '../reference/sign.ts'
import { verifyByTheBook, type Verdict } from '../reference/verify.ts'
import { schemaOf } from '../support/schemas.ts'
import { orders } from './claims.ts'
import { PEERS, type Peer } from './peers.ts'
import { samples, SECRET, type Sample } from './token.ts'

/** Engines, or sabotaged ones. */
export type Engine = (token: string, key: ReturnType<typeof createKey>, options: object) => unknown
export type Signer = (claims: object, key: ReturnType<typeof createKey>, options: object) => unknown
type Named<T> = Readonly<Record<string, T>>

/** Which ones: the same seed gives the same ones, and more of them begin with them. */
export interface Runs {
  readonly seed: number
  readonly numRuns: number
}
export interface Report {
  /** How many tokens or claims had each verdict of the reference. */
  readonly verdicts: Map<string, number>
  /** How many tokens that the reference rejects each peer accepts. A peer may be less strict, so these are only counted. */
  readonly lenient: Map<string, number>
  /**
   * Where this library first differs from the reference, or a peer rejects what the reference accepts: as fast-check tells it, with the
   * smallest input that it found.
   */
  readonly failure: string | undefined
}

const key = createKey(SECRET)
const count = (counts: Map<string, number>, name: string): unknown => counts.set(name, (counts.get(name) ?? 0) + 1)

/** Verifies tokens. A test may pass other peers. */
export function fuzz(engines: Named<Engine>, runs: Runs, peers: Named<Peer> = PEERS): Promise<Report> {
  return reportOf(samples, runs, async (sample, { verdicts, lenient }) => {
    const verdict = verifyByTheBook(sample.token, SECRET, sample.expected)
    const isRefused = 'code' in verdict
    count(verdicts, isRefused ? verdict.why : 'accepted')
    for (const [name, engine] of Object.entries(engines)) agree(name, await verdictOf(engine, sample), wordsOf(verdict))
    if (sample.expected.allowMistyped) return // no peer has such an option
    for (const [name, ask] of Object.entries(peers)) {
      const refusal = await ask(sample)
      if (isRefused && refusal === undefined) count(lenient, name)
      if (!isRefused) assert.equal(refusal, undefined, `${name} refuses what the reference accepts: ${refusal}`)
    }
  })
}

/** Signs claims. */
export function fuzzSign(engines: Named<Signer>, runs: Runs): Promise<Report> {
  return reportOf(orders, runs, async (order, { verdicts }) => {
    const written = signByTheBook(order)
    count(verdicts, 'mistake' in written ? written.why : 'signed')
    for (const [name, engine] of Object.entries(engines)) agree(name, await tokenOf(engine, order), textOf(written))
  })
}

async function reportOf<T>(inputs: fc.Arbitrary<T>, runs: Runs, run: (input: T, counts: Omit<Report, 'failure'>) => Promise<void>) {
  const counts = { verdicts: new Map<string, number>(), lenient: new Map<string, number>() }
  const details = await fc.check(fc.asyncProperty(inputs, (input) => run(input, counts)), { ...runs, includeErrorInReport: true }) // prettier-ignore
  return { ...counts, failure: fc.defaultReportMessage(details) }
}

const agree = (name: string, said: string, wanted: string): void =>
  assert.equal(said, wanted, `${name} says ${said}, the reference ${wanted}`)

/** A verdict in a form that can be compared: code, claim and reason, or header and claims. */
const wordsOf = (verdict: Verdict): string =>
  'code' in verdict ? [verdict.code, verdict.claim, verdict.reason].join(' ') : JSON.stringify([verdict.header, verdict.claims])

/** A schema that accepts all claims, and shows which ones it got. */
const ECHO = schemaOf((claims) => ({ value: { seen: JSON.stringify(claims) } }))

async function verdictOf(engine: Engine, { token, expected: { now, ...options } }: Sample): Promise<string> {
  const schema = options.allowMistyped && { schema: ECHO }
  try {
    return wordsOf((await engine(token, key, { now: () => new Date(now * 1000), ...options, ...schema })) as Verdict)
  } catch (error) {
    const { name, code, claim, reason } = error as JwtError & { readonly claim?: string; readonly reason?: string }
    return [code ?? name, claim, reason].join(' ')
  }
}

const textOf = (written: Written): string => ('mistake' in written ? written.mistake : `${written.header} ${written.payload}`)

/** Header and payload as they are written, if the reference reads the token, too; otherwise the name of the error. */
async function tokenOf(engine: Signer, { claims, options, now }: Order): Promise<string> {
  try {
    const token = (await engine(claims as object, key, { now: () => new Date(now * 1000), ...options })) as string
    const read = verifyByTheBook(token, SECRET, { now, requireExp: false, audience: 'orders' })
    const isRead = 'header' in read || ['expired', 'early', 'mismatch', 'missing'].includes(read.reason ?? '')
    const [header, payload] = token.split('.').map((segment) => Buffer.from(segment, 'base64url').toString())
    return `${header} ${payload}${isRead ? '' : `, which is ${read.why}`}`
  } catch (error) {
    return (error as Error).name
  }
}
