/** Announces changes to screen readers: once typing has stopped, not at every key. */
import { find, write } from './dom.js'

const REST = 600 // milliseconds

/** @type {string | undefined} */
let said
/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting

/**
 * Announces a text, unless it was the last one. The initial state is not announced.
 * @param {string} text
 */
export function announce(text) {
  if (text === said) return
  clearTimeout(waiting)
  if (said !== undefined) waiting = setTimeout(() => write(find('#announcement', HTMLElement), text), REST)
  said = text
}
