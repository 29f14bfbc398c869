/** Says what has changed to whoever does not see it: once things have come to rest, and not at every key. */
import { find, write } from './dom.js'

const REST = 600 // milliseconds

/** @type {string | undefined} */
let said
/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting

/**
 * Says a text, unless it was the last one; how things are at first needs no saying.
 * @param {string} text
 */
export function announce(text) {
  if (text === said) return
  clearTimeout(waiting)
  if (said !== undefined) waiting = setTimeout(() => write(find('#announcement', HTMLElement), text), REST)
  said = text
}
