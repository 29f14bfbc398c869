/** The decisions of a guard, in order; the same for every framework. */
import type { JwtClaims } from '../claims.ts'
import { JwtClaimError, JwtError } from '../errors.ts'
import { hintsInto } from '../hints.ts'
import type { RememberOption, VerifiedJwt } from '../jwt.ts'
import { readKnown, type JwtKey, type JwtKeys, type KeyFinder } from '../key.ts'
import { createMemory, REMEMBER_OPTION, type Memory } from '../memory.ts'
import { defineOptions, joinOptions, readBoolean, readOptions } from '../options.ts'
import { refuseCallback, type OptionsOf } from '../options.ts'
import { readExpectations, VERIFY_OPTIONS } from '../expectations.ts'
import type { ClaimsOf, StandardSchema } from '../schema.ts'
import { verifyToken } from '../verify.ts'
import { comesFromElsewhere, isPreflight, ORIGIN_OPTIONS } from './cross-origin.ts'
import type { AuthenticateOptions, Authentication, GuardOptions } from './policy.ts'
import { readRequest, type HttpRequest, type NodeRequest } from './request.ts'
import { crossOrigin, denied, preflight, readRealm } from './response.ts'
import { findTokens, TOKEN_OPTIONS } from './tokens.ts'

/** Decides about a request with the keys and options that were passed to `createGuard`. */
export type Guard<Claims extends object = JwtClaims, Optional extends boolean = false> = (
  request: HttpRequest | NodeRequest,
) => Promise<Authentication<Claims, Optional>>

/**
 * Makes a guard. Keys and options are read, checked and copied now, so that a mistake stops the
 * program at start-up; the clock is read per request.
 *
 * @returns a function that decides about a request as {@link authenticate} does
 * @throws {TypeError} for a mistake in keys or options
 * @example
 * const guard = createGuard(key, { verify: { audience: 'orders' } })
 * const { jwt, response } = await guard(request)
 */
export function createGuard<Schema extends StandardSchema, Optional extends boolean = false>(
  keys: JwtKeys | KeyFinder,
  options: AuthenticateOptions<Schema, Optional> & RememberOption,
): Guard<ClaimsOf<Schema>, Optional>
export function createGuard<Optional extends boolean = false>(
  keys: JwtKeys | KeyFinder,
  options?: AuthenticateOptions<never, Optional> & RememberOption,
): Guard<JwtClaims, Optional>
export function createGuard(keys: JwtKeys | KeyFinder, options?: object): Guard<object, boolean> {
  refuseCallback(arguments, 2)
  const policy = readOptions(options, PREPARED, HINTS)
  const memory = createMemory(policy.remember)
  const known = readKnown(keys)
  return (request, ...extra) => decide(request, known, policy, memory, extra)
}

/**
 * Decides about a request, in this order:
 *
 * 1. A CORS preflight carries no credentials: it is answered with 204, which permits nothing.
 * 2. A request without a token is anonymous if `optional` is set, and otherwise denied.
 * 3. The first token that verifies is used, even if it is not the first of the request. If none
 *      does, the first error is reported.
 * 4. A cookie on an unsafe cross-origin request is rejected: 403. See {@link isCrossOrigin}.
 * 5. A revoked token is rejected.
 *
 * A {@link JwtError} of the key function or the schema counts as an error of the token, in step 3.
 * Their other errors, and those of `isRevoked`, are passed on: an outage is no 401 and no pass.
 * @param request a Fetch `Request`, Node's own request, or an object with `method` and `headers`
 * @param keys as for `verify`
 * @throws {TypeError} for a mistake in request, keys or options
 * @example
 * const result = await authenticate(request, key, { verify: { audience: 'orders' } })
 */
export function authenticate<Schema extends StandardSchema, Optional extends boolean = false>(
  request: HttpRequest | NodeRequest,
  keys: JwtKeys | KeyFinder,
  options: AuthenticateOptions<Schema, Optional>,
): Promise<Authentication<ClaimsOf<Schema>, Optional>>
export function authenticate<Optional extends boolean = false>(
  request: HttpRequest | NodeRequest,
  keys: JwtKeys | KeyFinder,
  options?: AuthenticateOptions<never, Optional>,
): Promise<Authentication<JwtClaims, Optional>>
export async function authenticate(
  request: HttpRequest | NodeRequest,
  keys: JwtKeys | KeyFinder,
  options?: GuardOptions,
): Promise<Authentication<object>> {
  refuseCallback(arguments, 3)
  const policy = readOptions(options, OPTIONS, HINTS)
  return decide(request, readKnown(keys), policy, undefined, [])
}

const OPTIONS = /* @__PURE__ */ joinOptions(
  /* @__PURE__ */ defineOptions({
    verify: [readExpectations, /* @__PURE__ */ readExpectations({})],
    optional: [readBoolean, false],
    isRevoked: [readRevocation, undefined],
    realm: [readRealm, 'jwt'],
  }),
  /* @__PURE__ */ joinOptions(TOKEN_OPTIONS, ORIGIN_OPTIONS),
)

const PREPARED = /* @__PURE__ */ joinOptions(OPTIONS, REMEMBER_OPTION)

const HINTS = /* @__PURE__ */ hintsInto('verify', VERIFY_OPTIONS, {
  credentialsRequired: 'use optional, which means the opposite',
  remember: 'pass it to createGuard',
})

/** Reads `isRevoked`, whose result must be `true` or `false`: a database row is an error. */
function readRevocation(value: unknown, name: string) {
  if (typeof value !== 'function') throw new TypeError(`${name} must be a function`)
  return async (jwt: VerifiedJwt<object>): Promise<boolean> =>
    readBoolean(await value(jwt), `the result of ${name}`)
}

async function decide(
  request: HttpRequest | NodeRequest,
  known: readonly JwtKey[] | KeyFinder,
  policy: OptionsOf<typeof OPTIONS>,
  memory: Memory | undefined,
  extra: readonly unknown[],
): Promise<Authentication<object>> {
  refuseCallback(extra)
  const now = policy.verify.now() // read once, so that all tokens are checked at the same time
  const { method, read } = readRequest(request)
  if (isPreflight(method, read)) return preflight()
  const tokens = findTokens(read, policy)
  if (tokens.length === 0 && policy.optional) return pass('anonymous', undefined, undefined)

  let firstError: JwtError | undefined
  for (const { token, source } of tokens) {
    let jwt: VerifiedJwt<object>
    try {
      jwt = await verifyToken(token, known, policy.verify, memory, extra, now)
    } catch (error) {
      if (!(error instanceof JwtError)) throw error
      firstError ??= error
      continue
    }
    if (source === 'cookie' && comesFromElsewhere(method, read, policy.trustedOrigins))
      return crossOrigin()
    if (policy.isRevoked !== undefined && (await policy.isRevoked(jwt))) {
      const details = { claim: undefined, reason: 'invalid', claims: { ...jwt.claims } } as const
      return denied(new JwtClaimError('token is revoked', details), policy.realm)
    }
    return pass('authenticated', jwt, source)
  }
  return denied(firstError, policy.realm)
}

/** Lets a request through. */
function pass<const Status, Jwt, Source>(status: Status, jwt: Jwt, source: Source) {
  return { status, jwt, source, response: null, reason: undefined, error: undefined } as const
}
