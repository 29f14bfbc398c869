/** Serves what an adapter made, and sends it requests as they stand on the wire: over HTTP/1 and HTTP/2. */
import { once } from 'node:events'
import { createServer, request as httpRequest, type IncomingMessage, type RequestListener } from 'node:http'
import { connect as connectHttp2, createServer as createHttp2Server, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2'
import type { Server } from 'node:net'
import { listenOn } from './port.ts'
import { sendHttp2 } from './raw-http2.ts'
import type { Answer, RawHeaders } from './requests.ts'

export interface Client {
  readonly send: (method: string, headers: RawHeaders) => Promise<Answer>
  /** Whether something between the client and the adapter changes these headers. Default: nothing does. */
  readonly alters?: (headers: RawHeaders) => boolean
}

const closers: (() => unknown)[] = []

export function onClose(close: () => unknown): void {
  closers.unshift(close)
}

export async function closeAll(): Promise<void> {
  await Promise.all(closers.splice(0).map((close) => close()))
}

export async function listen(server: Server): Promise<number> {
  closers.push(() => server.close())
  return listenOn(server)
}

export function isRepeated(headers: RawHeaders, name: string): boolean {
  return headers.filter((each, index) => index % 2 === 0 && each.toLowerCase() === name.toLowerCase()).length > 1
}

export async function overHttp(listener: RequestListener): Promise<Client> {
  const port = await listen(createServer(listener))
  return { send: (method, headers) => sendTo(`http://127.0.0.1:${port}`, method, headers) }
}

export async function sendTo(url: string, method: string, headers: RawHeaders, sent = ''): Promise<Answer> {
  const length = String(Buffer.byteLength(sent))
  const request = httpRequest(url, { method, headers: ['Host', 'orders.example', 'Content-Length', length, ...headers] }).end(sent)
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  const body = (await response.toArray()).join('')
  const { 'www-authenticate': challenge, 'cache-control': cacheControl, location } = response.headers
  return { status: response.statusCode, challenge, cacheControl, location, body }
}

export async function overHttp2(listener: (request: Http2ServerRequest, response: Http2ServerResponse) => void): Promise<Client> {
  const port = await listen(createHttp2Server(listener))
  const session = connectHttp2(`http://127.0.0.1:${port}`)
  closers.unshift(() => session.close())
  return {
    send: async (method, headers) => {
      const sent: Record<string, string[]> = {}
      for (let at = 0; at < headers.length; at += 2) (sent[headers[at]!.toLowerCase()] ??= []).push(headers[at + 1]!)
      const stream = session.request({ ':method': method, ':path': '/', ':authority': 'orders.example', ...sent }, { endStream: true })
      const [response] = (await once(stream, 'response')) as [Readonly<Record<string, string>> & { readonly ':status': number }]
      const { ':status': status, 'www-authenticate': challenge, 'cache-control': cacheControl } = response
      return { status, challenge, cacheControl, body: (await stream.toArray()).join('') }
    },
    alters: (headers) => isRepeated(headers, 'authorization'), // Node's client refuses to send it: see `sendRepeated`
  }
}

/** Sends a GET with these headers over HTTP/2, also a repeated Authorization. Resolves to the body. */
export async function sendRepeated(
  listener: (request: Http2ServerRequest, response: Http2ServerResponse) => void,
  headers: RawHeaders,
): Promise<string> {
  const pseudo = [':method', 'GET', ':scheme', 'http', ':path', '/', ':authority', 'orders.example']
  return sendHttp2(await listen(createHttp2Server(listener)), [...pseudo, ...headers])
}
