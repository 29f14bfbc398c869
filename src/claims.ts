/** Claims (RFC 7519 §4): the seven registered ones and their types. */
import { JwtClaimError, JwtExpiredError, JwtNotYetValidError } from './errors.ts'
import { isString, type PlainObject } from './object.ts'
import { isNumericDate } from './time.ts'

/** The registered claims (RFC 7519 §4.1), all optional. */
export interface RegisteredClaims {
  /** Issuer. */
  iss?: string
  /** Subject: whom the token is about. */
  sub?: string
  /** Audience: whom the token is meant for. */
  aud?: string | readonly string[]
  /** Expiry: seconds since 1970, fractions allowed. */
  exp?: number
  /** Start of validity, in seconds. */
  nbf?: number
  /** Time of issue, in seconds. */
  iat?: number
  /** Unique identifier. */
  jti?: string
}

/**
 * All claims, without a schema: registered ones have their types, others are `unknown`. Each call
 * returns an object of its own, which the caller may change.
 */
export interface JwtClaims extends RegisteredClaims {
  [name: string]: unknown
}

/** The registered claims, normalized: `aud` is a list, and an absent claim is `undefined`. */
export interface Registered {
  readonly iss: string | undefined
  readonly sub: string | undefined
  readonly aud: readonly string[] | undefined
  readonly exp: number | undefined
  readonly nbf: number | undefined
  readonly iat: number | undefined
  readonly jti: string | undefined
}

/**
 * Reads the registered claims of a payload. A mistyped claim is removed if `allowed` names it.
 * @throws {JwtClaimError} if any other claim is mistyped
 */
export function readClaims(claims: JwtClaims, allowed?: readonly string[]): Registered {
  let registered = readRegistered(claims)
  while (typeof registered === 'string' && allowed?.includes(registered)) {
    delete claims[registered]
    registered = readRegistered(claims)
  }
  if (typeof registered !== 'string') return registered
  const details = { claim: registered, reason: 'invalid', claims } as const
  throw new JwtClaimError(typeMessage(registered), details)
}

/** Reads the registered claims, or returns the name of the first one that has the wrong type. */
export function readRegistered(claims: PlainObject): Registered | keyof Registered {
  const prototype = Object.prototype // see object.ts
  const isPolluted =
    'iss' in prototype ||
    'sub' in prototype ||
    'aud' in prototype ||
    'exp' in prototype ||
    'nbf' in prototype ||
    'iat' in prototype ||
    'jti' in prototype
  const source: PlainObject = isPolluted ? { __proto__: null, ...claims } : claims
  const { iss, sub, aud, exp, nbf, iat, jti } = source
  if (iss !== undefined && typeof iss !== 'string') return 'iss'
  if (sub !== undefined && typeof sub !== 'string') return 'sub'
  let audiences: readonly string[] | undefined
  if (typeof aud === 'string') audiences = [aud]
  else if (Array.isArray(aud) && aud.every(isString)) audiences = aud
  else if (aud !== undefined) return 'aud'
  if (exp !== undefined && !isNumericDate(exp)) return 'exp'
  if (nbf !== undefined && !isNumericDate(nbf)) return 'nbf'
  if (iat !== undefined && !isNumericDate(iat)) return 'iat'
  if (jti !== undefined && typeof jti !== 'string') return 'jti'
  return { iss, sub, aud: audiences, exp, nbf, iat, jti }
}

/** The error message for a registered claim of the wrong type. */
export function typeMessage(claim: string): string {
  if (claim === 'aud') return 'aud must be a string or a list of strings'
  if (['iss', 'sub', 'jti'].includes(claim)) return `${claim} must be a string`
  return `${claim} must be a number of seconds (not milliseconds, not a string)`
}

/** The error for a claim that is absent. */
export function missing(claim: string, claims: JwtClaims): JwtClaimError {
  return new JwtClaimError(`token has no ${claim}`, { claim, reason: 'missing', claims })
}

/** The error for a token that is no longer valid. */
export function expired(claim: string, instant: number, claims: JwtClaims): JwtExpiredError {
  const details = { claim, reason: 'expired', instant, claims } as const
  return new JwtExpiredError(`token has expired (${claim})`, details)
}

/** The error for a token that is not valid yet. */
export function early(claim: string, instant: number, claims: JwtClaims): JwtNotYetValidError {
  const details = { claim, reason: 'early', instant, claims } as const
  return new JwtNotYetValidError(`token is not valid yet (${claim})`, details)
}
