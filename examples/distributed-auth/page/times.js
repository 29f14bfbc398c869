/** Times, in the reader's locale and time zone. All are in seconds since 1970, as in a token. */
import { element } from './dom.js'

const TIME_OF_DAY = /** @type {const} */ ({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' })
const WITH_DATE = /** @type {const} */ ({ ...TIME_OF_DAY, day: 'numeric', month: 'short' })

/**
 * An element with a time of day; on another day than today, with the date. `refreshTimes` keeps it right after midnight.
 * @param {number} seconds
 */
export function time(seconds) {
  const made = element('time', '', text(new Date(seconds * 1000)))
  made.setAttribute('datetime', new Date(seconds * 1000).toISOString())
  return made
}

/** Adds the date to the times that are no longer today's. */
export function refreshTimes() {
  for (const shown of document.querySelectorAll('time')) {
    const now = text(new Date(shown.dateTime))
    if (shown.textContent !== now) shown.textContent = now
  }
}

/**
 * A span of time: `60:00`, `11:59:58`.
 * @param {number} seconds
 */
export function span(seconds) {
  const whole = Math.max(0, Math.ceil(seconds))
  const hours = whole > 3600 ? Math.floor(whole / 3600) : 0
  const [minutes, rest] = [Math.floor(whole / 60) - hours * 60, whole % 60]
  const two = (/** @type {number} */ number) => String(number).padStart(2, '0')
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`
}

/** @param {Date} date */
function text(date) {
  const isToday = date.toDateString() === new Date().toDateString()
  return date.toLocaleString([], isToday ? TIME_OF_DAY : WITH_DATE)
}
