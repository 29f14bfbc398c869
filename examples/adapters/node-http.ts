/** Guards a handler of Node's http server: it runs only with a verified token, and gets it as its third argument. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ClaimsOf, JwtKeys, KeyFinder, StandardSchema, VerifiedJwt, VerifyOptions } from 'hs256'
import { authenticate } from './credentials.ts'

/** A handler that cannot run without a verified token. */
export type GuardedHandler<Claims extends object> = (
  request: IncomingMessage,
  response: ServerResponse,
  jwt: VerifiedJwt<Claims>,
) => void | Promise<void>

/**
 * Wraps a handler. What it throws, and any error but a refused token, is logged and answered with 500.
 * @example
 * createServer(requireJwt(key, { audience: 'orders' }, (request, response, jwt) => void response.end(`hello ${jwt.claims.sub}`)))
 */
export function requireJwt<Schema extends StandardSchema = StandardSchema>(
  keys: JwtKeys | KeyFinder,
  options: VerifyOptions<Schema>,
  handler: GuardedHandler<ClaimsOf<Schema>>,
): (request: IncomingMessage, response: ServerResponse) => void {
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { cookie, authorization } = request.headersDistinct // `headers` hides a second Authorization
    const result = await authenticate({ cookie, authorization }, keys, options)
    if (result.status === 'authenticated') return handler(request, response, result.jwt)
    response.writeHead(result.response.status, result.response.headers).end(result.response.body)
  }
  return (request, response) => {
    handle(request, response).catch((error: unknown) => {
      console.error(error)
      if (response.headersSent) response.destroy()
      else response.writeHead(500).end()
    })
  }
}
