/** Where in a token an error lies: in which part, and in which member of it. */

/** @typedef {import('./hs256.js').JwtError} JwtError */
/** @typedef {'header' | 'payload' | 'signature'} Part */

/**
 * @typedef {object} Flaw
 * @property {Part | 'token'} part `token` if no single part is wrong
 * @property {string | undefined} [member] the header parameter or claim, if the error is about one
 */

/** The parts that messages about unreadable tokens name. These errors have no property for it. */
const NAMED = /** @type {const} */ ([
  [/segment 1|header|nested/, 'header'],
  [/segment 2|payload/, 'payload'],
  [/segment 3|signature/, 'signature'],
])

/**
 * @param {JwtError} error
 * @returns {Flaw}
 */
export function flawOf(error) {
  if (error.code === 'ERR_JWT_MALFORMED') return { part: NAMED.find(([words]) => words.test(error.message))?.[1] ?? 'token' }
  if (error.code === 'ERR_JWT_ALGORITHM') return { part: 'header', member: 'alg' }
  if (error.code === 'ERR_JWT_KEY_NOT_FOUND') return { part: 'header', member: 'kid' }
  if (error.code === 'ERR_JWT_SIGNATURE') return { part: 'signature' }
  return { part: error.claim === 'typ' ? 'header' : 'payload', member: error.claim }
}
