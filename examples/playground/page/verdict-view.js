/** Shows a verdict. Errors are in the library's own words. */
import { find, write } from './dom.js'

/** The title of each state, and its text if the library has thrown nothing. */
const STATES = /** @type {const} */ ({
  empty: ['No token yet', 'Paste one, sign your own, or try an example.'],
  unreadable: ['Unreadable', ''],
  unverified: ['Not verified', 'Anyone may have written this. Enter the secret to check the signature.'],
  verified: ['Verified', 'It was signed with this secret and meets all expectations.'],
  refused: ['Rejected', ''],
  expired: ['Expired', ''],
  early: ['Not valid yet', ''],
})

/**
 * @param {import('./verdict.js').Verdict} verdict
 * @returns {string} the text for screen readers
 */
export function showVerdict({ state, error, mistake }) {
  const [title, text] = STATES[state]
  const problem = error ?? mistake
  const message = problem?.message ?? text
  find('#page', HTMLElement).dataset['state'] = state
  write(find('#state', HTMLElement), title)
  write(find('#message', HTMLElement), message)
  write(find('#error-name', HTMLElement), [problem?.name, error?.code].filter((name) => name !== undefined).join(' · '))
  return `${title}: ${message}`
}
