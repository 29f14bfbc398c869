/** The claims of RFC 7519 §4.1, in the order in which this library judges them. */
import { secondsOf, toleranceOf } from './durations.ts'
import type { Refusal } from './verify.ts'

/** What is expected of them. */
export interface Expected {
  /** Seconds. */
  readonly now: number
  /** A duration: seconds, or digits and a unit. */
  readonly clockTolerance?: number | string
  readonly requireExp?: boolean
  readonly issuer?: string
  readonly audience?: string
  readonly subject?: string
  /** A duration, like `clockTolerance`. */
  readonly maxAge?: number | string
  /** Claims that count as absent if their type is wrong. */
  readonly allowMistyped?: readonly string[]
}

const LAST_SECOND = 253_402_300_799
export const REGISTERED = ['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti']

/** What is wrong with the type of a registered claim. */
export function typeFlaw(name: string, value: unknown): string | undefined {
  if (!['exp', 'nbf', 'iat'].includes(name)) {
    const texts: readonly unknown[] = name === 'aud' && Array.isArray(value) ? (value as unknown[]) : [value]
    return texts.every((one) => typeof one === 'string') ? undefined : `${name} of another type`
  }
  if (typeof value !== 'number') return `${name} of another type`
  return Math.abs(value) > LAST_SECOND ? `${name} in milliseconds` : undefined
}

/** The caller's mistake in what is expected, if there is one: a duration in the wrong unit, or options that contradict each other. */
export function mistakeIn(expected: Expected): Refusal | undefined {
  for (const [name, value] of Object.entries(expected)) {
    const read = name === 'clockTolerance' ? toleranceOf(value) : name === 'maxAge' ? secondsOf(value) : 0
    if (typeof read === 'string') return { code: read, why: `a ${name} that is no duration, or too long` }
  }
  const { allowMistyped, issuer, subject, maxAge } = expected
  const needed = { iss: issuer, sub: subject, iat: maxAge, jti: undefined }
  const isFree = (name: unknown): boolean =>
    typeof name === 'string' && Object.hasOwn(needed, name) && needed[name as keyof typeof needed] === undefined
  if (!Object.hasOwn(expected, 'allowMistyped')) return undefined
  if (Array.isArray(allowMistyped) && allowMistyped.length > 0 && allowMistyped.every(isFree)) return undefined
  return { code: 'TypeError', why: 'allowMistyped beside an option that needs the claim' }
}

/** The registered claims of the right type, in the order of the RFC. */
export function typedClaims(claims: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const typed = REGISTERED.filter((name) => Object.hasOwn(claims, name) && typeFlaw(name, claims[name]) === undefined)
  return Object.fromEntries(typed.map((name) => [name, claims[name]]))
}

/** Judges claims; `undefined` is acceptance. The durations must be right. */
export function judgeClaims(claims: Readonly<Record<string, unknown>>, expected: Expected): Refusal | undefined {
  const { now, requireExp = true, allowMistyped = [] } = expected
  const clockTolerance = Number(toleranceOf(expected.clockTolerance ?? 0))
  const isSetAside = (name: string): boolean => allowMistyped.includes(name) && typeFlaw(name, claims[name]) !== undefined
  const own = (name: string): unknown => (Object.hasOwn(claims, name) && !isSetAside(name) ? claims[name] : undefined)
  const refuse = (claim: string, reason: string, why: string, code = 'ERR_JWT_CLAIM'): Refusal => ({ code, claim, reason, why })

  for (const name of REGISTERED) {
    const flaw = own(name) === undefined ? undefined : typeFlaw(name, own(name))
    if (flaw) return refuse(name, 'invalid', flaw)
  }

  const [exp, nbf, iat] = [own('exp'), own('nbf'), own('iat')] as readonly (number | undefined)[]
  if (exp === undefined && requireExp) return refuse('exp', 'missing', 'no exp')
  if (exp !== undefined && !(now - clockTolerance < exp)) return refuse('exp', 'expired', 'past its exp', 'ERR_JWT_EXPIRED')
  if (nbf !== undefined && !(now + clockTolerance >= nbf)) return refuse('nbf', 'early', 'before its nbf', 'ERR_JWT_NOT_YET_VALID')
  const leeway = Math.max(60, clockTolerance)
  if (iat !== undefined && !(now + leeway >= iat)) return refuse('iat', 'early', 'issued in the future', 'ERR_JWT_NOT_YET_VALID')

  if (expected.maxAge !== undefined) {
    if (iat === undefined) return refuse('iat', 'missing', 'no iat')
    const oldest = iat + Number(secondsOf(expected.maxAge))
    if (!(now - clockTolerance < oldest)) return refuse('iat', 'expired', 'older than maxAge', 'ERR_JWT_EXPIRED')
  }

  for (const [name, wanted] of Object.entries({ iss: expected.issuer, aud: expected.audience, sub: expected.subject })) {
    if (wanted === undefined) {
      if (name === 'aud' && own(name) !== undefined) return refuse(name, 'mismatch', 'aud, and nobody who says to be it')
    } else if (own(name) === undefined) return refuse(name, 'missing', `no ${name}`)
    else if (![own(name)].flat().includes(wanted)) return refuse(name, 'mismatch', `another ${name}`)
  }
  return undefined
}
