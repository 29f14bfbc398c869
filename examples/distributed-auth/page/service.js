/** A service's card: calls the service with the cookie, renews and retries if the token has expired, and shows the answer. */
import { button, element, find } from './dom.js'
import { send, signedOutBy } from './http.js'

/** Only an expired token is worth a renewal. */
const WORTH_RENEWAL = ['token_expired', 'missing_token']

/**
 * @typedef {object} Service
 * @property {string} title
 * @property {string} about
 * @property {string} url
 * @property {(body: Readonly<Record<string, unknown>>) => Node} show
 * @property {(() => object) | undefined} [order] the body of what its second button sends
 */

/** @typedef {import('./http.js').Answer} Answer */

export class ServiceCard {
  #service
  #session
  #log
  #card

  /**
   * @param {Service} service
   * @param {import('./session.js').Session} session
   * @param {(what: string, answer: Answer) => void} log
   */
  constructor(service, session, log) {
    this.#service = service
    this.#session = session
    this.#log = log
    const { content } = find('#service', HTMLTemplateElement)
    this.#card = find('.service', HTMLElement, /** @type {DocumentFragment} */ (content.cloneNode(true)))
    find('h2', HTMLElement, this.#card).append(service.title)
    find('.host', HTMLElement, this.#card).append(new URL(service.url).host, element('span', 'about', service.about))
    const { order } = service
    find('.actions', HTMLElement, this.#card).append(
      button('Call again', () => this.call()),
      ...(order === undefined ? [] : [button('Place an order', () => this.place(order()))]),
    )
  }

  get element() {
    return this.#card
  }

  /** Gets what this user may see. */
  async call() {
    this.#show(await this.#withRenewal('GET'))
  }

  /**
   * Changes something, then shows the new state.
   * @param {object} order
   */
  async place(order) {
    const { answer, steps } = await this.#withRenewal('POST', order)
    if (answer.status === 201) await this.call()
    else this.#show({ answer, steps })
  }

  /**
   * @param {'GET' | 'POST'} method
   * @param {object} [body]
   */
  async #withRenewal(method, body) {
    const { url } = this.#service
    const what = `${method} ${new URL(url).pathname}`
    this.#card.ariaBusy = 'true'
    const first = await send(url, method, body)
    this.#log(what, first)
    const error = String(first.body?.['error'])
    if (first.status === 401 && !WORTH_RENEWAL.includes(error)) this.#session.end(signedOutBy(first))
    if (first.status !== 401 || !WORTH_RENEWAL.includes(error)) return { answer: first, steps: [] }

    if (!(await this.#session.renew('renewed because it had expired'))) return { answer: first, steps: [] }
    const answer = await send(url, method, body)
    this.#log(what, answer)
    return { answer, steps: [`${first.status} ${error}`, 'renewed', `${answer.status} ${answer.reason}`] }
  }

  /** @param {{ answer: Answer, steps: readonly string[] }} outcome */
  #show({ answer, steps }) {
    const { status, reason, challenge, body, took } = answer
    this.#card.ariaBusy = 'false'
    this.#card.dataset['kind'] = kindOf(status)
    find('.status', HTMLElement, this.#card).textContent = status === 0 ? 'No answer' : `${status} ${reason}`
    find('.took', HTMLElement, this.#card).textContent = status === 0 ? '' : `${took.toFixed(0)} ms`

    const list = find('.steps', HTMLElement, this.#card)
    list.hidden = steps.length === 0
    list.replaceChildren(...steps.map((step) => element('li', '', element('span', '', step))))

    find('.content', HTMLElement, this.#card).replaceChildren(this.#contentOf(answer))
    const details = find('details', HTMLElement, this.#card)
    details.hidden = status === 0
    const headers = challenge === null ? '' : `WWW-Authenticate: ${challenge}\n\n`
    find('.raw', HTMLElement, this.#card).textContent = `${headers}${JSON.stringify(body, null, 2)}`
  }

  /** @param {Answer} answer */
  #contentOf({ status, challenge, body }) {
    if (status === 200 && body !== undefined) return this.#service.show(body)
    if (status === 0) return message('The service is down', 'The other services work without it. Try again later.')
    const title = status === 403 ? 'Not for your role' : 'Rejected'
    const text = message(title, `${String(body?.['error'])}: ${String(body?.['message'])}`)
    if (challenge !== null) text.append(element('code', '', `WWW-Authenticate: ${challenge}`))
    return text
  }
}

/**
 * @param {string} title
 * @param {string} text
 */
function message(title, text) {
  return element('p', 'message', element('strong', '', title), text)
}

/**
 * The colour of an answer.
 * @param {number} status
 */
export function kindOf(status) {
  if (status >= 200 && status < 300) return 'good'
  return status === 403 ? 'limited' : 'bad'
}
