/** Guards routes of Fastify 5: the handler runs only with a verified token, and finds it, typed, by `jwtOf(request)`. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { JwtKeys, KeyFinder, StandardSchema } from 'hs256'
import { createGuard, type AuthenticateOptions, type HttpRequest, type JwtOf, type RequestHeaders } from 'hs256/http'

/** What a route needs. */
export interface JwtHook<Jwt> {
  /** The hook, before any body is read. */
  readonly onRequest: (request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void) => void
  /** The token that the hook has verified; throws where the route has no such hook. */
  readonly jwtOf: (request: FastifyRequest) => Jwt
}

/** A request over HTTP/2, or an injected one, has no `headersDistinct`; elsewhere `headers` hides a second Authorization. */
interface Incoming extends HttpRequest {
  readonly headersDistinct?: RequestHeaders | undefined
}

/**
 * Makes the hook. A CORS preflight is answered with nothing allowed: what allows more stands before the guard. Any error but a refused
 * token goes to Fastify's error handler: 500.
 * @example
 * const { onRequest, jwtOf } = requireJwt(key, { verify: { audience: 'orders' } })
 * app.get('/orders', { onRequest }, (request) => jwtOf(request).claims.sub)
 */
export function requireJwt<Schema extends StandardSchema = never, Optional extends boolean = false>(
  keys: JwtKeys | KeyFinder,
  options: AuthenticateOptions<Schema, Optional>,
): JwtHook<JwtOf<Schema, Optional>> {
  const guard = createGuard<Schema, boolean>(keys, options) // a mistake in them throws at start-up
  const verified = new WeakMap<FastifyRequest, JwtOf<Schema, Optional>>()
  return {
    onRequest: (request, reply, done) => {
      const { method, headers, headersDistinct = headers }: Incoming = request.raw
      // Only `done` lets a request go on, so a refused one never does, whatever becomes of its answer.
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
