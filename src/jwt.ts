/** Types of tokens, verified or not, and of what `verify` and `sign` take. */
import type { JwtClaims, RegisteredClaims } from './claims.ts'
import type { JwtHeader } from './jws.ts'
import type { JwtKey } from './key.ts'
import type { StandardSchema } from './schema.ts'
import type { Duration, Instant } from './time.ts'

/** The result of `verify`: its type proves that signature and claims were checked. */
export interface VerifiedJwt<Claims extends object = RegisteredClaims> {
  /** The claims, the caller's own; with a schema, its output and the registered claims. */
  readonly claims: Claims
  /** The header, frozen. */
  readonly header: JwtHeader
  /**
   * The key that made the MAC, or one with the same secret. If it is not your newest one, renew the
   * token.
   */
  readonly key: JwtKey
  /** Type-only. A string, so that the types of the ESM and the CommonJS build are the same. */
  readonly '~verified': true
}

/** The result of `decodeUnverified`: anyone may have written the token. */
export interface UnverifiedJwt {
  /** The claims, the caller's own. Only the types of registered claims were checked. */
  readonly claims: JwtClaims
  /** The header, frozen. */
  readonly header: JwtHeader
  /** Type-only. */
  readonly '~verified': false
}

/** Options of `verify`. An expected claim is required. (policy) marks rules beyond the RFCs. */
export interface VerifyOptions<Schema extends StandardSchema = never> {
  /** Accepted issuers: `iss` must be one of them (RFC 7519 §4.1.1). Default: any. */
  readonly issuer?: string | readonly string[]
  /** Names of the verifier: `aud` must have one (RFC 7519 §4.1.3). Default: no `aud` allowed. */
  readonly audience?: string | readonly string[]
  /** Whether to accept any `aud`; excludes `audience`. Default: `false`. */
  readonly ignoreAudience?: boolean
  /** The subject: `sub` must be this (RFC 7519 §4.1.2). Default: any. */
  readonly subject?: string
  /** The kind of token: its `typ`, compared as a media type (RFC 7515 §4.1.9). Default: any. */
  readonly type?: string
  /** Names of further claims that the token must have (policy). Default: none. */
  readonly required?: string | readonly string[]
  /** Whether the token must have an `exp` (policy, beyond RFC 7519 §4.1.4). Default: `true`. */
  readonly requireExp?: boolean
  /** The maximum age, counted from `iat`, which becomes required (policy). Default: none. */
  readonly maxAge?: Duration
  /** How far clocks may differ, at most 600 s; an `iat` may always be 60 s ahead. Default: 0. */
  readonly clockTolerance?: Duration
  /** The maximum length of a token, in characters (policy). Default: 65,536. */
  readonly maxLength?: number
  /** The clock, read once per token. Default: the system's. */
  readonly now?: () => Instant
  /** A Standard Schema v1 for all claims. Default: none; unregistered ones are `unknown`. */
  readonly schema?: Schema
}

/** An option of `createVerifier`, `createVerifierSync` and `createGuard`. */
export interface RememberOption {
  /**
   * The size of a memory of tokens whose MAC was valid, about in bytes: 0, or an integer from 4096
   * to 2^30. A token is remembered from its second appearance on, with its claims; its MAC is then
   * not computed again. Everything else is checked each time. Default: 0.
   */
  readonly remember?: number
}

/** A claim that `allowMistyped` may name. */
export type Mistypable = 'iss' | 'sub' | 'iat' | 'jti'

/** The options of `verify` with a schema. */
export type SchemaOptions<Schema extends StandardSchema> = VerifyOptions<Schema> & {
  readonly schema: Schema
  /**
   * Claims whose type may break RFC 7519, such as a numeric `sub` (policy). Only the schema gets
   * such a claim, and the result has it only if the schema returns it. Return a string that no
   * other issuer can write, or `1` and `'1'` become one subject. Default: none.
   */
  readonly allowMistyped?: Mistypable | readonly Mistypable[]
}

/** Options of `sign`, except the lifetime. */
export interface SignOptions {
  /** How long until the token becomes valid: sets `nbf`. Default: no `nbf`. */
  readonly notBefore?: Duration
  /** The kind of token: `typ`, so that one kind cannot pass for another. Default: `'JWT'`. */
  readonly type?: string
  /** More header parameters: of RFC 7515 only `cty`, which must not be `JWT`. Default: none. */
  readonly header?: Readonly<Record<string, unknown>>
  /** The clock, read once per token. Default: the system's. */
  readonly now?: () => Instant
}

/** The options of `sign` for claims that have no `exp`. */
export interface Lifetime extends SignOptions {
  /** Sets `exp`: 1 s or more from now, or `'never'` for a token without `exp`. Required. */
  readonly expiresIn: Duration | 'never'
}

/** The options of `sign` for claims that have an `exp` of their own. */
export interface NoLifetime extends SignOptions {
  /** Must be left out. */
  readonly expiresIn?: never
}

/** Claims that have no `exp`: `expiresIn` sets it. */
export interface NoExp {
  /** Must be left out. */
  readonly exp?: never
}

/** Claims that have an `exp` of their own. */
export interface OwnExp {
  /** A `Date`, a `Temporal.Instant`, or seconds since 1970. */
  readonly exp: number | Instant
}

/** The types of registered claims in `sign`: a time may be a `Date` or a `Temporal.Instant`. */
export type SignableClaims = Readonly<Record<PropertyKey, unknown>> &
  Required<Omit<RegisteredClaims, 'exp' | 'nbf' | 'iat'>> &
  Readonly<Record<'exp' | 'nbf' | 'iat', number | Instant>>

/** Claims for `sign`: each registered one has the right type, and is not `undefined`. */
export type Signable<Claims> = Claims & { readonly [Name in keyof Claims]: SignableClaims[Name] }
