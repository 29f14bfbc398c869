/** A service of another make, `service.py` of Flask and PyJWT, joins the system of examples/: it shares the secret and the agreement, and nothing else. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createKey, decodeUnverified, sign } from 'hs256'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ACCESS, AUDIENCE, FIRST_KID, ISSUER } from '../../examples/distributed-auth/agreement.ts'
import type { System } from '../../examples/distributed-auth/system.ts'
import { SECRET, startDemo } from '../support/demo-process.ts'
import { segmentOf } from '../support/forge.ts'

const { PYTHON = '/usr/bin/python3' } = process.env
const KEY = createKey(SECRET, { kid: FIRST_KID })
/** What an access token of the system says. */
const ADA = { aud: AUDIENCE, name: 'Ada Lovelace', role: 'manager', groups: ['sales'], jti: 'j1', sid: 's1', auth_time: 1_700_000_000 }
const ACCEPTED = { status: 200, user: 'ada' }
const INVALID = { status: 401, error: 'invalid_token' }

let system: System
let python: ChildProcess
let flask: string

beforeAll(async () => {
  system = await startDemo()
  const env = { ...process.env, JWT_SECRET: SECRET, JWT_ISSUER: ISSUER, JWT_TYPE: ACCESS }
  const { stdout } = (python = spawn(PYTHON, [join(import.meta.dirname, 'service.py')], { env, stdio: ['ignore', 'pipe', 'inherit'] }))
  const [port] = (await Promise.race([once(stdout.setEncoding('utf8'), 'data'), once(python, 'close')])) as unknown[]
  flask = `http://127.0.0.1:${Number(port)}`
}, 60_000)

afterAll(() => {
  system.stop()
  python.kill()
})

async function login(url: string, body: object): Promise<string> {
  const headers = { 'Content-Type': 'application/json' }
  const response = await fetch(`${url}/login`, { method: 'POST', headers, body: JSON.stringify(body) })
  return ((await response.json()) as { readonly token: string }).token
}

type Issue = (claims?: object, header?: { readonly typ?: string; readonly kid?: undefined }) => Promise<string>

const ISSUERS: Readonly<Record<string, Issue>> = {
  hs256: (claims, { typ = ACCESS } = {}) =>
    sign({ iss: ISSUER, sub: 'ada', exp: Math.floor(Date.now() / 1000) + 3600, ...ADA, ...claims }, KEY, { type: typ }),
  PyJWT: (claims, header) => login(flask, { user: 'ada', claims: { ...ADA, ...claims }, header: { kid: FIRST_KID, ...header } }),
}

const SERVICES: Readonly<Record<string, () => string>> = {
  Flask: () => `${flask}/me`,
  orders: () => `${system.urls.orders}/orders`,
  reports: () => `${system.urls.reports}/reports`,
}

/** Expects the same answer by cookie and by header, with a challenge if the token is refused. */
async function expectBoth(url: string, token: string, answer: object): Promise<void> {
  for (const headers of [{ Cookie: `theme=dark; jwt=${token}` }, { Authorization: `Bearer ${token}` }] as const) {
    const response = await fetch(url, { headers })
    expect({ status: response.status, ...((await response.json()) as object) }).toMatchObject(answer)
    const challenge = response.headers.get('WWW-Authenticate') ?? ''
    expect(challenge).toMatch(response.status === 401 ? /^Bearer realm="\w+", error="invalid_token"/ : /^$/)
  }
}

describe.each(Object.entries(ISSUERS))('a token of %s', (issuer, issue) => {
  describe.each(Object.entries(SERVICES))('at %s', (service, urlOf) => {
    it.each<[string, ...Parameters<Issue>]>([
      ['expired', { exp: 1_700_000_000 }],
      ['of another audience', { aud: 'billing' }],
      ['of other audiences', { aud: ['billing', 'auth'] }],
      ['of another issuer', { iss: 'https://evil.example' }],
      ['not valid yet', { nbf: 4_000_000_000, exp: 4_000_003_600 }],
      ['of another kind', {}, { typ: 'session+jwt' }],
      ...(service === 'Flask' ? [] : [['of an unknown role', { role: 'emperor' }] as [string, object]]),
    ])('is rejected if it is %s, by cookie and by header', async (what, claims, header) => {
      await expectBoth(urlOf(), await issue(claims, header), what === 'expired' ? { status: 401, error: 'token_expired' } : INVALID)
    })

    it('is accepted, and rejected as invalid if it was changed', async () => {
      const token = await issue()
      await expectBoth(urlOf(), token, ACCEPTED)
      const [header = '', payload = '', signature = ''] = token.split('.')
      await expectBoth(urlOf(), `${header}.${segmentOf({ ...decodeUnverified(token).claims, sub: 'root' })}.${signature}`, INVALID)
      await expectBoth(urlOf(), `${header}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`, INVALID)
      for (const forged of [`${segmentOf({ alg: 'none' })}.${payload}.`, `${header}.${payload}`, 'x'])
        await expectBoth(urlOf(), forged, INVALID)
      if (issuer === 'PyJWT') await expectBoth(urlOf(), await issue({}, { kid: undefined }), ACCEPTED)
    })

    it.each(['Zoë', '日本', '😀', '"\\\n\u2028', '<script>'])('is read with the name %j', async (sub) => {
      await expectBoth(urlOf(), await issue({ sub }), { status: 200, user: sub })
    })
  })
})

it('a token of the auth service is accepted by Flask', async () => {
  await expectBoth(`${flask}/me`, await login(system.urls.auth, { user: 'ada', password: 'engine' }), ACCEPTED)
})
