/** The files of the page, and the library that it imports, served under a Content-Security-Policy that allows nothing else. */
import { readdirSync, readFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { extname } from 'node:path'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** Read once: no part of a request ever becomes part of a path. */
const FILES: ReadonlyMap<string, { readonly type: string; readonly content: Buffer }> = new Map([
  ...filesOf(new URL('page/', import.meta.url), '/'),
  ...filesOf(new URL('.', import.meta.resolve('hs256')), '/hs256/'),
])

/** Answers with the file of a path, if there is one. The page may call `origins`. */
export function sendFile(response: ServerResponse, path: string, origins: readonly string[]): boolean {
  const file = FILES.get(path === '/' ? '/index.html' : path)
  if (file === undefined) return false
  const policy = {
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self'",
    'img-src': "'self'",
    'connect-src': ["'self'", ...origins].join(' '),
    'form-action': "'self'",
    'base-uri': "'none'",
    'frame-ancestors': "'none'",
  }
  const headers = {
    'Content-Type': file.type,
    'Cache-Control': 'no-cache',
    'Content-Security-Policy': Object.entries(policy)
      .map(([name, value]) => `${name} ${value}`)
      .join('; '),
    'Referrer-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
  }
  response.writeHead(200, headers).end(file.content)
  return true
}

function filesOf(folder: URL, prefix: string): readonly (readonly [string, { readonly type: string; readonly content: Buffer }])[] {
  return readdirSync(folder).flatMap((name) => {
    const type = TYPES[extname(name)]
    return type === undefined ? [] : [[`${prefix}${name}`, { type, content: readFileSync(new URL(name, folder)) }] as const]
  })
}
