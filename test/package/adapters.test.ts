/** The packed adapters in an empty project, without any framework installed: in ES modules, in CommonJS, and in compilers. */
import { describe, expect, it } from 'vitest'
import { ADAPTERS, compile, consumers, project } from './project.ts'
import { run } from './run.ts'

/** Makes a guard with each adapter, which takes keys of its own copy of `hs256` alone, and asks one; `load` gives a module by its name. */
const BODY = `
async function works(load) {
  const { createKey, sign } = await load('hs256')
  const key = createKey('a secret of more than thirty-two bytes')
  const token = await sign({ sub: 'ada' }, key, { expiresIn: '1h' })
  const handler = (_request, jwt) => new Response(jwt.claims.sub)
  const made = {}
  for (const name of ${JSON.stringify(ADAPTERS)}) {
    const { requireJwt } = await load('hs256/adapters/' + name)
    const first = name === 'nest' ? [{ HttpException: Error, createParamDecorator: (factory) => factory }] : []
    made[name] = requireJwt(...first, key, {}, ...(['fetch', 'lambda', 'node-http', 'ws'].includes(name) ? [handler] : []))
  }
  const ask = async (authorization) => {
    const response = await made.fetch(new Request('https://orders.example', { headers: { authorization } }))
    return [response.status, await response.text()]
  }
  console.log(JSON.stringify([...(await ask('Bearer ' + token)), (await ask('Bearer x'))[0], made.elysia.constructor.name]))
}
`

it.each([
  ['ES modules', 'main.mjs', '(name) => import(name)'],
  ['CommonJS', 'main.cjs', 'require'],
])('each packed adapter makes a guard of a key of hs256 in %s', (_format, file, load) => {
  const printed = run([process.execPath, file], project({ [file]: `${BODY}works(${load})` }))
  expect(JSON.parse(printed)).toEqual([200, 'ada', 401, 'AsyncFunction']) // Elysia awaits no other
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
