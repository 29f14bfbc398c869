/** The claims of RFC 7519 §4.1, in the order in which this library judges them. */
import type { Refusal } from './verify.ts'

/** What is expected of them. */
export interface Expected {
  /** Seconds. */
  readonly now: number
  readonly clockTolerance?: number
  readonly requireExp?: boolean
  readonly issuer?: string
  readonly audience?: string
  readonly subject?: string
}

const LAST_SECOND = 253_402_300_799

/** Judges claims; `undefined` is acceptance. */
export function judgeClaims(claims: Readonly<Record<string, unknown>>, expected: Expected): Refusal | undefined {
  const { now, clockTolerance = 0, requireExp = true } = expected
  const own = (name: string): unknown => (Object.hasOwn(claims, name) ? claims[name] : undefined)
  const refuse = (claim: string, reason: string, why: string, code = 'ERR_JWT_CLAIM'): Refusal => ({ code, claim, reason, why })

  for (const name of ['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti']) {
    const value = own(name)
    if (value === undefined) continue
    const isTime = ['exp', 'nbf', 'iat'].includes(name)
    const texts: readonly unknown[] = name === 'aud' && Array.isArray(value) ? (value as unknown[]) : [value]
    if (!isTime && !texts.every((one) => typeof one === 'string')) return refuse(name, 'invalid', `${name} of another type`)
    if (isTime && typeof value !== 'number') return refuse(name, 'invalid', `${name} of another type`)
    if (isTime && !Number.isFinite(value)) return refuse(name, 'invalid', `${name} that is not finite`)
    if (isTime && Math.abs(value as number) > LAST_SECOND) return refuse(name, 'invalid', `${name} in milliseconds`)
  }

  const [exp, nbf, iat] = [own('exp'), own('nbf'), own('iat')] as readonly (number | undefined)[]
  if (exp === undefined && requireExp) return refuse('exp', 'missing', 'no exp')
  if (exp !== undefined && !(now - clockTolerance < exp)) return refuse('exp', 'expired', 'past its exp', 'ERR_JWT_EXPIRED')
  if (nbf !== undefined && !(now + clockTolerance >= nbf)) return refuse('nbf', 'early', 'before its nbf', 'ERR_JWT_NOT_YET_VALID')
  const leeway = Math.max(60, clockTolerance)
  if (iat !== undefined && !(now + leeway >= iat)) return refuse('iat', 'early', 'issued in the future', 'ERR_JWT_NOT_YET_VALID')

  const audience = own('aud')
  if (expected.issuer !== undefined) {
    if (own('iss') === undefined) return refuse('iss', 'missing', 'no iss')
    if (own('iss') !== expected.issuer) return refuse('iss', 'mismatch', 'another iss')
  }
  if (audience !== undefined && expected.audience === undefined) return refuse('aud', 'mismatch', 'aud, and nobody who says to be it')
  if (expected.audience !== undefined) {
    if (audience === undefined) return refuse('aud', 'missing', 'no aud')
    const list = Array.isArray(audience) ? (audience as unknown[]) : [audience]
    if (!list.includes(expected.audience)) return refuse('aud', 'mismatch', 'another aud')
  }
  if (expected.subject !== undefined) {
    if (own('sub') === undefined) return refuse('sub', 'missing', 'no sub')
    if (own('sub') !== expected.subject) return refuse('sub', 'mismatch', 'another sub')
  }
  return undefined
}
