/** The packed package in the compilers of its users: each TypeScript × how it resolves modules × with and without the DOM, every library checked. */
import { describe, expect, it } from 'vitest'
import { compile, consumers } from './project.ts'

/** Uses all doors with their types; it shows that none is `any`, or its last lines were no errors. */
const CONSUMER = `
import { createKey, createVerifier, decodeUnverified, secondsLeft, sign, verify } from 'hs256'
import { JwtClaimError, JwtError, JwtExpiredError, JwtKeyNotFoundError } from 'hs256'
import type { ClaimsOf, Duration, JwtKey, JwtKeys, NoExp, Signable, SignOptions } from 'hs256'
import type { StandardSchema, UnverifiedJwt, VerifiedJwt, Verifier, VerifyOptions } from 'hs256'
import { authenticate, readTokens, tokenCookie, unauthorized } from 'hs256/http'
import type { Authentication, AuthenticateOptions, HttpRequest, HttpResponse } from 'hs256/http'
import { signSync, verifySync } from 'hs256/sync'

interface User {
  readonly sub: string
  readonly role: 'admin' | 'user'
}
const user: User = { sub: 'u1', role: 'admin' }
const signing: SignOptions = { notBefore: 5, type: 'at+jwt' }
const verifying: VerifyOptions = { issuer: 'https://auth.example', audience: ['orders'], now: () => new Date() }
const types = undefined as { readonly input: unknown; readonly output: User } | undefined
const validate = (value: unknown) => ({ value: value as User })
const schema = { '~standard': { version: 1, vendor: 'mine', types, validate } } as const

export async function use(secret: string | undefined): Promise<'admin' | 'user'> {
  const key: JwtKey = createKey(secret, { kid: 'a' })
  const keys: JwtKeys = [key, createKey(new Uint8Array(32)), createKey({ kty: 'oct', k: 'A'.repeat(43) })]
  const token: string = await sign(user, keys, { expiresIn: '1h', ...signing })
  const verified: VerifiedJwt = await verify(token, (header) => (header.kid === 'a' ? key : undefined), verifying)
  const unverified: UnverifiedJwt = decodeUnverified(token)
  const seconds: number = secondsLeft(unverified) + secondsLeft(verified)
  const result: Authentication<object> = await authenticate({ method: 'GET', headers: { cookie: tokenCookie(token) } }, keys)
  const answer: HttpResponse = unauthorized(undefined, { realm: String(seconds) })
  if (result.status === 'denied') throw new Error(result.response.body + answer.body + readTokens({}).length)
  const { claims } = verifySync(signSync(user, key, { expiresIn: 60 }), key, { schema })
  return claims.role
}

export async function roleOf(request: HttpRequest, key: JwtKey): Promise<'admin' | 'user' | undefined> {
  const result = await authenticate(request, key, { verify: { schema }, isRevoked: ({ claims }) => claims.role === 'user' })
  return result.status === 'authenticated' ? result.jwt.claims.role : undefined
}

/** Hands options on, as an adapter does. */
export async function guard<Schema extends StandardSchema = StandardSchema>(request: HttpRequest, options: AuthenticateOptions<Schema, false>) {
  return authenticate<Schema, false>(request, createKey('s'), options)
}

export function explain(error: unknown): string {
  if (!(error instanceof JwtError)) throw error
  if (error instanceof JwtKeyNotFoundError) return String(error.kid())
  if (error instanceof JwtClaimError && error.issues() !== undefined) return String(error.claims()?.sub)
  return error instanceof JwtExpiredError ? String(error.expiredAt?.getTime()) : error.code
}
export const asClass: { readonly name: string; new (message?: string): InstanceType<typeof JwtError> } = JwtError

/** Wraps verify and sign, as a service does. */
export function check<Schema extends StandardSchema>(token: string, key: JwtKey, schema: Schema) {
  return verify(token, key, { issuer: 'https://auth.example', schema })
}
export async function claimsOf<Schema extends StandardSchema>(token: string, key: JwtKey, schema: Schema): Promise<ClaimsOf<Schema>> {
  return (await verify(token, key, { schema, allowMistyped: ['sub'] })).claims
}
export function makeCheck<Schema extends StandardSchema>(key: JwtKey, schema: Schema): Verifier<ClaimsOf<Schema>> {
  return createVerifier(key, { schema })
}
export function issue<Claims extends object>(claims: Signable<Claims> & NoExp, lifetime: string | undefined): Promise<string> {
  return sign(claims, createKey('s'), { expiresIn: lifetime as Duration })
}
export const issued: Promise<string> = issue(user, '1h')
export async function rename(token: string, key: JwtKey): Promise<'admin' | 'user'> {
  const { claims } = await verify(token, key)
  claims.sub = 'u2'
  claims.tenant = 't1'
  return (await check(token, key, schema)).claims.role
}

/** What a Temporal.Instant is to the types, as far as it matters here. */
declare const instant: { readonly epochMilliseconds: number; readonly [Symbol.toStringTag]: 'Temporal.Instant'; toJSON(): string }
export const dated = sign({ exp: instant, nbf: new Date() }, createKey('s'), { now: () => instant })

// @ts-expect-error there is no schema that gets the claim
export const lenient = verify('', createKey('s'), { allowMistyped: ['sub'] })
// @ts-expect-error sub is a string
export const numeric = issue({ sub: 5 }, '1h')

// @ts-expect-error the type is not any: sub is a string or undefined
export const subject: number = decodeUnverified('').claims.sub
// @ts-expect-error expiresIn is required
export const immortal = sign(user, createKey('s'))
// @ts-expect-error there is no such option
export const another = tokenCookie('', { secret: true })
// @ts-expect-error the type of a schema, and no schema
export const unchecked = guard<typeof schema>({ method: 'GET', headers: {} }, {})
// @ts-expect-error a result is no promise
export const pending: Promise<unknown> = signSync(user, createKey('s'), { expiresIn: 60 })
`

/** A CommonJS module of a service, which takes and gives what the library makes. */
const COMMON_JS = `
import { createKey, decodeUnverified, verify, type JwtClaims, type JwtKey, type UnverifiedJwt, type VerifiedJwt, type VerifyOptions } from 'hs256'
import { verifySync } from 'hs256/sync'

export const key: JwtKey = createKey('s')
export const unverified: UnverifiedJwt = decodeUnverified('')
export const verified: Promise<VerifiedJwt<JwtClaims>> = verify('', key)
export const verifiedAtOnce: VerifiedJwt = verifySync('', key)
export const options: VerifyOptions = { issuer: 'a' }
export function trust(jwt: VerifiedJwt): string | undefined { return jwt.claims.sub }
export function show(jwt: UnverifiedJwt): string | undefined { return jwt.claims.sub }
export function useKey(key: JwtKey): void {}
`

/** An ES module of the same service. */
const ES_MODULE = `
import { decodeUnverified, verify, type JwtClaims, type JwtKey, type UnverifiedJwt, type VerifiedJwt } from 'hs256'
import { authenticate } from 'hs256/http'
import { verifySync } from 'hs256/sync'
import * as theirs from './service.cjs'

declare const key: JwtKey
export const verified: Promise<VerifiedJwt<JwtClaims>> = theirs.verified
export const verifiedAtOnce: VerifiedJwt = theirs.verifiedAtOnce
export const unverified: UnverifiedJwt = theirs.unverified
export const theirKey: JwtKey = theirs.key
export const subject: string | undefined = theirs.trust(verifySync('', key)) ?? theirs.show(decodeUnverified(''))
export const again = verify('', theirs.key, theirs.options).then(theirs.trust)
theirs.useKey(key)
authenticate({ method: 'GET', headers: {} }, theirs.key).then((result) => result.status === 'authenticated' && theirs.trust(result.jwt))

// @ts-expect-error what was not verified stays so in the other format
export const mixed: VerifiedJwt = theirs.unverified
// @ts-expect-error what was not verified stays so in the other format
theirs.trust(decodeUnverified(''))
// @ts-expect-error what was verified is not the other kind
theirs.show(verifiedAtOnce)
// @ts-expect-error a look-alike is no key
theirs.useKey({ kid: 'a' })
`

const COMPILERS = ['ts50', 'ts54', 'ts59', 'ts60', 'ts70']
const RESOLUTIONS = { node16: COMPILERS, bundler: COMPILERS, node10: ['ts50', 'ts54', 'ts59'] }

describe.each(Object.entries(RESOLUTIONS))('the types, resolved as by %s,', (moduleResolution, compilers) => {
  it.each(compilers)('compile with %s, with and without the DOM', (compiler) => {
    const module = moduleResolution === 'node16' ? 'node16' : 'esnext'
    const options = { module, moduleResolution, skipLibCheck: false, exactOptionalPropertyTypes: true }
    for (const lib of [['ES2022'], ['ES2022', 'DOM']])
      expect(compile(compiler, consumers(moduleResolution, CONSUMER), { ...options, lib })).toBe('')
  })
})

it.each(COMPILERS)('the types of the CommonJS build fit those of the ESM build, and back: %s', (compiler) => {
  expect(compile(compiler, { 'service.cts': COMMON_JS, 'app.mts': ES_MODULE }, { skipLibCheck: false })).toBe('')
})

it.each(['ts60', 'ts70'])('the types take a real Temporal.Instant: %s', (compiler) => {
  const code = `
    import { createKey, sign, verify } from 'hs256'
    const key = createKey('s')
    void sign({ exp: Temporal.Now.instant().add({ hours: 1 }) }, key)
    void verify('', key, { now: () => Temporal.Now.instant() })
    // @ts-expect-error not an instant
    void sign({ exp: Temporal.Now.plainDateISO() }, key)
  `
  expect(compile(compiler, { 'a.mts': code }, { lib: ['ES2022', 'ESNext.Temporal'] })).toBe('')
})
