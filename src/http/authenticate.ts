/** The decisions of a guard, in order; the same for every framework. */
import type { JwtClaims } from '../claims.ts'
import { JwtClaimError, JwtError } from '../errors.ts'
import type { VerifiedJwt } from '../jwt.ts'
import { readKeys, type JwtKey, type JwtKeys, type KeyFinder } from '../key.ts'
import { refuseCallback } from '../options.ts'
import type { ClaimsOf, StandardSchema } from '../schema.ts'
import { verifyToken } from '../verify.ts'
import { comesFromElsewhere, isPreflight } from './cross-origin.ts'
import { readPolicy, type AuthenticateOptions, type Authentication } from './policy.ts'
import type { Denied, GuardOptions, Policy } from './policy.ts'
import { findTokens, readHeaders, type HttpRequest } from './request.ts'
import { answer, answerUnauthorized } from './response.ts'

/** Decides about a request with the keys and options that were passed to `createGuard`. */
export type Guard<Claims extends object = JwtClaims, Optional extends boolean = false> = (
  request: HttpRequest,
) => Promise<Authentication<Claims, Optional>>

/**
 * Makes a guard. Keys and options are read, checked and copied now, so that a mistake stops the
 * program at start-up; the clock is read per request.
 *
 * @returns a function that decides about a request as {@link authenticate} does
 * @throws {TypeError} for a mistake in keys or options
 * @example
 * const guard = createGuard(key, { verify: { audience: 'orders' } })
 * const result = await guard(request)
 */
export function createGuard<Schema extends StandardSchema, Optional extends boolean = false>(
  keys: JwtKeys | KeyFinder,
  options: AuthenticateOptions<Schema, Optional>,
): Guard<ClaimsOf<Schema>, Optional>
export function createGuard<Optional extends boolean = false>(
  keys: JwtKeys | KeyFinder,
  options?: AuthenticateOptions<never, Optional>,
): Guard<JwtClaims, Optional>
export function createGuard(keys: JwtKeys | KeyFinder, options?: object): Guard<object, boolean> {
  refuseCallback(arguments, 2)
  const policy = readPolicy(options)
  const known = typeof keys === 'function' ? keys : readKeys(keys, 'verify')
  return (request, ...extra: unknown[]) => decide(request, known, policy, extra)
}

/**
 * Decides about a request, in this order:
 *
 * 1. A CORS preflight is let through: it carries no credentials.
 * 2. Tokens are read from the cookie and `Authorization`. A request without any is anonymous if
 *      `optional` is set, and otherwise denied.
 * 3. The first token that verifies is used, so a stale cookie does not mask a good header. If none
 *      does, the first token's error is reported.
 * 4. A cookie on an unsafe cross-origin request is rejected: 403. See {@link isCrossOrigin}.
 * 5. A revoked token is rejected.
 *
 * @param request its method and headers: a Fetch `Request`, or Node's `{ method, headers:
 * request.headersDistinct }`
 * @param keys as for `verify`
 * @throws {TypeError} for a mistake in request, keys or options. Errors of `isRevoked`, the schema
 * and the key function are passed on, but a {@link JwtError} of the latter rejects the token
 * @example
 * const result = await authenticate(request, key, { verify: { audience: 'orders' } })
 */
export function authenticate<Schema extends StandardSchema, Optional extends boolean = false>(
  request: HttpRequest,
  keys: JwtKeys | KeyFinder,
  options: AuthenticateOptions<Schema, Optional>,
): Promise<Authentication<ClaimsOf<Schema>, Optional>>
export function authenticate<Optional extends boolean = false>(
  request: HttpRequest,
  keys: JwtKeys | KeyFinder,
  options?: AuthenticateOptions<never, Optional>,
): Promise<Authentication<JwtClaims, Optional>>
export async function authenticate(
  request: HttpRequest,
  keys: JwtKeys | KeyFinder,
  options?: GuardOptions,
): Promise<Authentication<object>> {
  refuseCallback(arguments, 3)
  return createGuard(keys, options)(request)
}

async function decide(
  request: HttpRequest,
  known: readonly JwtKey[] | KeyFinder,
  policy: Policy,
  extra: readonly unknown[],
): Promise<Authentication<object>> {
  refuseCallback(extra)
  const method = request?.method
  if (typeof method !== 'string')
    throw new TypeError(
      "request has no method: pass the request itself, not its headers or a framework's context",
    )
  const now = policy.verify.now() // read once, so that all tokens are checked at the same time
  const read = readHeaders(request.headers)
  if (isPreflight(method, read)) return { status: 'preflight' }

  const tokens = findTokens(read, policy)
  if (tokens.length === 0 && policy.optional) return { status: 'anonymous', jwt: undefined }

  let firstError: JwtError | undefined
  for (const { token, source } of tokens) {
    let jwt: VerifiedJwt<object>
    try {
      jwt = await verifyToken(token, known, policy.verify, [], now)
    } catch (error) {
      if (!(error instanceof JwtError)) throw error
      firstError ??= error
      continue
    }
    if (source === 'cookie' && comesFromElsewhere(method, read, policy.trustedOrigins)) {
      const message = 'the cookie is not accepted on a cross-origin request'
      return { status: 'denied', response: answer(403, 'cross_origin', message), error: undefined }
    }
    if (await policy.isRevoked?.(jwt)) return denied(revokedError(jwt), policy)
    return { status: 'authenticated', jwt, source }
  }
  return denied(firstError, policy)
}

function revokedError({ claims }: VerifiedJwt<object>): JwtClaimError {
  const details = { claim: undefined, reason: 'invalid', claims: { ...claims } } as const
  return new JwtClaimError('token is revoked', details)
}

function denied(cause: JwtError | JwtClaimError | undefined, { realm }: Policy): Denied {
  const error = cause instanceof JwtError ? cause : undefined
  const response = answerUnauthorized(error, { realm, scope: undefined })
  return { status: 'denied', response, error }
}
