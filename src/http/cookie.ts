/** The cookie that carries a token (RFC 6265bis §4.1). */
import { decodeUnverified } from '../decode.ts'
import { own } from '../object.ts'
import { defineOptions, matching, readBoolean, readOptions, type OptionsOf } from '../options.ts'
import { refuseCallback } from '../options.ts'
import { readClock, readDuration, systemClock, type Duration, type Instant } from '../time.ts'

/** Options of `clearTokenCookie`: those of `tokenCookie`, except `maxAge`. */
export interface ClearTokenCookieOptions {
  /** The cookie's name. Default: `'jwt'`. */
  readonly name?: string
  /** The domain whose hosts receive it: a parent domain for single sign-on. Default: this host. */
  readonly domain?: string
  /** The path under which it is sent. Default: `'/'`. */
  readonly path?: string
  /** Whether it is sent only over https (and to localhost). Default: `true`. */
  readonly secure?: boolean
  /** Whether it is hidden from JavaScript. Default: `true`. */
  readonly httpOnly?: boolean
  /** Which cross-site requests carry it. Default: `'Lax'`, which means only navigations. */
  readonly sameSite?: 'Strict' | 'Lax' | 'None'
  /** Whether it is kept separately for each top-level site (CHIPS). Default: `false`. */
  readonly partitioned?: boolean
  /** The clock. Default: the system's. */
  readonly now?: () => Instant
}

/** Options of `tokenCookie`. */
export interface TokenCookieOptions extends ClearTokenCookieOptions {
  /**
   * How long the browser keeps it, at most 400 days. To tell an expired token from a missing one,
   * make it longer than the token's lifetime. Default: as long as the token lives; without `exp`,
   * until the browser is closed.
   */
  readonly maxAge?: Duration
}

/** Limits of browsers: bytes of name and value, and seconds (RFC 6265bis §5.6, §5.5). */
const MAX_BYTES = 4096
const MAX_AGE = 34_560_000

/** `cookie-name = token` (RFC 6265bis §4.1.1, RFC 9110 §5.6.2). */
const NAME = /^[\w!#$%&'*+.^`|~-]+$/

/** Labels (RFC 1034 §3.5), 253 characters; a leading dot is ignored (RFC 6265bis §5.6.3). */
const DOMAIN = /^\.?(?!.{254})[a-z\d-]{1,63}(?:\.[a-z\d-]{1,63})*$/i

/** `path-value` (RFC 6265bis §4.1.1) without spaces; browsers ignore more than 1024 octets. */
const PATH = /^\/[!-:<-~]{0,1023}$/

/** Reads the name of a cookie. */
export const readCookieName = /* @__PURE__ */ matching(
  NAME,
  'a cookie name: letters, digits, - _ . or other characters of an RFC 9110 token',
)

const CLEAR_OPTIONS = /* @__PURE__ */ defineOptions({
  name: [readCookieName, 'jwt'],
  domain: [
    /* @__PURE__ */ matching(DOMAIN, "a host name in ASCII, such as 'example.com'"),
    undefined,
  ],
  path: [/* @__PURE__ */ matching(PATH, "a path that starts with '/', without ; or spaces"), '/'],
  secure: [readBoolean, true],
  httpOnly: [readBoolean, true],
  sameSite: [/* @__PURE__ */ matching(/^(?:Strict|Lax|None)$/, "'Strict', 'Lax' or 'None'"), 'Lax'],
  partitioned: [readBoolean, false],
  now: [readClock, systemClock],
})
type Attributes = OptionsOf<typeof CLEAR_OPTIONS>

const OPTIONS = /* @__PURE__ */ defineOptions({
  ...CLEAR_OPTIONS.entries,
  maxAge: [readMaxAge, undefined],
})

/**
 * Writes the value of `Set-Cookie` for a token: `Path=/; HttpOnly; Secure; SameSite=Lax` by
 * default, expiring with the token.
 *
 * @param token the result of `sign`
 * @throws {RangeError} if the token has expired, or browsers would not keep the cookie: over 4096
 * bytes, or 400 days
 * @throws {TypeError} if an option is not valid, or contradicts another: `__Host-`, `__Secure-`,
 * `SameSite=None`, `Partitioned`
 * @throws {JwtMalformedError} and {JwtClaimError} as {@link decodeUnverified} does
 * @example
 * const setCookie = tokenCookie(token, { domain: 'example.com' })
 */
export function tokenCookie(token: string, options?: TokenCookieOptions): string {
  refuseCallback(arguments, 2)
  if (typeof options === 'string')
    throw new TypeError('options must be a plain object: pass the token first, then { name: … }')
  const attributes = readOptions(options, OPTIONS)
  const now = attributes.now()
  const exp = own(decodeUnverified(token).claims, 'exp')
  const left = exp === undefined ? Infinity : Math.ceil(exp - now)
  if (left <= 0) throw new RangeError('token has expired')
  const size = attributes.name.length + token.length
  if (size > MAX_BYTES) {
    const limit = `browsers keep at most ${MAX_BYTES}`
    throw new RangeError(`cookie has ${size} bytes; ${limit}: put less in the claims`)
  }
  const lifetime = exp === undefined ? exp : Math.min(left, MAX_AGE)
  return writeCookie(token, attributes, attributes.maxAge ?? lifetime)
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
  const attributes = readOptions(options, CLEAR_OPTIONS, { maxAge: 'the cookie expires at once' })
  attributes.now() // only to reject an invalid clock
  return writeCookie('', attributes, 0)
}

function writeCookie(value: string, attributes: Attributes, maxAge: number | undefined): string {
  const { name, domain, path, secure, httpOnly, sameSite, partitioned } = attributes
  const isHostOnly = /^__host-/i.test(name)
  const needsSecure = isHostOnly || /^__secure-/i.test(name) || sameSite === 'None' || partitioned
  if (needsSecure && !secure)
    throw new TypeError('secure must be true with __Host-, __Secure-, sameSite None or partitioned')
  if (isHostOnly && (domain !== undefined || path !== '/'))
    throw new TypeError('a __Host- cookie cannot have a domain or a path other than /')
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
  const seconds = Math.ceil(readDuration(value, name))
  if (seconds > 0 && seconds <= MAX_AGE) return seconds
  throw new RangeError(
    `${name} must be above 0 and at most 400 days: browsers keep no cookie longer`,
  )
}
