/** How long a token still lives: for countdowns, and for renewal in time. */
import { expect, isPlainObject, own, readOptions } from '../options.ts'
import { isNumericDate, readClock, systemTime } from '../time.ts'

/** What `secondsLeft` takes beside the token. */
export interface SecondsLeftOptions {
  /** The clock. Default: the system's. */
  readonly now?: () => Date
}

/**
 * Tells how many seconds, fractions included, are left until a token's `exp`: 0 once it has expired, `Infinity` where it has none.
 *
 * @param jwt what `verify` or `decodeUnverified` gave
 * @throws {TypeError} where `jwt` is something else, or `exp` is no number of seconds, as a schema may have left it
 * @example
 * setTimeout(renew, Math.min((secondsLeft(jwt) / 2) * 1000, 2 ** 31 - 1)) // setTimeout takes at most 24 days
 */
export function secondsLeft(jwt: { readonly claims: { readonly exp?: unknown } }, options?: SecondsLeftOptions): number {
  const { now } = readOptions(options, { now: readClock }, () => ({ now: systemTime() }))
  const { claims } = Object(jwt) as Partial<typeof jwt>
  expect(isPlainObject(claims), 'jwt', 'what verify or decodeUnverified gave')
  const exp = own(claims, 'exp')
  if (exp === undefined) return Infinity
  expect(isNumericDate(exp), 'exp', 'a number of seconds')
  return Math.max(0, exp - now)
}
