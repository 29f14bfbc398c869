import { createSecretKey } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Http2ServerRequest } from 'node:http2'
import { type } from 'arktype'
import {
  createKey,
  createSigner,
  createVerifier,
  decodeUnverified,
  generateSecret,
  JwtAlgorithmError,
  JwtClaimError,
  JwtError,
  JwtExpiredError,
  JwtKeyNotFoundError,
  JwtMalformedError,
  JwtNotYetValidError,
  JwtSignatureError,
  secondsLeft,
  sign,
  verify,
  type ClaimsOf,
  type Duration,
  type JwtClaims,
  type JwtHeader,
  type JwtKey,
  type KeyFinder,
  type NoExp,
  type OwnExp,
  type SchemaOptions,
  type Signable,
  type Signer,
  type StandardSchema,
  type UnverifiedJwt,
  type VerifiedJwt,
  type Verifier,
  type VerifyOptions,
} from 'hs256'
import {
  authenticate,
  type AuthenticateOptions,
  createGuard,
  challenge,
  clearTokenCookie,
  forbidden,
  isCrossOrigin,
  readTokens,
  tokenCookie,
  tokenCookieParts,
  unauthorized,
  type Authentication,
  type FoundToken,
  type Guard,
  type GuardReason,
  type HttpRequest,
  type HttpResponse,
  type NoContent,
  type NodeRequest,
  type TokenCookieParts,
  type TokenSource,
} from 'hs256/http'
import { createSignerSync, createVerifierSync, signSync, verifySync, type SyncKeyFinder, type SyncVerifier } from 'hs256/sync'
import * as v from 'valibot'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { z } from 'zod'
import { requireJwt } from '../examples/adapters/fetch.ts'

declare const key: JwtKey
declare const token: string
declare const caught: unknown
declare const verified: VerifiedJwt
declare const unverified: UnverifiedJwt

interface User {
  readonly sub: string
  readonly role: 'admin' | 'user'
  readonly groups: readonly string[]
}
declare const user: User

/** What a `Temporal.Instant` is to the types, as far as it matters here. */
interface TemporalInstant {
  readonly epochMilliseconds: number
  readonly epochNanoseconds: bigint
  readonly [Symbol.toStringTag]: 'Temporal.Instant'
}
declare const instant: TemporalInstant

describe('Duration', () => {
  it('is a number or digits and one unit', () => {
    expectTypeOf<90 | '90s' | '15m' | '12h' | '7d' | '2w'>().toExtend<Duration>()
    expectTypeOf<'15 minutes'>().not.toExtend<Duration>()
    expectTypeOf<'15M' | '15' | '' | '15m '>().not.toExtend<Duration>()
    expectTypeOf<'never'>().not.toExtend<Duration>()
    expectTypeOf<undefined>().not.toExtend<Duration>()
  })
})

describe('sign', () => {
  it('accepts claims of an unknown type, which may have an exp or not', () => {
    const claims = JSON.parse('{}') // any
    void sign(claims, key, { expiresIn: '1h' })
    void sign(claims, key)
  })

  it('rejects a registered claim that may be undefined', () => {
    // @ts-expect-error as an unset environment variable is
    void sign({ iss: process.env['ISSUER'] }, key, { expiresIn: '1h' })
  })

  it('accepts a duration or never', () => {
    void sign({ sub: 'u1' }, key, { expiresIn: '15m' })
    void sign({ sub: 'u1' }, key, { expiresIn: 900, notBefore: '5s', type: 'at+jwt', header: { tenant: 't' }, now: () => new Date() })
    void sign({ sub: 'u1' }, [key, key], { expiresIn: 'never' })
    expectTypeOf(sign({}, key, { expiresIn: '1h' })).toEqualTypeOf<Promise<string>>()
    // @ts-expect-error words are no duration
    void sign({ sub: 'u1' }, key, { expiresIn: '15 minutes' })
    // @ts-expect-error nor is a fraction of another unit
    void sign({ sub: 'u1' }, key, { expiresIn: '1y' })
    // @ts-expect-error never is no start
    void sign({ sub: 'u1' }, key, { expiresIn: '1h', notBefore: 'never' })
  })

  it('does not compile without expiresIn', () => {
    // @ts-expect-error no options
    void sign({ sub: 'u1' }, key)
    // @ts-expect-error options without it
    void sign({ sub: 'u1' }, key, {})
    // @ts-expect-error options without it
    void sign(user, key, { now: () => new Date() })
    // @ts-expect-error undefined
    void sign(user, key, { expiresIn: undefined })
    // @ts-expect-error claims that may lack exp
    void sign({} as { readonly exp?: number }, key)
  })

  it('accepts a Temporal.Instant wherever it accepts a Date', () => {
    const now = (): TemporalInstant => instant
    void sign({ exp: instant, nbf: instant, iat: instant }, key)
    void sign({ nbf: instant }, key, { expiresIn: '1h', now })
    void verify(token, key, { now })
    void createSigner(key, { now })({ exp: instant })
    createSignerSync(key, { expiresIn: '1h', now })({ iat: instant })
    createVerifierSync(key, { now })
    secondsLeft(verified, { now })
    tokenCookie(token, { now })
    // @ts-expect-error a point in time is no length of time
    void sign({}, key, { expiresIn: instant })
    // @ts-expect-error a point in time is no length of time
    void sign({}, key, { expiresIn: new Date() })
    // @ts-expect-error milliseconds
    void verify(token, key, { now: () => instant.epochMilliseconds })
    // @ts-expect-error another kind of Temporal
    void sign({ exp: {} as { readonly epochMilliseconds: number; readonly [Symbol.toStringTag]: 'Temporal.ZonedDateTime' } }, key)
    // @ts-expect-error sub is not a time
    void sign({ sub: instant }, key, { expiresIn: '1h' })
  })

  it('can be wrapped by a generic function, in this form', () => {
    function issue<Claims extends object>(claims: Signable<Claims> & NoExp): Promise<string> {
      return sign(claims, key, { expiresIn: '1h' })
    }
    function issueSync<Claims extends object>(claims: Signable<Claims> & NoExp): string {
      return signSync(claims, key, { expiresIn: '1h' })
    }
    function issueOwn<Claims extends object>(claims: Signable<Claims> & OwnExp): Promise<string> {
      return sign(claims, key)
    }
    void issue({ sub: 'u1', role: 'admin', nbf: new Date() })
    void issue(user)
    issueSync({ aud: ['a'], user: { id: 1 } })
    void issueOwn({ sub: 'u1', exp: instant })
    // @ts-expect-error sub is a string
    void issue({ sub: 5 })
    // @ts-expect-error expiresIn sets exp
    void issue({ sub: 'u1', exp: 5 })
    // @ts-expect-error as an unset environment variable is
    issueSync({ iss: process.env['ISSUER'] })
    // @ts-expect-error no exp
    void issueOwn({ sub: 'u1' })
  })

  it('accepts a lifetime from the environment if it is said to be one: the call checks it', () => {
    void sign(user, key, { expiresIn: process.env['LIFETIME'] as Duration })
    createSigner(key, { expiresIn: process.env['LIFETIME'] as Duration | 'never' })
    void sign(user, key, { expiresIn: Number(process.env['LIFETIME_IN_SECONDS']) })
    void verify(token, key, { maxAge: process.env['MAX_AGE'] as Duration })
    const minutes = Number(process.env['LIFETIME_IN_MINUTES'])
    void sign(user, key, { expiresIn: `${minutes}m` })
    // @ts-expect-error any string, or none
    void sign(user, key, { expiresIn: process.env['LIFETIME'] })
    // @ts-expect-error any string
    void sign(user, key, { expiresIn: process.env['LIFETIME'] ?? '' })
  })

  it('accepts exp in the claims instead, but not both', () => {
    void sign({ sub: 'u1', exp: 5 }, key)
    void sign({ sub: 'u1', exp: new Date() }, key, { type: 'at+jwt' })
    // @ts-expect-error both
    void sign({ sub: 'u1', exp: 5 }, key, { expiresIn: '1h' })
    // @ts-expect-error both
    void sign({ sub: 'u1', exp: new Date() }, key, { expiresIn: 'never' })
  })

  it('accepts an interface, a record and nested members', () => {
    void sign(user, key, { expiresIn: '1h' })
    void sign({ ...user, iss: 'https://auth.example', aud: ['a'], nbf: new Date(), iat: 5, jti: 'x' }, key, { expiresIn: '1h' })
    void sign({ user: { id: 1, tags: [null] } } as Record<string, unknown>, key, { expiresIn: '1h' })
    void sign({}, key, { expiresIn: '1h' })
    // @ts-expect-error a text is no claims
    void sign('u1', key, { expiresIn: '1h' })
    // @ts-expect-error nor is null
    void sign(null, key, { expiresIn: '1h' })
  })

  it('accepts registered claims only of their types', () => {
    // @ts-expect-error sub is a text
    void sign({ sub: 5 }, key, { expiresIn: '1h' })
    // @ts-expect-error iss is a text
    void sign({ iss: ['a'] }, key, { expiresIn: '1h' })
    // @ts-expect-error aud is texts
    void sign({ aud: [5] }, key, { expiresIn: '1h' })
    // @ts-expect-error jti is a text
    void sign({ jti: null }, key, { expiresIn: '1h' })
    // @ts-expect-error nbf is a time
    void sign({ nbf: '2026-01-01' }, key, { expiresIn: '1h' })
    // @ts-expect-error exp is a time
    void sign({ exp: '1h' }, key)
    // @ts-expect-error in an interface too
    void sign({} as { readonly sub: number; readonly role: string }, key, { expiresIn: '1h' })
  })

  it('accepts no unknown option', () => {
    // @ts-expect-error of another library
    void sign(user, key, { expiresIn: '1h', algorithm: 'HS256' })
    // @ts-expect-error undefined is no value
    void sign(user, key, { expiresIn: '1h', type: undefined })
  })
})

describe('createKey', () => {
  it('accepts an environment variable, and every form of a secret', () => {
    expectTypeOf(createKey(process.env['JWT_SECRET'])).toEqualTypeOf<JwtKey>()
    createKey(generateSecret(), { kid: 'a' })
    createKey(new Uint8Array(32))
    createKey(new ArrayBuffer(32))
    createKey(Buffer.alloc(32))
    createKey(new DataView(new ArrayBuffer(32)))
    createKey({ kty: 'oct', k: '…', kid: 'a', alg: 'HS256', use: 'sig', key_ops: ['sign'] })
    createKey(createSecretKey(new Uint8Array(32)))
    createKey({} as CryptoKey)
    expectTypeOf<JwtKey['kid']>().toEqualTypeOf<string | undefined>()
  })

  it('accepts nothing else', () => {
    // @ts-expect-error null
    createKey(null)
    // @ts-expect-error a number
    createKey(5)
    // @ts-expect-error a list
    createKey(['a'])
    // @ts-expect-error an unknown option
    createKey(process.env['JWT_SECRET'], { algorithm: 'HS256' })
    // @ts-expect-error undefined is no kid
    createKey(process.env['JWT_SECRET'], { kid: undefined })
  })

  it('is the only function that makes a key', () => {
    expectTypeOf<{ readonly kid: string }>().not.toExtend<JwtKey>()
    // @ts-expect-error a look-alike
    void verify(token, { kid: 'x' })
    // @ts-expect-error a look-alike with the member that the type alone has
    void verify(token, { kid: 'x', secret: '' as never })
    // @ts-expect-error a raw secret
    void verify(token, 'a secret of more than thirty-two bytes')
    // @ts-expect-error a raw secret
    void sign(user, new Uint8Array(32), { expiresIn: '1h' })
    // @ts-expect-error nothing
    void verify(token, undefined)
  })

  it('does not let a key be changed', () => {
    // @ts-expect-error read-only
    key.kid = 'b'
  })
})

describe('verify', () => {
  it('accepts a key, keys, or a function that finds them', () => {
    void verify(token, key)
    void verify(token, [key, key] as const)
    void verify(token, (header) => {
      expectTypeOf(header).toEqualTypeOf<JwtHeader>()
      return header.kid === 'a' ? key : undefined
    })
    void verify(token, () => Promise.resolve([key]))
    // @ts-expect-error a secret
    void verify(token, () => 'secret')
    // @ts-expect-error null
    void verify(token, () => null)
  })

  it('accepts options of their types, and no others', () => {
    void verify(token, key, { issuer: ['a'], audience: 'b', subject: 'c', type: 'JWT', required: ['role'], requireExp: false })
    void verify(token, key, { maxAge: '1h', clockTolerance: 5, maxLength: 1000, now: () => new Date(), ignoreAudience: true })
    // @ts-expect-error an unset variable
    void verify(token, key, { issuer: process.env['ISSUER'] })
    // @ts-expect-error a RegExp
    void verify(token, key, { issuer: /auth/ })
    // @ts-expect-error of another library
    void verify(token, key, { algorithms: ['HS256'] })
    // @ts-expect-error words
    void verify(token, key, { maxAge: '15 minutes' })
    // @ts-expect-error a Date instead of a clock
    void verify(token, key, { now: new Date() })
    // @ts-expect-error no token
    void verify(undefined, key)
  })

  it('returns claims that are unknown without a schema, except the registered ones', async () => {
    const { claims, header, key: matched } = await verify(token, key)
    expectTypeOf(claims).toEqualTypeOf<JwtClaims>()
    expectTypeOf(claims['role']).toBeUnknown()
    expectTypeOf(claims.sub).toEqualTypeOf<string | undefined>()
    expectTypeOf(claims.aud).toEqualTypeOf<string | readonly string[] | undefined>()
    expectTypeOf(claims.exp).toEqualTypeOf<number | undefined>()
    expectTypeOf(header).toEqualTypeOf<JwtHeader>()
    expectTypeOf(header.alg).toEqualTypeOf<string>()
    expectTypeOf(matched).toEqualTypeOf<JwtKey>()
    // @ts-expect-error there is no unchecked type parameter
    void verify<User>(token, key)
    // @ts-expect-error read-only
    header.alg = 'none'
  })

  it('returns claims that may be changed: they are the caller’s own', async () => {
    const jwt = await verify(token, key)
    jwt.claims.sub = 'u2'
    jwt.claims['role'] = 'admin'
    jwt.claims.aud = ['orders']
    delete jwt.claims.exp
    // @ts-expect-error of its own type
    jwt.claims.sub = 5
    // @ts-expect-error as a whole they belong to the result
    jwt.claims = {}
    // @ts-expect-error the result is read-only
    jwt.key = key
    const typed = await verify(token, key, { schema: z.object({ role: z.enum(['admin', 'user']) }) })
    typed.claims.role = 'user'
    typed.claims.sub = 'u2'
    delete typed.claims.exp
    // @ts-expect-error of the schema's type
    typed.claims.role = 'root'
    decodeUnverified(token).claims.sub = 'u2'
    verifySync(token, key).claims['role'] = 'user'
  })

  it('returns claims as the schema types them: Zod', async () => {
    const { claims } = await verify(token, key, {
      issuer: 'a',
      schema: z.object({ role: z.enum(['admin', 'user']), level: z.coerce.number() }),
    })
    expectTypeOf(claims.role).toEqualTypeOf<'admin' | 'user'>()
    expectTypeOf(claims.level).toEqualTypeOf<number>()
    expectTypeOf(claims.sub).toEqualTypeOf<string | undefined>()
    expectTypeOf(claims.exp).toEqualTypeOf<number | undefined>()
    // @ts-expect-error not in the schema
    expectTypeOf(claims.tenant).toBeUnknown()
  })

  it('returns claims as the schema types them: Valibot', async () => {
    const schema = v.object({ role: v.string(), seen: v.pipe(v.number(), v.transform((seconds) => new Date(seconds * 1000))) }) // prettier-ignore
    const { claims } = await verify(token, key, { schema })
    expectTypeOf(claims.role).toEqualTypeOf<string>()
    expectTypeOf(claims.seen).toEqualTypeOf<Date>()
    expectTypeOf(claims.iss).toEqualTypeOf<string | undefined>()
  })

  it('returns claims as the schema types them: ArkType', async () => {
    const { claims } = await verify(token, key, { schema: type({ role: "'admin' | 'user'", sub: 'string' }) })
    expectTypeOf(claims.role).toEqualTypeOf<'admin' | 'user'>()
    expectTypeOf(claims.sub).toEqualTypeOf<string>()
    expectTypeOf(claims.jti).toEqualTypeOf<string | undefined>()
  })

  it('returns a registered claim with the type of the schema’s output', async () => {
    const schema = z.object({ sub: z.string(), exp: z.number().transform((exp) => new Date(exp * 1000)) })
    const { claims } = await verify(token, key, { schema })
    expectTypeOf(claims.sub).toEqualTypeOf<string>()
    expectTypeOf(claims.exp).toEqualTypeOf<Date>()
  })

  it('returns claims as the schema types them if all are optional', async () => {
    const schema = z.object({ role: z.enum(['admin', 'user']).optional(), exp: z.number().transform((exp) => new Date(exp * 1000)).optional() }) // prettier-ignore
    const { claims } = await verify(token, key, { schema })
    expectTypeOf(claims.role).toEqualTypeOf<'admin' | 'user' | undefined>()
    expectTypeOf(claims.exp).toEqualTypeOf<Date | undefined>()
    expectTypeOf(claims.sub).toEqualTypeOf<string | undefined>()
    // @ts-expect-error no schema
    void verify<typeof schema>(token, key)
  })

  it('returns each kind of claims with its own registered ones, if the schema has several', async () => {
    const schema = z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('a'), exp: z.number().transform((exp) => new Date(exp * 1000)) }),
      z.object({ kind: z.literal('b') }),
    ])
    const { claims } = await verify(token, key, { schema })
    if (claims.kind === 'a') expectTypeOf(claims.exp).toEqualTypeOf<Date>()
    else expectTypeOf(claims.exp).toEqualTypeOf<number | undefined>()
  })

  it('returns each kind of claims, even if they have no claim in common', async () => {
    const schema = z.union([z.object({ user: z.string() }), z.object({ service: z.string() })])
    const { claims } = await verify(token, key, { schema })
    if ('user' in claims) expectTypeOf(claims.user).toEqualTypeOf<string>()
    else expectTypeOf(claims.service).toEqualTypeOf<string>()
    // @ts-expect-error no schema
    void verify<typeof schema>(token, key)
  })

  it('returns claims that are unknown if the schema’s type is any', async () => {
    const schema = JSON.parse('null') as StandardSchema<any> // oxlint-disable-line typescript/no-explicit-any
    expectTypeOf((await verify(token, key, { schema })).claims).toEqualTypeOf<JwtClaims>()
  })

  it('returns claims that are unknown if the schema’s type says nothing about them', async () => {
    const validate = (value: unknown) => ({ value: value as { role: string } })
    const schema = { '~standard': { version: 1, vendor: 'ours', types: undefined, validate } } as const
    const { claims } = await verify(token, key, { schema })
    expectTypeOf(claims).toEqualTypeOf<JwtClaims>()
  })

  it('returns the registered claims with a schema that allows any others', async () => {
    const jwt = await verify(token, key, { schema: z.looseObject({ role: z.string() }) })
    expectTypeOf(jwt.claims.exp).toEqualTypeOf<number | undefined>()
    expectTypeOf(jwt.claims.role).toEqualTypeOf<string>()
    expectTypeOf(jwt.claims['tenant']).toBeUnknown()
    expectTypeOf(jwt).toExtend<VerifiedJwt>()
    expectTypeOf((await verify(token, key, { schema: v.looseObject({ role: v.string() }) })).claims.sub).toEqualTypeOf<string | undefined>()
    expectTypeOf((await verify(token, key, { schema: type({ '[string]': 'unknown' }) })).claims.sub).toEqualTypeOf<string | undefined>()
  })

  it('returns the claims of a schema that says something about all of them', async () => {
    const { claims } = await verify(token, key, { schema: z.object({ role: z.string() }).catchall(z.coerce.string()) })
    expectTypeOf(claims['exp']).toEqualTypeOf<string | undefined>()
  })

  it('does not accept the type of a schema that it was not given', () => {
    const User = z.object({ role: z.enum(['admin', 'user']) })
    // @ts-expect-error no options
    void verify<typeof User>(token, key)
    // @ts-expect-error no schema among them
    void verify<typeof User>(token, key, { issuer: 'https://auth.example' })
    const options: VerifyOptions<typeof User> = { issuer: 'https://auth.example' }
    // @ts-expect-error perhaps no schema among them
    void verify(token, key, options)
    // @ts-expect-error perhaps no schema among them
    void verifySync(token, key, options)
    void verify<typeof User>(token, key, { ...options, schema: User })
  })

  it('can be wrapped by a generic function, in its natural form', async () => {
    function check<Schema extends StandardSchema>(token: string, schema: Schema) {
      return verify(token, key, { issuer: 'a', clockTolerance: 5, schema })
    }
    async function claimsOf<Schema extends StandardSchema>(token: string, schema: Schema): Promise<ClaimsOf<Schema>> {
      return (await verify(token, key, { issuer: 'a', schema })).claims
    }
    const checkSync = <Schema extends StandardSchema>(token: string, schema: Schema) => verifySync(token, key, { schema })
    const checkWith = <Schema extends StandardSchema>(token: string, options: SchemaOptions<Schema>) =>
      verify(token, key, { issuer: 'a', ...options })
    function makeCheck<Schema extends StandardSchema>(schema: Schema): Verifier<ClaimsOf<Schema>> {
      return createVerifier(key, { issuer: 'a', schema })
    }
    const User = z.object({ role: z.enum(['admin', 'user']) })
    expectTypeOf(await check(token, User)).toEqualTypeOf(await verify(token, key, { schema: User }))
    expectTypeOf((await check(token, User)).claims.role).toEqualTypeOf<'admin' | 'user'>()
    expectTypeOf((await claimsOf(token, User)).role).toEqualTypeOf<'admin' | 'user'>()
    expectTypeOf((await claimsOf(token, v.object({ level: v.number() }))).level).toEqualTypeOf<number>()
    expectTypeOf(checkSync(token, type({ sub: 'string' })).claims.sub).toEqualTypeOf<string>()
    expectTypeOf((await checkWith(token, { schema: User, maxAge: '1h' })).claims.role).toEqualTypeOf<'admin' | 'user'>()
    expectTypeOf((await makeCheck(User)(token)).claims.role).toEqualTypeOf<'admin' | 'user'>()
    // @ts-expect-error not in the schema
    void (await check(token, User)).claims.tenant
  })

  it('accepts allowMistyped only beside a schema, and only for claims that it may name', () => {
    const User = z.object({ sub: z.number() })
    void verify(token, key, { schema: User, allowMistyped: ['iss', 'sub', 'iat', 'jti'] })
    void createVerifier(key, { schema: User, allowMistyped: ['sub'] as const })
    verifySync(token, key, { schema: User, allowMistyped: [] })
    createVerifierSync(key, { schema: User, allowMistyped: ['jti'] })
    expectTypeOf(verifySync(token, key, { schema: User, allowMistyped: ['sub'] }).claims.sub).toEqualTypeOf<number>()
    expectTypeOf<VerifyOptions>().not.toHaveProperty('allowMistyped')
    expectTypeOf<SchemaOptions<typeof User>>().toHaveProperty('allowMistyped')
    // @ts-expect-error no schema
    void verify(token, key, { allowMistyped: ['sub'] })
    // @ts-expect-error no schema
    void createVerifier(key, { issuer: 'a', allowMistyped: ['sub'] })
    // @ts-expect-error no schema
    verifySync(token, key, { allowMistyped: ['sub'] })
    // @ts-expect-error no schema
    createVerifierSync(key, { allowMistyped: ['sub'] })
    // @ts-expect-error a time decides how long a token lives
    void verify(token, key, { schema: User, allowMistyped: ['exp'] })
    // @ts-expect-error for whom a token is decides who may accept it
    void verify(token, key, { schema: User, allowMistyped: ['sub', 'aud'] })
    // @ts-expect-error any other claim is for the schema alone
    verifySync(token, key, { schema: User, allowMistyped: ['role'] })
    // @ts-expect-error undefined is no value
    void verify(token, key, { schema: User, allowMistyped: undefined })
  })

  it('accepts no schema whose output is not an object', () => {
    // @ts-expect-error a text
    void verify(token, key, { schema: z.string() })
    // @ts-expect-error no schema
    void verify(token, key, { schema: {} })
  })
})

describe('createVerifier and createVerifierSync', () => {
  const User = z.object({ role: z.enum(['admin', 'user']) })

  it('return claims that are unknown without a schema, except the registered ones', () => {
    const check = createVerifier(key, { issuer: 'a' })
    expectTypeOf(check).toEqualTypeOf<Verifier>()
    expectTypeOf(check).parameters.toEqualTypeOf<[token: string]>()
    expectTypeOf(check(token)).resolves.toEqualTypeOf<VerifiedJwt<JwtClaims>>()
    expectTypeOf(createVerifier([key, key] as const)(token)).resolves.toEqualTypeOf<VerifiedJwt<JwtClaims>>()
    const checkSync = createVerifierSync(key, { issuer: 'a' })
    expectTypeOf(checkSync).toEqualTypeOf<SyncVerifier>()
    expectTypeOf(checkSync(token)).toEqualTypeOf<VerifiedJwt<JwtClaims>>()
    // @ts-expect-error undefined is no token
    void check(undefined)
    // @ts-expect-error undefined is no token
    checkSync(undefined)
    // @ts-expect-error unknown without a schema
    expectTypeOf(checkSync(token).claims.role).toEqualTypeOf<string>()
  })

  it('return a function that can be mapped over tokens', () => {
    expectTypeOf([token].map(createVerifier(key))).toEqualTypeOf<Promise<VerifiedJwt<JwtClaims>>[]>()
    expectTypeOf([token].map(createVerifierSync(key))).toEqualTypeOf<VerifiedJwt<JwtClaims>[]>()
  })

  it('infer the claims from Zod, Valibot and ArkType, as verify and verifySync do', async () => {
    const zod = await createVerifier(key, { issuer: 'a', schema: User })(token)
    expectTypeOf(zod).toEqualTypeOf(await verify(token, key, { issuer: 'a', schema: User }))
    expectTypeOf(zod.claims.role).toEqualTypeOf<'admin' | 'user'>()
    expectTypeOf(zod.claims.exp).toEqualTypeOf<number | undefined>()
    expectTypeOf(createVerifierSync(key, { schema: User })(token)).toEqualTypeOf(verifySync(token, key, { schema: User }))
    expectTypeOf(createVerifierSync(key, { schema: User })(token)).toEqualTypeOf(zod)

    const schema = v.object({ role: v.string(), seen: v.pipe(v.number(), v.transform((seconds) => new Date(seconds * 1000))) }) // prettier-ignore
    const valibot = await createVerifier(key, { schema })(token)
    expectTypeOf(valibot.claims.seen).toEqualTypeOf<Date>()
    expectTypeOf(valibot.claims.iss).toEqualTypeOf<string | undefined>()
    expectTypeOf(createVerifierSync(key, { schema })(token)).toEqualTypeOf(valibot)

    const ark = await createVerifier(key, { schema: type({ role: "'admin' | 'user'", sub: 'string' }) })(token)
    expectTypeOf(ark.claims.role).toEqualTypeOf<'admin' | 'user'>()
    expectTypeOf(ark.claims.sub).toEqualTypeOf<string>()
  })

  it('infer each kind of claims from a schema that has several', async () => {
    const schema = z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('a'), exp: z.number().transform((exp) => new Date(exp * 1000)) }),
      z.object({ kind: z.literal('b') }),
    ])
    const { claims } = await createVerifier(key, { schema })(token)
    if (claims.kind === 'a') expectTypeOf(claims.exp).toEqualTypeOf<Date>()
    else expectTypeOf(claims.exp).toEqualTypeOf<number | undefined>()
    const { claims: same } = createVerifierSync(key, { schema })(token)
    if (same.kind === 'a') expectTypeOf(same.exp).toEqualTypeOf<Date>()
    else expectTypeOf(same.exp).toEqualTypeOf<number | undefined>()
  })

  it('infer claims that are all optional', async () => {
    const schema = z.object({ role: z.enum(['admin', 'user']).optional() })
    expectTypeOf((await createVerifier(key, { schema })(token)).claims.role).toEqualTypeOf<'admin' | 'user' | undefined>()
    expectTypeOf(createVerifierSync(key, { schema })(token).claims.role).toEqualTypeOf<'admin' | 'user' | undefined>()
  })

  it('infer nothing from a schema whose type says nothing', async () => {
    const schema = JSON.parse('null') as StandardSchema<any> // oxlint-disable-line typescript/no-explicit-any
    expectTypeOf((await createVerifier(key, { schema })(token)).claims).toEqualTypeOf<JwtClaims>()
    expectTypeOf(createVerifierSync(key, { schema })(token).claims).toEqualTypeOf<JwtClaims>()
  })

  it('do not accept the type of a schema that they were not given', () => {
    // @ts-expect-error no options
    createVerifier<typeof User>(key)
    // @ts-expect-error no schema among them
    createVerifier<typeof User>(key, { issuer: 'https://auth.example' })
    // @ts-expect-error no options
    createVerifierSync<typeof User>(key)
    // @ts-expect-error no schema among them
    createVerifierSync<typeof User>(key, { issuer: 'https://auth.example' })
    const options: VerifyOptions<typeof User> = { issuer: 'https://auth.example' }
    // @ts-expect-error perhaps no schema among them
    createVerifier(key, options)
    // @ts-expect-error perhaps no schema among them
    createVerifierSync(key, options)
    // @ts-expect-error there is no unchecked type parameter
    createVerifier<User>(key)
    // @ts-expect-error there is no unchecked type parameter
    createVerifierSync<User>(key)
    createVerifier<typeof User>(key, { ...options, schema: User })
    createVerifierSync<typeof User>(key, { ...options, schema: User })
  })

  it('accept the keys that verify and verifySync accept', () => {
    expectTypeOf(createVerifier).parameter(0).toExtend<Parameters<typeof verify>[1]>()
    createVerifier((header) => {
      expectTypeOf(header).toEqualTypeOf<JwtHeader>()
      return Promise.resolve(header.kid === 'a' ? key : undefined)
    })
    createVerifierSync((header) => (header.kid === 'a' ? [key] : undefined))
    expectTypeOf<SyncKeyFinder>().toExtend<KeyFinder>()
    expectTypeOf<KeyFinder>().not.toExtend<SyncKeyFinder>()
    // @ts-expect-error a promise
    createVerifierSync(() => Promise.resolve(key))
    // @ts-expect-error a secret
    createVerifier('a secret of more than thirty-two bytes')
    // @ts-expect-error a secret
    createVerifier(() => 'secret')
    // @ts-expect-error nothing
    createVerifierSync(undefined)
  })

  it('accept options of their types, and no others', () => {
    // @ts-expect-error an unset variable
    createVerifier(key, { issuer: process.env['ISSUER'] })
    // @ts-expect-error of another library
    createVerifier(key, { algorithms: ['HS256'] })
    // @ts-expect-error an unset variable
    createVerifierSync(key, { issuer: process.env['ISSUER'] })
    // @ts-expect-error of another library
    createVerifierSync(key, { algorithms: ['HS256'] })
    // @ts-expect-error a text
    createVerifier(key, { schema: z.string() })
    // @ts-expect-error no schema
    createVerifierSync(key, { schema: {} })
  })
})

describe('createSigner and createSignerSync', () => {
  const issue = createSigner(key, { expiresIn: '1h', type: 'at+jwt' })
  const issueSync = createSignerSync(key, { expiresIn: '1h', type: 'at+jwt' })
  const issueOwn = createSigner(key)
  const issueOwnSync = createSignerSync(key, { type: 'at+jwt' })

  it('accept claims without an exp if they have expiresIn', () => {
    expectTypeOf(issue).toEqualTypeOf<Signer>()
    expectTypeOf(issue({ sub: 'u1' })).toEqualTypeOf<Promise<string>>()
    expectTypeOf(issueSync({ sub: 'u1' })).toEqualTypeOf<string>()
    void issue({})
    void issue(user)
    void createSigner([key, key], { expiresIn: 'never' })({ user: { id: 1, tags: [null] } } as Record<string, unknown>)
    // @ts-expect-error both
    void issue({ sub: 'u1', exp: 5 })
    // @ts-expect-error both
    void issue({ exp: new Date() })
    // @ts-expect-error both
    issueSync({ sub: 'u1', exp: 5 })
  })

  it('need an exp in the claims if they have no expiresIn', () => {
    expectTypeOf(issueOwn).toEqualTypeOf<Signer<OwnExp>>()
    expectTypeOf(issueOwn({ sub: 'u1', exp: 5 })).toEqualTypeOf<Promise<string>>()
    expectTypeOf(issueOwnSync({ sub: 'u1', exp: new Date() })).toEqualTypeOf<string>()
    // @ts-expect-error neither
    void issueOwn({ sub: 'u1' })
    // @ts-expect-error neither
    issueOwnSync({ sub: 'u1' })
    // @ts-expect-error perhaps neither
    void issueOwn({} as { readonly exp?: number })
  })

  it('accept registered claims only of their types', () => {
    // @ts-expect-error sub is a string
    void issue({ sub: 5 })
    // @ts-expect-error aud is strings
    issueSync({ aud: [5] })
    // @ts-expect-error as an unset environment variable is
    void issue({ iss: process.env['ISSUER'] })
    // @ts-expect-error exp is a time
    void issueOwn({ exp: '1h' })
    // @ts-expect-error in an interface too
    issueSync({} as { readonly sub: number; readonly role: string })
    // @ts-expect-error a string is no claims
    void issue('u1')
  })

  it('accept options of their types, and no others', () => {
    // @ts-expect-error words are no duration
    createSigner(key, { expiresIn: '15 minutes' })
    // @ts-expect-error undefined
    createSigner(key, { expiresIn: undefined })
    // @ts-expect-error of another library
    createSigner(key, { expiresIn: '1h', algorithm: 'HS256' })
    // @ts-expect-error words are no duration
    createSignerSync(key, { expiresIn: '15 minutes' })
    // @ts-expect-error undefined
    createSignerSync(key, { expiresIn: undefined })
    // @ts-expect-error a raw secret
    createSigner(new Uint8Array(32), { expiresIn: '1h' })
    // @ts-expect-error signing takes no function that finds keys
    createSignerSync(() => key, { expiresIn: '1h' })
  })

  it('return what sign and signSync return', () => {
    expectTypeOf(issue(user)).toEqualTypeOf(sign(user, key, { expiresIn: '1h' }))
    expectTypeOf(issueSync(user)).toEqualTypeOf(signSync(user, key, { expiresIn: '1h' }))
  })
})

describe('VerifiedJwt and UnverifiedJwt', () => {
  const trust = (jwt: VerifiedJwt): unknown => jwt.claims.sub
  const show = (jwt: UnverifiedJwt): unknown => jwt.claims.sub

  it('can be required whatever the schema’s output is', async () => {
    interface User {
      readonly sub: string
    }
    const schema: z.ZodType<User> = z.object({ sub: z.string() })
    trust(await verify(token, key, { schema }))
  })

  it('do not mix', () => {
    expectTypeOf(verify(token, key)).resolves.toEqualTypeOf<VerifiedJwt<JwtClaims>>()
    expectTypeOf(decodeUnverified(token)).toEqualTypeOf<UnverifiedJwt>()
    trust(verified)
    show(unverified)
    // @ts-expect-error was not verified
    trust(unverified)
    // @ts-expect-error is not the other kind
    show(verified)
    // @ts-expect-error was not verified
    trust(decodeUnverified(token))
    // @ts-expect-error is written by hand
    trust({ claims: { sub: 'u1' }, header: { alg: 'HS256' }, key })
    // @ts-expect-error is written by hand
    show({ claims: { sub: 'u1' }, header: { alg: 'HS256' } })
  })

  it('can be required with typed claims', async () => {
    const schema = z.object({ role: z.enum(['admin', 'user']) })
    const guard = (jwt: VerifiedJwt<{ readonly role: 'admin' | 'user' }>): string => jwt.claims.role
    guard(await verify(token, key, { schema }))
    // @ts-expect-error unknown without the schema
    guard(await verify(token, key))
  })

  it('both count down', () => {
    expectTypeOf(secondsLeft(verified)).toEqualTypeOf<number>()
    expectTypeOf(secondsLeft(unverified, { now: () => new Date() })).toEqualTypeOf<number>()
    // @ts-expect-error a token must be read first
    secondsLeft(token)
    // @ts-expect-error a clock is a function
    secondsLeft(verified, { now: new Date() })
  })
})

describe('JwtError', () => {
  it('narrows by code to the members of each class', () => {
    if (!(caught instanceof JwtError)) throw caught
    expectTypeOf(caught).toEqualTypeOf<JwtError>()
    expectTypeOf(caught.message).toBeString()
    switch (caught.code) {
      case 'ERR_JWT_MALFORMED':
        expectTypeOf(caught).toEqualTypeOf<JwtMalformedError>()
        // @ts-expect-error has no claim
        void caught.claim
        break
      case 'ERR_JWT_ALGORITHM':
        expectTypeOf(caught).toEqualTypeOf<JwtAlgorithmError>()
        break
      case 'ERR_JWT_KEY_NOT_FOUND':
        expectTypeOf(caught).toEqualTypeOf<JwtKeyNotFoundError>()
        expectTypeOf(caught.kid()).toEqualTypeOf<string | undefined>()
        break
      case 'ERR_JWT_SIGNATURE':
        expectTypeOf(caught).toEqualTypeOf<JwtSignatureError>()
        break
      case 'ERR_JWT_CLAIM':
        expectTypeOf(caught).toExtend<JwtClaimError>()
        expectTypeOf(caught.claim).toEqualTypeOf<string | undefined>()
        expectTypeOf(caught.reason).toEqualTypeOf<'missing' | 'invalid' | 'mismatch' | 'expired' | 'early'>()
        expectTypeOf(caught.claims()).toEqualTypeOf<Readonly<Record<string, unknown>> | undefined>()
        expectTypeOf(caught.issues()).toEqualTypeOf<readonly { readonly message: string }[] | undefined>()
        // @ts-expect-error is a method
        void caught.claims?.sub
        // @ts-expect-error has no expiredAt
        void caught.expiredAt
        break
      case 'ERR_JWT_EXPIRED':
        expectTypeOf(caught).toEqualTypeOf<JwtExpiredError>()
        expectTypeOf(caught.expiredAt).toEqualTypeOf<Date>()
        expectTypeOf(caught.claim).toEqualTypeOf<string | undefined>()
        // @ts-expect-error has no validFrom
        void caught.validFrom
        break
      case 'ERR_JWT_NOT_YET_VALID':
        expectTypeOf(caught).toEqualTypeOf<JwtNotYetValidError>()
        expectTypeOf(caught.validFrom).toEqualTypeOf<Date>()
        break
      default:
        expectTypeOf(caught).toBeNever()
    }
  })

  it('is a class to whatever takes one', async () => {
    expectTypeOf<InstanceType<typeof JwtError>>().toEqualTypeOf<JwtError>()
    expectTypeOf(JwtError.name).toEqualTypeOf<string>()
    expectTypeOf(new JwtError('x')).toEqualTypeOf<JwtError>()
    expectTypeOf(z.instanceof(JwtError).parse(caught)).toEqualTypeOf<JwtError>()
    const instanceOf = <Class extends abstract new (...args: never) => unknown>(_class: Class, error: unknown) =>
      error as InstanceType<Class>
    expectTypeOf(instanceOf(JwtError, caught)).toEqualTypeOf<JwtError>()
    expectTypeOf(instanceOf(JwtExpiredError, caught)).toEqualTypeOf<JwtExpiredError>()
    await expect(verify(token, key)).rejects.toThrow(JwtError)
    class Revoked extends JwtClaimError {}
    expectTypeOf(new Revoked('token is revoked', { claim: 'jti', reason: 'invalid' })).toExtend<JwtClaimError>()
  })

  it('narrows by class', () => {
    if (caught instanceof JwtExpiredError) expectTypeOf(caught.expiredAt).toEqualTypeOf<Date>()
    if (caught instanceof JwtClaimError) expectTypeOf(caught.reason).toExtend<string>()
    if (caught instanceof JwtMalformedError) expectTypeOf<typeof caught.code>().toEqualTypeOf<'ERR_JWT_MALFORMED'>()
    expectTypeOf<JwtExpiredError>().toExtend<JwtError>()
    expectTypeOf<JwtExpiredError>().toExtend<JwtClaimError>()
    expectTypeOf<TypeError>().not.toExtend<JwtError>()
  })
})

interface SvelteCookie {
  readonly domain?: string | undefined
  readonly httpOnly?: boolean | undefined
  readonly maxAge?: number | undefined
  readonly partitioned?: boolean | undefined
  readonly sameSite?: true | false | 'lax' | 'strict' | 'none' | undefined
  readonly secure?: boolean | undefined
}

/** Without `undefined`, under `exactOptionalPropertyTypes`. */
interface NextCookie {
  readonly domain?: string
  readonly httpOnly?: boolean
  readonly maxAge?: number
  readonly partitioned?: boolean
  readonly path?: string
  readonly sameSite?: true | false | 'lax' | 'strict' | 'none'
  readonly secure?: boolean
}

describe('hs256/http', () => {
  const fetched = {} as Request
  const incoming = {} as IncomingMessage
  const schema = z.object({ role: z.enum(['admin', 'user']) })

  it('accepts requests of Fetch and of Node', () => {
    expectTypeOf<Request>().toExtend<HttpRequest>()
    expectTypeOf<IncomingMessage>().toExtend<NodeRequest>()
    expectTypeOf<Http2ServerRequest>().toExtend<NodeRequest>()
    void authenticate(fetched, key, {})
    void authenticate(incoming, [key], { verify: { audience: 'orders' } })
    void authenticate({} as Http2ServerRequest, key)
    void authenticate({ method: 'GET', headers: incoming.headers, url: incoming.url, rawHeaders: incoming.rawHeaders }, key)
    void authenticate({ method: 'GET', headers: { cookie: ['a=b'] as const } } as const, key)
    void authenticate({ method: 'GET', headers: new Map([['cookie', 'jwt=x']]) as unknown as Headers }, () => Promise.resolve(key))
    expectTypeOf(readTokens(fetched.headers)).toEqualTypeOf<readonly FoundToken[]>()
    expectTypeOf(readTokens(incoming.headers)[0]!.source).toEqualTypeOf<TokenSource>()
    expectTypeOf(isCrossOrigin(incoming.method, incoming.headers)).toEqualTypeOf<boolean>()
    expectTypeOf(isCrossOrigin(fetched.method, fetched.headers, { trustedOrigins: ['https://app.example'] as const })).toBeBoolean()
  })

  it('accepts nothing else that has headers: an event of AWS Lambda, a context, a request without a method', () => {
    const headers: Readonly<Record<string, string | undefined>> = {}
    const v1 = {} as { readonly httpMethod: string; readonly headers: typeof headers; readonly body: string | null }
    const v2 = {} as { readonly requestContext: { readonly http: { readonly method: string } }; readonly headers: typeof headers }
    // @ts-expect-error v1, and a load balancer
    void authenticate(v1, key)
    // @ts-expect-error v2, and a function's URL
    void authenticate(v2, key)
    // @ts-expect-error a context of Hono
    void authenticate({} as { readonly req: { readonly method: string; readonly raw: Request } }, key)
    // @ts-expect-error no method
    void authenticate({ headers }, key)
    // @ts-expect-error only Node's own request may leave it out to the types
    void authenticate({ method: incoming.method, headers }, key)
    // @ts-expect-error no headers
    void createGuard(key)({ method: 'GET' })
  })

  it('accepts headers, not requests, where headers are expected', () => {
    // @ts-expect-error a request
    readTokens(fetched)
    // @ts-expect-error a request
    isCrossOrigin('POST', fetched)
    // @ts-expect-error raw headers
    readTokens(incoming.rawHeaders)
    // @ts-expect-error a text
    readTokens('jwt=x')
    // @ts-expect-error headers
    void authenticate(fetched.headers, key)
    // @ts-expect-error a context of a framework can get, too, but not headers
    void isCrossOrigin('POST', { get: (name: string): string | null => name })
  })

  it('accepts allowMistyped only beside a schema', () => {
    const id = z.object({ sub: z.number().transform((id) => `user:${id}`) })
    void authenticate(fetched, key, { verify: { schema: id, allowMistyped: ['sub'] }, isRevoked: ({ claims }) => claims.sub === 'user:1' })
    createGuard(key, { verify: { schema: id, allowMistyped: ['sub'] } })
    // @ts-expect-error no schema
    void authenticate(fetched, key, { verify: { allowMistyped: ['sub'] } })
    // @ts-expect-error no schema
    createGuard(key, { verify: { audience: 'orders', allowMistyped: ['sub'] } })
  })

  it('types the claims by the schema', async () => {
    const result = await authenticate(fetched, key, { verify: { schema } })
    if (result.status !== 'authenticated') return
    expectTypeOf(result.jwt.claims.role).toEqualTypeOf<'admin' | 'user'>()
    expectTypeOf(result.jwt.claims.sub).toEqualTypeOf<string | undefined>()
    expectTypeOf(result.jwt).toExtend<VerifiedJwt>()
    expectTypeOf(result.source).toEqualTypeOf<TokenSource>()
    // @ts-expect-error not in the schema
    expectTypeOf(result.jwt.claims.tenant).toBeUnknown()
  })

  it('leaves custom claims unknown without one', async () => {
    const result = await authenticate(fetched, key)
    if (result.status !== 'authenticated') return
    expectTypeOf(result.jwt.claims).toEqualTypeOf<JwtClaims>()
    expectTypeOf(result.jwt.claims['role']).toBeUnknown()
  })

  it('does not accept the type of a schema that it was not given', () => {
    // @ts-expect-error no options
    void authenticate<typeof schema>(fetched, key)
    // @ts-expect-error no schema in them
    void authenticate<typeof schema>(fetched, key, { verify: { audience: 'orders' } })
    // @ts-expect-error nothing for verify in them
    const options: AuthenticateOptions<typeof schema, false> = { cookie: 'session' }
    void authenticate<typeof schema>(fetched, key, { ...options, verify: { audience: 'orders', schema } })
    // @ts-expect-error an adapter hands on what it was given
    void requireJwt<typeof schema>(key, { verify: { audience: 'orders' } }, () => new Response())
  })

  it('is anonymous only if the token is optional', async () => {
    const required = await authenticate(fetched, key, { verify: { schema } })
    expectTypeOf(required.status).toEqualTypeOf<'authenticated' | 'preflight' | 'denied'>()
    const refused = await authenticate(fetched, key, { optional: false })
    expectTypeOf(refused.status).toEqualTypeOf<'authenticated' | 'preflight' | 'denied'>()
    // @ts-expect-error no such status
    void (required.status === 'anonymous')
    const optional = await authenticate(fetched, key, { optional: true, verify: { schema } })
    expectTypeOf(optional.status).toEqualTypeOf<'authenticated' | 'anonymous' | 'preflight' | 'denied'>()
    const either = await authenticate(fetched, key, { optional: {} as boolean })
    expectTypeOf(either.status).toEqualTypeOf<'authenticated' | 'anonymous' | 'preflight' | 'denied'>()
    expectTypeOf<Authentication<JwtClaims, false>['status']>().toEqualTypeOf<'authenticated' | 'preflight' | 'denied'>()
    if (optional.status === 'anonymous') expectTypeOf(optional.jwt).toEqualTypeOf<undefined>()
    if (optional.status === 'preflight') expectTypeOf(optional.jwt).toEqualTypeOf<undefined>()
  })

  it('narrows in the one line that guards', async () => {
    const { jwt, response, source, reason } = await createGuard(key, { verify: { schema } })(fetched)
    if (!jwt) {
      expectTypeOf(response).toEqualTypeOf<HttpResponse | NoContent>()
      expectTypeOf(reason).toEqualTypeOf<GuardReason>()
      expectTypeOf(source).toEqualTypeOf<undefined>()
      return new Response(response.body, response)
    }
    expectTypeOf(jwt.claims.role).toEqualTypeOf<'admin' | 'user'>()
    expectTypeOf(response).toEqualTypeOf<null>()
    expectTypeOf(source).toEqualTypeOf<TokenSource>()
    expectTypeOf(reason).toEqualTypeOf<undefined>()
    return new Response(jwt.claims.role)
  })

  it('narrows by response if the token is optional, and not by jwt', async () => {
    const { jwt, response } = await createGuard(key, { optional: true, verify: { schema } })(fetched)
    // @ts-expect-error nobody may be signed in, and then there is no response
    if (!jwt) void new Response(response.body, response)
    if (response !== null) return new Response(response.body, response)
    expectTypeOf(jwt?.claims.role).toEqualTypeOf<'admin' | 'user' | undefined>()
    // @ts-expect-error nobody may be signed in
    return new Response(jwt.claims.role)
  })

  it('rejects both lines without await', () => {
    // @ts-expect-error a promise has neither
    const { jwt, response } = createGuard(key)(fetched)
    void [jwt, response]
  })

  it('has the same six members in every result', () => {
    type All = Authentication<JwtClaims>
    expectTypeOf<All['response']>().toEqualTypeOf<HttpResponse | NoContent | null>()
    expectTypeOf<All['reason']>().toEqualTypeOf<GuardReason | undefined>()
    expectTypeOf<All['error']>().toEqualTypeOf<JwtError | undefined>()
    expectTypeOf<All['source']>().toEqualTypeOf<TokenSource | undefined>()
    expectTypeOf<All['jwt']>().toEqualTypeOf<VerifiedJwt<JwtClaims> | undefined>()
    expectTypeOf<Extract<All, { readonly response: null }>['status']>().toEqualTypeOf<'authenticated' | 'anonymous'>()
    expectTypeOf<Extract<All, { readonly status: 'preflight' }>['response']>().toEqualTypeOf<NoContent>()
    expectTypeOf<Extract<All, { readonly status: 'denied' }>['reason']>().toEqualTypeOf<Exclude<GuardReason, 'preflight'>>()
    expectTypeOf<keyof Extract<All, { readonly status: 'preflight' }>>().toEqualTypeOf<keyof All>()
  })

  it('has guards that infer as authenticate does', async () => {
    const plain = createGuard(key)
    expectTypeOf(plain).toEqualTypeOf<Guard>()
    expectTypeOf(plain(fetched)).toEqualTypeOf(authenticate(fetched, key))
    expectTypeOf(plain(incoming)).resolves.toEqualTypeOf<Authentication<JwtClaims, false>>()
    expectTypeOf(createGuard(key, { cookie: 'session' })(fetched)).toEqualTypeOf(plain(fetched))

    const typed = createGuard([key], {
      verify: { issuer: 'a', schema },
      isRevoked: (jwt) => {
        expectTypeOf(jwt.claims.role).toEqualTypeOf<'admin' | 'user'>()
        return jwt.claims.jti === 'x'
      },
    })
    expectTypeOf(typed(fetched)).toEqualTypeOf(authenticate(fetched, [key], { verify: { issuer: 'a', schema } }))
    const result = await typed(fetched)
    expectTypeOf(result.status).toEqualTypeOf<'authenticated' | 'preflight' | 'denied'>()
    if (result.status === 'authenticated') expectTypeOf(result.jwt.claims.role).toEqualTypeOf<'admin' | 'user'>()

    const optional = await createGuard(() => Promise.resolve(key), { optional: true, verify: { schema } })(fetched)
    expectTypeOf(optional.status).toEqualTypeOf<'authenticated' | 'anonymous' | 'preflight' | 'denied'>()
    const either = await createGuard(key, { optional: {} as boolean })(fetched)
    expectTypeOf(either.status).toEqualTypeOf<'authenticated' | 'anonymous' | 'preflight' | 'denied'>()
    const valibot = await createGuard(key, { verify: { schema: v.object({ level: v.optional(v.number()) }) } })(fetched)
    if (valibot.status === 'authenticated') expectTypeOf(valibot.jwt.claims.level).toEqualTypeOf<number | undefined>()
  })

  it('has guards that reject what authenticate rejects', () => {
    // @ts-expect-error no options
    createGuard<typeof schema>(key)
    // @ts-expect-error no schema in them
    createGuard<typeof schema>(key, { verify: { audience: 'orders' } })
    // @ts-expect-error move it into verify
    createGuard(key, { audience: 'orders' })
    // @ts-expect-error an unset variable
    createGuard(key, { verify: { issuer: process.env['ISSUER'] } })
    // @ts-expect-error undefined is no value
    createGuard(key, { optional: undefined })
    // @ts-expect-error an unknown source
    createGuard(key, { sources: ['query'] })
    // @ts-expect-error a row is not a boolean
    createGuard(key, { isRevoked: () => ({ id: 1 }) })
    // @ts-expect-error a secret is not a key
    createGuard('a secret of more than thirty-two bytes')
    // @ts-expect-error headers
    void createGuard(key)(fetched.headers)
    createGuard<typeof schema>(key, { verify: { audience: 'orders', schema } })
  })

  it('returns an answer that new Response accepts', async () => {
    const result = await authenticate(fetched, key)
    if (result.status !== 'denied') return
    expectTypeOf(result.error).toEqualTypeOf<JwtError | undefined>()
    expectTypeOf(result.response).toEqualTypeOf<HttpResponse>()
    const { response } = result
    expectTypeOf(new Response(response.body, response)).toEqualTypeOf<Response>()
    expectTypeOf(new Response(unauthorized().body, unauthorized())).toEqualTypeOf<Response>()
    expectTypeOf(new Response(forbidden({ scope: 'a b' }).body, forbidden())).toEqualTypeOf<Response>()
    // @ts-expect-error read-only
    response.status = 200
    // @ts-expect-error read-only
    response.headers['X-Powered-By'] = 'x'
  })

  it('passes to the handler of an adapter what it verified', () => {
    requireJwt(key, { verify: { audience: 'orders' } }, (_request, jwt) => {
      expectTypeOf(jwt).toEqualTypeOf<VerifiedJwt<JwtClaims>>()
      return new Response(jwt.claims.sub)
    })
    requireJwt(key, { optional: true, verify: { schema } }, (_request, jwt) => {
      expectTypeOf(jwt?.claims.role).toEqualTypeOf<'admin' | 'user' | undefined>()
      return new Response(jwt?.claims.role)
    })
  })

  it('calls isRevoked with a verified token, with the claims of the schema', () => {
    void authenticate(fetched, key, {
      verify: { schema },
      isRevoked: (jwt) => {
        expectTypeOf(jwt.claims.role).toEqualTypeOf<'admin' | 'user'>()
        return Promise.resolve(jwt.claims.jti === 'x')
      },
    })
    void authenticate(fetched, key, { isRevoked: ({ claims }) => claims.sub === 'u1' })
    // @ts-expect-error a row is not a boolean
    void authenticate(fetched, key, { isRevoked: () => ({ id: 1 }) })
    // @ts-expect-error undefined is not a boolean
    void authenticate(fetched, key, { isRevoked: () => undefined })
  })

  it('accepts options of their types, and no others', () => {
    void authenticate(fetched, key, { cookie: 'session', sources: ['bearer'], trustedOrigins: [], realm: 'orders' })
    // @ts-expect-error belongs into verify
    void authenticate(fetched, key, { audience: 'orders' })
    // @ts-expect-error an unset variable
    void authenticate(fetched, key, { verify: { issuer: process.env['ISSUER'] } })
    // @ts-expect-error undefined is no value
    void authenticate(fetched, key, { optional: undefined })
    // @ts-expect-error an unknown source
    void authenticate(fetched, key, { sources: ['query'] })
    // @ts-expect-error a list
    void authenticate(fetched, key, { trustedOrigins: 'https://app.example' })
    // @ts-expect-error a secret is not a key
    void authenticate(fetched, 'a secret of more than thirty-two bytes')
  })

  it('writes cookies with attributes of their types, and no others', () => {
    expectTypeOf(tokenCookie(token)).toEqualTypeOf<string>()
    tokenCookie(token, { sameSite: 'Strict', maxAge: '15m', domain: 'example.com', path: '/', now: () => new Date() })
    clearTokenCookie({ sameSite: 'None', secure: true, httpOnly: true, partitioned: true, cookie: '__Host-jwt' })
    tokenCookie(token, { sameSite: 'lax', cookie: 'session' })
    // @ts-expect-error it is called cookie
    tokenCookie(token, { name: 'session' })
    // @ts-expect-error another word
    tokenCookie(token, { sameSite: 'default' })
    // @ts-expect-error a flag of other libraries
    tokenCookie(token, { sameSite: true })
    // @ts-expect-error words
    tokenCookie(token, { maxAge: '15 minutes' })
    // @ts-expect-error an unset variable
    tokenCookie(token, { domain: process.env['DOMAIN'] })
    // @ts-expect-error of other libraries
    tokenCookie(token, { expires: new Date() })
    // @ts-expect-error a cookie that is removed has no lifetime
    clearTokenCookie({ maxAge: '1h' })
    // @ts-expect-error no token
    tokenCookie(undefined)
  })

  it('has the parts of a cookie as frameworks take them', () => {
    const { name, value, attributes } = tokenCookieParts(token, { sameSite: 'Strict', domain: 'example.com' })
    expectTypeOf(tokenCookieParts(token)).toEqualTypeOf<TokenCookieParts>()
    /** As Next has it. */
    const next = {} as (name: string, value: string, cookie?: Partial<NextCookie>) => unknown
    /** As SvelteKit has it. */
    const svelte = {} as (name: string, value: string, options: SvelteCookie & { path: string }) => void
    next(name, value, attributes)
    svelte(name, value, attributes)
    // @ts-expect-error without the token
    tokenCookieParts({ cookie: 'session' })
    // @ts-expect-error it is called cookie
    tokenCookieParts(token, { name: 'session' })
  })

  it('accepts an error of this library for a challenge, or none', () => {
    if (caught instanceof JwtError) expectTypeOf(challenge(caught, { realm: 'orders' })).toEqualTypeOf<string>()
    if (caught instanceof JwtExpiredError) expectTypeOf(unauthorized(caught)).toEqualTypeOf<HttpResponse>()
    expectTypeOf(challenge()).toEqualTypeOf<string>()
    // @ts-expect-error another error
    challenge(new Error('x'))
    // @ts-expect-error options in its place
    unauthorized({ realm: 'orders' })
    // @ts-expect-error a list of scopes
    forbidden({ scope: ['read'] })
  })
})
