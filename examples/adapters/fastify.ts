/** Guards routes of Fastify, over HTTP/1 and HTTP/2: the handler runs only with a verified token, and gets it, typed, from `jwtOf(request)`. */
import type { ClaimsOf, JwtKeys, KeyFinder, StandardSchema } from 'hs256'
import type { HttpResponse, NoContent, NodeRequest } from 'hs256/http'
import { createDecide, createJwtStore, toError, type AdapterOptions, type Guarded, type JwtFor } from './guarded.ts'

/** The part of a `FastifyRequest` that is needed. */
export interface FastifySent {
  readonly raw: NodeRequest
}

/** The part of a `FastifyReply` that is needed. */
export interface FastifyAnswer {
  code(status: number): unknown
  headers(values: Record<string, string>): unknown
  send(body?: string): unknown
  readonly sent: boolean
}

/** The hook of a route, and the function that returns its token. */
export interface JwtHook<Jwt> {
  /** The hook, which runs before any body is read. */
  readonly onRequest: (request: FastifySent, reply: FastifyAnswer, done: (error?: Error) => void) => void
  /** The token that the hook verified. Throws if it did not run for this request. */
  readonly jwtOf: (request: object) => Jwt
}

/** Sends the response of a guard. */
export function send(reply: FastifyAnswer, { status, headers, body }: HttpResponse | NoContent): void {
  reply.code(status)
  reply.headers({ ...headers })
  reply.send(body ?? undefined)
}

type Rest = [request: FastifySent, reply: FastifyAnswer]

/**
 * Makes the hook. A CORS preflight gets 204 and no permission: CORS hooks that allow more must run before the guard. Any error other than a
 * rejected token goes to Fastify's error handler, which answers 500.
 * @example
 * const { onRequest, jwtOf } = requireJwt(key, { verify: { audience: 'orders' } })
 * app.get('/orders', { onRequest }, (request) => jwtOf(request).claims.sub)
 */
export function requireJwt<Claims extends object, Optional extends boolean>(
  guarded: Guarded<Claims, Optional, Rest, unknown>,
): JwtHook<JwtFor<Claims, Optional>>
export function requireJwt<Schema extends StandardSchema = never, Optional extends boolean = false>(
  keys: JwtKeys | KeyFinder,
  options: AdapterOptions<Schema, Optional, Rest, unknown>,
): JwtHook<JwtFor<ClaimsOf<Schema>, Optional>>
export function requireJwt(first: JwtKeys | KeyFinder | Guarded<object, boolean, Rest, unknown>, options?: object): JwtHook<unknown> {
  const decide = createDecide(first, options)
  const { keep, jwtOf } = createJwtStore()
  const onRequest = (request: FastifySent, reply: FastifyAnswer, done: (error?: Error) => void): void => {
    decide(request.raw, request, reply)
      .then(({ jwt, response, own }) => {
        if (response !== null) return own === reply || reply.sent ? undefined : send(reply, response)
        keep(request, jwt)
        return done() // only this lets a request go on: a denied one never does, even if sending the response fails
      })
      .catch((error: unknown) => done(toError(error)))
  }
  return { onRequest, jwtOf }
}
