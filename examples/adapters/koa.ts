/** Guards routes of Koa, over HTTP/1 and HTTP/2: the next middleware runs only with a verified token, and gets it, typed, from `jwtOf(context)`. */
import type { ClaimsOf, JwtKeys, KeyFinder, StandardSchema } from 'hs256'
import type { NodeRequest } from 'hs256/http'
import { createDecide, createJwtStore, type AdapterOptions, type Guarded, type JwtFor } from './guarded.ts'

/** The part of Koa's context that is needed. */
export interface KoaContext {
  readonly req: NodeRequest
  status: number
  body: unknown
  readonly headerSent: boolean
  readonly respond?: boolean | undefined
  set(headers: Record<string, string>): unknown
}

/** The middleware, and the function that returns its token. */
export interface JwtMiddleware<Jwt> {
  (context: KoaContext, next: () => Promise<unknown>): Promise<unknown>
  /** The token that the middleware verified. Throws if it did not run for this request. */
  readonly jwtOf: (context: object) => Jwt
}

type Rest = [context: KoaContext]

/**
 * Makes the middleware. A CORS preflight gets 204 and no permission: CORS middleware that allows more must run before the guard. Any error
 * other than a rejected token goes to Koa's error handler, which answers 500.
 * @example
 * const orders = requireJwt(key, { verify: { audience: 'orders' } })
 * app.use(orders).use((context) => { context.body = orders.jwtOf(context).claims.sub })
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
  const middleware = async (context: KoaContext, next: () => Promise<unknown>): Promise<unknown> => {
    const before = { status: context.status, body: context.body }
    const { jwt, response } = await decide(context.req, context)
    if (response === null) {
      keep(context, jwt)
      return next()
    }
    const { status, headers, body } = response
    if (context.status !== before.status || context.body !== before.body || context.headerSent || context.respond === false)
      return undefined // onDenied has answered
    context.status = status
    context.body = body
    return context.set({ ...headers }) // after the body, which sets a type of its own
  }
  return Object.assign(middleware, { jwtOf })
}
