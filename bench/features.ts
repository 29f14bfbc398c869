/** What each library can do, determined by running it. A library without a probe lacks the feature. */
import { decode as tsndrDecode, sign as tsndrSign } from '@tsndr/cloudflare-worker-jwt'
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

/** How each library that may have a feature uses it. The probe must return claims of the token, or a new token, or true. */
type Probes = Readonly<Partial<Record<Name, () => unknown>>>

const SECRET = 'a secret that is long enough to sign with'
const OTHER = 'another secret that is long enough as well'
const bytes = new TextEncoder().encode(SECRET)
const key = createKey(SECRET)
const HS256 = { algorithms: ['HS256' as const] }
const CLAIMS = { sub: 'u1', exp: 4_000_000_000 }
const PAST = { sub: 'u1', exp: 1_700_000_000 }
const token = await sign(CLAIMS, key)
const expired = await sign(PAST, key)
const expiredForgery = await sign(PAST, createKey(OTHER))
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const privateJwk = (await exportJWK(privateKey)) as never
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' })
const es256 = await new SignJWT(CLAIMS).setProtectedHeader({ alg: 'ES256', kid: 'k1' }).sign(privateKey)
const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256' }] }
const later = (): Date => new Date(CLAIMS.exp * 1000)

/** Whether a probe shows its feature. */
export async function shows(probe: (() => unknown) | undefined): Promise<boolean> {
  const result = await (async () => probe?.())().catch(() => undefined)
  const { sub, claims, payload } = Object(result) as Readonly<Record<string, { readonly sub?: unknown } | undefined>>
  return result === true || [sub, claims?.sub, payload?.sub].includes('u1') || /^eyJ[\w.-]+$/.test(String(result))
}

/** The same probe for each library of the corpus. */
const each = (probe: (peer: (typeof PEERS)[number]) => unknown): Probes =>
  Object.fromEntries(PEERS.map((peer) => [peer.name, () => probe(peer)]))
/** Whether a call fails, with a message that has this form. */
const fails =
  (run: () => unknown, message = /./) =>
  async () =>
    message.test(await (async () => run())().then(() => '', String))

type Guard = (headers: Readonly<Record<string, string>>, method?: string) => Promise<number>
const guard: Guard = async (headers, method = 'GET') => (await authenticate({ method, headers }, key)).response?.status ?? 200
/** The status of a Hono app that takes the token from a cookie or a header. */
const honoGuard: Guard = async (headers, method = 'GET') => {
  const app = new Hono().use('*', csrf()).use('*', honoJwt({ secret: SECRET, alg: 'HS256', cookie: 'jwt' }))
  app.all('/', (context) => context.text('in'))
  return (await app.request('https://orders.example/', { method, headers })).status
}
const COOKIE = { cookie: `jwt=${token}` }
const BEARER = { authorization: `Bearer ${token}` }
const CROSS = { ...COOKIE, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site', 'content-type': 'text/plain' }
const STALE = [{ ...BEARER, cookie: `jwt=${expired}` }, { ...COOKIE, authorization: `Bearer ${expired}` }] // prettier-ignore
/** The same probe for each library with a guard. */
const eachGuard = (probe: (own: Guard) => unknown): Probes => ({ hs256: () => probe(guard), 'hono/jwt': () => probe(honoGuard) })
const admits = (own: Guard, requests: readonly Readonly<Record<string, string>>[]) =>
  Promise.all(requests.map((headers) => own(headers))).then((statuses) => statuses.every((status) => status === 200))

/** For each feature, a probe for each library that may have it. */
export const FEATURES: Readonly<Record<string, Probes>> = {
  'signs and verifies HS256': each(async (peer) => peer.verify((await peer.sign(CLAIMS as never, SECRET)) as string, SECRET as never, {})),
  'other algorithms: RS256, ES256, EdDSA': {
    jose: () => es256,
    jsonwebtoken: () => jsonwebtoken.sign(CLAIMS, privateKey, { algorithm: 'ES256' }),
    'fast-jwt': () => createSigner({ key: pem, algorithm: 'ES256' })(CLAIMS),
    'hono/jwt': () => honoSign(CLAIMS, privateJwk, 'ES256'),
    tsndr: () => tsndrSign(CLAIMS, privateJwk, { algorithm: 'ES256' }),
  },
  'encrypted tokens (JWE)': {
    jose: () => new EncryptJWT(CLAIMS).setProtectedHeader({ alg: 'dir', enc: 'A256GCM' }).encrypt(randomBytes(32)),
  },
  'keys from a JWK Set': {
    jose: () => jwtVerify(es256, createLocalJWKSet(jwks)),
    'hono/jwt': () => verifyWithJwks(es256, { keys: jwks.keys as never, allowedAlgorithms: ['ES256'] }),
  },
  'keys found by a function': {
    hs256: () => verify(token, () => key),
    jose: () => jwtVerify(token, () => bytes),
    jsonwebtoken: () => new Promise((resolve) => jsonwebtoken.verify(token, (_, found) => found(null, SECRET), HS256, (__, claims) => resolve(claims))), // prettier-ignore
    'fast-jwt': () => createVerifier({ key: async () => SECRET, ...HS256 })(token),
  },
  'a list of secrets, for rotation': {
    ...each((peer) => peer.verify(token, [OTHER, SECRET] as never, {})),
    hs256: () => verify(token, [createKey(OTHER), key]),
  },
  'without promises': {
    hs256: () => verifySync(signSync(CLAIMS, key), key).claims.sub === 'u1',
    jsonwebtoken: () => jsonwebtoken.verify(token, SECRET, HS256).sub === 'u1',
    'fast-jwt': () => (createVerifier({ key: SECRET, ...HS256 })(token) as typeof CLAIMS).sub === 'u1',
  },
  'remembers verified tokens': {
    hs256: () => createOwnVerifier(key, { remember: 100_000 })(token),
    'fast-jwt': () => createVerifier({ key: SECRET, cache: true, ...HS256 })(token) as unknown,
  },
  'claims typed by a schema': {
    hs256: fails(() => verify(token, key, { schema: { '~standard': { version: 1, vendor: 'none', validate: () => ({ issues: [] }) } } })),
  },
  'a custom clock for verifying': {
    hs256: fails(() => verify(token, key, { now: later })),
    jose: fails(() => jwtVerify(token, bytes, { currentDate: later() })),
    jsonwebtoken: fails(() => jsonwebtoken.verify(token, SECRET, { ...HS256, clockTimestamp: CLAIMS.exp })),
    'fast-jwt': fails(() => createVerifier({ key: SECRET, ...HS256, clockTimestamp: CLAIMS.exp * 1000 + 1 })(token) as unknown),
  },
  'reports an expired forgery as a forgery': each((peer) =>
    fails(() => peer.verify(expiredForgery, SECRET as never, {}), /^(?!.*expired)./is)(),
  ),
  'reads without the secret': {
    hs256: () => decodeUnverified(token),
    jose: () => decodeJwt(token),
    jsonwebtoken: () => jsonwebtoken.decode(token),
    'fast-jwt': () => createDecoder()(token) as unknown,
    'hono/jwt': () => honoDecode(token),
    tsndr: () => tsndrDecode(token),
    'jwt-decode': () => jwtDecode(token),
  },
  'a guard for HTTP: cookie or header': eachGuard((own) => admits(own, [COOKIE, BEARER])),
  'accepts a good token next to a stale one': eachGuard((own) => admits(own, STALE)),
  'rejects cross-origin use of the cookie': eachGuard(async (own) => (await own(CROSS, 'POST')) === 403),
}
