/** The steps of verification (RFC 7519 §7.2), top to bottom, over either engine: `verify` waits where they pause, `verifySync` cannot. */
import { JwtKeyNotFoundError, JwtSignatureError } from '../errors.ts'
import { split } from '../jws/compact.ts'
import { expectHs256, type JwtHeader } from '../jws/header.ts'
import { fits, readFound, readKeys, type JwtKeys } from '../keys/key-list.ts'
import type { JwtKey } from '../keys/key.ts'
import { decodeClaims } from './claims.ts'
import { readExpectations, type Expectations } from './expectations.ts'
import type { VerifiedJwt } from './jwt.ts'
import { judge } from './rules.ts'
import { applyResult, type ClaimsOf, type StandardSchema } from './schema.ts'

/** How an engine compares the MAC of a text, in constant time. */
export type VerifyMac = (key: JwtKey, input: Uint8Array<ArrayBuffer>, mac: Uint8Array<ArrayBuffer>) => boolean | Promise<boolean>

/** What a token is verified against, as read: nobody changes it any more. */
export interface Demands {
  readonly expected: Expectations
  readonly known: readonly JwtKey[] | ((header: JwtHeader) => unknown)
}

/**
 * Reads keys and options.
 * @throws {TypeError} and {RangeError} for a mistake in them
 */
export function readDemands(keys: JwtKeys | ((header: JwtHeader) => unknown), options: unknown): Demands {
  return { expected: readExpectations(options), known: readKnown(keys) }
}

/**
 * Reads keys, unless a function finds them later.
 * @throws {TypeError} for a mistake in them
 */
export function readKnown(keys: JwtKeys | ((header: JwtHeader) => unknown)): Demands['known'] {
  return typeof keys === 'function' ? keys : readKeys(keys, 'verify')
}

/**
 * Verifies a token. Each `yield` gives what may be a promise, and goes on with what it is a promise of.
 */
export function* verification<Schema extends StandardSchema>(
  token: string,
  demand: () => Demands,
  verifyMac: VerifyMac,
): Generator<unknown, VerifiedJwt<ClaimsOf<Schema>>, unknown> {
  const { expected, known } = demand()

  const jws = split(token, expected.maxLength)
  expectHs256(jws.header)

  const found = typeof known === 'function' ? readFound(yield known(jws.header)) : known
  let isKnown = false
  let signer: JwtKey | undefined
  for (const key of found) {
    if (!fits(key, jws.header)) continue
    isKnown = true
    const matches = verifyMac(key, jws.signingInput, jws.mac)
    if (matches === true || (matches !== false && (yield matches) === true)) {
      signer = key
      break
    }
  }
  if (!isKnown) throw new JwtKeyNotFoundError('no key fits the token')
  if (!signer) throw new JwtSignatureError('token signature does not match')

  const typed = decodeClaims(jws.payload)
  judge(typed, expected, jws.header)
  const claims = expected.schema ? applyResult(typed, yield expected.schema(decodeClaims(jws.payload).claims)) : typed.claims // it gets claims of its own
  return { claims, header: jws.header, key: signer } as VerifiedJwt<ClaimsOf<Schema>> // all six steps are behind us
}
