/** What can be read of a token without its secret: all of it, or the readable parts and why the others are not. */
import { decodeUnverified, JwtClaimError, JwtError } from './hs256.js'

/** Placeholders for the other parts when one is read alone: `{"alg":"none"}`, `{}`, and a signature of the right length. */
const HEADER = 'eyJhbGciOiJub25lIn0'
const PAYLOAD = 'e30'
const SIGNATURE = 'A'.repeat(43)

/**
 * @typedef {object} Reading
 * @property {Readonly<Record<string, unknown>> | undefined} header
 * @property {Readonly<Record<string, unknown>> | undefined} claims
 * @property {boolean} isTyped whether there are claims, and the registered ones have the right types
 * @property {JwtError | undefined} error why a part could not be read
 */

/**
 * Reads a token. The library decides: what it rejects is not shown as a token.
 * @param {string} token
 * @returns {Reading}
 */
export function readToken(token) {
  const { jwt, error } = decode(token)
  if (jwt !== undefined) return { header: jwt.header, claims: jwt.claims, isTyped: true, error: undefined }
  const [header = '', payload = ''] = token.split('.', 2)
  const alone = decode(`${HEADER}.${payload}.`)
  return {
    header: decode(`${header}.${PAYLOAD}.${SIGNATURE}`).jwt?.header,
    claims: alone.error instanceof JwtClaimError ? alone.error.claims() : alone.jwt?.claims,
    isTyped: alone.jwt !== undefined,
    error,
  }
}

/** @param {string} token */
function decode(token) {
  try {
    return { jwt: decodeUnverified(token) }
  } catch (error) {
    if (error instanceof JwtError) return { error }
    throw error
  }
}
