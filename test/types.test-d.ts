/** What the types of results are. types-rejected.test.ts has what compiles and what does not. */
import type { IncomingMessage } from 'node:http'
import { type } from 'arktype'
import { createKey, createSigner, createVerifier, decodeUnverified, secondsLeft, sign, verify } from 'hs256'
import { JwtAlgorithmError, JwtClaimError, JwtError, JwtExpiredError, JwtKeyNotFoundError } from 'hs256'
import { JwtMalformedError, JwtNotYetValidError, JwtSignatureError } from 'hs256'
import type { ClaimsOf, JwtClaims, JwtHeader, JwtKey, KeyFinder, OwnExp, SchemaOptions, Signer } from 'hs256'
import type { StandardSchema, UnverifiedJwt, VerifiedJwt, Verifier } from 'hs256'
import { authenticate, challenge, createGuard, forbidden, isCrossOrigin, readTokens } from 'hs256/http'
import { tokenCookie, tokenCookieParts, unauthorized } from 'hs256/http'
import type { Authentication, FoundToken, Guard, GuardReason, HttpResponse, NoContent } from 'hs256/http'
import type { TokenCookieParts, TokenSource } from 'hs256/http'
import { createSignerSync, createVerifierSync, signSync, verifySync, type SyncKeyFinder, type SyncVerifier } from 'hs256/sync'
import * as v from 'valibot'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { z } from 'zod'

declare const key: JwtKey
declare const token: string
declare const caught: unknown
declare const verified: VerifiedJwt
declare const user: { readonly sub: string; readonly role: 'admin' | 'user'; readonly groups: readonly string[] }

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

describe('a key', () => {
  it('has a kid, or none', () => {
    expectTypeOf(createKey(process.env['JWT_SECRET'])).toEqualTypeOf<JwtKey>()
    expectTypeOf<JwtKey['kid']>().toEqualTypeOf<string | undefined>()
  })

  it('is found by the header of a token', () => {
    void verify(token, (header) => {
      expectTypeOf(header).toEqualTypeOf<JwtHeader>()
      return key
    })
    createVerifier((header) => {
      expectTypeOf(header).toEqualTypeOf<JwtHeader>()
      return key
    })
    expectTypeOf(createVerifier).parameter(0).toExtend<Parameters<typeof verify>[1]>()
    expectTypeOf<SyncKeyFinder>().toExtend<KeyFinder>()
  })
})

describe('a verified token', () => {
  it('has claims that are unknown without a schema, except the registered ones', async () => {
    const { claims, header, key: matched } = await verify(token, key)
    expectTypeOf(claims).toEqualTypeOf<JwtClaims>()
    expectTypeOf(claims['role']).toBeUnknown()
    expectTypeOf([claims.sub, claims.exp] as const).toEqualTypeOf<readonly [string | undefined, number | undefined]>()
    expectTypeOf(claims.aud).toEqualTypeOf<string | readonly string[] | undefined>()
    expectTypeOf([header, header.alg, matched] as const).toEqualTypeOf<readonly [JwtHeader, string, JwtKey]>()
  })

  it('has claims as the schema types them', async () => {
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
    const { claims: mistyped } = verifySync(token, key, { schema: z.object({ sub: z.number() }), allowMistyped: ['sub'] })
    expectTypeOf(mistyped.sub).toEqualTypeOf<number>()
  })

  it('has each kind of claims with its own, if the schema has several', async () => {
    const { claims } = await verify(token, key, { schema: SCHEMAS.kinds })
    if (claims.kind === 'a') expectTypeOf(claims.exp).toEqualTypeOf<Date>()
    else expectTypeOf(claims.exp).toEqualTypeOf<number | undefined>()
    const { claims: apart } = await verify(token, key, { schema: SCHEMAS.apart })
    if ('user' in apart) expectTypeOf(apart.user).toEqualTypeOf<string>()
    else expectTypeOf(apart.service).toEqualTypeOf<string>()
  })

  it('has claims that are unknown if the schema’s type is any, or says nothing about them', async () => {
    expectTypeOf((await verify(token, key, { schema: SCHEMAS.any })).claims).toEqualTypeOf<JwtClaims>()
    const validate = (value: unknown) => ({ value: value as { role: string } })
    const schema = { '~standard': { version: 1, vendor: 'ours', types: undefined, validate } } as const
    expectTypeOf((await verify(token, key, { schema })).claims).toEqualTypeOf<JwtClaims>()
  })

  it('has the registered claims with a schema that allows any others, but those of a schema that says something about all', async () => {
    const jwt = await verify(token, key, { schema: SCHEMAS.loose })
    expectTypeOf([jwt.claims.exp, jwt.claims.role] as const).toEqualTypeOf<readonly [number | undefined, string]>()
    expectTypeOf(jwt.claims['tenant']).toBeUnknown()
    expectTypeOf(jwt).toExtend<VerifiedJwt>()
    expectTypeOf((await verify(token, key, { schema: v.looseObject({ role: v.string() }) })).claims.sub).toEqualTypeOf<string | undefined>()
    expectTypeOf((await verify(token, key, { schema: type({ '[string]': 'unknown' }) })).claims.sub).toEqualTypeOf<string | undefined>()
    expectTypeOf((await verify(token, key, { schema: SCHEMAS.catchall })).claims['exp']).toEqualTypeOf<string | undefined>()
  })

  it('can be made by a generic function, in its natural form', async () => {
    const check = <Schema extends StandardSchema>(schema: Schema) => verify(token, key, { issuer: 'a', clockTolerance: 5, schema })
    const checkSync = <Schema extends StandardSchema>(schema: Schema) => verifySync(token, key, { schema })
    const checkWith = <Schema extends StandardSchema>(options: SchemaOptions<Schema>) => verify(token, key, { issuer: 'a', ...options })
    const claimsOf = async <Schema extends StandardSchema>(schema: Schema): Promise<ClaimsOf<Schema>> => (await check(schema)).claims
    const makeCheck = <Schema extends StandardSchema>(schema: Schema): Verifier<ClaimsOf<Schema>> => createVerifier(key, { schema })
    expectTypeOf(await check(Role)).toEqualTypeOf(await verify(token, key, { schema: Role }))
    expectTypeOf((await claimsOf(Role)).role).toEqualTypeOf<'admin' | 'user'>()
    expectTypeOf((await claimsOf(v.object({ level: v.number() }))).level).toEqualTypeOf<number>()
    expectTypeOf(checkSync(type({ sub: 'string' })).claims.sub).toEqualTypeOf<string>()
    expectTypeOf((await checkWith({ schema: Role, maxAge: '1h' })).claims.role).toEqualTypeOf<'admin' | 'user'>()
    expectTypeOf((await makeCheck(Role)(token)).claims.role).toEqualTypeOf<'admin' | 'user'>()
  })

  it('counts down, as an unverified one does', () => {
    expectTypeOf(decodeUnverified(token)).toEqualTypeOf<UnverifiedJwt>()
    expectTypeOf([secondsLeft(verified), secondsLeft(decodeUnverified(token))] as const).toEqualTypeOf<readonly [number, number]>()
  })
})

describe('createVerifier and createVerifierSync', () => {
  it('return functions that can be mapped over tokens', () => {
    const [check, checkSync] = [createVerifier(key, { issuer: 'a' }), createVerifierSync(key, { issuer: 'a' })]
    expectTypeOf(check).toEqualTypeOf<Verifier>()
    expectTypeOf(check).parameters.toEqualTypeOf<[token: string]>()
    expectTypeOf(createVerifier([key, key] as const)).toEqualTypeOf<Verifier>()
    expectTypeOf(checkSync).toEqualTypeOf<SyncVerifier>()
    expectTypeOf([token].map(check)).toEqualTypeOf<Promise<VerifiedJwt<JwtClaims>>[]>()
    expectTypeOf([token].map(checkSync)).toEqualTypeOf<VerifiedJwt<JwtClaims>[]>()
  })

  it('infer the claims from a schema as verify does', async () => {
    const { zod, kinds, any } = SCHEMAS
    expectTypeOf(createVerifier(key, { schema: zod })(token)).toEqualTypeOf(verify(token, key, { schema: zod }))
    expectTypeOf(createVerifier(key, { schema: kinds })(token)).toEqualTypeOf(verify(token, key, { schema: kinds }))
    expectTypeOf(createVerifier(key, { schema: any })(token)).toEqualTypeOf(verify(token, key, { schema: any }))
    expectTypeOf(createVerifierSync(key, { schema: kinds })(token)).toEqualTypeOf(await verify(token, key, { schema: kinds }))
    expectTypeOf(createVerifierSync(key, { schema: any })(token)).toEqualTypeOf(await verify(token, key, { schema: any }))
    expectTypeOf(verifySync(token, key, { schema: zod })).toEqualTypeOf(await verify(token, key, { schema: zod }))
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

describe('JwtError', () => {
  it('narrows by code to the members of each class', () => {
    if (!(caught instanceof JwtError)) throw caught
    expectTypeOf(caught).toEqualTypeOf<JwtError>()
    expectTypeOf(caught.message).toBeString()
    type Code = 'MALFORMED' | 'ALGORITHM' | 'KEY_NOT_FOUND' | 'SIGNATURE' | 'CLAIM' | 'EXPIRED' | 'NOT_YET_VALID'
    expectTypeOf<typeof caught.code>().toEqualTypeOf<`ERR_JWT_${Code}`>()
    if (caught.code === 'ERR_JWT_MALFORMED') expectTypeOf(caught).toEqualTypeOf<JwtMalformedError>()
    if (caught.code === 'ERR_JWT_ALGORITHM') expectTypeOf(caught).toEqualTypeOf<JwtAlgorithmError>()
    if (caught.code === 'ERR_JWT_KEY_NOT_FOUND') expectTypeOf(caught.kid()).toEqualTypeOf<string | undefined>()
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

  it('is a class to whatever takes one', async () => {
    expectTypeOf<InstanceType<typeof JwtError>>().toEqualTypeOf<JwtError>()
    expectTypeOf(JwtError.name).toEqualTypeOf<string>()
    expectTypeOf(new JwtError('x')).toEqualTypeOf<JwtError>()
    expectTypeOf(z.instanceof(JwtError).parse(caught)).toEqualTypeOf<JwtError>()
    await expect(verify(token, key)).rejects.toThrow(JwtError)
    class Revoked extends JwtClaimError {}
    expectTypeOf(new Revoked('token is revoked', { claim: 'jti', reason: 'invalid' })).toExtend<JwtClaimError>()
  })

  it('narrows by class', () => {
    if (caught instanceof JwtExpiredError) expectTypeOf(caught.expiredAt).toEqualTypeOf<Date>()
    if (caught instanceof JwtNotYetValidError) expectTypeOf(caught.validFrom).toEqualTypeOf<Date>()
    expectTypeOf<JwtExpiredError>().toExtend<JwtError>()
    expectTypeOf<JwtExpiredError>().toExtend<JwtClaimError>()
    expectTypeOf<TypeError>().not.toExtend<JwtError>()
  })
})

describe('hs256/http', () => {
  const fetched = {} as Request
  const incoming = {} as IncomingMessage
  const schema = Role

  it('reads the headers of Fetch and of Node', () => {
    expectTypeOf(readTokens(fetched.headers)).toEqualTypeOf<readonly FoundToken[]>()
    expectTypeOf(readTokens(incoming.headers)[0]!.source).toEqualTypeOf<TokenSource>()
    expectTypeOf(isCrossOrigin(incoming.method, incoming.headers)).toBeBoolean()
    expectTypeOf(isCrossOrigin(fetched.method, fetched.headers, { trustedOrigins: ['https://app.example'] as const })).toBeBoolean()
  })

  it('is anonymous only if the token is optional', async () => {
    type Status = 'authenticated' | 'preflight' | 'denied'
    expectTypeOf((await authenticate(fetched, key, { verify: { schema } })).status).toEqualTypeOf<Status>()
    expectTypeOf((await authenticate(fetched, key, { optional: false })).status).toEqualTypeOf<Status>()
    const optional = await authenticate(fetched, key, { optional: true, verify: { schema } })
    expectTypeOf(optional.status).toEqualTypeOf<Status | 'anonymous'>()
    if (optional.status === 'anonymous' || optional.status === 'preflight') expectTypeOf(optional.jwt).toEqualTypeOf<undefined>()
  })

  it('narrows in the one line that guards, with the claims of the schema', async () => {
    const { jwt, response, source, reason } = await createGuard(key, { verify: { schema } })(fetched)
    if (jwt) {
      expectTypeOf([jwt.claims.role, jwt.claims.sub] as const).toEqualTypeOf<readonly ['admin' | 'user', string | undefined]>()
      expectTypeOf(jwt).toExtend<VerifiedJwt>()
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
    expectTypeOf<Extract<All, { readonly status: 'denied' }>['response']>().toEqualTypeOf<HttpResponse>()
    expectTypeOf<Extract<All, { readonly status: 'denied' }>['reason']>().toEqualTypeOf<Exclude<GuardReason, 'preflight'>>()
    expectTypeOf<keyof Extract<All, { readonly status: 'preflight' }>>().toEqualTypeOf<keyof All>()
  })

  it('has guards that infer as authenticate does', async () => {
    const plain = createGuard(key)
    expectTypeOf(plain).toEqualTypeOf<Guard>()
    expectTypeOf(plain(fetched)).toEqualTypeOf(authenticate(fetched, key))
    expectTypeOf(plain(incoming)).resolves.toEqualTypeOf<Authentication<JwtClaims, false>>()
    expectTypeOf(createGuard(key, { cookie: 'session' })(fetched)).toEqualTypeOf(plain(fetched))

    const typed = createGuard([key], { verify: { issuer: 'a', schema } })
    expectTypeOf(typed(fetched)).toEqualTypeOf(authenticate(fetched, [key], { verify: { issuer: 'a', schema } }))
    const finding = createGuard(() => Promise.resolve(key), { optional: true, verify: { schema } })
    expectTypeOf(finding(fetched)).toEqualTypeOf(authenticate(fetched, key, { optional: true, verify: { schema } }))
    const either = createGuard(key, { optional: {} as boolean })
    expectTypeOf(either(fetched)).toEqualTypeOf(authenticate(fetched, key, { optional: {} as boolean }))
  })

  it('calls isRevoked with a verified token, with the claims of the schema', () => {
    const isRevoked = (role: 'admin' | 'user'): boolean => role === 'admin'
    void authenticate(fetched, key, { verify: { schema }, isRevoked: ({ claims }) => isRevoked(claims.role) })
    createGuard(key, { verify: { schema }, isRevoked: async ({ claims }) => isRevoked(claims.role) })
  })

  it('returns an answer that new Response accepts', () => {
    expectTypeOf([unauthorized(), forbidden()] as const).toEqualTypeOf<readonly [HttpResponse, HttpResponse]>()
    expectTypeOf(new Response(unauthorized().body, unauthorized())).toEqualTypeOf<Response>()
    expectTypeOf(challenge()).toEqualTypeOf<string>()
  })

  it('has the parts of a cookie as frameworks take them', () => {
    const { name, value, attributes } = tokenCookieParts(token, { sameSite: 'Strict', domain: 'example.com' })
    expectTypeOf([tokenCookie(token), tokenCookieParts(token)] as const).toEqualTypeOf<readonly [string, TokenCookieParts]>()
    expectTypeOf([name, value] as const).toEqualTypeOf<readonly [string, string]>()
    /** As Next has them, without `undefined`, under `exactOptionalPropertyTypes`. */
    interface Next extends Partial<Readonly<Record<'httpOnly' | 'partitioned' | 'secure', boolean>>> {
      readonly domain?: string
      readonly maxAge?: number
      readonly path?: string
      readonly sameSite?: boolean | 'lax' | 'strict' | 'none'
    }
    /** As SvelteKit has them. */
    type Svelte = { readonly [Name in Exclude<keyof Next, 'path'>]?: Next[Name] | undefined } & { path: string }
    expectTypeOf(attributes).toExtend<Next & Svelte>()
  })
})
