/** How the auth service reads and answers JSON on Node http. */
import type { IncomingMessage, ServerResponse } from 'node:http'

const MAX_BODY = 4096 // bytes

/** Answers that all is well, and there is nothing to say. */
export function nothing(response: ServerResponse): void {
  response.writeHead(204, { 'Cache-Control': 'no-store' }).end()
}

/** An answer that a handler throws: it says what the client did wrong. */
export class Refusal extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** Answers with JSON that nobody keeps. */
export function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }).end(JSON.stringify(body))
}

/** Makes a handler answer what it throws: a refusal by its status and message, anything else by 500 alone. */
export function answering<Rest extends readonly unknown[]>(
  handle: (request: IncomingMessage, response: ServerResponse, ...rest: Rest) => Promise<void>,
): (request: IncomingMessage, response: ServerResponse, ...rest: Rest) => Promise<void> {
  return (request, response, ...rest) => handle(request, response, ...rest).catch((error: unknown) => fail(response, error))
}

/** Reads a body as JSON; none at all is `{}`. A form of another site can send no JSON type, so none signs anybody in behind their back. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const { 'content-type': type = '', 'content-length': length = '0', 'transfer-encoding': coding } = request.headers
  if (coding !== undefined || !(Number(length) <= MAX_BODY)) throw new Refusal(413, `the body may have ${MAX_BODY} bytes`)
  if (length === '0') return {}
  if (!/^application\/json *(?:;|$)/i.test(type)) throw new Refusal(415, 'the body must be application/json')
  const chunks: Uint8Array[] = []
  for await (const chunk of request as AsyncIterable<Uint8Array>) chunks.push(chunk)
  try {
    return JSON.parse(Buffer.concat(chunks).toString())
  } catch {
    return undefined
  }
}

function fail(response: ServerResponse, error: unknown): void {
  if (response.destroyed) return // whoever asked is gone
  if (error instanceof Refusal && !response.headersSent) return send(response, error.status, { error: 'refused', message: error.message })
  console.error(error)
  if (response.headersSent) response.destroy()
  else response.writeHead(500).end()
}
