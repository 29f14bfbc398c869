/** The demo and the adapters, over real HTTP and as processes, just as their readers run them. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer, request as httpRequest, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import express from 'express'
import { createKey, JwtError, sign, verify, type KeyFinder, type VerifyOptions } from 'hs256'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { authenticate, readTokens, unauthorized } from '../examples/adapters/credentials.ts'
import { requireJwt as requireJwtInExpress } from '../examples/adapters/express.ts'
import { requireJwt as requireJwtInFetch } from '../examples/adapters/fetch.ts'
import { requireJwt as requireJwtInNode } from '../examples/adapters/node-http.ts'
import { toNodeListener } from '../examples/distributed-auth/fetch-bridge.ts'

const SECRET = 'a secret of the tests, 32 bytes or more'
const key = createKey(SECRET)
const options = { audience: 'orders', schema: z.object({ sub: z.string() }) }
const claims = { sub: 'ada', aud: 'orders' }

const good = await sign(claims, key, { expiresIn: '1h' })
const fresh = await sign(claims, key, { expiresIn: '2h' })
const expired = await sign({ ...claims, exp: 1_700_000_000 }, key)
const forged = await sign(claims, createKey(SECRET.toUpperCase()), { expiresIn: '1h' })
const foreign = await sign({ sub: 'ada', aud: 'reports' }, key, { expiresIn: '1h' })

/** What came over the wire. */
interface Answer {
  readonly status: number | undefined
  readonly challenge: string | undefined
  readonly cacheControl: string | undefined
  readonly contentType: string | undefined
  readonly body: string
}

/** Header names and values in turn, as they stand on the wire. */
type RawHeaders = readonly string[]

const servers: Server[] = []
const handled = vi.fn<(subject: string) => string>((subject) => subject)

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Serves one guarded handler, which answers with the token's subject, by each adapter. */
function serveByAll(keys: typeof key | KeyFinder): Promise<readonly string[]> {
  const app = express().get('/', requireJwtInExpress(keys, options), (_request, response) => {
    response.type('text').send(handled(response.locals.jwt.claims.sub))
  })
  return Promise.all([
    serve(requireJwtInNode(keys, options, (_request, response, jwt) => void response.end(handled(jwt.claims.sub)))),
    serve(app),
    serve(toNodeListener(requireJwtInFetch(keys, options, (_request, jwt) => new Response(handled(jwt.claims.sub))))),
  ])
}

async function get(url: string, headers: RawHeaders): Promise<Answer> {
  const request = httpRequest(url, { headers: ['Host', 'localhost', ...headers] }).end()
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  const body = (await response.toArray()).join('')
  const { 'www-authenticate': challenge, 'cache-control': cacheControl, 'content-type': contentType } = response.headers
  return { status: response.statusCode, challenge, cacheControl, contentType, body }
}

async function refusalOf(token: string, expectations: VerifyOptions = options): Promise<JwtError> {
  try {
    await verify(token, key, expectations)
  } catch (error) {
    if (error instanceof JwtError) return error
    throw error
  }
  throw new Error('the token was accepted')
}

const cookie = (value: string): RawHeaders => ['Cookie', value]
const authorization = (value: string): RawHeaders => ['Authorization', value]

afterEach(() => {
  vi.restoreAllMocks()
  handled.mockReset()
})
afterAll(() => servers.forEach((server) => server.close()))

describe('the adapters', async () => {
  const urls = await serveByAll(key)
  const getByAll = (headers: RawHeaders): Promise<readonly Answer[]> => Promise.all(urls.map((url) => get(url, headers)))

  it.each<[string, RawHeaders]>([
    ['a good cookie', cookie(`jwt=${good}`)],
    ['a good cookie among others', cookie(`a=b; jwt=${good}; c=d`)],
    ['a good cookie after a bare semicolon', cookie(`a=b;jwt=${good}`)],
    ['the same cookie twice', cookie(`jwt=${good}; jwt=${good}`)],
    ['a good cookie beside another scheme', [...cookie(`jwt=${good}`), ...authorization('Basic YWRhOmVuZ2luZQ==')]],
    ['a good cookie beside an expired bearer', [...cookie(`jwt=${good}`), ...authorization(`Bearer ${expired}`)]],
    ['a good bearer', authorization(`Bearer ${good}`)],
    ['a lower-case bearer', authorization(`bearer ${good}`)],
    ['a bearer in any case', authorization(`bEARER ${good}`)],
    ['two spaces after Bearer', authorization(`Bearer  ${good}`)],
    ['a stale cookie and a good bearer', [...cookie(`jwt=${expired}`), ...authorization(`Bearer ${good}`)]],
    ['a forged cookie and a good bearer', [...cookie(`jwt=${forged}`), ...authorization(`Bearer ${good}`)]],
    ['two different cookies and a good bearer', [...cookie(`jwt=${good}; jwt=${fresh}`), ...authorization(`Bearer ${good}`)]],
  ])('let %s pass', async (_name, headers) => {
    for (const { status, challenge, body } of await getByAll(headers)) {
      expect({ status, challenge, body }).toEqual({ status: 200, challenge: undefined, body: 'ada' })
    }
    expect(handled).toHaveBeenCalledTimes(3)
  })

  it.each<[string, RawHeaders, code: string, decisive: string]>([
    ['an expired cookie', cookie(`jwt=${expired}`), 'token_expired', expired],
    ['an expired bearer', authorization(`Bearer ${expired}`), 'token_expired', expired],
    ['a forged cookie', cookie(`jwt=${forged}`), 'invalid_token', forged],
    ['a forged bearer', authorization(`Bearer ${forged}`), 'invalid_token', forged],
    ['a token for another audience', cookie(`jwt=${foreign}`), 'invalid_token', foreign],
    ['a cookie that is no token', cookie('jwt=abc'), 'invalid_token', 'abc'],
    ['a cookie in percent-encoding', cookie(`jwt=%65${good.slice(1)}`), 'invalid_token', `%65${good.slice(1)}`],
    [
      'an expired cookie and a forged bearer',
      [...cookie(`jwt=${expired}`), ...authorization(`Bearer ${forged}`)],
      'token_expired',
      expired,
    ],
    ['a forged cookie and an expired bearer', [...cookie(`jwt=${forged}`), ...authorization(`Bearer ${expired}`)], 'invalid_token', forged],
  ])('answer %s with 401 and the reason', async (_name, headers, code, decisive) => {
    const { message } = await refusalOf(decisive)
    for (const answer of await getByAll(headers)) {
      expect(answer).toEqual({
        status: 401,
        challenge: `Bearer realm="jwt", error="invalid_token", error_description="${message}"`,
        cacheControl: 'no-store',
        contentType: 'application/json',
        body: JSON.stringify({ error: code, message }),
      })
    }
    expect(handled).not.toHaveBeenCalled()
  })

  it.each<[string, RawHeaders]>([
    ['no header', []],
    ['another scheme', authorization(`Basic ${good}`)],
    ['a scheme that begins with Bearer', authorization(`BearerX ${good}`)],
    ['a bare token', authorization(good)],
    ['Bearer alone', authorization('Bearer')],
    ['Bearer without a space', authorization(`Bearer${good}`)],
    ['a tab after Bearer', authorization(`Bearer\t${good}`)],
    ['a token in quotes', authorization(`Bearer "${good}"`)],
    ['a stray word after the token', authorization(`Bearer ${good} x`)],
    ['a stray word before Bearer', authorization(`x Bearer ${good}`)],
    ['a list', authorization(`Bearer ${good}, Bearer ${good}`)],
    ['a repeated Authorization', [...authorization(`Bearer ${good}`), ...authorization(`Bearer ${good}`)]],
    ['a second Authorization of another scheme', [...authorization(`Bearer ${good}`), ...authorization('Basic YTpi')]],
    ['two cookies with different values', cookie(`jwt=${good}; jwt=${fresh}`)],
    ['a good and a forged cookie', cookie(`jwt=${forged}; jwt=${good}`)],
    ['an emptied cookie', cookie('jwt=')],
    ['a good cookie beside an emptied one', cookie(`jwt=${good}; jwt=`)],
    ['a cookie whose name ends alike', cookie(`xjwt=${good}`)],
    ['a cookie whose name begins alike', cookie(`jwt2=${good}`)],
    ['a cookie in another case', cookie(`JWT=${good}`)],
    ['a cookie with a prefix', cookie(`__Host-jwt=${good}`)],
    ['a no-break space before the name', cookie(`\u00a0jwt=${good}`)],
    ['a cookie within the value of another', cookie(`a="x jwt=${good}"`)],
    ['a nameless cookie', cookie(good)],
    ['a cookie called __proto__', cookie(`__proto__=${good}`)],
    ['a token in the cookie of another header', ['X-Cookie', `jwt=${good}`]],
  ])('find no token in %s', async (_name, headers) => {
    for (const { status, challenge, cacheControl, contentType, body } of await getByAll(headers)) {
      expect({ status, challenge, cacheControl, contentType }).toEqual({
        status: 401,
        challenge: 'Bearer realm="jwt"',
        cacheControl: 'no-store',
        contentType: 'application/json',
      })
      expect(JSON.parse(body)).toMatchObject({ error: 'missing_token' })
    }
    expect(handled).not.toHaveBeenCalled()
  })

  it('answer an outage with 500: no 401, and no pass', async () => {
    vi.spyOn(console, 'error').mockReturnValue()
    const broken = await serveByAll(() => Promise.reject(new Error('the key store is down')))
    for (const url of broken) expect((await get(url, cookie(`jwt=${good}`))).status).toBe(500)
    expect(handled).not.toHaveBeenCalled()
  })

  it('answer a handler that throws with 500', async () => {
    vi.spyOn(console, 'error').mockReturnValue()
    handled.mockImplementation(() => {
      throw new Error('a mistake in the handler')
    })
    for (const { status } of await getByAll(cookie(`jwt=${good}`))) expect(status).toBe(500)
  })
})

describe('authenticate', () => {
  it('passes a mistake in the options on', async () => {
    const credentials = { cookie: `jwt=${good}`, authorization: undefined }
    await expect(authenticate(credentials, key, { audience: '' })).rejects.toThrow(TypeError)
  })

  it('does not try the second token after an outage', async () => {
    const findKey = vi.fn<KeyFinder>(() => Promise.reject(new Error('the key store is down')))
    const credentials = { cookie: `jwt=${good}`, authorization: `Bearer ${good}` }
    await expect(authenticate(credentials, findKey, options)).rejects.toThrow('the key store is down')
    expect(findKey).toHaveBeenCalledOnce()
  })
})

describe('readTokens', () => {
  it('takes the cookie first, then the header', () => {
    expect(readTokens({ cookie: 'jwt=a', authorization: 'Bearer b' })).toEqual(['a', 'b'])
  })

  it('reads headers that are lists, and those that are absent', () => {
    expect(readTokens({ cookie: ['x=y', 'jwt=a'], authorization: ['Bearer b'] })).toEqual(['a', 'b'])
    expect(readTokens({ cookie: ['jwt=a', 'jwt=b'], authorization: ['Bearer a', 'Bearer a'] })).toEqual([])
    expect(readTokens({ cookie: null, authorization: undefined })).toEqual([])
  })

  it.each([
    ['spaces', { cookie: `;${' '.repeat(1e6)}x`, authorization: `Bearer${' '.repeat(1e6)}"` }],
    ['characters of a token', { cookie: 'jwt'.repeat(1e6), authorization: `Bearer ${'a'.repeat(1e6)}"` }],
    ['cookies', { cookie: 'jwt; '.repeat(1e6), authorization: `Bearer ${'='.repeat(1e6)}"` }],
  ])('takes no more than a moment over a million %s', (_name, headers) => {
    const begin = performance.now()
    expect(readTokens(headers)).toEqual([])
    expect(performance.now() - begin).toBeLessThan(1000)
  })
})

describe('unauthorized', () => {
  it("writes a header that is well-formed, whatever a claim's name holds", async () => {
    const denial = unauthorized(await refusalOf(good, { ...options, required: 'a"b\\c\r\nd\u20ac' }))
    expect(denial.headers['WWW-Authenticate']).toMatch(
      /^Bearer realm="jwt", error="invalid_token", error_description="[^"\\]*a\?b\?c\?\?d\?[^"\\]*"$/,
    )
    expect(new Response(denial.body, denial).status).toBe(401)
  })
})

const DEMO = new URL('../examples/distributed-auth/', import.meta.url)
const { JWT_SECRET: _unset, ...environment } = process.env

/** Runs a file of the demo as a process of its own. */
function run(file: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): { readonly child: ChildProcess; output: string } {
  const nodeArguments = ['--import', 'tsx', fileURLToPath(new URL(file, DEMO)), ...args]
  const child = spawn(process.execPath, nodeArguments, { env: { ...environment, NO_COLOR: '1', ...env } })
  const started = { child, output: '' }
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (started.output += text))
  return started
}

async function exitCode({ child }: { readonly child: ChildProcess }): Promise<unknown> {
  const [code] = (await once(child, 'close')) as unknown[]
  return code
}

describe('each service', () => {
  it.each(['auth', 'orders', 'reports'])('(%s) refuses to start without JWT_SECRET', async (name) => {
    const service = run(`${name}-service.ts`)
    expect(await exitCode(service)).toBe(1)
    expect(service.output).toContain('secret is undefined: is the environment variable set?')
  })
})

describe('npm start -- --once', { timeout: 60_000 }, () => {
  it('walks the whole story, and shows no token and no secret', async () => {
    const story = run('start.ts', ['--once'], { JWT_SECRET: SECRET })
    expect(await exitCode(story), story.output).toBe(0)
    const facts = [
      /POST \/login HTTP\/1\.1/,
      /Set-Cookie: jwt=eyJ\S+; Domain=example\.localhost; Path=\/; HttpOnly; Secure; SameSite=Lax; Max-Age=3600\n/,
      /✓ orders knows her, and that she is a manager\n/,
      /✓ reports knows her group, finance\n/,
      /✓ reports knows her, and refuses\n/,
      /✓ readable by anyone/,
      /401 Unauthorized\n.*error="invalid_token".*\n.*"token_expired".*\n   ✓ expired/,
      /401 Unauthorized\n.*error="invalid_token".*\n.*"invalid_token".*\n   ✓ invalid/,
      /401 Unauthorized\n +WWW-Authenticate: Bearer realm="jwt"\n.*"missing_token".*\n   ✓ missing/,
      /✓ it expires later than the first one\n/,
      /✓ (\d+) of \1 checks passed\n$/,
    ]
    for (const fact of facts) expect(story.output).toMatch(fact)
    expect(story.output).not.toContain('✗')
    expect(story.output).not.toContain(SECRET)
    expect(story.output).not.toMatch(/eyJ[\w-]+\.[\w-]+\.[\w-]+/)
    expect(story.output).not.toContain('\u001b')
  })

  it('exits with 1 where a service does not start', async () => {
    const story = run('start.ts', ['--once'], { JWT_SECRET: 'too short' })
    expect(await exitCode(story)).toBe(1)
    expect(story.output).toMatch(/✗ the \w+ service ended with 1\n/)
  })

  it('refuses an option that it does not know', async () => {
    expect(await exitCode(run('start.ts', ['--onse']))).toBe(1)
  })
})

describe('npm start', { timeout: 60_000 }, () => {
  let demo: ReturnType<typeof run>
  let urls: readonly string[]

  beforeAll(async () => {
    demo = run('start.ts')
    await vi.waitFor(() => expect(demo.output).toContain('With no token\n   curl'), { timeout: 30_000 })
    urls = [...demo.output.matchAll(/^ {3}\w+ +(http:\S+)/gm)].map(([, url = '']) => url)
  }, 60_000)

  afterAll(() => void demo.child.kill())

  it('shows curl lines for the services that it goes on serving', async () => {
    const [auth, orders, reports] = urls
    for (const url of [`${auth}/login`, `${orders}/orders`, `${reports}/reports`, `${auth}/api/jwt`])
      expect(demo.output).toContain(`${url} -`)
    expect((await fetch(`${orders}/orders`)).status).toBe(401)
  })

  it.each<[string, string, string, number]>([
    ['the right password', 'application/json', '{"user":"ada","password":"engine"}', 200],
    ['a wrong password', 'application/json', '{"user":"ada","password":"Engine"}', 403],
    ['an unknown user', 'application/json', '{"user":"toString","password":""}', 403],
    ['a lifetime that is not offered', 'application/json', '{"user":"ada","password":"engine","expiresIn":"9w"}', 400],
    ['something else than JSON', 'application/json', 'user=ada&password=engine', 400],
    ['a form', 'application/x-www-form-urlencoded', 'user=ada&password=engine', 415],
    ['a body of 4097 bytes', 'application/json', ' '.repeat(4097), 413],
  ])('answers a login with %s by its status', async (_name, type, body, status) => {
    const response = await fetch(`${urls[0]}/login`, { method: 'POST', headers: { 'Content-Type': type }, body })
    expect(response.status).toBe(status)
    expect(response.headers.has('set-cookie')).toBe(status === 200)
  })

  it('leaves no service behind, even where it is killed', async () => {
    demo.child.kill('SIGKILL')
    await once(demo.child, 'close')
    for (const url of urls) await vi.waitFor(() => expect(fetch(url)).rejects.toThrow(), { timeout: 5000 })
  })
})
