/** Two services of different make with one secret, over real HTTP: ours, and `service.py` of Flask and PyJWT. Needs python3 with both. */
import { createServer, type Server } from 'node:http'
import { createKey, decodeUnverified, sign } from 'hs256'
import { tokenCookie } from 'hs256/http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { requireJwt } from '../../examples/adapters/node-http.ts'
import { SECRET, segmentOf } from '../support/forge.ts'
import { listenOn } from '../support/port.ts'
import { EXPIRED, expectAnswer, expectBoth, INVALID, login, startFlask, type Flask } from './flask.ts'

const ISSUER = 'https://auth.example'
const key = createKey(SECRET)
const schema = z.object({ sub: z.string(), groups: z.array(z.string()) })

let python: Flask
let node: Server
let url: Readonly<Record<'ours' | 'theirs', string>>
const services = ['ours', 'theirs'] as const

/** Our service does as the other one: it signs people in, and tells them who they are. */
const me = requireJwt(key, { verify: { issuer: ISSUER, audience: 'orders', schema } }, (_request, response, { claims }) => {
  response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ user: claims.sub, groups: claims.groups }))
})

/** A token with these claims, of either issuer. */
const issue = {
  ours: (claims: object): Promise<string> => {
    const exp = Math.floor(Date.now() / 1000) + 3600
    return sign({ iss: ISSUER, aud: 'orders', sub: 'alice', groups: ['ops'], exp, ...claims }, key)
  },
  theirs: async (claims: object): Promise<string> => (await login(url.theirs, { user: 'alice', claims })).token,
}

beforeAll(async () => {
  node = createServer((request, response) => {
    if (request.method !== 'POST') me(request, response)
    else void issue.ours({}).then((token) => response.setHeader('Set-Cookie', tokenCookie(token)).end(JSON.stringify({ token })))
  })
  python = await startFlask({ JWT_SECRET: SECRET })
  url = { ours: `http://127.0.0.1:${await listenOn(node)}`, theirs: python.url }
}, 30_000)

afterAll(() => {
  node.close()
  python.stop()
})

const ALICE = { status: 200, user: 'alice', groups: ['ops'] }

describe.each(services)('a token of %s', (issuer) => {
  describe.each(services)('at %s', (service) => {
    const expected = (token: string, answer: object): Promise<void> => expectBoth(`${url[service]}/me`, token, answer)

    it('is accepted by cookie and by header, with the same user and groups', async () => {
      const { token, setCookie } = await login(url[issuer], { user: 'alice' })
      await expected(token, ALICE)
      await expectAnswer(`${url[service]}/me`, { Cookie: setCookie.split(';')[0]! }, ALICE)
    })

    it.each([
      ['expired', { exp: 1_700_000_000 }, EXPIRED],
      ['of another audience', { aud: 'reports' }, INVALID],
      ['of other audiences', { aud: ['reports', 'billing'] }, INVALID],
      ['of another issuer', { iss: 'https://evil.example' }, INVALID],
      ['not valid yet', { nbf: 4_000_000_000, exp: 4_000_003_600 }, INVALID],
    ])('is rejected if it is %s, by cookie and by header', async (_what, claims, answer) => {
      await expected(await issue[issuer](claims), answer)
    })

    it('is rejected as invalid if it was changed', async () => {
      const token = await issue[issuer]({})
      const [header = '', payload = '', signature = ''] = token.split('.')
      await expected(`${header}.${segmentOf({ ...decodeUnverified(token).claims, sub: 'root' })}.${signature}`, INVALID)
      await expected(`${header}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`, INVALID)
      for (const forged of [`${segmentOf({ alg: 'none' })}.${payload}.`, `${header}.${payload}`, 'x']) await expected(forged, INVALID)
    })
  })
})

it.each(services)('no token is distinguished from a bad one, at %s', async (service) => {
  for (const headers of [{}, { Cookie: 'theme=dark' }, { Authorization: 'Basic eDp5' }] as const)
    await expectAnswer(`${url[service]}/me`, headers, { status: 401, error: 'missing_token' })
})

it.each(services)('the cookie of %s is one that scripts cannot read, over https, for an hour', async (service) => {
  const { token, setCookie } = await login(url[service], { user: 'alice' })
  const [pair, ...attributes] = setCookie.split('; ')
  expect(pair).toBe(`jwt=${token}`)
  const known = attributes.filter((attribute) => !attribute.startsWith('Expires=')).sort()
  expect(known).toEqual(['HttpOnly', 'Max-Age=3600', 'Path=/', 'SameSite=Lax', 'Secure'])
})

it.each(['Zoë', '日本', '😀', '"\\\n\u2028', '<script>'])('each service reads a name that the other has written: %j', async (user) => {
  await expectBoth(`${url.ours}/me`, (await login(url.theirs, { user })).token, { status: 200, user })
  await expectBoth(`${url.theirs}/me`, await issue.ours({ sub: user }), { status: 200, user })
})

it('service.py logs no token', () => {
  expect(python.log()).not.toMatch(/eyJ/)
})
