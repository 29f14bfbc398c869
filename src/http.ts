/**
 * An HTTP guard for any framework: finds the token, verifies it and builds the response. It needs
 * only the method and the headers, and uses the URL if there is no `Host` (RFC 6750, RFC 6265bis).
 *
 * @module hs256/http
 */
export { authenticate, createGuard, type Guard } from './http/authenticate.ts'
export { clearTokenCookie, tokenCookie, tokenCookieParts } from './http/cookie.ts'
export type { TokenCookieParts } from './http/cookie.ts'
export type { ClearTokenCookieOptions, SameSite } from './http/cookie-options.ts'
export type { TokenCookieOptions } from './http/cookie-options.ts'
export { isCrossOrigin, type CrossOriginOptions } from './http/cross-origin.ts'
export type { AuthenticateOptions, Authentication, GuardOptions } from './http/policy.ts'
export type { Anonymous, Authenticated, Denied, GuardReason, Outcome } from './http/policy.ts'
export type { HttpResponse, NoContent, Preflight } from './http/policy.ts'
export type { FetchHeaders, HttpRequest, NodeRequest, RequestHeaders } from './http/request.ts'
export { challenge, forbidden, unauthorized } from './http/response.ts'
export type { ChallengeOptions } from './http/response.ts'
export { readTokens, type FoundToken, type ReadTokensOptions } from './http/tokens.ts'
export type { TokenSource } from './http/tokens.ts'
