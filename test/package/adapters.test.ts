/** The packed adapters in an empty project: a key of `hs256` guards with each of them, in ES modules and in CommonJS, without any framework installed. */
import { describe, expect, it } from 'vitest'
import { ADAPTERS, compile, consumers, project } from './project.ts'
import { run } from './run.ts'

/** Calls each adapter as its framework does, with a good token and without: `adapters` holds their `requireJwt` by name. */
const BODY = `
async function works() {
  const key = createKey('a secret of more than thirty-two bytes')
  const token = await sign({ sub: 'ada' }, key, { expiresIn: '1h' })
  const requests = [{ authorization: 'Bearer ' + token }, {}].map((headers) => ({ method: 'GET', headers, rawHeaders: [], url: '/' }))
  const outcomes = {}
  for (const [name, requireJwt] of Object.entries(adapters)) outcomes[name] = await Promise.all(requests.map((request) => CALLS[name](requireJwt, key, request)))
  return JSON.stringify(outcomes)
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
works().then(console.log)
`

const esm = `import { createKey, sign } from 'hs256'
${ADAPTERS.map((name, index) => `import { requireJwt as adapter${index} } from 'hs256/adapters/${name}'`).join('\n')}
const adapters = { ${ADAPTERS.map((name, index) => `'${name}': adapter${index}`).join(', ')} }
${BODY}`
const cjs = `const { createKey, sign } = require('hs256')
const adapters = { ${ADAPTERS.map((name) => `'${name}': require('hs256/adapters/${name}').requireJwt`).join(', ')} }
${BODY}`
const EACH = Object.fromEntries(ADAPTERS.map((name) => [name, ['ada', 401]]))

describe('each packed adapter', () => {
  it.each([
    ['ES modules', 'main.mjs', esm],
    ['CommonJS', 'main.cjs', cjs],
  ])('guards with a key of hs256 in %s', (_format, file, code) => {
    expect(JSON.parse(run([process.execPath, file], project({ [file]: code })))).toEqual(EACH)
  })

  it('rejects a key of the other format, with an explanation', () => {
    const main = `import { createRequire } from 'node:module'
import { requireJwt } from 'hs256/adapters/express'
const { createKey } = createRequire(import.meta.url)('hs256')
try { requireJwt(createKey('a secret of more than thirty-two bytes'), {}) } catch (error) { console.log(error.message) }`
    expect(run([process.execPath, 'main.mjs'], project({ 'main.mjs': main }))).toContain('key is from another copy of hs256')
  })
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
