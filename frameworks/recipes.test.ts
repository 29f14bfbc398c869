/** The recipes of docs/recipes.md on the real frameworks: what each answers to requests that may pass, and to those that may not. */
import { join } from 'node:path'
import { NextRequest } from 'next/server'
import { io } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { typeErrors } from '../test/support/docs-modules.ts'
import { bearer, cookie, expired, forged, from, good, SECRET, site, type Answer, type RawHeaders } from '../test/support/requests.ts'
import { isElsewhere, isExpired, isForged, isMissing, passesNothing, preflight } from '../test/support/requests.ts'
import { closeAll, sendTo } from '../test/support/wire.ts'
import { CACHE, forgottenOf, MOUNTS, PLACES, RECIPES, startKit, startNext, writeApps, type Recipe } from './recipes.ts'

const PATHS = writeApps()
const FORGOTTEN = ', without await'
const urls: Record<string, string> = {}
const load = async (place: string): Promise<Recipe> => (await import(join(CACHE, place))) as Recipe

beforeAll(async () => {
  vi.stubEnv('JWT_SECRET', SECRET)
  vi.spyOn(console, 'error').mockReturnValue()
  const [next, kit] = await Promise.all([startNext(), startKit()])
  for (const [heading, place] of Object.entries(PLACES)) {
    const mount = MOUNTS[heading] ?? (() => Promise.resolve(heading.startsWith('Next') ? next : kit))
    urls[heading] = await mount(await load(place[0]))
    urls[heading + FORGOTTEN] = await mount(await load(forgottenOf(place)))
  }
}, 300_000)
afterAll(async () => {
  vi.unstubAllEnvs()
  await closeAll()
})

const inCookie = cookie(`jwt=${good}`)
const fromElsewhere = [...inCookie, ...site('cross-site'), ...from('https://evil.example')]
const fromHere = [...inCookie, ...site('same-origin'), ...from('http://orders.example')]
const ada = { status: 200, body: '{"user":"ada"}' }

/** The requests, and how a recipe answers. */
const REQUESTS: Readonly<Record<string, readonly [method: string, headers: RawHeaders, answer: object]>> = {
  'no token': ['GET', [], isMissing],
  'an expired token': ['GET', cookie(`jwt=${expired}`), isExpired],
  'a forged token': ['GET', bearer(forged), isForged],
  'a good cookie': ['GET', inCookie, ada],
  'a good header': ['GET', bearer(good), ada],
  'a repeated header': ['GET', [...bearer(good), ...bearer(good)], isMissing],
  'a cookie from another origin': ['POST', fromElsewhere, isElsewhere],
  'a cookie from its own page': ['POST', fromHere, ada],
  'a preflight': ['OPTIONS', preflight, passesNothing],
}

/** Where a recipe is, and in what its answers differ. */
interface Expected {
  readonly get?: string
  readonly post?: string
  readonly passed?: object
  readonly denied?: (answer: Answer, reason: string) => object
  readonly others?: Readonly<Record<string, object>>
}

/** These frameworks make their Headers of Node's \`headers\`, which has only the first of a repeated header. */
const HIDDEN = { 'a repeated header': ada }
const EXPECTED: Readonly<Record<string, Expected>> = {
  'Next: a route': { others: HIDDEN },
  'Next: a proxy': {
    get: '/api',
    post: '/api',
    passed: { status: 200, body: '{"user":"behind the proxy"}' },
    others: { 'a repeated header': { status: 200 } },
  },
  'Next: a page that redirects to sign-in': {
    get: '/account',
    post: '/account',
    passed: { status: 200, body: expect.stringContaining('hello ada') as unknown },
    denied: () => ({ status: 307, location: '/sign-in' }),
    // A page only shows something, so the method does not matter.
    others: { 'a repeated header': { status: 200 }, 'a cookie from another origin': { status: 200 }, 'a preflight': { status: 400 } },
  },
  'SvelteKit: a hook': { others: HIDDEN },
  'React Router: a middleware': {},
  'Nuxt 4: a handler': {},
  'h3 2 and Nitro 3: a handler': {},
  'tRPC: a context': {
    post: '/cancel',
    passed: { status: 200, body: '{"result":{"data":{"user":"ada"}}}' },
    denied: ({ status }, reason) => ({ status, body: expect.stringContaining(`"message":"${reason}"`) as unknown }),
    others: { 'a preflight': { status: 415 } },
  },
  'GraphQL Yoga: a context': {
    get: '/graphql?query={user}',
    post: '/graphql',
    passed: { status: 200, body: '{"data":{"user":"ada"}}' },
    denied: (answer, reason) => ({ ...answer, body: JSON.stringify({ errors: [{ message: reason }] }) }),
    others: { 'a repeated header': { status: 200 } },
  },
  'Azure Functions: a handler': {},
}

/** Sends a request as REQUESTS has it. */
async function ask(
  url: string | undefined,
  method: string,
  headers: RawHeaders,
  { get = '/orders', post = '/orders' }: Expected,
): Promise<Answer> {
  if (method !== 'POST') return sendTo(`${url}${get}`, method, headers)
  return sendTo(`${url}${post}`, method, [...headers, 'Content-Type', 'application/json'], '{"query":"{ user }"}')
}

describe.each(Object.entries(EXPECTED))('the recipe %s', (heading, expected) => {
  const { passed = ada, denied = (answer: Answer) => answer, others = {} } = expected

  it.each(Object.entries(REQUESTS))('answers %s', async (name, [method, headers, usual]) => {
    const isDenied = usual !== ada && usual !== passesNothing
    const { error = '' } = isDenied ? (JSON.parse((usual as Answer).body) as { readonly error: string }) : {}
    const answer = others[name] ?? (usual === ada ? passed : isDenied ? denied(usual as Answer, error) : usual)
    expect(await ask(urls[heading], method, headers, expected)).toMatchObject(answer)
  })
})

describe('a recipe in which await is forgotten', () => {
  it.each([
    ['Next: a route', 500, '/forgotten'],
    ['Next: a page that redirects to sign-in', 307, '/forgotten-account'],
    ['React Router: a middleware', 500],
    ['Nuxt 4: a handler', 500],
    ['h3 2 and Nitro 3: a handler', 500],
    ['GraphQL Yoga: a context', 500, '/graphql?query={user}'],
    ['Azure Functions: a handler', 500],
  ])('(%s) lets nobody in: %i', async (heading, status, path = '/orders') => {
    for (const headers of [[], inCookie])
      expect(await sendTo(`${urls[heading + FORGOTTEN]}${path}`, 'GET', headers)).toMatchObject({ status })
  })

  it('(Next: a proxy; SvelteKit: a hook) throws', async () => {
    const request = new NextRequest('https://orders.example')
    const { proxy } = await load(forgottenOf(PLACES['Next: a proxy']!))
    await expect(proxy(request)).rejects.toThrow(TypeError)
    const { handle } = await load(forgottenOf(PLACES['SvelteKit: a hook']!))
    await expect(handle({ event: { request, url: request.nextUrl, locals: {} }, resolve: () => expect.unreachable() })).rejects.toThrow(
      TypeError,
    )
  })
})

/** Sends the form of a page of Next, as a browser without JavaScript does. */
async function submit(path: string, password: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const url = `${urls['Next: a server action']}${path}`
  const page = await (await fetch(url)).text()
  const form = new FormData()
  for (const [, name = ''] of page.matchAll(/<input type="hidden" name="([^"]+)"/g)) form.set(name, '')
  form.set('password', password)
  return fetch(url, { method: 'POST', body: form, redirect: 'manual', headers })
}

describe('the recipes of server actions', () => {
  it('sign in only with the right password', async () => {
    const wrong = await submit('/sign-in', 'wrong')
    expect([wrong.status, wrong.headers.get('set-cookie')]).toEqual([500, null])
    const right = await submit('/sign-in', 'right')
    const [sent = '', ...attributes] = right.headers.get('set-cookie')?.split('; ') ?? []
    expect(attributes.filter((text) => !text.startsWith('Expires='))).toEqual([
      'Path=/',
      'Max-Age=900',
      'Secure',
      'HttpOnly',
      'SameSite=lax',
    ])
    expect(await sendTo(`${urls['Next: a route']}/orders`, 'GET', cookie(sent))).toMatchObject(ada)
  })

  it.each([
    ['no token', {}, '/sign-in'],
    ['an expired token', { cookie: `jwt=${expired}` }, '/sign-in'],
    ['a forged token', { authorization: `Bearer ${forged}` }, '/sign-in'],
    ['a good cookie from another site', { cookie: `jwt=${good}`, 'sec-fetch-site': 'cross-site' }, '/sign-in'],
    ['a good cookie from its own page', { cookie: `jwt=${good}`, 'sec-fetch-site': 'same-origin' }, '/cancelled-by-ada'],
    ['a good header', { authorization: `Bearer ${good}` }, '/cancelled-by-ada'],
  ])('cancel an order, or not, with %s', async (_what, headers, location) => {
    const response = await submit('/cancel', '', headers)
    expect([response.status, new URL(response.headers.get('location') ?? '', 'http://orders.example').pathname]).toEqual([303, location])
  })
})

describe('the recipes of server actions in which await is forgotten', () => {
  it.each(['right', 'wrong'])('sign nobody in, by the %s password', async (password) => {
    const { status, headers } = await submit('/forgotten-sign-in', password)
    expect([status, headers.get('set-cookie')]).toEqual([500, null])
  })

  it.each([[{}], [{ authorization: `Bearer ${forged}` }], [{ authorization: `Bearer ${good}` }]])(
    'cancel no order: %o',
    async (headers) => {
      const response = await submit('/forgotten-cancel', '', headers)
      expect([response.status, new URL(response.headers.get('location') ?? '', 'http://orders.example').pathname]).toEqual([
        303,
        '/sign-in',
      ])
    },
  )
})

describe('the recipe of a socket.io middleware', () => {
  it.each<[string, Record<string, string>, string]>([
    ['no token', {}, 'missing_token'],
    ['an expired token', { cookie: `jwt=${expired}` }, 'token_expired'],
    ['a forged token', { authorization: `Bearer ${forged}` }, 'invalid_token'],
    ['a cookie from another origin', { cookie: `jwt=${good}`, origin: 'https://evil.example' }, 'cross_origin'],
    ['a good cookie', { cookie: `jwt=${good}` }, 'connected'],
    ['a good header', { authorization: `Bearer ${good}` }, 'connected'],
  ])('answers %s, by polling and by WebSocket', async (_what, extraHeaders, answer) => {
    for (const transport of ['polling', 'websocket']) {
      const client = io(urls['socket.io: a middleware'] ?? '', {
        transports: [transport],
        extraHeaders,
        forceNew: true,
        reconnection: false,
      })
      const outcome = new Promise((resolve) => {
        client.on('connect', () => resolve('connected'))
        client.on('connect_error', ({ message }) => resolve(message))
      })
      expect(await outcome, transport).toBe(answer)
      client.close()
    }
  })
})

describe('a framework that checks the origin of forms itself', () => {
  const form = ['Content-Type', 'application/x-www-form-urlencoded']

  it('(SvelteKit) denies a form from elsewhere, and runs the action of a form of its own, which sets the cookie', async () => {
    const url = `${urls['SvelteKit: a hook']}/sign-in`
    const denied = await sendTo(url, 'POST', [...form, ...from('https://evil.example')])
    expect(denied).toMatchObject({ status: 403, body: 'Cross-site POST form submissions are forbidden' })
    const { headers } = await fetch(url, { method: 'POST', body: new URLSearchParams(), headers: { origin: 'http://orders.example' } })
    expect(
      await sendTo(`${urls['SvelteKit: a hook']}/orders`, 'GET', cookie(headers.get('set-cookie')?.split(';')[0] ?? '')),
    ).toMatchObject(ada)
  })

  it('(Next) runs no action of a form from elsewhere', async () => {
    const response = await submit('/cancel', '', { authorization: `Bearer ${good}`, origin: 'https://evil.example' })
    expect([response.status, response.headers.get('location')]).toEqual([500, null])
  })

  it('(React Router) denies a form from elsewhere', async () => {
    const url = `${urls['React Router: a middleware']}/page`
    expect(await sendTo(url, 'POST', [...form, ...bearer(good), ...from('https://evil.example')])).toMatchObject({
      status: 400,
      body: 'Bad Request',
    })
  })
})

describe('the page of recipes', () => {
  it('has only recipes that run here, of at most 12 lines each', () => {
    expect([...RECIPES.keys()]).toEqual([...Object.keys(PLACES), 'Test your own handlers'])
    expect(
      [...Object.keys(EXPECTED), 'Next: sign in by a server action', 'Next: a server action', 'socket.io: a middleware'].sort(),
    ).toEqual(Object.keys(PLACES).sort())
    for (const heading of Object.keys(PLACES)) {
      const lines =
        RECIPES.get(heading)
          ?.split('\n')
          .filter((line) => line !== '' && !line.startsWith('// ')) ?? []
      expect(lines.length, heading).toBeLessThanOrEqual(12)
    }
  })

  it('compiles with the types of the frameworks', () => {
    expect(typeErrors([...PATHS, join(CACHE, 'kit/src/app.d.ts')], 'frameworks/tsconfig.json')).toEqual([])
  }, 120_000)
})
