/** The token, its three parts in three colours, with the part marked in which an error lies. */
import { announce } from './announcer.js'
import { element, find, write } from './dom.js'

/** @typedef {import('./flaw.js').Part} Part */

/** The library reads none that is longer, so it is not coloured either. */
const MAX_LENGTH = 65_536

/** How long the button says that it has copied (milliseconds). */
const COPIED = 2000

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
      this.#paint()
      onChange()
    })
  }

  /** The token, without the white space around it that comes along with a copy. */
  get token() {
    return this.#input.value.trim()
  }

  set token(token) {
    this.#input.value = token
    this.#paint()
  }

  focus() {
    this.#input.focus()
  }

  /** Shows it, where it is out of sight. */
  reveal() {
    this.#field.scrollIntoView({ block: 'nearest' })
  }

  /** Copies it; where the browser does not let a page do so, it is selected, to be copied by hand. */
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
   * Marks the part in which an error lies; `token` is all of it.
   * @param {Part | 'token' | undefined} flawed
   */
  mark(flawed) {
    this.#input.ariaInvalid = String(flawed !== undefined)
    this.#field.dataset['flaw'] = flawed ?? ''
    for (const item of this.#legend) item.classList.toggle('flawed', item.dataset['part'] === flawed)
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
      '\u200b', // so that a line that is empty still has its height
    )
    for (const [index, item] of this.#legend.entries()) {
      write(find('.length', HTMLElement, item), String(segments[index]?.trim().length ?? 0))
      item.classList.toggle('absent', segments[index] === undefined || this.token === '')
    }
  }
}
