/** Reads a token without its secret, for browsers and log lines: nothing of what it says is proven. */
import { MAX_LENGTH, split } from '../jws/compact.ts'
import { decodeClaims } from './claims.ts'
import type { UnverifiedJwt } from './jwt.ts'

/**
 * Reads a token without checking signature or time: anyone may have written it, so show it, but decide nothing by it.
 * It is as strict as `verify` about shape, encoding and the types of registered claims; the `alg` may be another one.
 *
 * @param token a compact JWT of at most 65 536 characters
 * @throws {JwtMalformedError} where it is no well-formed JWT
 * @throws {JwtClaimError} where a registered claim is of the wrong type
 * @example
 * const { claims } = decodeUnverified(token)
 */
export function decodeUnverified(token: string): UnverifiedJwt {
  const { header, payload } = split(token, MAX_LENGTH)
  return { claims: decodeClaims(payload).claims, header } as UnverifiedJwt // the type's own member exists in the type alone
}
