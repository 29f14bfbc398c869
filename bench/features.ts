/** What each library can do, determined by running it. A library without a probe lacks the feature. */
import { sign as tsndrSign } from '@tsndr/cloudflare-worker-jwt'
import { decode as tsndrDecode } from '@tsndr/cloudflare-worker-jwt'
import { createDecoder, createSigner, createVerifier } from 'fast-jwt'
import { Hono } from 'hono'
import { csrf } from 'hono/csrf'
import { decode as honoDecode, jwt as honoJwt, sign as honoSign, verifyWithJwks } from 'hono/jwt'
import { createLocalJWKSet, decodeJwt, EncryptJWT, exportJWK, jwtVerify, SignJWT } from 'jose'
import jsonwebtoken from 'jsonwebtoken'
import { jwtDecode } from 'jwt-decode'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { authenticate } from '../dist/http.js'
import { createKey, createVerifier as createOwnVerifier, decodeUnverified, sign, verify } from '../dist/index.js'
import { signSync, verifySync } from '../dist/sync.js'
import { PEERS } from './corpus-peers.ts'

/** The columns, in their order. */
export const NAMES = ['hs256', 'jose', 'jsonwebtoken', 'fast-jwt', 'hono/jwt', 'tsndr', 'jwt-decode'] as const
export type Name = (typeof NAMES)[number]

/** How each library that may have a feature uses it. A probe that throws, or does not return true, has failed. */
type Probes = Readonly<Partial<Record<Name, () => unknown>>>

const SECRET = 'a secret that is long enough to sign with'
const OTHER = 'another secret that is long enough as well'
const bytes = new TextEncoder().encode(SECRET)
const key = createKey(SECRET)
const HS256 = { algorithms: ['HS256' as const] }
const CLAIMS = { sub: 'u1', exp: 4_000_000_000 }
const token = await sign(CLAIMS, key)
const expired = await sign({ sub: 'u1', exp: 1_700_000_000 }, key)
const expiredForgery = await sign({ sub: 'u1', exp: 1_700_000_000 }, createKey(OTHER))
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' })
const es256 = await new SignJWT(CLAIMS).setProtectedHeader({ alg: 'ES256', kid: 'k1' }).sign(privateKey)
const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256' }] }
const later = (): Date => new Date(CLAIMS.exp * 1000)
const peer = (name: string) => PEERS.find((one) => one.name === name)!

/** Whether claims, or what holds them, are those of the token. */
const isRead = (result: unknown): boolean => {
  const { sub, claims, payload } = Object(result) as Readonly<Record<string, { readonly sub?: unknown } | undefined>>
  return [sub, claims?.sub, payload?.sub].includes('u1')
}
const reads = (run: () => unknown) => async () => isRead(await run())
const refuses = (run: () => unknown) => async () => (await (async () => run())().then(() => false, () => true)) // prettier-ignore
/** The same probe for each of these libraries. */
const each = (names: readonly Name[], probe: (name: Name) => () => unknown): Probes =>
  Object.fromEntries(names.map((name) => [name, probe(name)]))
const VERIFIERS = NAMES.slice(0, -1)

/** Whether an expired forgery is reported as a forgery. */
const tellsForgery = (name: Name) => async () => {
  const error = await (async () => peer(name).verify(expiredForgery, SECRET, {}))().catch(String)
  return typeof error === 'string' && !/expired/i.test(error)
}

type Guard = (headers: Readonly<Record<string, string>>, method?: string) => Promise<number>
const guard: Guard = async (headers, method = 'GET') => (await authenticate({ method, headers }, key)).response?.status ?? 200
/** The status of a Hono app that takes the token from a cookie or a header. */
const honoGuard = (...middleware: Parameters<Hono['use']>[1][]): Guard => {
  const app = new Hono()
  for (const one of [...middleware, honoJwt({ secret: SECRET, alg: 'HS256', cookie: 'jwt' })]) app.use('*', one)
  app.all('/', (context) => context.text('in'))
  return async (headers, method = 'GET') => (await app.request('https://orders.example/', { method, headers })).status
}
const COOKIE = { cookie: `jwt=${token}` }
const BEARER = { authorization: `Bearer ${token}` }
const CROSS = { ...COOKIE, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site', 'content-type': 'text/plain' }
/** Whether a guard lets each of these requests in. */
const admits =
  (own: Guard, ...requests: readonly Readonly<Record<string, string>>[]) =>
  async () => {
    const statuses = await Promise.all(requests.map((headers) => own(headers)))
    return statuses.every((status) => status === 200)
  }
const STALE = [{ ...BEARER, cookie: `jwt=${expired}` }, { ...COOKIE, authorization: `Bearer ${expired}` }] // prettier-ignore

/** For each feature, a probe for each library that may have it. */
export const FEATURES: Readonly<Record<string, Probes>> = {
  'signs and verifies HS256': each(VERIFIERS, (name) =>
    reads(async () => peer(name).verify((await peer(name).sign(CLAIMS, SECRET)) as string, SECRET, {})),
  ),
  'other algorithms: RS256, ES256, EdDSA': {
    jose: () => es256 !== '',
    jsonwebtoken: () => jsonwebtoken.sign(CLAIMS, privateKey, { algorithm: 'ES256' }) !== '',
    'fast-jwt': () => createSigner({ key: pem, algorithm: 'ES256' })(CLAIMS) !== '',
    'hono/jwt': async () => (await honoSign(CLAIMS, (await exportJWK(privateKey)) as never, 'ES256')) !== '',
    tsndr: async () => (await tsndrSign(CLAIMS, (await exportJWK(privateKey)) as never, { algorithm: 'ES256' })) !== '',
  },
  'encrypted tokens (JWE)': {
    jose: async () => (await new EncryptJWT(CLAIMS).setProtectedHeader({ alg: 'dir', enc: 'A256GCM' }).encrypt(randomBytes(32))) !== '',
  },
  'keys from a JWK Set': {
    jose: reads(() => jwtVerify(es256, createLocalJWKSet(jwks))),
    'hono/jwt': reads(() => verifyWithJwks(es256, { keys: jwks.keys as never, allowedAlgorithms: ['ES256'] })),
  },
  'keys found by a function': {
    hs256: reads(() => verify(token, () => key)),
    jose: reads(() => jwtVerify(token, () => bytes)),
    jsonwebtoken: reads(
      () => new Promise((resolve) => jsonwebtoken.verify(token, (_header, found) => found(null, SECRET), HS256, (_error, claims) => resolve(claims))), // prettier-ignore
    ),
    'fast-jwt': reads(() => createVerifier({ key: async () => SECRET, ...HS256 })(token)),
  },
  'a list of secrets, for rotation': {
    hs256: reads(() => verify(token, [createKey(OTHER), key])),
    ...each(VERIFIERS.slice(1), (name) => reads(() => peer(name).verify(token, [OTHER, SECRET] as never, {}))),
  },
  'without promises': {
    hs256: () => isRead(verifySync(signSync(CLAIMS, key), key)),
    jsonwebtoken: () => isRead(jsonwebtoken.verify(token, SECRET, HS256)),
    'fast-jwt': () => isRead(createVerifier({ key: SECRET, ...HS256 })(token)),
  },
  'remembers verified tokens': {
    hs256: reads(() => createOwnVerifier(key, { remember: 100_000 })(token)),
    'fast-jwt': reads(() => createVerifier({ key: SECRET, cache: true, ...HS256 })(token)),
  },
  'claims typed by a schema': {
    hs256: refuses(() => verify(token, key, { schema: { '~standard': { version: 1, vendor: 'none', validate: () => ({ issues: [] }) } } })),
  },
  'a custom clock for verifying': {
    hs256: refuses(() => verify(token, key, { now: later })),
    jose: refuses(() => jwtVerify(token, bytes, { currentDate: later() })),
    jsonwebtoken: refuses(() => jsonwebtoken.verify(token, SECRET, { ...HS256, clockTimestamp: CLAIMS.exp })),
    'fast-jwt': refuses(() => createVerifier({ key: SECRET, ...HS256, clockTimestamp: CLAIMS.exp * 1000 + 1 })(token) as unknown),
  },
  'reports an expired forgery as a forgery': each(VERIFIERS, tellsForgery),
  'reads without the secret': {
    hs256: reads(() => decodeUnverified(token)),
    jose: reads(() => decodeJwt(token)),
    jsonwebtoken: reads(() => jsonwebtoken.decode(token)),
    'fast-jwt': reads(() => createDecoder()(token) as unknown),
    'hono/jwt': reads(() => honoDecode(token)),
    tsndr: reads(() => tsndrDecode(token)),
    'jwt-decode': reads(() => jwtDecode(token)),
  },
  'a guard for HTTP: cookie or header': { hs256: admits(guard, COOKIE, BEARER), 'hono/jwt': admits(honoGuard(), COOKIE, BEARER) },
  'accepts a good token next to a stale one': { hs256: admits(guard, ...STALE), 'hono/jwt': admits(honoGuard(), ...STALE) },
  'rejects cross-origin use of the cookie': {
    hs256: async () => (await guard(CROSS, 'POST')) === 403,
    'hono/jwt': async () => (await honoGuard(csrf())(CROSS, 'POST')) === 403,
  },
}
