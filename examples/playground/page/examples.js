/** Example tokens. Each is made on request, by the library itself, with the secret that was entered or a new one. */
import { element, find } from './dom.js'
import { createKey, generateSecret, sign } from './hs256.js'

const ISSUER = 'https://auth.example'
const AUDIENCE = 'orders'
const ADA = { iss: ISSUER, aud: ['orders', 'reports'], sub: 'u-1815', name: 'Ada Lovelace', role: 'clerk', groups: ['sales'] }

/**
 * A token, and what its verifier expects.
 * @typedef {object} Example
 * @property {string} token
 * @property {string | undefined} secret the one that signed it, unless there was a key
 * @property {string} issuer
 * @property {string} audience
 */

/** @type {Readonly<Record<string, (key: import('./hs256.js').JwtKey) => Promise<string>>>} */
const MAKERS = {
  Valid: (key) => sign(ADA, key, { expiresIn: '5m' }),
  '15 seconds': (key) => sign(ADA, key, { expiresIn: '15s' }),
  Expired: (key) => sign({ ...ADA, iat: secondsAgo(7200), exp: secondsAgo(3600) }, key),
  /** Someone has set the role to admin, but cannot sign it without the secret. */
  Forged: async (key) => {
    const [header, , signature] = await segments(key)
    const [, payload] = await segments(key, { role: 'admin' })
    return [header, payload, signature].join('.')
  },
  /** Someone claims that there is no signature to check: the header is `{"alg":"none"}`. */
  'alg: none': async (key) => `eyJhbGciOiJub25lIn0.${(await segments(key))[1]}.`,
  /** Someone has copied only part of the token. */
  Broken: async (key) => (await segments(key)).join('.').slice(0, -11),
}

/**
 * Adds a button for each example.
 * @param {(name: string) => unknown} onPress
 */
export function placeExamples(onPress) {
  const buttons = Object.keys(MAKERS).map((name) => {
    const button = element('button', 'chip', name)
    button.setAttribute('type', 'button')
    button.dataset['example'] = name
    button.addEventListener('click', () => void onPress(name))
    return button
  })
  find('#examples', HTMLElement).append(...buttons)
}

/**
 * Makes an example.
 * @param {string} name
 * @param {import('./hs256.js').JwtKey | undefined} key signs it; by default, a new secret does
 * @returns {Promise<Example>}
 */
export async function makeExample(name, key) {
  const secret = key === undefined ? generateSecret() : undefined
  const make = MAKERS[name]
  if (make === undefined) throw new TypeError(`there is no example ${name}`)
  return { token: await make(key ?? createKey(secret)), secret, issuer: ISSUER, audience: AUDIENCE }
}

/**
 * @param {import('./hs256.js').JwtKey} key
 * @param {object} [claims]
 */
async function segments(key, claims) {
  return (await sign({ ...ADA, ...claims }, key, { expiresIn: '5m' })).split('.')
}

/** @param {number} seconds */
function secondsAgo(seconds) {
  return Math.floor(Date.now() / 1000) - seconds
}
