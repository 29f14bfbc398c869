/** The options of `authenticate`, read before any request, and its results. */
import type { JwtClaims } from '../claims.ts'
import type { JwtError } from '../errors.ts'
import type { SchemaOptions, VerifiedJwt, VerifyOptions } from '../jwt.ts'
import { defineOptions, readBoolean, readOptions, type OptionsOf } from '../options.ts'
import { readExpectations, VERIFY_OPTIONS } from '../rules.ts'
import type { ClaimsOf, StandardSchema } from '../schema.ts'
import { ORIGIN_OPTIONS, type CrossOriginOptions } from './cross-origin.ts'
import { TOKEN_OPTIONS, type ReadTokensOptions, type TokenSource } from './request.ts'
import { readRealm, type HttpResponse } from './response.ts'

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

/** What to do with a request. It is `anonymous` only if the options say `optional`. */
export type Authentication<Claims extends object, Optional extends boolean = boolean> =
  Authenticated<Claims> | IfOptional<Anonymous>[`${Optional}`] | Preflight | Denied

/** A type that is possible only if the token is optional. */
interface IfOptional<Type> {
  readonly true: Type
  readonly false: never
}

/** Let the request through, with its token. */
export interface Authenticated<Claims extends object> {
  /** The outcome. */
  readonly status: 'authenticated'
  /** The verified token. */
  readonly jwt: VerifiedJwt<Claims>
  /** Where it came from. */
  readonly source: TokenSource
}

/** Let the request through without a token. */
export interface Anonymous {
  /** The outcome. */
  readonly status: 'anonymous'
  /** Always `undefined`. */
  readonly jwt: undefined
}

/** Pass the request to the CORS handler only: a preflight carries no credentials. */
export interface Preflight {
  /** The outcome. */
  readonly status: 'preflight'
}

/** Answer the request with `response`. */
export interface Denied {
  /** The outcome. */
  readonly status: 'denied'
  /** The response: 401, or 403 if a cookie is not accepted on a cross-origin request. */
  readonly response: HttpResponse
  /** Why the token was rejected; `undefined` without a token, or if its cookie is cross-origin. */
  readonly error: JwtError | undefined
}

/** What an adapter passes to its handler: a verified token; `undefined` only if it is optional. */
export type JwtOf<Schema extends StandardSchema = never, Optional extends boolean = false> =
  VerifiedJwt<ClaimsOf<Schema>> | IfOptional<undefined>[`${Optional}`]

const OPTIONS = /* @__PURE__ */ defineOptions({
  verify: [readExpectations, /* @__PURE__ */ readExpectations({})],
  optional: [readBoolean, false],
  isRevoked: [readRevocation, undefined],
  realm: [readRealm, 'jwt'],
  ...TOKEN_OPTIONS.entries,
  ...ORIGIN_OPTIONS.entries,
})

/** The normalized options. */
export type Policy = OptionsOf<typeof OPTIONS>

const HINTS: Readonly<Record<string, string>> = {
  algorithms: 'HS256 is the only algorithm',
  credentialsRequired: 'use optional, which means the opposite',
  .../* @__PURE__ */ Object.fromEntries(
    Object.keys(VERIFY_OPTIONS.entries).map((name) => [name, 'move it into verify']),
  ),
  aud: 'use audience in verify',
  iss: 'use issuer in verify',
  leeway: 'use clockTolerance in verify',
}

/** @throws {TypeError} if an option is unknown, `undefined`, or not valid */
export function readPolicy(options: unknown): Policy {
  return readOptions(options, OPTIONS, HINTS)
}

/** Reads `isRevoked`, whose result must be `true` or `false`: a database row is an error. */
function readRevocation(value: unknown, name: string) {
  if (typeof value !== 'function') throw new TypeError(`${name} must be a function`)
  return async (jwt: VerifiedJwt<object>): Promise<boolean> =>
    readBoolean(await value(jwt), `the result of ${name}`)
}
