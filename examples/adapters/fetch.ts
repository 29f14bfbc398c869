/** Guards a Fetch handler (Workers, Deno, Bun, Next.js, …): it runs only with a verified token, and gets it as its second argument. */
import type { JwtKeys, KeyFinder, StandardSchema } from 'hs256'
import { createGuard, type AuthenticateOptions, type JwtOf } from 'hs256/http'

/** A handler that cannot run without a verified token, unless that is `optional`. */
export type GuardedHandler<Jwt, Rest extends readonly unknown[]> = (
  request: Request,
  jwt: Jwt,
  ...rest: Rest
) => Response | Promise<Response>

/**
 * Wraps a handler; further arguments of the runtime (`env`, `ctx`, …) come after the token. A CORS preflight gets 204 and no permission:
 * CORS middleware that allows more must run before the guard. On any other error than a rejected token, its promise rejects, and the
 * runtime answers 500.
 * @example
 * export default { fetch: requireJwt(key, { verify: { audience: 'orders' } }, (request, jwt) => Response.json(jwt.claims.sub)) }
 */
export function requireJwt<Schema extends StandardSchema = never, Optional extends boolean = false, Rest extends readonly unknown[] = []>(
  keys: JwtKeys | KeyFinder,
  options: AuthenticateOptions<Schema, Optional>,
  handler: GuardedHandler<JwtOf<Schema, Optional>, Rest>,
): (request: Request, ...rest: Rest) => Promise<Response> {
  const guard = createGuard<Schema, boolean>(keys, options) // throws at start-up if they have a mistake
  return async (request, ...rest) => {
    const result = await guard(request)
    if (result.status === 'preflight') return new Response(null, { status: 204 })
    if (result.status === 'denied') return new Response(result.response.body, result.response)
    return handler(request, result.jwt as JwtOf<Schema, Optional>, ...rest)
  }
}
