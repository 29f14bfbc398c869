/** The synchronous peers, on Node's crypto, and those that read without a secret. */
import { decode as tsndrDecode } from '@tsndr/cloudflare-worker-jwt'
import { createDecoder, createSigner, createVerifier } from 'fast-jwt'
import { decode as honoDecode } from 'hono/jwt'
import { decodeJwt } from 'jose'
import jsonwebtoken from 'jsonwebtoken'
import { jwtDecode } from 'jwt-decode'
import jwtSimple from 'jwt-simple'
import { createSecretKey } from 'node:crypto'
import { decoder, signer, verifier, type Candidate } from './candidate.ts'
import { AUDIENCE, ISSUER, LIFETIME, SECRET } from './tokens.ts'

const keyObject = createSecretKey(Buffer.from(SECRET))
const same = (payload: unknown) => payload
const now = () => Math.floor(Date.now() / 1000)

const fastOptions = { key: SECRET, algorithms: ['HS256' as const], allowedIss: ISSUER, allowedAud: AUDIENCE, requiredClaims: ['exp'] }
const fastVerify = createVerifier(fastOptions)
const fastSign = createSigner({ key: SECRET, algorithm: 'HS256', expiresIn: LIFETIME * 1000 })
const fastDecode = createDecoder()

const classicOptions = () => ({ algorithms: ['HS256' as const], issuer: ISSUER, audience: AUDIENCE })
/** It searches the string for a PEM key in every call. */
const verifyString = verifier('jsonwebtoken, string', (token) => jsonwebtoken.verify(token, SECRET, classicOptions()), same, [
  'required exp',
])

export const verifiers = [
  verifier('fast-jwt', (token) => fastVerify(token) as unknown, same),
  verifier('jsonwebtoken, KeyObject', (token) => jsonwebtoken.verify(token, keyObject, classicOptions()), same, ['required exp']),
  verifyString,
  verifier('jwt-simple', (token) => jwtSimple.decode(token, SECRET, false, 'HS256') as unknown, same, [
    'issuer',
    'audience',
    'required exp',
  ]),
]

/** With its cache, of this many tokens. */
export function fastCached(tokens: number): Candidate<string> {
  const verify = createVerifier({ ...fastOptions, cache: tokens })
  return verifier('fast-jwt, cache', (token) => verify(token) as unknown, same)
}

export const signers = [
  signer('fast-jwt', (claims) => fastSign(claims)),
  signer('jsonwebtoken, KeyObject', (claims) => jsonwebtoken.sign(claims, keyObject, { algorithm: 'HS256', expiresIn: LIFETIME })),
  signer('jsonwebtoken, string', (claims) => jsonwebtoken.sign(claims, SECRET, { algorithm: 'HS256', expiresIn: LIFETIME })),
  signer(
    'jwt-simple',
    (claims) => jwtSimple.encode({ ...claims, iat: now(), exp: now() + LIFETIME }, SECRET, 'HS256'),
    'takes no lifetime',
  ),
]

/** They differ more in what they check than in what they return. */
export const decoders = [
  decoder('jwt-decode', (token) => jwtDecode(token), same, 'payload alone'),
  decoder('jose', (token) => decodeJwt(token), same, 'payload alone'),
  decoder('jsonwebtoken', (token) => jsonwebtoken.decode(token) ?? refuse(), same),
  decoder('fast-jwt', (token) => fastDecode(token) as unknown, same),
  decoder(
    'hono/jwt',
    (token) => honoDecode(token),
    ({ payload }) => payload,
  ),
  decoder(
    'tsndr',
    (token) => tsndrDecode(token),
    ({ payload }) => payload,
  ),
]

function refuse(): never {
  throw new Error('jsonwebtoken returns null for a malformed token')
}
