/** What the types of the library are, and what they accept. types-rejected.test.ts has what compiles and what does not. */
import type { IncomingMessage } from 'node:http'
import type { Http2ServerRequest } from 'node:http2'
import { type } from 'arktype'
import { createKey, createSigner, createVerifier, decodeUnverified, secondsLeft, sign, verify } from 'hs256'
import { JwtAlgorithmError, JwtClaimError, JwtError, JwtExpiredError, JwtKeyNotFoundError } from 'hs256'
import { JwtMalformedError, JwtNotYetValidError, JwtSignatureError } from 'hs256'
import type { ClaimsOf, Duration, JwtClaims, JwtHeader, JwtKey, KeyFinder, OwnExp, SchemaOptions, Signer } from 'hs256'
import type { StandardSchema, UnverifiedJwt, VerifiedJwt, Verifier, VerifyOptions } from 'hs256'
import { authenticate, challenge, createGuard, forbidden, isCrossOrigin, readTokens } from 'hs256/http'
import { tokenCookie, tokenCookieParts, unauthorized } from 'hs256/http'
import type { Authentication, FoundToken, Guard, GuardReason, HttpRequest, HttpResponse, NoContent } from 'hs256/http'
import type { NodeRequest, TokenCookieParts, TokenSource } from 'hs256/http'
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

/** Schemas of three libraries, and of every form. */
const Role = z.object({ role: z.enum(['admin', 'user']) })
const toDate = z.number().transform((seconds) => new Date(seconds * 1000))
const SCHEMAS = {
  zod: z.object({ role: z.enum(['admin', 'user']), level: z.coerce.number() }),
  valibot: v.object({ role: v.string(), seen: v.pipe(v.number(), v.transform((seconds) => new Date(seconds * 1000))) }), // prettier-ignore
  ark: type({ role: "'admin' | 'user'", sub: 'string' }),
  registered: z.object({ sub: z.string(), exp: toDate }),
  optional: z.object({ role: z.enum(['admin', 'user']).optional(), exp: toDate.optional() }),
  kinds: z.discriminatedUnion('kind', [z.object({ kind: z.literal('a'), exp: toDate }), z.object({ kind: z.literal('b') })]),
  apart: z.union([z.object({ user: z.string() }), z.object({ service: z.string() })]),
  any: JSON.parse('null') as StandardSchema<any>, // oxlint-disable-line typescript/no-explicit-any
  loose: z.looseObject({ role: z.string() }),
  catchall: z.object({ role: z.string() }).catchall(z.coerce.string()),
}

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
  it('returns a promise of a token', () => {
    expectTypeOf(sign({}, key, { expiresIn: '15m' })).toEqualTypeOf<Promise<string>>()
    createSignerSync(key, { expiresIn: '1h', now: () => instant })({ iat: instant })
    secondsLeft(verified, { now: () => instant })
  })
})

describe('createKey', () => {
  it('is the only function that makes a key', () => {
    expectTypeOf(createKey(process.env['JWT_SECRET'])).toEqualTypeOf<JwtKey>()
    expectTypeOf<JwtKey['kid']>().toEqualTypeOf<string | undefined>()
    expectTypeOf<{ readonly kid: string }>().not.toExtend<JwtKey>()
  })
})

describe('verify', () => {
  it('passes the header of a token to a function that finds keys', () => {
    void verify(token, (header) => {
      expectTypeOf(header).toEqualTypeOf<JwtHeader>()
      return header.kid === 'a' ? key : undefined
    })
    void verify(token, () => Promise.resolve([key]))
  })

  it('returns claims that are unknown without a schema, except the registered ones', async () => {
    const { claims, header, key: matched } = await verify(token, key)
    expectTypeOf(claims).toEqualTypeOf<JwtClaims>()
    expectTypeOf(claims['role']).toBeUnknown()
    expectTypeOf([claims.sub, claims.exp] as const).toEqualTypeOf<readonly [string | undefined, number | undefined]>()
    expectTypeOf(claims.aud).toEqualTypeOf<string | readonly string[] | undefined>()
    expectTypeOf([header, header.alg, matched] as const).toEqualTypeOf<readonly [JwtHeader, string, JwtKey]>()
  })

  it('returns claims that may be changed: they are the caller’s own', async () => {
    const jwt = await verify(token, key)
    jwt.claims.sub = 'u2'
    jwt.claims['role'] = 'admin'
    jwt.claims.aud = ['orders']
    delete jwt.claims.exp
    const typed = await verify(token, key, { schema: Role })
    typed.claims.role = 'user'
    typed.claims.sub = 'u2'
    delete typed.claims.exp
    decodeUnverified(token).claims.sub = 'u2'
    verifySync(token, key).claims['role'] = 'user'
  })

  it('returns claims as the schema types them', async () => {
    const { claims: zod } = await verify(token, key, { issuer: 'a', schema: SCHEMAS.zod })
    expectTypeOf([zod.role, zod.level] as const).toEqualTypeOf<readonly ['admin' | 'user', number]>()
    expectTypeOf([zod.sub, zod.exp] as const).toEqualTypeOf<readonly [string | undefined, number | undefined]>()
    const { claims: valibot } = await verify(token, key, { schema: SCHEMAS.valibot })
    expectTypeOf([valibot.role, valibot.seen, valibot.iss] as const).toEqualTypeOf<readonly [string, Date, string | undefined]>()
    const { claims: ark } = await verify(token, key, { schema: SCHEMAS.ark })
    expectTypeOf([ark.role, ark.sub, ark.jti] as const).toEqualTypeOf<readonly ['admin' | 'user', string, string | undefined]>()
    const { claims } = await verify(token, key, { schema: SCHEMAS.registered })
    expectTypeOf([claims.sub, claims.exp] as const).toEqualTypeOf<readonly [string, Date]>()
    const { claims: optional } = await verify(token, key, { schema: SCHEMAS.optional })
    expectTypeOf([optional.role, optional.exp] as const).toEqualTypeOf<readonly ['admin' | 'user' | undefined, Date | undefined]>()
    expectTypeOf(optional.sub).toEqualTypeOf<string | undefined>()
  })

  it('returns each kind of claims with its own, if the schema has several', async () => {
    const { claims } = await verify(token, key, { schema: SCHEMAS.kinds })
    if (claims.kind === 'a') expectTypeOf(claims.exp).toEqualTypeOf<Date>()
    else expectTypeOf(claims.exp).toEqualTypeOf<number | undefined>()
    const { claims: apart } = await verify(token, key, { schema: SCHEMAS.apart })
    if ('user' in apart) expectTypeOf(apart.user).toEqualTypeOf<string>()
    else expectTypeOf(apart.service).toEqualTypeOf<string>()
  })

  it('returns claims that are unknown if the schema’s type is any, or says nothing about them', async () => {
    expectTypeOf((await verify(token, key, { schema: SCHEMAS.any })).claims).toEqualTypeOf<JwtClaims>()
    const validate = (value: unknown) => ({ value: value as { role: string } })
    const schema = { '~standard': { version: 1, vendor: 'ours', types: undefined, validate } } as const
    expectTypeOf((await verify(token, key, { schema })).claims).toEqualTypeOf<JwtClaims>()
  })

  it('returns the registered claims with a schema that allows any others, but those of a schema that says something about all', async () => {
    const jwt = await verify(token, key, { schema: SCHEMAS.loose })
    expectTypeOf([jwt.claims.exp, jwt.claims.role] as const).toEqualTypeOf<readonly [number | undefined, string]>()
    expectTypeOf(jwt.claims['tenant']).toBeUnknown()
    expectTypeOf(jwt).toExtend<VerifiedJwt>()
    expectTypeOf((await verify(token, key, { schema: v.looseObject({ role: v.string() }) })).claims.sub).toEqualTypeOf<string | undefined>()
    expectTypeOf((await verify(token, key, { schema: type({ '[string]': 'unknown' }) })).claims.sub).toEqualTypeOf<string | undefined>()
    expectTypeOf((await verify(token, key, { schema: SCHEMAS.catchall })).claims['exp']).toEqualTypeOf<string | undefined>()
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
    const User = Role
    expectTypeOf(await check(token, User)).toEqualTypeOf(await verify(token, key, { schema: User }))
    expectTypeOf((await check(token, User)).claims.role).toEqualTypeOf<'admin' | 'user'>()
    expectTypeOf((await claimsOf(token, User)).role).toEqualTypeOf<'admin' | 'user'>()
    expectTypeOf((await claimsOf(token, v.object({ level: v.number() }))).level).toEqualTypeOf<number>()
    expectTypeOf(checkSync(token, type({ sub: 'string' })).claims.sub).toEqualTypeOf<string>()
    expectTypeOf((await checkWith(token, { schema: User, maxAge: '1h' })).claims.role).toEqualTypeOf<'admin' | 'user'>()
    expectTypeOf((await makeCheck(User)(token)).claims.role).toEqualTypeOf<'admin' | 'user'>()
  })

  it('has allowMistyped only among the options that have a schema', () => {
    expectTypeOf(
      verifySync(token, key, { schema: z.object({ sub: z.number() }), allowMistyped: ['sub'] }).claims.sub,
    ).toEqualTypeOf<number>()
    expectTypeOf<VerifyOptions>().not.toHaveProperty('allowMistyped')
    expectTypeOf<SchemaOptions<typeof Role>>().toHaveProperty('allowMistyped')
  })
})

describe('createVerifier and createVerifierSync', () => {
  it('return claims that are unknown without a schema, except the registered ones', () => {
    const check = createVerifier(key, { issuer: 'a' })
    expectTypeOf(check).toEqualTypeOf<Verifier>()
    expectTypeOf(check).parameters.toEqualTypeOf<[token: string]>()
    expectTypeOf(check(token)).resolves.toEqualTypeOf<VerifiedJwt<JwtClaims>>()
    expectTypeOf(createVerifier([key, key] as const)(token)).resolves.toEqualTypeOf<VerifiedJwt<JwtClaims>>()
    const checkSync = createVerifierSync(key, { issuer: 'a' })
    expectTypeOf(checkSync).toEqualTypeOf<SyncVerifier>()
    expectTypeOf(checkSync(token)).toEqualTypeOf<VerifiedJwt<JwtClaims>>()
  })

  it('return a function that can be mapped over tokens', () => {
    expectTypeOf([token].map(createVerifier(key))).toEqualTypeOf<Promise<VerifiedJwt<JwtClaims>>[]>()
    expectTypeOf([token].map(createVerifierSync(key))).toEqualTypeOf<VerifiedJwt<JwtClaims>[]>()
  })

  it('infer the claims from every schema as verify and verifySync do', async () => {
    const { zod, valibot, ark, registered, optional, kinds, apart, any, loose, catchall } = SCHEMAS
    expectTypeOf(createVerifier(key, { schema: zod })(token)).toEqualTypeOf(verify(token, key, { schema: zod }))
    expectTypeOf(createVerifier(key, { schema: valibot })(token)).toEqualTypeOf(verify(token, key, { schema: valibot }))
    expectTypeOf(createVerifier(key, { schema: ark })(token)).toEqualTypeOf(verify(token, key, { schema: ark }))
    expectTypeOf(createVerifier(key, { schema: registered })(token)).toEqualTypeOf(verify(token, key, { schema: registered }))
    expectTypeOf(createVerifier(key, { schema: optional })(token)).toEqualTypeOf(verify(token, key, { schema: optional }))
    expectTypeOf(createVerifier(key, { schema: kinds })(token)).toEqualTypeOf(verify(token, key, { schema: kinds }))
    expectTypeOf(createVerifier(key, { schema: apart })(token)).toEqualTypeOf(verify(token, key, { schema: apart }))
    expectTypeOf(createVerifier(key, { schema: any })(token)).toEqualTypeOf(verify(token, key, { schema: any }))
    expectTypeOf(createVerifier(key, { schema: loose })(token)).toEqualTypeOf(verify(token, key, { schema: loose }))
    expectTypeOf(createVerifier(key, { schema: catchall })(token)).toEqualTypeOf(verify(token, key, { schema: catchall }))
    expectTypeOf(createVerifierSync(key, { schema: zod })(token)).toEqualTypeOf(await verify(token, key, { schema: zod }))
    expectTypeOf(createVerifierSync(key, { schema: valibot })(token)).toEqualTypeOf(await verify(token, key, { schema: valibot }))
    expectTypeOf(createVerifierSync(key, { schema: ark })(token)).toEqualTypeOf(await verify(token, key, { schema: ark }))
    expectTypeOf(createVerifierSync(key, { schema: optional })(token)).toEqualTypeOf(await verify(token, key, { schema: optional }))
    expectTypeOf(createVerifierSync(key, { schema: kinds })(token)).toEqualTypeOf(await verify(token, key, { schema: kinds }))
    expectTypeOf(createVerifierSync(key, { schema: any })(token)).toEqualTypeOf(await verify(token, key, { schema: any }))
    expectTypeOf(verifySync(token, key, { schema: zod })).toEqualTypeOf(await verify(token, key, { schema: zod }))
  })

  it('accept the keys that verify and verifySync accept', () => {
    expectTypeOf(createVerifier).parameter(0).toExtend<Parameters<typeof verify>[1]>()
    createVerifier((header) => {
      expectTypeOf(header).toEqualTypeOf<JwtHeader>()
      return Promise.resolve(header.kid === 'a' ? key : undefined)
    })
    expectTypeOf<SyncKeyFinder>().toExtend<KeyFinder>()
    expectTypeOf<KeyFinder>().not.toExtend<SyncKeyFinder>()
  })
})

describe('createSigner and createSignerSync', () => {
  it('return what sign and signSync return, and need an exp in the claims if they have no expiresIn', () => {
    const [issue, issueSync] = [createSigner(key, { expiresIn: '1h' }), createSignerSync(key, { expiresIn: '1h', type: 'at+jwt' })]
    const [issueOwn, issueOwnSync] = [createSigner(key), createSignerSync(key, { type: 'at+jwt' })]
    expectTypeOf(issue).toEqualTypeOf<Signer>()
    expectTypeOf(issue(user)).toEqualTypeOf(sign(user, key, { expiresIn: '1h' }))
    expectTypeOf(issueSync(user)).toEqualTypeOf(signSync(user, key, { expiresIn: '1h' }))
    expectTypeOf([issue({ sub: 'u1' }), issueSync({ sub: 'u1' })] as const).toEqualTypeOf<readonly [Promise<string>, string]>()
    expectTypeOf(issueOwn).toEqualTypeOf<Signer<OwnExp>>()
    expectTypeOf([issueOwn({ exp: 5 }), issueOwnSync({ exp: new Date() })] as const).toEqualTypeOf<readonly [Promise<string>, string]>()
  })
})

describe('VerifiedJwt and UnverifiedJwt', () => {
  it('can be required whatever the schema’s output is', async () => {
    const trust = (jwt: VerifiedJwt): unknown => jwt.claims.sub
    const show = (jwt: UnverifiedJwt): unknown => jwt.claims.sub
    const schema: z.ZodType<{ readonly sub: string }> = z.object({ sub: z.string() })
    trust(await verify(token, key, { schema }))
    trust(verified)
    show(unverified)
    expectTypeOf(decodeUnverified(token)).toEqualTypeOf<UnverifiedJwt>()
  })

  it('can be required with typed claims', async () => {
    const guard = (jwt: VerifiedJwt<{ readonly role: 'admin' | 'user' }>): string => jwt.claims.role
    guard(await verify(token, key, { schema: Role }))
  })

  it('both count down', () => {
    expectTypeOf(secondsLeft(verified)).toEqualTypeOf<number>()
    expectTypeOf(secondsLeft(unverified, { now: () => new Date() })).toEqualTypeOf<number>()
  })
})

describe('JwtError', () => {
  it('narrows by code to the members of each class', () => {
    if (!(caught instanceof JwtError)) throw caught
    expectTypeOf(caught).toEqualTypeOf<JwtError>()
    expectTypeOf(caught.message).toBeString()
    type Code = 'MALFORMED' | 'ALGORITHM' | 'KEY_NOT_FOUND' | 'SIGNATURE' | 'CLAIM' | 'EXPIRED' | 'NOT_YET_VALID'
    expectTypeOf<typeof caught.code>().toEqualTypeOf<`ERR_JWT_${Code}`>()
    if (caught.code === 'ERR_JWT_MALFORMED') expectTypeOf(caught).toEqualTypeOf<JwtMalformedError>()
    if (caught.code === 'ERR_JWT_ALGORITHM') expectTypeOf(caught).toEqualTypeOf<JwtAlgorithmError>()
    if (caught.code === 'ERR_JWT_KEY_NOT_FOUND') expectTypeOf(caught).toEqualTypeOf<JwtKeyNotFoundError>()
    if (caught.code === 'ERR_JWT_SIGNATURE') expectTypeOf(caught).toEqualTypeOf<JwtSignatureError>()
    if (caught.code === 'ERR_JWT_CLAIM') expectTypeOf(caught).toExtend<JwtClaimError>()
    if (caught.code === 'ERR_JWT_EXPIRED') expectTypeOf(caught).toEqualTypeOf<JwtExpiredError>()
    if (caught.code === 'ERR_JWT_NOT_YET_VALID') expectTypeOf(caught).toEqualTypeOf<JwtNotYetValidError>()
    if (caught.code === 'ERR_JWT_CLAIM' || caught.code === 'ERR_JWT_EXPIRED') {
      expectTypeOf(caught.claim).toEqualTypeOf<string | undefined>()
      expectTypeOf(caught.reason).toEqualTypeOf<'missing' | 'invalid' | 'mismatch' | 'expired' | 'early'>()
      expectTypeOf(caught.claims()).toEqualTypeOf<Readonly<Record<string, unknown>> | undefined>()
      expectTypeOf(caught.issues()).toEqualTypeOf<readonly { readonly message: string }[] | undefined>()
    }
  })

  it('has the members of each class', () => {
    expectTypeOf<JwtExpiredError['expiredAt']>().toEqualTypeOf<Date>()
    expectTypeOf<JwtNotYetValidError['validFrom']>().toEqualTypeOf<Date>()
    expectTypeOf<ReturnType<JwtKeyNotFoundError['kid']>>().toEqualTypeOf<string | undefined>()
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

/** The attributes of a cookie as Next has them: without `undefined`, under `exactOptionalPropertyTypes`. */
interface NextCookie {
  readonly domain?: string
  readonly httpOnly?: boolean
  readonly maxAge?: number
  readonly partitioned?: boolean
  readonly path?: string
  readonly sameSite?: true | false | 'lax' | 'strict' | 'none'
  readonly secure?: boolean
}

/** As SvelteKit has them. */
type SvelteCookie = { readonly [Name in Exclude<keyof NextCookie, 'path'>]?: NextCookie[Name] | undefined } & { path: string }

describe('hs256/http', () => {
  const fetched = {} as Request
  const incoming = {} as IncomingMessage
  const schema = Role

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

  it('types the claims by the schema, and leaves custom claims unknown without one', async () => {
    const result = await authenticate(fetched, key, { verify: { schema } })
    if (result.status === 'authenticated') {
      const { claims } = result.jwt
      expectTypeOf([claims.role, claims.sub] as const).toEqualTypeOf<readonly ['admin' | 'user', string | undefined]>()
      expectTypeOf(result.jwt).toExtend<VerifiedJwt>()
      expectTypeOf(result.source).toEqualTypeOf<TokenSource>()
    }
    const plain = await authenticate(fetched, key)
    if (plain.status === 'authenticated') expectTypeOf(plain.jwt.claims).toEqualTypeOf<JwtClaims>()
    expectTypeOf<JwtClaims['role']>().toBeUnknown()
  })

  it('is anonymous only if the token is optional', async () => {
    type Status = 'authenticated' | 'preflight' | 'denied'
    expectTypeOf((await authenticate(fetched, key, { verify: { schema } })).status).toEqualTypeOf<Status>()
    expectTypeOf((await authenticate(fetched, key, { optional: false })).status).toEqualTypeOf<Status>()
    expectTypeOf((await authenticate(fetched, key, { optional: {} as boolean })).status).toEqualTypeOf<Status | 'anonymous'>()
    expectTypeOf<Authentication<JwtClaims, false>['status']>().toEqualTypeOf<Status>()
    const optional = await authenticate(fetched, key, { optional: true, verify: { schema } })
    expectTypeOf(optional.status).toEqualTypeOf<Status | 'anonymous'>()
    if (optional.status === 'anonymous' || optional.status === 'preflight') expectTypeOf(optional.jwt).toEqualTypeOf<undefined>()
  })

  it('narrows in the one line that guards', async () => {
    const { jwt, response, source, reason } = await createGuard(key, { verify: { schema } })(fetched)
    if (jwt) {
      expectTypeOf(jwt.claims.role).toEqualTypeOf<'admin' | 'user'>()
      expectTypeOf([response, source, reason] as const).toEqualTypeOf<readonly [null, TokenSource, undefined]>()
    } else {
      expectTypeOf([response, source, reason] as const).toEqualTypeOf<readonly [HttpResponse | NoContent, undefined, GuardReason]>()
      void new Response(response.body, response)
    }
  })

  it('narrows by response if the token is optional, and not by jwt', async () => {
    const { jwt, response } = await createGuard(key, { optional: true, verify: { schema } })(fetched)
    if (response !== null) void new Response(response.body, response)
    else expectTypeOf(jwt?.claims.role).toEqualTypeOf<'admin' | 'user' | undefined>()
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

    const typed = createGuard([key], { verify: { issuer: 'a', schema }, isRevoked: (jwt) => jwt.claims.role === 'admin' })
    expectTypeOf(typed(fetched)).toEqualTypeOf(authenticate(fetched, [key], { verify: { issuer: 'a', schema } }))
    const finding = createGuard(() => Promise.resolve(key), { optional: true, verify: { schema } })
    expectTypeOf(finding(fetched)).toEqualTypeOf(authenticate(fetched, key, { optional: true, verify: { schema } }))
    const either = createGuard(key, { optional: {} as boolean })
    expectTypeOf(either(fetched)).toEqualTypeOf(authenticate(fetched, key, { optional: {} as boolean }))
    const valibot = await createGuard(key, { verify: { schema: v.object({ level: v.optional(v.number()) }) } })(fetched)
    if (valibot.status === 'authenticated') expectTypeOf(valibot.jwt.claims.level).toEqualTypeOf<number | undefined>()
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
  })

  it('has the parts of a cookie as frameworks take them', () => {
    const { name, value, attributes } = tokenCookieParts(token, { sameSite: 'Strict', domain: 'example.com' })
    expectTypeOf([tokenCookie(token), tokenCookieParts(token)] as const).toEqualTypeOf<readonly [string, TokenCookieParts]>()
    const next = {} as (name: string, value: string, cookie?: Partial<NextCookie>) => unknown
    const svelte = {} as (name: string, value: string, options: SvelteCookie) => void
    next(name, value, attributes)
    svelte(name, value, attributes)
  })

  it('accepts an error of this library for a challenge, or none', () => {
    if (caught instanceof JwtError) expectTypeOf(challenge(caught, { realm: 'orders' })).toEqualTypeOf<string>()
    if (caught instanceof JwtExpiredError) expectTypeOf(unauthorized(caught)).toEqualTypeOf<HttpResponse>()
    expectTypeOf(challenge()).toEqualTypeOf<string>()
  })
})
