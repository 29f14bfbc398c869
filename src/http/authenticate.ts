/** The order of decisions of a guard, once for every framework: preflight, tokens, verification, cross-origin, revocation. */
import { JwtClaimError, JwtError } from '../errors.ts'
import type { VerifiedJwt } from '../jwt/jwt.ts'
import type { ClaimsOf, StandardSchema } from '../jwt/schema.ts'
import { readKnown, type Demands } from '../jwt/verification.ts'
import { verifyBy, type KeyFinder } from '../jwt/verify.ts'
import type { JwtKeys } from '../keys/key-list.ts'
import { expect } from '../options.ts'
import { answer, unauthorized, type HttpResponse } from './challenge.ts'
import { isCrossOrigin, isPreflight } from './cross-origin.ts'
import type { HttpRequest } from './headers.ts'
import { readPolicy, type AuthenticateArguments } from './policy.ts'
import { readTokens, type FoundToken, type TokenSource } from './tokens.ts'

/** What a guard does with a request; it is `anonymous` only where the options say `optional`. */
export type Authentication<Claims extends object, Optional extends boolean = boolean> =
  Authenticated<Claims> | (true extends Optional ? Anonymous : never) | Preflight | Denied

/** Let it through, with its token. */
export interface Authenticated<Claims extends object> {
  /** The verdict. */
  readonly status: 'authenticated'
  /** The verified token. */
  readonly jwt: VerifiedJwt<Claims>
  /** Where it came from. */
  readonly source: TokenSource
}

/** Let it through without a token. */
export interface Anonymous {
  /** The verdict. */
  readonly status: 'anonymous'
  /** There is none. */
  readonly jwt: undefined
}

/** Let it through to whatever answers CORS preflights, and to nothing else: nobody was asked who they are. */
export interface Preflight {
  /** The verdict. */
  readonly status: 'preflight'
}

/** Answer it with `response`. */
export interface Denied {
  /** The verdict. */
  readonly status: 'denied'
  /** The answer: 401, or 403 where a cookie came from another origin. */
  readonly response: HttpResponse
  /** What was wrong with the token; `undefined` where none came, and where its cookie came from another origin. */
  readonly error: JwtError | undefined
}

/** What an adapter hands to its handler: a verified token, or `undefined` where that is `optional`. */
export type JwtOf<Schema extends StandardSchema = StandardSchema, Optional extends boolean = false> =
  VerifiedJwt<ClaimsOf<Schema>> | (true extends Optional ? undefined : never)

/**
 * Decides about a request, in this order; the first that is not well decides.
 *
 * 1. A CORS preflight is let through: it carries no credentials.
 * 2. Its tokens are read from cookie and `Authorization`; without any it is anonymous where that is `optional`, else denied.
 * 3. The first that verifies counts, so that a stale cookie does not mask a good header; where none does, the first one's error is the answer.
 * 4. One from the cookie may not come from another origin, unless trusted: 403.
 * 5. One that was revoked is refused.
 *
 * @param request its method and headers: a Fetch `Request`, or Node's `{ method, headers: request.headersDistinct }`
 * @param keys as for `verify`
 * @throws {TypeError} and {RangeError} for a mistake in request, keys or options; what `isRevoked` throws passes through, and
 * so does what a key function throws, but for a {@link JwtError}, which refuses the token
 * @example
 * const result = await authenticate(request, key, { verify: { issuer: 'https://auth.example', audience: 'orders' } })
 */
export async function authenticate<Schema extends StandardSchema = StandardSchema, Optional extends boolean = false>(
  request: HttpRequest,
  keys: JwtKeys | KeyFinder,
  ...[options]: AuthenticateArguments<Schema, Optional>
): Promise<Authentication<ClaimsOf<Schema>, Optional>> {
  const policy = readPolicy(options)
  // Read now: a mistake shows at the first request, were it one without a token, and all tokens of a request are judged alike.
  const demands = { expected: policy.verify, known: readKnown(keys) }
  const { method, headers } = request
  expect(typeof method === 'string', 'method', "a text such as 'GET'")
  if (isPreflight(request)) return { status: 'preflight' }

  const tokens = readTokens(headers, { cookie: policy.cookie, sources: policy.sources })
  if (tokens.length === 0 && policy.optional) {
    return { status: 'anonymous', jwt: undefined } as Anonymous & Authentication<ClaimsOf<Schema>, Optional> // and Optional is true
  }

  const { jwt, source, error: firstError } = await verifyFirst<Schema>(tokens, demands)
  if (jwt === undefined) return { status: 'denied', response: unauthorized(firstError, { realm: policy.realm }), error: firstError }

  if (source === 'cookie' && isCrossOrigin(method, headers, { trustedOrigins: policy.trustedOrigins })) {
    return {
      status: 'denied',
      response: answer(403, 'cross_origin', 'the cookie does not count in a request from another origin'),
      error: undefined,
    }
  }
  if (await policy.isRevoked(jwt)) {
    const details = { claim: undefined, reason: 'invalid', claims: { ...jwt.claims } } as const
    const error = new JwtClaimError('token is revoked', details) as JwtError // of the very class
    return { status: 'denied', response: unauthorized(error, { realm: policy.realm }), error }
  }
  return { status: 'authenticated', jwt, source }
}

/** Of own members alone, the absent ones too: nothing that someone has put on `Object.prototype` is a verified token. */
interface Found<Jwt> {
  readonly jwt: Jwt
  readonly source: Jwt extends undefined ? undefined : TokenSource
  readonly error: JwtError | undefined
}

async function verifyFirst<Schema extends StandardSchema>(
  tokens: readonly FoundToken[],
  demands: Demands,
): Promise<Found<VerifiedJwt<ClaimsOf<Schema>>> | Found<undefined>> {
  let firstError: JwtError | undefined
  for (const { token, source } of tokens) {
    try {
      return { jwt: await verifyBy<Schema>(token, () => demands), source, error: undefined } // of the schema among the demands
    } catch (error) {
      if (!(error instanceof JwtError)) throw error
      firstError ??= error
    }
  }
  return { jwt: undefined, source: undefined, error: firstError }
}
