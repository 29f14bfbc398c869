/** Where a browser's request comes from: Sec-Fetch-Site, or else Origin (RFC 6454 §7). */
import { isString } from '../object.ts'
import { defineOptions, readOptions, refuseCallback } from '../options.ts'
import { readHeaders, toUpperCase, type ReadHeader, type RequestHeaders } from './request.ts'

/** Options of `isCrossOrigin`. */
export interface CrossOriginOptions {
  /** Other origins that may send unsafe requests, such as `https://app.example`. Default: none. */
  readonly trustedOrigins?: readonly string[]
}

/** The options of `isCrossOrigin`. */
export const ORIGIN_OPTIONS = /* @__PURE__ */ defineOptions({ trustedOrigins: [readOrigins, []] })

/**
 * Tells whether a page of another origin may have made the request, to which the browser added
 * cookies (CSRF). A sibling subdomain is another origin, and `SameSite` does not block it.
 *
 * Safe methods pass, unless they open a WebSocket. A browser tells the site in `Sec-Fetch-Site`; an
 * old one, or any over plain http, sends only `Origin`, which must match the request's `Host`
 * (`:authority` in HTTP/2). A request with neither header is not from a browser.
 *
 * @param method the request's method
 * @param headers a Fetch `Headers`, or Node's
 * @throws {TypeError} if a trusted origin or the headers are not valid
 * @example
 * isCrossOrigin('POST', { 'sec-fetch-site': 'cross-site' }) // → true
 */
export function isCrossOrigin(
  method: string | undefined,
  headers: RequestHeaders,
  options?: CrossOriginOptions,
): boolean {
  refuseCallback(arguments, 3)
  const { trustedOrigins } = readOptions(options, ORIGIN_OPTIONS)
  const read = readHeaders(headers)
  return comesFromElsewhere(isString(method) ? toUpperCase(method) : '', read, trustedOrigins)
}

/** Methods that change nothing (RFC 9110 §9.2.1). */
const SAFE = ['GET', 'HEAD', 'OPTIONS', 'TRACE']

/** Does the work of {@link isCrossOrigin} on checked headers and options. */
export function comesFromElsewhere(
  method: string,
  read: ReadHeader,
  trustedOrigins: readonly string[],
): boolean {
  const site = read('sec-fetch-site')
  const origin = read('origin')
  const isTrusted = origin !== undefined && trustedOrigins.includes(origin)
  // Other origins cannot read the answer to a safe method, but they can read from a WebSocket.
  if (SAFE.includes(method) && read('upgrade') === undefined) return false
  switch (site) {
    case 'same-origin': // a page of the service itself
    case 'none': // the user: the address bar, a bookmark
      return false
    case undefined: // an old browser, plain http, or no browser; a page's unsafe request has Origin
      return origin !== undefined && !isTrusted && !isOwnOrigin(origin, read)
    default: // same-site, which includes sibling subdomains; cross-site; unknown values
      return !isTrusted
  }
}

/** Whether an origin is the request's own host. `null`, which a sandboxed page sends, is not. */
function isOwnOrigin(origin: string, read: ReadHeader): boolean {
  const host = (read('host') ?? read(':authority') ?? '').toLowerCase()
  return host !== '' && (origin === `https://${host}` || origin === `http://${host}`)
}

/** Whether a request is a CORS preflight, which carries no credentials (Fetch §3.3.2). */
export function isPreflight(method: string, read: ReadHeader): boolean {
  const asks = read('access-control-request-method') !== undefined
  return method === 'OPTIONS' && asks && read('origin') !== undefined
}

/** `serialized-origin = scheme "://" host [ ":" port ]` (RFC 6454 §6.2), as browsers write it. */
const ORIGIN =
  /^(?!https:.*:443$|http:.*:80$)[a-z][a-z\d+.-]*:\/\/(?:[a-z\d_.-]+|\[[\da-f:.]+\])(?::\d+)?$/

function readOrigins(value: unknown, name: string): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? Array.from<unknown>(value) : [value]
  const isList = Array.isArray(value) && list.every(isString)
  if (isList && list.every((origin) => ORIGIN.test(origin))) return list
  const form =
    "origins such as 'https://app.example', in lower case, without a path or a default port"
  throw new TypeError(`${name} must be a list of ${form}`)
}
