/** What each library can do, determined by running it. A library without a probe lacks the feature. */
import { createDecoder, createSigner, createVerifier } from 'fast-jwt'
import { decode as honoDecode, sign as honoSign, verifyWithJwks } from 'hono/jwt'
import { createKey, decodeUnverified, sign, verify } from 'hs256'
import { signSync, verifySync } from 'hs256/sync'
import { createLocalJWKSet, decodeJwt, EncryptJWT, exportJWK, jwtVerify, SignJWT, type JWTPayload } from 'jose'
import jsonwebtoken from 'jsonwebtoken'
import { jwtDecode } from 'jwt-decode'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { GUARDS } from './guards.ts'
import { VERIFY, type Probes } from './peers.ts'

const SECRET = 'a secret that is long enough to sign with'
const OTHER = 'another secret that is long enough as well'
const bytes = new TextEncoder().encode(SECRET)
const key = createKey(SECRET)
const HS256 = { algorithms: ['HS256'] as ['HS256'] }
const CLAIMS = { sub: 'u1', exp: 4_000_000_000 }
const token = await sign(CLAIMS, key)
const expired = await sign({ sub: 'u1', exp: 1_700_000_000 }, createKey(OTHER))
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' })
const es256 = await new SignJWT(CLAIMS).setProtectedHeader({ alg: 'ES256', kid: 'k1' }).sign(privateKey)
const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256' }] }
const later = (): Date => new Date(CLAIMS.exp * 1000)

const is = (value: unknown, wanted: unknown = 'u1'): boolean => value === wanted

async function refuses(run: () => unknown): Promise<boolean> {
  try {
    await run()
    return false
  } catch {
    return true
  }
}

/** Whether an expired forgery is reported as a forgery. */
const tellsForgery = (name: keyof typeof VERIFY) => async (): Promise<boolean> => {
  try {
    await VERIFY[name](expired, SECRET)
    return false
  } catch (error) {
    return !/expired/i.test(String(error))
  }
}

/** For each feature, a probe for each library that may have it. */
export const FEATURES: Readonly<Record<string, Probes>> = {
  'signs and verifies HS256': {
    hs256: async () => (await verify(await sign(CLAIMS, key), key)).claims.sub === 'u1',
    jose: async () =>
      (await jwtVerify(await new SignJWT(CLAIMS).setProtectedHeader({ alg: 'HS256' }).sign(bytes), bytes)).payload.sub === 'u1',
    jsonwebtoken: () => is(jsonwebtoken.verify(jsonwebtoken.sign(CLAIMS, SECRET), SECRET, HS256).sub),
    'fast-jwt': () => is(createVerifier({ key: SECRET, ...HS256 })(createSigner({ key: SECRET })(CLAIMS)).sub),
    'hono/jwt': async () => is(((await VERIFY['hono/jwt'](await honoSign(CLAIMS, SECRET), SECRET)) as JWTPayload).sub),
  },
  'other algorithms: RS256, ES256, EdDSA': {
    jose: () => es256,
    jsonwebtoken: () => jsonwebtoken.sign(CLAIMS, privateKey, { algorithm: 'ES256' }),
    'fast-jwt': () => createSigner({ key: pem, algorithm: 'ES256' })(CLAIMS),
    'hono/jwt': async () => honoSign(CLAIMS, (await exportJWK(privateKey)) as never, 'ES256'),
  },
  'encrypted tokens (JWE)': {
    jose: () => new EncryptJWT(CLAIMS).setProtectedHeader({ alg: 'dir', enc: 'A256GCM' }).encrypt(randomBytes(32)),
  },
  'keys from a JWK Set': {
    jose: async () => is((await jwtVerify(es256, createLocalJWKSet(jwks))).payload.sub),
    'hono/jwt': async () =>
      is(((await verifyWithJwks(es256, { keys: jwks.keys as never, allowedAlgorithms: ['ES256'] })) as JWTPayload).sub),
  },
  'keys found by a function': {
    hs256: async () => is((await verify(token, () => key)).claims.sub),
    jose: async () => is((await jwtVerify(token, () => bytes)).payload.sub),
    jsonwebtoken: () =>
      new Promise((resolve) =>
        jsonwebtoken.verify(
          token,
          (_header, found) => found(null, SECRET),
          HS256,
          (_error, claims) => resolve(claims),
        ),
      ),
    'fast-jwt': async () => is((await createVerifier({ key: async () => SECRET, ...HS256 })(token)).sub),
  },
  'a list of secrets, for rotation': {
    hs256: async () => is((await verify(token, [createKey(OTHER), key])).claims.sub),
    jose: () => jwtVerify(token, [new TextEncoder().encode(OTHER), bytes] as never),
    jsonwebtoken: () => jsonwebtoken.verify(token, [OTHER, SECRET] as never, HS256),
    'fast-jwt': () => createVerifier({ key: [OTHER, SECRET] as never, ...HS256 })(token),
    'hono/jwt': () => VERIFY['hono/jwt'](token, [OTHER, SECRET] as never),
  },
  'without promises': {
    hs256: () => is(verifySync(signSync(CLAIMS, key), key).claims.sub),
    jsonwebtoken: () => is(jsonwebtoken.verify(token, SECRET, HS256).sub),
    'fast-jwt': () => is((createVerifier({ key: SECRET, ...HS256 })(token) as JWTPayload).sub),
  },
  'a cache of verified tokens': {
    'fast-jwt': () => is((createVerifier({ key: SECRET, cache: true, ...HS256 })(token) as JWTPayload).sub),
  },
  'claims typed by a schema': {
    hs256: () => refuses(() => verify(token, key, { schema: z.object({ role: z.string() }) })),
  },
  'a custom clock for verifying': {
    hs256: () => refuses(() => verify(token, key, { now: later })),
    jose: () => refuses(() => jwtVerify(token, bytes, { currentDate: later() })),
    jsonwebtoken: () => refuses(() => jsonwebtoken.verify(token, SECRET, { ...HS256, clockTimestamp: CLAIMS.exp })),
    'fast-jwt': () => refuses(() => createVerifier({ key: SECRET, ...HS256, clockTimestamp: CLAIMS.exp * 1000 + 1 })(token)),
  },
  'reports an expired forgery as a forgery': {
    hs256: tellsForgery('hs256'),
    jose: tellsForgery('jose'),
    jsonwebtoken: tellsForgery('jsonwebtoken'),
    'fast-jwt': tellsForgery('fast-jwt'),
    'hono/jwt': tellsForgery('hono/jwt'),
  },
  'reads without the secret': {
    hs256: () => is(decodeUnverified(token).claims.sub),
    jose: () => is(decodeJwt(token).sub),
    jsonwebtoken: () => is(jsonwebtoken.decode(token)?.sub),
    'fast-jwt': () => is((createDecoder()(token) as JWTPayload).sub),
    'hono/jwt': () => is(honoDecode(token).payload['sub']),
    'jwt-decode': () => is(jwtDecode(token).sub),
  },
  ...GUARDS,
}
