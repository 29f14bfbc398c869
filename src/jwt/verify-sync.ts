/** Verifies a token (RFC 7519 §7.2), on `node:crypto`. */
import { verifyMac } from '../hmac/node.ts'
import type { JwtHeader } from '../jws/header.ts'
import { expectFitting, readFound, type JwtKeys } from '../keys/key-list.ts'
import type { VerifyArguments } from './expectations.ts'
import type { VerifiedJwt } from './jwt.ts'
import { applyResult, type ClaimsOf, type StandardSchema } from './schema.ts'
import { expectSigner, judgeClaims, readDemands, splitHs256 } from './verification.ts'

/**
 * Verifies a token, at once: `verify` without the promise, which takes the same steps and throws the same errors.
 *
 * @param token a compact JWT, without `Bearer`
 * @param keys a key, 1 to 16 keys, or a function that finds them by the header; `undefined` from it means that there is none
 * @param options what is expected of the token: `VerifyOptions`
 * @returns claims, header and the key that matched
 * @throws {JwtError} as `verify` does
 * @throws {TypeError} and {RangeError} for a mistake in keys or options, and where the key function or the schema gives a promise
 * @example
 * const { claims } = verifySync(token, key, { issuer: 'https://auth.example', audience: 'orders' })
 */
export function verifySync<Schema extends StandardSchema = StandardSchema>(
  token: string,
  keys: JwtKeys | ((header: JwtHeader) => JwtKeys | undefined),
  ...[options]: VerifyArguments<Schema>
): VerifiedJwt<ClaimsOf<Schema>> {
  const { expected, known } = readDemands(keys, options)
  const jws = splitHs256(token, expected)

  const found = typeof known === 'function' ? readFound(expectSettled(known(jws.header))) : known
  const key = expectSigner(expectFitting(found, jws.header).find((candidate) => verifyMac(candidate, jws.signingInput, jws.mac)))

  const typed = judgeClaims(jws, expected)
  const claims = expected.schema ? applyResult(typed, expectSettled(expected.schema(jws.payload))) : typed.claims
  return { claims, header: jws.header, key } as VerifiedJwt<ClaimsOf<Schema>> // all steps are behind us
}

/**
 * Refuses a promise.
 * @throws {TypeError} where the value is one, or may be
 */
function expectSettled(value: unknown): unknown {
  if (typeof (Object(value) as { readonly then?: unknown }).then !== 'function') return value
  Promise.resolve(value).catch(() => {}) // nobody waits for it, so its failure must not end the process
  throw new TypeError('key function or schema gave a promise, which verifySync cannot wait for: use verify instead')
}
