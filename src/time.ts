/** Durations, NumericDate (RFC 7519 §2) and the clock. Everything here is in seconds. */
import { expect, kindOf } from './options.ts'

/** A number of seconds, or digits and one unit: `90`, `'90s'`, `'15m'`, `'12h'`, `'7d'`, `'2w'`. */
export type Duration = number | `${number}${'s' | 'm' | 'h' | 'd' | 'w'}`

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 }

/** The end of the year 9999. A NumericDate beyond it is milliseconds by mistake. */
const MAX_NUMERIC_DATE = 253_402_300_799

/** Whether a value is a NumericDate in seconds: a finite number, and no count of milliseconds. */
export function isNumericDate(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= MAX_NUMERIC_DATE
}

/** Reads a {@link Duration} as seconds, 0 included. */
export function toSeconds(duration: unknown, name: string): number {
  const [, digits, unit = ''] = /^(\d+)([smhdw])$/.exec(typeof duration === 'string' ? duration : '') ?? []
  const seconds = digits === undefined ? duration : Number(digits) * UNITS[unit]!
  expect(isNumericDate(seconds) && seconds >= 0, name, "a number of seconds from 0, or a text such as '15m', '12h' or '7d'")
  return seconds
}

/** The system's clock as a NumericDate, fractions included. */
export function systemTime(): number {
  return Date.now() / 1000
}

/** Reads a clock, once, as a NumericDate, fractions included. */
export function readClock(now: unknown, name: string): number {
  const time: unknown = typeof now === 'function' ? now() : undefined
  const seconds = kindOf(time) === 'Date' ? Number(time) / 1000 : NaN
  expect(isNumericDate(seconds), name, 'a function that returns a valid Date')
  return seconds
}
