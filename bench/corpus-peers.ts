/** How each compared library verifies a token and signs claims, as its own guide shows. */
import { sign as tsndrSign, verify as tsndrVerify } from '@tsndr/cloudflare-worker-jwt'
import { createSigner, createVerifier } from 'fast-jwt'
import { sign as honoSign, verify as honoVerify } from 'hono/jwt'
import { jwtVerify, SignJWT } from 'jose'
import jsonwebtoken from 'jsonwebtoken'
import { createKey, sign, verify } from '../dist/index.js'

/** What is expected of a token, by the option names of hs256. The clock is that of the process. */
export interface Expected {
  readonly issuer?: string
  readonly audience?: string | readonly string[]
  readonly subject?: string
  readonly clockTolerance?: number
}

export interface Peer {
  readonly name: string
  /** The expectations for which it lacks an option; it does not get such cases. */
  readonly lacks: readonly (keyof Expected)[]
  /** Whether it accepts bytes as a secret. */
  readonly bytes: boolean
  /** Throws if it rejects the token. */
  readonly verify: (token: string, secret: string | Uint8Array, expected: Expected) => unknown
  /** Throws if it rejects the claims. The token lives for an hour unless the claims have an `exp`. */
  readonly sign: (claims: object, secret: string) => unknown
}

const HS256 = { algorithms: ['HS256' as const] }
const bytesOf = (secret: string | Uint8Array): Uint8Array => (typeof secret === 'string' ? new TextEncoder().encode(secret) : secret)
const bufferOf = (secret: string | Uint8Array): string | Buffer => (typeof secret === 'string' ? secret : Buffer.from(secret))
/** Options without those that are `undefined`. */
const given = (options: object): object => Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
/** The lifetime as an option, unless the claims have an `exp`. */
const lifetime = (claims: unknown, expiresIn: unknown): object => (Object.hasOwn(Object(claims) as object, 'exp') ? {} : { expiresIn })
/** Adds an `exp`. A value that is not an object stays as it is, so that the peer gets it. */
const inAnHour = (claims: object): never =>
  (Object(claims) === claims && !Array.isArray(claims) ? { exp: Math.floor(Date.now() / 1000) + 3600, ...claims } : claims) as never

export const PEERS: readonly Peer[] = [
  {
    name: 'hs256',
    lacks: [],
    bytes: true,
    verify: (token, secret, expected) => verify(token, createKey(secret), expected),
    sign: (claims, secret) => sign(claims, createKey(secret), lifetime(claims, '1h') as { readonly expiresIn: '1h' }),
  },
  {
    name: 'jose',
    lacks: [],
    bytes: true,
    verify: (token, secret, { issuer, audience, subject, clockTolerance }) =>
      jwtVerify(token, bytesOf(secret), { ...HS256, ...given({ issuer, audience, subject, clockTolerance }) }),
    sign: (claims, secret) => {
      const jwt = new SignJWT(claims as Record<string, unknown>).setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      return ('expiresIn' in lifetime(claims, '1h') ? jwt.setExpirationTime('1h') : jwt).sign(bytesOf(secret))
    },
  },
  {
    name: 'jsonwebtoken',
    lacks: [],
    bytes: true,
    verify: (token, secret, { issuer, audience, subject, clockTolerance }) =>
      jsonwebtoken.verify(token, bufferOf(secret), { ...HS256, ...given({ issuer, audience, subject, clockTolerance }) }),
    sign: (claims, secret) => jsonwebtoken.sign(claims, secret, { algorithm: 'HS256', ...lifetime(claims, '1h') }),
  },
  {
    name: 'fast-jwt',
    lacks: [],
    bytes: true,
    verify: (token, secret, { issuer, audience, subject, clockTolerance = 0 }) => {
      const expected = given({ allowedIss: issuer, allowedAud: audience, allowedSub: subject })
      return createVerifier({ key: bufferOf(secret), ...HS256, clockTolerance: clockTolerance * 1000, ...expected })(token) as unknown
    },
    sign: (claims, secret) => createSigner({ key: secret, algorithm: 'HS256', ...lifetime(claims, 3_600_000) })(claims as never),
  },
  {
    name: 'hono/jwt',
    lacks: ['subject', 'clockTolerance'],
    bytes: false,
    verify: (token, secret, { issuer, audience }) =>
      honoVerify(token, secret as string, { alg: 'HS256', ...given({ iss: issuer, aud: audience }) }),
    sign: (claims, secret) => honoSign(inAnHour(claims), secret, 'HS256'),
  },
  {
    name: 'tsndr',
    lacks: ['issuer', 'audience', 'subject'],
    bytes: false,
    verify: (token, secret, { clockTolerance }) =>
      tsndrVerify(token, secret as string, { algorithm: 'HS256', throwError: true, ...given({ clockTolerance }) }),
    sign: (claims, secret) => tsndrSign(inAnHour(claims), secret),
  },
]
