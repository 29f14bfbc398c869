/**
 * Guards the upgrade to a WebSocket, with ws or any other server: it happens only with a verified token. The token is in the cookie or in
 * `Authorization`. Pages, which cannot set headers, may put it after `bearer` in the list of protocols: `new WebSocket(url, ['bearer', token])`.
 */
import { STATUS_CODES, type IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { ClaimsOf, JwtKeys, KeyFinder, StandardSchema } from 'hs256'
import type { HttpRequest, HttpResponse, NoContent } from 'hs256/http'
import { createDecide, splitHandler, type AdapterOptions, type Guarded, type JwtFor } from './guarded.ts'

/** A handler that cannot run without a verified token, unless `optional` is set. */
export type UpgradeHandler<Jwt> = (request: IncomingMessage, socket: Duplex, head: Buffer, jwt: Jwt) => unknown

type Rest = [request: IncomingMessage, socket: Duplex]

/** Turns an upgrade into a request for `guard`. A token among the protocols counts as an `Authorization` header: with a real one, as a repeated one. */
export function toRequest({ method = 'GET', headers, rawHeaders, url }: IncomingMessage): HttpRequest {
  const listed = (headers['sec-websocket-protocol'] ?? '').matchAll(/(?:^|,)[ \t]*bearer[ \t]*,[ \t]*([^, \t]+)/gi)
  const authorization = [headers.authorization ?? [], ...Array.from(listed, ([, token]) => `Bearer ${token}`)].flat()
  return { method, headers: { ...headers, authorization }, rawHeaders, url }
}

/** Sends the response of a guard, and closes the connection. */
export function send(socket: Duplex, { status, headers, body }: HttpResponse | NoContent): void {
  const length = body === null ? {} : { 'Content-Length': Buffer.byteLength(body) } // a 204 has none
  const lines = Object.entries({ ...headers, ...length, Connection: 'close' })
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines.map((line) => line.join(': '))]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body ?? ''}`, () => socket.destroy()) // no timeout of HTTP applies any more
}

/** Makes a function that tells whether something was written since then. */
function watch(socket: Duplex & { readonly bytesWritten?: Socket['bytesWritten'] }): () => boolean {
  const { bytesWritten } = socket
  return () => socket.writableEnded || socket.bytesWritten !== bytesWritten
}

/**
 * Wraps a handler of `upgrade`. A page on another origin is denied if the token is in the cookie. An error of the handler, and any error
 * other than a rejected token, is logged and answered with 500, or closes the connection if something was written.
 * @example
 * server.on('upgrade', requireJwt(key, { verify: { audience: 'orders' } }, (request, socket, head, jwt) =>
 *   sockets.handleUpgrade(request, socket, head, (client) => client.send(`hello ${jwt.claims.sub}`))))
 */
export function requireJwt<Claims extends object, Optional extends boolean>(
  guarded: Guarded<Claims, Optional, Rest, unknown>,
  handler: UpgradeHandler<JwtFor<Claims, Optional>>,
): (request: IncomingMessage, socket: Duplex, head: Buffer) => void
export function requireJwt<Schema extends StandardSchema = never, Optional extends boolean = false>(
  keys: JwtKeys | KeyFinder,
  options: AdapterOptions<Schema, Optional, Rest, unknown>,
  handler: UpgradeHandler<JwtFor<ClaimsOf<Schema>, Optional>>,
): (request: IncomingMessage, socket: Duplex, head: Buffer) => void
export function requireJwt(
  first: JwtKeys | KeyFinder | Guarded<object, boolean, Rest, unknown>,
  ...rest: readonly [...options: object[], handler: UpgradeHandler<never>]
): (request: IncomingMessage, socket: Duplex, head: Buffer) => void {
  const { options, handler } = splitHandler(rest)
  const decide = createDecide(first, options)
  return (request, socket, head) => {
    const isAnswered = watch(socket)
    socket.on('error', () => socket.destroy()) // nothing else listens yet: a client that hangs up must not end the process
    const handle = async (): Promise<unknown> => {
      const { jwt, response, own } = await decide(toRequest(request), request, socket)
      if (response === null) return handler(request, socket, head, jwt as never)
      return own === socket || isAnswered() ? undefined : send(socket, response)
    }
    handle().catch((error: unknown) => {
      console.error(error)
      if (!isAnswered()) send(socket, { status: 500, headers: {}, body: '' })
      else if (!socket.writableEnded) socket.destroy()
    })
  }
}
