/** This library, from the built package. `hs256/sync` is left out if it is not built. */
import { existsSync } from 'node:fs'
import { createKey, decodeUnverified, sign, verify, type JwtKeys } from '../dist/index.js'
import { decoder, signer, verifier } from './candidate.ts'
import { AUDIENCE, ISSUER, LIFETIME, SECRET, type Claims } from './tokens.ts'

/** The functions of `hs256/sync`. */
interface SyncDoor {
  readonly signSync: (claims: Claims, keys: JwtKeys, options: object) => string
  readonly verifySync: (token: string, keys: JwtKeys, options: object) => { readonly claims: unknown }
}

const SYNC = new URL('../dist/sync.js', import.meta.url)
const sync = existsSync(SYNC) ? ((await import(SYNC.href)) as SyncDoor) : undefined

const key = createKey(SECRET)

/** The `kid` of the last key of {@link ring}. */
export const KID = 'key-15'
/** The secret behind fifteen others, each with a `kid`, as in a service that rotates secrets. */
const ring = Array.from({ length: 16 }, (_, i) => createKey(i === 15 ? SECRET : `${SECRET} ${i}`, { kid: `key-${i}` }))

/** `hs256`: promises, on Web Crypto. */
export const door = {
  verify: verifier(
    'hs256',
    (token) => verify(token, key, { issuer: ISSUER, audience: AUDIENCE }),
    (jwt) => jwt.claims,
  ),
  verifySecret: verifier(
    'hs256, createKey',
    (token) => verify(token, createKey(SECRET), { issuer: ISSUER, audience: AUDIENCE }),
    (jwt) => jwt.claims,
  ),
  verifyRing: verifier(
    'hs256, 16 keys',
    (token) => verify(token, ring, { issuer: ISSUER, audience: AUDIENCE }),
    (jwt) => jwt.claims,
  ),
  sign: signer('hs256', (claims) => sign(claims, key, { expiresIn: LIFETIME })),
  decode: decoder('hs256', decodeUnverified, (jwt) => jwt.claims),
}

/** `hs256/sync`, or `undefined` if it is not built. */
export const syncDoor = sync && {
  verify: verifier(
    'hs256/sync',
    (token) => sync.verifySync(token, key, { issuer: ISSUER, audience: AUDIENCE }),
    (jwt) => jwt.claims,
  ),
  verifySecret: verifier(
    'hs256/sync, createKey',
    (token) => sync.verifySync(token, createKey(SECRET), { issuer: ISSUER, audience: AUDIENCE }),
    (jwt) => jwt.claims,
  ),
  verifyRing: verifier(
    'hs256/sync, 16 keys',
    (token) => sync.verifySync(token, ring, { issuer: ISSUER, audience: AUDIENCE }),
    (jwt) => jwt.claims,
  ),
  sign: signer('hs256/sync', (claims) => sync.signSync(claims, key, { expiresIn: LIFETIME })),
}

/** `verify` for tokens of any length, to measure how cost grows. */
export const verifyLong = (token: string): Promise<unknown> =>
  verify(token, key, { issuer: ISSUER, audience: AUDIENCE, maxLength: 2 ** 24 })
