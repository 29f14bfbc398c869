/** Reads a request's headers, and the tokens in its cookie or `Authorization` (not in its URL). */
import { isPlainObject, isString, tagOf } from '../object.ts'
import { defineOptions, readOptions, readStrings, refuseCallback } from '../options.ts'
import { readCookieName } from './cookie.ts'

/** The part of a Fetch `Headers` that is needed. */
export interface FetchHeaders {
  /** Returns the value of a header, joined if it was repeated. */
  readonly get: (name: string) => string | null
  /** Not called: it keeps a framework's context, which has no `has`, from matching this type. */
  readonly has: (name: string) => boolean
}

/** A Fetch `Headers`, or Node's `headersDistinct` or `headers` (which hide a repeated header). */
export type RequestHeaders =
  FetchHeaders | Readonly<Record<string, string | readonly string[] | undefined>>

/** The part of a request that a guard needs, as a Fetch `Request` and Node's requests have it. */
export interface HttpRequest {
  /** The method as sent. Optional, as in Node's types, but a request without one is rejected. */
  readonly method?: string | undefined
  /** The headers. */
  readonly headers: RequestHeaders
}

/** Returns a header, named in lower case; repeated ones are joined (RFC 9110 §5.3). */
export type ReadHeader = (name: string) => string | undefined

/**
 * Checks headers, and returns a function that reads one. Header names are case-insensitive.
 * @throws {TypeError} if these are not headers; the function does so if a value is not a string
 */
export function readHeaders(headers: RequestHeaders): ReadHeader {
  const get = headers?.get
  if (typeof get === 'function' && isFetchHeaders(headers)) {
    // No Fetch Headers holds a pseudo-header (RFC 9113 §8.3); asked for one, it throws.
    return (name) => join(name, name.startsWith(':') ? null : get.call(headers, name))
  }
  // Anything else with a `get` (a Map, a query, a context) would seem to have no headers, and pass.
  if (typeof get === 'function' || !isPlainObject(headers))
    throw new TypeError("headers must be a Fetch Headers or Node's headers")
  const members = Object.entries(headers)
  return (name) => {
    const found = members.filter(([key]) => key.toLowerCase() === name)
    const values = found.flatMap(([, value]) => value ?? [])
    return join(name, values)
  }
}

/** Some implementations have no tag; old ones have one, but no `getSetCookie`. */
function isFetchHeaders(headers: object & { readonly getSetCookie?: unknown }): boolean {
  return tagOf(headers) === 'Headers' || typeof headers.getSetCookie === 'function'
}

function join(name: string, value: unknown): string | undefined {
  const values = [value ?? []].flat()
  if (!values.every(isString)) throw new TypeError(`header ${name} must be a string`)
  return values.length === 0 ? undefined : values.join(name === 'cookie' ? '; ' : ', ')
}

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
 * @param headers a Fetch `Headers`, or Node's `headersDistinct` or `headers` (which hide a repeated
 * `Authorization`)
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
  return options.sources.flatMap((source) => {
    const token = source === 'cookie' ? cookieToken(read, options.cookie) : bearerToken(read)
    return token === undefined ? [] : { token, source }
  })
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
