/** The auth service in one file, and the service beside it, over real HTTP. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { run, SECRET, type HeaderValues } from './support/demo-process.ts'

const env = { JWT_SECRET: SECRET, PORT: '0' }
const started = ['auth', 'orders'].map((name) => run(`../minimal/${name}.ts`, [], env))
let auth: string
let orders: string

beforeAll(async () => {
  await vi.waitFor(() => started.forEach(({ output }) => expect(output).toMatch(/\n$/)), { timeout: 30_000 })
  ;[auth = '', orders = ''] = started.map(({ output }) => output.trim())
}, 40_000)
afterAll(() => started.forEach(({ child }) => child.kill()))

function post(path: string, headers: HeaderValues = {}, body: string | null = null): Promise<Response> {
  return fetch(`${auth}${path}`, { method: 'POST', headers, body })
}

/** Signs in, and returns the two cookies: that of the token for the services, and that of the session. */
async function signIn(user: string, password: string): Promise<readonly string[]> {
  const response = await post('/login', {}, JSON.stringify({ user, password }))
  expect(response.status).toBe(200)
  return response.headers.getSetCookie()
}

const pairOf = (cookie = ''): string => cookie.replace(/;.*/, '')
const bearerOf = (cookie = ''): HeaderValues => ({ Authorization: `Bearer ${pairOf(cookie).replace(/^.*?=/, '')}` })

/** The status of a service's answer, and the sellers or the error in it. */
async function show(headers: HeaderValues): Promise<unknown> {
  const response = await fetch(orders, { headers })
  const body = (await response.json()) as { readonly orders?: readonly { readonly seller: string }[]; readonly error?: string }
  return [response.status, body.orders?.map(({ seller }) => seller) ?? body.error]
}

describe('the auth service in one file', { timeout: 20_000 }, () => {
  it('signs users in, and the service beside it knows their role, and accepts no session token', async () => {
    const [access = '', session = ''] = await signIn('ada', 'engine')
    expect(access).toMatch(/^jwt=\S+; Path=\/; HttpOnly; Secure; SameSite=Lax; Max-Age=43200$/)
    expect(session).toMatch(/^__Host-session=\S+; Path=\/; HttpOnly; Secure; SameSite=Strict; Max-Age=(?:43200|43199)$/)
    for (const headers of [{ Cookie: pairOf(access) }, bearerOf(access)]) expect(await show(headers)).toEqual([200, ['ada', 'grace']])
    const [graces] = await signIn('grace', 'compiler')
    expect(await show({ Cookie: pairOf(graces) })).toEqual([200, ['grace']])
    expect(await show({})).toEqual([401, 'missing_token'])
    expect(await show(bearerOf(session))).toEqual([401, 'invalid_token'])
  })

  it('renews a session until it is logged out', async () => {
    const [first, session = ''] = (await signIn('ada', 'engine')).map(pairOf)
    const headers = { Cookie: session }
    const renewed = await post('/renew', headers)
    const [second = '', ...more] = renewed.headers.getSetCookie().map(pairOf)
    expect([renewed.status, more, second === first]).toEqual([200, [], false])
    expect(await show({ Cookie: second })).toEqual([200, ['ada', 'grace']])
    expect((await post('/renew', { Cookie: second })).status).toBe(401)
    expect((await post('/renew', { ...headers, Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403)

    const loggedOut = await post('/logout', headers)
    expect([loggedOut.status, loggedOut.headers.getSetCookie().map(pairOf)]).toEqual([204, ['jwt=', '__Host-session=']])
    const refused = await post('/renew', headers)
    expect([refused.status, await refused.json()]).toEqual([401, { error: 'invalid_token', message: 'token is revoked' }])
    expect((await post('/logout')).status).toBe(204)
  })

  it.each<[string, string, HeaderValues, number]>([
    ['a wrong password', '{"user":"ada","password":"Engine"}', {}, 401],
    ['an unknown user', '{"user":"","password":""}', {}, 401],
    ['no password', '{"user":"ada"}', {}, 400],
    ['no JSON', 'user=ada', {}, 400],
    ['a body of 1025 bytes', ' '.repeat(1025), {}, 400],
    ['the page of another origin', '{"user":"ada","password":"engine"}', { 'Sec-Fetch-Site': 'same-site' }, 403],
  ])('signs nobody in with %s', async (_name, body, headers, status) => {
    const response = await post('/login', headers, body)
    expect(response.status).toBe(status)
    expect(response.headers.getSetCookie()).toEqual([])
    expect(response.headers.get('www-authenticate')).toBe(status === 401 ? 'Bearer realm="auth"' : null)
  })
})
