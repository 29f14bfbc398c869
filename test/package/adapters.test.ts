/** The packed adapters in an empty project: a key of `hs256` guards with each of them, in ES modules and in CommonJS, without any framework installed. */
import { describe, expect, it } from 'vitest'
import { ADAPTERS, compile, consumers, project } from './project.ts'
import { run } from './run.ts'

/** Calls each adapter as its framework does, with a good token and without; `load` gives a module by its name. */
const BODY = `
async function works(load) {
  const { createKey, sign } = await load('hs256')
  const key = createKey('a secret of more than thirty-two bytes')
  const token = await sign({ sub: 'ada' }, key, { expiresIn: '1h' })
  const requests = [{ authorization: 'Bearer ' + token }, {}].map((headers) => ({ method: 'GET', headers, rawHeaders: [], url: '/' }))
  const outcomes = {}
  for (const [name, call] of Object.entries(CALLS)) {
    const { requireJwt } = await load('hs256/adapters/' + name)
    outcomes[name] = await Promise.all(requests.map((request) => call(requireJwt, key, request)))
  }
  console.log(JSON.stringify(outcomes))
}
const nodeAnswer = (resolve) => ({ headersSent: false, writeHead: (status) => { resolve(status) }, end: () => {}, destroy: () => {} })
const CALLS = {
  express: (requireJwt, key, request) => new Promise((resolve) => {
    const middleware = requireJwt(key, {})
    middleware(request, nodeAnswer(resolve), (error) => resolve(error ?? middleware.jwtOf(request).claims.sub))
  }),
  fastify: (requireJwt, key, raw) => new Promise((resolve) => {
    const { onRequest, jwtOf } = requireJwt(key, {})
    const request = { raw }
    const reply = { code: resolve, headers: () => reply, send: () => reply }
    onRequest(request, reply, (error) => resolve(error ?? jwtOf(request).claims.sub))
  }),
  fetch: async (requireJwt, key, { method, headers }) => {
    const response = await requireJwt(key, {}, (_request, jwt) => new Response(jwt.claims.sub))(new Request('https://orders.example', { method, headers }))
    return response.ok ? response.text() : response.status
  },
  hono: async (requireJwt, key, { method, headers }) => {
    const middleware = requireJwt(key, {})
    const context = { req: { raw: new Request('https://orders.example', { method, headers }) }, set: () => {} }
    const response = await middleware(context, async () => {})
    return response ? response.status : middleware.jwtOf(context).claims.sub
  },
  koa: async (requireJwt, key, req) => {
    const middleware = requireJwt(key, {})
    const context = { req, set: () => {} }
    await middleware(context, async () => { context.status = middleware.jwtOf(context).claims.sub })
    return context.status
  },
  lambda: async (requireJwt, key, { method, headers }) => {
    const { statusCode, body } = await requireJwt(key, {}, async (_event, jwt) => ({ statusCode: 200, body: jwt.claims.sub }))({ httpMethod: method, headers })
    return statusCode === 200 ? body : statusCode
  },
  elysia: async (requireJwt, key, request) => {
    const derive = requireJwt(key, {})
    if (derive.constructor.name !== 'AsyncFunction') throw new Error('Elysia would not await it')
    return derive({ request }).then(({ jwt }) => jwt.claims.sub, ({ status }) => status)
  },
  nest: async (requireJwt, key, request) => {
    class HttpException extends Error { constructor(body, status) { super(); this.status = status } }
    const { guard, Jwt } = requireJwt({ HttpException, createParamDecorator: (factory) => factory }, key, {})
    const context = { switchToHttp: () => ({ getRequest: () => request, getResponse: () => ({ header: () => {} }) }) }
    return guard.canActivate(context).then(() => Jwt(undefined, context).claims.sub, (error) => error.status)
  },
  'node-http': (requireJwt, key, request) =>
    new Promise((resolve) => requireJwt(key, {}, (_request, _response, jwt) => resolve(jwt.claims.sub))(request, nodeAnswer(resolve))),
  ws: (requireJwt, key, request) => new Promise((resolve) => {
    const socket = { on: () => {}, end: (text) => resolve(Number(text.split(' ')[1])), destroy: () => {} }
    requireJwt(key, {}, (_request, _socket, _head, jwt) => resolve(jwt.claims.sub))(request, socket, null)
  }),
}
`

it.each([
  ['ES modules', 'main.mjs', '(name) => import(name)'],
  ['CommonJS', 'main.cjs', 'require'],
])('each packed adapter guards with a key of hs256 in %s', (_format, file, load) => {
  const printed = run([process.execPath, file], project({ [file]: `${BODY}works(${load})` }))
  expect(JSON.parse(printed)).toEqual(Object.fromEntries(ADAPTERS.map((name) => [name, ['ada', 401]])))
})

/** The names under which a consumer imports adapters, where they are no identifiers or taken. */
const IDENTIFIERS: Readonly<Record<string, string>> = { fetch: 'inFetch', 'node-http': 'node' }

/** Uses the types of the adapters; it shows that none is `any`, or its last lines were no errors. */
const CONSUMER = `
import { createServer } from 'node:http'
import { createKey } from 'hs256'
${ADAPTERS.map((name) => `import { requireJwt as ${IDENTIFIERS[name] ?? name} } from 'hs256/adapters/${name}'`).join('\n')}
import { Hono } from 'hono'
import { createGuard } from 'hs256/http'

const key = createKey(process.env['JWT_SECRET'])
const guard = createGuard(key, { optional: true })
export const sub: string | undefined = express(key, {}).jwtOf({}).claims.sub ?? fastify({ guard }).jwtOf({})?.claims.sub ?? koa({ guard }).jwtOf({})?.claims.sub
export const handler = inFetch(key, { verify: { audience: 'orders' } }, (request: Request, jwt, id: number) => new Response(request.url + jwt.claims.sub + id))
export const event = lambda({ guard }, async (event: { httpMethod: string }, jwt) => ({ statusCode: 200, body: event.httpMethod + jwt?.claims.sub }))
new Hono().get('/:id', hono(key, {}), (context) => context.text(context.req.param('id') + context.get('jwt').claims.sub))
createServer(node(key, {}, (request, response, jwt) => response.end(request.url + String(jwt.claims.sub))))
createServer().on('upgrade', ws(key, {}, (_request, socket, _head, jwt) => socket.end(jwt.claims.sub)))
export const others = [elysia(key, {}), nest]
// @ts-expect-error the token may be missing
export const missing: string = express({ guard }).jwtOf({}).claims.sub
// @ts-expect-error there is no such option
export const misspelt = koa(key, { optionl: true })
`

describe.each(['ts54', 'ts59', 'ts60', 'ts70'])('the types of the packed adapters', (compiler) => {
  it.each([
    ['node16', 'node16'],
    ['bundler', 'esnext'],
  ])(`compile with ${compiler}, %s`, (moduleResolution, module) => {
    const skipLibCheck = compiler === 'ts54' // the types of Hono need a newer one
    const options = { module, moduleResolution, lib: ['ES2022', 'DOM'], types: ['node'], exactOptionalPropertyTypes: true, skipLibCheck }
    expect(compile(compiler, consumers(moduleResolution, CONSUMER), options, ['@types/node', 'hono'])).toBe('')
  })
})
