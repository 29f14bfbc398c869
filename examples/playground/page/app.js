/** The page: reads the fields, checks the token and shows the result, at every change and as time passes. */
import { announce } from './announcer.js'
import { verifyCode } from './code.js'
import { find, onPress, write } from './dom.js'
import { makeExample, placeExamples } from './examples.js'
import { expect, placeExpectations, readExpectations, showMistake } from './expectations.js'
import { flawOf } from './flaw.js'
import { showLifetime } from './lifetime.js'
import { Members } from './members.js'
import { readToken } from './reading.js'
import { SecretField } from './secret-field.js'
import { Signer } from './signer.js'
import { TokenField } from './token-field.js'
import { judge } from './verdict.js'
import { showVerdict } from './verdict-view.js'
import { inPageWords } from './words.js'

const TICK = 200 // milliseconds

/** After something was changed: what a failed Sign has cleared is shown again. */
const refreshSoon = () => {
  isUnsigned = false
  void refresh()
}
const tokenField = new TokenField(refreshSoon)
const secretField = new SecretField(refreshSoon)
const header = new Members(find('#header', HTMLElement))
const claims = new Members(find('#claims', HTMLElement))
const signer = new Signer(secretField, (token) => {
  isUnsigned = token === undefined
  if (token !== undefined) {
    tokenField.token = token
    tokenField.reveal()
  }
  void refresh()
})

/** @type {string | undefined} */
let shownToken
let shownOutcome = ''
let turn = 0
/** Whether signing has failed: then the verdict is about an earlier token. */
let isUnsigned = false

/** Reads the fields, checks the token and shows the result. If two runs overlap, the later one wins. */
async function refresh() {
  const mine = (turn += 1)
  const { token } = tokenField
  const expectations = readExpectations()
  const reading = token === '' ? undefined : readToken(token)
  if (token !== shownToken) showContents(reading)
  shownToken = token
  const now = Date.now() / 1000
  showLifetime(reading, now)
  for (const members of [header, claims]) members.tick(now)
  write(find('#code', HTMLElement), verifyCode(expectations, secretField.isEncoded))

  const verdict =
    isUnsigned && token !== '' ? /** @type {const} */ ({ state: 'unsigned' }) : await judge(token, reading, secretField.key, expectations)
  if (mine === turn) showOutcome(token, verdict)
}

/** @param {import('./reading.js').Reading | undefined} reading */
function showContents(reading) {
  const isReadable = reading?.header !== undefined || reading?.claims !== undefined
  find('#contents', HTMLElement).hidden = !isReadable
  find('#anatomy', HTMLElement).hidden = isReadable
  find('#copy', HTMLElement).hidden = reading === undefined
  find('#edit', HTMLElement).hidden = reading?.claims === undefined
  header.show(reading?.header)
  claims.show(reading?.claims)
}

/**
 * @param {string} token
 * @param {import('./verdict.js').Verdict} verdict
 */
function showOutcome(token, verdict) {
  const { state, error, mistake, refusal } = verdict
  const outcome = [token, state, error?.message, mistake?.message, refusal?.message, secretField.problem].join('\n')
  if (outcome === shownOutcome) return
  shownOutcome = outcome
  announce([showVerdict(verdict, secretField.problem), secretField.problem].filter((text) => text !== '').join('. '))
  showMistake(mistake)
  const { part, member } = error === undefined ? {} : flawOf(error)
  const message = inPageWords(error?.message ?? '')
  tokenField.mark(part)
  header.mark(part === 'header' ? member : undefined, message)
  claims.mark(part === 'payload' ? member : undefined, message)
}

placeExpectations()
placeExamples(async (name) => {
  try {
    const { token, secret, ...known } = await makeExample(name, secretField.ownKey)
    tokenField.token = token
    if (secret !== undefined) secretField.suggest(secret)
    expect(known)
    refreshSoon()
  } catch (error) {
    if (!(error instanceof Error)) throw error
    announce(showVerdict({ state: 'empty', mistake: error }))
  }
})

onPress('#edit', () => {
  const { claims } = readToken(tokenField.token)
  if (claims !== undefined) signer.edit(claims)
})

onPress('#clear', () => {
  tokenField.token = ''
  secretField.fill('')
  expect({ issuer: '', audience: '' })
  tokenField.focus()
  refreshSoon()
})

onPress('#copy', () => tokenField.copy())

for (const form of document.forms) form.addEventListener('submit', (event) => event.preventDefault())
find('#verify', HTMLFormElement).addEventListener('input', refreshSoon)
setInterval(() => document.hidden || void refresh(), TICK)
void refresh()
