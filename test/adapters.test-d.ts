/** The types of the adapters, against the frameworks' own types. */
import { createServer } from 'node:http'
import { createServer as createHttp2Server } from 'node:http2'
import express, { type Request as ExpressRequest, type RequestHandler, type Response as ExpressResponse } from 'express'
import fastify from 'fastify'
import { Hono } from 'hono'
import { createKey, type ClaimsOf, type JwtClaims, type VerifiedJwt } from 'hs256'
import { createGuard } from 'hs256/http'
import { describe, expectTypeOf, it } from 'vitest'
import { z } from 'zod'
import { requireJwt as inExpress } from '../examples/adapters/express.ts'
import { requireJwt as inFastify } from '../examples/adapters/fastify.ts'
import { requireJwt as inFetch } from '../examples/adapters/fetch.ts'
import { requireJwt as inHono } from '../examples/adapters/hono.ts'
import { requireJwt as inLambda } from '../examples/adapters/lambda.ts'
import { requireJwt as inNode } from '../examples/adapters/node-http.ts'

const key = createKey('a secret of the tests, 32 bytes or more')
const schema = z.object({ sub: z.string(), role: z.enum(['admin', 'user']) })
const options = { verify: { schema } }
type User = VerifiedJwt<ClaimsOf<typeof schema>>

describe('the adapter for Express', () => {
  const orders = inExpress(key, options)
  const app = express()

  it('keeps the types of path parameters, of app.use, and of lists', () => {
    app.use(orders)
    app.use('/orders', orders)
    app.get('/orders/:id', orders, (request) => {
      expectTypeOf(request.params).toEqualTypeOf<{ id: string }>()
      expectTypeOf(orders.jwtOf(request)).toEqualTypeOf<User>()
    })
    app.post<{ id: string }>('/orders/:id', orders, (request) => expectTypeOf(request.params.id).toBeString())
    expectTypeOf<RequestHandler[]>([orders, express.json()])
    expectTypeOf(orders).toExtend<RequestHandler>()
    express.Router().use(orders)
  })

  it('passes onDenied the request and response of Express, if it names them', () => {
    inExpress(key, { onDenied: (_result, _request, response: ExpressResponse) => response.redirect(303, '/sign-in') })
    inExpress(key, { onDenied: async ({ reason }, request: ExpressRequest, response) => void response.end(`${reason} ${request.path}`) })
  })
})

describe('the adapter for Fastify', () => {
  it('fits HTTP/1 and HTTP/2', () => {
    const { onRequest, jwtOf } = inFastify(key, options)
    fastify().get('/', { onRequest }, (request) => expectTypeOf(jwtOf(request)).toEqualTypeOf<User>())
    const byId = { onRequest: [onRequest] }
    fastify().get<{ Params: { id: string } }>('/:id', byId, (request) => request.params.id + jwtOf(request).claims.sub)
    fastify().addHook('onRequest', onRequest)
    fastify({ http2: true }).get('/', { onRequest }, (request) => jwtOf(request).claims.sub)
    fastify({ http2: true }).addHook('onRequest', onRequest)
  })
})

describe('the adapter for Hono', () => {
  const orders = inHono(key, options)

  it('types the token of the context, before a handler and in a chain of app.use', () => {
    new Hono().get('/:id', orders, (context) => {
      expectTypeOf(context.get('jwt')).toEqualTypeOf<User>()
      expectTypeOf(context.var.jwt).toEqualTypeOf<User>()
      expectTypeOf(context.req.param('id')).toBeString()
      return context.text('')
    })
    new Hono().use(orders).get('/', (context) => context.text(context.get('jwt').claims.sub))
  })

  it('types it by jwtOf after an app.use of its own', () => {
    const app = new Hono<{ Bindings: { JWT_SECRET: string } }>()
    app.use(orders)
    app.get('/', (context) => context.text(orders.jwtOf(context).claims.role + context.env.JWT_SECRET))
  })

  it('takes a redirect for a denied request', () => {
    inHono(key, { onDenied: ({ reason }, context) => context.redirect(`/sign-in?${reason}`) })
  })
})

describe('the adapter for Fetch', () => {
  /** As Next and Bun extend it. */
  interface OwnRequest extends Request {
    readonly cookies: Map<string, string>
    readonly params: { readonly id: string }
  }

  it('keeps the type of the request and of further arguments', () => {
    const handler = inFetch(key, options, (request: OwnRequest, jwt, context: { params: Promise<{ id: string }> }) => {
      expectTypeOf(jwt).toEqualTypeOf<User>()
      return new Response(request.params.id + typeof context.params)
    })
    expectTypeOf(handler).toEqualTypeOf<(request: OwnRequest, context: { params: Promise<{ id: string }> }) => Promise<Response>>()
    expectTypeOf(inFetch(key, {}, () => new Response())).toEqualTypeOf<(request: Request) => Promise<Response>>()
  })
})

describe('the adapter for Node http', () => {
  it('fits servers of http and of http2', () => {
    createServer(inNode(key, options, (request, response, jwt) => response.end(request.socket.localPort + jwt.claims.sub)))
    createHttp2Server(
      inNode(key, options, (request, response, jwt) => {
        expectTypeOf(request.stream.id).toEqualTypeOf<number | undefined>()
        response.stream.respond({ ':status': 200 })
        response.end(jwt.claims.sub)
      }),
    )
  })
})

describe('every adapter', () => {
  it('takes a guard that is already made, with its types', () => {
    const guard = createGuard(key, { verify: { schema }, optional: true })
    expectTypeOf(inExpress({ guard }).jwtOf({})).toEqualTypeOf<User | undefined>()
    expectTypeOf(inFastify({ guard }).jwtOf({})).toEqualTypeOf<User | undefined>()
    expectTypeOf(inHono({ guard }).jwtOf({})).toEqualTypeOf<User | undefined>()
    inFetch({ guard }, (_request, jwt) => {
      expectTypeOf(jwt).toEqualTypeOf<User | undefined>()
      return new Response()
    })
    inNode({ guard }, (_request, _response, jwt) => expectTypeOf(jwt).toEqualTypeOf<User | undefined>())
    inLambda({ guard }, (_event, jwt) => {
      expectTypeOf(jwt).toEqualTypeOf<User | undefined>()
      return { statusCode: 200, body: '' }
    })
    expectTypeOf(inExpress({ guard: createGuard(key) }).jwtOf({})).toEqualTypeOf<VerifiedJwt<JwtClaims>>()
  })

  it('knows that an optional token may be missing, and that another one is there', () => {
    expectTypeOf(inExpress(key, { optional: true }).jwtOf({})).toEqualTypeOf<VerifiedJwt<JwtClaims> | undefined>()
    expectTypeOf(inExpress(key, {}).jwtOf({})).toEqualTypeOf<VerifiedJwt<JwtClaims>>()
  })

  it('rejects an option that is misspelt, or in the wrong place', () => {
    // @ts-expect-error an unknown option
    inExpress(key, { optionl: true })
    // @ts-expect-error an option of verify
    inFastify(key, { audience: 'orders' })
    // @ts-expect-error the guard has its options already
    inHono({ guard: createGuard(key), optional: true })
  })
})
