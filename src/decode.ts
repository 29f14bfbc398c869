/** Reads tokens without the secret, for browsers and logs: their content is not verified. */
import { readClaims } from './claims.ts'
import { parseJson } from './json.ts'
import { MAX_LENGTH, parseJws } from './jws.ts'
import type { UnverifiedJwt } from './jwt.ts'
import { isPlainObject, own } from './object.ts'
import { defineOptions, readOptions, refuseCallback } from './options.ts'
import { isNumericDate, readClock, systemClock, type Instant } from './time.ts'

/**
 * Reads a token without checking signature or time. Anyone may have written it: display it, but
 * base no decision on it. It is as strict as `verify` about shape, encoding and the types of
 * registered claims, but accepts any `alg`.
 *
 * @param token a compact JWT of at most 65 536 characters
 * @throws {JwtMalformedError} if it is not a well-formed JWT
 * @throws {JwtClaimError} if a registered claim has the wrong type (`error.claims()` returns the
 * claims, for display only), or a number is 2^53 or more
 * @example
 * const { claims } = decodeUnverified(token)
 */
export function decodeUnverified(token: string): UnverifiedJwt {
  refuseCallback(arguments, 1)
  const { header, payload } = parseJws(token, MAX_LENGTH)
  const claims = parseJson(payload, 'payload')
  readClaims(claims)
  return { claims, header } as UnverifiedJwt // the missing member is type-only
}

/** Options of `secondsLeft`. */
export interface SecondsLeftOptions {
  /** The clock. Default: the system's. */
  readonly now?: () => Instant
}

const OPTIONS = /* @__PURE__ */ defineOptions({ now: [readClock, systemClock] })

/**
 * Returns how many seconds, fractions included, are left until a token's `exp`: 0 if it has
 * expired, `Infinity` if it has none.
 *
 * @param jwt the result of `verify` or `decodeUnverified`
 * @throws {TypeError} if `jwt` is something else, or its `exp` is not a number of seconds (a schema
 * may have changed it)
 * @example
 * const delay = Math.min((secondsLeft(jwt) / 2) * 1000, 2 ** 31 - 1) // at most 24 days
 * setTimeout(renew, delay)
 */
export function secondsLeft(
  jwt: { readonly claims: { readonly exp?: unknown } },
  options?: SecondsLeftOptions,
): number {
  refuseCallback(arguments, 2)
  const { now } = readOptions(options, OPTIONS)
  const time = now()
  const claims: unknown = jwt?.claims
  if (!isPlainObject(claims))
    throw new TypeError('jwt must be the result of verify or decodeUnverified')
  const exp = own(claims, 'exp')
  if (exp === undefined) return Infinity
  if (!isNumericDate(exp)) throw new TypeError('exp must be a number of seconds')
  return Math.max(0, exp - time)
}
