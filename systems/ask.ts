/** Ways to send a token. */
import { request } from 'node:http'
import { connect } from 'node:net'
import type { Answer } from './recipe.ts'

type Ask = (token: string) => Promise<Answer>

/** What a request has beside its URL. A body makes it a POST. */
export interface Sent {
  readonly headers?: (token: string) => Readonly<Record<string, string>>
  readonly method?: string
  readonly body?: string
}

/** Sends a token by HTTP, and answers with the status and the challenge, that of Bearer if there are more; 2xx is accepted. A `TOKEN` in the URL is replaced. */
export const http =
  (url: string, { headers = () => ({}), body, method = body === undefined ? 'GET' : 'POST' }: Sent = {}): Ask =>
  (token) =>
    new Promise((resolve, reject) => {
      const sent = request(url.replace('TOKEN', token), { method, headers: headers(token), agent: false, timeout: 10_000 }, (response) => {
        const { statusCode = 0, headers: received } = response
        response.resume()
        const offered = received['www-authenticate']
        const challenge = /\bBearer.*/.exec(offered ?? '')?.[0] ?? offered
        resolve({ accepted: statusCode < 300, text: challenge === undefined ? `${statusCode}` : `${statusCode}, \`${challenge}\`` })
      })
      sent.once('upgrade', (_response, socket) => resolve({ accepted: socket.destroy() && true, text: '101' }))
      sent.once('timeout', () => sent.destroy(new Error('the server is silent')))
      sent.once('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'ECONNRESET') resolve({ accepted: false, text: 'connection closed' })
        else reject(error)
      })
      sent.end(body)
    })

/** Sends it in `Authorization: Bearer`. */
export const bearer = (url: string, sent: Sent = {}): Ask =>
  http(url, { headers: (token) => ({ authorization: `Bearer ${token}` }), ...sent })

/** Speaks a protocol of text: answers whatever matches a pattern, and returns what matches one whose answer is `undefined`. */
export function converse(port: number, answers: readonly (readonly [RegExp, string?])[], first = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(first))
    socket.setTimeout(10_000, () => socket.destroy(new Error('the server is silent')))
    socket.once('error', reject)
    socket.once('close', () => resolve('closed'))
    let received = ''
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1')
      const [pattern, answer] = answers.find(([wanted]) => wanted.test(received)) ?? []
      const [said] = pattern?.exec(received) ?? []
      if (said === undefined) return
      received = ''
      if (answer !== undefined) {
        socket.write(answer)
        return
      }
      resolve(said)
      socket.destroy()
    })
  })
}
