/** `hs256/http` beside Node: requests as its server and its `Request` make them. support/requests.ts has more, over HTTP/1 and HTTP/2. */
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { authenticate, createGuard, readTokens } from 'hs256/http'
import { describe, expect, it } from 'vitest'
import { cookie, GOOD as A, key, now, OTHER as B } from './support/http-tokens.ts'
import { listenOn } from './support/port.ts'

const guard = createGuard(key, { verify: { now } })

describe('readTokens', () => {
  it.each([
    [`jwt=${A}`, `jwt=${B}`, undefined],
    [`jwt=${A}`, 'jwt=', undefined],
    ['theme=dark', `jwt=${A}`, A],
  ])('reads two Cookie headers of Fetch as one: %#', (first, second, token) => {
    const headers = new Headers({ cookie: first })
    headers.append('cookie', second) // which Node joins by a semicolon, as RFC 9113 §8.2.3 says, and Fetch by a comma
    expect(readTokens(headers)[0]?.token).toBe(token)
  })
})

describe('a guard', () => {
  it('accepts a Fetch Request without Host from its own origin', async () => {
    for (const [origin, reason] of [['https://orders.example'], ['https://evil.example', 'cross_origin']] as const) {
      const request = new Request('https://orders.example/a', { method: 'POST', headers: { origin, ...cookie(A) } })
      expect((await authenticate(request, key, { verify: { now } })).reason).toBe(reason)
    }
  })

  /** What it decides about a request that a server of Node got, which is sent in these lines. */
  async function decide(...lines: readonly string[]): Promise<string> {
    const server = createServer((request, response) => void guard(request).then(({ reason, status }) => response.end(reason ?? status)))
    try {
      const socket = connect(await listenOn(server), '127.0.0.1')
      socket.write([...lines, 'Connection: close', '', ''].join('\r\n'))
      const chunks = await socket.setEncoding('utf8').toArray()
      return /\r\n\r\n(?:\w+\r\n)?([^\r]*)/.exec(chunks.join(''))?.[1] ?? 'nothing'
    } finally {
      server.close()
    }
  }

  it('ignores an absolute request target, because there is a Host', async () => {
    const lines = [`Cookie: jwt=${A}`, 'Origin: https://orders.example']
    expect(await decide('POST https://orders.example/ HTTP/1.1', 'Host: elsewhere.example', ...lines)).toBe('cross_origin')
    expect(await decide('POST https://elsewhere.example/ HTTP/1.1', 'Host: orders.example', ...lines)).toBe('authenticated')
  })
})
