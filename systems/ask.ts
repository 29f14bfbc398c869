/** Ways to send a token. */
import { request } from 'node:http'
import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import type { Answer } from './recipe.ts'

/** Sends a token by HTTP in `Authorization`, and answers with the status; 2xx is accepted. */
export const bearer =
  (url: string, headers: (token: string) => Readonly<Record<string, string>> = (token) => ({ authorization: `Bearer ${token}` })) =>
  (token: string): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const sent = request(url, { headers: headers(token), agent: false }, (response) => {
        const { statusCode = 0, headers: received } = response
        response.resume()
        const challenge = received['www-authenticate']
        resolve({ accepted: statusCode < 300, text: challenge === undefined ? `${statusCode}` : `${statusCode}, \`${challenge}\`` })
      })
      sent.once('error', reject)
      sent.end()
    })

/** Speaks a protocol of lines: answers each line by what it begins with, and returns the one whose answer is `undefined`. */
export function converse(port: number, answers: Readonly<Record<string, string | undefined>>): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    socket.setTimeout(20_000, () => socket.destroy(new Error('the server is silent')))
    socket.once('error', reject)
    socket.once('close', () => resolve('closed'))
    const lines = createInterface({ input: socket })
    lines.once('error', reject)
    lines.on('line', (line) => {
      const start = Object.keys(answers).find((text) => line.startsWith(text))
      if (start === undefined) return
      const answer = answers[start]
      if (answer !== undefined) return void socket.write(answer)
      resolve(line)
      socket.end()
    })
  })
}
