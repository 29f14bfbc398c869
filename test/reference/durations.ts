/** Durations in seconds, read by hand. The limits are policy: a larger number is milliseconds by mistake more often than not. */

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 }
const LAST_SECOND = 253_402_300_799

/** A caller's mistake. */
export type Mistake = 'TypeError' | 'RangeError'

/** Reads a duration: digits and a unit, or a number of seconds that is at most a day. */
export function secondsOf(duration: unknown): number | Mistake {
  if (typeof duration === 'number') {
    if (!(duration >= 0)) return 'TypeError'
    return duration > 86_400 ? 'RangeError' : duration
  }
  if (typeof duration !== 'string') return 'TypeError'
  const digits = duration.slice(0, -1)
  const unit = SECONDS[duration.slice(-1)]
  const isCount = digits !== '' && [...digits].every((digit) => '0123456789'.includes(digit))
  if (!isCount || unit === undefined) return 'TypeError'
  const seconds = Number(digits) * unit
  return seconds > LAST_SECOND ? 'TypeError' : seconds
}

/** Reads a tolerance: at most ten minutes. */
export function toleranceOf(duration: unknown): number | Mistake {
  const seconds = secondsOf(duration)
  return typeof seconds === 'number' && seconds > 600 ? 'RangeError' : seconds
}

/** Reads a lifetime: at least a second. */
export function lifetimeOf(duration: unknown): number | Mistake {
  const seconds = secondsOf(duration)
  return typeof seconds === 'number' && seconds < 1 ? 'RangeError' : seconds
}
