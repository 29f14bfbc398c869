/** The responses of a guard: 401 and 403, with the challenge of RFC 6750 §3. */
import { JwtError, type JwtClaimError } from '../errors.ts'
import { defineOptions, matching, readOptions, refuseCallback } from '../options.ts'
import type { OptionsOf } from '../options.ts'
import type { Denied, HttpResponse, Preflight } from './policy.ts'

/** Options of a challenge. */
export interface ChallengeOptions {
  /** What is protected, for clients that display a challenge. Default: `'jwt'`. */
  readonly realm?: string
  /** The required scopes, separated by single spaces (RFC 6750 §3). Default: none. */
  readonly scope?: string
}

/** Reads a realm, which must need no escapes in a quoted string (RFC 9110 §5.6.4). */
export const readRealm = /* @__PURE__ */ matching(
  /^[ !#-[\]-~]+$/,
  'printable ASCII without quotes or backslashes',
)

/** `scope = scope-token *( SP scope-token )` (RFC 6749 §3.3). */
const SCOPE = /^[!#-[\]-~]+(?: [!#-[\]-~]+)*$/

const readScope = /* @__PURE__ */ matching(
  SCOPE,
  'a space-separated list of scopes in printable ASCII, without quotes or backslashes',
)

const OPTIONS = /* @__PURE__ */ defineOptions({
  realm: [readRealm, 'jwt'],
  scope: [readScope, undefined],
})

/** The normalized options of a challenge. */
type Challenge = OptionsOf<typeof OPTIONS>

/**
 * Writes the value of `WWW-Authenticate` (RFC 6750 §3). It always has the realm, and an `error`
 * only for a rejected token.
 *
 * @param error what `verify` threw; left out if the request had no token
 * @throws {TypeError} if the error is not one of this library, or an option would break the header
 * @example
 * challenge() // → 'Bearer realm="jwt"'
 */
export function challenge(error?: JwtError, options?: ChallengeOptions): string {
  refuseCallback(arguments, 2)
  requireJwtError(error)
  return writeChallenge(readOptions(options, OPTIONS), error && 'invalid_token', error?.message)
}

/**
 * Responds with 401 (RFC 6750 §3.1). The `error` in the body is `token_expired`, `invalid_token`
 * or `missing_token`; only an expired token is worth renewing.
 *
 * @param error what `verify` threw; left out if the request had no token
 * @throws {TypeError} if the error is not one of this library, or an option would break the header
 * @example
 * const { status, headers, body } = unauthorized()
 */
export function unauthorized(error?: JwtError, options?: ChallengeOptions): HttpResponse {
  refuseCallback(arguments, 2)
  requireJwtError(error)
  return answerUnauthorized(error, readOptions(options, OPTIONS))
}

/** Responds with 401 and a challenge made of checked options. */
function answerUnauthorized(error: JwtError | undefined, parts: Challenge): HttpResponse {
  const header = writeChallenge(parts, error && 'invalid_token', error?.message)
  const message = error?.message ?? 'the token is missing or ambiguous'
  return answer(401, reasonOf(error), message, header)
}

/** The reason of a 401, as its body has it. */
function reasonOf(error: JwtError | undefined) {
  if (error === undefined) return 'missing_token'
  return error.code === 'ERR_JWT_EXPIRED' ? 'token_expired' : 'invalid_token'
}

/**
 * Responds with 403: the token is good, but does not allow this (`insufficient_scope`, RFC 6750).
 *
 * @throws {TypeError} if an option would break the header
 * @example
 * const { status } = forbidden({ scope: 'reports:read' })
 */
export function forbidden(options?: ChallengeOptions): HttpResponse {
  refuseCallback(arguments, 1)
  const error = 'insufficient_scope'
  const header = writeChallenge(readOptions(options, OPTIONS), error)
  return answer(403, error, 'the token does not allow this', header)
}

function requireJwtError(error: unknown): void {
  if (error === undefined || error instanceof JwtError) return
  throw new TypeError('error must be a JwtError')
}

/** Builds a response with an uncacheable JSON error. */
function answer(status: number, error: string, message: string, header?: string) {
  const headers = { 'Cache-Control': 'no-store', 'Content-Type': 'application/json' }
  return {
    status,
    headers: header === undefined ? headers : { 'WWW-Authenticate': header, ...headers },
    body: JSON.stringify({ error, message }),
  }
}

function writeChallenge({ realm, scope }: Challenge, error?: string, message?: string): string {
  // error_description = *( %x20-21 / %x23-5B / %x5D-7E ); a claim's name may contain anything
  const description = message?.replaceAll(/[^ !#-[\]-~]/g, '?')
  const parameters = Object.entries({ realm, scope, error, error_description: description })
  const present = parameters.filter(([, value]) => value !== undefined)
  return `Bearer ${present.map(([name, value]) => `${name}="${value}"`).join(', ')}`
}

/** What all outcomes with a response have in common. */
const ANSWERED = { jwt: undefined, source: undefined, error: undefined } as const

/** The outcome for a preflight. */
export function preflight(): Preflight {
  const response = { status: 204, headers: {}, body: null } as const
  return { ...ANSWERED, status: 'preflight', response, reason: 'preflight' }
}

/** The outcome for a cookie on a cross-origin request. */
export function crossOrigin(): Denied {
  const message = 'the cookie is not accepted on a cross-origin request'
  const response = answer(403, 'cross_origin', message)
  return { ...ANSWERED, status: 'denied', response, reason: 'cross_origin' }
}

/** The outcome for a token that is missing or rejected. */
export function denied(cause: JwtError | JwtClaimError | undefined, realm: string): Denied {
  const error = cause instanceof JwtError ? cause : undefined
  const response = answerUnauthorized(error, { realm, scope: undefined })
  return { ...ANSWERED, status: 'denied', response, reason: reasonOf(error), error }
}
