/** Signs tokens (RFC 7519 §7.1) on Web Crypto. sign-sync.ts takes the same steps. */
import { signMac } from './hmac/webcrypto.ts'
import { readIssuance, toSigningInput, type Issuance } from './issuance.ts'
import type { Lifetime, NoExp, NoLifetime, OwnExp, Signable, SignOptions } from './jwt.ts'
import type { JwtKeys } from './key.ts'
import { refuseCallback } from './options.ts'
import { encodeUtf8 } from './utf8.ts'

/** Signs claims that have no `exp`, or, as `Signer<OwnExp>`, claims that have one. */
export type Signer<Exp extends NoExp | OwnExp = NoExp> = <Claims extends object>(
  claims: Signable<Claims> & Exp,
) => Promise<string>

/**
 * Makes a signer. Keys and options are read, checked and copied now; the clock is read per token.
 *
 * @returns a function that signs claims as {@link sign} does
 * @throws {TypeError} for a mistake in keys or options
 * @example
 * const issue = createSigner(key, { expiresIn: '15m', type: 'at+jwt' })
 * const token = await issue({ sub: 'u1', role: 'admin' })
 */
export function createSigner(keys: JwtKeys, options: Lifetime): Signer
export function createSigner(keys: JwtKeys, options?: NoLifetime): Signer<OwnExp>
export function createSigner(keys: JwtKeys, options?: SignOptions) {
  refuseCallback(arguments, 2)
  const issuance = readIssuance(keys, options)
  return (claims: object, ...extra: unknown[]): Promise<string> => issue(claims, issuance, extra)
}

/**
 * Signs claims as a token.
 *
 * @param claims any plain object that JSON can represent; it is not changed. `iat` is added if
 * missing; `exp`, `nbf` and `iat` may be seconds or a `Date`, which is cut to whole seconds
 * @param keys the key, or a list whose first key signs
 * @param options `expiresIn`, a duration above 0 or `'never'`, required unless the claims have an
 * `exp`; and {@link SignOptions}
 * @returns the token, in compact form
 * @throws {TypeError} and {RangeError} if a claim has a type that `verify` rejects or JSON cannot
 * represent, if the token is over 65 536 characters, and for a mistake in keys or options
 * @example
 * const token = await sign({ sub: 'u1', role: 'admin' }, key, { expiresIn: '1h' })
 */
export function sign<Claims extends object>(
  claims: Signable<Claims> & OwnExp,
  keys: JwtKeys,
  options?: NoLifetime,
): Promise<string>
export function sign<Claims extends object>(
  claims: Signable<Claims> & NoExp,
  keys: JwtKeys,
  options: Lifetime,
): Promise<string>
export async function sign(claims: object, keys: JwtKeys, options?: SignOptions) {
  refuseCallback(arguments, 3)
  // Stryker disable next-line ArrayDeclaration: extra arguments are ignored, unless a function
  return issue(claims, readIssuance(keys, options), [])
}

async function issue(claims: object, issuance: Issuance, extra: readonly unknown[]) {
  refuseCallback(extra)
  const signingInput = toSigningInput(claims, issuance)
  return `${signingInput}.${await signMac(issuance.key, encodeUtf8(signingInput))}`
}
