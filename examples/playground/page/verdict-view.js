/** How a verdict looks: whatever is wrong, in the library's own words. */
import { find, write } from './dom.js'

/** What each state is called, and what to say where the library has thrown nothing. */
const STATES = /** @type {const} */ ({
  empty: ['No token yet', 'Paste one, sign one of your own, or take an example.'],
  unreadable: ['Unreadable', ''],
  unverified: ['Not verified', 'Anyone may have written this. Give the secret, and the signature is checked here.'],
  verified: ['Verified', 'It was signed with this secret, and it is as expected.'],
  refused: ['Refused', ''],
  expired: ['Expired', ''],
  early: ['Not valid yet', ''],
})

/**
 * @param {import('./verdict.js').Verdict} verdict
 * @returns {string} the same, to be read out
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
