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

/** The status, and the error or the user, by cookie and by header; both must be alike. */
async function ask(url: string, token: string): Promise<unknown> {
  const ways = [{ Cookie: `jwt=${token}` }, { Authorization: `Bearer ${token}` }]
  const answers = await Promise.all(
    ways.map(async (headers) => {
      const response = await fetch(url, { headers })
      const { error, user } = (await response.json()) as Readonly<Record<string, unknown>>
      return [response.status, error ?? user]
    }),
  )
  expect(answers[0]).toEqual(answers[1])
  return answers[0]
}

describe('a token of the auth service', () => {
  it('is accepted by Flask', async () => {
    expect(await ask(`${flask.url}/me`, await ours())).toEqual([200, 'ada'])
  })

  it('is expired for Flask, and invalid if it was changed', async () => {
    const brief = await ours({ expiresIn: '1s' })
    await sleep(2100)
    expect(await ask(`${flask.url}/me`, brief)).toEqual([401, 'token_expired'])
    expect(await ask(`${flask.url}/me`, tampered(await ours()))).toEqual([401, 'invalid_token'])
  })
})

describe('a token of Flask', () => {
  it('is accepted by orders and by reports, even without a kid', async () => {
    for (const token of [await theirs(), await theirs({}, { kid: undefined })]) {
      expect(await ask(`${system.urls.orders}/orders`, token)).toEqual([200, 'ada'])
      expect(await ask(`${system.urls.reports}/reports`, token)).toEqual([200, 'ada'])
    }
  })

  it('is expired for them, and invalid if it was changed, is of another kind, or lacks a claim', async () => {
    for (const url of [`${system.urls.orders}/orders`, `${system.urls.reports}/reports`]) {
      expect(await ask(url, await theirs({ exp: 1_700_000_000 }))).toEqual([401, 'token_expired'])
      expect(await ask(url, tampered(await theirs()))).toEqual([401, 'invalid_token'])
      expect(await ask(url, await theirs({}, { typ: 'session+jwt' }))).toEqual([401, 'invalid_token'])
      expect(await ask(url, await theirs({ role: 'emperor' }))).toEqual([401, 'invalid_token'])
    }
  })
})
