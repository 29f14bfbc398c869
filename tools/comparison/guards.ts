/** Features of the libraries with an HTTP guard. */
import { Hono } from 'hono'
import { csrf } from 'hono/csrf'
import { jwt as honoJwt } from 'hono/jwt'
import { createKey, sign } from 'hs256'
import { authenticate } from 'hs256/http'
import type { Probes } from './peers.ts'

const SECRET = 'a secret that is long enough to sign with'
const key = createKey(SECRET)
const token = await sign({ sub: 'u1', exp: 4_000_000_000 }, key)
const expired = await sign({ sub: 'u1', exp: 1_700_000_000 }, key)

/** A Hono app that takes the token from a cookie or a header. */
function honoGuard(...middleware: Parameters<Hono['use']>[1][]): (headers: object, method?: string) => Promise<Response> {
  const app = new Hono()
  for (const each of [...middleware, honoJwt({ secret: SECRET, alg: 'HS256', cookie: 'jwt' })]) app.use('*', each)
  app.all('/', (context) => context.text('in'))
  return async (headers, method = 'GET') => app.request('https://orders.example/', { method, headers: { ...headers } })
}

const guard = (headers: Readonly<Record<string, string>>, method = 'GET') => authenticate({ method, headers }, key)
const COOKIE = { cookie: `jwt=${token}` }
const BEARER = { authorization: `Bearer ${token}` }
const STALE_COOKIE = { cookie: `jwt=${expired}` }
const STALE_BEARER = { authorization: `Bearer ${expired}` }
const CROSS = { ...COOKIE, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site', 'content-type': 'text/plain' }

/** For each feature, a probe for each library that may have it. */
export const GUARDS: Readonly<Record<string, Probes>> = {
  'a guard for HTTP: cookie or header': {
    hs256: async () => (await guard(COOKIE)).source === 'cookie' && (await guard(BEARER)).source === 'bearer',
    'hono/jwt': async () => (await honoGuard()(COOKIE)).ok && (await honoGuard()(BEARER)).ok,
  },
  'accepts a good token next to a stale one': {
    hs256: async () => {
      const answers = [await guard({ ...BEARER, ...STALE_COOKIE }), await guard({ ...COOKIE, ...STALE_BEARER })]
      return answers.every(({ jwt }) => jwt !== undefined)
    },
    'hono/jwt': async () => {
      const answers = [await honoGuard()({ ...BEARER, ...STALE_COOKIE }), await honoGuard()({ ...COOKIE, ...STALE_BEARER })]
      return answers.every(({ ok }) => ok)
    },
  },
  'rejects cross-origin use of the cookie': {
    hs256: async () => (await guard(CROSS, 'POST')).response?.status === 403,
    'hono/jwt': async () => (await honoGuard(csrf())(CROSS, 'POST')).status === 403,
  },
}
