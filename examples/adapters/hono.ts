/** Guards routes of Hono 4: the next handler runs only with a verified token, and finds it, typed, as `context.get('jwt')`. */
import type { MiddlewareHandler } from 'hono'
import type { JwtKeys, KeyFinder, StandardSchema } from 'hs256'
import { createGuard, type AuthenticateOptions, type JwtOf } from 'hs256/http'

/**
 * Makes the middleware. A CORS preflight gets 204 and no permission: CORS middleware that allows more must run before the guard. Any other
 * error than a rejected token goes to Hono's error handler, which answers 500.
 * @example
 * app.get('/orders', requireJwt(key, { verify: { audience: 'orders' } }), (context) => context.json(context.get('jwt').claims.sub))
 */
export function requireJwt<Schema extends StandardSchema = never, Optional extends boolean = false>(
  keys: JwtKeys | KeyFinder,
  options: AuthenticateOptions<Schema, Optional>,
): MiddlewareHandler<{ Variables: { jwt: JwtOf<Schema, Optional> } }> {
  const guard = createGuard<Schema, boolean>(keys, options) // throws at start-up if they have a mistake
  return async (context, next) => {
    const result = await guard(context.req.raw)
    if (result.status === 'preflight') return new Response(null, { status: 204 })
    if (result.status === 'denied') return new Response(result.response.body, result.response)
    context.set('jwt', result.jwt as JwtOf<Schema, Optional>)
    return next()
  }
}
