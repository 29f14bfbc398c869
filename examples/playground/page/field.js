/** A labelled field for one option of the library, with a place for errors. */
import { element, write } from './dom.js'

/**
 * The parts of a field.
 * @typedef {object} Description
 * @property {string} name of the option
 * @property {string} label
 * @property {string} [placeholder] the placeholder while it is empty
 * @property {string} [value] the initial value
 * @property {Element} [problem] where to show errors; by default below it
 * @property {boolean} [checked] makes it a checkbox with this initial state
 */

export class Field {
  /** @type {HTMLElement} */
  element
  #input = document.createElement('input')
  #problem

  /** @param {Description} description */
  constructor({ name, label, placeholder = '', value = '', problem, checked }) {
    this.#problem = problem ?? element('p', 'problem')
    if (problem === undefined) this.#problem.id = `${name}-problem`
    const caption = document.createElement('label')
    caption.htmlFor = this.#input.id = name
    caption.append(label)
    this.#input.setAttribute('aria-describedby', this.#problem.id)
    Object.assign(this.#input, { placeholder, value, spellcheck: false })
    if (checked !== undefined) Object.assign(this.#input, { type: 'checkbox', checked })
    const parts = checked === undefined ? [caption, this.#input] : [this.#input, caption]
    this.element = element(
      'div',
      checked === undefined ? 'field' : 'field choice',
      ...parts,
      ...(problem === undefined ? [this.#problem] : []),
    )
  }

  get value() {
    return this.#input.value.trim()
  }

  set value(value) {
    this.#input.value = value
  }

  get isChecked() {
    return this.#input.checked
  }

  set isChecked(checked) {
    this.#input.checked = checked
  }

  /**
   * Shows an error, or none if the message is empty.
   * @param {string} message
   */
  complain(message) {
    this.#input.ariaInvalid = String(message !== '')
    write(this.#problem, message)
  }
}

/**
 * A duration for the library: digits without a unit are seconds.
 * @param {string} value
 */
export function duration(value) {
  return /^\d+$/.test(value) ? Number(value) : value
}
