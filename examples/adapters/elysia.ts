/** Guards routes of Elysia: their handlers run only with a verified token, and get it, typed, as `jwt` of their context. */
import type { ClaimsOf, JwtKeys, KeyFinder, StandardSchema } from 'hs256'
import type { HttpRequest } from 'hs256/http'
import { createDecide, type AdapterOptions, type Guarded, type JwtFor } from './guarded.ts'

/** The part of Elysia's context that is needed. */
export interface ElysiaContext {
  readonly request: HttpRequest
}

/** The function for `derive` or `resolve`. */
export type JwtDerive<Jwt> = (context: ElysiaContext) => Promise<{ readonly jwt: Jwt }>

type Rest = [context: ElysiaContext]
type Own = Response | void | Promise<Response | void>

/**
 * Makes the function for `derive`, which runs before a body is validated, or for `resolve`. A CORS preflight gets 204 and no permission:
 * CORS plugins that allow more must run before the guard. The guard's response is thrown, not returned, because Elysia would ignore a returned
 * one; `onError` sees it before it is sent, except with `aot: false`. Any error other than a rejected token goes to `onError`; without one, Elysia answers with the
 * error's `status`, or 500.
 * A plugin's own `derive` guards only the routes of the plugin: for those of the app that uses it, write `.derive({ as: 'scoped' }, …)`.
 * @example
 * new Elysia().derive(requireJwt(key, { verify: { audience: 'orders' } })).get('/orders', ({ jwt }) => jwt.claims.sub)
 */
export function requireJwt<Claims extends object, Optional extends boolean>(
  guarded: Guarded<Claims, Optional, Rest, Own>,
): JwtDerive<JwtFor<Claims, Optional>>
export function requireJwt<Schema extends StandardSchema = never, Optional extends boolean = false>(
  keys: JwtKeys | KeyFinder,
  options: AdapterOptions<Schema, Optional, Rest, Own>,
): JwtDerive<JwtFor<ClaimsOf<Schema>, Optional>>
export function requireJwt(first: JwtKeys | KeyFinder | Guarded<object, boolean, Rest, Own>, options?: object): JwtDerive<unknown> {
  const decide = createDecide(first, options)
  // Elysia awaits only functions that it recognizes as async, so this must stay an async function.
  return async (context) => {
    const { jwt, response, own } = await decide(context.request, context)
    if (response === null) return { jwt }
    const answer = own ?? new Response(response.body, response)
    // With aot: false, Elysia sends only the status of a thrown Response, unless it has toResponse.
    throw Object.assign(answer, { toResponse: () => answer }) // oxlint-disable-line typescript/only-throw-error
  }
}
