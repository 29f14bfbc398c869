/** Guards routes of Fastify 5: the handler runs only with a verified token, and finds it, typed, by `jwtOf(request)`. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { JwtKeys, KeyFinder, StandardSchema } from 'hs256'
import { createGuard, type AuthenticateOptions, type HttpRequest, type JwtOf, type RequestHeaders } from 'hs256/http'

/** The hook of a route, and the way to its token. */
export interface JwtHook<Jwt> {
  /** The hook, before any body is read. */
  readonly onRequest: (request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void) => void
  /** The token that the hook verified. Throws if the route does not have this hook. */
  readonly jwtOf: (request: FastifyRequest) => Jwt
}

/** Over HTTP/2, and in `inject`, there is no `headersDistinct`. Otherwise it is needed: `headers` hides a second Authorization. */
interface Incoming extends HttpRequest {
  readonly headersDistinct?: RequestHeaders | undefined
}

/**
 * Makes the hook. A CORS preflight gets 204 and no permission: CORS middleware that allows more must run before the guard. Any other error
 * than a rejected token goes to Fastify's error handler, which answers 500.
 * @example
 * const { onRequest, jwtOf } = requireJwt(key, { verify: { audience: 'orders' } })
 * app.get('/orders', { onRequest }, (request) => jwtOf(request).claims.sub)
 */
export function requireJwt<Schema extends StandardSchema = never, Optional extends boolean = false>(
  keys: JwtKeys | KeyFinder,
  options: AuthenticateOptions<Schema, Optional>,
): JwtHook<JwtOf<Schema, Optional>> {
  const guard = createGuard<Schema, boolean>(keys, options) // throws at start-up if they have a mistake
  const verified = new WeakMap<FastifyRequest, JwtOf<Schema, Optional>>()
  return {
    onRequest: (request, reply, done) => {
      const { method, headers, headersDistinct = headers }: Incoming = request.raw
      // Only `done` lets a request go on, so a denied one never does, even if sending the response fails.
      guard({ method, headers: headersDistinct }).then((result) => {
        if (result.status === 'preflight') void reply.code(204).send()
        else if (result.status === 'denied')
          void reply.code(result.response.status).headers(result.response.headers).send(result.response.body)
        else {
          verified.set(request, result.jwt as JwtOf<Schema, Optional>)
          done()
        }
      }, done)
    },
    jwtOf: (request) => {
      if (!verified.has(request)) throw new Error('this route has no onRequest hook of requireJwt')
      return verified.get(request) as JwtOf<Schema, Optional> // it has one, which is undefined where the token is optional
    },
  }
}
