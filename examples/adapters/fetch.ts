/** Guards a Fetch handler (Workers, Deno, Bun, Next.js, …): it runs only with a verified token, and gets it as its second argument. */
import type { ClaimsOf, JwtKeys, KeyFinder, StandardSchema } from 'hs256'
import { createDecide, splitHandler, type AdapterOptions, type Guarded, type JwtFor } from './guarded.ts'

type Answer = Response | Promise<Response>
type Own = Response | void | Promise<Response | void>

/** A handler that cannot run without a verified token, unless `optional` is set. */
export type GuardedHandler<Jwt, Sent extends Request, Rest extends readonly unknown[]> = (request: Sent, jwt: Jwt, ...rest: Rest) => Answer

type Rest = [Request, ...unknown[]]
type Handler = GuardedHandler<never, Request, readonly unknown[]>

/**
 * Wraps a handler; further arguments of the runtime (`env`, `ctx`, …) come after the token. A CORS preflight gets 204 and no permission:
 * CORS code that allows more must run before the guard. On any error other than a rejected token, its promise rejects, and the runtime
 * answers 500.
 * @example
 * export default { fetch: requireJwt(key, { verify: { audience: 'orders' } }, (request, jwt) => Response.json(jwt.claims.sub)) }
 */
export function requireJwt<
  Claims extends object,
  Optional extends boolean,
  Sent extends Request = Request,
  Rest extends readonly unknown[] = [],
>(
  guarded: Guarded<Claims, Optional, [Sent, ...Rest], Own>,
  handler: GuardedHandler<JwtFor<Claims, Optional>, Sent, Rest>,
): (request: Sent, ...rest: Rest) => Promise<Response>
export function requireJwt<
  Schema extends StandardSchema = never,
  Optional extends boolean = false,
  Sent extends Request = Request,
  Rest extends readonly unknown[] = [],
>(
  keys: JwtKeys | KeyFinder,
  options: AdapterOptions<Schema, Optional, [Sent, ...Rest], Own>,
  handler: GuardedHandler<JwtFor<ClaimsOf<Schema>, Optional>, Sent, Rest>,
): (request: Sent, ...rest: Rest) => Promise<Response>
export function requireJwt(
  first: JwtKeys | KeyFinder | Guarded<object, boolean, Rest, Own>,
  ...args: readonly [...options: object[], handler: Handler]
): (request: Request, ...rest: readonly unknown[]) => Promise<Response> {
  const { options, handler } = splitHandler(args)
  const decide = createDecide(first, options)
  return async (request, ...rest) => {
    const { jwt, response, own } = await decide(request, request, ...rest)
    if (response !== null) return own ?? new Response(response.body, response)
    return handler(request, jwt as never, ...rest)
  }
}
