/** Serves what an adapter made, and sends it requests as they stand on the wire: over HTTP/1 and HTTP/2. */
import { once } from 'node:events'
import { createServer, request as httpRequest, type IncomingMessage, type RequestListener } from 'node:http'
import { connect as connectHttp2, createServer as createHttp2Server, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2'
import { connect, type Server } from 'node:net'
import { listenOn } from './port.ts'
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

type Http2Listener = (request: Http2ServerRequest, response: Http2ServerResponse) => void

export async function overHttp2(listener: Http2Listener): Promise<Client> {
  const port = await listen(createHttp2Server(listener))
  const session = connectHttp2(`http://127.0.0.1:${port}`)
  onClose(() => session.close())
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

const END_STREAM = 1
const END_HEADERS = 4

/** A frame of HTTP/2 (RFC 9113 §4.1). */
function frame(type: 'HEADERS' | 'SETTINGS', flags: number, payload: Buffer): Buffer {
  const head = Buffer.of(0, 0, 0, type === 'HEADERS' ? 1 : 4, flags, 0, 0, 0, type === 'HEADERS' ? 1 : 0)
  head.writeUIntBE(payload.length, 0, 3)
  return Buffer.concat([head, payload])
}

/** A string of at most 254 bytes, without Huffman coding (RFC 7541 §5.2). */
function literal(text: string): Buffer {
  return Buffer.concat([text.length < 127 ? Buffer.of(text.length) : Buffer.of(127, text.length - 127), Buffer.from(text)])
}

/** Sends a GET with these headers over HTTP/2, also a repeated Authorization: byte by byte, as no client of Node does. Resolves to the body. */
export async function sendRepeated(listener: Http2Listener, headers: RawHeaders): Promise<string> {
  const socket = connect(await listen(createHttp2Server(listener)), '127.0.0.1')
  const all = [':method', 'GET', ':scheme', 'http', ':path', '/', ':authority', 'orders.example', ...headers]
  const block = all.flatMap((text, index) => (index % 2 === 0 ? [Buffer.of(0), literal(text.toLowerCase())] : [literal(text)])) // RFC 7541 §6.2.2
  socket.write('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')
  socket.write(frame('SETTINGS', 0, Buffer.alloc(0)))
  socket.write(frame('HEADERS', END_STREAM | END_HEADERS, Buffer.concat(block)))
  let bytes = Buffer.alloc(0)
  let body = ''
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    bytes = Buffer.concat([bytes, chunk])
    while (bytes.length >= 9 && bytes.length >= 9 + bytes.readUIntBE(0, 3)) {
      const end = 9 + bytes.readUIntBE(0, 3)
      const [type, flags = 0] = bytes.subarray(3, 5)
      if (type === 0) body += bytes.toString('utf8', 9, end)
      if (type === 0 && (flags & END_STREAM) !== 0) return body
      bytes = bytes.subarray(end)
    }
  }
  throw new Error('the connection was closed before the response ended')
}
