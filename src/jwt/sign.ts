/** Signs a token (RFC 7519 §7.1), on Web Crypto. */
import { signMac } from '../hmac/webcrypto.ts'
import { join } from '../jws/compact.ts'
import type { JwtKeys } from '../keys/key-list.ts'
import type { SignableClaims, SignableRegistered, SignArguments } from './issuance.ts'
import { draft } from './signing.ts'

/**
 * Signs claims as a token.
 *
 * @param claims any plain object that JSON can carry; it is not changed. `iat` is added unless it is there; `exp`, `nbf` and `iat`
 * may be a `Date` (whole seconds of it) or seconds
 * @param keys the key, or a list whose first one signs
 * @param options `expiresIn`, required unless the claims hold `exp`: a duration above 0 from now on, or `'never'`; and {@link SignOptions}
 * @returns the token, in compact form
 * @throws {TypeError} and {RangeError} for whatever `verify` would refuse for its type, what JSON cannot carry, a token over 65 536
 * characters, and for a mistake in keys or options
 * @example
 * const token = await sign({ sub: 'u1', role: 'admin' }, key, { expiresIn: '1h' })
 */
export async function sign<Claims extends object & SignableRegistered>(
  claims: SignableClaims<Claims>,
  keys: JwtKeys,
  ...[options]: SignArguments<Claims>
): Promise<string> {
  const { key, signingInput } = draft(claims, keys, options)
  return join(signingInput, await signMac(key, signingInput))
}
