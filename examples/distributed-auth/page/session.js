/** Who is signed in, by the claims of the last access token. The token itself is in a cookie that no script can read, and is kept nowhere else. */
import { decodeUnverified, secondsLeft } from '/hs256/index.js'
import { send } from './http.js'

/** How long to wait before the auth service, which did not answer, is asked again (milliseconds). */
const PATIENCE = 3000

/**
 * What the page wants to know.
 * @typedef {object} Listener
 * @property {(session: Session, why: string) => void} onToken a token came
 * @property {(why: string) => void} onEnd one has to sign in
 * @property {(what: string, answer: import('./http.js').Answer) => void} onAnswer the auth service has answered
 */

export class Session {
  /** @type {import('/hs256/index.js').UnverifiedJwt | undefined} */
  jwt = undefined
  /** When one has to sign in again, whatever is renewed (seconds). */
  ends = 0
  /** Whether tokens are renewed before they expire. */
  isSilent = true
  /** @type {Listener} */
  #listener
  /** @type {Promise<boolean> | undefined} */
  #renewal = undefined
  #notBefore = 0

  /** @param {Listener} listener */
  constructor(listener) {
    this.#listener = listener
  }

  /** Seconds that the token has left. */
  get left() {
    return this.jwt === undefined ? 0 : secondsLeft(this.jwt)
  }

  /** Seconds that it had at first. */
  get lifetime() {
    const { exp = 0, iat = 0 } = this.jwt?.claims ?? {}
    return exp - iat
  }

  /** Whether a renewal would give a longer life: not when the session ends with this token. */
  get isRenewable() {
    return (this.jwt?.claims.exp ?? 0) < this.ends
  }

  /**
   * Signs in; the answer says why not.
   * @param {string} user
   * @param {string} password
   */
  async signIn(user, password) {
    const answer = await send('/login', 'POST', { user, password })
    if (answer.status === 200) this.#accept(answer, 'signed in')
    return answer
  }

  /**
   * Asks for a fresh token; whoever asks meanwhile waits for the same one. Whether it came.
   * @param {string} why
   * @param {object} [wish]
   * @returns {Promise<boolean>}
   */
  renew(why, wish) {
    if (this.#renewal !== undefined) return this.#renewal
    const renewal = this.#renew(why, wish).finally(() => {
      if (this.#renewal === renewal) this.#renewal = undefined
    })
    return (this.#renewal = renewal)
  }

  /** Renews where half of the token's life is over, and ends with the session; to be called often. */
  watch() {
    if (this.jwt === undefined) return
    if (Date.now() / 1000 >= this.ends) this.end('It has been a while since you signed in. Please sign in again.')
    else if (this.isSilent && this.isRenewable && this.left <= this.lifetime / 2 && Date.now() >= this.#notBefore)
      void this.renew('renewed at half of its life')
  }

  /** Signs out, of every service; whether it worked. */
  async signOut() {
    const answer = await send('/logout', 'POST')
    this.#listener.onAnswer('POST /logout', answer)
    if (answer.status === 204) this.end('You are signed out, of every service.')
    return answer.status === 204
  }

  /** @param {string} why */
  end(why) {
    this.jwt = undefined
    this.#renewal = undefined // whoever signs in next does not wait for it
    this.#listener.onEnd(why)
  }

  /**
   * @param {string} why
   * @param {object} [wish]
   */
  async #renew(why, wish) {
    const before = this.jwt
    const answer = await send('/renew', 'POST', wish)
    if (this.jwt !== before) return false // somebody has signed out meanwhile, or in
    this.#listener.onAnswer('POST /renew', answer)
    this.#notBefore = Date.now() + PATIENCE
    if (answer.status === 200) this.#accept(answer, why)
    else if ([204, 401, 403].includes(answer.status)) this.end(this.jwt === undefined ? '' : 'Your session is over. Please sign in again.')
    else if (this.jwt === undefined) this.end('The auth service does not answer.')
    return answer.status === 200
  }

  /**
   * @param {import('./http.js').Answer} answer
   * @param {string} why
   */
  #accept({ body }, why) {
    this.jwt = decodeUnverified(String(body?.['token']))
    this.ends = Number(body?.['session_ends'])
    this.isSilent = true
    this.#listener.onToken(this, why)
  }
}
