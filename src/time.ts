/** Durations, NumericDate (RFC 7519 §2) and the clock. Everything here is in seconds. */
import { isKind } from './object.ts'

/** A number of seconds, or digits and one unit: `90`, `'90s'`, `'15m'`, `'12h'`, `'7d'`, `'2w'`. */
export type Duration = number | `${number}${'s' | 'm' | 'h' | 'd' | 'w'}`

/** Returns the current time in seconds, fractions included. */
export type Clock = () => number

/** The end of the year 9999. A larger number is taken for milliseconds. */
const MAX_NUMERIC_DATE = 253_402_300_799

/** Whether a value is a NumericDate in seconds: a finite number, not a count of milliseconds. */
export function isNumericDate(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= MAX_NUMERIC_DATE
}

/** Reads a {@link Duration} as seconds; 0 is allowed. */
export function readDuration(value: unknown, name: string): number {
  const seconds = typeof value === 'string' ? parseDuration(value) : value
  if (isNumericDate(seconds) && seconds >= 0) return seconds
  throw new TypeError(
    `${name} must be a non-negative number of seconds, or a string such as '15m', '12h' or '7d'`,
  )
}

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 }

/** `duration = 1*DIGIT ( "s" / "m" / "h" / "d" / "w" )`; anything else is `NaN`. */
function parseDuration(text: string): number {
  const [, digits, unit = ''] = /^(\d+)([smhdw])$/.exec(text) ?? []
  return Number(digits) * Number(UNITS[unit])
}

/** The system's clock. */
export function systemClock(): number {
  return Date.now() / 1000
}

/** Reads the option `now`. Its result is checked each time the clock is read. */
export function readClock(now: unknown, name: string): Clock {
  const message = `${name} must be a function that returns a valid Date`
  if (typeof now !== 'function') throw new TypeError(message)
  return () => {
    const date: unknown = now()
    const seconds = isKind(date, 'Date') ? Number(date) / 1000 : NaN
    if (!isNumericDate(seconds)) throw new TypeError(message)
    return seconds
  }
}
