/** What compiles and what does not: every line of a table, in every call that it is put into. types.test-d.ts has the types. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { ROOT } from './support/docs-pages.ts'

const PRELUDE = `
import { createSecretKey } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Http2ServerRequest } from 'node:http2'
import { createKey, createSigner, createVerifier, decodeUnverified, JwtError, secondsLeft, sign, verify } from 'hs256'
import type { Duration, JwtKey, NoExp, OwnExp, Signable, StandardSchema, UnverifiedJwt, VerifiedJwt, VerifyOptions } from 'hs256'
import { authenticate, challenge, clearTokenCookie, createGuard, forbidden, isCrossOrigin } from 'hs256/http'
import { readTokens, tokenCookie, tokenCookieParts, unauthorized, type AuthenticateOptions } from 'hs256/http'
import { createSignerSync, createVerifierSync, signSync, verifySync } from 'hs256/sync'
import { z } from 'zod'
import { requireJwt } from '../../examples/adapters/fetch.ts'

declare const key: JwtKey, token: string, error: JwtError, verified: VerifiedJwt, unverified: UnverifiedJwt
declare const fetched: Request, incoming: IncomingMessage, incoming2: Http2ServerRequest
interface User { readonly sub: string; readonly role: 'admin' | 'user'; readonly groups: readonly string[] }
declare const user: User, minutes: \`\${number}m\`
declare const instant: { readonly epochMilliseconds: number; readonly [Symbol.toStringTag]: 'Temporal.Instant' }
declare const zoned: { readonly epochMilliseconds: number; readonly [Symbol.toStringTag]: 'Temporal.ZonedDateTime' }
declare const trust: (jwt: VerifiedJwt) => unknown, show: (jwt: UnverifiedJwt) => unknown
declare const ofRole: (jwt: VerifiedJwt<{ readonly role: 'admin' | 'user' }>) => string
const Role = z.object({ role: z.enum(['admin', 'user']) })
const Optional = z.object({ role: z.enum(['admin', 'user']).optional() })
const Either = z.union([z.object({ user: z.string() }), z.object({ service: z.string() })])
const Id = z.object({ sub: z.number() })
const Sub: z.ZodType<{ readonly sub: string }> = z.object({ sub: z.string() })
const perhaps: VerifyOptions<typeof Role> = { issuer: 'https://auth.example' }
const issue = <Claims extends object>(claims: Signable<Claims> & NoExp): Promise<string> => sign(claims, key, { expiresIn: '1h' })
const issueSync = <Claims extends object>(claims: Signable<Claims> & NoExp): string => signSync(claims, key, { expiresIn: '1h' })
const issueOwn = <Claims extends object>(claims: Signable<Claims> & OwnExp): Promise<string> => sign(claims, key)
const check = <Schema extends StandardSchema>(token: string, schema: Schema) => verify(token, key, { issuer: 'a', schema })
`

/** Facts: after `=` the calls, with a place for a value, `_`; after `+` values that compile there, and after `-` values that do not. */
const TABLE = `
# claims have registered members only of their types, and no exp beside expiresIn
= sign(_, key, HOUR)   sign(_, key, { expiresIn: 'never' })   signSync(_, key, HOUR)   createSigner(key, HOUR)(_)
= createSignerSync(key, HOUR)(_)   issue(_)   issueSync(_)
+ {}   user   { sub: 'u1', nbf: new Date(), iat: instant }   { ...user, iss: 'a', aud: ['a'], iat: 5, jti: 'x' }
+ { user: { id: 1, tags: [null] } } as Record<string, unknown>   { aud: ['a'], user: { id: 1 } }   JSON.parse("{}")
- { iss: process.env['ISSUER'] }   { sub: 5 }   { iss: ['a'] }   { aud: [5] }   { jti: null }   { nbf: '2026-01-01' }   { sub: instant }
- {} as { readonly sub: number; readonly role: string }   'u1'   null   undefined   { sub: 'u1', exp: 5 }   { exp: new Date() }

# claims have an exp, and it is a time, if there is no expiresIn
= sign(_, key)   signSync(_, key)   createSigner(key)(_)   createSignerSync(key, { type: 'at+jwt' })(_)   issueOwn(_)
+ { sub: 'u1', exp: 5 }   { exp: new Date() }   { exp: instant, nbf: instant }   JSON.parse("{}")
- { sub: 'u1' }   user   {} as { readonly exp?: number }   { exp: '1h' }   { exp: zoned }

# options of sign have their types
= sign({}, key, _)   signSync({}, key, _)   createSigner(key, _)   createSignerSync(key, _)
+ { expiresIn: '90s' }   { expiresIn: '15m' }   { expiresIn: '12h' }   { expiresIn: '7d' }   { expiresIn: '2w' }   { expiresIn: minutes }
+ { expiresIn: 'never' }   { expiresIn: '1h', now: () => instant }   { expiresIn: Number(process.env['SECONDS']) }
+ { expiresIn: 900, notBefore: '5s', type: 'at+jwt', header: { tenant: 't' }, now: () => new Date() }
+ { expiresIn: process.env['LIFETIME'] as Duration | 'never' }
- { expiresIn: '15 minutes' }   { expiresIn: '15M' }   { expiresIn: '15' }   { expiresIn: '' }   { expiresIn: '15m ' }   { expiresIn: '1y' }
- { expiresIn: undefined }   { expiresIn: new Date() }   { expiresIn: instant }   { expiresIn: process.env['LIFETIME'] }
- { expiresIn: process.env['LIFETIME'] ?? '' }   { expiresIn: '1h', notBefore: 'never' }   { expiresIn: '1h', algorithm: 'HS256' }
- { expiresIn: '1h', type: undefined }   { expiresIn: '1h', now: new Date() }   { expiresIn: '1h', now: () => instant.epochMilliseconds }

# sign needs a lifetime
= sign(user, key, _)
+ { expiresIn: 'never' }
- {}   { now: () => new Date() }

# keys that sign are made by createKey, and are not found by a function
= sign(user, _, HOUR)   signSync(user, _, HOUR)   createSigner(_, HOUR)   createSignerSync(_, HOUR)
+ key   [key, key]
- new Uint8Array(32)   'a secret of more than thirty-two bytes'   undefined   () => key   { kid: 'x' }

# keys that verify are made by createKey, or found by a function
= verify(token, _)   verifySync(token, _)   createVerifier(_)   createVerifierSync(_)   authenticate(fetched, _)   createGuard(_)
+ key   [key, key]   [key, key] as const   () => key   () => undefined
- 'a secret of more than thirty-two bytes'   undefined   () => 'secret'   () => null   { kid: 'x' }   { kid: 'x', secret: '' as never }

# a function that finds keys may return a promise
= verify(token, _)   createVerifier(_)   authenticate(fetched, _)   createGuard(_)
+ () => Promise.resolve(key)   () => Promise.resolve([key])   async ({ kid }) => (kid === 'a' ? key : undefined)
- () => Promise.resolve('secret')

# hs256/sync waits for no key
= verifySync(token, _)   createVerifierSync(_)
+ () => [key]
- () => Promise.resolve(key)

# a secret has one of its forms, and options have their types
= createKey(_)
+ process.env['JWT_SECRET']   '…', { kid: 'a' }   new Uint8Array(32)   new ArrayBuffer(32)   Buffer.alloc(32)   {} as CryptoKey
+ new DataView(new ArrayBuffer(32))   createSecretKey(new Uint8Array(32))
+ { kty: 'oct', k: '…', kid: 'a', alg: 'HS256', use: 'sig', key_ops: ['sign'] }
- null   5   ['a']   process.env['JWT_SECRET'], { algorithm: 'HS256' }   process.env['JWT_SECRET'], { kid: undefined }

# options of verify have their types
= verify(token, key, _)   verifySync(token, key, _)   createVerifier(key, _)   createVerifierSync(key, _)
= authenticate(fetched, key, { verify: _ })   createGuard(key, { verify: _ })
+ { issuer: ['a'], audience: 'b', subject: 'c', type: 'JWT', required: ['role'], requireExp: false }
+ { maxAge: '1h', clockTolerance: 5, maxLength: 1000, now: () => new Date(), ignoreAudience: true }
+ { maxAge: process.env['MAX_AGE'] as Duration, now: () => instant }   { schema: Id, allowMistyped: ['iss', 'sub', 'iat', 'jti'] }
+ { schema: Id, allowMistyped: ['sub'] as const }   { schema: Id, allowMistyped: [] }
- { issuer: process.env['ISSUER'] }   { issuer: /auth/ }   { algorithms: ['HS256'] }   { maxAge: '15 minutes' }   { now: new Date() }
- { now: () => instant.epochMilliseconds }   { schema: z.string() }   { schema: {} }   { allowMistyped: ['sub'] }
- { issuer: 'a', allowMistyped: ['sub'] }   { schema: Id, allowMistyped: ['exp'] }   { schema: Id, allowMistyped: ['sub', 'aud'] }
- { schema: Id, allowMistyped: ['role'] }   { schema: Id, allowMistyped: undefined }

# a schema that options may have is not one that they have
= verify(token, key, _)   verifySync(token, key, _)   createVerifier(key, _)   createVerifierSync(key, _)
+ { ...perhaps, schema: Role }
- perhaps

# the type of a schema is not accepted without the schema, and there is no unchecked type of claims
= verify<_>(token, key)   verify<_>(token, key, { issuer: 'a' })   verifySync<_>(token, key)   createVerifier<_>(key)
= createVerifier<_>(key, { issuer: 'a' })   createVerifierSync<_>(key)   createVerifierSync<_>(key, { issuer: 'a' })
= authenticate<_>(fetched, key)   authenticate<_>(fetched, key, { verify: { audience: 'a' } })   createGuard<_>(key)
= createGuard<_>(key, { verify: { audience: 'a' } })   requireJwt<_>(key, { verify: { audience: 'a' } }, () => new Response())
- typeof Role   typeof Optional   typeof Either   User

# the type of a schema is accepted beside the schema
= verify<_>(token, key, { schema: Role })   createVerifier<_>(key, { schema: Role })   createVerifierSync<_>(key, { schema: Role })
= authenticate<_>(fetched, key, { verify: { schema: Role } })   createGuard<_>(key, { verify: { schema: Role } })
+ typeof Role
- typeof Either

# options of a guard have their types
= authenticate(fetched, key, _)   createGuard(key, _)
+ { cookie: 'session', sources: ['bearer'], trustedOrigins: [], realm: 'a' }   { isRevoked: ({ claims }) => claims.sub === null }
+ { isRevoked: ({ claims }) => Promise.resolve(claims.jti === 'x') }
- { audience: 'orders' }   { optional: undefined }   { sources: ['query'] }   { trustedOrigins: 'https://app.example' }
- { isRevoked: () => ({ id: 1 }) }   { isRevoked: () => undefined }

# a request has a method and headers
= authenticate(_, key)   createGuard(key)(_)
+ fetched   incoming   incoming2   { method: 'GET', headers: incoming.headers, url: incoming.url, rawHeaders: incoming.rawHeaders }
+ { method: 'GET', headers: { cookie: ['a=b'] } } as const   { method: 'GET', headers: new Map() as unknown as Headers }
- fetched.headers   {} as { readonly httpMethod: string; readonly headers: Record<string, string>; readonly body: string | null }
- {} as { readonly requestContext: { readonly http: { readonly method: string } }; readonly headers: Record<string, string> }
- {} as { readonly req: { readonly method: string; readonly raw: Request } }   { headers: {} }
- { method: incoming.method, headers: {} }   { method: 'GET' }

# headers are not a request
= readTokens(_)   isCrossOrigin('POST', _)
+ fetched.headers   incoming.headers
- fetched   incoming.rawHeaders   'jwt=x'   { get: (name: string): string | null => name }

# a cookie has attributes of their types
= tokenCookie(token, _)   tokenCookieParts(token, _)   clearTokenCookie(_)
+ { sameSite: 'lax', cookie: 'session', domain: 'example.com', path: '/', now: () => instant }
+ { sameSite: 'None', secure: true, httpOnly: true, partitioned: true, cookie: '__Host-jwt' }
- { name: 'session' }   { sameSite: 'default' }   { sameSite: true }   { maxAge: '15 minutes' }   { domain: process.env['DOMAIN'] }
- { expires: new Date() }

# a token is a string
= verify(_, key)   createVerifier(key)(_)   createVerifierSync(key)(_)   tokenCookie(_)
+ token
- undefined

# the claims of a result are the caller’s own, and have their types; the rest is read-only
= _
+ (await verify(token, key)).claims.sub = 'u2'   (await verify(token, key)).claims.aud = ['orders']
+ (await verify(token, key)).claims['role'] = 'admin'   delete (await verify(token, key)).claims.exp
+ (await verify(token, key, { schema: Role })).claims.role = 'user'   (await verify(token, key, { schema: Role })).claims.sub = 'u2'
+ delete (await verify(token, key, { schema: Role })).claims.exp
+ decodeUnverified(token).claims.sub = 'u2'   verifySync(token, key).claims['role'] = 'user'
- (await verify(token, key)).header.alg = 'none'   (await verify(token, key)).claims.sub = 5   (await verify(token, key)).claims = {}
- (await verify(token, key)).key = key   (await verify(token, key, { schema: Role })).claims.role = 'root'   key.kid = 'b'

# a claim is unknown without a schema that has it
= _
- (await verify(token, key, { schema: Role })).claims.tenant   (await check(token, Role)).claims.tenant
- const role: string = verifySync(token, key).claims["role"]   ofRole(await verify(token, key))

# a verified token can be required, with any claims or with typed ones, and neither an unverified nor a handmade one passes for it
= trust(_)
+ verified   await verify(token, key, { schema: Role })   await verify(token, key, { schema: Sub })
- unverified   decodeUnverified(token)   { claims: { sub: 'u1' }, header: { alg: 'HS256' }, key }

# a token with typed claims can be required
= ofRole(_)
+ await verify(token, key, { schema: Role })
- verified   unverified

# an unverified token can be required
= show(_)
+ unverified   decodeUnverified(token)
- verified   { claims: { sub: 'u1' }, header: { alg: 'HS256' } }

# secondsLeft takes a token that was read, and a clock
= secondsLeft(_)
+ verified   unverified   verified, { now: () => instant }   unverified, { now: () => new Date() }
- token   verified, { now: new Date() }

# an error has the members of its code, and those that reveal something are methods
= _
- if (error.code === 'ERR_JWT_MALFORMED') error.claim   if (error.code === 'ERR_JWT_CLAIM') error.claims?.sub
- if (error.code === 'ERR_JWT_CLAIM') error.expiredAt   if (error.code === 'ERR_JWT_EXPIRED') error.validFrom

# a guard has a result only after await, with what its status allows
= _
- const { jwt } = createGuard(key)(fetched)   const { response } = createGuard(key)(fetched)
- if ((await authenticate(fetched, key, { verify: { schema: Role } })).status === 'anonymous') throw error
- const { jwt, response } = await createGuard(key, { optional: true })(fetched); if (!jwt) new Response(response.body, response)
- const { jwt, response } = await createGuard(key, { optional: true })(fetched); if (response === null) jwt.claims.sub
- const { jwt } = await createGuard(key, { verify: { schema: Role } })(fetched); if (jwt) jwt.claims.tenant

# options with the type of a schema have that schema, and an answer is read-only
= _
- const options: AuthenticateOptions<typeof Role, false> = { cookie: 'session' }
- unauthorized().status = 200   unauthorized().headers['X-Powered-By'] = 'x'

# an answer takes an error of this library, and scopes in a string
= _
+ challenge()   challenge(error, { realm: 'orders' })   unauthorized(error)   forbidden({ scope: 'a b' })
- challenge(new Error('x'))   unauthorized({ realm: 'orders' })   forbidden({ scope: ['read'] })

# a cookie that is set has a token, and one that is removed has no lifetime
= _
- tokenCookieParts({ cookie: 'session' })   clearTokenCookie({ maxAge: '1h' })
`

const lines = PRELUDE.split('\n')

/** Adds each call with each value to the program, and returns their places there. */
const fill = (calls: readonly string[], values: readonly string[]) =>
  calls.flatMap((call) =>
    values.map((value) => {
      const statement = call.replace(/\b_\b/, () => value)
      const line = lines.push(`void (async () => { const HOUR = { expiresIn: '1h' } as const; ${statement} })`) - 1
      return { line, statement }
    }),
  )
const groups = TABLE.trim()
  .split(/\n\n/)
  .map((group) => {
    const [fact = '', ...rows] = group.split('\n')
    const marked = (mark: string) => rows.filter((row) => row.startsWith(mark)).flatMap((row) => row.slice(2).split(/ {3,}/))
    const calls = marked('=')
    return [fact.slice(2), fill(calls, marked('+')), fill(calls, marked('-'))] as const
  })

/** The codes of the errors in each line. */
const errors = new Map<number, number[]>()

const path = join(import.meta.dirname, '.cache', 'rejected.ts')
mkdirSync(dirname(path), { recursive: true })
writeFileSync(path, lines.join('\n'))
const unused = { noUnusedLocals: false, noUnusedParameters: false }
const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} }
const { options } = ts.getParsedCommandLineOfConfigFile(join(ROOT, 'tsconfig.test.json'), unused, host)!
const program = ts.createProgram([path], options)
for (const { file, start = 0, code } of ts.getPreEmitDiagnostics(program, program.getSourceFile(path))) {
  const { line } = ts.getLineAndCharacterOfPosition(file!, start)
  errors.set(line, [...(errors.get(line) ?? []), code])
}

/** Whether a line fails for its types: not for a syntax error (1…), or for a name that is not there (2304 and 2552). */
const fails = (line: number): boolean => (errors.get(line) ?? [0]).every((code) => code > 2000 && code !== 2304 && code !== 2552)

describe('to TypeScript,', () => {
  it.each(groups)('%s', (_fact, accepted, rejected) => {
    expect(accepted.filter(({ line }) => errors.has(line)).map(({ line, statement }) => [statement, errors.get(line)])).toEqual([])
    expect(rejected.filter(({ line }) => !fails(line)).map(({ line, statement }) => [statement, errors.get(line)])).toEqual([])
    expect(rejected.length).toBeGreaterThan(0)
  })

  it('the rest of the program has no error', () => {
    expect([...errors].filter(([line]) => line < PRELUDE.split('\n').length)).toEqual([])
  })
})
