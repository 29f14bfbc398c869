/** Every adapter of examples/ that runs with the packages of this repository: one table of requests, over HTTP/1, HTTP/2 and events of Lambda. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener, type ServerResponse } from 'node:http'
import { connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { runInNewContext } from 'node:vm'
import express from 'express'
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify'
import { Hono, type Context } from 'hono'
import { createGuard, forbidden } from 'hs256/http'
import { describe, expect, it, vi } from 'vitest'
import { requireJwt as requireJwtInExpress } from '../examples/adapters/express.ts'
import { requireJwt as requireJwtInFastify } from '../examples/adapters/fastify.ts'
import { requireJwt as requireJwtInFetch } from '../examples/adapters/fetch.ts'
import { requireJwt as requireJwtInHono } from '../examples/adapters/hono.ts'
import { requireJwt as requireJwtInLambda, toAnswer, type LambdaEvent } from '../examples/adapters/lambda.ts'
import { requireJwt as requireJwtInNode, send as sendInNode } from '../examples/adapters/node-http.ts'
import { requireJwt as requireJwtInWs, send as sendInWs } from '../examples/adapters/ws.ts'
import { toNodeListener } from '../examples/distributed-auth/fetch-bridge.ts'
import { balancerEvent, httpEvent, multiValueBalancerEvent, restEvent, throughGateway } from './support/lambda-gateways.ts'
import { describeOnDenied } from './support/on-denied.ts'
import { whilePolluted } from './support/polluted.ts'
import { bearer, cookie, expired, forged, from, good, guard, key, other, SECRET, TABLE } from './support/requests.ts'
import { isElsewhere, isExpired, isMissing, type Answer, type RawHeaders } from './support/requests.ts'
import { describeTable, handled, type Mount } from './support/table.ts'
import { listen, overHttp, overHttp2, sendRepeated, sendTo, type Client } from './support/wire.ts'

type Args = Parameters<Mount>

const asking = new Request('https://orders.example', { headers: { authorization: `Bearer ${good}` } })
const never = (): never => expect.unreachable()
const silently = (): unknown => vi.spyOn(console, 'error').mockReturnValue()
const serve = async (listener: RequestListener): Promise<string> => `http://127.0.0.1:${await listen(createServer(listener))}`

/** What a server does with requests, once an application of Fastify is ready. */
async function routingOf(app: FastifyInstance): Promise<RequestListener> {
  await app.ready()
  return (request, response) => app.routing(request, response)
}

const onNode = (...[keys, options]: Args) =>
  requireJwtInNode(keys, options, (_request, response, jwt) => response.end(handled(jwt?.claims.sub)))
const onLambda = (...[keys, options]: Args) =>
  requireJwtInLambda(keys, options, (_event: LambdaEvent, jwt) => ({ statusCode: 200, body: handled(jwt?.claims.sub) }))

const MOUNTS = {
  'node-http': (...args) => overHttp(onNode(...args)),
  'node-http over HTTP/2': (...args) => overHttp2(onNode(...args) as never),
  express: (keys, options) => {
    const orders = requireJwtInExpress(keys, options)
    return overHttp(
      express().all('/', orders, (request, response) => void response.type('text').send(handled(orders.jwtOf(request)?.claims.sub))),
    )
  },
  fastify: async (keys, options) => {
    const { onRequest, jwtOf } = requireJwtInFastify(keys, options)
    return overHttp(await routingOf(fastify().all('/', { onRequest }, (request) => handled(jwtOf(request)?.claims.sub)) as FastifyInstance))
  },
  fetch: (keys, options) =>
    overHttp(toNodeListener(requireJwtInFetch(keys, options, (_request, jwt) => new Response(handled(jwt?.claims.sub))))),
  'hono, by app.use': (keys, options) => {
    const orders = requireJwtInHono(keys, options)
    const app = new Hono().use(orders).all('/', (context) => context.text(handled(orders.jwtOf(context)?.claims.sub)))
    return overHttp(toNodeListener(async (request) => app.fetch(request)))
  },
  ws: async (keys, options) => {
    const upgrade = requireJwtInWs(keys, options, (_request, socket, _head, jwt) =>
      sendInWs(socket, { status: 200, headers: {}, body: handled(jwt?.claims.sub) }),
    )
    const url = `http://127.0.0.1:${await listen(createServer().on('upgrade', upgrade))}`
    const send = (method: string, headers: RawHeaders) => sendTo(url, method, ['Connection', 'Upgrade', 'Upgrade', 'websocket', ...headers])
    return { send, alters: (headers) => headers.includes('cross-site') } // a GET that upgrades is not safe
  },
  'lambda, REST API': (...args) => throughGateway(restEvent, onLambda(...args)),
  'lambda, HTTP API': (...args) => throughGateway(httpEvent, onLambda(...args)),
  'lambda, load balancer': (...args) => throughGateway(balancerEvent, onLambda(...args)),
  'lambda, load balancer with repeated headers': (...args) => throughGateway(multiValueBalancerEvent, onLambda(...args)),
} satisfies Readonly<Record<string, Mount>>

await describeTable(MOUNTS)

it('the table has sixty requests or more', () => {
  expect(Object.values(TABLE).flat().length).toBeGreaterThanOrEqual(60)
})

it('a repeated Authorization over HTTP/2 is no token', async () => {
  const listener = onNode(key, guard) as never
  expect(await sendRepeated(listener, bearer(good))).toBe('ada')
  expect(await sendRepeated(listener, [...bearer(good), ...bearer(good)])).toBe(isMissing.body)
})

type Untyped = (...args: readonly unknown[]) => unknown

const FOLDER = new URL('../examples/adapters/', import.meta.url)
const ADAPTERS = readdirSync(FOLDER)
  .map((file) => file.replace('.ts', ''))
  .filter((name) => name !== 'guarded')
const WRAPPERS = ['fetch', 'lambda', 'node-http', 'ws']

/** Loads an adapter as plain JavaScript sees it, so that each takes the same arguments. */
async function load(name: string, folder = FOLDER, handler: Untyped = never): Promise<Untyped> {
  const { requireJwt } = (await import(new URL(`${name}.ts`, folder).href)) as { readonly requireJwt: Untyped }
  const first = name === 'nest' ? [{ createParamDecorator: () => undefined }] : []
  return (...args) => requireJwt(...first, ...args, ...(WRAPPERS.includes(name) ? [handler] : []))
}

describe.each(ADAPTERS)('the adapter %s', (name) => {
  it('throws for a mistake when the guard is made, not per request, unless there is none', async () => {
    const make = await load(name)
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

it.each(['express', 'fastify', 'hono', 'koa', 'nest'])('jwtOf of the adapter %s throws for a request that it did not see', async (name) => {
  const { jwtOf } = (await load(name))(key, guard) as { readonly jwtOf: Untyped }
  expect(() => jwtOf({})).toThrow(new Error('requireJwt did not run for this request: add it to the route'))
})

const seeOther = { status: 303, headers: { Location: '/sign-in' }, body: '' }
const mount = (name: keyof typeof MOUNTS) => (onDenied: never) => {
  const options = { ...guard, onDenied }
  return MOUNTS[name](key, options)
}
const inNode = {
  redirect: (_result: unknown, _request: unknown, response: ServerResponse) => sendInNode(response, seeOther),
  later: (_result: unknown, _request: unknown, response: ServerResponse) => (setImmediate(sendInNode, response, seeOther), response),
}

describeOnDenied({
  express: { mount: mount('express'), ...inNode },
  fastify: {
    mount: mount('fastify'),
    redirect: (_result: unknown, _request: unknown, reply: FastifyReply) => void reply.redirect('/sign-in', 303),
    later: (_result: unknown, _request: unknown, reply: FastifyReply) => {
      setImmediate(() => void reply.redirect('/sign-in', 303))
      return reply
    },
  },
  fetch: { mount: mount('fetch'), redirect: () => new Response(null, seeOther) },
  hono: { mount: mount('hono, by app.use'), redirect: (_result: unknown, context: Context) => context.redirect('/sign-in', 303) },
  'node-http': { mount: mount('node-http'), ...inNode },
  'a guard already made': {
    mount: (onDenied) =>
      overHttp(requireJwtInNode({ guard: createGuard(key, guard), onDenied }, (_request, response) => response.end(handled()))),
    redirect: inNode.redirect,
  },
  ws: {
    mount: mount('ws'),
    redirect: (_result: unknown, _request: unknown, socket: Duplex) => sendInWs(socket, seeOther),
    later: (_result: unknown, _request: unknown, socket: Duplex) => (setImmediate(sendInWs, socket, seeOther), socket),
  },
  lambda: { mount: mount('lambda, REST API'), redirect: () => ({ statusCode: 303, headers: seeOther.headers, body: '' }) },
})

describe('a role check with forbidden()', async () => {
  const refusal = forbidden({ scope: 'orders:delete' })
  const refuse = (): Response => new Response(refusal.body, refusal)
  const isAdmin = (jwt: { readonly claims: { readonly sub?: string } } | undefined): boolean => jwt?.claims.sub === 'grace'
  const orders = requireJwtInExpress(key, guard)
  const { onRequest, jwtOf } = requireJwtInFastify(key, guard)
  const onFastify = fastify().get('/', { onRequest }, (request, reply) =>
    isAdmin(jwtOf(request)) ? 'deleted' : reply.code(refusal.status).headers(refusal.headers).send(refusal.body),
  )
  const onHono = new Hono().get('/', requireJwtInHono(key, guard), (context) =>
    isAdmin(context.get('jwt')) ? context.text('deleted') : refuse(),
  )
  const inLambda = requireJwtInLambda(key, guard, (event: LambdaEvent, jwt) =>
    isAdmin(jwt) ? { statusCode: 200, body: 'deleted' } : toAnswer(event, refusal),
  )
  it.each([
    ['Express', overHttp(express().get('/', orders, (request, response) => isAdmin(orders.jwtOf(request)) ? void response.send('deleted') : sendInNode(response, refusal)))], // prettier-ignore
    ['Fastify', overHttp(await routingOf(onFastify as never))],
    ['Hono', overHttp(toNodeListener(async (request) => onHono.fetch(request)))],
    ['Fetch', overHttp(toNodeListener(requireJwtInFetch(key, guard, (_request, jwt) => (isAdmin(jwt) ? new Response('deleted') : refuse()))))], // prettier-ignore
    ['Node http', overHttp(requireJwtInNode(key, guard, (_request, response, jwt) => isAdmin(jwt) ? response.end('deleted') : sendInNode(response, refusal)))], // prettier-ignore
    ...[restEvent, httpEvent, balancerEvent, multiValueBalancerEvent].map((event) => ['Lambda', throughGateway(event, inLambda)] as const),
  ] as readonly (readonly [string, Client | Promise<Client>])[])('lets only the admin through a handler of %s', async (_name, mounted) => {
    const { send } = await mounted
    const challenge = 'Bearer realm="jwt", scope="orders:delete", error="insufficient_scope"'
    expect(await send('GET', bearer(good))).toMatchObject({ status: 403, challenge, cacheControl: 'no-store', body: refusal.body })
    expect(await send('GET', bearer(other))).toMatchObject({ status: 200, body: 'deleted' })
  })
})

it.each([undefined, null, 0, '', 'route', 'router'])('a failure with no error, but %j, runs no handler', async (reason) => {
  silently()
  const fail = (): Promise<never> => Promise.reject(reason)
  // The handlers read no token, so only the guard is in their way.
  for (const listener of [
    express().get('/', requireJwtInExpress(fail, guard), () => handled()),
    await routingOf(fastify().get('/', { onRequest: requireJwtInFastify(fail, guard).onRequest }, () => handled()) as never),
    requireJwtInNode(fail, guard, () => handled()),
  ] satisfies RequestListener[])
    expect(await sendTo(await serve(listener), 'GET', bearer(good))).toMatchObject({ status: 500 })
  expect(handled).not.toHaveBeenCalled()
})

it('an error of another realm, such as those of Node in Jest, is passed on as it is', async () => {
  const foreign: unknown = runInNewContext("new TypeError('down')")
  const fail = (): Promise<never> => Promise.reject(foreign)
  await expect(requireJwtInFetch(fail, guard, never)(asking)).rejects.toBe(foreign)
})

it('two guards of Express on a route have each its own token', async () => {
  const first = requireJwtInExpress(key, { ...guard, sources: ['cookie'] })
  const second = requireJwtInExpress(key, { ...guard, sources: ['bearer'] })
  const app = express().get('/', first, second, (request, response) => {
    response.send([first, second].map(({ jwtOf }) => jwtOf(request)?.claims.sub))
  })
  expect((await sendTo(await serve(app), 'GET', [...cookie(`jwt=${good}`), ...bearer(other)])).body).toBe('["ada","grace"]')
})

it('onDenied of Express gets a next that can only fail, and is no way past a denial', async () => {
  const orders = requireJwtInExpress(key, { onDenied: (_result, _request, _response, next) => next() })
  const app = express().get('/', orders, () => handled())
  app.use(((_error, _request, response, _next) => void response.status(500).end('failed')) as express.ErrorRequestHandler)
  expect(await sendTo(await serve(app), 'GET', [])).toMatchObject({ status: 500, body: 'failed' })
  expect(handled).not.toHaveBeenCalled()
})

it('Fastify runs no handler for a client that hangs up before its rejection is sent', async () => {
  const app = fastify()
  app.addHook('onSend', async () => sleep(30))
  const { onRequest } = requireJwtInFastify(key, guard)
  const port = await listen(createServer(await routingOf(app.delete('/', { onRequest }, () => handled()) as never)))
  const hangUp = async (): Promise<void> => {
    const socket = connect(port, '127.0.0.1')
    socket.write('DELETE / HTTP/1.1\r\nHost: orders.example\r\n\r\n')
    await sleep(10)
    socket.destroy()
    await sleep(60)
  }
  await Promise.all(Array.from({ length: 10 }, hangUp))
  expect(handled).not.toHaveBeenCalled()
})

it('the adapter for Node http answers 500 without a body if the handler announced one and failed', async () => {
  silently()
  const failing = requireJwtInNode(key, guard, (_request, response) => {
    response.setHeader('Content-Length', '5')
    throw new Error('a mistake in the handler')
  })
  expect(await sendTo(await serve(failing), 'GET', bearer(good))).toMatchObject({ status: 500, body: '' })
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
  /** Asks for an upgrade. */
  async function open(requireJwt: ReturnType<typeof requireJwtInWs>, headers: RawHeaders): Promise<Socket> {
    const socket = connect(await listen(createServer().on('upgrade', requireJwt)), '127.0.0.1')
    const all = ['Host', 'orders.example', 'Connection', 'Upgrade', 'Upgrade', 'websocket', ...headers]
    const lines = all.flatMap((name, index) => (index % 2 === 0 ? `${name}: ${all[index + 1]}\r\n` : []))
    socket.write(`GET / HTTP/1.1\r\n${lines.join('')}\r\n`)
    return socket
  }
  /** Asks for one, and resolves to all that comes back. */
  const upgrade = async (...args: Parameters<typeof open>): Promise<string> => (await (await open(...args)).toArray()).join('')
  const protocols = (value: string): RawHeaders => ['Sec-WebSocket-Protocol', value]

  it.each<[string, RawHeaders, Partial<Answer>]>([
    ['accepts a token among other protocols', protocols(`chat,bearer,${good},chat.v2`), { status: 200, body: 'ada' }],
    ['accepts one after bearer in any letter case', protocols(`Bearer, ${good}`), { status: 200, body: 'ada' }],
    ['accepts one in two headers of protocols', [...protocols('bearer'), ...protocols(good)], { status: 200, body: 'ada' }],
    ['refuses protocols without a token', protocols('chat, bearer'), isMissing],
    ['refuses a token without bearer', protocols(`chat, ${good}`), isMissing],
    ['refuses a token in both Authorization and the protocols', [...bearer(good), ...protocols(`bearer, ${good}`)], isMissing],
    ['refuses two tokens among the protocols', protocols(`bearer, ${good}, bearer, ${good}`), isMissing],
    ['refuses an expired token', protocols(`bearer, ${expired}`), isExpired],
    ['refuses a page of another origin', [...cookie(`jwt=${good}`), ...from('https://evil.example')], isElsewhere],
  ])('%s', async (_what, headers, answer) => {
    const { send } = await MOUNTS.ws(key, guard)
    expect(await send('GET', headers)).toMatchObject(answer)
  })

  it('closes the connection when it refuses', async () => {
    const answer = await upgrade(requireJwtInWs(key, guard, never), [])
    expect(answer).toMatch(/^HTTP\/1\.1 401 Unauthorized\r\n(?:.+\r\n)*Connection: close\r\n(?:.+\r\n)*\r\n\{"error":"missing_token"/)
  })

  it('logs what fails, and answers 500 and no more, or closes the connection if something was written', async () => {
    const log = vi.spyOn(console, 'error').mockReturnValue()
    const failure = new Error('down')
    const fail = (): Promise<never> => Promise.reject(failure)
    const isRevoked = requireJwtInWs(key, { ...guard, isRevoked: fail }, never)
    const answer = 'HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'
    for (const failing of [requireJwtInWs(fail, guard, never), isRevoked, requireJwtInWs(key, guard, fail)])
      expect(await upgrade(failing, bearer(good))).toBe(answer)
    const begun = requireJwtInWs(key, guard, (_request, socket) => (socket.write('HTTP/1.1 101 begun'), fail()))
    expect(await upgrade(begun, bearer(good))).toBe('HTTP/1.1 101 begun')
    expect(log.mock.calls).toEqual([[failure], [failure], [failure], [failure]])
  })

  it('survives a client that resets the connection while the guard works', async () => {
    silently()
    let find: (found: undefined) => void = () => {}
    const keys = () => new Promise<undefined>((resolve) => (find = resolve))
    const socket = await open(requireJwtInWs(keys, guard, never), bearer(good))
    await sleep(50)
    socket.resetAndDestroy()
    await sleep(50)
    find(undefined)
    await sleep(50)
  })
})

describe('a forgotten await, in plain JavaScript,', () => {
  /** Writes a copy of an adapter that awaits no call of this function, and returns its folder. */
  function writeWithout(callee: string, name: string): URL {
    const folder = new URL(`.cache/adapters/without-await-${callee}/`, import.meta.url)
    mkdirSync(folder, { recursive: true })
    const sources = [`${name}.ts`, 'guarded.ts', 'node-http.ts'].map((file) => [file, readFileSync(new URL(file, FOLDER), 'utf8')] as const)
    for (const [file, source] of sources) writeFileSync(new URL(file, folder), source.replaceAll(`await ${callee}(`, `${callee}(`))
    expect(String(sources.slice(0, 2))).toContain(`await ${callee}(`)
    return folder
  }

  type Call = (...args: readonly unknown[]) => Promise<unknown>
  type Made = Call & { readonly onRequest: Call; readonly guard: { readonly canActivate: Call } }

  /** Calls an adapter as its framework does, until the handler has run, or something was answered, or failed. */
  async function call(name: string, folder: URL, headers: object, run: () => void): Promise<void> {
    const request = { method: 'GET', httpMethod: 'GET', url: '/', headers, rawHeaders: [] }
    const context = { request, raw: request, set: () => {}, switchToHttp: () => ({ getRequest: () => request }) }
    await new Promise<unknown>((resolve, reject) => {
      const proceed = (error?: unknown): void => (error === undefined ? resolve(run()) : reject(error))
      const answer = { getHeaderNames: () => [], on: () => {}, writeHead: resolve, code: resolve, end: resolve, destroy: resolve }
      const start = async (): Promise<unknown> => {
        const made = (await load(name, folder, () => proceed()))(key, guard) as Made
        if (name === 'elysia') return made(context).then(() => proceed())
        if (name === 'express') return made(request, answer, proceed)
        if (name === 'fastify') return made.onRequest(context, answer, proceed)
        if (name === 'hono') return made({ ...context, req: context }, proceed).then(resolve)
        if (name === 'koa') return made({ ...context, req: request }, proceed).then(resolve)
        if (name === 'nest') return made.guard.canActivate(context).then((may) => (may === true ? proceed() : resolve(may)))
        if (name === 'node-http' || name === 'ws') return made(request, answer)
        return made(request).then(resolve)
      }
      start().catch(reject)
    }).catch(() => {})
  }

  it.each(ADAPTERS)('runs no handler in the adapter %s', async (name) => {
    silently()
    const usesThen = ['express', 'fastify'].includes(name)
    const editions = ['guard', ...(usesThen ? [] : ['decide'])].map((callee) => [writeWithout(callee, name), 0] as const)
    for (const [folder, times] of [[FOLDER, 1] as const, ...editions]) {
      const run = vi.fn<() => void>()
      for (const headers of [{}, { authorization: `Bearer ${forged}` }, { authorization: `Bearer ${good}` }])
        await call(name, folder, headers, run)
      expect(run, folder.href).toHaveBeenCalledTimes(times)
    }
  })
})

describe('what an adapter refuses to take', () => {
  const passing = (): Response => new Response('let through')

  it('is a call without its handler, with one that belongs to the route, or with a second object of options', () => {
    for (const wrapper of [requireJwtInFetch, requireJwtInLambda, requireJwtInNode, requireJwtInWs] as unknown as readonly Untyped[]) {
      for (const args of [[key], [key, {}], [{ guard: createGuard(key) }]])
        expect(() => wrapper(...args)).toThrow(new TypeError('the last argument must be the handler, which is a function'))
      expect(() => wrapper(key, {}, {}, passing)).toThrow('there are too many arguments')
    }
    expect(() => requireJwtInExpress(key, passing as never)).toThrow('this adapter takes no handler: add it to the route')
  })

  it('is an onDenied that Object.prototype lends, and an option that is hidden from spreads', async () => {
    await whilePolluted({ onDenied: 'x' }, async () => {
      const handler = requireJwtInFetch(key, {}, passing)
      expect((await handler(new Request('http://orders.example'))).status).toBe(401)
    })
    const hidden = Object.defineProperty({ onDenied: () => new Response('denied') }, 'verify', { value: { audience: 'reports' } })
    const handler = requireJwtInFetch(key, hidden, passing)
    expect(await (await handler(asking)).text()).toBe('denied')
  })
})
