/** How the auth service reads and answers JSON on Node http. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isOutage, OUTAGE } from './revocations.ts'

const MAX_BODY = 4096 // bytes

/** Answers with 204. */
export function nothing(response: ServerResponse): void {
  response.writeHead(204, { 'Cache-Control': 'no-store' }).end()
}

/** An error that a handler throws to reject a request. Its message tells the client why. */
export class Refusal extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** Answers with uncacheable JSON. A 401 needs a challenge (RFC 9110 §15.5.2); the client answers this one by signing in again. */
export function send(response: ServerResponse, status: number, body: object): void {
  if (status === 401) response.setHeader('WWW-Authenticate', 'Bearer realm="auth"')
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }).end(JSON.stringify(body))
}

/** Makes a handler answer what it throws: a `Refusal` with its status and message, an outage with 503, anything else with 500 only. */
export function answering<Rest extends readonly unknown[]>(
  handle: (request: IncomingMessage, response: ServerResponse, ...rest: Rest) => Promise<void>,
): (request: IncomingMessage, response: ServerResponse, ...rest: Rest) => Promise<void> {
  return (request, response, ...rest) => handle(request, response, ...rest).catch((error: unknown) => fail(response, error))
}

/** Reads a body as JSON; an empty one is `{}`. A form of another site cannot send the JSON type, so it cannot sign anyone in. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const { 'content-type': type = '', 'content-length': length = '0', 'transfer-encoding': coding } = request.headers
  if (coding !== undefined || !(Number(length) <= MAX_BODY)) throw new Refusal(413, `the body may have at most ${MAX_BODY} bytes`)
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
  if (response.destroyed) return // the client is gone
  if (error instanceof Refusal && !response.headersSent) return send(response, error.status, { error: 'refused', message: error.message })
  if (isOutage(error) && !response.headersSent) {
    for (const [name, value] of Object.entries(OUTAGE.headers)) response.setHeader(name, value)
    return send(response, OUTAGE.status, OUTAGE.body)
  }
  console.error(error)
  if (response.headersSent) response.destroy()
  else response.writeHead(500).end()
}
