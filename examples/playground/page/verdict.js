/** The library's verdict on a token, with everything that the page knows. */
import { createKey, generateSecret, JwtError, verify } from './hs256.js'

/** @typedef {'empty' | 'unsigned' | 'unreadable' | 'unverified' | 'verified' | 'refused' | 'expired' | 'early'} State */

/**
 * @typedef {object} Verdict
 * @property {State} state
 * @property {JwtError} [error] the error about the token
 * @property {Error} [mistake] the error about the options
 * @property {JwtError} [refusal] the error that it would have even with the right secret
 */

/**
 * Checks a token.
 * @param {string} token
 * @param {import('./reading.js').Reading | undefined} reading what can be read of it; `undefined` without a token
 * @param {import('./hs256.js').JwtKey | undefined} key
 * @param {Readonly<Record<string, unknown>>} expectations options of `verify`, which checks them
 * @returns {Promise<Verdict>}
 */
export async function judge(token, reading, key, expectations) {
  if (reading === undefined) return { state: 'empty' }
  if (reading.error !== undefined && key === undefined) return { state: 'unreadable', error: reading.error }
  if (key === undefined) return { state: 'unverified', ...(await rehearse(token, expectations)) }
  try {
    await verify(token, key, expectations)
    return { state: 'verified' }
  } catch (error) {
    if (error instanceof JwtError) return { state: stateOf(error, reading), error }
    if (error instanceof Error) return { state: 'unverified', mistake: error }
    throw error
  }
}

/**
 * @param {JwtError} error
 * @param {import('./reading.js').Reading} reading
 * @returns {State}
 */
function stateOf({ code }, reading) {
  if (code === 'ERR_JWT_EXPIRED') return 'expired'
  if (code === 'ERR_JWT_NOT_YET_VALID') return 'early'
  return code === 'ERR_JWT_MALFORMED' && reading.error !== undefined ? 'unreadable' : 'refused'
}

/**
 * Signs header and payload with a secret of its own, to find out what the library rejects besides the signature.
 * @param {string} token
 * @param {Readonly<Record<string, unknown>>} expectations
 */
async function rehearse(token, expectations) {
  try {
    const secret = generateSecret()
    const [header, payload] = token.split('.')
    const bytes = new TextEncoder()
    const hmac = await crypto.subtle.importKey('raw', bytes.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
    const mac = new Uint8Array(await crypto.subtle.sign('HMAC', hmac, bytes.encode(`${header}.${payload}`)))
    const signature = btoa(String.fromCharCode(...mac))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replaceAll('=', '')
    await verify(`${header}.${payload}.${signature}`, createKey(secret), expectations)
  } catch (error) {
    if (error instanceof JwtError) return { refusal: error }
  }
  return {}
}
