/** The compared libraries. Each verifies as its own guide shows, and accepts only HS256. */
import { createVerifier } from 'fast-jwt'
import { verify as honoVerify } from 'hono/jwt'
import { createKey, verify } from 'hs256'
import { jwtVerify } from 'jose'
import jsonwebtoken from 'jsonwebtoken'
import { readFileSync } from 'node:fs'

/** The columns, in their order. */
export const NAMES = ['hs256', 'jose', 'jsonwebtoken', 'fast-jwt', 'hono/jwt', 'jwt-decode'] as const
export type Name = (typeof NAMES)[number]

/** How each library that may have a feature uses it. A probe that throws, or returns a falsy value, has failed. */
export type Probes = Readonly<Partial<Record<Name, () => unknown>>>

type Verify = (token: string, secret: string) => unknown

/** How each library verifies a token with its secret. jwt-decode cannot verify. */
export const VERIFY: Readonly<Record<Exclude<Name, 'jwt-decode'>, Verify>> = {
  hs256: (token, secret) => verify(token, createKey(secret)),
  jose: (token, secret) => jwtVerify(token, new TextEncoder().encode(secret), { algorithms: ['HS256'] }),
  jsonwebtoken: (token, secret) => jsonwebtoken.verify(token, secret, { algorithms: ['HS256'] }),
  'fast-jwt': (token, secret) => createVerifier({ key: secret, algorithms: ['HS256'] })(token) as unknown,
  'hono/jwt': (token, secret) => honoVerify(token, secret, 'HS256'),
}

interface Manifest {
  readonly version: string
  readonly types?: string
  readonly exports?: unknown
  readonly dependencies?: Readonly<Record<string, string>>
}

/** The package.json of a library. */
export function manifestOf(name: Name): Manifest {
  const path = name === 'hs256' ? '../../package.json' : `../../node_modules/${name.replace('/jwt', '')}/package.json`
  return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as Manifest
}
