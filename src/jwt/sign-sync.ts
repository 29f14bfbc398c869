/** Signs a token (RFC 7519 §7.1), on `node:crypto`. */
import { signMac } from '../hmac/node.ts'
import { join } from '../jws/compact.ts'
import type { JwtKeys } from '../keys/key-list.ts'
import type { SignableClaims, SignableRegistered, SignArguments } from './issuance.ts'
import { draft } from './signing.ts'

/**
 * Signs claims as a token, at once: `sign` without the promise.
 *
 * @param claims any plain object that JSON can carry; it is not changed. `iat` is added unless it is there
 * @param keys the key, or a list whose first one signs
 * @param options `expiresIn`, required unless the claims hold `exp`, and further options, as for `sign`
 * @returns the token, in compact form
 * @throws {TypeError} and {RangeError} as `sign` does
 * @example
 * const token = signSync({ sub: 'u1', role: 'admin' }, key, { expiresIn: '1h' })
 */
export function signSync<Claims extends object & SignableRegistered>(
  claims: SignableClaims<Claims>,
  keys: JwtKeys,
  ...[options]: SignArguments<Claims>
): string {
  const { key, signingInput } = draft(claims, keys, options)
  return join(signingInput, signMac(key, signingInput))
}
