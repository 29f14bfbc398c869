/** One token of the fuzzer, and its expected verdict, both determined by its seed. */
import type { Expected } from '../reference/claims.ts'
import { claimsText, headerText } from './json-text.ts'
import { mangle, toBytes, toMac, toSegment } from './mutations.ts'
import { Random } from './random.ts'

export const SECRET = 'a secret of the fuzzer, which has 32 bytes or more'

export interface Sample {
  readonly token: string
  readonly expected: Expected
}

/** Builds a token in layers, so that most mutated tokens have a correct MAC. */
export function sampleOf(seed: number): Sample {
  const random = new Random(seed)
  const [header, payload] = [headerText(random), claimsText(random)].map((json) => toSegment(random, toBytes(random, json)))
  const signingInput = `${header}.${payload}`
  const mac = toSegment(random, toMac(random, signingInput, SECRET))
  return { token: mangle(random, `${signingInput}.${mac}`), expected: expectation(random) }
}

/** Milliseconds, and other durations that no option may have. */
const TOO_LONG = [-1, NaN, 1e300, Infinity, 86_401, 3_600_000, '10', '5e3s', '1h ', '999999999999w'] as const

const ALL = ['iss', 'sub', 'iat', 'jti']
const MISTYPED = [['sub'], ['jti'], ['iat'], ['iss'], ALL, ALL, ALL]

function expectation(random: Random): Expected {
  return {
    now: 1_800_000_000,
    ...(random.percent(60) && { requireExp: false }),
    ...(random.percent(20) && { clockTolerance: random.percent(90) ? random.pick([10, 10, '10s', 600, '10m']) : random.pick(TOO_LONG) }),
    ...(random.percent(50) && { audience: 'orders' }),
    ...(random.percent(20) && { issuer: 'https://auth.example' }),
    ...(random.percent(10) && { subject: 'a' }),
    ...(random.percent(10) && { maxAge: random.percent(90) ? random.pick([0, 10, '1m', 86_400, '30d']) : random.pick(TOO_LONG) }),
    ...(random.percent(20) && { allowMistyped: random.percent(90) ? random.pick(MISTYPED) : random.pick([['exp'], ['aud'], []]) }),
  }
}
