/** A handler that answers with the token's subject, behind each adapter, on its real framework, and under what people run that in. */
import { EventEmitter } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import * as nest from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { ExpressAdapter } from '@nestjs/platform-express'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { configure } from '@vendia/serverless-express'
import connect from 'connect'
import { Elysia } from 'elysia'
import express from 'express'
import express4 from 'express4'
import fastify, { type FastifyInstance } from 'fastify'
import { Hono } from 'hono'
import Koa from 'koa'
import { inject, type DispatchFunc } from 'light-my-request'
import { createRequest, createResponse } from 'node-mocks-http'
import polka from 'polka'
import serverless from 'serverless-http'
import supertest from 'supertest'
import { requireJwt as requireJwtInElysia } from '../examples/adapters/elysia.ts'
import { requireJwt as requireJwtInExpress } from '../examples/adapters/express.ts'
import { requireJwt as requireJwtInFastify } from '../examples/adapters/fastify.ts'
import { requireJwt as requireJwtInHono } from '../examples/adapters/hono.ts'
import { requireJwt as requireJwtInKoa } from '../examples/adapters/koa.ts'
import { requireJwt as requireJwtInNest } from '../examples/adapters/nest.ts'
import { toNodeListener } from '../examples/distributed-auth/fetch-bridge.ts'
import { httpEvent, multiValueBalancerEvent, restEvent, throughGateway } from '../test/support/lambda-gateways.ts'
import type { Answer, RawHeaders } from '../test/support/requests.ts'
import { handled, type Mount } from '../test/support/table.ts'
import { isRepeated, overHttp, overHttp2, type Client } from '../test/support/wire.ts'

type Args = Parameters<Mount>

const onExpress = (...[keys, options]: Args) => {
  const orders = requireJwtInExpress(keys, options)
  return express().all('/', orders, (request, response) => void response.type('text').send(handled(orders.jwtOf(request)?.claims.sub)))
}

const onExpress4 = (...[keys, options]: Args) => {
  const orders = requireJwtInExpress(keys, options)
  return express4().all('/', orders, (request, response) => void response.type('text').send(handled(orders.jwtOf(request)?.claims.sub)))
}

const onKoa = (...[keys, options]: Args) => {
  const orders = requireJwtInKoa(keys, options)
  const app = new Koa().use(orders).use((context) => {
    context.body = handled(orders.jwtOf(context)?.claims.sub)
  })
  app.silent = true
  const listener = app.callback()
  return (request: IncomingMessage, response: ServerResponse): void => void listener(request, response)
}

const onFastify = async ([keys, options]: Args, http2?: true): Promise<FastifyInstance> => {
  const app = (http2 ? fastify({ http2 }) : fastify()) as unknown as FastifyInstance
  const { onRequest, jwtOf } = requireJwtInFastify(keys, options)
  app.all('/', { onRequest }, (request) => handled(jwtOf(request)?.claims.sub))
  await app.ready()
  return app
}

/** A controller that decorators make, called by hand: nothing compiles them here. */
async function onNest([keys, options]: Args, adapter: Parameters<typeof NestFactory.create>[1]) {
  const { guard, Jwt } = requireJwtInNest(nest, keys, options)
  class Orders {
    list(jwt?: { readonly claims: { readonly sub?: string } }): string {
      return handled(jwt?.claims.sub)
    }
  }
  const list = Object.getOwnPropertyDescriptor(Orders.prototype, 'list')!
  nest.All()(Orders.prototype, 'list', list)
  nest.UseGuards(guard)(Orders.prototype, 'list', list)
  Jwt()(Orders.prototype, 'list', 0)
  nest.Controller()(Orders)
  class App {}
  nest.Module({ controllers: [Orders] })(App)
  const app = await NestFactory.create(App, adapter, { logger: false })
  return app.init()
}

/** The headers of a request as tools for tests take them. */
function toObject(headers: RawHeaders): Record<string, string | string[]> {
  const grouped: Record<string, string[]> = { host: ['orders.example'] }
  for (let at = 0; at < headers.length; at += 2) (grouped[headers[at]!.toLowerCase()] ??= []).push(headers[at + 1]!)
  return Object.fromEntries(Object.entries(grouped).map(([name, values]) => [name, values.length === 1 ? values[0]! : values]))
}

/** A client behind which these headers, if they are repeated, arrive as the last one of them, or joined as no browser would. */
const altering = (client: Client, names: readonly string[]): Client => ({
  ...client,
  alters: (headers) => names.some((name) => isRepeated(headers, name)),
})

const repeats = (headers: RawHeaders): boolean => ['authorization', 'cookie'].some((name) => isRepeated(headers, name))

function toAnswer(status: number, headers: Readonly<Record<string, unknown>>, body: string): Answer {
  const [challenge, cacheControl] = [headers['www-authenticate'], headers['cache-control']]
  return { status, challenge: challenge as string | undefined, cacheControl: cacheControl as string | undefined, body }
}

/** Injects requests, without a connection. */
const injecting = (listener: DispatchFunc): Client => ({
  send: async (method, headers) => {
    const response = await inject(listener, { method: method as 'GET', url: '/', headers: toObject(headers) })
    return toAnswer(response.statusCode, response.headers, response.body)
  },
})

/** Calls a middleware with a request and a response that are made up for tests. */
const mocking = (middleware: (request: IncomingMessage, response: ServerResponse, fail: () => void) => void): Client => ({
  send: (method, headers) =>
    new Promise((resolve) => {
      const request = createRequest({ method: method as 'GET', url: '/', headers: toObject(headers) as Record<string, string> })
      const response = createResponse({ eventEmitter: EventEmitter })
      response.on('end', () => resolve(toAnswer(response.statusCode, response['_getHeaders'](), response['_getData']() as string)))
      middleware(request as never, response as never, () => response.writeHead(500).end())
    }),
  alters: repeats, // it has one value for each header
})

const supertesting = (app: (request: never, response: never) => unknown): Client => ({
  send: async (method, headers) => {
    const agent = supertest(app as never)
    const request = agent[method.toLowerCase() as 'get']('/')
      .ok(() => true)
      .buffer(true)
    for (const [name, value] of Object.entries(toObject(headers))) void request.set(name, value as string)
    const { status, headers: answered, text } = await request
    return toAnswer(status, answered as Record<string, string>, text ?? '')
  },
  alters: (headers) => isRepeated(headers, 'authorization'), // Node's client keeps one
})

const onElysia = (...[keys, options]: Args): Elysia =>
  new Elysia().derive(requireJwtInElysia(keys, options)).all('/', ({ jwt }) => handled(jwt?.claims.sub)) as unknown as Elysia
const onElysiaUncompiled = (...[keys, options]: Args): Elysia =>
  new Elysia({ aot: false }).derive(requireJwtInElysia(keys, options)).all('/', ({ jwt }) => handled(jwt?.claims.sub)) as unknown as Elysia
const onElysiaResolve = (...[keys, options]: Args): Elysia =>
  new Elysia().resolve(requireJwtInElysia(keys, options)).all('/', ({ jwt }) => handled(jwt?.claims.sub)) as unknown as Elysia
const onHono = (...[keys, options]: Args) =>
  new Hono().all('/', requireJwtInHono(keys, options), (context) => context.text(handled(context.get('jwt')?.claims.sub)))

/** Behind a server, with requests over the wire. */
export const SERVED: Readonly<Record<string, Mount>> = {
  'Express 4': (...args) => overHttp(onExpress4(...args)),
  Polka: (keys, options) => {
    const orders = requireJwtInExpress(keys, options)
    const app = polka().use(orders, (request, response) => response.end(handled(orders.jwtOf(request)?.claims.sub)))
    return overHttp((request, response) => app.handler(request, response))
  },
  Connect: (keys, options) => {
    const orders = requireJwtInExpress(keys, options)
    return overHttp(
      connect()
        .use(orders)
        .use((request, response) => response.end(handled(orders.jwtOf(request)?.claims.sub))),
    )
  },
  'Koa 3': (...args) => overHttp(onKoa(...args)),
  'Koa 3 over HTTP/2': (...args) => overHttp2(onKoa(...args) as never),
  'Fastify over HTTP/2': async (...args) => {
    const app = await onFastify(args, true)
    return overHttp2((request, response) => app.routing(request as never, response as never))
  },
  'Hono on Node': (...args) => overHttp(getRequestListener(onHono(...args).fetch, { overrideGlobalObjects: false }) as never),
  'Hono on Node over HTTP/2': (...args) => overHttp2(getRequestListener(onHono(...args).fetch, { overrideGlobalObjects: false }) as never),
  'NestJS on Express': async (...args) => {
    const app = await onNest(args, new ExpressAdapter())
    return overHttp(app.getHttpAdapter().getInstance() as never)
  },
  'NestJS on Fastify': async (...args) => {
    const app = await onNest(args, new FastifyAdapter())
    const instance = app.getHttpAdapter().getInstance() as unknown as FastifyInstance
    await instance.ready()
    return overHttp((request, response) => instance.routing(request, response))
  },
  'Elysia, by derive': (...args) => overHttp(toNodeListener(async (request) => onElysia(...args).handle(request))),
  'Elysia, by resolve': (...args) => overHttp(toNodeListener(async (request) => onElysiaResolve(...args).handle(request))),
  'Elysia, by derive, with aot: false': (...args) =>
    overHttp(toNodeListener(async (request) => onElysiaUncompiled(...args).handle(request))),
  'Express 5 under supertest': (...args) => supertesting(onExpress(...args) as never),
  'Koa 3 under supertest': (...args) => supertesting(onKoa(...args) as never),
}

/** Under what turns events of Lambda into requests. */
export const GATEWAYS: Readonly<Record<string, Mount>> = {
  'Express 5 under serverless-http, REST API': (...args) =>
    altering(throughGateway(restEvent, serverless(onExpress(...args)) as never), ['authorization', 'cookie']),
  'Express 5 under serverless-http, HTTP API': (...args) => throughGateway(httpEvent, serverless(onExpress(...args)) as never),
  'Express 4 under serverless-http, HTTP API': (...args) => throughGateway(httpEvent, serverless(onExpress4(...args)) as never),
  'Koa 3 under serverless-http, HTTP API': (...args) => throughGateway(httpEvent, serverless(onKoa(...args)) as never),
  'Express 5 under @vendia/serverless-express, REST API': (...args) => altering(throughGateway(restEvent, onVendia(args)), ['cookie']),
  'Express 5 under @vendia/serverless-express, HTTP API': (...args) => throughGateway(httpEvent, onVendia(args)),
  'Express 5 under @vendia/serverless-express, load balancer': (...args) =>
    altering(throughGateway(multiValueBalancerEvent, onVendia(args)), ['cookie']),
}

/** Without a server, as tests call them. */
export const INJECTED: Readonly<Record<string, Mount>> = {
  'Fastify, injected': async (...args) => {
    const app = await onFastify(args)
    const send = async (method: string, headers: RawHeaders): Promise<Answer> => {
      const response = await app.inject({ method: method as 'GET', url: '/', headers: toObject(headers) })
      return toAnswer(response.statusCode, response.headers, response.body)
    }
    return { send }
  },
  'Express 5 under light-my-request': (...args) => injecting(onExpress(...args) as never),
  'Express 4 under light-my-request': (...args) => injecting(onExpress4(...args) as never),
  'Koa 3 under light-my-request': (...args) => injecting(onKoa(...args) as never),
  'the middleware for Express under node-mocks-http': (keys, options) => {
    const orders = requireJwtInExpress(keys, options)
    return mocking((request, response, next) =>
      orders(request, response, (error) => (error === undefined ? response.end(handled(orders.jwtOf(request)?.claims.sub)) : next())),
    )
  },
}

function onVendia(args: Args) {
  const handler = configure({ app: onExpress(...args) as never })
  return (event: object) => Promise.resolve(handler(event, {} as never, undefined as never)) as Promise<never>
}
