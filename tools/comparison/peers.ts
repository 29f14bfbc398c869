/** The libraries that are compared, each asked to verify as its own guide shows, for HS256 alone. */
import { createVerifier } from 'fast-jwt'
import { verify as honoVerify } from 'hono/jwt'
import { createKey, verify } from 'hs256'
import { jwtVerify } from 'jose'
import jsonwebtoken from 'jsonwebtoken'
import { readFileSync } from 'node:fs'

/** The columns, in their order. */
export const NAMES = ['hs256', 'jose', 'jsonwebtoken', 'fast-jwt', 'hono/jwt', 'jwt-decode'] as const
export type Name = (typeof NAMES)[number]

/** For each library that might do something: its way to do it, which gives what is not true, or throws, where it cannot. */
export type Probes = Readonly<Partial<Record<Name, () => unknown>>>

/** What a verifier is told to expect. A member that is `undefined` is an environment variable that is not set. */
export interface Expected {
  readonly issuer?: string | undefined
}

type Verify = (token: string, secret: string, expected: Expected) => unknown

/** Each verifies a token with its secret, or throws; the one that only reads has no place here. */
export const VERIFY: Readonly<Record<Exclude<Name, 'jwt-decode'>, Verify>> = {
  hs256: (token, secret, expected) => verify(token, createKey(secret), expected as object),
  jose: (token, secret, expected) => jwtVerify(token, new TextEncoder().encode(secret), { algorithms: ['HS256'], ...(expected as object) }),
  jsonwebtoken: (token, secret, expected) => jsonwebtoken.verify(token, secret, { algorithms: ['HS256'], ...(expected as object) }),
  'fast-jwt': (token, secret, expected) => {
    const options = 'issuer' in expected ? { allowedIss: expected.issuer as string } : {}
    return createVerifier({ key: secret, algorithms: ['HS256'], ...options })(token)
  },
  'hono/jwt': (token, secret, expected) =>
    honoVerify(token, secret, { alg: 'HS256', ...('issuer' in expected && { iss: expected.issuer as string }) }),
}

interface Manifest {
  readonly version: string
  readonly types?: string
  readonly exports?: unknown
  readonly dependencies?: Readonly<Record<string, string>>
}

/** What the package of a library says of itself. */
export function manifestOf(name: Name): Manifest {
  const path = name === 'hs256' ? '../../package.json' : `../../node_modules/${name.replace('/jwt', '')}/package.json`
  return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as Manifest
}
