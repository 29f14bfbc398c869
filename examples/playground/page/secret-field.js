/** The secret, and the key made from it, or the library's error. The secret is kept only in its field. */
import { find, onPress, write } from './dom.js'
import { createKey, generateSecret } from './hs256.js'
import { inPageWords } from './words.js'

export class SecretField {
  /** @type {import('./hs256.js').JwtKey | undefined} */
  key = undefined
  #input = find('#secret', HTMLInputElement)
  #encoded = find('#encoded', HTMLInputElement)
  #problem = find('#secret-problem', HTMLElement)
  /** Whether the user has entered it. Then nothing but “Clear” replaces it. */
  #isTyped = false

  /** @param {() => void} onChange */
  constructor(onChange) {
    for (const input of [this.#input, this.#encoded]) {
      input.addEventListener('input', () => {
        if (input === this.#input) this.#isTyped = this.#input.value !== ''
        this.#read()
        onChange()
      })
    }
    onPress('#generate', () => {
      if (this.#isTyped) write(this.#problem, this.problem || 'Your own secret is kept: empty the field, and press Generate.')
      else this.#orComplain(() => this.fill(generateSecret()))
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
    this.#isTyped = false
    this.#encoded.checked = false
    this.#read()
  }

  /**
   * Fills in a secret, unless the user has entered one.
   * @param {string} secret
   */
  suggest(secret) {
    if (!this.#isTyped) this.fill(secret)
  }

  /** The key from the secret that the user has entered, if that can be used. */
  get ownKey() {
    return this.#isTyped ? this.key : undefined
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
      const message = this.#input.value === '' ? error.message.replace('make one with generateSecret()', 'press Generate') : error.message
      this.#complain(inPageWords(message))
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
