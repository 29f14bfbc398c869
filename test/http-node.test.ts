/** `hs256/http` beside Node: its requests as a server makes them, and what its `inspect` shows of an answer. */
import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { inspect } from 'node:util'
import { createKey, sign } from 'hs256'
import { authenticate, readTokens, type AuthenticateOptions, type Denied, type RequestHeaders } from 'hs256/http'
import { describe, expect, it } from 'vitest'

const key = createKey('correct horse battery staple, 32+')
const now = (): Date => new Date('2027-01-15T08:00:00Z')

const A = 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHAiOjE4MDAwMDM2MDAsInN1YiI6InUxIn0.dCHj3DhiqahR8vEnwbWt5oLwlvY4Wjl2NE4mAXVe4Rc'
const B = 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHAiOjE4MDAwMDM2MDAsInN1YiI6InUyIn0.8l1vmpuDjYCvzjsomNcLGo_55qX-si9rxkSfQ37_XRs'

/** Node's request, as its server makes it of header lines. */
function incoming(...lines: readonly (readonly [name: string, value: string])[]): IncomingMessage {
  const request = new IncomingMessage(new Socket())
  request.method = 'GET'
  for (const [name, value] of lines) {
    request.rawHeaders.push(name, value)
    Reflect.apply(Reflect.get(request, '_addHeaderLine') as () => void, request, [name, value, request.headers])
    Reflect.apply(Reflect.get(request, '_addHeaderLineDistinct') as () => void, request, [name, value, request.headersDistinct])
  }
  return request
}

describe('readTokens of Node’s headers', () => {
  it('finds a token for each source, also in those of a Request of Node, which keeps its cookies', () => {
    const request = incoming(['Authorization', `Bearer ${A}`], ['COOKIE', `jwt=${B}`])
    const fetched = new Request('https://orders.example', { headers: { authorization: `Bearer ${A}`, cookie: `jwt=${B}` } })
    for (const headers of [request.headers, request.headersDistinct, fetched.headers]) {
      expect(readTokens(headers)).toEqual([
        { token: B, source: 'cookie' },
        { token: A, source: 'bearer' },
      ])
    }
  })

  it('finds none in two Authorization headers, if Node keeps them apart', () => {
    const request = incoming(['Authorization', `Bearer ${A}`], ['authorization', `Bearer ${B}`])
    expect(readTokens(request.headersDistinct)).toEqual([])
  })

  it('finds none if two Cookie headers differ, and one if they are equal', () => {
    const lines = (first: string, second: string): readonly unknown[] => {
      const request = incoming(['Cookie', first], ['cookie', second])
      const fetched = new Headers({ cookie: first })
      fetched.append('cookie', second) // which Node joins by a semicolon, as RFC 9113 §8.2.3 says, and Fetch by a comma
      return [request.headers, request.headersDistinct, fetched].map((headers) => readTokens(headers)[0]?.token)
    }
    expect(lines(`jwt=${A}`, `jwt=${B}`)).toEqual([undefined, undefined, undefined])
    expect(lines(`jwt=${A}`, 'jwt=')).toEqual([undefined, undefined, undefined])
    expect(lines(`jwt=${A}`, `jwt=${A}`)).toEqual([A, A, A])
    expect(lines('theme=dark', `jwt=${A}`)).toEqual([A, A, A])
    expect(lines(`jwt=${A}`, 'theme=dark')).toEqual([A, A, A])
  })
})

describe('readTokens of something else of Node', () => {
  it('is a TypeError if a request is passed instead of its headers', () => {
    const request = incoming(['Cookie', `jwt=${A}`])
    expect(() => readTokens(request as unknown as RequestHeaders)).toThrow(TypeError)
  })
})

describe('authenticate', () => {
  it('accepts a request of Node', async () => {
    const request = incoming(['Host', 'orders.example'], ['Cookie', `jwt=${A}`])
    expect(await authenticate(request, key, { verify: { now } })).toMatchObject({ status: 'authenticated', source: 'cookie' })
  })
})

const CROSS_SITE = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }
const cookie = (token: string): { readonly cookie: string } => ({ cookie: `jwt=${token}` })
const bearer = (token: string): { readonly authorization: string } => ({ authorization: `Bearer ${token}` })

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
      deny(bearer(`${token}=`)),
      deny(bearer(token.slice(0, -1))),
      deny(bearer(token), { isRevoked: () => true }),
      deny(cookie(token), {}, 'GET', createKey('another secret of more than 32 bytes')),
      deny(cookie(token), {}, 'GET', () => undefined),
      deny({ ...cookie(token), ...CROSS_SITE }, {}, 'POST'),
      deny({ cookie: `jwt=${token}; jwt=${expired}` }),
    ])
    for (const result of denied) {
      const { error } = result
      const shown = [
        inspect(result, { depth: 9, showHidden: true }),
        JSON.stringify(result),
        String(error),
        String(error?.stack),
        inspect(error?.cause),
        JSON.stringify(Object.getOwnPropertyDescriptors(Object(error))),
      ].join(' ')
      expect(shown).not.toMatch(/alice|secret-role|bob|eyJ/)
      for (const segment of [...token.split('.'), ...expired.split('.')]) expect(shown).not.toContain(segment)
    }
  })
})
