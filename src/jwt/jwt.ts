/** A token that was read: one type for a verified one, another for one that was not, so that they cannot be mixed up. */
import type { JwtHeader } from '../jws/header.ts'
import type { JwtKey } from '../keys/key.ts'
import type { JwtClaims, RegisteredClaims } from './claims.ts'

declare const verified: unique symbol

/** What `verify` gives: proof, in the type, that signature and claims were checked. */
export interface VerifiedJwt<Claims extends object = RegisteredClaims> {
  /** The claims; with a schema, the registered ones and its output. */
  readonly claims: Claims
  /** The header, frozen. */
  readonly header: JwtHeader
  /** The key that matched: another than the newest one says that the token should be renewed. */
  readonly key: JwtKey
  /** Only the type has this member. */
  readonly [verified]: true
}

/** What `decodeUnverified` gives: anyone may have written it. */
export interface UnverifiedJwt {
  /** The claims, of which nothing but the registered types was checked. */
  readonly claims: JwtClaims
  /** The header, frozen. */
  readonly header: JwtHeader
  /** Only the type has this member. */
  readonly [verified]: false
}
