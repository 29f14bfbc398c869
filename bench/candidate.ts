/** A way to do a task, and the proof that it works: nothing is timed before its proof has passed. */
import { deepStrictEqual, equal, ok, rejects } from 'node:assert/strict'
import { FLAWS, HEADER, LIFETIME, macOf, type Claims, type Flaw, type Good } from './tokens.ts'

/** A way to turn a token into claims, or claims into a token: synchronously, or with a promise. */
export interface Candidate<Input> {
  readonly name: string
  /** What it leaves out that the others do. */
  readonly note: string
  readonly run: (input: Input) => unknown
  /** @throws {AssertionError} if it does not do what it is timed for */
  readonly prove: (good: Good) => Promise<void>
}

const same = (claims: unknown): unknown => claims

const fail = (): never => {
  throw new Error('a bad token is accepted')
}
/** The candidate for tokens that it must reject, by throwing or with a promise. */
export function rejecting(candidate: Candidate<string>): Candidate<string> {
  const run = (token: string): unknown => {
    let result: unknown
    try {
      result = candidate.run(token)
    } catch {
      return undefined
    }
    return result instanceof Promise ? result.then(fail, () => undefined) : fail()
  }
  return { ...candidate, run }
}

/** A candidate that verifies tokens. It must return the claims of every good one, and reject all bad ones but those that it has no option against. */
export function verifier<Result>(
  name: string,
  run: (token: string) => Result | Promise<Result>,
  claimsOf: (result: Result) => unknown = same,
  lacks: readonly Flaw[] = [],
): Candidate<string> {
  const prove = async ({ tokens, claims }: Good): Promise<void> => {
    const results = await Promise.all(tokens.map(run)) // all of them in flight, to detect state shared between calls
    deepStrictEqual(plain(results.map(claimsOf)), claims, `${name} returns other claims`)
    for (const [flaw, spoil] of Object.entries(FLAWS).filter(([one]) => !lacks.includes(one as Flaw))) {
      const bad = claims.slice(0, 4).map(spoil)
      for (const token of bad) await rejects(async () => run(token), `${name} accepts a bad token: ${flaw}`)
    }
  }
  return { name, run, prove, note: lacks.length === 0 ? '' : `no option against: ${lacks.join(', ')}` }
}

/** A candidate that signs claims and adds `iat` and `exp`. It must make exactly the expected token. */
export function signer(name: string, run: (claims: Claims) => string | Promise<string>, note = ''): Candidate<Claims> {
  const prove = async ({ unsigned }: Good): Promise<void> => {
    const before = Math.floor(Date.now() / 1000)
    const tokens = await Promise.all(unsigned.map(async (claims) => run(claims)))
    tokens.forEach((token, i) => {
      const [header, payload] = token.split('.', 2).map((text) => JSON.parse(Buffer.from(text, 'base64url').toString()) as Claims)
      const { iat, exp, ...rest } = payload!
      ok(Number(iat) >= before && Number(iat) <= Date.now() / 1000, `${name} signs another time`)
      equal(exp, Number(iat) + LIFETIME, `${name} signs another lifetime`)
      deepStrictEqual([header, rest], [HEADER, unsigned[i]], `${name} writes another header, or other claims`)
      equal(token.slice(-43), macOf(token.slice(0, -44)), `${name} makes another signature`)
    })
  }
  return { name, run, prove, note }
}

/** A candidate that reads tokens without the secret. */
export function decoder<Result>(
  name: string,
  run: (token: string) => Result,
  claimsOf: (result: Result) => unknown = same,
  note = '',
): Candidate<string> {
  const prove = async ({ tokens, claims }: Good): Promise<void> => {
    deepStrictEqual(plain(tokens.map(run).map(claimsOf)), claims, `${name} reads other claims`)
    await rejects(async () => run(''), `${name} reads an empty string`)
  }
  return { name, run, prove, note }
}

/** The value as JSON represents it: prototypes and the order of properties do not count. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}
