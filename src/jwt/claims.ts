/** Claims (RFC 7519 §4): the seven registered ones and their types. */
import { decodeJson, type JsonObject } from '../encoding/json.ts'
import { JwtClaimError, JwtMalformedError } from '../errors.ts'
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

type Check = readonly [isTyped: (value: unknown) => boolean, wanted: string]

const isText = (value: unknown): boolean => typeof value === 'string'
const TEXT: Check = [isText, 'a text']
const SECONDS: Check = [isNumericDate, 'a number of seconds (not milliseconds)']
const TEXTS: Check = [(value) => [value].flat().every(isText), 'a text or a list of texts']

const TYPES: Readonly<Record<keyof RegisteredClaims, Check>> = {
  iss: TEXT,
  sub: TEXT,
  aud: TEXTS,
  exp: SECONDS,
  nbf: SECONDS,
  iat: SECONDS,
  jti: TEXT,
}

/** Picks the registered claims: what an object inherits, or someone has put on `Object.prototype`, is not among them. */
export function pickRegistered(claims: JsonObject): RegisteredClaims {
  const registered = Object.create(null) as Record<string, unknown>
  for (const name of Object.keys(TYPES)) if (Object.hasOwn(claims, name)) registered[name] = claims[name]
  return registered
}

/** Finds the first registered claim that is not of its type: its name, and what it must be. */
export function findMistyped(registered: RegisteredClaims): readonly [claim: string, wanted: string] | undefined {
  for (const [claim, value] of Object.entries(registered)) {
    const [isTyped, wanted] = TYPES[claim as keyof RegisteredClaims]
    if (!isTyped(value)) return [claim, wanted]
  }
  return undefined
}

/**
 * Decodes a payload.
 * @throws {JwtMalformedError} where it is no JSON object
 * @throws {JwtClaimError} where a registered claim is not of its type
 */
export function decodeClaims(payload: Uint8Array): JwtClaims {
  const claims = decodeJson(payload)
  if (claims === undefined) throw new JwtMalformedError('token payload is not a JSON object')
  const [claim, wanted] = findMistyped(pickRegistered(claims)) ?? []
  if (claim !== undefined) throw new JwtClaimError(`${claim} must be ${wanted}`, { claim, reason: 'invalid', claims })
  return claims
}
