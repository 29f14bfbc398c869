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

function expectation(random: Random): Expected {
  return {
    now: 1_800_000_000,
    ...(random.percent(60) && { requireExp: false }),
    ...(random.percent(20) && { clockTolerance: 10 }),
    ...(random.percent(50) && { audience: 'orders' }),
    ...(random.percent(20) && { issuer: 'https://auth.example' }),
    ...(random.percent(10) && { subject: 'a' }),
  }
}
