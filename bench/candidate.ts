/** A way to do a task, and the proof that it works: nothing is timed before its proof has passed. */
import { deepStrictEqual, equal, ok, rejects } from 'node:assert/strict'
import { CHECKS, FLAWS, LIFETIME, macOf, type Check, type Claims, type Flaw, type Sample } from './tokens.ts'

/** A way to do a task: synchronously, or with a promise. */
export interface Runner<Input> {
  readonly name: string
  /** What it leaves out that the others do. */
  readonly note?: string
  /** The checks for which it lacks an option. */
  readonly lacks?: readonly Check[]
  readonly run: (input: Input) => unknown
}

/** A way to turn a token into claims, or claims into a token. */
export interface Candidate<Input> extends Runner<Input> {
  /** @throws {AssertionError} if it does not do what it is timed for */
  readonly prove: (sample: Sample) => Promise<void>
}

/** Whether a candidate must reject tokens with this flaw. */
function isAsked({ lacks = [] }: Pick<Runner<never>, 'lacks'>, flaw: Flaw): boolean {
  return !lacks.some((check) => CHECKS[check] === flaw)
}

/** A candidate that verifies tokens. It must return the claims of every good one, and reject each bad one for which it has an option. */
export function verifier<Result>(
  name: string,
  run: (token: string) => Result | Promise<Result>,
  claimsOf: (result: Result) => unknown,
  lacks: readonly Check[] = [],
): Candidate<string> {
  const prove = async ({ tokens, claims, refused }: Sample) => {
    const results = await Promise.all(tokens.map(run)) // all of them in flight, to detect state shared between calls
    deepStrictEqual(results.map(claimsOf).map(plain), claims, `${name} returns other claims`)
    for (const flaw of FLAWS.filter((one) => isAsked({ lacks }, one))) {
      for (const token of refused[flaw].slice(0, 4))
        await rejects(async () => run(token), `${name} accepts a token that must be refused: ${flaw}`)
    }
  }
  return { name, run, prove, lacks }
}

/** A candidate that signs claims and adds `iat` and `exp`. It must make exactly the expected token. */
export function signer(name: string, run: (claims: Claims) => string | Promise<string>, note?: string): Candidate<Claims> {
  const prove = async ({ unsigned }: Sample) => {
    const before = Math.floor(Date.now() / 1000)
    const tokens = await Promise.all(unsigned.map(async (claims) => run(claims)))
    tokens.forEach((token, i) => {
      const { iat, exp, ...rest } = segment(token, 1)
      ok(Number(iat) >= before && Number(iat) <= Date.now() / 1000, `${name} signs another time`)
      equal(exp, Number(iat) + LIFETIME, `${name} signs another lifetime`)
      deepStrictEqual(rest, unsigned[i], `${name} signs other claims`)
      deepStrictEqual(segment(token, 0), { alg: 'HS256', typ: 'JWT' }, `${name} writes another header`)
      equal(token.split('.')[2], macOf(token.slice(0, token.lastIndexOf('.'))), `${name} makes another signature`)
    })
  }
  return { name, run, prove, ...(note !== undefined && { note }) }
}

/** A candidate that reads tokens without the secret. */
export function decoder<Result>(
  name: string,
  run: (token: string) => Result,
  claimsOf: (result: Result) => unknown,
  note?: string,
): Candidate<string> {
  const prove = async ({ tokens, claims }: Sample) => {
    deepStrictEqual(tokens.map(run).map(claimsOf).map(plain), claims, `${name} reads other claims`)
    await rejects(async () => run(''), `${name} reads an empty string`)
  }
  return { name, run, prove, ...(note !== undefined && { note }) }
}

/** The value as JSON represents it: prototypes and the order of properties do not count. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}

function segment(token: string, index: number): Claims {
  return JSON.parse(Buffer.from(token.split('.')[index]!, 'base64url').toString()) as Claims
}
