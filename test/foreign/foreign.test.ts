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

const byCookie = (token: string): Readonly<Record<string, string>> => ({ Cookie: `theme=dark; jwt=${token}` })
const byHeader = (token: string): Readonly<Record<string, string>> => ({ Authorization: `Bearer ${token}` })

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
      expect(await ask(service, byCookie(token))).toEqual(ALICE)
      expect(await ask(service, byHeader(token))).toEqual(ALICE)
      expect(await ask(service, { Cookie: setCookie.split(';')[0]! })).toEqual(ALICE)
    })

    it('is rejected as expired if it is, by cookie and by header', async () => {
      const token = await ISSUERS[issuer]({ exp: 1_700_000_000 })
      expect(await ask(service, byCookie(token))).toEqual(EXPIRED)
      expect(await ask(service, byHeader(token))).toEqual(EXPIRED)
    })

    it.each([
      ['of another audience', { aud: 'reports' }],
      ['of other audiences', { aud: ['reports', 'billing'] }],
      ['of another issuer', { iss: 'https://evil.example' }],
      ['not valid yet', { nbf: 4_000_000_000, exp: 4_000_003_600 }],
    ])('is rejected as invalid if it is %s', async (_what, claims) => {
      const token = await ISSUERS[issuer](claims)
      expect(await ask(service, byCookie(token))).toEqual(INVALID)
      expect(await ask(service, byHeader(token))).toEqual(INVALID)
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
      ]) {
        expect(await ask(service, byCookie(forged))).toEqual(INVALID)
        expect(await ask(service, byHeader(forged))).toEqual(INVALID)
      }
    })
  })
})

describe.each(services)('no token, at %s', (service) => {
  it('is distinguished from a bad one', async () => {
    expect(await ask(service, {})).toEqual(MISSING)
    expect(await ask(service, { Cookie: 'theme=dark' })).toEqual(MISSING)
    expect(await ask(service, { Authorization: 'Basic eDp5' })).toEqual(MISSING)
  })
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

describe('service.py', () => {
  it('logs no token', () => {
    expect(python.log()).not.toMatch(/eyJ/)
  })
})
