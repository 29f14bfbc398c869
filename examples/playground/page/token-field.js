/** The token with its three parts in three colours. The part with an error is marked. */
import { announce } from './announcer.js'
import { element, find, write } from './dom.js'

/** @typedef {import('./flaw.js').Part} Part */

/** The library rejects longer tokens, so they are not coloured. */
const MAX_LENGTH = 65_536

/** How long the button confirms a copy (milliseconds). */
const COPIED = 2000

/** What comes along when a token is copied from a header. */
const PREFIX = /^\s*(?:authorization\s*:\s*)?bearer\s/i

const PARTS = /** @type {const} */ (['header', 'payload', 'signature'])

export class TokenField {
  #input = find('#token', HTMLTextAreaElement)
  #field = find('#field', HTMLElement)
  #ink = find('.ink', HTMLElement)
  #legend = PARTS.map((part) => {
    const item = element(
      'li',
      'part',
      `${part[0]?.toUpperCase()}${part.slice(1)} `,
      element('span', 'length'),
      element('span', 'unseen', ' characters'),
    )
    item.dataset['part'] = part
    return item
  })

  /** @param {() => void} onChange */
  constructor(onChange) {
    find('#legend', HTMLElement).append(...this.#legend)
    this.#input.addEventListener('input', () => {
      this.#clean()
      this.#paint()
      onChange()
    })
  }

  get token() {
    return this.#input.value
  }

  set token(token) {
    this.#input.value = token
    this.#paint()
  }

  focus() {
    this.#input.focus()
  }

  /** Scrolls it into view. */
  reveal() {
    this.#field.scrollIntoView({ block: 'nearest' })
  }

  /** Copies the token. If the browser forbids that, it is selected, to be copied by hand. */
  async copy() {
    this.#input.select()
    const copied = await navigator.clipboard.writeText(this.token).then(
      () => 'Copied',
      () => 'Selected',
    )
    const button = find('#copy', HTMLButtonElement)
    write(button, copied)
    announce(copied)
    setTimeout(() => write(button, 'Copy'), COPIED)
  }

  /**
   * Marks the part with an error; `token` marks all of it.
   * @param {Part | 'token' | undefined} flawed
   */
  mark(flawed) {
    this.#input.ariaInvalid = String(flawed !== undefined)
    this.#field.dataset['flaw'] = flawed ?? ''
    for (const item of this.#legend) item.classList.toggle('flawed', item.dataset['part'] === flawed)
  }

  /** Removes what is not part of a token: `Bearer`, and the line breaks of a mail or a terminal. */
  #clean() {
    const { value, selectionStart } = this.#input
    const token = clean(value)
    if (token === value) return
    this.#input.value = token
    const caret = clean(value.slice(0, selectionStart)).length
    this.#input.setSelectionRange(caret, caret)
  }

  #paint() {
    const { value } = this.#input
    const isColoured = value.length <= MAX_LENGTH
    this.#field.classList.toggle('plain', !isColoured)
    const segments = isColoured ? value.split('.') : []
    this.#ink.replaceChildren(
      ...segments.flatMap((segment, index) => {
        const ink = element('span', PARTS[index] ?? 'rest', segment)
        return index === 0 ? [ink] : ['.', ink]
      }),
      '\u200b', // so that an empty line keeps its height
    )
    for (const [index, item] of this.#legend.entries()) {
      write(find('.length', HTMLElement, item), String(segments[index]?.length ?? 0))
      item.classList.toggle('absent', segments[index] === undefined || this.token === '')
    }
  }
}

/** @param {string} text */
function clean(text) {
  return text.replace(PREFIX, '').replaceAll(/\s+/g, '')
}
