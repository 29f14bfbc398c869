/** Guards a handler of Node's http, https and http2 servers: it runs only with a verified token, and gets it as its third argument. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ClaimsOf, JwtKeys, KeyFinder, StandardSchema } from 'hs256'
import type { HttpResponse, NoContent, NodeRequest } from 'hs256/http'
import { createDecide, splitHandler, type AdapterOptions, type Guarded, type JwtFor } from './guarded.ts'

/** The part of `ServerResponse` and `Http2ServerResponse` that is needed. */
export interface NodeResponse {
  readonly headersSent: boolean
  getHeaderNames(): readonly string[]
  removeHeader(name: string): unknown
  writeHead(status: number, headers: Record<string, string>): unknown
  end(): unknown
  end(body: string): unknown
  destroy(error?: Error): unknown
}

/** Sends the response of a guard. */
export function send(response: NodeResponse, { status, headers, body }: HttpResponse | NoContent): void {
  response.writeHead(status, { ...headers })
  if (body === null) response.end()
  else response.end(body)
}

/** A handler that cannot run without a verified token, unless `optional` is set. */
export type GuardedHandler<Jwt, Sent, Answer> = (request: Sent, response: Answer, jwt: Jwt) => unknown

type Rest = [NodeRequest, NodeResponse]
type Handler = GuardedHandler<never, NodeRequest, NodeResponse>

/**
 * Wraps a handler. A CORS preflight gets 204 and no permission: CORS code that allows more must run before the guard. An error of the
 * handler, and any error other than a rejected token, is logged and answered with 500.
 * @example
 * createServer(requireJwt(key, { verify: { audience: 'orders' } }, (request, response, jwt) => response.end(`hello ${jwt.claims.sub}`)))
 */
export function requireJwt<
  Claims extends object,
  Optional extends boolean,
  Sent extends NodeRequest = IncomingMessage,
  Answer extends NodeResponse = ServerResponse,
>(
  guarded: Guarded<Claims, Optional, [Sent, Answer], unknown>,
  handler: GuardedHandler<JwtFor<Claims, Optional>, Sent, Answer>,
): (request: Sent, response: Answer) => void
export function requireJwt<
  Schema extends StandardSchema = never,
  Optional extends boolean = false,
  Sent extends NodeRequest = IncomingMessage,
  Answer extends NodeResponse = ServerResponse,
>(
  keys: JwtKeys | KeyFinder,
  options: AdapterOptions<Schema, Optional, [Sent, Answer], unknown>,
  handler: GuardedHandler<JwtFor<ClaimsOf<Schema>, Optional>, Sent, Answer>,
): (request: Sent, response: Answer) => void
export function requireJwt(
  first: JwtKeys | KeyFinder | Guarded<object, boolean, Rest, unknown>,
  ...rest: readonly [...options: object[], handler: Handler]
): (request: NodeRequest, response: NodeResponse) => void {
  const { options, handler } = splitHandler(rest)
  const decide = createDecide(first, options)
  const handle = async (request: NodeRequest, response: NodeResponse): Promise<unknown> => {
    const { jwt, response: answer, own } = await decide(request, request, response)
    if (answer === null) return handler(request, response, jwt as never)
    return own === response || response.headersSent ? undefined : send(response, answer)
  }
  return (request, response) => {
    handle(request, response).catch((error: unknown) => {
      try {
        console.error(error)
        if (response.headersSent) throw new Error('a response has begun')
        for (const name of response.getHeaderNames()) response.removeHeader(name) // the handler's, such as a length or an encoding
        send(response, { status: 500, headers: { 'Content-Length': '0' }, body: '' })
      } catch {
        response.destroy()
      }
    })
  }
}
