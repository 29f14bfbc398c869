/** Every adapter of examples/ that runs with the packages of this repository: one table of requests, over HTTP/1, HTTP/2 and events of Lambda. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { runInNewContext } from 'node:vm'
import express from 'express'
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify'
import { Hono, type Context } from 'hono'
import { createGuard, forbidden } from 'hs256/http'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { requireJwt as requireJwtInElysia } from '../examples/adapters/elysia.ts'
import { requireJwt as requireJwtInExpress } from '../examples/adapters/express.ts'
import { requireJwt as requireJwtInFastify } from '../examples/adapters/fastify.ts'
import { requireJwt as requireJwtInFetch } from '../examples/adapters/fetch.ts'
import type { DeniedOption } from '../examples/adapters/guarded.ts'
import { requireJwt as requireJwtInHono } from '../examples/adapters/hono.ts'
import { requireJwt as requireJwtInKoa } from '../examples/adapters/koa.ts'
import { requireJwt as requireJwtInLambda, toAnswer, type LambdaAnswer, type LambdaEvent } from '../examples/adapters/lambda.ts'
import { requireJwt as requireJwtInNest } from '../examples/adapters/nest.ts'
import { requireJwt as requireJwtInNode, send as sendInNode } from '../examples/adapters/node-http.ts'
import { requireJwt as requireJwtInWs, send as sendInWs } from '../examples/adapters/ws.ts'
import { toNodeListener } from '../examples/distributed-auth/fetch-bridge.ts'
import { balancerEvent, httpEvent, multiValueBalancerEvent, restEvent, throughGateway } from './support/lambda-gateways.ts'
import { describeOnDenied } from './support/on-denied.ts'
import { whilePolluted } from './support/polluted.ts'
import {
  bearer,
  cookie,
  expired,
  forged,
  from,
  good,
  guard,
  isMissing,
  key,
  other,
  SECRET,
  TABLE,
  type RawHeaders,
} from './support/requests.ts'
import { describeTable, handled, type Mount } from './support/table.ts'
import { listen, overHttp, overHttp2, sendRepeated, sendTo } from './support/wire.ts'

afterEach(() => void vi.restoreAllMocks())

const verify = { audience: 'orders' }
const silently = (): unknown => vi.spyOn(console, 'error').mockReturnValue()
const serve = async (listener: RequestListener): Promise<string> => `http://127.0.0.1:${await listen(createServer(listener))}`

/** What a server does with requests, once an application of Fastify is ready. */
async function routingOf(app: FastifyInstance): Promise<RequestListener> {
  await app.ready()
  return (request, response) => app.routing(request, response)
}

/** Each adapter around a handler that answers with the subject. */
const guarded = {
  node: (...[keys, options]: Parameters<Mount>) =>
    requireJwtInNode(keys, options, (_request, response, jwt) => response.end(handled(jwt?.claims.sub))),
  fastify: (app: FastifyInstance, ...[keys, options]: Parameters<Mount>) => {
    const { onRequest, jwtOf } = requireJwtInFastify(keys, options)
    return routingOf(app.all('/', { onRequest }, (request) => handled(jwtOf(request)?.claims.sub)) as FastifyInstance)
  },
  fetch: (...[keys, options]: Parameters<Mount>) =>
    requireJwtInFetch(keys, options, (_request, jwt) => new Response(handled(jwt?.claims.sub))),
  lambda: (...[keys, options]: Parameters<Mount>) =>
    requireJwtInLambda(keys, options, (_event: LambdaEvent, jwt) => ({ statusCode: 200, body: handled(jwt?.claims.sub) })),
}
const withHttp2 = (): FastifyInstance => fastify({ exposeHeadRoutes: false, http2: true }) as never
const honoListener = (app: { readonly fetch: (request: Request) => Response | Promise<Response> }): RequestListener =>
  toNodeListener(async (request) => app.fetch(request))

await describeTable({
  'node-http': (...mount) => overHttp(guarded.node(...mount)),
  'node-http over HTTP/2': (...mount) => overHttp2(guarded.node(...mount) as never),
  express: (keys, options) => {
    const orders = requireJwtInExpress(keys, options)
    return overHttp(
      express().all('/', orders, (request, response) => void response.type('text').send(handled(orders.jwtOf(request)?.claims.sub))),
    )
  },
  fastify: async (...mount) => overHttp(await guarded.fastify(fastify({ exposeHeadRoutes: false }), ...mount)),
  'fastify over HTTP/2': async (...mount) => overHttp2((await guarded.fastify(withHttp2(), ...mount)) as never),
  fetch: (...mount) => overHttp(toNodeListener(guarded.fetch(...mount))),
  hono: (keys, options) =>
    overHttp(
      honoListener(
        new Hono().all('/', requireJwtInHono(keys, options), (context) => context.text(handled(context.get('jwt')?.claims.sub))),
      ),
    ),
  'hono, by app.use': (keys, options) => {
    const orders = requireJwtInHono(keys, options)
    return overHttp(honoListener(new Hono().use(orders).all('/', (context) => context.text(handled(orders.jwtOf(context)?.claims.sub)))))
  },
  ws: async (keys, options) => {
    const upgrade = requireJwtInWs(keys, options, (_request, socket, _head, jwt) =>
      sendInWs(socket, { status: 200, headers: {}, body: handled(jwt?.claims.sub) }),
    )
    const url = `http://127.0.0.1:${await listen(createServer().on('upgrade', upgrade))}`
    const send = (method: string, headers: RawHeaders) => sendTo(url, method, ['Connection', 'Upgrade', 'Upgrade', 'websocket', ...headers])
    return { send, alters: (headers) => headers.includes('cross-site') } // a GET that upgrades is not safe
  },
  'lambda, REST API': (...mount) => throughGateway(restEvent, guarded.lambda(...mount)),
  'lambda, HTTP API': (...mount) => throughGateway(httpEvent, guarded.lambda(...mount)),
  'lambda, load balancer': (...mount) => throughGateway(balancerEvent, guarded.lambda(...mount)),
  'lambda, load balancer with repeated headers': (...mount) => throughGateway(multiValueBalancerEvent, guarded.lambda(...mount)),
})

describe('a repeated Authorization over HTTP/2', async () => {
  it.each([
    ['Node http', guarded.node(key, guard)],
    ['Fastify', await guarded.fastify(withHttp2(), key, guard)],
  ])('is no token for %s', async (_name, listener) => {
    expect(await sendRepeated(listener as never, bearer(good))).toBe('ada')
    expect(await sendRepeated(listener as never, [...bearer(good), ...bearer(good)])).toBe(isMissing.body)
  })
})

const withHandler =
  (adapter: unknown) =>
  (...args: unknown[]) =>
    (adapter as (...args: unknown[]) => unknown)(...args, () => expect.unreachable())
const MAKERS: Readonly<Record<string, (...args: never[]) => unknown>> = {
  elysia: requireJwtInElysia,
  express: requireJwtInExpress,
  fastify: requireJwtInFastify,
  fetch: withHandler(requireJwtInFetch),
  hono: requireJwtInHono,
  koa: requireJwtInKoa,
  lambda: withHandler(requireJwtInLambda),
  nest: (...args) => (requireJwtInNest as (...args: unknown[]) => unknown)({ createParamDecorator: () => undefined }, ...args),
  'node-http': withHandler(requireJwtInNode),
  ws: withHandler(requireJwtInWs),
}
const FOLDER = new URL('../examples/adapters/', import.meta.url)

describe.each(Object.entries(MAKERS))('the adapter %s', (name, adapter) => {
  const make = adapter as (...args: unknown[]) => unknown

  it('throws for a mistake when the guard is made, not per request, unless there is none', () => {
    const made = createGuard(key)
    const onDenied = (): void => undefined
    const notFunction = new TypeError('onDenied must be a function')
    const ofGuard = 'optional cannot be combined with a guard'
    for (const [wanted, ...args] of [
      [new TypeError('key must be made by createKey'), SECRET, {}],
      [TypeError, undefined, {}],
      [/^unknown option optionl/, key, { optionl: true }],
      ['move it into verify', key, { issuer: 'https://auth.example' }],
      [/^issuer is undefined/, key, { verify: { issuer: undefined } }],
      [/^trustedOrigins must be/, key, { trustedOrigins: ['https://app.example/'] }],
      [TypeError, key, new Map()],
      [TypeError, key, Object.assign(new Map(), { onDenied })],
      [notFunction, key, { onDenied: 'no' }],
      [notFunction, key, { onDenied: undefined }],
      [notFunction, { guard: made, onDenied: null }],
      ['guard must be made by createGuard', { guard: undefined }],
      [ofGuard, { guard: made, optional: true }],
      [ofGuard, { guard: made }, { optional: true }],
      ['onDenid cannot be combined with a guard', { guard: made, onDenid: onDenied }],
    ] as readonly (readonly [wanted: Error, ...args: readonly unknown[]])[])
      expect(() => make(...args), String(wanted)).toThrow(wanted)
    for (const args of [[key, {}], [{ guard: made }], [{ guard: made, onDenied }]]) expect(() => make(...args)).not.toThrow()
  })

  it('has at most 20 lines of logic, and merges no declaration', () => {
    const source = readFileSync(new URL(`${name}.ts`, FOLDER), 'utf8')
    const logic = source.slice(source.lastIndexOf('export function')).split('\n')
    expect(logic.filter((line) => /[^\s}),;]/.test(line)).length).toBeLessThanOrEqual(20)
    expect(source).not.toMatch(/declare (?:global|module)/)
  })
})

describe('these tests', () => {
  it('leave out no adapter, and send sixty requests or more', () => {
    expect(readdirSync(FOLDER).sort()).toEqual([...Object.keys(MAKERS), 'guarded'].map((name) => `${name}.ts`).sort())
    expect(Object.values(TABLE).flat().length).toBeGreaterThanOrEqual(60)
  })
})

describe.each(['fetch', 'lambda', 'node-http', 'ws'] as const)('the adapter %s, which wraps a handler,', (name) => {
  it('throws at start-up if there is none', async () => {
    const { requireJwt } = (await import(`../examples/adapters/${name}.ts`)) as { readonly requireJwt: (...args: unknown[]) => unknown }
    for (const args of [[key], [key, {}], [{ guard: createGuard(key) }]])
      expect(() => requireJwt(...args)).toThrow(new TypeError('the last argument must be the handler, which is a function'))
  })
})

const seeOther = { status: 303, headers: { Location: '/sign-in' } }
const inNode = {
  redirect: (_result: unknown, _request: unknown, response: ServerResponse) => response.writeHead(303, seeOther.headers).end(),
  later: (_result: unknown, _request: unknown, response: ServerResponse) => {
    setImmediate(() => response.writeHead(303, seeOther.headers).end())
    return response
  },
}

describeOnDenied({
  express: {
    mount: (onDenied) => {
      const orders = requireJwtInExpress(key, { verify, onDenied })
      return serve(express().all('/', orders, (_request, response) => void response.send(handled())))
    },
    ...inNode,
  },
  fastify: {
    mount: async (onDenied) => {
      const { onRequest } = requireJwtInFastify(key, { verify, onDenied })
      return serve(await routingOf(fastify().all('/', { onRequest }, () => handled()) as FastifyInstance))
    },
    redirect: (_result: unknown, _request: unknown, reply: FastifyReply) => void reply.redirect('/sign-in', 303),
    later: (_result: unknown, _request: unknown, reply: FastifyReply) => {
      setImmediate(() => void reply.redirect('/sign-in', 303))
      return reply
    },
  },
  fetch: {
    mount: (onDenied) => serve(toNodeListener(requireJwtInFetch(key, { verify, onDenied }, () => Response.json(handled())))),
    redirect: () => new Response(null, seeOther),
  },
  hono: {
    mount: (onDenied) =>
      serve(honoListener(new Hono().all('/', requireJwtInHono(key, { verify, onDenied }), (context) => context.text(handled())))),
    redirect: (_result: unknown, context: Context) => context.redirect('/sign-in', 303),
  },
  'node-http': {
    mount: (onDenied) => serve(requireJwtInNode(key, { verify, onDenied }, (_request, response) => response.end(handled()))),
    ...inNode,
  },
  'a guard already made': {
    mount: (onDenied) =>
      serve(requireJwtInNode({ guard: createGuard(key, { verify }), onDenied }, (_request, response) => response.end(handled()))),
    redirect: inNode.redirect,
  },
  lambda: {
    mount: (onDenied) => {
      const handler = requireJwtInLambda(key, { verify, onDenied }, (): LambdaAnswer => ({ statusCode: 200, body: handled() }))
      return serve((request, response) => {
        handler(restEvent(request.method ?? '', request.rawHeaders)).then(
          ({ statusCode, headers, body }) => response.writeHead(statusCode, headers).end(body),
          () => response.writeHead(500).end(),
        )
      })
    },
    redirect: () => ({ statusCode: 303, headers: seeOther.headers, body: '' }),
  },
})

describe('a role check with forbidden()', async () => {
  const scope = { scope: 'orders:delete' }
  const challenge = 'Bearer realm="jwt", scope="orders:delete", error="insufficient_scope"'
  const isForbidden = { status: 403, challenge, cacheControl: 'no-store' }
  const isAdmin = (sub = ''): boolean => sub === 'grace'

  const refuse = (): Response => {
    const answer = forbidden(scope)
    return new Response(answer.body, answer)
  }
  const orders = requireJwtInExpress(key, guard)
  const { onRequest, jwtOf } = requireJwtInFastify(key, guard)
  const inExpress = express().get('/', orders, (request, response) => {
    if (!isAdmin(orders.jwtOf(request)?.claims.sub)) return sendInNode(response, forbidden(scope))
    return void response.send('deleted')
  })
  const inFastify = fastify().get('/', { onRequest }, (request, reply) => {
    const { status, headers, body } = forbidden(scope)
    return isAdmin(jwtOf(request)?.claims.sub) ? 'deleted' : reply.code(status).headers(headers).send(body)
  })
  const inHono = new Hono().get('/', requireJwtInHono(key, { verify }), (context) =>
    isAdmin(context.get('jwt').claims.sub) ? context.text('deleted') : refuse(),
  )
  const inFetch = requireJwtInFetch(key, { verify }, (_request, jwt) => (isAdmin(jwt.claims.sub) ? new Response('deleted') : refuse()))
  const inNodeHttp = requireJwtInNode(key, { verify }, (_request, response, jwt) =>
    isAdmin(jwt.claims.sub) ? response.end('deleted') : sendInNode(response, forbidden(scope)),
  )

  const inLambda = requireJwtInLambda(key, { verify }, (event: LambdaEvent, jwt) =>
    isAdmin(jwt.claims.sub) ? { statusCode: 200, body: 'deleted' } : toAnswer(event, forbidden(scope)),
  )

  it.each([restEvent, httpEvent, balancerEvent, multiValueBalancerEvent])('stands in a handler of Lambda: %o', async (toEvent) => {
    const { send } = throughGateway(toEvent, inLambda)
    expect(await send('GET', bearer(good))).toMatchObject(isForbidden)
    expect(await send('GET', bearer(other))).toMatchObject({ status: 200, body: 'deleted' })
  })

  it.each<[string, RequestListener]>([
    ['Express', inExpress],
    ['Fastify', await routingOf(inFastify as never)],
    ['Hono', honoListener(inHono)],
    ['Fetch', toNodeListener(inFetch)],
    ['Node http', inNodeHttp],
  ])('stands in a handler of %s', async (_name, listener) => {
    const url = await serve(listener)
    expect(await sendTo(url, 'GET', bearer(good))).toMatchObject(isForbidden)
    expect(await sendTo(url, 'GET', bearer(other))).toMatchObject({ status: 200, body: 'deleted' })
  })
})

describe('a key store that fails with no error', () => {
  it.each([undefined, null, 0, '', 'route', 'router'])('(%j) runs no handler, even one that reads no token', async (reason) => {
    silently()
    const fail = (): Promise<never> => Promise.reject(reason)
    for (const listener of [
      express().get('/', requireJwtInExpress(fail, guard), () => handled()),
      await routingOf(fastify().get('/', { onRequest: requireJwtInFastify(fail, guard).onRequest }, () => handled()) as never),
      requireJwtInNode(fail, guard, () => handled()),
    ] satisfies RequestListener[])
      expect(await sendTo(await serve(listener), 'GET', bearer(good))).toMatchObject({ status: 500 })
    expect(handled).not.toHaveBeenCalled()
  })
})

describe('an error of another realm, such as those of Node in Jest,', () => {
  it('is passed on as it is', async () => {
    const foreign: unknown = runInNewContext("new TypeError('down')")
    const keys = (): Promise<never> => Promise.reject(foreign)
    const fail = requireJwtInFetch(keys, guard, () => expect.unreachable())
    await expect(fail(new Request('https://orders.example', { headers: { authorization: `Bearer ${good}` } }))).rejects.toBe(foreign)
  })
})

describe('the adapter for Express', () => {
  it('gives each of two guards on a route its own token', async () => {
    const [first, second] = [
      requireJwtInExpress(key, { ...guard, sources: ['cookie'] }),
      requireJwtInExpress(key, { ...guard, sources: ['bearer'] }),
    ]
    const app = express().get('/', first, second, (request, response) => {
      response.send([first, second].map(({ jwtOf }) => jwtOf(request)?.claims.sub))
    })
    expect((await sendTo(await serve(app), 'GET', [...cookie(`jwt=${good}`), ...bearer(good)])).body).toBe('["ada","ada"]')
  })

  it('throws in jwtOf on a route without it', () => {
    expect(() => requireJwtInExpress(key, guard).jwtOf({})).toThrow('requireJwt did not run for this request: add it to the route')
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
    const url = new URL(await serve(await routingOf(app.delete('/', { onRequest }, () => handled()) as never)))
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

  it.each([
    ['a good token', { authorization: `Bearer ${good}` }, 200, 'ada'],
    ['no token', {}, 401, isMissing.body],
    ['a repeated Authorization', { authorization: [`Bearer ${good}`, `Bearer ${good}`] as never }, 401, isMissing.body],
  ])('reads %s in a request that is injected', async (_name, headers, statusCode, body) => {
    const app = fastify()
    const { onRequest, jwtOf } = requireJwtInFastify(key, guard)
    app.get('/', { onRequest }, (request) => jwtOf(request)?.claims.sub)
    expect(await app.inject({ url: '/', headers })).toMatchObject({ statusCode, body })
  })

  it('throws in jwtOf on a route without its hook', async () => {
    silently()
    const app = fastify()
    const { jwtOf } = requireJwtInFastify(key, guard)
    app.get('/', (request) => jwtOf(request)?.claims.sub)
    const response = await app.inject('/')
    const { message } = response.json<{ readonly message: string }>()
    expect([response.statusCode, message]).toEqual([500, 'requireJwt did not run for this request: add it to the route'])
  })
})

describe('the adapter for Node http', () => {
  it('answers 500 without a body if the handler announced one and failed', async () => {
    silently()
    const failing = requireJwtInNode(key, guard, (_request, response) => {
      response.setHeader('Content-Length', '5')
      throw new Error('a mistake in the handler')
    })
    expect(await sendTo(await serve(failing), 'GET', bearer(good))).toMatchObject({ status: 500, body: '' })
  })
})

describe('the adapter for Lambda', () => {
  const handler = requireJwtInLambda(key, guard, (_event: LambdaEvent, jwt, context: { readonly functionName: string }) => ({
    statusCode: 200,
    body: `${jwt?.claims.sub} ${context.functionName}`,
  }))
  const context = { functionName: 'orders' }

  it('passes the context on', async () => {
    expect(await handler(httpEvent('GET', cookie(`jwt=${good}`)), context)).toEqual({ statusCode: 200, body: 'ada orders' })
  })

  it('answers a load balancer in the kind of headers that it reads', async () => {
    const headers = { 'WWW-Authenticate': 'Bearer realm="jwt"', 'Cache-Control': 'no-store', 'Content-Type': 'application/json' }
    const multiValueHeaders = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]))
    const answer = { statusCode: 401, body: isMissing.body }
    expect(await handler(multiValueBalancerEvent('GET', []), context)).toEqual({ ...answer, multiValueHeaders })
    for (const event of [balancerEvent('GET', []), restEvent('GET', []), httpEvent('GET', [])])
      expect(await handler(event, context)).toEqual({ ...answer, headers })
  })

  it('reads a test event of the console, whose headers are null, and one of an emulator, which keeps its cookies among the headers', async () => {
    expect(await handler({ httpMethod: 'GET', headers: null, multiValueHeaders: null }, context)).toMatchObject({ statusCode: 401 })
    const emulated = { headers: { cookie: `jwt=${good}` }, requestContext: { http: { method: 'GET' } } }
    expect(await handler(emulated, context)).toMatchObject({ statusCode: 200 })
  })

  it('rejects with the name of what is missing if the event is of no gateway', async () => {
    const noMethod = 'event has no method: pass one of API Gateway, a function URL or a load balancer'
    for (const event of [{ Records: [] }, {}, { requestContext: { connectionId: 'a' } }, undefined, null, 'GET'])
      await expect(handler(event as never, context)).rejects.toThrow(noMethod)
  })
})

describe('the adapter for WebSockets', () => {
  /** Asks for an upgrade, and resolves to all that comes back. */
  async function upgrade(requireJwt: ReturnType<typeof requireJwtInWs>, headers: RawHeaders): Promise<string> {
    const port = await listen(createServer().on('upgrade', requireJwt))
    const socket = connect(port, '127.0.0.1')
    const all = ['Host', 'orders.example', 'Connection', 'Upgrade', 'Upgrade', 'websocket', ...headers]
    const lines = all.flatMap((name, index) => (index % 2 === 0 ? `${name}: ${all[index + 1]}\r\n` : []))
    socket.write(`GET / HTTP/1.1\r\n${lines.join('')}\r\n`)
    return (await socket.toArray()).join('')
  }
  const accept = (options: Parameters<Mount>[1] = guard) =>
    requireJwtInWs(key, options, (_request, socket, _head, jwt) => socket.end(`HTTP/1.1 101 ${handled(jwt?.claims.sub)}\r\n\r\n`))
  const protocols = (value: string): RawHeaders => ['Sec-WebSocket-Protocol', value]

  it.each([
    ['after bearer among the protocols', protocols(`bearer, ${good}`)],
    ['among other protocols', protocols(`chat,bearer,${good},chat.v2`)],
    ['in any letter case', protocols(`Bearer, ${good}`)],
    ['in the cookie of a page of a trusted origin', [...cookie(`jwt=${good}`), ...from('https://app.example')]],
    ['in two headers of protocols', [...protocols('bearer'), ...protocols(good)]],
  ])('lets a token %s open one', async (_where, headers) => {
    expect(await upgrade(accept(), headers)).toContain('101 ada')
  })

  it.each([
    ['protocols without a token', protocols('chat, bearer'), 'missing_token'],
    ['a token without bearer', protocols(`chat, ${good}`), 'missing_token'],
    ['a token in both Authorization and the protocols', [...bearer(good), ...protocols(`bearer, ${good}`)], 'missing_token'],
    ['two tokens among the protocols', protocols(`bearer, ${good}, bearer, ${good}`), 'missing_token'],
    ['an expired token', protocols(`bearer, ${expired}`), 'token_expired'],
    ['a page of another origin', [...cookie(`jwt=${good}`), ...from('https://evil.example')], 'cross_origin'],
  ])('refuses %s, and closes the connection', async (_what, headers, reason) => {
    const answer = await upgrade(accept(), headers)
    expect(answer).toMatch(/^HTTP\/1\.1 40[13] (?:Unauthorized|Forbidden)\r\n/)
    expect(answer).toContain(`\r\n\r\n{"error":"${reason}"`)
    expect(answer).toContain('\r\nConnection: close\r\n')
    expect(handled).not.toHaveBeenCalled()
  })

  it('logs what fails, and answers 500 and no more, or closes the connection if something was written', async () => {
    const log = vi.spyOn(console, 'error').mockReturnValue()
    const failure = new Error('down')
    const fail = (): Promise<never> => Promise.reject(failure)
    const never = (): never => expect.unreachable()
    const isRevoked = requireJwtInWs(key, { ...guard, isRevoked: fail }, never)
    for (const failing of [requireJwtInWs(fail, guard, never), isRevoked, requireJwtInWs(key, guard, fail)])
      expect(await upgrade(failing, bearer(good))).toBe(
        'HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n',
      )
    const begun = requireJwtInWs(key, guard, (_request, socket) => (socket.write('HTTP/1.1 101 begun'), fail()))
    expect(await upgrade(begun, bearer(good))).toBe('HTTP/1.1 101 begun')
    expect(log.mock.calls).toEqual([[failure], [failure], [failure], [failure]])
  })

  it('lets onDenied answer, at once or later, or not', async () => {
    const own = (onDenied: DeniedOption<[request: IncomingMessage, socket: Duplex], unknown>['onDenied']): Promise<string> =>
      upgrade(
        requireJwtInWs(key, { onDenied: onDenied! }, () => expect.unreachable()),
        [],
      )
    expect(await own(({ reason }, _request, socket) => socket.end(reason))).toBe('missing_token')
    expect(await own(({ reason }, _request, socket) => (setImmediate(() => socket.end(reason)), socket))).toBe('missing_token')
    expect(await own(() => {})).toMatch(/^HTTP\/1\.1 401 /)
    silently()
    expect(await own(() => Promise.reject(new Error('no log')))).toMatch(/^HTTP\/1\.1 500 /)
  })

  it('survives a client that resets the connection while the guard works', async () => {
    silently()
    let find: (found: undefined) => void = () => {}
    const keys = () => new Promise<undefined>((resolve) => (find = resolve))
    const slow = requireJwtInWs(keys, guard, () => expect.unreachable())
    const port = await listen(createServer().on('upgrade', slow))
    const socket = connect(port, '127.0.0.1')
    socket.write(`GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nAuthorization: Bearer ${good}\r\n\r\n`)
    await new Promise((resolve) => setTimeout(resolve, 50))
    socket.resetAndDestroy()
    await new Promise((resolve) => setTimeout(resolve, 50))
    find(undefined)
    await new Promise((resolve) => setTimeout(resolve, 50))
  })
})

describe('a forgotten await, in plain JavaScript,', () => {
  /** Calls an adapter as its framework does, and resolves to what comes of it; `run` is the handler. */
  type Call = (requireJwt: (...args: readonly unknown[]) => unknown, run: () => void, headers: Record<string, string>) => unknown
  const nodeRequest = (headers: Record<string, string>) => ({ method: 'GET', url: '/', headers, rawHeaders: [], raw: undefined })
  const nodeResponse = (resolve: (status: number) => void) => {
    const end = (): void => {}
    return { headersSent: false, getHeaderNames: () => [], removeHeader: end, writeHead: resolve, end, destroy: () => resolve(0) }
  }
  const call = (made: unknown, ...args: readonly unknown[]): unknown => (made as (...args: readonly unknown[]) => unknown)(...args)
  const CALLS: Readonly<Record<string, Call>> = {
    elysia: async (requireJwt, run, headers) => {
      await call(requireJwt(key, { verify }), { request: new Request('https://orders.example', { headers }) })
      run()
    },
    express: (requireJwt, run, headers) =>
      new Promise<void>((resolve, reject) => {
        const next = (error?: Error): void => (error === undefined ? resolve(run()) : reject(error))
        call(requireJwt(key, { verify }), nodeRequest(headers), nodeResponse(reject), next)
      }),
    fastify: (requireJwt, run, headers) =>
      new Promise<void>((resolve, reject) => {
        const { onRequest } = requireJwt(key, { verify }) as { readonly onRequest: unknown }
        const done = (error?: Error): void => (error === undefined ? resolve(run()) : reject(error))
        call(onRequest, { raw: nodeRequest(headers) }, { code: reject }, done)
      }),
    fetch: (requireJwt, run, headers) => call(requireJwt(key, { verify }, run), new Request('https://orders.example', { headers })),
    hono: (requireJwt, run, headers) =>
      call(requireJwt(key, { verify }), { req: { raw: new Request('https://orders.example', { headers }) }, set: () => {} }, run),
    koa: (requireJwt, run, headers) => call(requireJwt(key, { verify }), { req: nodeRequest(headers), set: () => {} }, run),
    lambda: (requireJwt, run, headers) => call(requireJwt(key, { verify }, run), { httpMethod: 'GET', headers }),
    nest: async (requireJwt, run, headers) => {
      const { guard: made } = requireJwt({ createParamDecorator: () => undefined }, key, { verify }) as {
        readonly guard: { readonly canActivate: (context: object) => Promise<boolean> }
      }
      if (await made.canActivate({ switchToHttp: () => ({ getRequest: () => nodeRequest(headers) }) })) run()
    },
    'node-http': (requireJwt, run, headers) =>
      new Promise<void>((resolve, reject) => {
        const handler = (): void => resolve(run())
        call(requireJwt(key, { verify }, handler), nodeRequest(headers), nodeResponse(reject))
      }),
    ws: (requireJwt, run, headers) =>
      new Promise<void>((resolve, reject) => {
        const socket = { on: () => {}, end: reject, destroy: () => reject(new Error('closed')) }
        call(
          requireJwt(key, { verify }, () => resolve(run())),
          nodeRequest(headers),
          socket,
        )
      }),
  }
  const CACHE = new URL('.cache/adapters/', import.meta.url)
  const EDITIONS: Readonly<Record<string, (source: string) => string>> = {
    complete: (source) => source,
    'without-await-guard': (source) => source.replaceAll('await guard(', 'guard('),
    'without-await-decide': (source) => source.replaceAll('await decide(', 'decide('),
  }

  /** Writes an edition of the adapters, and returns where they are; `undefined` if this adapter has no such line: it uses `then`. */
  function write(edition: string, name: string): URL | undefined {
    const change = EDITIONS[edition] ?? expect.unreachable()
    const sources = [`${name}.ts`, 'guarded.ts', 'node-http.ts'].map((file) => [file, readFileSync(new URL(file, FOLDER), 'utf8')] as const)
    if (edition !== 'complete' && sources.slice(0, 2).every(([, source]) => change(source) === source)) return undefined
    const folder = new URL(`${edition}/`, CACHE)
    mkdirSync(folder, { recursive: true })
    for (const [file, source] of sources) writeFileSync(new URL(file, folder), change(source))
    return new URL(`${name}.ts`, folder)
  }

  it.each(Object.keys(MAKERS))('runs no handler in the adapter %s', async (name) => {
    silently()
    const run = vi.fn<() => void>()
    const runs: Record<string, number> = {}
    for (const edition of Object.keys(EDITIONS)) {
      const url = write(edition, name)
      if (url === undefined) continue
      const { requireJwt } = (await import(url.href)) as { readonly requireJwt: Parameters<Call>[0] }
      for (const headers of [{}, { authorization: `Bearer ${forged}` }, { authorization: `Bearer ${good}` }])
        await Promise.resolve(headers)
          .then((sent) => CALLS[name]!(requireJwt, run, sent))
          .catch(() => {})
      runs[edition] = run.mock.calls.length
      run.mockClear()
    }
    const usesThen = ['express', 'fastify'].includes(name)
    expect(runs).toEqual({ complete: 1, 'without-await-guard': 0, ...(usesThen ? {} : { 'without-await-decide': 0 }) })
  })
})

describe('what an adapter refuses to take', () => {
  const log = vi.fn<() => void>()

  it('is a way past a denial: onDenied of Express gets a next that can only fail', async () => {
    const orders = requireJwtInExpress(key, { onDenied: (_result, _request, _response, next) => next() })
    const app = express().get('/', orders, (_request, response) => void response.end('let through'))
    app.use(((_error, _request, response, _next) => void response.status(500).end('failed')) as express.ErrorRequestHandler)
    const port = await listen(createServer(app))
    const response = await fetch(`http://127.0.0.1:${port}`)
    expect([response.status, await response.text()]).toEqual([500, 'failed'])
  })

  it('is a handler where it belongs to the route, and a second object of options', () => {
    expect(() => requireJwtInExpress(key, log as never)).toThrow('this adapter takes no handler: add it to the route')
    const untyped: (...args: readonly unknown[]) => unknown = requireJwtInFetch as never
    expect(() => untyped(key, {}, {}, log)).toThrow('there are too many arguments')
  })

  it('is an onDenied that Object.prototype lends, and an option that is hidden from spreads', async () => {
    await whilePolluted({ onDenied: 'x' }, async () => {
      const handler = requireJwtInFetch(key, {}, () => new Response('let through'))
      expect((await handler(new Request('http://orders.example'))).status).toBe(401)
    })
    const hidden = Object.defineProperty({ onDenied: () => new Response('denied') }, 'verify', { value: { audience: 'reports' } })
    const handler = requireJwtInFetch(key, hidden, () => new Response('let through'))
    const response = await handler(new Request('http://orders.example', { headers: { authorization: `Bearer ${good}` } }))
    expect(await response.text()).toBe('denied')
  })
})
