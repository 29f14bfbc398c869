/** Guards routes of Hono: the next handler runs only with a verified token, and gets it, typed, from `context.get('jwt')` or `jwtOf(context)`. */
import type { Context, MiddlewareHandler } from 'hono'
import type { ClaimsOf, JwtKeys, KeyFinder, StandardSchema } from 'hs256'
import { createJwtStore, toError, toGuarded, type AdapterOptions, type Guarded, type JwtFor } from './guarded.ts'

/** The middleware, and the function that returns its token. */
export type JwtMiddleware<Jwt> = MiddlewareHandler<{ Variables: { jwt: Jwt } }> & {
  /** The token that the middleware verified, also after `app.use`, whose types Hono forgets. Throws if it did not run for this request. */
  readonly jwtOf: (context: object) => Jwt
}

type Rest = [context: Context]
type Answer = Response | Promise<Response>

/**
 * Makes the middleware. A CORS preflight gets 204 and no permission: CORS middleware that allows more must run before the guard. Any error
 * other than a rejected token goes to Hono's error handler, which answers 500.
 * @example
 * app.get('/orders', requireJwt(key, { verify: { audience: 'orders' } }), (context) => context.json(context.get('jwt').claims.sub))
 */
export function requireJwt<Claims extends object, Optional extends boolean>(
  guarded: Guarded<Claims, Optional, Rest, Answer>,
): JwtMiddleware<JwtFor<Claims, Optional>>
export function requireJwt<Schema extends StandardSchema = never, Optional extends boolean = false>(
  keys: JwtKeys | KeyFinder,
  options: AdapterOptions<Schema, Optional, Rest, Answer>,
): JwtMiddleware<JwtFor<ClaimsOf<Schema>, Optional>>
export function requireJwt(first: JwtKeys | KeyFinder | Guarded<object, boolean, Rest, Answer>, options?: object): object {
  const { guard, onDenied } = toGuarded(first, options)
  const { keep, jwtOf } = createJwtStore()
  const middleware: MiddlewareHandler<{ Variables: { jwt: unknown } }> = async (context, next) => {
    const result = await guard(context.req.raw).catch((error: unknown) => {
      throw toError(error) // only an Error reaches onError
    })
    if (result.status === 'denied' && onDenied !== undefined) {
      const own: Response | undefined = await onDenied(result, context) // undefined in plain JavaScript
      if (own !== undefined) return own
    }
    if (result.response !== null) return new Response(result.response.body, result.response)
    keep(context, result.jwt)
    context.set('jwt', result.jwt)
    return next()
  }
  return Object.assign(middleware, { jwtOf })
}
