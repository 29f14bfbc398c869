/** The user, from the claims of the last access token. The token itself is only in a cookie that no script can read. */
import { decodeUnverified, secondsLeft } from '/hs256/index.js'
import { send, signedOutBy } from './http.js'
import { inOneTab, isNewer, listen, tell } from './tabs.js'

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
  /** When the token came to this or another tab (milliseconds). */
  cameAt = 0
  #listener
  /** @type {Promise<boolean> | undefined} */
  #renewal = undefined
  #notBefore = 0
  /** Aborted once there is another token, or none: then nothing has to wait for a renewal. */
  #change = new AbortController()

  /** @param {Listener} listener */
  constructor(listener) {
    this.#listener = listener
    listen(({ current, over }) => {
      if (current !== undefined && isNewer(current, this)) this.#use(current, 'from another tab')
      if (over !== undefined && this.jwt !== undefined) this.end(over)
    })
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
   * Gets a fresh token: requests it, or waits for the one that another call or another tab requests. Returns whether it came.
   * @param {string} why
   * @param {object} [wish] a token with a wish is not renewed by itself
   * @returns {Promise<boolean>}
   */
  renew(why, wish) {
    if (this.#renewal !== undefined) return this.#renewal
    const renewal = this.#renewOnce(why, wish).finally(() => {
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

  /** Signs out of every service, and in every tab. */
  async signOut() {
    const answer = await send('/logout', 'POST')
    this.#listener.onAnswer('POST /logout', answer)
    if (answer.status !== 204) return
    this.end('You are signed out of every service.')
    tell({ over: 'You signed out in another tab, and so in every tab.' })
  }

  /** @param {string} why */
  end(why) {
    this.jwt = undefined
    this.#renewal = undefined // the next user must not wait for it
    this.#change.abort()
    this.#listener.onEnd(why)
  }

  /**
   * Tabs with the same token replace it once: the lock has the token's name. A tab that was just opened has no token yet, and always asks.
   * @param {string} why
   * @param {object} [wish]
   */
  async #renewOnce(why, wish) {
    if (this.jwt === undefined) return this.#renew(why, wish)
    this.#change = new AbortController()
    const isRenewed = await inOneTab(`renewal of ${this.jwt.claims.jti}`, this.#change.signal, () => this.#renew(why, wish))
    return isRenewed ?? this.jwt !== undefined
  }

  /**
   * @param {string} why
   * @param {object} [wish]
   */
  async #renew(why, wish) {
    const before = this.jwt
    const answer = await send('/renew', 'POST', wish)
    if (this.jwt !== before) return this.jwt !== undefined // another tab was faster, or another user has signed in meanwhile
    this.#listener.onAnswer('POST /renew', answer)
    this.#notBefore = Date.now() + PATIENCE
    if (answer.status === 200) this.#accept(answer, why, wish === undefined)
    else if ([204, 401, 403].includes(answer.status)) this.end(this.jwt === undefined ? '' : signedOutBy(answer))
    else if (this.jwt === undefined) this.end('The auth service does not answer.')
    return answer.status === 200
  }

  /**
   * Uses the token of an answer, here and in the other tabs.
   * @param {import('./http.js').Answer} answer
   * @param {string} why
   */
  #accept({ body }, why, isSilent = true) {
    const jwt = decodeUnverified(String(body?.['token']))
    const current = { jwt, ends: Number(body?.['session_ends']), isSilent, cameAt: Date.now() }
    this.#use(current, why)
    tell({ current })
  }

  /**
   * @param {import('./tabs.js').Current} current
   * @param {string} why
   */
  #use(current, why) {
    Object.assign(this, current)
    this.#change.abort()
    this.#listener.onToken(this, why)
  }
}
