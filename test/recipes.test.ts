/** docs/recipes.md: what each recipe does with a good token, none, a forged one and a request from elsewhere, and without `await`. */
import { rmSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { createKey, sign } from 'hs256'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { writeModules } from './support/docs-modules.ts'
import { blocksOf, read } from './support/docs-pages.ts'
import { current } from './support/stand-ins/next-headers.ts'

const SECRET = 'a secret for the recipes, of 32 bytes and more'
const CACHE = join(import.meta.dirname, '.cache', 'recipes')
const PAGE = read('docs/recipes.md')
const BLOCKS = blocksOf('docs/recipes.md', PAGE, 'ts')
const headings = [...PAGE.matchAll(/^## (.+)$/gm)].map(([, heading = '']) => heading)

beforeAll(() => {
  vi.stubEnv('JWT_SECRET', SECRET)
  rmSync(CACHE, { recursive: true, force: true })
})
afterAll(() => vi.unstubAllEnvs())

/** The exports of a recipe, by its heading; also as a reader would have it who forgot `await`. */
async function recipe(heading: string, change = (code: string): string => code): Promise<Readonly<Record<string, unknown>>> {
  const block = BLOCKS[headings.indexOf(heading) + 1] ?? expect.unreachable()
  const code = change(block.code)
  const [path = ''] = writeModules(
    join(CACHE, `${heading}${code === block.code ? '' : ' changed'}`.replaceAll(/\W+/g, '-')),
    [{ ...block, code }],
    BLOCKS,
  )
  return (await import(path)) as Readonly<Record<string, unknown>>
}

const withoutAwait = (code: string): string => code.replaceAll('await guard(', 'guard(')

const good = await sign({ sub: 'u1', aud: 'orders' }, createKey(SECRET), { expiresIn: '1h' })
const forged = await sign({ sub: 'u1', aud: 'orders' }, createKey(`${SECRET}!`), { expiresIn: '1h' })
const cookie = (token: string): Readonly<Record<string, string>> => ({ host: 'orders.example', cookie: `jwt=${token}` })
const ELSEWHERE = { ...cookie(good), 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }

const get = (headers: HeadersInit, path = '/'): Request => new Request(`https://orders.example${path}`, { headers })
const post = (headers: HeadersInit): Request => new Request('https://orders.example', { method: 'POST', headers })
type Handler = (request: Request) => Promise<Response>

/** What became of something: its value, or the message of its error. */
const outcome = async (run: () => unknown): Promise<unknown> => {
  try {
    return await run()
  } catch (error) {
    return String(error)
  }
}

describe('the page of recipes', () => {
  it('has one recipe for each heading, of at most 12 lines, after the file that they share', () => {
    expect(BLOCKS).toHaveLength(headings.length + 1)
    for (const { title, code } of BLOCKS.slice(1, -1)) {
      const lines = code.split('\n').filter((line) => line !== '' && !line.startsWith('// '))
      expect(lines.length, title).toBeLessThanOrEqual(12)
    }
  })
})

describe('the recipe of a Next route', () => {
  it('answers only to a good token, and throws without await', async () => {
    const { GET } = (await recipe('Next: a route')) as { readonly GET: Handler }
    const passed = await GET(get(cookie(good)))
    expect([passed.status, await passed.json()]).toEqual([200, { user: 'u1' }])
    for (const headers of [{}, cookie(forged)]) expect((await GET(get(headers))).status).toBe(401)
    expect((await GET(post(ELSEWHERE))).status).toBe(403)
    const forgotten = (await recipe('Next: a route', withoutAwait)) as { readonly GET: Handler }
    for (const headers of [{}, cookie(good)]) expect(await outcome(() => forgotten.GET(get(headers)))).toMatch(/^TypeError/)
  })
})

describe('the recipe of a Next proxy', () => {
  it('goes on only with a good token, and throws without await', async () => {
    const { proxy, config } = (await recipe('Next: a proxy')) as { readonly proxy: Handler; readonly config: object }
    expect(config).toEqual({ matcher: '/api/:path*' })
    expect((await proxy(get(cookie(good)))).headers.get('x-middleware-next')).toBe('1')
    for (const request of [get({}), get(cookie(forged)), post(ELSEWHERE)]) {
      const answer = await proxy(request)
      expect([401, 403]).toContain(answer.status)
      expect(answer.headers.get('x-middleware-next')).toBeNull()
    }
    const forgotten = (await recipe('Next: a proxy', withoutAwait)) as { readonly proxy: Handler }
    expect(await outcome(() => forgotten.proxy(get({})))).toMatch(/^TypeError/)
  })
})

describe('the recipe of a server action', () => {
  it('sets the cookie only with the right password', async () => {
    const { signIn } = (await recipe('Next: sign in by a server action')) as { readonly signIn: (form: FormData) => Promise<void> }
    const jar = new Map<string, readonly [string, object]>()
    const form = new FormData()
    form.set('password', 'wrong')
    await expect(current.run({ headers: new Headers(), jar }, () => signIn(form))).rejects.toThrow('wrong password')
    expect(jar.size).toBe(0)
    form.set('password', 'right')
    await current.run({ headers: new Headers(), jar }, () => signIn(form))
    const [token = '', attributes] = jar.get('jwt') ?? []
    expect(attributes).toEqual({ path: '/', httpOnly: true, secure: true, sameSite: 'lax', maxAge: 900 })
    const { GET } = (await recipe('Next: a route')) as { readonly GET: Handler }
    expect((await GET(get(cookie(token)))).status).toBe(200)
  })
})

describe('the recipe of a page that redirects', () => {
  it('shows the page only with a good token, also without await', async () => {
    for (const change of [undefined, withoutAwait]) {
      const page = (await recipe('Next: a page that redirects to sign-in', change)) as { readonly default: () => Promise<string> }
      const show = (headers: Readonly<Record<string, string>>): unknown =>
        outcome(() => current.run({ headers: new Headers(headers), jar: new Map() }, page.default))
      expect(await show(cookie(good))).toBe(change === undefined ? 'hello u1' : 'Error: NEXT_REDIRECT to /sign-in')
      expect(await show({})).toBe('Error: NEXT_REDIRECT to /sign-in')
      expect(await show(cookie(forged))).toBe('Error: NEXT_REDIRECT to /sign-in')
    }
  })
})

describe('the recipe of a SvelteKit hook', () => {
  it('resolves only with a good token, or at the sign-in, and throws without await', async () => {
    type Hook = (input: {
      readonly event: object
      readonly resolve: (event: { readonly locals: { readonly user?: string } }) => Response
    }) => Promise<Response>
    const ask = (handle: Hook, request: Request): Promise<Response> =>
      handle({ event: { request, url: new URL(request.url), locals: {} }, resolve: ({ locals }) => new Response(locals.user ?? 'nobody') })
    const { handle } = (await recipe('SvelteKit: a hook')) as { readonly handle: Hook }
    expect(await (await ask(handle, get(cookie(good)))).text()).toBe('u1')
    expect(await (await ask(handle, get({}, '/sign-in'))).text()).toBe('nobody')
    for (const request of [get({}), get({}, '/sign-in/x'), get(cookie(forged))]) expect((await ask(handle, request)).status).toBe(401)
    expect((await ask(handle, post(ELSEWHERE))).status).toBe(403)
    const forgotten = (await recipe('SvelteKit: a hook', withoutAwait)) as { readonly handle: Hook }
    expect(await outcome(() => ask(forgotten.handle, get({})))).toMatch(/^TypeError/)
  })
})

describe('the recipe of a tRPC context', () => {
  it('runs a procedure only with a good token, and says why not', async () => {
    interface Recipe {
      readonly createContext: (options: { readonly req: Request }) => Promise<object>
      readonly signedIn: {
        readonly query: (
          resolve: (options: { readonly ctx: { readonly jwt: { readonly claims: { readonly sub: string } } } }) => string,
        ) => (context: object) => string
      }
    }
    const { createContext, signedIn } = (await recipe('tRPC: a context')) as unknown as Recipe
    const procedure = signedIn.query(({ ctx }) => ctx.jwt.claims.sub)
    const call = async (request: Request): Promise<string> => procedure(await createContext({ req: request }))
    expect(await call(get(cookie(good)))).toBe('u1')
    await expect(call(get({}))).rejects.toMatchObject({ code: 'UNAUTHORIZED', message: 'missing_token' })
    await expect(call(get(cookie(forged)))).rejects.toMatchObject({ code: 'UNAUTHORIZED', message: 'invalid_token' })
    await expect(call(post(ELSEWHERE))).rejects.toMatchObject({ code: 'FORBIDDEN', message: 'cross_origin' })
  })
})

describe('the recipe of a GraphQL Yoga context', () => {
  it('makes a context only with a good token, and throws without await', async () => {
    type Context = (options: { readonly request: Request }) => Promise<unknown>
    const { context } = (await recipe('GraphQL Yoga: a context')) as { readonly context: Context }
    expect(await context({ request: get(cookie(good)) })).toEqual({ user: 'u1' })
    const http = { status: 401, headers: expect.objectContaining({ 'WWW-Authenticate': 'Bearer realm="jwt"' }) as unknown }
    await expect(context({ request: get({}) })).rejects.toMatchObject({ message: 'missing_token', extensions: { http } })
    await expect(context({ request: post(ELSEWHERE) })).rejects.toMatchObject({ extensions: { http: { status: 403 } } })
    const forgotten = (await recipe('GraphQL Yoga: a context', withoutAwait)) as { readonly context: Context }
    expect(await outcome(() => forgotten.context({ request: get({}) }))).toMatch(/^TypeError/)
  })
})

describe('the recipe of a socket.io middleware', () => {
  it('lets a connection in only with a good token, from its own origin', async () => {
    type Middleware = (socket: { readonly request: Partial<IncomingMessage> }, next: (error?: Error) => void) => void
    const { protect } = (await recipe('socket.io: a middleware')) as {
      readonly protect: (io: { readonly use: (middleware: Middleware) => void }) => void
    }
    const connect = (headers: object, rawHeaders: string[] = []): Promise<string> =>
      new Promise((resolve) => {
        const request = { method: 'GET', headers: headers as IncomingMessage['headers'], rawHeaders }
        protect({ use: (middleware) => middleware({ request }, (error) => resolve(error?.message ?? 'connected')) })
      })
    expect(await connect({ ...cookie(good), origin: 'https://orders.example' })).toBe('connected')
    expect(await connect({ authorization: `Bearer ${good}` })).toBe('connected')
    expect(await connect({})).toBe('missing_token')
    expect(await connect(cookie(forged))).toBe('invalid_token')
    expect(await connect(ELSEWHERE)).toBe('cross_origin')
    expect(await connect({ authorization: `Bearer ${good}` }, ['Authorization', 'a', 'authorization', 'b'])).toBe('missing_token')
    expect(await connect({ cookie: 5 })).toBe('header cookie must be a string')
  })
})
