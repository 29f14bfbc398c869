/** A request over HTTP/2, written byte by byte: Node's client repeats no `Authorization`. */
import { connect } from 'node:net'

const HEADERS = 1
const SETTINGS = 4
const END_STREAM = 1
const END_HEADERS = 4

/** Sends one request without a body, of header names and values in turn, to a port of this machine, and returns the body of the response. */
export async function sendHttp2(port: number, headers: readonly string[]): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  const block = headers.flatMap((text, index) => (index % 2 === 0 ? [Buffer.of(0), literal(text.toLowerCase())] : [literal(text)])) // RFC 7541 §6.2.2
  socket.write('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')
  socket.write(frame(SETTINGS, 0, 0, Buffer.alloc(0)))
  socket.write(frame(HEADERS, END_STREAM | END_HEADERS, 1, Buffer.concat(block)))
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

/** A frame (RFC 9113 §4.1). */
function frame(type: number, flags: number, stream: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(9)
  head.writeUIntBE(payload.length, 0, 3)
  head.set([type, flags], 3)
  head.writeUInt32BE(stream, 5)
  return Buffer.concat([head, payload])
}

/** A string without Huffman coding (RFC 7541 §5.2). */
function literal(text: string): Buffer {
  const length = [Math.min(text.length, 127)]
  if (text.length >= 127) {
    let rest = text.length - 127
    for (; rest >= 128; rest >>= 7) length.push((rest & 127) | 128)
    length.push(rest)
  }
  return Buffer.concat([Buffer.from(length), Buffer.from(text)])
}
