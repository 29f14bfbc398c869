/** The tokens in a request's cookie or `Authorization`, not in its URL (RFC 6750 §2, §5.3). */
import { defineOptions, matching, readOptions, readStrings, refuseCallback } from '../options.ts'
import { readHeaders, type ReadHeader, type RequestHeaders } from './request.ts'

/** Where a token came from. */
export type TokenSource = 'cookie' | 'bearer'

/** Options of `readTokens`. */
export interface ReadTokensOptions {
  /** The name of the cookie, which is case-sensitive. Default: `'jwt'`. */
  readonly cookie?: string
  /** Where to look, in this order. Default: `['cookie', 'bearer']`. */
  readonly sources?: readonly TokenSource[]
}

/** A token as it was sent, not verified yet. */
export interface FoundToken {
  /** The token, as it was sent. */
  readonly token: string
  /** Where it was. */
  readonly source: TokenSource
}

/** Reads the name of a cookie: `cookie-name = token` (RFC 6265bis §4.1.1, RFC 9110 §5.6.2). */
export const readCookieName = /* @__PURE__ */ matching(
  /^[\w!#$%&'*+.^`|~-]+$/,
  'a cookie name: letters, digits, - _ . or other characters of an RFC 9110 token',
)

const SOURCES: readonly TokenSource[] = ['cookie', 'bearer']

/** The options of `readTokens`. */
export const TOKEN_OPTIONS = /* @__PURE__ */ defineOptions({
  cookie: [readCookieName, 'jwt'],
  sources: [readSources, SOURCES],
})

/**
 * Finds the tokens of a request, at most one per source, in the order of the sources. Ambiguous
 * credentials count as none: an empty cookie, two cookies of that name that differ (a sibling host
 * may have set one), a repeated `Authorization`, or one that is not just `Bearer` and a token.
 *
 * @param headers a Fetch `Headers`, or Node's `headers`; a repeated `Authorization` is not visible
 * there, but a guard detects it in `rawHeaders`
 * @throws {TypeError} if headers or options are not valid
 * @example
 * const [first] = readTokens(request.headers)
 */
export function readTokens(
  headers: RequestHeaders,
  options?: ReadTokensOptions,
): readonly FoundToken[] {
  refuseCallback(arguments, 2)
  return findTokens(readHeaders(headers), readOptions(options, TOKEN_OPTIONS))
}

/** Finds the tokens in checked headers. */
export function findTokens(read: ReadHeader, options: Required<ReadTokensOptions>): FoundToken[] {
  const found: FoundToken[] = []
  for (const source of options.sources) {
    const token = source === 'cookie' ? cookieToken(read, options.cookie) : bearerToken(read)
    if (token !== undefined) found.push({ token, source })
  }
  return found
}

function cookieToken(read: ReadHeader, name: string): string | undefined {
  const text = read('cookie') ?? ''
  const prefix = `${name}=`
  let token: string | undefined
  for (let at = 0; at < text.length;) {
    const semicolon = text.indexOf(';', at)
    const end = semicolon < 0 ? text.length : semicolon
    if (text.startsWith(prefix, at)) {
      const value = text.slice(at + prefix.length, end) // verbatim: a token has no percent sign
      if (value === '' || value !== (token ?? value)) return undefined
      token = value
    }
    at = end + 1
    while (text[at] === ' ') at++ // only spaces: a no-break space is part of the name
  }
  return token
}

/**
 * `credentials = "Bearer" 1*SP b64token`, `b64token = 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" /
 * "+" / "/" ) *"="` (RFC 6750 §2.1); schemes are case-insensitive (RFC 9110 §11.1).
 */
const BEARER = /^Bearer +([\w.~+/-]+=*)$/i

function bearerToken(read: ReadHeader): string | undefined {
  return BEARER.exec(read('authorization') ?? '')?.[1]
}

function readSources(value: unknown, name: string): readonly TokenSource[] {
  const sources = readStrings(value, name).map((text) => SOURCES.find((source) => source === text))
  const isDistinct = new Set(sources).size === sources.length
  if (isDistinct && sources.every((source) => source !== undefined)) return sources
  throw new TypeError(`${name} must be 'cookie', 'bearer', or both`)
}
