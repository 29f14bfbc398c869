/** `hs256/http` beside Node: its requests as a server makes them, and what its `inspect` shows of an answer. */
import { createServer, IncomingMessage } from 'node:http'
import { createServer as createServer2 } from 'node:http2'
import { connect, Socket, type Server } from 'node:net'
import { inspect } from 'node:util'
import { createKey, sign } from 'hs256'
import { authenticate, createGuard, readTokens } from 'hs256/http'
import type { Authentication, AuthenticateOptions, Denied, NodeRequest, RequestHeaders } from 'hs256/http'
import { describe, expect, it } from 'vitest'
import { expectResult } from './support/guard-result.ts'
import { bearer, cookie, CROSS_SITE, GOOD as A, key, now, OTHER as B } from './support/http-tokens.ts'
import { listenOn } from './support/port.ts'
import { sendHttp2 } from './support/raw-http2.ts'

/** Node's request, as its server makes it of header lines. */
function incoming(...lines: readonly (readonly [name: string, value: string])[]): IncomingMessage {
  const request = new IncomingMessage(new Socket())
  request.method = 'GET'
  for (const [name, value] of lines) {
    request.rawHeaders.push(name, value)
    Reflect.apply(Reflect.get(request, '_addHeaderLine') as () => void, request, [name, value, request.headers])
  }
  return request
}

/** Every value of each header, by its name in lower case. */
function listsOf({ rawHeaders }: IncomingMessage): Readonly<Record<string, readonly string[]>> {
  const lists: Record<string, string[]> = {}
  for (let i = 0; i < rawHeaders.length; i += 2) (lists[rawHeaders[i]!.toLowerCase()] ??= []).push(rawHeaders[i + 1]!)
  return lists
}

describe('readTokens of Node’s headers', () => {
  it('finds a token for each source, also in those of a Request of Node, which keeps its cookies', () => {
    const request = incoming(['Authorization', `Bearer ${A}`], ['COOKIE', `jwt=${B}`])
    const fetched = new Request('https://orders.example', { headers: { authorization: `Bearer ${A}`, cookie: `jwt=${B}` } })
    const found = [
      { token: B, source: 'cookie' },
      { token: A, source: 'bearer' },
    ]
    for (const headers of [request.headers, listsOf(request), fetched.headers]) expect(readTokens(headers)).toEqual(found)
  })

  it('finds none in two Authorization headers that are kept apart, and the first in headers, which hide the other', () => {
    const request = incoming(['Authorization', `Bearer ${A}`], ['authorization', `Bearer ${B}`])
    expect(readTokens(listsOf(request))).toEqual([])
    expect(readTokens(request.headers)).toEqual([{ token: A, source: 'bearer' }])
  })

  it('is a TypeError if a request is passed instead of its headers', () => {
    const request = incoming(['Cookie', `jwt=${A}`])
    expect(() => readTokens(request as unknown as RequestHeaders)).toThrow(TypeError)
  })

  it('finds none if two Cookie headers differ, and one if they are equal', () => {
    for (const [first, second, token] of [
      [`jwt=${A}`, `jwt=${B}`, undefined],
      [`jwt=${A}`, 'jwt=', undefined],
      [`jwt=${A}`, `jwt=${A}`, A],
      ['theme=dark', `jwt=${A}`, A],
      [`jwt=${A}`, 'theme=dark', A],
    ] as const) {
      const request = incoming(['Cookie', first], ['cookie', second])
      const fetched = new Headers({ cookie: first })
      fetched.append('cookie', second) // which Node joins by a semicolon, as RFC 9113 §8.2.3 says, and Fetch by a comma
      for (const headers of [request.headers, listsOf(request), fetched]) expect(readTokens(headers)[0]?.token).toBe(token)
    }
  })
})

describe('authenticate', () => {
  it('accepts a request of Node', async () => {
    const request = incoming(['Host', 'orders.example'], ['Cookie', `jwt=${A}`])
    expect(await authenticate(request, key, { verify: { now } })).toMatchObject({ status: 'authenticated', source: 'cookie' })
  })

  it('accepts a Fetch Request without Host from its own origin', async () => {
    const ask = (origin: string): Promise<Authentication<object>> => {
      const request = new Request('https://orders.example/a', { method: 'POST', headers: { origin, cookie: `jwt=${A}` } })
      return authenticate(request, key, { verify: { now } })
    }
    expect(await ask('https://orders.example')).toMatchObject({ status: 'authenticated', source: 'cookie' })
    expect(await ask('https://evil.example')).toMatchObject({ status: 'denied', reason: 'cross_origin' })
  })
})

const guard = createGuard(key, { verify: { now } })

/** What a guard decides about a request that a server of Node got. */
async function decide(request: NodeRequest): Promise<string> {
  const { jwt, source, reason } = expectResult(await guard(request))
  return jwt ? `${jwt.claims.sub} by ${source}` : reason
}

const answer = async (request: NodeRequest, response: { readonly end: (text: string) => unknown }): Promise<unknown> =>
  response.end(await decide(request).catch(String))

/** Has a server decide about a request that is sent to its port. */
async function over(server: Server, send: (port: number) => Promise<string>): Promise<string> {
  try {
    return await send(await listenOn(server))
  } finally {
    server.close()
  }
}

/** Sends these lines over HTTP/1, and returns the decision. */
const over1 = (lines: readonly string[], head = 'GET / HTTP/1.1'): Promise<string> =>
  over(
    createServer((request, response) => void answer(request, response)),
    async (port) => {
      const socket = connect(port, '127.0.0.1')
      socket.write([head, ...lines, 'Connection: close', '', ''].join('\r\n'))
      const chunks = await socket.setEncoding('utf8').toArray()
      return /\r\n\r\n(?:\w+\r\n)?([^\r]*)/.exec(chunks.join(''))?.[1] ?? 'nothing'
    },
  )

/** Sends these headers in a GET over HTTP/2, and returns the decision. */
const over2 = (fields: readonly (readonly string[])[]): Promise<string> => {
  const pseudo = [':method', 'GET', ':scheme', 'http', ':path', '/', ':authority', 'orders.example']
  const server = createServer2((request, response) => void answer(request, response))
  return over(server, (port) => sendHttp2(port, [...pseudo, ...fields.flat()]))
}

describe('a guard of Node’s own request over HTTP/1', () => {
  const HOST = 'Host: orders.example'

  it('finds none in a repeated Authorization, although headers has the first of them, but the cookie beside it', async () => {
    const one = `Authorization: Bearer ${A}`
    for (const name of ['Authorization', 'authorization', 'AUTHORIZATION', 'aUTHORIZATIOn'])
      for (const value of [`Bearer ${B}`, `Bearer ${A}`, ''])
        expect(await over1([HOST, one, `${name}: ${value}`]), name).toBe('missing_token')
    expect(await over1([HOST, one, one, `Cookie: jwt=${B}`])).toBe('u2 by cookie')
  })

  it('ignores an absolute request target, because there is a Host', async () => {
    const lines = [`Cookie: jwt=${A}`, 'Origin: https://orders.example']
    expect(await over1(['Host: elsewhere.example', ...lines], 'POST https://orders.example/ HTTP/1.1')).toBe('cross_origin')
    expect(await over1([HOST, ...lines], 'POST https://elsewhere.example/ HTTP/1.1')).toBe('u1 by cookie')
  })
})

describe('a guard of Node’s own request over HTTP/2', () => {
  const inHeader = ['authorization', `Bearer ${A}`] as const
  const inCookie = ['cookie', `jwt=${B}`] as const

  it('finds none in a repeated Authorization, and the cookie beside it', async () => {
    for (const value of [`Bearer ${A}`, `Bearer ${B}`, '']) expect(await over2([inHeader, ['authorization', value]])).toBe('missing_token')
    expect(await over2([inHeader, inCookie, inHeader])).toBe('u2 by cookie')
  })
})

async function deny(headers: RequestHeaders, options: AuthenticateOptions = {}, method = 'GET', keys: unknown = key): Promise<Denied> {
  const result = await authenticate({ method, headers }, keys as typeof key, { ...options, verify: { now, ...options.verify } })
  return result.status === 'denied' ? result : expect.unreachable()
}

describe('what authenticate answers', () => {
  it('shows no token and no claim, in a message, to inspect or as JSON', async () => {
    const token = await sign({ sub: 'alice@example.com', role: 'secret-role' }, key, { expiresIn: '1h', now })
    const expired = await sign({ sub: 'alice@example.com', role: 'secret-role', iat: 1_799_900_000, exp: 1_799_990_000 }, key)
    const denied = await Promise.all([
      deny(cookie(expired)),
      deny(cookie(token), { verify: { subject: 'bob@example.com' } }),
      deny(cookie(token), { verify: { audience: 'orders' } }),
      ...[`${token}=`, token.slice(0, -1)].map((wrong) => deny(bearer(wrong))),
      deny(bearer(token), { isRevoked: () => true }),
      ...[createKey('another secret of more than 32 bytes'), () => undefined].map((keys) => deny(cookie(token), {}, 'GET', keys)),
      deny({ ...cookie(token), ...CROSS_SITE }, {}, 'POST'),
      deny({ cookie: `jwt=${token}; jwt=${expired}` }),
    ])
    for (const result of denied) {
      const { error } = result
      const members = JSON.stringify([result, Object.getOwnPropertyDescriptors(Object(error))])
      const shown = `${inspect(result, { depth: 9, showHidden: true })} ${members} ${error} ${error?.stack} ${inspect(error?.cause)}`
      expect(shown).not.toMatch(/alice|secret-role|bob|eyJ/)
      for (const segment of [...token.split('.'), ...expired.split('.')]) expect(shown).not.toContain(segment)
    }
  })
})
