/** Guards routes of Hono: the next handler runs only with a verified token, and gets it, typed, from `context.get('jwt')` or `jwtOf(context)`. */
import type { Context, MiddlewareHandler } from 'hono'
import type { ClaimsOf, JwtKeys, KeyFinder, StandardSchema } from 'hs256'
import { createDecide, createJwtStore, type AdapterOptions, type Guarded, type JwtFor } from './guarded.ts'

/** The middleware, and the function that returns its token. */
export type JwtMiddleware<Jwt> = MiddlewareHandler<{ Variables: { jwt: Jwt } }> & {
  /** The token that the middleware verified, also after `app.use`, whose types Hono forgets. Throws if it did not run for this request. */
  readonly jwtOf: (context: object) => Jwt
}

type Rest = [context: Context]
type Own = Response | void | Promise<Response | void>

/**
 * Makes the middleware. A CORS preflight gets 204 and no permission: CORS middleware that allows more must run before the guard. Any error
 * other than a rejected token goes to Hono's error handler, which answers 500.
 * @example
 * app.get('/orders', requireJwt(key, { verify: { audience: 'orders' } }), (context) => context.json(context.get('jwt').claims.sub))
 */
export function requireJwt<Claims extends object, Optional extends boolean>(
  guarded: Guarded<Claims, Optional, Rest, Own>,
): JwtMiddleware<JwtFor<Claims, Optional>>
export function requireJwt<Schema extends StandardSchema = never, Optional extends boolean = false>(
  keys: JwtKeys | KeyFinder,
  options: AdapterOptions<Schema, Optional, Rest, Own>,
): JwtMiddleware<JwtFor<ClaimsOf<Schema>, Optional>>
export function requireJwt(first: JwtKeys | KeyFinder | Guarded<object, boolean, Rest, Own>, options?: object): object {
  const decide = createDecide(first, options)
  const { keep, jwtOf } = createJwtStore()
  const middleware: MiddlewareHandler<{ Variables: { jwt: unknown } }> = async (context, next) => {
    const { jwt, response, own } = await decide(context.req.raw, context)
    if (response !== null) return own ?? new Response(response.body, response)
    keep(context, jwt)
    context.set('jwt', jwt)
    return next()
  }
  return Object.assign(middleware, { jwtOf })
}
