/** What went wrong when guards met real frameworks, one test for each fault: none of it comes back. */
import { createServer } from 'node:http'
import { createServer as createHttp2Server } from 'node:http2'
import { Elysia } from 'elysia'
import express, { type RequestHandler } from 'express'
import fastify from 'fastify'
import { createApp, defineEventHandler, toNodeListener as toH3Listener } from 'h3-v1'
import { Hono } from 'hono'
import { tokenCookie, tokenCookieParts, createGuard, type HttpRequest } from 'hs256/http'
import Koa from 'koa'
import type { NextRequest } from 'next/server'
import { createRequest } from 'node-mocks-http'
import supertest from 'supertest'
import { afterAll, afterEach, describe, expect, expectTypeOf, it, vi } from 'vitest'
import { requireJwt as requireJwtInElysia } from '../examples/adapters/elysia.ts'
import { requireJwt as requireJwtInExpress } from '../examples/adapters/express.ts'
import { requireJwt as requireJwtInFastify } from '../examples/adapters/fastify.ts'
import { requireJwt as requireJwtInFetch } from '../examples/adapters/fetch.ts'
import { requireJwt as requireJwtInHono } from '../examples/adapters/hono.ts'
import { requireJwt as requireJwtInKoa } from '../examples/adapters/koa.ts'
import { requireJwt as requireJwtInLambda, type LambdaEvent } from '../examples/adapters/lambda.ts'
import { requireJwt as requireJwtInNode } from '../examples/adapters/node-http.ts'
import { httpEvent, multiValueBalancerEvent, restEvent } from '../test/support/lambda-gateways.ts'
import { bearer, cookie, expired, good, guard as options, key, type RawHeaders } from '../test/support/requests.ts'
import type { Mount } from '../test/support/table.ts'
import { closeAll, listen, sendRepeated } from '../test/support/wire.ts'
import { GATEWAYS, INJECTED, SERVED } from './mounts.ts'

afterAll(closeAll)
afterEach(() => void vi.restoreAllMocks())

const guard = createGuard(key, options)
const decide = async (request: unknown): Promise<unknown> => {
  const { jwt, reason } = await guard(request as HttpRequest)
  return jwt ? jwt.claims.sub : reason
}
const inCookie = { cookie: `jwt=${good}` }

async function statusOf(mounts: Readonly<Record<string, Mount>>, name: string, headers: RawHeaders, keys: Parameters<Mount>[0] = key) {
  const { send } = await (mounts[name] ?? expect.unreachable())(keys, options)
  return (await send('GET', headers)).status
}

describe('nobody is let in', () => {
  const twice = [...bearer(good), ...bearer(good)]

  it('by a repeated Authorization over HTTP/2, of which headers has one: Node http, Fastify, Koa', async () => {
    const inFastify = fastify({ http2: true })
    inFastify.get('/', { onRequest: requireJwtInFastify(key, options).onRequest }, () => 'let in')
    await inFastify.ready()
    const inKoa = new Koa()
      .use(requireJwtInKoa(key, options))
      .use((context) => void (context.body = 'let in'))
      .callback()
    const listeners = [
      requireJwtInNode(key, options, (_request, response) => response.end('let in')) as never,
      (request: never, response: never) => inFastify.routing(request, response),
      (request: never, response: never) => void inKoa(request, response),
    ]
    for (const listener of listeners) {
      expect(await sendRepeated(listener as never, bearer(good))).toBe('let in')
      expect(await sendRepeated(listener as never, twice)).toContain('missing_token')
    }
  })

  it('by Elysia, which ignores a Response that resolve returns', async () => {
    const requireJwt = requireJwtInElysia(key, options)
    for (const app of [
      new Elysia().resolve(requireJwt).get('/', () => 'let in'),
      new Elysia().derive(requireJwt).get('/', () => 'let in'),
    ]) {
      expect((await app.handle(new Request('http://orders.example/'))).status).toBe(401)
    }
  })

  it('if a branch for preflights is forgotten: its response is there, and its body is null', async () => {
    const headers = { origin: 'https://app.example', 'access-control-request-method': 'POST' }
    const { jwt, response } = await guard({ method: 'OPTIONS', headers })
    expect([jwt, response]).toEqual([undefined, { status: 204, headers: {}, body: null }])
  })

  it('if await is forgotten: the line throws', () => {
    const { jwt, response } = guard(new Request('https://orders.example')) as unknown as {
      readonly jwt: unknown
      readonly response: Response
    }
    expect(jwt).toBeUndefined()
    expect(() => new Response(response.body, response)).toThrow(TypeError)
  })

  it('by two Cookie headers that workerd joins with a comma: no token is found', async () => {
    expect(await decide({ method: 'GET', headers: { cookie: `a=b, jwt=${good}` } })).toBe('missing_token')
  })
})

describe('a mistake or an outage', () => {
  it.each(['Express 4', 'Polka', 'Connect'])(
    'of the key function does not end the process under %s, whose middleware is not awaited',
    async (name) => {
      vi.spyOn(console, 'error').mockReturnValue()
      const down = (): Promise<never> => Promise.reject(new Error('down'))
      expect(await statusOf(SERVED, name, bearer(good), down)).toBe(500)
    },
  )

  it.each<[string, unknown, object]>([
    ['a misspelt option', key, { optionl: true }],
    ['issuer outside verify', key, { issuer: 'https://auth.example' }],
    ['a slash in trustedOrigins', key, { trustedOrigins: ['https://app.example/'] }],
    ['keys that are undefined', undefined, {}],
  ])('in options stops the program at start-up: %s', (_what, keys, wrong) => {
    for (const make of [createGuard, requireJwtInExpress, requireJwtInHono] as unknown as ((...args: readonly unknown[]) => unknown)[])
      expect(() => make(keys, wrong)).toThrow(TypeError)
  })
})

describe('frameworks get what they need', () => {
  it('the parts of a cookie, for cookies().set of Next and SvelteKit, which take no string', () => {
    const attributes = { path: '/', httpOnly: true, secure: true, sameSite: 'lax', maxAge: expect.any(Number) as unknown }
    expect(tokenCookieParts(good)).toEqual({ name: 'jwt', value: good, attributes })
  })

  it('the reason, without parsing the body, for tRPC, GraphQL, Nest and socket.io', async () => {
    const { reason, response } = await guard({ method: 'GET', headers: { cookie: `jwt=${expired}` } })
    expect([reason, JSON.parse(response?.body ?? '')]).toEqual(['token_expired', expect.objectContaining({ error: 'token_expired' })])
  })

  it('types that are assignable to theirs', () => {
    const orders = requireJwtInExpress(key, options)
    expectTypeOf<RequestHandler[]>([orders])
    express().post<{ id: string }>('/:id', orders, (request) => expectTypeOf(request.params.id).toBeString())
    requireJwtInFetch(key, options, (request: NextRequest, jwt) => Response.json([request.nextUrl.pathname, jwt?.claims.sub]))
    createHttp2Server(requireJwtInNode(key, options, (request, response) => response.end(String(request.stream.id))))
    fastify({ http2: true }).get('/', { onRequest: requireJwtInFastify(key, options).onRequest }, () => '')
    const inHono = requireJwtInHono(key, options)
    const app = new Hono()
    app.use(inHono)
    app.get('/', (context) => context.text(inHono.jwtOf(context)?.claims.sub ?? ''))
  })
})

describe('what the docs tell, as no guard can change it', () => {
  it('h3 1 ignores what onRequest returns, and runs the handler', async () => {
    const handled = vi.fn<() => string>(() => 'let in')
    const app = createApp().use('/', defineEventHandler({ onRequest: guard as never, handler: handled }))
    const url = `http://127.0.0.1:${await listen(createServer(toH3Listener(app)))}`
    expect([await (await fetch(url)).text(), handled.mock.calls.length]).toEqual(['let in', 1])
  })

  it('async hooks of Fastify ignore it, too; the guard itself, as a hook, is refused', async () => {
    const app = fastify()
    app.get('/ignored', { onRequest: async (request) => void (await guard(request.raw)) }, () => 'let in')
    app.get('/refused', { onRequest: guard as never }, () => 'let in')
    expect([(await app.inject('/ignored')).body, (await app.inject('/refused')).statusCode]).toEqual(['let in', 500])
  })

  it('an agent of supertest sends no Secure cookie over http', async () => {
    const app = express().get(
      '/',
      (request, response) => void response.append('Set-Cookie', tokenCookie(good)).send(request.headers.cookie ?? 'none'),
    )
    const agent = supertest.agent(app)
    expect([(await agent.get('/')).text, (await agent.get('/')).text]).toEqual(['none', 'none'])
    expect((await agent.get('/').set('Cookie', tokenCookie(good).split(';')[0]!)).text).toBe(`jwt=${good}`)
  })
})

// The last ones: the prototype that Express keeps for all its apps is changed by injected responses.
describe('a good token is found', () => {
  it.each(['REST API', 'HTTP API'])('under serverless-http, which assigns headers, so that headersDistinct is empty: %s', async (event) => {
    expect(await statusOf(GATEWAYS, `Express 5 under serverless-http, ${event}`, cookie(`jwt=${good}`))).toBe(200)
  })

  it.each(['Express 5 under light-my-request', 'Express 4 under light-my-request', 'Koa 3 under light-my-request'])(
    'in requests without headersDistinct: %s',
    async (name) => expect(await statusOf(INJECTED, name, bearer(good))).toBe(200),
  )

  it('in the events of all gateways of Lambda: cookies of their own, repeated Cookie headers, only multi-value headers', async () => {
    const handler = requireJwtInLambda(key, options, (_event: LambdaEvent, jwt) => ({ statusCode: 200, body: jwt?.claims.sub ?? '' }))
    const twice = [...cookie(`jwt=${good}`), ...cookie('a=b')]
    for (const toEvent of [restEvent, httpEvent, multiValueBalancerEvent])
      expect(await handler(toEvent('GET', twice)), toEvent.name).toMatchObject({ statusCode: 200, body: 'ada' })
  })

  it('in a request of node-mocks-http, whose headers are a proxy with a get', async () => {
    expect(await decide(createRequest({ headers: { authorization: `Bearer ${good}` } }))).toBe('ada')
  })

  it('in a form of its own origin that has no Host, by the host of the URL', async () => {
    const request = new Request('https://orders.example/', { method: 'POST', headers: { ...inCookie, origin: 'https://orders.example' } })
    expect([request.headers.has('host'), await decide(request)]).toEqual([false, 'ada'])
  })

  it('if the framework writes methods in lower case: a link from another site, and a preflight', async () => {
    expect(await decide({ method: 'get', headers: { ...inCookie, 'sec-fetch-site': 'cross-site' } })).toBe('ada')
    const headers = { origin: 'https://app.example', 'access-control-request-method': 'POST' }
    expect(await decide({ method: 'options', headers })).toBe('preflight')
  })
})
