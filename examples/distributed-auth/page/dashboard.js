/** Shows the token: its user, its lifetime, and everything that a script can read. */
import { element, find } from './dom.js'
import { span, time } from './times.js'

/** @typedef {import('./session.js').Session} Session */

/**
 * Shows the claims. Called once for each token.
 * @param {Session} session
 */
export function showClaims({ jwt, ends }) {
  if (jwt === undefined) return
  const { claims, header } = jwt
  const name = String(claims['name'])
  find('#name', HTMLElement).textContent = name
  find('#initials', HTMLElement).textContent = initialsOf(name)
  const groups = Array.isArray(claims['groups']) ? claims['groups'] : []
  find('#chips', HTMLElement).replaceChildren(
    element('li', 'chip role', String(claims['role'])),
    ...groups.map((group) => element('li', 'chip', String(group))),
  )
  list('#facts', {
    'Signed in': time(Number(claims['auth_time'])),
    'Sign in again at': time(ends),
    Session: String(claims['sid']).slice(0, 8),
    'Known to': [claims.aud ?? []].flat().join(', '),
  })
  list('#token-facts', { Expires: time(claims.exp ?? 0), Kind: String(header.typ), 'Signed with': String(header.kid) })
  list(
    '#claims',
    Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, JSON.stringify(value)?.replaceAll(',', ', ') ?? ''])),
  )
  find('#cookie', HTMLOutputElement).textContent = document.cookie === '' ? 'is empty' : document.cookie
}

/**
 * Shows the remaining time. Called several times a second.
 * @param {Session} session
 */
export function showTime(session) {
  const { left, lifetime, isSilent, isRenewable } = session
  const ring = find('#ring', HTMLElement)
  ring.style.setProperty('--left', String(lifetime > 0 ? Math.min(1, left / lifetime) : 0))
  ring.dataset['renewal'] = isSilent && isRenewable ? 'silent' : 'none'
  ring.dataset['state'] = left <= 0 ? 'expired' : isSilent || left > 5 ? 'good' : 'low'
  find('#time-left', HTMLElement).textContent = span(left)
  find('#time-caption', HTMLElement).textContent = left <= 0 ? 'expired' : 'left'
  find('#renewal', HTMLElement).textContent = renewalText(left, lifetime, isSilent, isRenewable)
}

/**
 * @param {number} left
 * @param {number} lifetime
 * @param {boolean} isSilent
 * @param {boolean} isRenewable
 */
function renewalText(left, lifetime, isSilent, isRenewable) {
  if (left <= 0) return 'The next call renews it'
  if (!isRenewable) return 'The session ends with it'
  return isSilent ? `Renews by itself in ${span(left - lifetime / 2)}` : 'Not renewed this time'
}

/**
 * @param {string} selector
 * @param {Readonly<Record<string, Node | string>>} facts
 */
function list(selector, facts) {
  const rows = Object.entries(facts).map(([term, value]) => element('div', '', element('dt', '', term), element('dd', '', value)))
  find(selector, HTMLElement).replaceChildren(...rows)
}

/** @param {string} name */
function initialsOf(name) {
  return name.replaceAll(/(\p{L})\p{L}*\s*/gu, '$1').slice(0, 2)
}
