/** Verifies a token (RFC 7519 §7.2), on `node:crypto`. */
import { verifyMac } from '../hmac/node.ts'
import type { JwtHeader } from '../jws/header.ts'
import type { JwtKeys } from '../keys/key-list.ts'
import type { VerifyArguments } from './expectations.ts'
import type { VerifiedJwt } from './jwt.ts'
import type { ClaimsOf, StandardSchema } from './schema.ts'
import { readDemands, verification } from './verification.ts'

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
  const steps = verification<Schema>(token, () => readDemands(keys, options), verifyMac)
  let step = steps.next()
  while (!step.done) step = steps.next(expectSettled(step.value))
  return step.value
}

function expectSettled(value: unknown): unknown {
  if (typeof (Object(value) as { readonly then?: unknown }).then !== 'function') return value
  Promise.resolve(value).catch(() => {}) // nobody waits for it, so its failure must not end the process
  throw new TypeError('key function or schema gave a promise, which verifySync cannot wait for: use verify instead')
}
