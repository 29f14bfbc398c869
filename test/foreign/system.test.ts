/** A service of another make joins the distributed system of examples/: it shares the secret and the agreement, and nothing else. */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ACCESS, AUDIENCE, FIRST_KID, ISSUER } from '../../examples/distributed-auth/agreement.ts'
import { startSystem, type System } from '../../examples/distributed-auth/system.ts'
import { SECRET } from '../support/forge.ts'
import { startFlask, type Flask } from './flask.ts'

/** What an access token of the system says, and a session that the other issuer has made up. */
const ADA = { aud: AUDIENCE, name: 'Ada Lovelace', role: 'manager', groups: ['sales'], jti: 'j1', sid: 's1', auth_time: 1_700_000_000 }

let system: System
let flask: Flask

beforeAll(async () => {
  const environment = { JWT_SECRET: SECRET, JWT_ISSUER: ISSUER, JWT_TYPE: ACCESS }
  ;[system, flask] = await Promise.all([startSystem({ ...process.env, JWT_SECRET: SECRET }, ['--import', 'tsx']), startFlask(environment)])
}, 60_000)

afterAll(() => {
  system.stop()
  flask.stop()
})

async function login(url: string, body: object): Promise<string> {
  const headers = { 'Content-Type': 'application/json' }
  const response = await fetch(`${url}/login`, { method: 'POST', headers, body: JSON.stringify(body) })
  return ((await response.json()) as { readonly token: string }).token
}

const ours = (more: object = {}): Promise<string> => login(system.urls.auth, { user: 'ada', password: 'engine', ...more })
const theirs = (claims: object = {}, header: object = {}): Promise<string> =>
  login(flask.url, { user: 'ada', claims: { ...ADA, ...claims }, header: { kid: FIRST_KID, ...header } })

const tampered = (token: string): string => token.replace(/\.[\w-]+\./, (payload) => `.${payload.slice(1, -1)}`.replace(/.$/, 'A.'))

/** Expects the status, and the error or the user, by cookie and by header. */
async function expectBoth(url: string, token: string, answer: readonly unknown[]): Promise<void> {
  for (const headers of [{ Cookie: `jwt=${token}` }, { Authorization: `Bearer ${token}` }]) {
    const response = await fetch(url, { headers })
    const { error, user } = (await response.json()) as Readonly<Record<string, unknown>>
    expect([response.status, error ?? user]).toEqual(answer)
  }
}

describe('a token of the auth service', () => {
  it('is accepted by Flask, unless it has expired or was changed', async () => {
    const url = `${flask.url}/me`
    await expectBoth(url, await ours(), [200, 'ada'])
    await expectBoth(url, tampered(await ours()), [401, 'invalid_token'])
    const brief = await ours({ expiresIn: '1s' })
    await sleep(2100)
    await expectBoth(url, brief, [401, 'token_expired'])
  })
})

describe.each(['orders', 'reports'] as const)('a token of Flask, at %s', (service) => {
  it.each<[string, () => Promise<string>, readonly unknown[]]>([
    ['is accepted', () => theirs(), [200, 'ada']],
    ['is accepted even without a kid', () => theirs({}, { kid: undefined }), [200, 'ada']],
    ['is rejected if it has expired', () => theirs({ exp: 1_700_000_000 }), [401, 'token_expired']],
    ['is rejected if it was changed', async () => tampered(await theirs()), [401, 'invalid_token']],
    ['is rejected if it is of another kind', () => theirs({}, { typ: 'session+jwt' }), [401, 'invalid_token']],
    ['is rejected if its role is unknown', () => theirs({ role: 'emperor' }), [401, 'invalid_token']],
  ])('%s', async (_fact, issue, answer) => {
    await expectBoth(`${system.urls[service]}/${service}`, await issue(), answer)
  })
})
