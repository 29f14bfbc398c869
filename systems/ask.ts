/** Ways to send a token. */
import { request } from 'node:http'
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
