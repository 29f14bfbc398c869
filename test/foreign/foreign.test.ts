/** Two services of different make with one secret, over real HTTP: ours, and `service.py` of Flask and PyJWT. Needs python3 with both. */
import { createServer, type Server } from 'node:http'
import { createKey, decodeUnverified, sign } from 'hs256'
import { tokenCookie } from 'hs256/http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { requireJwt } from '../../examples/adapters/node-http.ts'
import { SECRET } from '../support/forge.ts'
import { listenOn } from '../support/port.ts'
import { startFlask, type Flask } from './flask.ts'

const ISSUER = 'https://auth.example'
const key = createKey(SECRET)

interface SignedIn {
  readonly token: string
  readonly setCookie: string
}

let python: Flask
let node: Server
const url = { ours: '', theirs: '' }
type Service = keyof typeof url

const expected = { issuer: ISSUER, audience: 'orders', schema: z.object({ sub: z.string(), groups: z.array(z.string()) }) }

/** Our service does as the other one: it signs people in, and tells them who they are. */
const me = requireJwt(key, { verify: expected }, (_request, response, { claims }) => {
  response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ user: claims.sub, groups: claims.groups }))
})

async function issue(user: string, claims: object = {}): Promise<SignedIn> {
  const token = await sign({ iss: ISSUER, aud: 'orders', sub: user, groups: ['ops'], ...claims }, key, { expiresIn: '1h' })
  return { token, setCookie: tokenCookie(token) }
}

beforeAll(async () => {
  node = createServer((request, response) => {
    if (request.method !== 'POST') me(request, response)
    else void issue('alice').then(({ token, setCookie }) => response.setHeader('Set-Cookie', setCookie).end(JSON.stringify({ token })))
  })
  url.ours = `http://127.0.0.1:${await listenOn(node)}`
  python = await startFlask({ JWT_SECRET: SECRET })
  url.theirs = python.url
}, 30_000)

afterAll(() => {
  node.close()
  python.stop()
})

async function login(service: Service, body: object = { user: 'alice' }): Promise<SignedIn> {
  const response = await fetch(`${url[service]}/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
  const { token } = (await response.json()) as { readonly token: string }
  return { token, setCookie: response.headers.getSetCookie().join('\n') }
}

/** What a service answers, with what a client goes by. */
async function ask(service: Service, headers: Readonly<Record<string, string>>): Promise<unknown> {
  const response = await fetch(`${url[service]}/me`, { headers })
  const { error, user, groups } = (await response.json()) as Readonly<Record<string, unknown>>
  const challenge = response.headers.get('WWW-Authenticate')?.match(/^Bearer realm="jwt"(?:, error="invalid_token")?/)?.[0]
  return error === undefined ? { status: response.status, user, groups } : { status: response.status, error, challenge }
}

const byHeader = (token: string): Readonly<Record<string, string>> => ({ Authorization: `Bearer ${token}` })

/** Expects the same answer by cookie and by header. */
async function expectBoth(service: Service, token: string, answer: object): Promise<void> {
  expect(await ask(service, { Cookie: `theme=dark; jwt=${token}` })).toEqual(answer)
  expect(await ask(service, byHeader(token))).toEqual(answer)
}

const ALICE = { status: 200, user: 'alice', groups: ['ops'] }
const MISSING = { status: 401, error: 'missing_token', challenge: 'Bearer realm="jwt"' }
const EXPIRED = { status: 401, error: 'token_expired', challenge: 'Bearer realm="jwt", error="invalid_token"' }
const INVALID = { status: 401, error: 'invalid_token', challenge: 'Bearer realm="jwt", error="invalid_token"' }

/** A token with these claims, of either issuer. */
const ISSUERS: Readonly<Record<Service, (claims: object) => Promise<string>>> = {
  ours: async (claims) => {
    const { exp = Math.floor(Date.now() / 1000) + 3600, ...others } = claims as { readonly exp?: number }
    return sign({ iss: ISSUER, aud: 'orders', sub: 'alice', groups: ['ops'], ...others, exp }, key)
  },
  theirs: async (claims) => (await login('theirs', { user: 'alice', claims })).token,
}

const services = ['ours', 'theirs'] as const

describe.each(services)('a token of %s', (issuer) => {
  describe.each(services)('at %s', (service) => {
    it('is accepted by cookie and by header, with the same user and groups', async () => {
      const { token, setCookie } = await login(issuer)
      await expectBoth(service, token, ALICE)
      expect(await ask(service, { Cookie: setCookie.split(';')[0]! })).toEqual(ALICE)
    })

    it.each([
      ['expired', { exp: 1_700_000_000 }, EXPIRED],
      ['of another audience', { aud: 'reports' }, INVALID],
      ['of other audiences', { aud: ['reports', 'billing'] }, INVALID],
      ['of another issuer', { iss: 'https://evil.example' }, INVALID],
      ['not valid yet', { nbf: 4_000_000_000, exp: 4_000_003_600 }, INVALID],
    ])('is rejected if it is %s, by cookie and by header', async (_what, claims, answer) => {
      await expectBoth(service, await ISSUERS[issuer](claims), answer)
    })

    it('is rejected as invalid if it was changed', async () => {
      const { token } = await login(issuer)
      const [header = '', payload = '', signature = ''] = token.split('.')
      const claims = Buffer.from(JSON.stringify({ ...decodeUnverified(token).claims, sub: 'root' })).toString('base64url')
      const none = Buffer.from('{"alg":"none"}').toString('base64url')
      for (const forged of [
        `${header}.${claims}.${signature}`,
        `${header}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`,
        `${none}.${payload}.`,
        `${header}.${payload}`,
        'x',
      ])
        await expectBoth(service, forged, INVALID)
    })
  })
})

it.each(services)('no token is distinguished from a bad one, at %s', async (service) => {
  for (const headers of [{}, { Cookie: 'theme=dark' }, { Authorization: 'Basic eDp5' }] as const)
    expect(await ask(service, headers)).toEqual(MISSING)
})

describe('both issuers', () => {
  it('set a cookie that scripts cannot read, over https, for an hour', async () => {
    for (const service of services) {
      const { token, setCookie } = await login(service)
      const [pair, ...attributes] = setCookie.split('; ')
      expect(pair).toBe(`jwt=${token}`)
      expect(attributes.filter((attribute) => !attribute.startsWith('Expires=')).sort()).toEqual([
        'HttpOnly',
        'Max-Age=3600',
        'Path=/',
        'SameSite=Lax',
        'Secure',
      ])
    }
  })

  it('write names that the other reads, with every character', async () => {
    for (const user of ['Zoë', '日本', '😀', '"\\\n\u2028', '<script>']) {
      const theirs = await login('theirs', { user })
      expect(await ask('ours', byHeader(theirs.token))).toMatchObject({ status: 200, user })
      const ours = await issue(user)
      expect(await ask('theirs', byHeader(ours.token))).toMatchObject({ status: 200, user })
    }
  })
})

it('service.py logs no token', () => {
  expect(python.log()).not.toMatch(/eyJ/)
})
