/** Guards routes of Express 4 and 5, Polka and Connect: the next handler runs only with a verified token, and gets it, typed, from `jwtOf(request)`. */
import type { ClaimsOf, JwtKeys, KeyFinder, StandardSchema } from 'hs256'
import type { NodeRequest } from 'hs256/http'
import { createDecide, createJwtStore, toError, type AdapterOptions, type Guarded, type JwtFor } from './guarded.ts'
import { send, type NodeResponse } from './node-http.ts'

/** Goes on to the next handler, or to the error handler. */
export type Next = (error?: unknown) => void

/** The middleware, and the function that returns its token. */
export interface JwtMiddleware<Jwt> {
  (request: NodeRequest, response: NodeResponse, next: Next): void
  /** The token that the middleware verified. Throws if it did not run for this request. */
  readonly jwtOf: (request: object) => Jwt
}

type Rest = [request: NodeRequest, response: NodeResponse, next: Next]

/**
 * Makes the middleware. A CORS preflight gets 204 and no permission: CORS middleware that allows more must run before the guard. Any error
 * other than a rejected token goes to the error handler, which answers 500.
 * @example
 * const orders = requireJwt(key, { verify: { audience: 'orders' } })
 * app.get('/orders', orders, (request, response) => void response.json(orders.jwtOf(request).claims.sub))
 */
export function requireJwt<Claims extends object, Optional extends boolean>(
  guarded: Guarded<Claims, Optional, Rest, unknown>,
): JwtMiddleware<JwtFor<Claims, Optional>>
export function requireJwt<Schema extends StandardSchema = never, Optional extends boolean = false>(
  keys: JwtKeys | KeyFinder,
  options: AdapterOptions<Schema, Optional, Rest, unknown>,
): JwtMiddleware<JwtFor<ClaimsOf<Schema>, Optional>>
export function requireJwt(first: JwtKeys | KeyFinder | Guarded<object, boolean, Rest, unknown>, options?: object): JwtMiddleware<unknown> {
  const decide = createDecide(first, options)
  const { keep, jwtOf } = createJwtStore()
  const middleware = (request: NodeRequest, response: NodeResponse, next: Next): void => {
    let isPassedOn = false
    const fail = (error?: unknown): void => {
      isPassedOn = true
      next(toError(error)) // it cannot let the request through
    }
    decide(request, request, response, fail)
      .then(({ jwt, response: answer, own }) => {
        if (answer !== null) return own === response || isPassedOn || response.headersSent ? undefined : send(response, answer)
        keep(request, jwt)
        return next()
      })
      .catch((error: unknown) => {
        if (response.headersSent)
          console.error(error) // of a handler behind Polka's next, which has answered already
        else next(toError(error)) // by hand: Express 4 and Polka leave a rejection unhandled
      })
  }
  return Object.assign(middleware, { jwtOf })
}
