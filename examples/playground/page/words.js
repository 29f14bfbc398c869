/** The library's errors, with the page's own fields and buttons in place of functions and options. */

/** What the library advises a program to do, and what a user of the page does instead. */
const ADVICE = /** @type {const} */ ([
  ['make one with generateSecret()', 'empty the field, and press Generate'],
  ['pass a shared secret, or the JWK as an object', 'enter a shared secret, or the k of the JWK as base64url'],
  ['pass the secret inside it, or all of its bytes', 'enter the secret inside it, or all of it as base64url'],
  ['so pass the bytes', 'so enter the bytes as base64url'],
  ['otherwise pass its bytes, new TextEncoder().encode(secret)', 'otherwise enter it as base64url'],
  ['set requireExp to false to accept it', 'turn off “Must expire” in “More expectations” to accept it'],
  ['set the audience option', 'enter its audience, or turn on “Any audience” in “More expectations”'],
])

/** @param {string} message */
export function inPageWords(message) {
  return ADVICE.reduce((text, [library, page]) => text.replace(library, page), message)
}
