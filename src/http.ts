/**
 * A guard for HTTP over header values, for any framework: which token counts, whether it is good, and what to answer
 * (RFC 6750, RFC 6265bis).
 *
 * @module hs256/http
 */
export { authenticate } from './http/authenticate.ts'
export type { Anonymous, Authenticated, Authentication, Denied, JwtOf, Preflight } from './http/authenticate.ts'
export { challenge, forbidden, unauthorized } from './http/challenge.ts'
export type { ChallengeOptions, HttpResponse } from './http/challenge.ts'
export { clearTokenCookie, tokenCookie } from './http/cookie.ts'
export type { ClearTokenCookieOptions, TokenCookieOptions } from './http/cookie.ts'
export { isCrossOrigin } from './http/cross-origin.ts'
export type { CrossOriginOptions } from './http/cross-origin.ts'
export type { FetchHeaders, HttpRequest, RequestHeaders } from './http/headers.ts'
export type { AuthenticateArguments, AuthenticateOptions } from './http/policy.ts'
export { readTokens } from './http/tokens.ts'
export type { FoundToken, ReadTokensOptions, TokenSource } from './http/tokens.ts'
