/** Serves the playground on loopback, with a policy that lets the page send nothing. */
import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { extname } from 'node:path'
import { POLICY } from './policy.ts'
import type { Site } from './site.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
}

const HEADERS = {
  'Cache-Control': 'no-cache',
  'Content-Security-Policy': POLICY,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'clipboard-read=(), camera=(), geolocation=(), microphone=()',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
}

/** A listening server. */
export interface Playground {
  readonly url: string
  readonly server: Server
}

/** Starts to listen. Port 0 means any free port. */
export async function serve(site: Site, port = 0): Promise<Playground> {
  const server = createServer(({ method, url = '/' }, response) => {
    const path = url.split('?', 1)[0] === '/' ? 'index.html' : url.slice(1)
    const content = site.get(path) // no part of a request ever becomes part of a path on disk
    if (content === undefined) return response.writeHead(404, HEADERS).end()
    if (method !== 'GET' && method !== 'HEAD') return response.writeHead(405, { ...HEADERS, Allow: 'GET, HEAD' }).end()
    return response.writeHead(200, { ...HEADERS, 'Content-Type': TYPES[extname(path)] }).end(method === 'GET' ? content : undefined)
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server }
}
