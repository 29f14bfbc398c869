/** The secret, and the key made from it, or the library's error. The secret is kept only in its field. */
import { find, onPress, write } from './dom.js'
import { createKey, generateSecret } from './hs256.js'

export class SecretField {
  /** @type {import('./hs256.js').JwtKey | undefined} */
  key = undefined
  #input = find('#secret', HTMLInputElement)
  #encoded = find('#encoded', HTMLInputElement)
  #problem = find('#secret-problem', HTMLElement)

  /** @param {() => void} onChange */
  constructor(onChange) {
    for (const input of [this.#input, this.#encoded]) {
      input.addEventListener('input', () => {
        this.#read()
        onChange()
      })
    }
    onPress('#generate', () => {
      this.#orComplain(() => this.fill(generateSecret()))
      onChange()
    })
    onPress('#show-secret', () => this.#toggle())
  }

  /** The error, if there is one. */
  get problem() {
    return this.#problem.textContent
  }

  /** Whether the text is base64url of the secret's bytes. */
  get isEncoded() {
    return this.#encoded.checked
  }

  /** @param {string} secret */
  fill(secret) {
    this.#input.value = secret
    this.#encoded.checked = false
    this.#read()
  }

  /**
   * The key to sign with. Without one, shows an error at the field and moves the focus there.
   * @param {string} kid
   */
  require(kid) {
    const key = this.#make(kid)
    if (key === undefined) this.#input.focus()
    return key
  }

  #read() {
    this.key = this.#input.value === '' ? undefined : this.#make('')
    if (this.#input.value === '') this.#complain('')
  }

  /** @param {string} kid */
  #make(kid) {
    const { value } = this.#input
    return this.#orComplain(() => {
      const key = createKey(this.isEncoded ? { kty: 'oct', k: value } : value, kid === '' ? {} : { kid })
      this.#complain('')
      return key
    })
  }

  /**
   * Does something, or shows the library's error.
   * @template Result
   * @param {() => Result} work
   */
  #orComplain(work) {
    try {
      return work()
    } catch (error) {
      if (!(error instanceof Error)) throw error
      this.#complain(error.message)
      return undefined
    }
  }

  /** @param {string} message */
  #complain(message) {
    this.#input.ariaInvalid = String(message !== '')
    write(this.#problem, message)
  }

  #toggle() {
    const button = find('#show-secret', HTMLButtonElement)
    const isShown = this.#input.type === 'text'
    this.#input.type = isShown ? 'password' : 'text'
    button.ariaPressed = String(!isShown)
  }
}
