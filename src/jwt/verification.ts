/** The steps of verification (RFC 7519 §7.2), top to bottom, over either engine: `verify` waits where they pause, `verifySync` cannot. */
import { JwtSignatureError } from '../errors.ts'
import { split } from '../jws/compact.ts'
import { expectHs256, type JwtHeader } from '../jws/header.ts'
import { readFound, readKeys, selectKeys, type JwtKeys } from '../keys/key-list.ts'
import type { JwtKey } from '../keys/key.ts'
import { own } from '../options.ts'
import { decodeClaims } from './claims.ts'
import { readExpectations } from './expectations.ts'
import type { VerifiedJwt } from './jwt.ts'
import { judge } from './rules.ts'
import { applyResult, type ClaimsOf, type StandardSchema } from './schema.ts'

/** How an engine compares the MAC of a text, in constant time. */
export type VerifyMac = (key: JwtKey, input: string, mac: Uint8Array<ArrayBuffer>) => boolean | Promise<boolean>

/**
 * Verifies a token. Each `yield` gives what may be a promise, and goes on with what it is a promise of.
 */
export function* verification<Schema extends StandardSchema>(
  token: string,
  keys: JwtKeys | ((header: JwtHeader) => unknown),
  options: unknown,
  verifyMac: VerifyMac,
): Generator<unknown, VerifiedJwt<ClaimsOf<Schema>>, unknown> {
  const expected = readExpectations(options)
  const known = typeof keys === 'function' ? keys : readKeys(keys, 'verify')

  const jws = split(token, expected.maxLength)
  expectHs256(jws.header)

  const found = typeof known === 'function' ? readFound(yield known(jws.header)) : known
  let signer: JwtKey | undefined
  for (const key of selectKeys(found, own(jws.header, 'kid'))) {
    if ((yield verifyMac(key, jws.signingInput, jws.mac)) !== true) continue
    signer = key
    break
  }
  if (!signer) throw new JwtSignatureError('token signature does not match')

  const claims = decodeClaims(jws.payload)
  judge(claims, expected, jws.header)
  const typed = expected.schema ? applyResult(claims, yield expected.schema(decodeClaims(jws.payload))) : claims // it gets claims of its own
  return { claims: typed, header: jws.header, key: signer } as VerifiedJwt<ClaimsOf<Schema>> // all six steps are behind us
}
