/** The user, from the claims of the last access token. The token itself is only in a cookie that no script can read. */
import { decodeUnverified, secondsLeft } from '/hs256/index.js'
import { send } from './http.js'

/** How long to wait before another request, after the auth service did not answer (milliseconds). */
const PATIENCE = 3000

/**
 * What the page wants to know.
 * @typedef {object} Listener
 * @property {(session: Session, why: string) => void} onToken a token came
 * @property {(why: string) => void} onEnd the user must sign in
 * @property {(what: string, answer: import('./http.js').Answer) => void} onAnswer the auth service has answered
 */

export class Session {
  /** @type {import('/hs256/index.js').UnverifiedJwt | undefined} */
  jwt = undefined
  /** When the user must sign in again, whatever is renewed (seconds). */
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

  /** How many seconds the token has left. */
  get left() {
    return this.jwt === undefined ? 0 : secondsLeft(this.jwt)
  }

  /** How many seconds it had at first. */
  get lifetime() {
    const { exp = 0, iat = 0 } = this.jwt?.claims ?? {}
    return exp - iat
  }

  /** Whether a renewal would extend the lifetime: not if the session ends with this token. */
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
   * Requests a fresh token; calls meanwhile wait for the same one. Returns whether it came.
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

  /** Renews once half of the token's lifetime has passed, and ends with the session. Call it often. */
  watch() {
    if (this.jwt === undefined) return
    if (Date.now() / 1000 >= this.ends) this.end('It has been a while since you signed in. Please sign in again.')
    else if (this.isSilent && this.isRenewable && this.left <= this.lifetime / 2 && Date.now() >= this.#notBefore)
      void this.renew('renewed at half of its life')
  }

  /** Signs out of every service. Returns whether it worked. */
  async signOut() {
    const answer = await send('/logout', 'POST')
    this.#listener.onAnswer('POST /logout', answer)
    if (answer.status === 204) this.end('You are signed out of every service.')
    return answer.status === 204
  }

  /** @param {string} why */
  end(why) {
    this.jwt = undefined
    this.#renewal = undefined // the next user must not wait for it
    this.#listener.onEnd(why)
  }

  /**
   * @param {string} why
   * @param {object} [wish]
   */
  async #renew(why, wish) {
    const before = this.jwt
    const answer = await send('/renew', 'POST', wish)
    if (this.jwt !== before) return false // the user has changed meanwhile
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
