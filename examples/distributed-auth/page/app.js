/** The page: signs in, and shows the user, the remaining lifetime, and the answer of each service. */
import { showClaims, showTime } from './dashboard.js'
import { element, find, onPress } from './dom.js'
import { send } from './http.js'
import { kindOf, ServiceCard } from './service.js'
import { servicesAt } from './services.js'
import { Session } from './session.js'
import { refreshTimes, time } from './times.js'

const KEPT = 9 // lines of activity

const views = { signIn: find('#sign-in', HTMLElement), dashboard: find('#dashboard', HTMLElement) }
const form = find('form', HTMLFormElement)
const user = find('#user', HTMLInputElement)
const password = find('#password', HTMLInputElement)
const problem = find('#problem', HTMLElement)
const notice = find('#notice', HTMLElement)

/** The `sid` of the session that the dashboard shows. */
let shown = ''

const session = new Session({
  onToken: (current, why) => {
    note('Token', why, 'good')
    showClaims(current)
    showTime(current)
    const sid = String(current.jwt?.claims['sid'])
    if (views.dashboard.hidden || sid !== shown) void open()
    shown = sid
  },
  onEnd: (why) => {
    notice.textContent = why
    notice.hidden = why === ''
    complain('')
    views.dashboard.hidden = true
    views.signIn.hidden = false
    find('#services', HTMLElement).replaceChildren()
    find('#activity', HTMLElement).replaceChildren()
    user.focus()
  },
  onAnswer: log,
})

form.addEventListener('submit', (event) => {
  event.preventDefault()
  notice.hidden = true
  void submit()
})
form.addEventListener('input', () => complain(''))

for (const account of document.querySelectorAll('.account')) {
  account.addEventListener('click', () => {
    if (!(account instanceof HTMLElement)) return
    user.value = account.dataset['user'] ?? ''
    password.value = account.dataset['password'] ?? ''
    form.requestSubmit()
  })
}

onPress(find('#log-out', HTMLButtonElement), () => session.signOut())
onPress(find('#renew', HTMLButtonElement), () => session.renew('renewed by hand'))
onPress(find('#expire', HTMLButtonElement), () => session.renew('swapped for one of five seconds', { expiresIn: '5s' }))

setInterval(() => {
  session.watch()
  refreshTimes()
  if (session.jwt !== undefined) showTime(session)
}, 200)

void session.renew('still signed in')

/** Signs in with the form's values, or shows why that failed. */
async function submit() {
  complain('')
  const { status, body } = await session.signIn(user.value, password.value)
  if (status === 200) return form.reset()
  complain(status === 0 ? 'The auth service does not answer.' : `Sorry: ${String(body?.['message'])}.`)
  return password.select()
}

/**
 * Shows an error at the form, or none.
 * @param {string} message
 */
function complain(message) {
  problem.textContent = message
  for (const input of [user, password]) input.ariaInvalid = String(message !== '')
}

/** Opens the dashboard, and calls every service. */
async function open() {
  views.signIn.hidden = true
  views.dashboard.hidden = false
  find('#name', HTMLElement).focus({ preventScroll: true }) // so that screen readers announce the change
  const { body } = await send('/services')
  const origins = /** @type {Readonly<Record<string, string>>} */ (body ?? {})
  const cards = servicesAt(origins).map((service) => new ServiceCard(service, session, log))
  find('#services', HTMLElement).replaceChildren(...cards.map((card) => card.element))
  await Promise.all(cards.map((card) => card.call()))
}

/**
 * @param {string} what
 * @param {import('./http.js').Answer} answer
 */
function log(what, { status, reason, body }) {
  const error = status >= 400 ? String(body?.['error']) : reason
  note(what, status === 0 ? 'no answer' : `${status} ${error}`, kindOf(status))
}

/**
 * Adds a line to the activity.
 * @param {string} what
 * @param {string} outcome
 * @param {string} kind
 */
function note(what, outcome, kind) {
  const line = element('li', kind, time(Date.now() / 1000), element('code', '', what), element('span', 'outcome', outcome))
  const list = find('#activity', HTMLElement)
  list.prepend(line)
  while (list.children.length > KEPT) list.lastElementChild?.remove()
}
