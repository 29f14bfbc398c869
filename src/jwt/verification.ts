/** The steps of verification (RFC 7519 §7.2): `verify` and `verifySync` take the same ones, and differ in who waits for what. */
import { JwtSignatureError } from '../errors.ts'
import { split, type Jws } from '../jws/compact.ts'
import { expectHs256, type JwtHeader } from '../jws/header.ts'
import { readKeys, type JwtKeys } from '../keys/key-list.ts'
import type { JwtKey } from '../keys/key.ts'
import { decodeClaims, type TypedClaims } from './claims.ts'
import { readExpectations, type Expectations } from './expectations.ts'
import { judge } from './rules.ts'

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
 * Splits a token, and judges its shape and its header.
 * @throws {JwtMalformedError} where it is no well-formed JWT
 * @throws {JwtAlgorithmError} where its algorithm is another one
 */
export function splitHs256(token: unknown, { maxLength }: Expectations): Jws {
  const jws = split(token, maxLength)
  expectHs256(jws.header)
  return jws
}

/** @throws {JwtSignatureError} where no key has made the MAC */
export function expectSigner(key: JwtKey | undefined): JwtKey {
  if (!key) throw new JwtSignatureError('token signature does not match')
  return key
}

/**
 * Decodes the claims, and judges their types and what they say.
 * @throws {JwtMalformedError} where the payload is no JSON object
 * @throws {JwtClaimError} where a claim is refused
 */
export function judgeClaims({ payload, header }: Jws, expected: Expectations): TypedClaims {
  const typed = decodeClaims(payload)
  judge(typed, expected, header)
  return typed
}
