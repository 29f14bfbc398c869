/** What the adapters do on real frameworks besides answering the table: onDenied, a role check with forbidden(), WebSockets, and their types. */
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import * as nest from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { ExpressAdapter } from '@nestjs/platform-express'
import type {
  ALBEvent,
  ALBResult,
  APIGatewayProxyEvent,
  APIGatewayProxyEventV2,
  APIGatewayProxyResult,
  APIGatewayProxyResultV2,
} from 'aws-lambda'
import type { Context as LambdaContext, Handler, LambdaFunctionURLEvent } from 'aws-lambda'
import { Elysia } from 'elysia'
import Koa, { type Context, type Middleware } from 'koa'
import { JwtSignatureError } from 'hs256'
import { forbidden } from 'hs256/http'
import { NextRequest } from 'next/server'
import { afterAll, afterEach, describe, expect, expectTypeOf, it, vi } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { requireJwt as requireJwtInElysia } from '../examples/adapters/elysia.ts'
import { requireJwt as requireJwtInFetch } from '../examples/adapters/fetch.ts'
import { requireJwt as requireJwtInKoa } from '../examples/adapters/koa.ts'
import { requireJwt as requireJwtInLambda } from '../examples/adapters/lambda.ts'
import { requireJwt as requireJwtInNest } from '../examples/adapters/nest.ts'
import { requireJwt as requireJwtInWs, send as sendInWs } from '../examples/adapters/ws.ts'
import { toNodeListener } from '../examples/distributed-auth/fetch-bridge.ts'
import { describeOnDenied, type DeniedMount } from '../test/support/on-denied.ts'
import { bearer, expired, good, key } from '../test/support/requests.ts'
import { handled } from '../test/support/table.ts'
import { closeAll, listen, sendTo } from '../test/support/wire.ts'

const verify = { audience: 'orders' }
const isAdmin = (sub: string | undefined): boolean => sub === 'grace'
const isForbidden = {
  status: 403,
  challenge: 'Bearer realm="jwt", scope="orders:delete", error="insufficient_scope"',
  cacheControl: 'no-store',
}
const serve = async (listener: RequestListener): Promise<string> => `http://127.0.0.1:${await listen(createServer(listener))}`
const answer = forbidden({ scope: 'orders:delete' })

afterEach(() => void handled.mockClear())
afterAll(closeAll)

/** An app whose handler is for admins alone. */
const MOUNTS: Readonly<Record<string, DeniedMount>> = {
  koa: {
    mount: (onDenied) => {
      const orders = requireJwtInKoa(key, { verify, onDenied })
      expectTypeOf(orders).toExtend<Middleware>()
      const app = new Koa().use(orders).use((context) => {
        if (isAdmin(orders.jwtOf(context).claims.sub)) return void (context.body = handled())
        context.status = answer.status
        context.body = answer.body
        return context.set({ ...answer.headers })
      })
      app.silent = true
      const listener = app.callback()
      return serve((request, response) => void listener(request, response))
    },
    redirect: (_result: unknown, context: Context) => {
      context.redirect('/sign-in')
      context.status = 303
    },
  },
  elysia: {
    mount: (onDenied) => {
      const app = new Elysia().derive(requireJwtInElysia(key, { verify, onDenied })).all('/', ({ jwt, set, status }) => {
        expectTypeOf(jwt.claims.sub).toEqualTypeOf<string | undefined>()
        if (isAdmin(jwt.claims.sub)) return handled()
        Object.assign(set.headers, answer.headers)
        return status(403, answer.body)
      })
      return serve(toNodeListener(async (request) => app.handle(request)))
    },
    redirect: () => new Response(null, { status: 303, headers: { Location: '/sign-in' } }),
  },
  nest: {
    mount: async (onDenied) => {
      const { guard, Jwt, jwtOf } = requireJwtInNest(nest, key, { verify, onDenied })
      expectTypeOf(guard).toExtend<nest.CanActivate>()
      expectTypeOf(Jwt()).toExtend<ParameterDecorator>()
      class Orders {
        list(request: object, response: { header(name: string, value: string): unknown }): string {
          if (isAdmin(jwtOf(request).claims.sub)) return handled()
          for (const [name, value] of Object.entries(answer.headers)) response.header(name, value)
          throw new nest.HttpException(JSON.parse(answer.body) as object, answer.status)
        }
      }
      nest.All()(Orders.prototype, 'list', Object.getOwnPropertyDescriptor(Orders.prototype, 'list')!)
      nest.Req()(Orders.prototype, 'list', 0)
      nest.Res({ passthrough: true })(Orders.prototype, 'list', 1)
      nest.Controller()(Orders)
      class App {}
      nest.Module({ controllers: [Orders] })(App)
      const app = await NestFactory.create(App, new ExpressAdapter(), { logger: false })
      await app.useGlobalGuards(guard).init()
      return serve(app.getHttpAdapter().getInstance() as RequestListener)
    },
    redirect: (_result: unknown, context: nest.ExecutionContext) => {
      context.switchToHttp().getResponse<{ location(path: string): void }>().location('/sign-in')
      return new nest.HttpException('', 303)
    },
  },
}

describeOnDenied(MOUNTS)

describe.each(Object.entries(MOUNTS))('the adapter for %s', (_name, { mount, redirect }) => {
  it('leaves a role check to the handler, with forbidden()', async () => {
    expect(await sendTo(await mount(redirect as never), 'GET', bearer(good))).toMatchObject({ ...isForbidden, body: answer.body })
  })
})

describe('the adapter for Fetch', () => {
  it('takes a NextRequest, and keeps its type and that of what comes after it', async () => {
    const handler = requireJwtInFetch(key, { verify }, (request: NextRequest, jwt, context: { readonly params: Promise<{ id: string }> }) =>
      Response.json([request.nextUrl.pathname, request.cookies.has('jwt'), jwt.claims.sub, typeof context.params]),
    )
    const ask = (headers: Readonly<Record<string, string>>): Promise<Response> =>
      handler(new NextRequest('https://orders.example/7', { headers }), { params: Promise.resolve({ id: '7' }) })
    expect(await (await ask({ cookie: `jwt=${good}` })).json()).toEqual(['/7', true, 'ada', 'object'])
    expect((await ask({ cookie: `jwt=${expired}` })).status).toBe(401)
  })
})

describe('the adapter for Elysia', () => {
  const failures = [new Error('down'), Object.assign(new Error('down'), { status: 503 }), new JwtSignatureError('down')]

  it.each(failures)('passes an outage on to onError, or answers with its status or 500: %s', async (failure) => {
    const outage = (): Promise<never> => Promise.reject(failure)
    const schema = { '~standard': { version: 1, vendor: 'tests', validate: outage } } as const
    const isToken = failure instanceof JwtSignatureError // of a schema or a key function, it rejects the token
    for (const requireJwt of [
      requireJwtInElysia(key, { verify, isRevoked: outage }),
      ...(isToken ? [] : [requireJwtInElysia(outage, { verify }), requireJwtInElysia(key, { verify: { ...verify, schema } })]),
    ]) {
      const onError = vi.fn<(context: { readonly error: unknown }) => void>()
      const request = new Request('http://orders.example/', { headers: { authorization: `Bearer ${good}` } })
      const derived = new Elysia()
        .onError(onError)
        .derive(requireJwt)
        .get('/', () => handled())
      const resolved = new Elysia()
        .onError(onError)
        .resolve(requireJwt)
        .get('/', () => handled())
      for (const app of [derived, resolved]) expect((await app.handle(request.clone())).status).toBe('status' in failure ? 503 : 500)
      expect(onError.mock.calls.map(([{ error }]) => error)).toEqual([failure, failure])
      expect(handled).not.toHaveBeenCalled()
    }
  })
})

describe('the adapter for ws', () => {
  const sockets = new WebSocketServer({ noServer: true })
  const serve = async (): Promise<string> => {
    const upgrade = requireJwtInWs(key, { verify, trustedOrigins: ['https://app.example'] }, (request, socket, head, jwt) =>
      sockets.handleUpgrade(request, socket, head, (client) => client.send(`hello ${jwt.claims.sub}`)),
    )
    return `ws://127.0.0.1:${await listen(createServer().on('upgrade', upgrade))}`
  }
  const headers = { Cookie: `jwt=${good}` }

  it.each<[string, string[], object]>([
    ['in the cookie', [], { headers }],
    ['in the cookie, from a trusted origin', [], { headers, origin: 'https://app.example' }],
    ['in Authorization', [], { headers: { Authorization: `Bearer ${good}` } }],
    ['among the protocols', ['bearer', good], {}],
  ])('opens a WebSocket for a token %s', async (_where, protocols, options) => {
    const client = new WebSocket(await serve(), protocols, options)
    const [message] = (await once(client, 'message')) as [Buffer]
    expect([message.toString(), client.protocol]).toEqual(['hello ada', protocols[0] ?? ''])
    client.terminate()
  })

  it('leaves a role check to the handler, with forbidden()', async () => {
    const upgrade = requireJwtInWs(key, { verify }, (request, socket, head, jwt) => {
      if (!isAdmin(jwt.claims.sub)) return sendInWs(socket, answer)
      return sockets.handleUpgrade(request, socket, head, () => handled())
    })
    const client = new WebSocket(`ws://127.0.0.1:${await listen(createServer().on('upgrade', upgrade))}`, { headers })
    const [, response] = (await once(client, 'unexpected-response')) as [unknown, { readonly statusCode: number; readonly headers: object }]
    expect([response.statusCode, response.headers]).toMatchObject([403, { 'www-authenticate': isForbidden.challenge }])
    expect(handled).not.toHaveBeenCalled()
    client.on('error', () => {}).terminate()
  })

  it.each<[string, string[], object, number]>([
    ['no token', [], {}, 401],
    ['an expired token', ['bearer', expired], {}, 401],
    ['a page of another origin', [], { headers, origin: 'https://evil.example' }, 403],
  ])('refuses %s', async (_what, protocols, options, status) => {
    const client = new WebSocket(await serve(), protocols, options)
    const [, response] = (await once(client, 'unexpected-response')) as [unknown, { readonly statusCode: number; readonly headers: object }]
    expect(response.statusCode).toBe(status)
    client.on('error', () => {}).terminate()
  })
})

describe('the adapter for Lambda', () => {
  it('fits the types of all gateways', () => {
    const body = 'hello'
    const rest = requireJwtInLambda(key, {}, (event: APIGatewayProxyEvent, jwt, context: LambdaContext) => ({
      statusCode: 200,
      body: event.path + context.functionName + jwt.claims.sub,
    }))
    const http = requireJwtInLambda(key, {}, (_event: APIGatewayProxyEventV2, jwt): APIGatewayProxyResultV2 => jwt.claims.sub ?? '')
    const url = requireJwtInLambda(key, {}, (event: LambdaFunctionURLEvent) => ({ statusCode: 200, body: event.rawPath }))
    const balancer = requireJwtInLambda(key, {}, (_event: ALBEvent): ALBResult => ({ statusCode: 200, body }))
    expectTypeOf(rest).toExtend<(event: APIGatewayProxyEvent, context: LambdaContext) => Promise<APIGatewayProxyResult>>()
    expectTypeOf(http).toExtend<(event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyResultV2>>()
    expectTypeOf(url).toExtend<Handler<LambdaFunctionURLEvent, APIGatewayProxyResultV2>>()
    expectTypeOf(balancer).toExtend<Handler<ALBEvent, ALBResult>>()
  })
})
