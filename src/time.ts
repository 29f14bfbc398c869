/** Durations, NumericDate (RFC 7519 §2) and the clock. Everything here is in seconds. */
import { isKind, tagOf, type InstantLike } from './object.ts'

/**
 * Digits and one unit: `'90s'`, `'15m'`, `'12h'`, `'7d'`, `'2w'`; or a number of seconds, at most
 * 86 400, because a larger one is usually milliseconds by mistake.
 */
export type Duration = number | `${number}${'s' | 'm' | 'h' | 'd' | 'w'}`

/** A point in time. */
export type Instant = Date | InstantLike

/** Returns the current time in seconds, fractions included. */
export type Clock = () => number

/** The end of the year 9999. A larger number is taken for milliseconds. */
const MAX_NUMERIC_DATE = 253_402_300_799

/** Whether a value is a NumericDate in seconds: a finite number, not a count of milliseconds. */
export function isNumericDate(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= MAX_NUMERIC_DATE
}

/** The largest bare number of a {@link Duration}: a day. */
const MAX_BARE_SECONDS = 86_400

/** Reads a {@link Duration} as seconds; 0 is allowed. */
export function readDuration(value: unknown, name: string): number {
  const seconds = typeof value === 'string' ? parseDuration(value) : value
  if (typeof value === 'number' && value > MAX_BARE_SECONDS)
    throw new RangeError(`${name} is over 86400 seconds: write it with a unit, as in '1h' or '7d'`)
  if (isNumericDate(seconds) && seconds >= 0) return seconds
  if (isInstant(value))
    throw new TypeError(
      `${name} is a ${tagOf(value)}: pass a duration such as '1h', or set exp or nbf in the claims`,
    )
  const form = "a non-negative number of seconds, or a string such as '15m', '12h' or '7d'"
  throw new TypeError(`${name} must be ${form}`)
}

/** The largest tolerance: a larger one is usually milliseconds by mistake. */
const MAX_TOLERANCE = 600

/** Reads how far clocks may differ, in seconds. */
export function readTolerance(value: unknown, name: string): number {
  const isOver = typeof value === 'number' && value > MAX_TOLERANCE
  const seconds = isOver ? value : readDuration(value, name)
  if (seconds <= MAX_TOLERANCE) return seconds
  throw new RangeError(`${name} must be at most 600 seconds: write 30 or '30s', not milliseconds`)
}

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 }

/** `duration = 1*DIGIT ( "s" / "m" / "h" / "d" / "w" )`; anything else is `NaN`. */
function parseDuration(text: string): number {
  return /^\d+[smhdw]$/.test(text) ? Number(text.slice(0, -1)) * Number(UNITS[text.slice(-1)]) : NaN
}

/** The system's clock. */
export function systemClock(): number {
  return Date.now() / 1000
}

/** Whether a value is a `Date` or a `Temporal.Instant`. */
function isInstant(value: unknown): boolean {
  return isKind(value, 'Date') || isKind(value, 'Temporal.Instant')
}

/** Turns a `Date` or a `Temporal.Instant` into seconds, and returns any other value as it is. */
export function toSeconds(value: unknown): unknown {
  if (typeof value !== 'object') return value // for speed: no tag is read
  if (isKind(value, 'Temporal.Instant')) return value.epochMilliseconds / 1000
  return isKind(value, 'Date') ? Number(value) / 1000 : value
}

/** Reads the option `now`. Its result is checked each time the clock is read. */
export function readClock(now: unknown, name: string): Clock {
  const message = `${name} must be a function that returns a valid Date or Temporal.Instant`
  if (typeof now !== 'function') throw new TypeError(message)
  return () => {
    const instant: unknown = now()
    const seconds = isInstant(instant) ? toSeconds(instant) : undefined
    if (!isNumericDate(seconds)) throw new TypeError(message)
    return seconds
  }
}
