/** The library's verdict on a token, with everything that the page knows. */
import { JwtError, verify } from './hs256.js'

/** @typedef {'empty' | 'unreadable' | 'unverified' | 'verified' | 'refused' | 'expired' | 'early'} State */

/**
 * @typedef {object} Verdict
 * @property {State} state
 * @property {JwtError} [error] the error about the token
 * @property {Error} [mistake] the error about the options
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
  if (key === undefined) return reading.error === undefined ? { state: 'unverified' } : { state: 'unreadable', error: reading.error }
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
