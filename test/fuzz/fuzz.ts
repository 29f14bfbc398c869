/** Runs tokens through this library, the reference and the peers, and counts the verdicts. */
import { createKey, type JwtError } from 'hs256'
import { verifyByTheBook, type Refusal, type Verdict } from '../reference/verify.ts'
import { PEERS, type Peer } from './peers.ts'
import { sampleOf, SECRET, type Sample } from './token.ts'

/** An engine, or a sabotaged one. */
export type Engine = (token: string, key: ReturnType<typeof createKey>, options: object) => unknown

export interface Report {
  /** How many tokens had each verdict of the reference. */
  readonly verdicts: Map<string, number>
  /** How many tokens that the reference rejects each peer accepts. A peer may be less strict, so these are only counted. */
  readonly lenient: Map<string, number>
  /** Where this library differs from the reference, and where a peer rejects what the reference accepts. Each has the seed of its token. */
  readonly failures: string[]
}

const key = createKey(SECRET)
const count = (counts: Map<string, number>, name: string): unknown => counts.set(name, (counts.get(name) ?? 0) + 1)
const isRefusal = (verdict: Verdict): verdict is Refusal => 'code' in verdict

/** Runs this many tokens, starting from a seed. A test may pass other peers. */
export async function fuzz(
  engines: Readonly<Record<string, Engine>>,
  seed: number,
  tokens: number,
  peers: Readonly<Record<string, Peer>> = PEERS,
): Promise<Report> {
  const report: Report = { verdicts: new Map(), lenient: new Map(), failures: [] }
  for (let i = 0; i < tokens; i++) {
    const sample = sampleOf(seed + i)
    const verdict = verifyByTheBook(sample.token, SECRET, sample.expected)
    count(report.verdicts, isRefusal(verdict) ? verdict.why : 'accepted')
    for (const [name, engine] of Object.entries(engines)) {
      const said = await answerOf(engine, sample)
      if (said !== wordsOf(verdict)) report.failures.push(`seed ${seed + i}: ${name} says ${said}, the reference ${wordsOf(verdict)}`)
    }
    if (sample.expected.allowMistyped) continue // no peer has such an option
    for (const [name, ask] of Object.entries(peers)) compare(report, name, await ask(sample), verdict, seed + i)
  }
  return report
}

function compare({ lenient, failures }: Report, peer: string, refusal: string | undefined, verdict: Verdict, seed: number): void {
  if (isRefusal(verdict) && refusal === undefined) count(lenient, peer)
  if (!isRefusal(verdict) && refusal !== undefined) failures.push(`seed ${seed}: ${peer} refuses what the reference accepts: ${refusal}`)
}

/** A verdict in a form that can be compared: code, claim and reason, or header and claims. */
function wordsOf(verdict: Verdict): string {
  if (isRefusal(verdict)) return [verdict.code, verdict.claim, verdict.reason].join(' ')
  return JSON.stringify([verdict.header, verdict.claims])
}

/** A schema that accepts all claims, and shows which ones it got. */
const ECHO = {
  '~standard': { version: 1, vendor: 'fuzz', validate: (claims: unknown) => ({ value: { seen: JSON.stringify(claims) } }) },
} as const

async function answerOf(engine: Engine, { token, expected: { now, ...options } }: Sample): Promise<string> {
  const schema = options.allowMistyped && { schema: ECHO }
  try {
    const { header, claims } = (await engine(token, key, { now: () => new Date(now * 1000), ...options, ...schema })) as {
      readonly header: object
      readonly claims: object
    }
    return JSON.stringify([header, claims])
  } catch (error) {
    const { name, code, claim, reason } = error as JwtError & { readonly claim?: string; readonly reason?: string }
    return [code ?? name, claim, reason].join(' ')
  }
}
