/** The types of the adapters. The frameworks' own, with these, are compiled in frameworks/ and test/package/adapters.test.ts, too. */
import { createServer } from 'node:http'
import express, { type Request as ExpressRequest, type Response as ExpressResponse } from 'express'
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

describe('an adapter', () => {
  it('fits Express, and keeps the types of path parameters', () => {
    const orders = inExpress(key, options)
    express().use(orders).use('/orders', orders)
    express.Router().use(orders)
    express().get('/orders/:id', orders, (request) => {
      expectTypeOf(request.params).toEqualTypeOf<{ id: string }>()
      expectTypeOf(orders.jwtOf(request)).toEqualTypeOf<User>()
    })
  })

  it('passes onDenied what Express and Hono pass to handlers', () => {
    inExpress(key, { onDenied: (_result, _request, response: ExpressResponse) => response.redirect(303, '/sign-in') })
    inExpress(key, { onDenied: async ({ reason }, request: ExpressRequest, response) => void response.end(`${reason} ${request.path}`) })
    inHono(key, { onDenied: ({ reason }, context) => context.redirect(`/sign-in?${reason}`) })
  })

  it('fits routes and hooks of Fastify', () => {
    const { onRequest, jwtOf } = inFastify(key, options)
    fastify().get<{ Params: { id: string } }>('/:id', { onRequest: [onRequest] }, (request) => {
      expectTypeOf(jwtOf(request)).toEqualTypeOf<User>()
      return request.params.id
    })
    fastify().addHook('onRequest', onRequest)
    fastify({ http2: true }).addHook('onRequest', onRequest)
  })

  it('types the context of Hono, before a handler and in a chain of app.use, and jwtOf after an app.use of its own', () => {
    const orders = inHono(key, options)
    new Hono().get('/:id', orders, (context) => {
      expectTypeOf(context.get('jwt')).toEqualTypeOf<User>()
      expectTypeOf(context.var.jwt).toEqualTypeOf<User>()
      return context.text(context.req.param('id'))
    })
    new Hono().use(orders).get('/', (context) => context.text(context.get('jwt').claims.sub))
    const app = new Hono<{ Bindings: { JWT_SECRET: string } }>()
    app.use(orders)
    app.get('/', (context) => context.text(orders.jwtOf(context).claims.role + context.env.JWT_SECRET))
  })

  it('that wraps a handler keeps the types of the request and of further arguments', () => {
    type OwnRequest = Request & { readonly params: { readonly id: string } } // as Next and Bun extend it
    const handler = inFetch(key, options, (request: OwnRequest, jwt, context: { params: Promise<{ id: string }> }) => {
      expectTypeOf(jwt).toEqualTypeOf<User>()
      return new Response(request.params.id + typeof context.params)
    })
    expectTypeOf(handler).toEqualTypeOf<(request: OwnRequest, context: { params: Promise<{ id: string }> }) => Promise<Response>>()
    expectTypeOf(inFetch(key, {}, () => new Response())).toEqualTypeOf<(request: Request) => Promise<Response>>()
    createServer(inNode(key, options, (request, response, jwt) => response.end(request.socket.localPort + jwt.claims.sub)))
  })

  it('takes a guard that is already made, with its types', () => {
    const guard = createGuard(key, { verify: { schema }, optional: true })
    expectTypeOf(inExpress({ guard }).jwtOf({})).toEqualTypeOf<User | undefined>()
    expectTypeOf(inFastify({ guard }).jwtOf({})).toEqualTypeOf<User | undefined>()
    expectTypeOf(inHono({ guard }).jwtOf({})).toEqualTypeOf<User | undefined>()
    inNode({ guard }, (_request, _response, jwt) => expectTypeOf(jwt).toEqualTypeOf<User | undefined>())
    inFetch({ guard }, (_request, jwt) => {
      expectTypeOf(jwt).toEqualTypeOf<User | undefined>()
      return new Response()
    })
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
