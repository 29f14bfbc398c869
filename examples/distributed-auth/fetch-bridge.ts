/** Serves a Fetch handler on Node http, for requests without a body. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'

/** Turns a Fetch handler into a listener for `createServer`. An error is logged and answered with 500. */
export function toNodeListener(handle: (request: Request) => Promise<Response>): RequestListener {
  return (incoming, outgoing) => {
    answer(handle, incoming, outgoing).catch((error: unknown) => {
      console.error(error)
      if (outgoing.headersSent) outgoing.destroy()
      else outgoing.writeHead(500).end()
    })
  }
}

async function answer(
  handle: (request: Request) => Promise<Response>,
  { method = 'GET', url = '/', rawHeaders }: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  if (['CONNECT', 'TRACE', 'TRACK'].includes(method)) return void outgoing.writeHead(501).end() // a Fetch Request cannot have them
  const headers = new Headers() // joins repeated values
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) headers.append(rawHeaders[index]!, rawHeaders[index + 1]!)
  const response = await handle(new Request(`http://127.0.0.1${url}`, { method, headers }))
  const body = Buffer.from(await response.arrayBuffer())
  outgoing.writeHead(response.status, [...response.headers].flat()).end(body)
}
