/** The other tabs of this browser. They have the same cookies, and so the same session: each must know what the others do with it. */

/**
 * A token, and what a tab must know about it. The token itself is in the cookie.
 * @typedef {object} Current
 * @property {import('/hs256/index.js').UnverifiedJwt} jwt
 * @property {number} ends when the user must sign in again (seconds)
 * @property {boolean} isSilent whether it is renewed before it expires
 * @property {number} cameAt when a tab got it (milliseconds)
 */

/**
 * What a tab tells the others: a new token, or why there is none any more.
 * @typedef {{ current: Current, over?: undefined } | { current?: undefined, over: string }} News
 */

/** How long a message takes to reach the other tabs, at most (milliseconds). */
const DELIVERY = 3000

const channel = new BroadcastChannel('session')

/** @param {News} news */
export function tell(news) {
  channel.postMessage(news)
}

/** @param {(news: News) => void} act */
export function listen(act) {
  channel.addEventListener('message', ({ data }) => act(data))
}

/**
 * Whether a token came later than another. If both came at the same time, all tabs agree on one.
 * @param {Current} current
 * @param {Pick<Current, 'cameAt'> & { readonly jwt: Current['jwt'] | undefined }} than
 */
export function isNewer({ cameAt, jwt }, than) {
  return cameAt > than.cameAt || (cameAt === than.cameAt && String(jwt.claims.jti) > String(than.jwt?.claims.jti))
}

/**
 * Does something in one tab at a time. Other tabs wait, and do nothing if `signal` is aborted meanwhile: then the result is `undefined`. They
 * wait a little longer than the work takes, until they must have heard of its result.
 * @template Result
 * @param {string} name
 * @param {AbortSignal} signal
 * @param {() => Promise<Result>} work
 * @returns {Promise<Result | undefined>}
 */
export function inOneTab(name, signal, work) {
  return new Promise((resolve, reject) => {
    const locked = async () => {
      if (signal.aborted) return resolve(undefined)
      resolve(await work())
      return new Promise((release) => setTimeout(release, DELIVERY))
    }
    navigator.locks
      .request(name, { signal }, locked)
      .catch((/** @type {unknown} */ error) => (signal.aborted ? resolve(undefined) : reject(error)))
  })
}
