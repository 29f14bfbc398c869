/** Signs tokens (RFC 7519 §7.1) on `node:crypto`, synchronously. sign.ts takes the same steps. */
import { encodeText, signMac } from './hmac/node.ts'
import { readIssuance, toSigningInput, type Issuance } from './issuance.ts'
import type { Lifetime, NoExp, NoLifetime, OwnExp, Signable, SignOptions } from './jwt.ts'
import type { JwtKeys } from './key.ts'
import { refuseCallback } from './options.ts'

/** Signs claims that have no `exp`, or, as `SyncSigner<OwnExp>`, claims that have one. */
export type SyncSigner<Exp extends NoExp | OwnExp = NoExp> = <Claims extends object>(
  claims: Signable<Claims> & Exp,
) => string

/**
 * Makes a synchronous signer; otherwise as `createSigner`.
 *
 * @throws {TypeError} as `createSigner` does
 * @example
 * const issue = createSignerSync(key, { expiresIn: '15m', type: 'at+jwt' })
 * const token = issue({ sub: 'u1', role: 'admin' })
 */
export function createSignerSync(keys: JwtKeys, options: Lifetime): SyncSigner
export function createSignerSync(keys: JwtKeys, options?: NoLifetime): SyncSigner<OwnExp>
export function createSignerSync(keys: JwtKeys, options?: SignOptions) {
  refuseCallback(arguments, 2)
  const issuance = readIssuance(keys, options)
  return function issue(claims: object): string {
    if (arguments.length > 1) refuseCallback(arguments, 1)
    return issueSync(claims, issuance)
  }
}

/**
 * Signs claims as a token, synchronously; otherwise as `sign`.
 *
 * @throws {TypeError} and {RangeError} as `sign` does
 * @example
 * const token = signSync({ sub: 'u1', role: 'admin' }, key, { expiresIn: '1h' })
 */
export function signSync<Claims extends object>(
  claims: Signable<Claims> & OwnExp,
  keys: JwtKeys,
  options?: NoLifetime,
): string
export function signSync<Claims extends object>(
  claims: Signable<Claims> & NoExp,
  keys: JwtKeys,
  options: Lifetime,
): string
export function signSync(claims: object, keys: JwtKeys, options?: SignOptions) {
  refuseCallback(arguments, 3)
  return issueSync(claims, readIssuance(keys, options))
}

function issueSync(claims: object, issuance: Issuance): string {
  const signingInput = toSigningInput(claims, issuance, encodeText)
  return `${signingInput}.${signMac(issuance.key, signingInput)}`
}
