/** The cookie that carries a token (RFC 6265bis §4.1). */
import { decodeUnverified } from '../decode.ts'
import { own } from '../object.ts'
import { readOptions, refuseCallback } from '../options.ts'
import { CLEAR_OPTIONS, COOKIE_OPTIONS, MAX_AGE, type Attributes } from './cookie-options.ts'
import type { ClearTokenCookieOptions, SameSite, TokenCookieOptions } from './cookie-options.ts'

/** The parts of a cookie, for frameworks with `set(name, value, attributes)`. */
export interface TokenCookieParts {
  /** The name. */
  readonly name: string
  /** The token. */
  readonly value: string
  /** The attributes, under the names that Next, SvelteKit and Astro use; `maxAge` in seconds. */
  readonly attributes: {
    /** The path under which it is sent. */
    readonly path: string
    /** Whether it is hidden from JavaScript. */
    readonly httpOnly: boolean
    /** Whether it is sent only over https. */
    readonly secure: boolean
    /** Which cross-site requests carry it. */
    readonly sameSite: SameSite
    /** Present if it is kept separately for each top-level site. */
    readonly partitioned?: true
    /** The domain whose hosts receive it, if not this host alone. */
    readonly domain?: string
    /** How long the browser keeps it, in seconds; without it, until the browser is closed. */
    readonly maxAge?: number
  }
}

/** The limit of browsers, in bytes of name and value (RFC 6265bis §5.6). */
const MAX_BYTES = 4096

/**
 * Writes the value of `Set-Cookie` for a token: `Path=/; HttpOnly; Secure; SameSite=Lax` by
 * default, expiring with the token.
 *
 * @param token the result of `sign`
 * @throws {RangeError} if the token has expired, or browsers would not keep the cookie: over 4096
 * bytes, or 400 days
 * @throws {TypeError} if an option is not valid, or contradicts another: a cookie name that begins
 * with `__Host-`, `__Secure-`, `__Http-` or `__Host-Http-`, `SameSite=None`, `Partitioned`
 * @throws {JwtMalformedError} and {JwtClaimError} as {@link decodeUnverified} does
 * @example
 * const setCookie = tokenCookie(token, { domain: 'example.com' })
 */
export function tokenCookie(token: string, options?: TokenCookieOptions): string {
  refuseCallback(arguments, 2)
  return writeCookie(tokenCookieParts(token, options))
}

/**
 * Makes the parts of the cookie that {@link tokenCookie} writes, for `cookies().set(name, value,
 * attributes)` of Next, SvelteKit or Astro.
 *
 * @throws {RangeError} and {TypeError} as {@link tokenCookie} does
 * @example
 * const { name, value, attributes } = tokenCookieParts(token, { domain: 'example.com' })
 */
export function tokenCookieParts(token: string, options?: TokenCookieOptions): TokenCookieParts {
  refuseCallback(arguments, 2)
  if (typeof options === 'string')
    throw new TypeError('options must be a plain object: pass the token first, then { cookie: … }')
  const read = readOptions(options, COOKIE_OPTIONS)
  const now = read.now()
  const exp = own(decodeUnverified(token).claims, 'exp')
  const left = exp === undefined ? Infinity : Math.ceil(exp - now)
  if (left <= 0) throw new RangeError('token has expired')
  const size = read.cookie.length + token.length
  if (size > MAX_BYTES) {
    const limit = `browsers keep at most ${MAX_BYTES}`
    throw new RangeError(`cookie has ${size} bytes; ${limit}: put less in the claims`)
  }
  const lifetime = exp === undefined ? exp : Math.min(left, MAX_AGE)
  return toParts(token, read, read.maxAge ?? lifetime)
}

/**
 * Writes the value of `Set-Cookie` that removes a token's cookie. Pass the options that it was set
 * with, except `maxAge`: a browser removes only the cookie with the same name, domain and path.
 *
 * @throws {TypeError} as {@link tokenCookie} does
 * @example
 * clearTokenCookie() // → 'jwt=; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=0'
 */
export function clearTokenCookie(options?: ClearTokenCookieOptions): string {
  refuseCallback(arguments, 1)
  const read = readOptions(options, CLEAR_OPTIONS, { maxAge: 'the cookie expires at once' })
  read.now() // only to reject an invalid clock
  return writeCookie(toParts('', read, 0))
}

function toParts(value: string, read: Attributes, maxAge: number | undefined): TokenCookieParts {
  const { cookie: name, domain, path, secure, httpOnly, sameSite, partitioned } = read
  // Browsers compare prefixes case-insensitively (RFC 6265bis §5.7).
  const hasPrefix = /^__(?:host|secure|http)-/i.test(name)
  if ((hasPrefix || sameSite === 'none' || partitioned) && !secure)
    throw new TypeError('secure must be true with a __ prefix, sameSite None or partitioned')
  if (/^__(?:host-)?http-/i.test(name) && !httpOnly)
    throw new TypeError('httpOnly must be true with the prefix __Http- or __Host-Http-')
  if (/^__host-/i.test(name) && (domain !== undefined || path !== '/'))
    throw new TypeError('a __Host- cookie cannot have a domain or a path other than /')
  const host = domain !== undefined && { domain: domain.replace(/^\./, '') }
  const flags = { path, httpOnly, secure, sameSite, ...(partitioned && { partitioned }) }
  return { name, value, attributes: { ...host, ...flags, ...(maxAge !== undefined && { maxAge }) } }
}

function writeCookie({ name, value, attributes }: TokenCookieParts): string {
  const { path, httpOnly, secure, sameSite } = attributes
  // The others may be absent, and an inherited one must not be written.
  const [domain, maxAge] = [own(attributes, 'domain'), own(attributes, 'maxAge')]
  const parts = [
    `${name}=${value}`,
    domain !== undefined && `Domain=${domain}`,
    `Path=${path}`,
    httpOnly && 'HttpOnly',
    secure && 'Secure',
    `SameSite=${sameSite.charAt(0).toUpperCase()}${sameSite.slice(1)}`,
    own(attributes, 'partitioned') && 'Partitioned',
    maxAge !== undefined && `Max-Age=${maxAge}`,
  ]
  return parts.filter((part) => typeof part === 'string').join('; ')
}
