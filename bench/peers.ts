/** The peers. Key, options and calls are those of each one's own guide, with a key that was prepared once. */
import { decode as tsndrDecode, sign as tsndrSign, verify as tsndrVerify } from '@tsndr/cloudflare-worker-jwt'
import { createDecoder, createSigner, createVerifier } from 'fast-jwt'
import { decode as honoDecode, sign as honoSign, verify as honoVerify } from 'hono/jwt'
import { decodeJwt, jwtVerify, SignJWT } from 'jose'
import jsonwebtoken from 'jsonwebtoken'
import { jwtDecode } from 'jwt-decode'
import { createSecretKey } from 'node:crypto'
import { decoder, signer, verifier, type Candidate } from './candidate.ts'
import { bareKey } from './floors.ts'
import { AUDIENCE, HEADER, ISSUER, LIFETIME, SECRET, type Claims } from './tokens.ts'

const keyObject = createSecretKey(Buffer.from(SECRET))
const payloadOf = (jwt: { readonly payload?: unknown } | undefined): unknown => jwt?.payload
/** Claims with times, for peers that have no option for a lifetime. */
const timed = (claims: Claims): Claims => {
  const iat = Math.floor(Date.now() / 1000)
  return { ...claims, iat, exp: iat + LIFETIME }
}
const NO_LIFETIME = 'takes no lifetime'

const joseOptions = () => ({ algorithms: ['HS256'], issuer: ISSUER, audience: AUDIENCE, requiredClaims: ['exp'] })
const honoOptions = () => ({ alg: 'HS256', iss: ISSUER, aud: AUDIENCE }) as const
const tsndrOptions = () => ({ algorithm: 'HS256', throwError: true }) as const
const classicOptions = () => ({ algorithms: ['HS256' as const], issuer: ISSUER, audience: AUDIENCE })
const fastOptions = { key: SECRET, algorithms: ['HS256' as const], allowedIss: ISSUER, allowedAud: AUDIENCE, requiredClaims: ['exp'] }
const fastSign = createSigner({ key: SECRET, algorithm: 'HS256', expiresIn: LIFETIME * 1000 })
const fastDecode = createDecoder()

/** fast-jwt, with its cache of this many tokens. */
export function fast(cache: number | false = false): Candidate<string> {
  const verify = createVerifier({ ...fastOptions, cache })
  return verifier(cache === false ? 'fast-jwt' : 'fast-jwt, cache', (token) => verify(token) as unknown)
}

export const verifiers = [
  verifier('jose', (token) => jwtVerify(token, bareKey, joseOptions()), payloadOf),
  verifier('hono/jwt', (token) => honoVerify(token, bareKey, honoOptions()), undefined, ['no exp']),
  verifier('tsndr', (token) => tsndrVerify(token, bareKey, tsndrOptions()), payloadOf, ['wrong audience', 'wrong issuer', 'no exp']),
]

export const syncVerifiers = [
  fast(),
  verifier('jsonwebtoken, KeyObject', (token) => jsonwebtoken.verify(token, keyObject, classicOptions()), undefined, ['no exp']),
  // it searches the string for a PEM key in every call
  verifier('jsonwebtoken, string', (token) => jsonwebtoken.verify(token, SECRET, classicOptions()), undefined, ['no exp']),
]

export const signers = [
  signer('jose', (claims) =>
    new SignJWT({ ...claims }).setProtectedHeader(HEADER).setIssuedAt().setExpirationTime(`${LIFETIME}s`).sign(bareKey),
  ),
  signer('hono/jwt', (claims) => honoSign(timed(claims), bareKey, 'HS256'), NO_LIFETIME),
  signer('tsndr', (claims) => tsndrSign(timed(claims), bareKey), NO_LIFETIME),
]

export const syncSigners = [
  signer('fast-jwt', (claims) => fastSign(claims)),
  signer('jsonwebtoken, KeyObject', (claims) => jsonwebtoken.sign(claims, keyObject, { algorithm: 'HS256', expiresIn: LIFETIME })),
  signer('jsonwebtoken, string', (claims) => jsonwebtoken.sign(claims, SECRET, { algorithm: 'HS256', expiresIn: LIFETIME })),
]

/** They differ more in what they check than in what they return. */
export const decoders = [
  decoder('jwt-decode', (token) => jwtDecode(token), undefined, 'payload alone'),
  decoder('jose', (token) => decodeJwt(token), undefined, 'payload alone'),
  decoder('jsonwebtoken', (token) => jsonwebtoken.decode(token) ?? refuse()),
  decoder('fast-jwt', (token) => fastDecode(token) as unknown),
  decoder('hono/jwt', (token) => honoDecode(token), payloadOf),
  decoder('tsndr', (token) => tsndrDecode(token), payloadOf),
]

function refuse(): never {
  throw new Error('jsonwebtoken returns null for a malformed token')
}
