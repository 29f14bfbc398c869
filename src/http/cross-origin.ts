/** Where a request of a browser comes from: by Sec-Fetch-Site (Fetch Metadata), else by Origin (RFC 6454 §7). */
import { expect, own, readOptions, type Readers } from '../options.ts'
import { readHeader, type HttpRequest, type RequestHeaders } from './headers.ts'

/** What `isCrossOrigin` takes beside the request. */
export interface CrossOriginOptions {
  /** The origins beside the service's own whose pages may change something, as browsers write them: `https://app.example`. Default: none. */
  readonly trustedOrigins?: readonly string[]
}

const READERS: Readers<Required<CrossOriginOptions>> = { trustedOrigins: readOrigins }

/** `serialized-origin = scheme "://" host [ ":" port ]` (RFC 6454 §6.2), in lower case, with no path and no default port, as browsers write it. */
const ORIGIN = /^(?!https:.*:443$|http:.*:80$)[a-z][a-z\d+.-]*:\/\/(?:[a-z\d_.-]+|\[[\da-f:.]+\])(?::\d+)?$/

/** Methods that change nothing (RFC 9110 §9.2.1). */
const SAFE = ['GET', 'HEAD', 'OPTIONS', 'TRACE']

/**
 * Tells whether a request may have been made by a page of another origin, which the browser's cookies came along with: cross-site request
 * forgery. A neighbour under the same domain is another origin, too, and `SameSite` does not keep it away.
 *
 * A safe method is not asked where it comes from, unless it opens a WebSocket. A browser says it in `Sec-Fetch-Site`; one that does
 * not (an old one, or plain http) in `Origin`, which must have the request's `Host` (`:authority` in HTTP/2). Who sends neither is no browser.
 *
 * @param method the request's, in upper case
 * @param headers a Fetch `Headers`, or Node's
 * @throws {TypeError} where a trusted origin is none, or the headers are no headers
 * @example
 * isCrossOrigin('POST', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }) // → true
 */
export function isCrossOrigin(method: string | undefined, headers: RequestHeaders, options?: CrossOriginOptions): boolean {
  const { trustedOrigins } = readOptions(options, READERS, () => ({ trustedOrigins: [] }))
  const site = readHeader(headers, 'sec-fetch-site')
  const origin = readHeader(headers, 'origin')
  if (SAFE.includes(String(method)) && readHeader(headers, 'upgrade') === undefined) return false
  if (site === 'same-origin' || site === 'none') return false
  if (origin !== undefined && trustedOrigins.includes(origin)) return false
  if (site !== undefined || origin === undefined) return site !== undefined
  // In HTTP/2 it is a pseudo-header (RFC 9113 §8.3.1), which Node gives as a text among the others, and no Fetch Headers holds.
  const host = String(readHeader(headers, 'host') ?? own(headers as Record<string, string | string[]>, ':authority') ?? '')
  if (!host || !/^https?:\/\/$/.test(origin.slice(0, -host.length))) return true // `null`, which a sandboxed page sends, among them
  return !origin.endsWith(host.toLowerCase())
}

/** Whether a request asks, before another one, whether that may be sent (CORS preflight, Fetch §3.3.2); it never carries credentials. */
export function isPreflight({ method, headers }: HttpRequest): boolean {
  const asks = (name: string): boolean => readHeader(headers, name) !== undefined
  return method === 'OPTIONS' && asks('origin') && asks('access-control-request-method')
}

/** Reads the option `trustedOrigins`. */
export function readOrigins(value: unknown, name: string): readonly string[] {
  const valid = Array.isArray(value) && value.every((origin) => typeof origin === 'string' && ORIGIN.test(origin))
  expect(valid, name, "a list of origins such as 'https://app.example', in lower case, without a path or a default port")
  return [...(value as readonly string[])]
}
