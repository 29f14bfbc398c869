/** The answers of a guard: 401 and 403, with the challenge of RFC 6750 §3. */
import { JwtError } from '../errors.ts'
import { expect, readOptions, type Readers } from '../options.ts'

/** An answer: `new Response(answer.body, answer)`, or Node's `writeHead(answer.status, answer.headers).end(answer.body)`. */
export interface HttpResponse {
  /** The status code. */
  readonly status: number
  /** The headers, one value each. */
  readonly headers: Readonly<Record<string, string>>
  /** JSON: `{ error, message }`. */
  readonly body: string
}

/** What a challenge may tell. */
export interface ChallengeOptions {
  /** What is protected, for whoever shows a challenge. Default: `'jwt'`. */
  readonly realm?: string
  /** The scopes that are needed, with one space between them (RFC 6750 §3). Default: none named. */
  readonly scope?: string
}

interface Challenge {
  readonly realm: string
  readonly scope: string | undefined
}

const READERS: Readers<Challenge> = { realm: readRealm, scope: readScope }
const DEFAULTS = (): Challenge => ({ realm: 'jwt', scope: undefined })

/** `scope = scope-token *( SP scope-token )`, `scope-token = 1*( %x21 / %x23-5B / %x5D-7E )` (RFC 6749 §3.3). */
const SCOPE = /^[^ ]+(?: [^ ]+)*$/

/**
 * Writes the value of `WWW-Authenticate` (RFC 6750 §3): the realm always, no `error` where no token came.
 *
 * @param error what `verify` threw; left out where the request had no token
 * @throws {TypeError} where the error is not of this library, or an option would break the header
 * @example
 * challenge() // → 'Bearer realm="jwt"'
 */
export function challenge(error?: JwtError, options?: ChallengeOptions): string {
  expect(error === undefined || error instanceof JwtError, 'error', 'a JwtError')
  return write(readOptions(options, READERS, DEFAULTS), error && 'invalid_token', error?.message)
}

/**
 * Answers 401 (RFC 6750 §3.1). The body tells an expired token (`token_expired`) from another that is refused (`invalid_token`) and
 * from none at all (`missing_token`): an expired one is worth a renewal, the others are not.
 *
 * @param error what `verify` threw; left out where the request had no token
 * @throws {TypeError} where the error is not of this library, or an option would break the header
 * @example
 * const { status, headers, body } = unauthorized()
 */
export function unauthorized(error?: JwtError, options?: ChallengeOptions): HttpResponse {
  const header = challenge(error, options)
  if (!error) return answer(401, 'missing_token', 'no token came, or more than one where one is expected', header)
  return answer(401, error.code === 'ERR_JWT_EXPIRED' ? 'token_expired' : 'invalid_token', error.message, header)
}

/**
 * Answers 403: the token is good, but does not allow this (RFC 6750 §3.1, `insufficient_scope`).
 *
 * @throws {TypeError} where an option would break the header
 * @example
 * const { status } = forbidden({ scope: 'reports:read' })
 */
export function forbidden(options?: ChallengeOptions): HttpResponse {
  const error = 'insufficient_scope'
  return answer(403, error, 'the token does not allow this', write(readOptions(options, READERS, DEFAULTS), error))
}

/** Answers with an error, in JSON that nobody keeps. */
export function answer(status: number, error: string, message: string, header?: string): HttpResponse {
  const headers = { 'Cache-Control': 'no-store', 'Content-Type': 'application/json' }
  return {
    status,
    headers: header === undefined ? headers : { 'WWW-Authenticate': header, ...headers },
    body: JSON.stringify({ error, message }),
  }
}

function write({ realm, scope }: Challenge, error?: string, message?: string): string {
  // error_description = *( %x20-21 / %x23-5B / %x5D-7E ); a message may hold the name of a claim, which may hold anything
  const description = message?.replaceAll(/[^ !#-[\]-~]/g, '?')
  const parameters = Object.entries({ realm, scope, error, error_description: description })
  return `Bearer ${parameters.flatMap(([name, value]) => (value === undefined ? [] : `${name}="${value}"`)).join(', ')}`
}

function readScope(value: unknown, name: string): string {
  expect(SCOPE.test(readRealm(value, name)), name, 'scopes with one space between them')
  return value as string // or `readRealm` would have refused it
}

/** Reads the option `realm`: what can stand between quotes without escapes. */
export function readRealm(value: unknown, name: string): string {
  expect(typeof value === 'string' && /^[ !#-[\]-~]+$/.test(value), name, 'printable ASCII without quotes and backslashes')
  return value
}
