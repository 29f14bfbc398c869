/** Sessions, roles, cross-origin rules and log-out of the demo, over real HTTP, as a program and as a browser would ask. */
import { createKey, decodeUnverified, sign } from 'hs256'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { System } from '../examples/distributed-auth/system.ts'
import { askerOf, SECRET, startDemo } from './support/demo-process.ts'

const KEY = createKey(SECRET, { kid: 'key-1' })

let system: System
beforeAll(async () => {
  system = await startDemo()
}, 60_000)
afterAll(() => system.stop())

interface Signed {
  readonly token: string
  readonly jwt: string
  readonly session: string
}

async function signIn(user: 'ada' | 'grace' = 'ada'): Promise<Signed> {
  const body = JSON.stringify({ user, password: user === 'ada' ? 'engine' : 'compiler' })
  return signedBy(await ask('auth', 'POST /login', { 'Content-Type': 'application/json' }, body))
}

async function signedBy(response: Response): Promise<Signed> {
  expect(response.status).toBe(200)
  const { token } = (await response.json()) as { readonly token: string }
  const [jwt = '', session = ''] = response.headers.getSetCookie().map((cookie) => cookie.replace(/;.*/, ''))
  return { token, jwt, session }
}

const ask = askerOf(() => system)
const renew = (headers: Readonly<Record<string, string>> = {}, body?: string): Promise<Response> =>
  ask('auth', 'POST /renew', headers, body)

async function errorOf(response: Promise<Response>): Promise<string> {
  const answer = await response
  return `${answer.status} ${((await answer.json()) as { readonly error: string }).error}`
}

/** A session token as the auth service signs it, for somebody who signed in so many seconds ago. */
function sessionOf(age: number, sub = 'ada'): Promise<string> {
  const auth_time = Math.floor(Date.now() / 1000) - age
  const claims = { iss: 'https://auth.example.localhost', aud: 'auth', sub, jti: `session-${age}`, auth_time, exp: auth_time + 43_200 }
  return sign(claims, KEY, { type: 'session+jwt' })
}

describe('POST /renew', () => {
  it('issues a token of the same session, as long as the user exists', async () => {
    const ada = await signIn()
    const renewed = await signedBy(await renew({ Cookie: ada.session }))
    const [before, after] = [ada, renewed].map(({ token }) => decodeUnverified(token).claims)
    expect(after).toMatchObject({ sub: 'ada', sid: before?.['sid'], auth_time: before?.['auth_time'] })
    expect(after?.jti).not.toBe(before?.jti)
    const gone = await sessionOf(60, 'charles')
    expect(await errorOf(renew({ Cookie: `__Host-session=${gone}` }))).toBe('403 refused')
  })

  it('issues none later than twelve hours after the login', async () => {
    const old = await signedBy(await renew({ Cookie: `__Host-session=${await sessionOf(43_140)}` }))
    const { exp = 0, auth_time } = decodeUnverified(old.token).claims
    expect(exp).toBe(Number(auth_time) + 43_200) // not an hour from now
    expect(decodeUnverified(old.session.replace(/^.*?=/, '')).claims.exp).toBe(exp)
    const over = await sessionOf(43_200)
    expect(await errorOf(renew({ Cookie: `__Host-session=${over}` }))).toBe('401 token_expired')
  })

  it('accepts only the cookie of the session, and answers 204 if no one is logged in', async () => {
    const ada = await signIn()
    expect((await renew()).status).toBe(204)
    expect((await renew({ Cookie: ada.jwt })).status).toBe(204)
    expect((await renew({ Authorization: `Bearer ${ada.session.replace(/^.*?=/, '')}` })).status).toBe(204)
    expect(await errorOf(renew({ Cookie: `__Host-session=${ada.token}` }))).toBe('401 invalid_token')
  })

  it.each(['{"expiresIn":"1h"}', '{"expiresIn":43201}', 'no JSON'])('never extends a session: %s', async (body) => {
    const { session } = await signIn()
    const response = await renew({ Cookie: session, 'Content-Type': 'application/json' }, body)
    expect(response.status).toBe(400)
  })

  it('is only for the page of the auth service', async () => {
    const { session } = await signIn()
    const neighbour = { Cookie: session, Origin: 'http://blog.example.localhost', 'Sec-Fetch-Site': 'same-site' }
    for (const route of ['POST /renew', 'POST /logout', 'POST /login']) expect((await ask('auth', route, neighbour)).status).toBe(403)
    expect((await renew({ Cookie: session })).status).toBe(200)
  })
})

describe('a kind of token', () => {
  it('is not accepted as the other kind, although the key is the same', async () => {
    const user = { sub: 'ada', name: 'Ada', role: 'manager', groups: [], jti: 'j', sid: 's', auth_time: 0 }
    const claims = { iss: 'https://auth.example.localhost', aud: 'orders', ...user, exp: Date.now() / 1000 + 60 }
    const right = await sign(claims, KEY, { type: 'at+jwt' })
    const wrong = await sign(claims, KEY, { type: 'session+jwt' })
    expect((await ask('orders', 'GET /orders', { Authorization: `Bearer ${right}` })).status).toBe(200)
    expect(await errorOf(ask('orders', 'GET /orders', { Authorization: `Bearer ${wrong}` }))).toBe('401 invalid_token')
  })
})

describe.each(['orders', 'reports'] as const)('CORS of %s', (service) => {
  const route = `/${service}`

  it('names the page of the auth service, also with a 401', async () => {
    const response = await ask(service, `GET ${route}`, { Origin: system.page })
    expect(response.status).toBe(401)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      vary: 'Origin',
      'access-control-allow-origin': system.page,
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': 'WWW-Authenticate',
    })
  })

  it.each(['http://evil.localhost', 'http://auth.example.localhost', 'null', undefined])(
    'names no origin for %s, and says that it varies',
    async (origin) => {
      const response = await ask(service, `GET ${route}`, origin === undefined ? {} : { Origin: origin })
      expect(response.headers.get('vary')).toBe('Origin')
      expect([...response.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([])
    },
  )

  it('answers a preflight without a token', async () => {
    const asks = { Origin: system.page, 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'content-type' }
    const response = await ask(service, `OPTIONS ${route}`, asks)
    expect(response.status).toBe(204)
    expect(response.headers.get('access-control-allow-methods')).toBe('GET, POST')
    expect(response.headers.get('access-control-allow-headers')).toBe('Content-Type')
  })
})

describe('POST /orders', () => {
  const place = (headers: Readonly<Record<string, string>>): Promise<Response> =>
    ask('orders', 'POST /orders', { 'Content-Type': 'application/x-www-form-urlencoded', ...headers }, 'item=Tea')

  it('accepts the cookie from the page, and from no other origin', async () => {
    const { jwt, token } = await signIn('grace')
    const from = (origin: string, site: string): Promise<Response> => place({ Cookie: jwt, Origin: origin, 'Sec-Fetch-Site': site })
    expect((await from(system.page, 'same-site')).status).toBe(201)
    expect(await errorOf(from('http://blog.example.localhost', 'same-site'))).toBe('403 cross_origin')
    expect(await errorOf(from('http://evil.localhost', 'cross-site'))).toBe('403 cross_origin')
    expect((await place({ Authorization: `Bearer ${token}` })).status).toBe(201)
  })
})

describe('POST /logout', () => {
  it.each<[string, (signed: Signed) => Readonly<Record<string, string>>]>([
    ['both cookies', ({ jwt, session }) => ({ Cookie: `${jwt}; ${session}` })],
    ['the cookie of the session alone', ({ session }) => ({ Cookie: session })],
    ['the token of a program', ({ token }) => ({ Authorization: `Bearer ${token}` })],
  ])('with %s ends the session and all of its tokens', async (_name, headersOf) => {
    const first = await signIn()
    const second = await signedBy(await renew({ Cookie: first.session }))
    const other = await signIn()
    const response = await ask('auth', 'POST /logout', headersOf(second))
    expect(response.status).toBe(204)
    expect(response.headers.getSetCookie().map((cookie) => cookie.replace(/; .*; /, '; '))).toEqual([
      'jwt=; Max-Age=0',
      '__Host-session=; Max-Age=0',
    ])
    for (const { token } of [first, second]) {
      const headers = { Authorization: `Bearer ${token}` }
      for (const service of ['orders', 'reports'] as const)
        expect(await errorOf(ask(service, `GET /${service}`, headers))).toBe('401 invalid_token')
      expect(await errorOf(ask('auth', 'GET /api/jwt', headers))).toBe('401 invalid_token')
    }
    expect(await errorOf(renew({ Cookie: first.session }))).toBe('401 invalid_token')
    expect((await ask('orders', 'GET /orders', { Cookie: other.jwt })).status).toBe(200)
  })

  it('works for a user who is logged out already', async () => {
    expect((await ask('auth', 'POST /logout', { Cookie: 'jwt=x; __Host-session=y' })).status).toBe(204)
  })
})
