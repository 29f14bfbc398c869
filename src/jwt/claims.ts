/** Claims (RFC 7519 §4): the seven registered ones and their types. */
import { decodeJson, type JsonObject } from '../encoding/json.ts'
import { JwtClaimError } from '../errors.ts'
import { isNumericDate } from '../time.ts'

/** The registered claims (RFC 7519 §4.1), each of its type where present. */
export interface RegisteredClaims {
  /** Who issued the token. */
  readonly iss?: string
  /** Whom it is about. */
  readonly sub?: string
  /** Whom it is meant for. */
  readonly aud?: string | readonly string[]
  /** From when on it is refused: seconds since 1970, fractions allowed. */
  readonly exp?: number
  /** Before when it is refused, in seconds. */
  readonly nbf?: number
  /** When it was issued, in seconds. */
  readonly iat?: number
  /** The token's own name. */
  readonly jti?: string
}

/** All claims of a token: the registered ones are checked, the others are `unknown` until a schema has seen them. */
export interface JwtClaims extends RegisteredClaims {
  readonly [name: string]: unknown
}

/** The registered claims as they are there, `undefined` where one is not: nothing that is inherited stands in for a claim. */
export type Registered = { readonly [Name in keyof RegisteredClaims]-?: RegisteredClaims[Name] | undefined }

/**
 * Reads the registered claims, of whatever type, of an object as JSON or braces make it: own members. Where Object.prototype lends none of
 * them, all are, and need not be asked one by one, which takes longer.
 */
export function registeredOf(claims: JsonObject): Readonly<Record<keyof RegisteredClaims, unknown>> {
  const lender = Object.prototype
  const isLent =
    'iss' in lender || 'sub' in lender || 'aud' in lender || 'exp' in lender || 'nbf' in lender || 'iat' in lender || 'jti' in lender
  const { iss, sub, aud, exp, nbf, iat, jti }: JsonObject = isLent ? { __proto__: null, ...claims } : claims
  return { iss, sub, aud, exp, nbf, iat, jti }
}

/** Finds the first registered claim that is not of its type. */
export function findMistyped({ iss, sub, aud, exp, nbf, iat, jti }: ReturnType<typeof registeredOf>): keyof RegisteredClaims | undefined {
  if (!isText(iss)) return 'iss'
  if (!isText(sub)) return 'sub'
  if (Array.isArray(aud) ? !aud.every((one) => typeof one === 'string') : !isText(aud)) return 'aud'
  if (!isTime(exp)) return 'exp'
  if (!isTime(nbf)) return 'nbf'
  if (!isTime(iat)) return 'iat'
  return isText(jti) ? undefined : 'jti'
}

const isText = (value: unknown): boolean => value === undefined || typeof value === 'string'
const isTime = (value: unknown): boolean => value === undefined || isNumericDate(value)

/** The registered claims that are times. */
export const TIMES: readonly string[] = ['exp', 'nbf', 'iat']

/** What is wrong with it. */
export function mistyped(claim: keyof RegisteredClaims): string {
  const wanted = TIMES.includes(claim) ? 'number of seconds (not milliseconds)' : claim === 'aud' ? 'string or a list of strings' : 'string'
  return `${claim} must be a ${wanted}`
}

/** Claims, of which the registered ones are of their types. */
export interface TypedClaims {
  readonly claims: JwtClaims
  readonly registered: Registered
}

/**
 * Decodes a payload.
 * @throws {JwtMalformedError} where it is no JSON object
 * @throws {JwtClaimError} where a registered claim is not of its type
 */
export function decodeClaims(payload: Uint8Array): TypedClaims {
  const claims = decodeJson(payload, 'payload')
  const registered = registeredOf(claims)
  const claim = findMistyped(registered)
  if (claim) throw new JwtClaimError(mistyped(claim), { claim, reason: 'invalid', claims })
  return { claims, registered: registered as Registered } // as was just found
}
