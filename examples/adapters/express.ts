/** Guards routes of Express 5 (Express 4 does not see what a promise rejects with): the next handler runs only with a verified token, and finds it, typed, as `response.locals.jwt`. */
import type { RequestHandler } from 'express'
import type { ClaimsOf, JwtKeys, KeyFinder, StandardSchema, VerifiedJwt, VerifyOptions } from 'hs256'
import { authenticate } from './credentials.ts'

/** What the middleware leaves for the handlers after it. */
export interface JwtLocals<Claims extends object> extends Record<string, unknown> {
  jwt: VerifiedJwt<Claims>
}

/** A handler as Express types it, but for its locals. */
type Guard<Claims extends object> =
  RequestHandler extends RequestHandler<infer Params, infer Answer, infer Body, infer Query>
    ? RequestHandler<Params, Answer, Body, Query, JwtLocals<Claims>>
    : never

/**
 * Makes the middleware. Any error but a refused token goes to Express's error handler: 500.
 * @example
 * app.get('/orders', requireJwt(key, { audience: 'orders' }), (request, response) => void response.json(response.locals.jwt.claims.sub))
 */
export function requireJwt<Schema extends StandardSchema = StandardSchema>(
  keys: JwtKeys | KeyFinder,
  options: VerifyOptions<Schema>,
): Guard<ClaimsOf<Schema>> {
  return async (request, response, next) => {
    const { cookie, authorization } = request.headersDistinct // `headers` hides a second Authorization
    const result = await authenticate({ cookie, authorization }, keys, options)
    if (result.status === 'denied') {
      response.writeHead(result.response.status, result.response.headers).end(result.response.body)
      return
    }
    response.locals.jwt = result.jwt
    next()
  }
}
