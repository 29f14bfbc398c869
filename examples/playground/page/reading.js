/** What can be read of a token without its secret: all of it, or the parts that can be read, and why not the others. */
import { decodeUnverified, JwtClaimError, JwtError } from './hs256.js'

/** Stand-ins for the other parts, where one is read by itself: `{"alg":"none"}`, `{}`, and a signature of the right length. */
const HEADER = 'eyJhbGciOiJub25lIn0'
const PAYLOAD = 'e30'
const SIGNATURE = 'A'.repeat(43)

/**
 * @typedef {object} Reading
 * @property {Readonly<Record<string, unknown>> | undefined} header
 * @property {Readonly<Record<string, unknown>> | undefined} claims
 * @property {boolean} isTyped whether the claims are there, and the registered ones of their types
 * @property {JwtError | undefined} error why not all of it could be read
 */

/**
 * Reads a token; the library's own verdict decides, and nothing that it refuses passes for a token.
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
    claims: alone.error instanceof JwtClaimError ? alone.error.claims : alone.jwt?.claims,
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
