/** Shows a verdict. Errors are in the library's own words, as far as these fit the page. */
import { find, write } from './dom.js'
import { inPageWords } from './words.js'

/** The title of each state, and its text if the library has thrown nothing. */
const STATES = /** @type {const} */ ({
  empty: ['No token yet', 'Paste one, sign your own, or try an example.'],
  unsigned: ['Not signed', 'Signing failed: see the error at the secret or the claims. The token here is an earlier one.'],
  unreadable: ['Unreadable', ''],
  unverified: ['Not verified', 'Anyone may have written this. Enter the secret to check the signature.'],
  verified: ['Verified', 'It was signed with this secret and meets all expectations.'],
  refused: ['Rejected', ''],
  expired: ['Expired', ''],
  early: ['Not valid yet', ''],
})

/** The text of an unverified token if there is a secret, but the library rejects it. */
const UNUSABLE = 'Anyone may have written this. The secret cannot be used: see the error below it.'

/**
 * @param {import('./verdict.js').Verdict} verdict
 * @param {string} [secretProblem] why the secret cannot be used
 * @returns {string} the text for screen readers
 */
export function showVerdict({ state, error, mistake, refusal }, secretProblem = '') {
  const [title, text] = STATES[state]
  const problem = error ?? mistake
  const fallback = state === 'unverified' && secretProblem !== '' ? UNUSABLE : text
  const message = problem === undefined ? fallback : inPageWords(problem.message)
  const warning = refusal === undefined ? '' : `Even with the right secret, it is rejected: ${inPageWords(refusal.message)}`
  find('#page', HTMLElement).dataset['state'] = state
  write(find('#state', HTMLElement), title)
  write(find('#message', HTMLElement), message)
  write(find('#refusal', HTMLElement), warning)
  write(find('#error-name', HTMLElement), [problem?.name, error?.code].filter((name) => name !== undefined).join(' · '))
  find('#about-errors', HTMLElement).hidden = problem === undefined && refusal === undefined
  return [`${title}: ${message}`, warning].filter((part) => part !== '').join('. ')
}
