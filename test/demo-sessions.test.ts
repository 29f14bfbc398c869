/** Sessions, roles, cross-origin rules and log-out of the demo, over real HTTP, as a program and as a browser would ask. */
import { createKey, decodeUnverified, sign } from 'hs256'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { System } from '../examples/distributed-auth/system.ts'
import { askerOf, SECRET, startDemo, type HeaderValues } from './support/demo-process.ts'

const KEY = createKey(SECRET, { kid: 'key-1' })

let system: System
beforeAll(async () => {
  system = await startDemo()
}, 60_000)
afterAll(() => system.stop())

const ask = askerOf(() => system)
const renew = (headers: HeaderValues = {}, body?: string): Promise<Response> => ask('auth', 'POST /renew', headers, body)

type Signed = Readonly<Record<'token' | 'jwt' | 'session', string>>

async function signIn(): Promise<Signed> {
  return signedBy(await ask('auth', 'POST /login', { 'Content-Type': 'application/json' }, '{"user":"ada","password":"engine"}'))
}

async function signedBy(response: Response): Promise<Signed> {
  expect(response.status).toBe(200)
  const { token } = (await response.json()) as { readonly token: string }
  const [jwt = '', session = ''] = response.headers.getSetCookie().map((cookie) => cookie.replace(/;.*/, ''))
  return { token, jwt, session }
}

async function errorOf(response: Promise<Response>): Promise<string> {
  const answer = await response
  return `${answer.status} ${((await answer.json()) as { readonly error: string }).error}`
}

/** A cookie of a session as the auth service signs it, for somebody who signed in so many seconds ago. */
async function sessionOf(age: number, sub = 'ada'): Promise<HeaderValues> {
  const auth_time = Math.floor(Date.now() / 1000) - age
  const claims = { iss: 'https://auth.example.localhost', aud: 'auth', sub, jti: `session-${age}`, auth_time, exp: auth_time + 43_200 }
  return { Cookie: `__Host-session=${await sign(claims, KEY, { type: 'session+jwt' })}` }
}

describe('POST /renew', () => {
  it('issues another token of the same session, as long as the user exists', async () => {
    const ada = await signIn()
    const renewed = await signedBy(await renew({ Cookie: ada.session }))
    const [before, after] = [ada, renewed].map(({ token }) => decodeUnverified(token).claims)
    expect(after).toMatchObject({ sub: 'ada', sid: before?.['sid'], auth_time: before?.['auth_time'] })
    expect(after?.jti).not.toBe(before?.jti)
    expect(await errorOf(renew(await sessionOf(60, 'charles')))).toBe('403 refused')
  })

  it('issues none later than twelve hours after the login', async () => {
    const old = await signedBy(await renew(await sessionOf(43_140)))
    const { exp = 0, auth_time } = decodeUnverified(old.token).claims
    expect(exp).toBe(Number(auth_time) + 43_200) // not an hour from now
    expect(decodeUnverified(old.session.replace(/^.*?=/, '')).claims.exp).toBe(exp)
    expect(await errorOf(renew(await sessionOf(43_200)))).toBe('401 token_expired')
  })

  it('accepts only the cookie of the session, and answers 204 if no one is logged in', async () => {
    const { jwt, session, token } = await signIn()
    for (const headers of [{}, { Cookie: jwt }, { Authorization: `Bearer ${session.replace(/^.*?=/, '')}` }])
      expect((await renew(headers)).status).toBe(204)
    expect(await errorOf(renew({ Cookie: `__Host-session=${token}` }))).toBe('401 invalid_token')
  })

  it.each(['{"expiresIn":"1h"}', '{"expiresIn":43201}', 'no JSON'])('never extends a session: %s', async (body) => {
    const { session } = await signIn()
    expect((await renew({ Cookie: session, 'Content-Type': 'application/json' }, body)).status).toBe(400)
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
    const show = async (type: string): Promise<Response> =>
      ask('orders', 'GET /orders', { Authorization: `Bearer ${await sign(claims, KEY, { type })}` })
    expect((await show('at+jwt')).status).toBe(200)
    expect(await errorOf(show('session+jwt'))).toBe('401 invalid_token')
  })
})

describe.each(['orders', 'reports'] as const)('CORS of %s', (service) => {
  it.each([
    ['a 401', 'GET', 401],
    ['a preflight, which needs no token', 'OPTIONS', 204],
  ])('names the page of the auth service, also with %s', async (_what, method, status) => {
    const response = await ask(service, `${method} /${service}`, { Origin: system.page, 'Access-Control-Request-Method': 'POST' })
    expect(response.status).toBe(status)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      vary: 'Origin',
      'access-control-allow-origin': system.page,
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'Content-Type',
      'access-control-expose-headers': 'WWW-Authenticate',
    })
  })

  it.each([{ Origin: 'http://evil.localhost' }, { Origin: 'http://auth.example.localhost' }, { Origin: 'null' }, {}])(
    'names no origin for %o, and says that it varies',
    async (headers: HeaderValues) => {
      const response = await ask(service, `GET /${service}`, headers)
      expect(response.headers.get('vary')).toBe('Origin')
      expect([...response.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([])
    },
  )
})

describe('POST /orders', () => {
  it('accepts the cookie from the page, and from no other origin', async () => {
    const { jwt } = await signIn()
    const place = (Origin: string, site: string): Promise<Response> => {
      const form = { 'Content-Type': 'application/x-www-form-urlencoded', Cookie: jwt, Origin, 'Sec-Fetch-Site': site }
      return ask('orders', 'POST /orders', form, 'item=Tea')
    }
    expect((await place(system.page, 'same-site')).status).toBe(201)
    expect(await errorOf(place('http://blog.example.localhost', 'same-site'))).toBe('403 cross_origin')
    expect(await errorOf(place('http://evil.localhost', 'cross-site'))).toBe('403 cross_origin')
  })
})

describe('POST /logout', () => {
  const GUARDED = { 'GET /orders': 'orders', 'GET /reports': 'reports', 'GET /api/jwt': 'auth' } as const

  it.each<[string, (signed: Signed) => HeaderValues]>([
    ['both cookies', ({ jwt, session }) => ({ Cookie: `${jwt}; ${session}` })],
    ['the cookie of the session alone', ({ session }) => ({ Cookie: session })],
    ['the token of a program', ({ token }) => ({ Authorization: `Bearer ${token}` })],
  ])('with %s ends the session and all of its tokens', async (_name, headersOf) => {
    const first = await signIn()
    const second = await signedBy(await renew({ Cookie: first.session }))
    const other = await signIn()
    const response = await ask('auth', 'POST /logout', headersOf(second))
    expect(response.status).toBe(204)
    const cleared = response.headers.getSetCookie().map((cookie) => cookie.replace(/; .*; /, '; '))
    expect(cleared).toEqual(['jwt=; Max-Age=0', '__Host-session=; Max-Age=0'])
    for (const { token } of [first, second])
      for (const [route, service] of Object.entries(GUARDED))
        expect(await errorOf(ask(service, route, { Authorization: `Bearer ${token}` }))).toBe('401 invalid_token')
    expect(await errorOf(renew({ Cookie: first.session }))).toBe('401 invalid_token')
    expect((await ask('orders', 'GET /orders', { Cookie: other.jwt })).status).toBe(200)
  })

  it('works for a user who is logged out already', async () => {
    expect((await ask('auth', 'POST /logout', { Cookie: 'jwt=x; __Host-session=y' })).status).toBe(204)
  })
})
