/** Sends one request, with the browser's cookies. */

/**
 * @typedef {object} Answer
 * @property {number} status 0 if there was no answer
 * @property {string} reason
 * @property {string | null} challenge `WWW-Authenticate`
 * @property {Readonly<Record<string, unknown>> | undefined} body
 * @property {number} took milliseconds
 */

/**
 * Sends a request; never rejects.
 * @param {string} url
 * @param {'GET' | 'POST'} [method]
 * @param {object} [body]
 * @returns {Promise<Answer>}
 */
export async function send(url, method = 'GET', body) {
  const start = performance.now()
  const json = body === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }
  try {
    const response = await fetch(url, { method, credentials: 'include', signal: AbortSignal.timeout(8000), ...json })
    const text = await response.text()
    const took = performance.now() - start
    const challenge = response.headers.get('WWW-Authenticate')
    return { status: response.status, reason: response.statusText, challenge, body: read(text), took }
  } catch {
    return { status: 0, reason: 'no answer', challenge: null, body: undefined, took: performance.now() - start }
  }
}

/**
 * What to tell a user whom an answer has signed out, with its reason.
 * @param {Answer} answer
 */
export function signedOutBy({ body }) {
  const reason = typeof body?.['message'] === 'string' ? `: ${body['message']}` : ''
  return `You are signed out${reason}. Please sign in again.`
}

/** @param {string} text */
function read(text) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
