/** Claims (RFC 7519 §4): the seven registered ones and their types. */
import { JwtClaimError } from './errors.ts'
import { parseJson } from './json.ts'
import { isString, type PlainObject } from './object.ts'
import { isNumericDate } from './time.ts'

/** The registered claims (RFC 7519 §4.1), all optional. */
export interface RegisteredClaims {
  /** Issuer. */
  readonly iss?: string
  /** Subject: whom the token is about. */
  readonly sub?: string
  /** Audience: whom the token is meant for. */
  readonly aud?: string | readonly string[]
  /** Expiry: seconds since 1970, fractions allowed. */
  readonly exp?: number
  /** Start of validity, in seconds. */
  readonly nbf?: number
  /** Time of issue, in seconds. */
  readonly iat?: number
  /** Unique identifier. */
  readonly jti?: string
}

/** All claims, without a schema: registered ones have their types, others are `unknown`. */
export interface JwtClaims extends RegisteredClaims {
  readonly [name: string]: unknown
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

/** Parsed claims, and the registered ones in normalized form. */
export interface TypedClaims {
  readonly claims: JwtClaims
  readonly registered: Registered
}

/**
 * Parses a payload.
 * @throws {JwtMalformedError} if it is not a JSON object
 * @throws {JwtClaimError} if a registered claim has the wrong type
 */
export function parseClaims(payload: Uint8Array): TypedClaims {
  const claims = parseJson(payload, 'payload')
  const registered = readRegistered(claims)
  if (typeof registered !== 'string') return { claims, registered }
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
  const audiences = aud === undefined || Array.isArray(aud) ? aud : [aud]
  if (audiences !== undefined && !audiences.every(isString)) return 'aud'
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
  return `${claim} must be a number of seconds (not milliseconds)`
}
