/** Options of the cookie that carries a token (RFC 6265bis §4.1). */
import { defineOptions, joinOptions, matching, readBoolean, type OptionsOf } from '../options.ts'
import { readClock, readDuration, systemClock, type Duration, type Instant } from '../time.ts'
import { readCookieName } from './tokens.ts'

/** Options of `clearTokenCookie`: those of `tokenCookie`, except `maxAge`. */
export interface ClearTokenCookieOptions {
  /** The cookie's name. Default: `'jwt'`. */
  readonly cookie?: string
  /** The domain whose hosts receive it: a parent domain for single sign-on. Default: this host. */
  readonly domain?: string
  /** The path under which it is sent. Default: `'/'`. */
  readonly path?: string
  /** Whether it is sent only over https; most browsers except localhost. Default: `true`. */
  readonly secure?: boolean
  /** Whether it is hidden from JavaScript. Default: `true`. */
  readonly httpOnly?: boolean
  /** Which cross-site requests carry it. Default: `'Lax'`, which means only navigations. */
  readonly sameSite?: 'Strict' | 'Lax' | 'None' | 'strict' | 'lax' | 'none'
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

/** The limit of browsers, in seconds: 400 days (RFC 6265bis §5.5). */
export const MAX_AGE = 34_560_000

/** Labels (RFC 1034 §3.5), 253 characters; a leading dot is ignored (RFC 6265bis §5.6.3). */
const DOMAIN = /^\.?(?!.{254})[a-z\d-]{1,63}(?:\.[a-z\d-]{1,63})*$/i

/** `path-value` (RFC 6265bis §4.1.1) without spaces; browsers ignore more than 1024 octets. */
const PATH = /^\/[!-:<-~]{0,1023}$/

/** The options of `clearTokenCookie`. */
export const CLEAR_OPTIONS = /* @__PURE__ */ defineOptions({
  cookie: [readCookieName, 'jwt'],
  domain: [
    /* @__PURE__ */ matching(DOMAIN, "a host name in ASCII, such as 'example.com'"),
    undefined,
  ],
  path: [/* @__PURE__ */ matching(PATH, "a path that starts with '/', without ; or spaces"), '/'],
  secure: [readBoolean, true],
  httpOnly: [readBoolean, true],
  sameSite: [readSameSite, 'lax' as const],
  partitioned: [readBoolean, false],
  now: [readClock, systemClock],
})

/** The normalized options of a cookie. */
export type Attributes = OptionsOf<typeof CLEAR_OPTIONS>

/** The options of `tokenCookie`. */
export const COOKIE_OPTIONS = /* @__PURE__ */ joinOptions(
  CLEAR_OPTIONS,
  /* @__PURE__ */ defineOptions({ maxAge: [readMaxAge, undefined] }),
)

/** The values of `SameSite`, as frameworks write them. */
export type SameSite = 'strict' | 'lax' | 'none'

const SITES: readonly SameSite[] = ['strict', 'lax', 'none']

function readSameSite(value: unknown, name: string): SameSite {
  const site = typeof value === 'string' && SITES.find((one) => one === value.toLowerCase())
  if (site) return site
  throw new TypeError(`${name} must be 'Strict', 'Lax' or 'None'`)
}

function readMaxAge(value: unknown, name: string): number {
  const seconds = Math.ceil(readDuration(value, name))
  if (seconds > 0 && seconds <= MAX_AGE) return seconds
  throw new RangeError(
    `${name} must be above 0 and at most 400 days: browsers keep no cookie longer`,
  )
}
