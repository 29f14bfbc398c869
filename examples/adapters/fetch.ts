/** Guards a Fetch handler (Workers, Deno, Bun, Next.js, …): it runs only with a verified token, and gets it as its second argument. */
import type { ClaimsOf, JwtKeys, KeyFinder, StandardSchema, VerifiedJwt, VerifyOptions } from 'hs256'
import { authenticate } from './credentials.ts'

/** A handler that cannot run without a verified token. */
export type GuardedHandler<Claims extends object, Rest extends readonly unknown[]> = (
  request: Request,
  jwt: VerifiedJwt<Claims>,
  ...rest: Rest
) => Response | Promise<Response>

/**
 * Wraps a handler; what the runtime passes beside the request (`env`, `ctx`, …) comes after the token. Any error but a refused token rejects, which the runtime answers with 500.
 * @example
 * export default { fetch: requireJwt(key, { audience: 'orders' }, (request, jwt) => Response.json(jwt.claims.sub)) }
 */
export function requireJwt<Schema extends StandardSchema = StandardSchema, Rest extends readonly unknown[] = []>(
  keys: JwtKeys | KeyFinder,
  options: VerifyOptions<Schema>,
  handler: GuardedHandler<ClaimsOf<Schema>, Rest>,
): (request: Request, ...rest: Rest) => Promise<Response> {
  return async (request, ...rest) => {
    const { headers } = request
    const credentials = { cookie: headers.get('cookie'), authorization: headers.get('authorization') }
    const result = await authenticate(credentials, keys, options)
    if (result.status === 'denied') return new Response(result.response.body, result.response)
    return handler(request, result.jwt, ...rest)
  }
}
