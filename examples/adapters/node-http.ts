/** Guards a handler of Node's http server: it runs only with a verified token, and gets it as its third argument. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { JwtKeys, KeyFinder, StandardSchema } from 'hs256'
import { createGuard, type AuthenticateOptions, type HttpRequest, type JwtOf, type RequestHeaders } from 'hs256/http'

/** A handler that cannot run without a verified token, unless that is `optional`. */
export type GuardedHandler<Jwt> = (request: IncomingMessage, response: ServerResponse, jwt: Jwt) => void | Promise<void>

/** Over HTTP/2 there is no `headersDistinct`. Otherwise it is needed: `headers` hides a second Authorization. */
interface Incoming extends HttpRequest {
  readonly headersDistinct?: RequestHeaders | undefined
}

/**
 * Wraps a handler. A CORS preflight gets 204 and no permission: CORS middleware that allows more must run before the guard. An error of
 * the handler, and any other error than a rejected token, is logged and answered with 500.
 * @example
 * createServer(requireJwt(key, { verify: { audience: 'orders' } }, (request, response, jwt) => void response.end(`hello ${jwt.claims.sub}`)))
 */
export function requireJwt<Schema extends StandardSchema = never, Optional extends boolean = false>(
  keys: JwtKeys | KeyFinder,
  options: AuthenticateOptions<Schema, Optional>,
  handler: GuardedHandler<JwtOf<Schema, Optional>>,
): (request: IncomingMessage, response: ServerResponse) => void {
  const guard = createGuard<Schema, boolean>(keys, options) // throws at start-up if they have a mistake
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method, headers, headersDistinct = headers }: Incoming = request
    const result = await guard({ method, headers: headersDistinct })
    if (result.status === 'preflight') response.writeHead(204).end()
    else if (result.status === 'denied') response.writeHead(result.response.status, result.response.headers).end(result.response.body)
    else await handler(request, response, result.jwt as JwtOf<Schema, Optional>)
  }
  return (request, response) => {
    handle(request, response).catch((error: unknown) => {
      console.error(error)
      if (response.headersSent) response.destroy()
      else response.writeHead(500, { 'Content-Length': '0' }).end() // replaces a length that the handler may have set
    })
  }
}
