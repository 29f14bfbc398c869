/** The lifetime of a token, as a shrinking bar. */
import { find, write } from './dom.js'
import { secondsLeft } from './hs256.js'
import { absolute, span } from './times.js'

/** Below this part of its lifetime, a token is about to expire. */
const LOW = 0.15

/** How far in the future the library accepts an `iat`, because clocks differ (seconds). */
const CLOCKS = 60

/**
 * Shows the lifetime. Called several times a second.
 * @param {import('./reading.js').Reading | undefined} reading
 * @param {number} now in seconds
 */
export function showLifetime(reading, now) {
  const card = find('#lifetime', HTMLElement)
  card.hidden = reading?.isTyped !== true
  if (reading?.claims === undefined || card.hidden) return
  const { exp, nbf, iat } = /** @type {import('./hs256.js').RegisteredClaims} */ (reading.claims)
  const left = secondsLeft({ claims: { exp } }, { now: () => new Date(now * 1000) })
  const starts = nbf ?? iat
  const lifetime = (exp ?? Infinity) - (starts ?? Infinity)
  const share = lifetime > 0 && Number.isFinite(lifetime) ? Math.min(1, left / lifetime) : left === 0 ? 0 : 1
  const isEarly = left > 0 && ((nbf ?? now) > now || (iat ?? now) > now + CLOCKS)

  card.dataset['state'] = left === 0 ? 'expired' : isEarly ? 'early' : left === Infinity ? 'endless' : share < LOW ? 'low' : 'alive'
  const [time, caption] = isEarly ? [span(Math.max(nbf ?? now, iat ?? now) - now), 'until it is valid'] : words(left, exp ?? 0, now)
  write(find('#time-left', HTMLElement), time)
  write(find('#time-caption', HTMLElement), caption)
  write(find('#starts', HTMLElement), starts === undefined ? '' : `${nbf === undefined ? 'Issued' : 'Valid from'} ${absolute(starts)}`)
  write(find('#ends', HTMLElement), exp === undefined ? 'No exp' : `Expires ${absolute(exp)}`)

  const meter = find('#meter', HTMLElement)
  meter.style.setProperty('--share', String(share))
  meter.hidden = starts === undefined && exp !== undefined // the start of the lifetime is unknown
  meter.ariaValueMax = '100'
  meter.ariaValueNow = String(Math.round(share * 100))
  meter.ariaValueText = `${time} ${caption}`
}

/**
 * @param {number} left
 * @param {number} exp
 * @param {number} now
 * @returns {readonly [time: string, caption: string]}
 */
function words(left, exp, now) {
  if (left === Infinity) return ['∞', 'it never expires']
  return left === 0 ? [span(now - exp), 'since it expired'] : [span(left), 'left']
}
