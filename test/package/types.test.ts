/** The packed package in the compilers of its users: each TypeScript × how it resolves modules × with and without the DOM, every library checked. */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CONSUMERS, project } from './project.ts'
import { run } from './run.ts'

/** Uses all doors with their types; it shows that none is `any`, or its last lines were no errors. */
const CONSUMER = `
import { createKey, decodeUnverified, JwtError, JwtExpiredError, secondsLeft, sign, verify } from 'hs256'
import type { JwtKey, JwtKeys, SignOptions, StandardSchema, UnverifiedJwt, VerifiedJwt, VerifyOptions } from 'hs256'
import { authenticate, readTokens, tokenCookie, unauthorized, type Authentication, type HttpResponse } from 'hs256/http'
import type { AuthenticateOptions, HttpRequest } from 'hs256/http'
import { signSync, verifySync } from 'hs256/sync'

interface User {
  readonly sub: string
  readonly role: 'admin' | 'user'
}
const user: User = { sub: 'u1', role: 'admin' }
const signing: SignOptions = { notBefore: 5, type: 'at+jwt' }
const verifying: VerifyOptions = { issuer: 'https://auth.example', audience: ['orders'], now: () => new Date() }
interface Output {
  readonly input: unknown
  readonly output: User
}
const validate = (value: unknown) => ({ value: value as User })
const schema = { '~standard': { version: 1, vendor: 'mine', types: undefined as Output | undefined, validate } } as const

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
  return error instanceof JwtExpiredError ? String(error.expiredAt?.getTime()) : error.code
}

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

const COMPILERS = ['ts50', 'ts54', 'ts59', 'ts60', 'ts70'] as const
const MODULES = [
  { moduleResolution: 'node16', module: 'node16', files: ['consumer.mts', 'consumer.cts'], compilers: COMPILERS },
  { moduleResolution: 'bundler', module: 'esnext', files: ['consumer.ts'], compilers: COMPILERS },
  { moduleResolution: 'node10', module: 'esnext', files: ['consumer.ts'], compilers: ['ts50', 'ts54', 'ts59'] },
] as const
const LIBS = { 'without the DOM': ['ES2022'], 'with the DOM': ['ES2022', 'DOM'] }

const CASES = MODULES.flatMap(({ compilers, ...settings }) =>
  compilers.flatMap((compiler) => Object.entries(LIBS).map(([dom, lib]) => ({ compiler, dom, lib, ...settings }))),
)

const compile = (compiler: string, folder: string): string =>
  run([process.execPath, join(CONSUMERS, compiler, 'bin/tsc'), '-p', '.'], folder)

describe('the types', () => {
  it.each(CASES)('compile with $compiler, $moduleResolution, $dom', ({ compiler, module, moduleResolution, files, lib }) => {
    const options = { module, moduleResolution, lib, types: [], target: 'es2022', strict: true, skipLibCheck: false, noEmit: true }
    const config = JSON.stringify({ compilerOptions: { ...options, exactOptionalPropertyTypes: true }, files })
    const folder = project({ ...Object.fromEntries(files.map((file) => [file, CONSUMER])), 'tsconfig.json': config })
    expect(compile(compiler, folder)).toBe('')
  })

  it.each(COMPILERS)('are checked by %s, which sees a mistake', (compiler) => {
    const files = { 'tsconfig.json': '{ "compilerOptions": { "strict": true, "module": "node16", "noEmit": true }, "files": ["a.mts"] }' }
    const folder = project({ ...files, 'a.mts': "import { sign } from 'hs256'\nexport const n: number = sign\n" })
    expect(() => compile(compiler, folder)).toThrow('is not assignable to type')
  })
})
