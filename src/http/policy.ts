/** The types of a guard: its options and its outcomes. */
import type { JwtClaims } from '../claims.ts'
import type { JwtError } from '../errors.ts'
import type { SchemaOptions, VerifiedJwt, VerifyOptions } from '../jwt.ts'
import type { ClaimsOf, StandardSchema } from '../schema.ts'
import type { CrossOriginOptions } from './cross-origin.ts'
import type { ReadTokensOptions, TokenSource } from './tokens.ts'

/** Options of `authenticate`, except `verify`. */
export interface GuardOptions<Claims extends object = JwtClaims, Optional extends boolean = boolean>
  extends ReadTokensOptions, CrossOriginOptions {
  /** Whether a request without a token passes; a rejected token never does. Default: `false`. */
  readonly optional?: Optional
  /**
   * Tells whether a verified token was revoked; with a schema, it gets the claims after it. Its
   * errors are passed on: an outage is neither a 401 nor a pass. Default: none is revoked.
   */
  readonly isRevoked?: (jwt: VerifiedJwt<Claims>) => boolean | Promise<boolean>
  /** What is protected, for the challenge. Default: `'jwt'`. */
  readonly realm?: string
}

/**
 * Options of `authenticate`, including those of `verify`. If `Schema` is given, `verify.schema` is
 * required: a type alone validates nothing.
 */
export type AuthenticateOptions<
  Schema extends StandardSchema = never,
  Optional extends boolean = boolean,
> = GuardOptions<ClaimsOf<Schema>, Optional> &
  ([Schema] extends [never]
    ? { readonly verify?: VerifyOptions }
    : { readonly verify: SchemaOptions<Schema> })

/**
 * What to do with a request. `response` is `null` only if the handler may run. The status is
 * `anonymous` only if `optional` is set.
 */
export type Authentication<Claims extends object, Optional extends boolean = boolean> =
  Authenticated<Claims> | IfOptional<Anonymous>[`${Optional}`] | Preflight | Denied

/** A type that is possible only if the token is optional. */
interface IfOptional<Type> {
  readonly true: Type
  readonly false: never
}

/** Why a request is answered with `response`. */
export type GuardReason =
  'missing_token' | 'token_expired' | 'invalid_token' | 'cross_origin' | 'preflight'

/** An outcome: all of them have these members. */
export interface Outcome<Status, Jwt, Source, Answer, Reason, Cause> {
  /** The outcome. */
  readonly status: Status
  /** The verified token, or `undefined`. */
  readonly jwt: Jwt
  /** Where it came from, or `undefined`. */
  readonly source: Source
  /** `null` if the handler may run; otherwise what to answer: 401, 403, or 204 for a preflight. */
  readonly response: Answer
  /** Why, as in the body of the response; `undefined` if the handler may run. */
  readonly reason: Reason
  /** Why the token was rejected; `undefined` without a token, or if its cookie is cross-origin. */
  readonly error: Cause
}

/** Let the request through, with its token. */
export type Authenticated<Claims extends object> = Outcome<
  'authenticated',
  VerifiedJwt<Claims>,
  TokenSource,
  null,
  undefined,
  undefined
>

/** Let the request through without a token. */
export type Anonymous = Outcome<'anonymous', undefined, undefined, null, undefined, undefined>

/** Answer the request with `response`. */
export type Denied = Outcome<
  'denied',
  undefined,
  undefined,
  HttpResponse,
  Exclude<GuardReason, 'preflight'>,
  JwtError | undefined
>

/** Answer a CORS preflight with `response`, to which you may add CORS headers. */
export type Preflight = Outcome<
  'preflight',
  undefined,
  undefined,
  NoContent,
  'preflight',
  undefined
>

/** A response: pass it to `new Response(response.body, response)`, or to Node's `writeHead`. */
export interface HttpResponse {
  /** The status code. */
  readonly status: number
  /** The headers, one value each. */
  readonly headers: Readonly<Record<string, string>>
  /** JSON: `{ error, message }`. */
  readonly body: string
}

/** The response to a preflight, which permits nothing. */
export interface NoContent {
  /** The status code. */
  readonly status: 204
  /** The headers: none. */
  readonly headers: Readonly<Record<string, string>>
  /** No body. */
  readonly body: null
}
