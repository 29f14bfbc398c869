/** The cookie that carries a token (RFC 6265bis §4.1). */
import { decodeUnverified } from '../jwt/decode-unverified.ts'
import { expect, flag, own, readOptions, type Readers } from '../options.ts'
import { readClock, systemTime, toSeconds, type Duration } from '../time.ts'
import { readCookieName } from './cookie-name.ts'

/** What `clearTokenCookie` takes: the same as `tokenCookie` but for `maxAge`, as a browser keeps apart what differs in name, domain or path. */
export interface ClearTokenCookieOptions {
  /** The cookie's name. Default: `'jwt'`. */
  readonly name?: string
  /** The domain whose hosts, with all under it, get the cookie: the parent domain, for single sign-on. Default: this host alone. */
  readonly domain?: string
  /** The path under which it is sent. Default: `'/'`. */
  readonly path?: string
  /** Whether it is sent over https alone (and to localhost). Default: `true`. */
  readonly secure?: boolean
  /** Whether it is kept from JavaScript. Default: `true`. */
  readonly httpOnly?: boolean
  /** Which requests of other sites carry it. Default: `'Lax'`, none but navigations. */
  readonly sameSite?: 'Strict' | 'Lax' | 'None'
  /** Whether it is kept apart for each top-level site (CHIPS). Default: `false`. */
  readonly partitioned?: boolean
  /** The clock. Default: the system's. */
  readonly now?: () => Date
}

/** What `tokenCookie` takes beside the token. */
export interface TokenCookieOptions extends ClearTokenCookieOptions {
  /**
   * How long the browser keeps it, at most 400 days. Longer than the token lives where a page is to be told that it has expired, and
   * renews: a cookie that is gone is a token that is missing. Default: as long as the token lives; without an `exp`, until the browser is
   * closed.
   */
  readonly maxAge?: Duration
}

/** The options as read. */
interface CookieAttributes {
  readonly name: string
  readonly domain: string | undefined
  readonly path: string
  readonly secure: boolean
  readonly httpOnly: boolean
  readonly sameSite: string
  readonly partitioned: boolean
  readonly now: number
}

/** The most that a browser keeps: bytes of name and value (RFC 6265bis §5.6), seconds (§5.5, 400 days). */
const MAX_BYTES = 4096
const MAX_AGE = 34_560_000

/** Labels of letters, digits and hyphens (RFC 1034 §3.5), 253 in all (§3.1); a dot before them means nothing (RFC 6265bis §5.6.3). */
const DOMAIN = /^\.?(?!.{254})[a-z\d-]{1,63}(?:\.[a-z\d-]{1,63})*$/i

/** `path-value = *av-octet`, `av-octet = %x20-3A / %x3C-7E` (RFC 6265bis §4.1.1), less the space that no request's path has; 1024 are kept. */
const PATH = /^\/[!-:<-~]{0,1023}$/

const READERS: Readers<CookieAttributes> = {
  name: readCookieName,
  domain: (value, name) => fitting(value, name, DOMAIN, "a host name in ASCII, such as 'example.com'"),
  path: (value, name) => fitting(value, name, PATH, "a path from '/', without ; and space"),
  secure: flag,
  httpOnly: flag,
  sameSite: (value, name) => fitting(value, name, /^(?:Strict|Lax|None)$/, "'Strict', 'Lax' or 'None'"),
  partitioned: flag,
  now: readClock,
}

const DEFAULTS = (): CookieAttributes => ({
  name: 'jwt',
  domain: undefined,
  path: '/',
  secure: true,
  httpOnly: true,
  sameSite: 'Lax',
  partitioned: false,
  now: systemTime(),
})

/**
 * Writes `Set-Cookie` for a token: `Path=/; HttpOnly; Secure; SameSite=Lax` unless told otherwise, and gone with the token.
 *
 * @param token the token, as `sign` gave it
 * @throws {RangeError} where the token has expired, or browsers would not keep the cookie: over 4096 bytes, or 400 days
 * @throws {TypeError} where an option is not valid, or contradicts another: `__Host-`, `__Secure-`, `SameSite=None`, `Partitioned`
 * @throws {JwtMalformedError} where it is no token
 * @example
 * const setCookie = tokenCookie(token, { domain: 'example.com' })
 */
export function tokenCookie(token: string, options?: TokenCookieOptions): string {
  const readers: Readers<CookieAttributes & { readonly maxAge: number | undefined }> = { ...READERS, maxAge: readMaxAge }
  const attributes = readOptions(options, readers, () => ({ ...DEFAULTS(), maxAge: undefined }))
  const exp = own(decodeUnverified(token).claims, 'exp')
  const left = exp === undefined ? exp : Math.ceil(exp - attributes.now)
  if (Number(left) <= 0) throw new RangeError('token is expired')
  const size = attributes.name.length + token.length
  if (size > MAX_BYTES) throw new RangeError(`cookie has ${size} bytes, of which browsers keep ${MAX_BYTES}: put less into the claims`)
  return write(token, attributes, attributes.maxAge ?? (left && Math.min(left, MAX_AGE)))
}

/**
 * Writes `Set-Cookie` that removes a token's cookie. Give it the options that the cookie was set with, all but `maxAge`: a browser
 * removes only the one with the same name, domain and path.
 *
 * @throws {TypeError} as {@link tokenCookie}
 * @example
 * clearTokenCookie() // → 'jwt=; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=0'
 */
export function clearTokenCookie(options?: ClearTokenCookieOptions): string {
  return write('', readOptions(options, READERS, DEFAULTS, { maxAge: 'a cookie that is cleared has none' }), 0)
}

function write(value: string, attributes: CookieAttributes, maxAge: number | undefined): string {
  const { name, domain, path, secure, httpOnly, sameSite, partitioned } = attributes
  const host = /^__host-/i.test(name)
  expect(
    secure || !(host || /^__secure-/i.test(name) || sameSite === 'None' || partitioned),
    'secure',
    'true with __Host-, __Secure-, SameSite=None and Partitioned',
  )
  expect(!host || (domain === undefined && path === '/'), 'domain and path', 'left out with __Host-')
  const parts = [
    `${name}=${value}`,
    domain !== undefined && `Domain=${domain.replace(/^\./, '')}`,
    `Path=${path}`,
    httpOnly && 'HttpOnly',
    secure && 'Secure',
    `SameSite=${sameSite}`,
    partitioned && 'Partitioned',
    maxAge !== undefined && `Max-Age=${maxAge}`,
  ]
  return parts.filter((part) => part !== false).join('; ')
}

function readMaxAge(value: unknown, name: string): number {
  const seconds = Math.ceil(toSeconds(value, name))
  if (seconds === 0 || seconds > MAX_AGE) throw new RangeError(`${name} must be above 0, and at most 400 days, which is what browsers keep`)
  return seconds
}

function fitting(value: unknown, name: string, pattern: RegExp, wanted: string): string {
  expect(typeof value === 'string' && pattern.test(value), name, wanted)
  return value
}
