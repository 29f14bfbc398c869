/**
 * Guards routes of Express 5 (Express 4 ignores rejected promises): the next handler runs only with a verified token, and finds it, typed,
 * as `response.locals.jwt`.
 */
import type { RequestHandler } from 'express'
import type { JwtKeys, KeyFinder, StandardSchema } from 'hs256'
import { createGuard, type AuthenticateOptions, type JwtOf } from 'hs256/http'

/** What the middleware leaves for the handlers after it. */
export interface JwtLocals<Jwt> extends Record<string, unknown> {
  jwt: Jwt
}

/** A handler with the types of Express, except for its locals. */
type JwtHandler<Jwt> =
  RequestHandler extends RequestHandler<infer Params, infer Answer, infer Body, infer Query>
    ? RequestHandler<Params, Answer, Body, Query, JwtLocals<Jwt>>
    : never

/**
 * Makes the middleware. A CORS preflight gets 204 and no permission: CORS middleware that allows more must run before the guard. Any other
 * error than a rejected token goes to Express's error handler, which answers 500.
 * @example
 * app.get('/orders', requireJwt(key, { verify: { audience: 'orders' } }), (request, response) => void response.json(response.locals.jwt.claims.sub))
 */
export function requireJwt<Schema extends StandardSchema = never, Optional extends boolean = false>(
  keys: JwtKeys | KeyFinder,
  options: AuthenticateOptions<Schema, Optional>,
): JwtHandler<JwtOf<Schema, Optional>> {
  const guard = createGuard<Schema, boolean>(keys, options) // throws at start-up if they have a mistake
  return async (request, response, next) => {
    const { method, headersDistinct: headers } = request // `headers` hides a second Authorization
    const result = await guard({ method, headers })
    if (result.status === 'preflight') response.writeHead(204).end()
    else if (result.status === 'denied') response.writeHead(result.response.status, result.response.headers).end(result.response.body)
    else {
      response.locals.jwt = result.jwt as JwtOf<Schema, Optional>
      next()
    }
  }
}
