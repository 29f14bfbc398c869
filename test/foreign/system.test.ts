/** A service of another make joins the distributed system of examples/: it shares the secret and the agreement, and nothing else. */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { ACCESS, AUDIENCE, FIRST_KID, ISSUER } from '../../examples/distributed-auth/agreement.ts'
import type { System } from '../../examples/distributed-auth/system.ts'
import { SECRET, startDemo } from '../support/demo-process.ts'
import { EXPIRED, expectBoth, INVALID, login, startFlask, type Flask } from './flask.ts'

/** What an access token of the system says, and a session that the other issuer has made up. */
const ADA = { aud: AUDIENCE, name: 'Ada Lovelace', role: 'manager', groups: ['sales'], jti: 'j1', sid: 's1', auth_time: 1_700_000_000 }
const ACCEPTED = { status: 200, user: 'ada' }

let system: System
let flask: Flask

beforeAll(async () => {
  ;[system, flask] = await Promise.all([startDemo(), startFlask({ JWT_SECRET: SECRET, JWT_ISSUER: ISSUER, JWT_TYPE: ACCESS })])
}, 60_000)

afterAll(() => {
  system.stop()
  flask.stop()
})

const ours = async (more: object = {}): Promise<string> =>
  (await login(system.urls.auth, { user: 'ada', password: 'engine', ...more })).token
const theirs = async (claims: object = {}, header: object = {}): Promise<string> =>
  (await login(flask.url, { user: 'ada', claims: { ...ADA, ...claims }, header: { kid: FIRST_KID, ...header } })).token

const tampered = (token: string): string => token.replace(/\.[\w-]+\./, (payload) => `.${payload.slice(1, -1)}`.replace(/.$/, 'A.'))

it('a token of the auth service is accepted by Flask, unless it has expired or was changed', async () => {
  const url = `${flask.url}/me`
  await expectBoth(url, await ours(), ACCEPTED)
  await expectBoth(url, tampered(await ours()), INVALID)
  const brief = await ours({ expiresIn: '1s' })
  await sleep(2100)
  await expectBoth(url, brief, EXPIRED)
})

describe.each(['orders', 'reports'] as const)('a token of Flask, at %s', (service) => {
  it.each<[string, () => Promise<string>, object]>([
    ['is accepted', () => theirs(), ACCEPTED],
    ['is accepted even without a kid', () => theirs({}, { kid: undefined }), ACCEPTED],
    ['is rejected if it has expired', () => theirs({ exp: 1_700_000_000 }), EXPIRED],
    ['is rejected if it was changed', async () => tampered(await theirs()), INVALID],
    ['is rejected if it is of another kind', () => theirs({}, { typ: 'session+jwt' }), INVALID],
    ['is rejected if its role is unknown', () => theirs({ role: 'emperor' }), INVALID],
  ])('%s', async (_fact, issue, answer) => {
    await expectBoth(`${system.urls[service]}/${service}`, await issue(), answer)
  })
})
