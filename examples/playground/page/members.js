/** A list of header parameters or claims, with readable times. One of them can be marked. */
import { element, write } from './dom.js'
import { absolute, relative } from './times.js'

/** What the registered names mean (RFC 7515 §4.1, RFC 7519 §4.1). */
const MEANINGS = new Map(
  Object.entries({
    alg: 'algorithm',
    typ: 'type',
    kid: 'key ID',
    iss: 'issuer',
    sub: 'subject',
    aud: 'audience',
    exp: 'expires',
    nbf: 'not before',
    iat: 'issued',
    jti: 'token ID',
    auth_time: 'signed in',
    updated_at: 'updated',
  }),
)

const TIMES = ['exp', 'nbf', 'iat', 'auth_time', 'updated_at']

/** The largest time that can be shown as a date (milliseconds). */
const LAST_DATE = 8.64e15

/** From this many characters on, a list or an object takes a line for each member. */
const WIDTH = 48

export class Members {
  #list
  /** @type {{ place: Element, seconds: number }[]} */
  #clocks = []

  /** @param {HTMLElement} list a `dl` */
  constructor(list) {
    this.#list = list
  }

  /** @param {Readonly<Record<string, unknown>> | undefined} members */
  show(members) {
    this.#clocks = []
    const rows = Object.entries(members ?? {}).map(([name, value]) => row(name, this.#valueOf(name, value)))
    this.#list.replaceChildren(...rows)
    if (members === undefined) this.#list.append(row('', [element('span', 'none', 'cannot be read')]))
    else if (rows.length === 0) this.#list.append(row('', [element('span', 'none', 'none')]))
  }

  /**
   * Marks a member with an error. A missing one gets a row.
   * @param {string | undefined} name
   * @param {string} message
   */
  mark(name, message) {
    for (const marked of this.#list.querySelectorAll('.flawed')) marked.classList.remove('flawed')
    for (const old of this.#list.querySelectorAll('.flaw, .missing')) old.remove()
    if (name === undefined) return
    const rows = /** @type {HTMLElement[]} */ ([...this.#list.children])
    const found = rows.find((one) => one.dataset['name'] === name) ?? row(name, [element('span', 'none', 'missing')], 'missing')
    found.classList.add('flawed')
    found.lastElementChild?.append(element('p', 'flaw', message))
    if (!rows.includes(found)) this.#list.append(found)
  }

  /**
   * Shows how far the times are from now.
   * @param {number} now
   */
  tick(now) {
    for (const { place, seconds } of this.#clocks) write(place, relative(seconds, now))
  }

  /**
   * @param {string} name
   * @param {unknown} value
   */
  #valueOf(name, value) {
    const raw = element('code', '', typeof value === 'string' ? value : json(value))
    if (typeof value !== 'number' || !TIMES.includes(name) || Math.abs(value * 1000) > LAST_DATE) return [raw]
    const time = document.createElement('time')
    time.dateTime = new Date(value * 1000).toISOString()
    time.append(absolute(value))
    const place = element('span', 'relative')
    this.#clocks.push({ place, seconds: value })
    return [time, ' ', place, ' ', raw]
  }
}

/**
 * JSON, on one line if it is short.
 * @param {unknown} value
 */
function json(value) {
  const lines = JSON.stringify(value, null, 2)
  const line = lines.replaceAll(/(?<=[[{])\n\s*|\n\s*(?=[\]}])/g, '').replaceAll(/\n\s*/g, ' ')
  return line.length <= WIDTH ? line : lines
}

/**
 * @param {string} name
 * @param {readonly (Node | string)[]} value
 * @param {string} [className]
 */
function row(name, value, className = '') {
  const meaning = MEANINGS.get(name)
  const term = element('dt', '', element('code', '', name), ...(meaning === undefined ? [] : [' ', element('span', 'meaning', meaning)]))
  const made = element('div', className, term, element('dd', '', ...value))
  made.dataset['name'] = name
  return made
}
