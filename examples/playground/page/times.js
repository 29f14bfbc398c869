/** Readable times. All are in seconds since 1970, as in a token. */

const ABSOLUTE = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'long' })
const RELATIVE = new Intl.RelativeTimeFormat('en')

/** From this part of a unit on, the unit is used: 59 minutes and 50 seconds are an hour. */
const NEARLY = 0.99

/** From how many seconds on each unit is used, the longest first. */
const UNITS = /** @type {const} */ ([
  ['year', 31_556_952],
  ['month', 2_629_746],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
])

/**
 * A date and a time of day, in the reader's time zone: `25 Nov 2026, 12:00:00 UTC`.
 * @param {number} seconds
 */
export function absolute(seconds) {
  return ABSOLUTE.format(seconds * 1000)
}

/**
 * The distance from now: `in 5 minutes`, `2 days ago`, `now`.
 * @param {number} seconds
 * @param {number} now
 */
export function relative(seconds, now) {
  const distance = seconds - now
  const [unit, size] = UNITS.find(([, size]) => Math.abs(distance) >= size * NEARLY) ?? ['second', 0]
  if (size === 0) return 'now'
  return RELATIVE.format(Math.round(distance / size), unit)
}

/**
 * A running span of time: `0:09`, `59:59`, `11:59:58`; in days if it is longer.
 * @param {number} seconds
 */
export function span(seconds) {
  const whole = Math.ceil(seconds)
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  if (hours >= 48) return `${new Intl.NumberFormat('en').format(Math.floor(hours / 24))} days`
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`
}

/** @param {number} number */
function two(number) {
  return String(number).padStart(2, '0')
}
