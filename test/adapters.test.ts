/** One table of requests through every adapter of examples/, over real HTTP: all give the same status, challenge and body. */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, request as httpRequest, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { connect as connectHttp2, createServer as createHttp2Server } from 'node:http2'
import { connect, type AddressInfo } from 'node:net'
import express from 'express'
import fastify from 'fastify'
import { Hono } from 'hono'
import { createKey, sign, type KeyFinder } from 'hs256'
import type { AuthenticateOptions } from 'hs256/http'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { requireJwt as requireJwtInExpress } from '../examples/adapters/express.ts'
import { requireJwt as requireJwtInFastify } from '../examples/adapters/fastify.ts'
import { requireJwt as requireJwtInFetch } from '../examples/adapters/fetch.ts'
import { requireJwt as requireJwtInHono } from '../examples/adapters/hono.ts'
import { requireJwt as requireJwtInNode } from '../examples/adapters/node-http.ts'
import { toNodeListener } from '../examples/distributed-auth/fetch-bridge.ts'

const SECRET = 'a secret of the tests, 32 bytes or more'
const key = createKey(SECRET)
const claims = { sub: 'ada', aud: 'orders' }

const good = await sign(claims, key, { expiresIn: '1h' })
const other = await sign({ ...claims, sub: 'grace' }, key, { expiresIn: '1h' })
const revoked = await sign({ ...claims, jti: 'logged-out' }, key, { expiresIn: '1h' })
const expired = await sign({ ...claims, exp: 1_700_000_000 }, key)
const early = await sign({ ...claims, nbf: 4_000_000_000 }, key, { expiresIn: '1h' })
const forged = await sign(claims, createKey(SECRET.toUpperCase()), { expiresIn: '1h' })
const forgedAndExpired = await sign({ ...claims, exp: 1_700_000_000 }, createKey(SECRET.toUpperCase()))
const foreign = await sign({ sub: 'ada', aud: 'reports' }, key, { expiresIn: '1h' })
const nameless = await sign({ aud: 'orders' }, key, { expiresIn: '1h' })
const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${good.split('.')[1]}.`

const schema = z.object({ sub: z.string() })
type Options = AuthenticateOptions<typeof schema>

const guard: Options = {
  verify: { audience: 'orders', schema },
  trustedOrigins: ['https://app.example'],
  isRevoked: ({ claims: { jti } }) => jti === 'logged-out',
}
const down = (): Promise<never> => Promise.reject(new Error('the store is down'))

/** The guards that the table speaks of. */
const GUARDS: Readonly<Record<string, { readonly options: Options; readonly keys?: KeyFinder }>> = {
  'a guard': { options: guard },
  'an optional guard': { options: { ...guard, optional: true } },
  'a guard whose revocation store is down': { options: { ...guard, isRevoked: down } },
  'a guard whose key store is down': { options: guard, keys: down },
  'a guard for only the cookie session': { options: { ...guard, cookie: 'session', sources: ['cookie'] } },
  'a guard that looks at the header first': { options: { ...guard, sources: ['bearer', 'cookie'] } },
  'a guard of the realm orders': { options: { ...guard, realm: 'orders' } },
}

/** What came over the wire. */
interface Answer {
  readonly status: number | undefined
  readonly challenge: string | undefined
  readonly cacheControl: string | undefined
  readonly body: string
}

/** Header names and values in turn, as they stand on the wire. */
type RawHeaders = readonly string[]

const servers: Server[] = []
const handled = vi.fn<(subject?: string) => string>((subject = 'nobody') => subject)

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Serves one guarded handler, which answers with the token's subject, by each adapter. */
async function serveByAll(keys: typeof key | KeyFinder, options: Options): Promise<readonly string[]> {
  const inExpress = express().all('/', requireJwtInExpress(keys, options), (_request, response) => {
    response.type('text').send(handled(response.locals.jwt?.claims.sub))
  })
  const inHono = new Hono().all('/', requireJwtInHono(keys, options), (context) => context.text(handled(context.get('jwt')?.claims.sub)))
  const inFastify = fastify({ exposeHeadRoutes: false })
  const { onRequest, jwtOf } = requireJwtInFastify(keys, options)
  inFastify.all('/', { onRequest }, (request) => handled(jwtOf(request)?.claims.sub))
  await inFastify.ready()
  return Promise.all([
    serve(requireJwtInNode(keys, options, (_request, response, jwt) => void response.end(handled(jwt?.claims.sub)))),
    serve(inExpress),
    serve(toNodeListener(requireJwtInFetch(keys, options, (_request, jwt) => new Response(handled(jwt?.claims.sub))))),
    serve(toNodeListener(async (request) => inHono.fetch(request))),
    serve((request, response) => inFastify.routing(request, response)),
  ])
}

async function send(url: string, method: string, headers: RawHeaders): Promise<Answer> {
  const request = httpRequest(url, { method, headers: ['Host', 'orders.example', 'Content-Length', '0', ...headers] }).end()
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  const body = (await response.toArray()).join('')
  const { 'www-authenticate': challenge, 'cache-control': cacheControl } = response.headers
  return { status: response.statusCode, challenge, cacheControl, body }
}

const cookie = (value: string): RawHeaders => ['Cookie', value]
const bearer = (token: string): RawHeaders => ['Authorization', `Bearer ${token}`]
const authorization = (value: string): RawHeaders => ['Authorization', value]
const from = (origin: string): RawHeaders => ['Origin', origin]
const site = (value: string): RawHeaders => ['Sec-Fetch-Site', value]
const preflight = [...from('https://app.example'), 'Access-Control-Request-Method', 'POST']

const ada: Answer = { status: 200, challenge: undefined, cacheControl: undefined, body: 'ada' }

/** A 401 with its reason. */
function refused(error: string, message: string, realm = 'jwt'): Answer {
  const challenge = `Bearer realm="${realm}", error="invalid_token", error_description="${message}"`
  return { status: 401, challenge, cacheControl: 'no-store', body: JSON.stringify({ error, message }) }
}

const isExpired = refused('token_expired', 'token has expired (exp)')
const isForged = refused('invalid_token', 'token signature does not match')
const isForeign = refused('invalid_token', 'token has an unexpected aud')
const isRevoked = refused('invalid_token', 'token is revoked')
const isMissing: Answer = {
  status: 401,
  challenge: 'Bearer realm="jwt"',
  cacheControl: 'no-store',
  body: '{"error":"missing_token","message":"the token is missing or ambiguous"}',
}
const isElsewhere: Answer = {
  status: 403,
  challenge: undefined,
  cacheControl: 'no-store',
  body: '{"error":"cross_origin","message":"the cookie is not accepted on a cross-origin request"}',
}
const passesNothing: Answer = { status: 204, challenge: undefined, cacheControl: undefined, body: '' }

type Row = readonly [request: string, headers: RawHeaders, answer: Answer, method?: string]

const TABLE: Readonly<Record<string, readonly Row[]>> = {
  'a guard': [
    ['a good cookie', cookie(`jwt=${good}`), ada],
    ['a good cookie among others', cookie(`a=b; jwt=${good}; c=d`), ada],
    ['a good cookie after a bare semicolon', cookie(`a=b;jwt=${good}`), ada],
    ['a good cookie in a second Cookie header', [...cookie('a=b'), ...cookie(`jwt=${good}`)], ada],
    ['the same cookie twice', cookie(`jwt=${good}; jwt=${good}`), ada],
    ['a good cookie and another scheme', [...cookie(`jwt=${good}`), ...authorization('Basic YWRhOmVuZ2luZQ==')], ada],
    ['a good cookie and an expired bearer', [...cookie(`jwt=${good}`), ...bearer(expired)], ada],
    ['a good bearer', bearer(good), ada],
    ['a lower-case bearer', authorization(`bearer ${good}`), ada],
    ['a bearer in any case', authorization(`bEARER ${good}`), ada],
    ['two spaces after Bearer', authorization(`Bearer  ${good}`), ada],
    ['both, of two people: the cookie counts', [...cookie(`jwt=${good}`), ...bearer(other)], ada],
    ['a stale cookie and a good bearer', [...cookie(`jwt=${expired}`), ...bearer(good)], ada],
    ['a forged cookie and a good bearer', [...cookie(`jwt=${forged}`), ...bearer(good)], ada],
    ['two different cookies and a good bearer', [...cookie(`jwt=${good}; jwt=${other}`), ...bearer(good)], ada],

    ['an expired cookie', cookie(`jwt=${expired}`), isExpired],
    ['an expired bearer', bearer(expired), isExpired],
    ['a forged cookie', cookie(`jwt=${forged}`), isForged],
    ['a forged bearer', bearer(forged), isForged],
    ['a forged bearer that is expired, too', bearer(forgedAndExpired), isForged],
    ['a token for another audience', cookie(`jwt=${foreign}`), isForeign],
    ['a token that is not valid yet', bearer(early), refused('invalid_token', 'token is not valid yet (nbf)')],
    ['a token that its schema rejects', bearer(nameless), refused('invalid_token', 'claims do not match the schema')],
    ['an unsigned token', bearer(unsigned), refused('invalid_token', "token's alg is not HS256")],
    ['a cookie that is not a token', cookie('jwt=abc'), refused('invalid_token', 'token does not have three segments')],
    [
      'a cookie in quotes',
      cookie(`jwt="${good}"`),
      refused('invalid_token', 'token is in quotes: remove them, or parse the JSON it came in'),
    ],
    ['an expired cookie and a forged bearer', [...cookie(`jwt=${expired}`), ...bearer(forged)], isExpired],
    ['a forged cookie and an expired bearer', [...cookie(`jwt=${forged}`), ...bearer(expired)], isForged],

    ['no header', [], isMissing],
    ['another scheme', authorization(`Basic ${good}`), isMissing],
    ['a scheme that begins with Bearer', authorization(`BearerX ${good}`), isMissing],
    ['a bare token', authorization(good), isMissing],
    ['only Bearer', authorization('Bearer'), isMissing],
    ['Bearer without a space', authorization(`Bearer${good}`), isMissing],
    ['a tab after Bearer', authorization(`Bearer\t${good}`), isMissing],
    ['a bearer in quotes', authorization(`Bearer "${good}"`), isMissing],
    ['a stray word after the token', authorization(`Bearer ${good} x`), isMissing],
    ['a stray word before Bearer', authorization(`x Bearer ${good}`), isMissing],
    ['a list', authorization(`Bearer ${good}, Bearer ${good}`), isMissing],
    ['a repeated Authorization', [...bearer(good), ...bearer(good)], isMissing],
    ['a second Authorization of another scheme', [...bearer(good), ...authorization('Basic YTpi')], isMissing],
    ['two cookies with different values', cookie(`jwt=${good}; jwt=${other}`), isMissing],
    ['two cookies with different values in two headers', [...cookie(`jwt=${good}`), ...cookie(`jwt=${other}`)], isMissing],
    ['an emptied cookie', cookie('jwt='), isMissing],
    ['a good cookie and an emptied one', cookie(`jwt=${good}; jwt=`), isMissing],
    ['a cookie whose name ends alike', cookie(`xjwt=${good}`), isMissing],
    ['a cookie whose name begins alike', cookie(`jwt2=${good}`), isMissing],
    ['a cookie in another case', cookie(`JWT=${good}`), isMissing],
    ['a cookie with a prefix', cookie(`__Host-jwt=${good}`), isMissing],
    ['a no-break space before the name', cookie(`\u00a0jwt=${good}`), isMissing],
    ['a cookie within the value of another', cookie(`a="x jwt=${good}"`), isMissing],
    ['a nameless cookie', cookie(good), isMissing],
    ['a cookie called __proto__', cookie(`__proto__=${good}`), isMissing],
    ['a token in the cookie of another header', ['X-Cookie', `jwt=${good}`], isMissing],

    ['a form of this origin', [...cookie(`jwt=${good}`), ...site('same-origin'), ...from('https://orders.example')], ada, 'POST'],
    ['a cross-site form', [...cookie(`jwt=${good}`), ...site('cross-site'), ...from('https://evil.example')], isElsewhere, 'POST'],
    ["a neighbour's form", [...cookie(`jwt=${good}`), ...site('same-site'), ...from('https://blog.orders.example')], isElsewhere, 'POST'],
    ['a trusted page', [...cookie(`jwt=${good}`), ...site('same-site'), ...from('https://app.example')], ada, 'POST'],
    [
      'a trusted page on another port',
      [...cookie(`jwt=${good}`), ...site('same-site'), ...from('https://app.example:8443')],
      isElsewhere,
      'POST',
    ],
    ['a link from another site', [...cookie(`jwt=${good}`), ...site('cross-site')], ada],
    ['an address typed in', [...cookie(`jwt=${good}`), ...site('none')], ada],
    ['a form of this origin in an old browser', [...cookie(`jwt=${good}`), ...from('http://orders.example')], ada, 'POST'],
    ['a cross-site form in an old browser', [...cookie(`jwt=${good}`), ...from('http://evil.example')], isElsewhere, 'POST'],
    ['a form of a sandboxed page', [...cookie(`jwt=${good}`), ...from('null')], isElsewhere, 'POST'],
    ['a program that posts with the cookie', cookie(`jwt=${good}`), ada, 'POST'],
    [
      'a cross-site page that has a token of its own',
      [...bearer(good), ...site('cross-site'), ...from('https://evil.example')],
      ada,
      'POST',
    ],
    ['a cross-site DELETE', [...cookie(`jwt=${good}`), ...site('cross-site')], isElsewhere, 'DELETE'],
    ['a cross-site form with an expired cookie', [...cookie(`jwt=${expired}`), ...site('cross-site')], isExpired, 'POST'],

    ['a preflight', preflight, passesNothing, 'OPTIONS'],
    ['a preflight with a forged token', [...preflight, ...bearer(forged)], passesNothing, 'OPTIONS'],
    ['OPTIONS that asks for nothing', from('https://app.example'), isMissing, 'OPTIONS'],
    ['OPTIONS of no page', ['Access-Control-Request-Method', 'POST'], isMissing, 'OPTIONS'],
    ['a GET that looks like a preflight', preflight, isMissing],

    ['a revoked token', bearer(revoked), isRevoked],
    ['a revoked cookie', cookie(`jwt=${revoked}`), isRevoked],
    ['a revoked cookie and a good bearer: the first that verifies counts', [...cookie(`jwt=${revoked}`), ...bearer(good)], isRevoked],
  ],
  'an optional guard': [
    ['no token', [], { ...ada, body: 'nobody' }],
    ['another scheme', authorization('Basic YTpi'), { ...ada, body: 'nobody' }],
    ['a good cookie', cookie(`jwt=${good}`), ada],
    ['an expired cookie', cookie(`jwt=${expired}`), isExpired],
    ['a forged bearer', bearer(forged), isForged],
    ['a cross-site form with the cookie', [...cookie(`jwt=${good}`), ...site('cross-site')], isElsewhere, 'POST'],
    ['a revoked token', bearer(revoked), isRevoked],
  ],
  'a guard whose revocation store is down': [
    ['a forged token', bearer(forged), isForged],
    ['no token', [], isMissing],
  ],
  'a guard for only the cookie session': [
    ['the cookie session', cookie(`session=${good}`), ada],
    ['the cookie jwt', cookie(`jwt=${good}`), isMissing],
    ['a bearer', bearer(good), isMissing],
  ],
  'a guard that looks at the header first': [
    ['both, of two people', [...cookie(`jwt=${other}`), ...bearer(good)], ada],
    ['a forged bearer and an expired cookie', [...cookie(`jwt=${expired}`), ...bearer(forged)], isForged],
  ],
  'a guard of the realm orders': [
    ['no token', [], { ...isMissing, challenge: 'Bearer realm="orders"' }],
    ['an expired one', bearer(expired), refused('token_expired', 'token has expired (exp)', 'orders')],
  ],
}

afterEach(() => {
  vi.restoreAllMocks()
  handled.mockClear()
})
afterAll(() => servers.forEach((server) => server.close()))

const urls = new Map<string, readonly string[]>()
for (const [name, { options, keys = key }] of Object.entries(GUARDS)) urls.set(name, await serveByAll(keys, options))

const sendToAll = (name: string, headers: RawHeaders, method = 'GET'): Promise<readonly Answer[]> =>
  Promise.all((urls.get(name) ?? []).map((url) => send(url, method, headers)))

describe.each(Object.entries(TABLE))('behind %s', (name, rows) => {
  for (const [request, headers, expected, method] of rows) {
    it(`${request} gets one answer from every adapter`, async () => {
      const answers = await sendToAll(name, headers, method)
      expect(answers).toEqual(Array.from({ length: 5 }, () => expected))
      expect(handled).toHaveBeenCalledTimes(expected.status === 200 ? 5 : 0)
    })
  }
})

describe('an outage', () => {
  it.each([
    ['a guard whose revocation store is down', bearer(good)],
    ['a guard whose key store is down', bearer(good)],
    ['a guard whose key store is down', cookie(`jwt=${expired}`)],
  ])('of %s is neither a 401 nor a pass', async (name, headers) => {
    vi.spyOn(console, 'error').mockReturnValue()
    const statuses = (await sendToAll(name, headers)).map(({ status }) => status)
    expect(statuses).toEqual([500, 500, 500, 500, 500])
    expect(handled).not.toHaveBeenCalled()
  })

  it('of the handler itself is a 500', async () => {
    vi.spyOn(console, 'error').mockReturnValue()
    handled.mockImplementation(() => {
      throw new Error('a mistake in the handler')
    })
    const statuses = (await sendToAll('a guard', bearer(good))).map(({ status }) => status)
    handled.mockImplementation((subject = 'nobody') => subject)
    expect(statuses).toEqual([500, 500, 500, 500, 500])
  })
})

describe('each adapter', () => {
  it.each(['express', 'fastify', 'fetch', 'hono', 'node-http'])('(%s) has at most 25 lines of logic, and merges no declaration', (name) => {
    const source = readFileSync(new URL(`../examples/adapters/${name}.ts`, import.meta.url), 'utf8')
    const logic = source.slice(source.indexOf('export function')).split('\n')
    expect(logic.filter((line) => /[^\s}),;]/.test(line)).length).toBeLessThanOrEqual(25)
    expect(source).not.toMatch(/declare (?:global|module)/)
  })
})

describe('the table', () => {
  it('has sixty requests or more', () => {
    expect(Object.values(TABLE).flat().length).toBeGreaterThanOrEqual(60)
  })
})

describe('the adapter for Fastify', () => {
  it('runs no handler for a client that hangs up before its rejection is sent', async () => {
    const app = fastify()
    const { onRequest } = requireJwtInFastify(key, guard)
    app.addHook('onSend', async (_request, _reply, payload) => {
      await new Promise((resolve) => setTimeout(resolve, 30))
      return payload
    })
    app.delete('/', { onRequest }, () => handled())
    await app.ready()
    const url = new URL(await serve((request, response) => app.routing(request, response)))
    const hangUp = async (): Promise<void> => {
      const socket = connect(Number(url.port), url.hostname)
      socket.write('DELETE / HTTP/1.1\r\nHost: orders.example\r\n\r\n')
      await new Promise((resolve) => setTimeout(resolve, 10))
      socket.destroy()
      await new Promise((resolve) => setTimeout(resolve, 60))
    }
    await Promise.all(Array.from({ length: 10 }, hangUp))
    expect(handled).not.toHaveBeenCalled()
  })

  it('reads the headers of a request that is injected', async () => {
    const app = fastify()
    const { onRequest, jwtOf } = requireJwtInFastify(key, guard)
    app.get('/', { onRequest }, (request) => jwtOf(request)?.claims.sub)
    const answers = [await app.inject({ url: '/', headers: { authorization: `Bearer ${good}` } }), await app.inject('/')]
    expect(answers.map(({ statusCode, body }) => [statusCode, body])).toEqual([
      [200, 'ada'],
      [401, isMissing.body],
    ])
  })
})

describe('every adapter', () => {
  const handler = (): never => expect.unreachable()
  const MAKERS: Readonly<Record<string, (keys: never, options: never) => unknown>> = {
    express: (keys, options) => requireJwtInExpress(keys, options),
    fastify: (keys, options) => requireJwtInFastify(keys, options),
    fetch: (keys, options) => requireJwtInFetch(keys, options, handler),
    hono: (keys, options) => requireJwtInHono(keys, options),
    'node-http': (keys, options) => requireJwtInNode(keys, options, handler),
  }

  it.each(Object.entries(MAKERS))('throws for a mistake when the guard is made, not per request: %s', (_name, make) => {
    expect(() => make(SECRET as never, {} as never)).toThrow(new TypeError('key must be made by createKey'))
    expect(() => make(key as never, { optionl: true } as never)).toThrow(TypeError)
    expect(() => make(key as never, { verify: { issuer: undefined } } as never)).toThrow(/^issuer is undefined/)
    expect(() => make(key as never, {} as never)).not.toThrow()
  })
})

describe('the adapter for Node http', () => {
  it('answers 500 without a body if the handler announced one and failed', async () => {
    vi.spyOn(console, 'error').mockReturnValue()
    const url = await serve(
      requireJwtInNode(key, guard, (_request, response) => {
        response.setHeader('Content-Length', '5')
        throw new Error('a mistake in the handler')
      }),
    )
    expect(await send(url, 'GET', bearer(good))).toMatchObject({ status: 500, body: '' })
  })

  it('reads the headers of HTTP/2', async () => {
    const server = createHttp2Server(
      requireJwtInNode(key, guard, (_request, response, jwt) => void response.end(handled(jwt?.claims.sub))) as never,
    )
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const client = connectHttp2(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    const stream = client.request({ authorization: `Bearer ${good}` })
    const [headers] = (await once(stream, 'response')) as [{ readonly ':status': number }]
    expect([headers[':status'], (await stream.toArray()).join('')]).toEqual([200, 'ada'])
    const port = (server.address() as AddressInfo).port
    for (const [origin, status] of [
      [`http://127.0.0.1:${port}`, 200],
      ['https://evil.example', 403],
    ] as const) {
      const posted = client.request({ ':method': 'POST', origin, cookie: `jwt=${good}` })
      const [answer] = (await once(posted, 'response')) as [{ readonly ':status': number }]
      expect(answer[':status']).toBe(status)
      posted.resume()
    }
    client.close()
    server.close()
  })
})

describe('jwtOf of the adapter for Fastify', () => {
  it('throws on a route without its hook', async () => {
    vi.spyOn(console, 'error').mockReturnValue()
    const app = fastify()
    const { jwtOf } = requireJwtInFastify(key, guard)
    app.get('/', (request) => jwtOf(request)?.claims.sub)
    const response = await app.inject('/')
    expect([response.statusCode, response.json<{ message: string }>().message]).toEqual([
      500,
      'this route has no onRequest hook of requireJwt',
    ])
  })
})
