/** The peers that return promises, on Web Crypto. Key, options and calls are those of each one's own guide. */
import { sign as tsndrSign, verify as tsndrVerify } from '@tsndr/cloudflare-worker-jwt'
import { sign as honoSign, verify as honoVerify } from 'hono/jwt'
import { jwtVerify, SignJWT } from 'jose'
import { webcrypto } from 'node:crypto'
import { signer, verifier } from './candidate.ts'
import { importBare } from './floors.ts'
import { AUDIENCE, ISSUER, LIFETIME } from './tokens.ts'

const key: webcrypto.CryptoKey = await importBare()

const joseOptions = () => ({ algorithms: ['HS256'], issuer: ISSUER, audience: AUDIENCE, requiredClaims: ['exp'] })
const honoOptions = () => ({ alg: 'HS256', iss: ISSUER, aud: AUDIENCE }) as const
const tsndrOptions = () => ({ algorithm: 'HS256', throwError: true }) as const

const now = () => Math.floor(Date.now() / 1000)

/** With a key that was prepared once. */
export const verifiers = [
  verifier(
    'jose',
    (token) => jwtVerify(token, key, joseOptions()),
    ({ payload }) => payload,
  ),
  verifier(
    'hono/jwt',
    (token) => honoVerify(token, key, honoOptions()),
    (payload) => payload,
    ['required exp'],
  ),
  verifier(
    'tsndr',
    (token) => tsndrVerify(token, key, tsndrOptions()),
    (jwt) => jwt?.payload,
    ['issuer', 'audience', 'required exp'],
  ),
]

/** These have no option for a lifetime, so the claims have `iat` and `exp`. */
export const signers = [
  signer('jose', (claims) => {
    const jwt = new SignJWT({ ...claims }).setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    return jwt.setIssuedAt().setExpirationTime(`${LIFETIME}s`).sign(key)
  }),
  signer('hono/jwt', (claims) => honoSign({ ...claims, iat: now(), exp: now() + LIFETIME }, key, 'HS256'), 'takes no lifetime'),
  signer('tsndr', (claims) => tsndrSign({ ...claims, iat: now(), exp: now() + LIFETIME }, key), 'takes no lifetime'),
]
