/** Signs the claims in the editor, or shows the library's error. */
import { find, write } from './dom.js'
import { duration, Field } from './field.js'
import { sign } from './hs256.js'

const FIRST = { sub: 'u-1815', name: 'Ada Lovelace', role: 'admin' }

export class Signer {
  #editor = find('#editor', HTMLTextAreaElement)
  #problem = find('#sign-problem', HTMLElement)
  #fields = {
    expiresIn: new Field({ name: 'expiresIn', label: 'Expires in', value: '1h', problem: this.#problem }),
    type: new Field({ name: 'signed-type', label: 'Type', placeholder: 'JWT', problem: this.#problem }),
    kid: new Field({ name: 'kid', label: 'Key ID', placeholder: 'none', problem: this.#problem }),
  }
  #secret

  /**
   * @param {import('./secret-field.js').SecretField} secret
   * @param {(token: string | undefined) => void} onSigned gets no token if signing has failed
   */
  constructor(secret, onSigned) {
    this.#secret = secret
    this.#write(FIRST)
    find('#issuance', HTMLElement).append(...Object.values(this.#fields).map((field) => field.element))
    find('#sign', HTMLFormElement).addEventListener('submit', (event) => {
      event.preventDefault()
      void this.#sign().then(onSigned)
    })
  }

  /**
   * Puts the claims of a token into the editor.
   * @param {Readonly<Record<string, unknown>>} claims
   */
  edit(claims) {
    this.#write(claims)
    this.#complain('')
    if (Object.hasOwn(claims, 'exp')) this.#fields.expiresIn.value = ''
    this.#editor.focus()
    this.#editor.setSelectionRange(0, 0)
  }

  async #sign() {
    this.#complain('')
    const { expiresIn, type, kid } = this.#fields
    const options = {
      ...(expiresIn.value === '' ? {} : { expiresIn: duration(expiresIn.value) }),
      ...(type.value === '' ? {} : { type: type.value }),
    }
    try {
      const claims = /** @type {Record<string, unknown>} */ (JSON.parse(this.#editor.value))
      const key = this.#secret.require(kid.value)
      return key && (await sign(claims, key, /** @type {import('./hs256.js').Lifetime} */ (options)))
    } catch (error) {
      if (!(error instanceof Error)) throw error
      this.#complain(error.message)
      return undefined
    }
  }

  /** @param {object} claims */
  #write(claims) {
    this.#editor.value = JSON.stringify(claims, null, 2)
    this.#editor.rows = Math.min(20, this.#editor.value.split('\n').length + 1)
  }

  /**
   * Shows an error, and marks the field of the option with which the message begins, or else the claims.
   * @param {string} message
   */
  #complain(message) {
    for (const field of Object.values(this.#fields)) field.complain('')
    const [, field] = Object.entries(this.#fields).find(([name]) => message.startsWith(`${name} `)) ?? []
    field?.complain(message)
    this.#editor.ariaInvalid = String(message !== '' && field === undefined)
    write(this.#problem, message)
  }
}
