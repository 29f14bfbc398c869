/** How each compared library verifies a token and signs claims, as its own guide shows. */
import { sign as tsndrSign, verify as tsndrVerify } from '@tsndr/cloudflare-worker-jwt'
import { createSigner, createVerifier } from 'fast-jwt'
import { sign as honoSign, verify as honoVerify } from 'hono/jwt'
import { jwtVerify, SignJWT } from 'jose'
import jsonwebtoken from 'jsonwebtoken'
import { createKey, sign, verify } from '../dist/index.js'

/** What is expected of a token, by the option names of hs256. The clock is that of the process. */
export type Expected = Readonly<{ issuer?: string; audience?: string | readonly string[]; subject?: string; clockTolerance?: number }>

export interface Peer {
  readonly name: string
  /** Throws if it rejects the token. Only some libraries accept bytes as a secret. */
  readonly verify: (token: string, secret: never, expected: Expected) => unknown
  /** Throws if it rejects the claims. The token lives for an hour unless the claims have an `exp`. */
  readonly sign: (claims: never, secret: string) => unknown
  /** The expectations for which it lacks an option, and bytes as a secret; it does not get such cases. */
  readonly lacks?: readonly (keyof Expected | 'bytes')[]
}

type Secret = string | Uint8Array
const HS256 = { algorithms: ['HS256' as const] }
const bytesOf = (secret: Secret): Uint8Array => (typeof secret === 'string' ? new TextEncoder().encode(secret) : secret)
const bufferOf = (secret: Secret): string | Buffer => (typeof secret === 'string' ? secret : Buffer.from(secret))
/** Options without those that are `undefined`. */
const given = (options: object): object => Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
const hasExp = (claims: unknown): boolean => Object.hasOwn(Object(claims) as object, 'exp')
/** Adds an `exp`. A value that is not an object stays as it is, so that the peer gets it. */
const inAnHour = (claims: object): never =>
  (Object(claims) === claims && !Array.isArray(claims) ? { exp: Math.floor(Date.now() / 1000) + 3600, ...claims } : claims) as never

export const PEERS: readonly Peer[] = [
  {
    name: 'hs256',
    verify: (token, secret: Secret, expected) => verify(token, createKey(secret), expected),
    sign: (claims: object, secret) => sign(claims, createKey(secret), (hasExp(claims) ? {} : { expiresIn: '1h' }) as { expiresIn: '1h' }),
  },
  {
    name: 'jose',
    verify: (token, secret, { issuer, audience, subject, clockTolerance }) =>
      jwtVerify(token, bytesOf(secret), { ...HS256, ...given({ issuer, audience, subject, clockTolerance }) }),
    sign: (claims, secret) => {
      const jwt = new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      return (hasExp(claims) ? jwt : jwt.setExpirationTime('1h')).sign(bytesOf(secret))
    },
  },
  {
    name: 'jsonwebtoken',
    verify: (token, secret, { issuer, audience, subject, clockTolerance }) =>
      jsonwebtoken.verify(token, bufferOf(secret), { ...HS256, ...given({ issuer, audience, subject, clockTolerance }) }),
    sign: (claims, secret) => jsonwebtoken.sign(claims, secret, { algorithm: 'HS256', ...(!hasExp(claims) && { expiresIn: '1h' }) }),
  },
  {
    name: 'fast-jwt',
    verify: (token, secret, { issuer, audience, subject, clockTolerance = 0 }) => {
      const expected = given({ allowedIss: issuer, allowedAud: audience, allowedSub: subject })
      return createVerifier({ key: bufferOf(secret), ...HS256, clockTolerance: clockTolerance * 1000, ...expected })(token) as unknown
    },
    sign: (claims, key) => createSigner({ key, algorithm: 'HS256', ...(!hasExp(claims) && { expiresIn: 3_600_000 }) })(claims),
  },
  {
    name: 'hono/jwt',
    verify: (token, secret, { issuer, audience }) => honoVerify(token, secret, { alg: 'HS256', ...given({ iss: issuer, aud: audience }) }),
    sign: (claims, secret) => honoSign(inAnHour(claims), secret, 'HS256'),
    lacks: ['subject', 'clockTolerance', 'bytes'],
  },
  {
    name: 'tsndr',
    verify: (token, secret, { clockTolerance }) =>
      tsndrVerify(token, secret, { algorithm: 'HS256', throwError: true, ...given({ clockTolerance }) }),
    sign: (claims, secret) => tsndrSign(inAnHour(claims), secret),
    lacks: ['issuer', 'audience', 'subject', 'bytes'],
  },
]
