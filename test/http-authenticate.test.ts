/** `authenticate`: each decision of a guard, and their order. */
import { createKey, JwtClaimError, JwtExpiredError, JwtSignatureError, sign, type JwtKeys, type KeyFinder } from 'hs256'
import { authenticate, createGuard } from 'hs256/http'
import type { AuthenticateOptions, Authentication, Denied, Guard, HttpRequest } from 'hs256/http'
import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { forge } from './support/forge.ts'
import { expectResult } from './support/guard-result.ts'
import { bearer, cookie, CROSS_SITE, EXPIRED, FORGED, GOOD, key, listed, now, OTHER } from './support/http-tokens.ts'
import { whilePolluted } from './support/polluted.ts'

const PREFLIGHT = { origin: 'https://app.example', 'access-control-request-method': 'POST' }

const standard = (validate: (value: unknown) => unknown) => ({ '~standard': { version: 1, vendor: 'tests', validate } })

/** Asks with the clock of these tests, and options that JavaScript does not check; whatever the result is, it has its six members. */
async function ask(headers: unknown, options: object = {}, method: unknown = 'GET', keys: unknown = key): Promise<Authentication<object>> {
  const { verify, ...others } = options as AuthenticateOptions
  const all = { verify: { now, ...verify }, ...others } as AuthenticateOptions
  return expectResult(await authenticate({ method, headers } as HttpRequest, keys as JwtKeys, all))
}

/** Asks, and takes no other answer than a denial. */
async function deny(...args: Parameters<typeof ask>): Promise<Denied> {
  const result = await ask(...args)
  return result.status === 'denied' ? result : expect.unreachable()
}

/** The decision in a few words: who passes and by what, or what is answered. */
async function decide(...args: Parameters<typeof ask>): Promise<string> {
  const result = await ask(...args)
  if (result.status === 'authenticated') return `${(result.jwt.claims as { readonly sub: string }).sub} by ${result.source}`
  if (result.status !== 'denied') return result.status
  const { error } = JSON.parse(result.response.body) as { readonly error: string }
  return `${result.response.status} ${error}${result.error ? ` ${result.error.code}` : ''}`
}

const RUN = { response: null, reason: undefined, error: undefined } as const
const DENIED = { status: 'denied', jwt: undefined, source: undefined, error: undefined } as const
const MISSING = '401 missing_token'
const OVER = '401 token_expired ERR_JWT_EXPIRED'
const MALFORMED = '401 invalid_token ERR_JWT_MALFORMED'
const WRONG_MAC = '401 invalid_token ERR_JWT_SIGNATURE'
const REJECTED_CLAIM = '401 invalid_token ERR_JWT_CLAIM'
const CROSS_ORIGIN = '403 cross_origin'

describe('authenticate', () => {
  it('lets a good token through, and says where it was', async () => {
    const result = await ask(cookie(GOOD))
    expect(result).toStrictEqual({
      status: 'authenticated',
      source: 'cookie',
      jwt: { claims: { exp: 1_800_003_600, sub: 'u1' }, header: { alg: 'HS256', typ: 'JWT' }, key },
      ...RUN,
    })
    expect(await decide(bearer(GOOD))).toBe('u1 by bearer')
  })

  it('answers 401 if there is no token', async () => {
    expect(await ask({})).toStrictEqual({
      ...DENIED,
      reason: 'missing_token',
      response: {
        status: 401,
        headers: { 'WWW-Authenticate': 'Bearer realm="jwt"', 'Cache-Control': 'no-store', 'Content-Type': 'application/json' },
        body: '{"error":"missing_token","message":"the token is missing or ambiguous"}',
      },
    })
  })

  it('distinguishes expired from invalid, with the error of verify', async () => {
    const expired = await ask(cookie(EXPIRED))
    expect(expired).toMatchObject({ status: 'denied', response: { status: 401 }, error: expect.any(JwtExpiredError) as unknown })
    expect(await ask(bearer(FORGED))).toHaveProperty('error', expect.any(JwtSignatureError))
    for (const malformed of [cookie('undefined'), cookie(`${GOOD}, jwt=${GOOD}`)]) expect(await decide(malformed)).toBe(MALFORMED)
  })

  it('needs no options', async () => {
    const token = await sign({ sub: 'u1' }, key, { expiresIn: '1h' })
    const forX = await sign({ aud: 'x' }, key, { expiresIn: '1h' })
    expect(await authenticate({ method: 'GET', headers: cookie(token) }, key)).toMatchObject({ status: 'authenticated', source: 'cookie' })
    expect(await authenticate({ method: 'GET', headers: cookie(token) }, [key], {})).toMatchObject({ status: 'authenticated' })
    expect(await authenticate({ method: 'GET', headers: cookie(forX) }, key)).toMatchObject({ status: 'denied' })
  })

  it('never reads the URL', async () => {
    const request = { method: 'GET', url: `/?access_token=${GOOD}&jwt=${GOOD}`, headers: {}, query: { access_token: GOOD }, body: GOOD }
    expect(await authenticate(request, key, { verify: { now } })).toMatchObject({ status: 'denied', error: undefined })
    const fetched = new Request(`https://orders.example/?access_token=${GOOD}#access_token=${GOOD}`)
    expect(await authenticate(fetched, key, { verify: { now } })).toMatchObject({ status: 'denied', error: undefined })
  })

  it('names the realm also for a revoked token', async () => {
    const revoked = await deny(cookie(GOOD), { realm: 'orders', isRevoked: () => true })
    expect(revoked.response.headers['WWW-Authenticate']).toMatch(/^Bearer realm="orders", error="invalid_token", /)
  })

  it('changes neither request nor options', async () => {
    const options = Object.freeze({
      verify: Object.freeze({ now, required: Object.freeze(['sub']) }),
      trustedOrigins: Object.freeze(['https://app.example']),
      sources: Object.freeze(['cookie', 'bearer'] as const),
    })
    const request = Object.freeze({ method: 'POST', headers: Object.freeze({ cookie: Object.freeze([`jwt=${GOOD}`]) }) })
    expect(await authenticate(request, key, options)).toMatchObject({ status: 'authenticated' })
  })
})

/** A request, and what is decided about it. Whatever the result is, `decide` checks its six members. */
type Row = [what: string, headers: object, decision: string, options?: object, method?: string]
const both = (inCookie: string, inHeader: string): object => ({ ...cookie(inCookie), ...bearer(inHeader) })
const BY_COOKIE = 'u1 by cookie'
const decides = (_what: string, headers: object, decision: string, options: object = {}, method = 'GET'): Promise<void> =>
  expect(decide(headers, options, method)).resolves.toBe(decision)

describe('authenticate by its options', () => {
  const [inHeader, inBoth] = [['bearer'], ['bearer', 'cookie']]

  it.each<Row>([
    ['passes subject to verify', cookie(GOOD), BY_COOKIE, { verify: { subject: 'u1' } }],
    ['passes another subject to verify', cookie(GOOD), REJECTED_CLAIM, { verify: { subject: 'u2' } }],
    ['passes audience to verify', cookie(GOOD), REJECTED_CLAIM, { verify: { audience: 'orders' } }],
    ['passes clockTolerance to verify', cookie(EXPIRED), BY_COOKIE, { verify: { clockTolerance: 1 } }],
    ['passes maxLength to verify', cookie(GOOD), MALFORMED, { verify: { maxLength: 20 } }],
    ['reads the cookie of that name', { cookie: `session=${GOOD}; jwt=${FORGED}` }, BY_COOKIE, { cookie: 'session' }],
    ['reads the sources in their order', both(GOOD, OTHER), 'u2 by bearer', { sources: inBoth }],
    ['does not read the cookie if it is no source', cookie(GOOD), MISSING, { sources: inHeader }],
  ])('%s', decides)
})

describe('authenticate of two tokens', () => {
  it.each([
    ['both are good', GOOD, OTHER, BY_COOKIE],
    ['the cookie is stale', EXPIRED, GOOD, 'u1 by bearer'],
    ['the cookie is forged', FORGED, GOOD, 'u1 by bearer'],
    ['the cookie is not a token', 'x', GOOD, 'u1 by bearer'],
    ['Authorization is stale', GOOD, EXPIRED, BY_COOKIE],
    ['Authorization is not a token', GOOD, 'x', BY_COOKIE],
    ['the cookie is stale, Authorization forged', EXPIRED, FORGED, OVER],
    ['the cookie is forged, Authorization stale', FORGED, EXPIRED, WRONG_MAC],
    ['neither is a token', 'x', FORGED, MALFORMED],
  ])('uses the first that verifies, or else the first error: %s', async (_when, inCookie, inHeader, decision) => {
    expect(await decide(both(inCookie, inHeader))).toBe(decision)
    const turned = decision.replace(/by \w+/, (by) => (by === 'by cookie' ? 'by bearer' : 'by cookie'))
    expect(await decide(both(inHeader, inCookie), { sources: ['bearer', 'cookie'] })).toBe(turned)
  })

  const tossed = { cookie: `jwt=${GOOD}; jwt=${OTHER}` }
  const repeated = { authorization: [`Bearer ${GOOD}`, `Bearer ${GOOD}`] }

  it.each<Row>([
    ['two cookies that differ, and an expired bearer', { ...tossed, ...bearer(EXPIRED) }, OVER],
    ['a repeated Authorization, and a cookie', { ...repeated, ...cookie(OTHER) }, 'u2 by cookie'],
  ])('counts an ambiguous token as none: %s', decides)
})

describe('authenticate of a preflight', () => {
  const never: KeyFinder = () => expect.unreachable()

  it.each(['OPTIONS', 'options', 'Options', 'oPTIONs'])(
    'answers it with 204, whatever its token is, without calling any function: %s',
    async (method) => {
      const written = { Origin: ['null'], 'Access-Control-Request-Method': ['PUT'] }
      const withTokens = [GOOD, FORGED, EXPIRED].map((token) => ({ ...PREFLIGHT, ...both(token, token) }))
      for (const headers of [PREFLIGHT, new Headers(PREFLIGHT), written, ...withTokens])
        for (const options of [{ isRevoked: never }, { isRevoked: never, optional: true }])
          expect(await decide(headers, options, method, never)).toBe('preflight')
    },
  )

  it.each<[string, object, string]>([
    ['GET', PREFLIGHT, 'GET'],
    ['OPTIONS with a dotless i, which toUpperCase makes an I', PREFLIGHT, 'opt\u0131ons'],
    ['OPTIONS with a long s, which toUpperCase makes an S', PREFLIGHT, 'option\u017f'],
    ['OPTIONS in full-width letters', PREFLIGHT, '\uff2f\uff30\uff34\uff29\uff2f\uff2e\uff33'],
    ['OPTIONS with a space', PREFLIGHT, 'OPTIONS '],
    ['a request that asks for no method', { origin: 'https://app.example' }, 'OPTIONS'],
    ['neither', {}, 'OPTIONS'],
    ['a request that asks only for headers', { origin: 'https://app.example', 'access-control-request-headers': 'x' }, 'OPTIONS'],
    ['undefined ones', { origin: undefined, 'access-control-request-method': undefined }, 'OPTIONS'],
    ['empty lists', { origin: [], 'access-control-request-method': [] }, 'OPTIONS'],
    ['another header', { origin: 'x', 'access-control-request-method-x': 'POST' }, 'OPTIONS'],
  ])('does not see one in %s', async (_what, headers, method) => {
    expect(await decide(headers, {}, method)).toBe(MISSING)
    expect(await decide({ ...headers, ...bearer(FORGED) }, {}, method)).toBe(WRONG_MAC)
    expect(await decide({ ...headers, ...bearer(GOOD) }, {}, method)).toBe('u1 by bearer')
  })
})

describe('authenticate with optional', () => {
  const optional = true

  it.each<Row>([
    ['lets a cross-site request without a token through', CROSS_SITE, 'anonymous', { optional }, 'POST'],
    ['lets Basic and an emptied cookie through', { authorization: 'Basic eDp5', cookie: 'theme=dark; jwt=' }, 'anonymous', { optional }],
    ['does not let it through if optional is false', {}, MISSING, { optional: false }],
    ['rejects what is not a token', bearer('x'), MALFORMED, { optional }],
  ])('%s', decides)
})

describe('authenticate of a cross-origin request', () => {
  it('answers 403 to a token from the cookie, and reveals nothing about it', async () => {
    expect(await ask({ ...cookie(GOOD), ...CROSS_SITE }, {}, 'POST')).toStrictEqual({
      ...DENIED,
      reason: 'cross_origin',
      response: {
        status: 403,
        headers: { 'Cache-Control': 'no-store', 'Content-Type': 'application/json' },
        body: '{"error":"cross_origin","message":"the cookie is not accepted on a cross-origin request"}',
      },
    })
  })

  const fromEvil = { ...cookie(GOOD), ...CROSS_SITE }

  it.each<Row>([
    ['an unknown method', fromEvil, CROSS_ORIGIN, {}, 'PROPFIND'],
    ['a token from Authorization beside a stale cookie', { ...both(EXPIRED, GOOD), ...CROSS_SITE }, 'u1 by bearer', {}, 'POST'],
    ['a forged token: it is verified first', { ...cookie(FORGED), ...CROSS_SITE }, WRONG_MAC, {}, 'POST'],
  ])('is decided about: %s', decides)

  it('is rejected before isRevoked is called', async () => {
    const isRevoked = vi.fn(() => true)
    expect(await decide({ ...cookie(GOOD), ...CROSS_SITE }, { isRevoked }, 'POST')).toBe(CROSS_ORIGIN)
    expect(isRevoked).not.toHaveBeenCalled()
  })
})

describe('authenticate with isRevoked', () => {
  const OUTDATED = { claim: 'exp', reason: 'expired' } as const

  it('calls it once, with the token that was verified', async () => {
    const isRevoked = vi.fn(() => false)
    expect(await decide({ ...cookie(EXPIRED), ...bearer(GOOD) }, { isRevoked })).toBe('u1 by bearer')
    expect(isRevoked.mock.calls).toEqual([[{ claims: { exp: 1_800_003_600, sub: 'u1' }, header: { alg: 'HS256', typ: 'JWT' }, key }]])
  })

  it('does not call it for a token that is missing or rejected', async () => {
    const isRevoked = vi.fn(() => false)
    for (const headers of [{}, cookie(EXPIRED), bearer('x')])
      for (const optional of [false, true]) await ask(headers, { isRevoked, optional })
    expect(isRevoked).not.toHaveBeenCalled()
  })

  it.each([true, Promise.resolve(true)])('rejects a revoked token (%#)', async (answer) => {
    const result = await deny(cookie(GOOD), { isRevoked: () => answer })
    const challenge = 'Bearer realm="jwt", error="invalid_token", error_description="token is revoked"'
    expect(result.response).toMatchObject({ status: 401, headers: { 'WWW-Authenticate': challenge } })
    expect(JSON.parse(result.response.body)).toEqual({ error: 'invalid_token', message: 'token is revoked' })
    expect(result.error).toBeInstanceOf(JwtClaimError)
    expect(result.error).toMatchObject({ code: 'ERR_JWT_CLAIM', claim: undefined, reason: 'invalid' })
    expect((result.error as JwtClaimError).claims()).toEqual({ exp: 1_800_003_600, sub: 'u1' })
  })

  it('sees the schema’s output of a claim that allowMistyped allows, not the claim of the token', async () => {
    const isRevoked = vi.fn(() => false)
    const schema = z.object({ sub: z.number().transform((id) => `user:${id}`) })
    const verify = { schema, allowMistyped: ['sub'] }
    const numeric = forge({ exp: 1_800_003_600, sub: 17, iat: 1_800_000_000 })
    expect(await decide(bearer(numeric), { isRevoked, verify })).toBe('user:17 by bearer')
    expect(isRevoked.mock.calls).toMatchObject([[{ claims: { exp: 1_800_003_600, sub: 'user:17', iat: 1_800_000_000 } }]])
    const hidden = { schema: z.object({}), allowMistyped: ['sub'] }
    expect(await decide(bearer(numeric), { isRevoked, verify: hidden })).toBe('undefined by bearer')
    expect(await decide(bearer(numeric), { isRevoked })).toMatch(/^401 invalid_token/)
    expect(isRevoked).toHaveBeenCalledTimes(2)
  })

  it('does not try another token if the first is revoked', async () => {
    const isRevoked = ({ claims }: { readonly claims: { readonly sub?: string } }): boolean => claims.sub === 'u1'
    expect(await decide({ ...cookie(GOOD), ...bearer(OTHER) }, { isRevoked })).toBe(REJECTED_CLAIM)
    expect(await decide({ ...cookie(OTHER), ...bearer(GOOD) }, { isRevoked })).toBe('u2 by cookie')
  })

  const notBooleans = [undefined, null, 0, 1, '', 'false', 'true', [], {}, NaN, Object(false), Symbol('no'), { rows: [] }]

  it.each<unknown>(notBooleans)('rejects with a TypeError for an answer that is not a boolean: %s', async (answer) => {
    const mistake = new TypeError('the result of isRevoked must be true or false')
    await expect(ask(cookie(GOOD), { isRevoked: () => answer })).rejects.toThrow(mistake)
    await expect(ask(cookie(GOOD), { isRevoked: () => Promise.resolve(answer) })).rejects.toThrow(mistake)
    await expect(ask(cookie(GOOD), { isRevoked: () => answer, optional: true })).rejects.toThrow(mistake)
  })

  it('passes on its errors, even a JwtError', async () => {
    for (const outage of [new Error('redis is down'), new JwtSignatureError('of another token'), new JwtExpiredError('x', OUTDATED)]) {
      const sync = (): never => {
        throw outage
      }
      for (const isRevoked of [sync, () => Promise.reject(outage)]) {
        await expect(ask({ ...cookie(GOOD), ...bearer(OTHER) }, { isRevoked })).rejects.toBe(outage)
        await expect(ask(bearer(GOOD), { isRevoked, optional: true })).rejects.toBe(outage)
      }
    }
  })
})

describe('authenticate with keys', () => {
  it('accepts one key, several, and a function', async () => {
    const old = createKey('an older secret of 32 bytes, at least')
    for (const keys of [[old, key], () => key, () => Promise.resolve([old, key])])
      expect(await decide(cookie(GOOD), {}, 'GET', keys)).toBe('u1 by cookie')
    expect(await decide(cookie(GOOD), {}, 'GET', [old])).toBe(WRONG_MAC)
    expect(await decide(cookie(GOOD), {}, 'GET', () => undefined)).toBe('401 invalid_token ERR_JWT_KEY_NOT_FOUND')
  })

  it('passes on what a key function throws: an outage is neither a 401 nor a pass', async () => {
    const outage = new Error('vault is sealed')
    const sealed = (): never => {
      throw outage
    }
    for (const keys of [sealed, () => Promise.reject(outage)]) {
      await expect(ask({ ...cookie(GOOD), ...bearer(GOOD) }, {}, 'GET', keys)).rejects.toBe(outage)
      await expect(ask(cookie(GOOD), { optional: true }, 'GET', keys)).rejects.toBe(outage)
    }
  })

  it.each<[string, (run: () => Promise<void>) => readonly [options: object, keys: unknown]]>([
    ['key function', (run) => [{}, () => run().then(() => key)]],
    ['schema', (run) => [{ verify: { schema: standard((value) => run().then(() => ({ value }))) } }, key]],
  ])('rejects the token for a JwtError of a %s, and passes on its other errors', async (_which, toArguments) => {
    const decideWith = (run: () => Promise<void>, optional = false): Promise<Authentication<object>> => {
      const [options, keys] = toArguments(run)
      return ask({ ...cookie(GOOD), ...bearer(OTHER) }, { ...options, optional }, 'GET', keys)
    }
    const once = (error: Error) => vi.fn<() => Promise<void>>().mockResolvedValue().mockRejectedValueOnce(error)
    const deleted = new JwtSignatureError('the key was deleted')
    expect(await decideWith(once(deleted))).toMatchObject({ source: 'bearer', jwt: { claims: { sub: 'u2' } } })
    expect(await decideWith(() => Promise.reject(deleted), true)).toMatchObject({ reason: 'invalid_token', error: deleted })
    for (const outage of [new Error('down'), new TypeError('down')]) {
      await expect(decideWith(once(outage))).rejects.toBe(outage)
      await expect(decideWith(once(outage), true)).rejects.toBe(outage)
    }
  })

  it('calls a key function neither for a token whose header is rejected nor without a token', async () => {
    const keys = vi.fn(() => key)
    await ask({}, {}, 'GET', keys)
    await ask(bearer('x'), {}, 'GET', keys)
    expect(keys).not.toHaveBeenCalled()
  })

  const text = 'correct horse battery staple, 32+'

  it.each([undefined, text, []])('rejects with a TypeError for the keys %s, even without a token', async (keys) => {
    for (const headers of [cookie(GOOD), {}])
      for (const optional of [false, true])
        await expect(authenticate({ method: 'GET', headers }, keys as unknown as JwtKeys, { optional })).rejects.toThrow(TypeError)
  })

  it('rejects with a TypeError for a key function that returns a string', async () => {
    await expect(ask(cookie(GOOD), {}, 'GET', () => text)).rejects.toThrow(TypeError)
  })
})

describe('authenticate with a mistake in its options', () => {
  const algorithms = ['HS256']
  const expectations = [{ audience: undefined }, { audience: '' }, { algorithms }, { optional: true }, { schema: {} }, { now: new Date() }]
  const MISTAKES: Readonly<Record<string, readonly unknown[]>> = {
    verify: [undefined, null, ...expectations],
    optional: [undefined, 'true', 1],
    isRevoked: [undefined, false, new Set(), Promise.resolve(false)],
    realm: ['', 'a"b', 'a\r\nSet-Cookie: x'],
    cookie: ['', 'jwt='],
    sources: [[], ['query']],
    trustedOrigins: ['https://app.example', ['*'], [undefined]],
    optionl: [true],
    name: ['jwt'], // of tokenCookie, as other libraries call it
    audience: ['orders'], // of verify, as are these
    issuer: [undefined],
    algorithms: [algorithms],
  }
  const mistakes = Object.entries(MISTAKES).flatMap(([name, values]) => values.map((value) => ({ [name]: value })))

  it.each<unknown>([null, [], 'jwt', Object.create({ optional: true }), ...mistakes])(
    'rejects %j with a TypeError, whatever the request is',
    async (options) => {
      const requests: readonly HttpRequest[] = [
        { method: 'GET', headers: {} },
        { method: 'OPTIONS', headers: PREFLIGHT },
        { method: 'GET', headers: cookie(GOOD) },
        { method: 'POST', headers: { ...cookie(EXPIRED), ...CROSS_SITE } },
      ]
      for (const request of requests) {
        await expect(authenticate(request, key, options as AuthenticateOptions)).rejects.toThrow(TypeError)
      }
    },
  )

  it('says where an option of verify belongs', async () => {
    const ofVerify = 'audience clockTolerance ignoreAudience issuer maxAge maxLength now required requireExp schema subject type'
    for (const name of ofVerify.split(' '))
      await expect(ask({}, { [name]: 'x' }), name).rejects.toThrow(new TypeError(`unknown option ${name}: move it into verify`))
    const renamed = 'clockSkew clockTolerance currentDate now maxTokenAge maxAge requiredClaims required sub subject typ type'
    for (const [, name = '', here] of renamed.matchAll(/(\w+) (\w+)/g))
      await expect(ask({}, { [name]: 'x' }), name).rejects.toThrow(new TypeError(`unknown option ${name}: use ${here} in verify`))
    const advice = {
      exp: 'unknown option exp: the options are verify, ',
      jwtid: 'after verify, compare claims.jti',
      complete: 'unknown option complete: the result always has the header',
      algorithms: 'unknown option algorithms: HS256 is the only algorithm',
      domain: 'unknown option domain: the options are verify, optional, isRevoked, realm, cookie, sources, trustedOrigins',
    }
    for (const [name, said] of Object.entries(advice)) await expect(ask({}, { [name]: 'x' }), name).rejects.toThrow(said)
  })
})

describe('authenticate of a request without Host', () => {
  const ORIGIN = { origin: 'https://orders.example' }
  const post = (url: unknown, headers: object = ORIGIN): Promise<Authentication<object>> =>
    authenticate({ method: 'POST', url, headers: { ...headers, ...cookie(GOOD) } } as HttpRequest, key, { verify: { now } })

  it.each(
    listed(`
      https://orders.example/a?b#c | https://orders.example | https://orders.example?a=b | https://orders.example#a
      http://orders.example/ | HTTPS://ORDERS.EXAMPLE/ | https://orders.example/@evil.example
    `),
  )('accepts the cookie if Origin is the host of the url %s', async (url) => {
    expect(expectResult(await post(url))).toMatchObject({ status: 'authenticated', source: 'cookie' })
  })

  it('compares the port, and an IPv6 address', async () => {
    expect(await post('http://localhost:3000/', { origin: 'http://localhost:3000' })).toMatchObject({ status: 'authenticated' })
    expect(await post('http://localhost:3000/', { origin: 'http://localhost' })).toMatchObject({ reason: 'cross_origin' })
    expect(await post('http://[::1]:3000/', { origin: 'http://[::1]:3000' })).toMatchObject({ status: 'authenticated' })
  })

  const elsewhere = listed(`
    https://evil.example/ | https://orders.example.evil/ | https://orders.example@evil.example/ | https://orders.example:x@evil.example/
    https://user@orders.example/ | ftp://orders.example/ | wss://orders.example/ | file://orders.example/ | xhttps://orders.example/
    //orders.example/ | https:/orders.example/ | https:///orders.example/ | https:\\\\orders.example/ | https://orders.example\\@evil.example/
    /orders.example | /?https://orders.example/ | orders.example
  `)
  const notUrls = [undefined, null, ['https://orders.example/'], { toString: () => 'https://orders.example/' }, Object.create(null)]

  it.each<unknown>([...elsewhere, ' https://orders.example/', '', ...notUrls])('rejects the cookie for the url %j', async (url) => {
    expect(expectResult(await post(url))).toMatchObject({ status: 'denied', reason: 'cross_origin' })
  })

  it('ignores the url if there is a Host, or the :authority of HTTP/2', async () => {
    const url = 'https://orders.example/'
    for (const host of [{ host: 'elsewhere.example' }, { HOST: ['elsewhere.example'] }, { ':authority': 'elsewhere.example' }]) {
      expect(await post(url, { ...ORIGIN, ...host })).toMatchObject({ reason: 'cross_origin' })
      expect(await post(url, { origin: 'https://elsewhere.example', ...host })).toMatchObject({ status: 'authenticated' })
    }
    expect(await post(url, { ...ORIGIN, host: '' })).toMatchObject({ reason: 'cross_origin' })
    expect(await post(url, { ...ORIGIN, host: 'x', ':authority': 'orders.example' })).toMatchObject({ reason: 'cross_origin' })
  })

  it('reads the url of Fetch headers, too, and Sec-Fetch-Site first', async () => {
    const headers = new Headers({ ...ORIGIN, ...cookie(GOOD) })
    const request = { method: 'POST', url: 'https://orders.example/', headers }
    expect(await authenticate(request, key, { verify: { now } })).toMatchObject({ status: 'authenticated' })
    headers.set('sec-fetch-site', 'cross-site')
    expect(await authenticate(request, key, { verify: { now } })).toMatchObject({ reason: 'cross_origin' })
  })
})

describe('authenticate of rawHeaders', () => {
  /** Asks with the headers that Node has, and the names and values as they were sent. */
  async function raw(rawHeaders: unknown, headers: object = bearer(GOOD), options: object = {}): Promise<string> {
    const request = { method: 'GET', headers, rawHeaders } as HttpRequest
    const result: Authentication<object> = expectResult(await authenticate(request, key, { verify: { now }, ...options }))
    return result.reason ?? result.source ?? result.status
  }
  const ONE = ['Authorization', `Bearer ${GOOD}`]

  it('finds no token in a repeated Authorization, however its names are written', async () => {
    for (const name of ['Authorization', 'authorization', 'AUTHORIZATION', 'aUTHORIZATIOn']) {
      expect(await raw([...ONE, name, `Bearer ${OTHER}`]), name).toBe('missing_token')
      expect(await raw([...ONE, 'Host', 'orders.example', name, `Bearer ${GOOD}`]), name).toBe('missing_token')
      expect(await raw([name, '', ...ONE]), name).toBe('missing_token')
      expect(await raw([...ONE, name, 'Basic eDp5', ...ONE]), name).toBe('missing_token')
    }
    expect(await raw([...ONE, ...ONE], bearer(GOOD), { optional: true })).toBe('anonymous')
    expect(await raw([...ONE, ...ONE], new Headers(bearer(GOOD)))).toBe('missing_token')
  })

  it('still finds the cookie', async () => {
    expect(await raw([...ONE, ...ONE, 'Cookie', `jwt=${GOOD}`], { ...bearer(GOOD), ...cookie(GOOD) })).toBe('cookie')
    expect(await raw([...ONE, ...ONE], { ...bearer(GOOD), ...cookie(FORGED) })).toBe('invalid_token')
  })

  it('only counts there: the token is in headers', async () => {
    expect(await raw(ONE)).toBe('bearer')
    expect(await raw([])).toBe('bearer')
    expect(await raw(undefined)).toBe('bearer')
    expect(await raw(ONE, {})).toBe('missing_token')
    expect(await raw(['Cookie', `jwt=${GOOD}`], {})).toBe('missing_token')
  })

  it('counts names, not values and not other headers', async () => {
    expect(await raw([...ONE, 'X-Header', 'Authorization'])).toBe('bearer')
    expect(await raw(['Vary', 'Authorization', 'Access-Control-Request-Headers', 'authorization', ...ONE])).toBe('bearer')
    expect(await raw([...ONE, 'Proxy-Authorization', `Bearer ${GOOD}`, 'Authorization2', 'x', 'author\u0131zation', 'x'])).toBe('bearer')
    expect(await raw([...ONE, Object.create(null), 'x', ['Authorization'], 'x', Symbol('authorization'), 'x'])).toBe('bearer')
    expect(await raw([...ONE, 'Accept', 'a', 'Accept', 'b', 'Cookie', 'a=b', 'Cookie', 'c=d'])).toBe('bearer')
  })
})

describe('authenticate of something that is not a request', () => {
  const WANTED = "pass the request itself, not its headers or a framework's context"
  const NO_METHOD = `request has no method: ${WANTED}`
  const NO_HEADERS = "headers must be a Fetch Headers or Node's headers"

  it.each<readonly [string, unknown]>([
    [`request is undefined: ${WANTED}`, undefined],
    [`request is null: ${WANTED}`, null],
    [`request is a string: ${WANTED}`, 'https://orders.example'],
    [`request is a number: ${WANTED}`, 5],
    [`request is a function: ${WANTED}`, () => ({ method: 'GET', headers: {} })],
    [NO_METHOD, ['GET']],
    [NO_METHOD, new Headers(cookie(GOOD))],
    [NO_METHOD, cookie(GOOD)],
    [NO_METHOD, new URL('https://orders.example')],
    [NO_METHOD, Promise.resolve({ method: 'GET', headers: {} })],
    [NO_METHOD, { headers: cookie(GOOD) }],
    [NO_METHOD, { method: undefined, headers: cookie(GOOD) }],
    [NO_METHOD, { method: ['GET'], headers: cookie(GOOD) }],
    [NO_METHOD, { req: { method: 'GET', header: () => undefined } }], // a context of Hono
    [NO_METHOD, { httpMethod: 'GET', headers: cookie(GOOD), body: null }], // an event of AWS Lambda, v1
    [NO_METHOD, { requestContext: { http: { method: 'GET' } }, headers: {}, cookies: [] }], // and v2
    [NO_HEADERS, { method: 'GET' }],
    [NO_HEADERS, { method: 'GET', url: 'https://orders.example', header: () => undefined }], // a request of Hono
    [NO_HEADERS, { method: 'GET', headers: null }],
    [NO_HEADERS, { method: 'GET', headers: `cookie: jwt=${GOOD}` }],
    [NO_HEADERS, { method: 'GET', headers: ['cookie', `jwt=${GOOD}`] }],
    [NO_HEADERS, { method: 'GET', headers: new Map([['cookie', `jwt=${GOOD}`]]) }],
    [NO_HEADERS, { method: 'GET', headers: new URLSearchParams(cookie(GOOD)) }],
    [NO_HEADERS, { method: 'GET', headers: { get: (name: string) => name } }], // a context
    ['rawHeaders is null: pass names and values in turn', { method: 'GET', headers: {}, rawHeaders: null }],
    ['rawHeaders is an Object: pass names and values in turn', { method: 'GET', headers: {}, rawHeaders: {} }],
    ['header cookie must be a string', { method: 'GET', headers: { cookie: 5 } }],
    ['header cookie must be a string', { method: 'GET', headers: { cookie: { jwt: GOOD } } }],
  ])('says what came, or what is missing, and what is wanted (%#): %s', async (message, request) => {
    for (const options of [{ verify: { now } }, { verify: { now }, optional: true }]) {
      await expect(createGuard(key, options)(request as HttpRequest)).rejects.toThrow(new TypeError(message))
      await expect(authenticate(request as HttpRequest, key, options)).rejects.toThrow(new TypeError(message))
    }
  })
})

describe('a guard', () => {
  it('rejects a callback, even for a request without a token', async () => {
    const guard = createGuard(key) as (...args: readonly unknown[]) => Promise<unknown>
    await expect(guard({ method: 'GET', headers: {} }, () => {})).rejects.toThrow('callbacks are not supported')
  })
})

describe('authenticate while its arguments change', () => {
  const request = (token: string): HttpRequest => ({ method: 'GET', headers: { ...cookie(FORGED), ...bearer(token) } })

  it('checks every token of a request by the options as they were at first', async () => {
    const verify = { now, audience: 'orders' }
    const asked = authenticate(request(await sign({ sub: 'u1', aud: 'elsewhere' }, key, { expiresIn: '1h', now })), key, { verify })
    verify.audience = 'elsewhere'
    expect(await asked).toMatchObject({ status: 'denied', error: { code: 'ERR_JWT_SIGNATURE' } })
  })

  it('uses the keys as they were at first', async () => {
    const keys = [key]
    const asked = authenticate(request(GOOD), keys, { verify: { now } })
    keys.length = 0
    expect(await asked).toMatchObject({ status: 'authenticated', source: 'bearer' })
  })

  it('reads the clock once, for all tokens', async () => {
    const clock = vi.fn(now)
    expect(await authenticate(request(GOOD), key, { verify: { now: clock } })).toMatchObject({ status: 'authenticated' })
    expect(clock).toHaveBeenCalledTimes(1)
  })
})

describe('authenticate with a polluted Object.prototype', () => {
  it('takes no token, option or origin from it', async () => {
    const members = {
      optional: true,
      ...cookie(GOOD),
      ...bearer(GOOD),
      'sec-fetch-site': 'same-origin',
      trustedOrigins: ['https://evil.example'],
      'access-control-request-method': 'POST',
      requireExp: false,
    }
    await whilePolluted(members, async () => {
      const options = { verify: { now } }
      const missing = await authenticate({ method: 'OPTIONS', headers: { origin: 'https://evil.example' } }, key, options)
      const headers = { origin: 'https://evil.example', ...cookie(GOOD), host: 'orders.example' }
      const crossOrigin = await authenticate({ method: 'POST', headers }, key, options)
      expect([missing, crossOrigin].map((result) => result.status === 'denied' && result.response.status)).toEqual([401, 403])
    })
  })

  it('takes no url from it, which would be the host of each request, and no rawHeaders', async () => {
    const members = { url: 'http://evil.example/', rawHeaders: ['Authorization', 'a', 'Authorization', 'b'] }
    await whilePolluted(members, async () => {
      const headers = { ...cookie(GOOD), origin: 'http://evil.example' }
      expect((await authenticate({ method: 'POST', headers }, key, { verify: { now } })).reason).toBe('cross_origin')
      expect((await authenticate({ method: 'GET', headers: bearer(GOOD) }, key, { verify: { now } })).reason).toBeUndefined()
    })
  })

  it('has no inherited token if there is none, or if it is rejected', async () => {
    await whilePolluted({ jwt: { claims: { sub: 'root' } }, source: 'bearer', error: undefined }, async () => {
      for (const headers of [{}, bearer('abc'), cookie('abc')])
        expect((await authenticate({ method: 'GET', headers }, key)).status).toBe('denied')
      const result = await authenticate({ method: 'GET', headers: {} }, key, { optional: true })
      expect(result.status === 'anonymous' && [Object.hasOwn(result, 'jwt'), result.jwt]).toEqual([true, undefined])
    })
  })
})

describe('authenticate of headers', () => {
  it('accepts a Fetch Request', async () => {
    const fetched = new Request('https://orders.example', { method: 'POST', headers: { ...bearer(GOOD), ...CROSS_SITE } })
    expect(await authenticate(fetched, key, { verify: { now } })).toMatchObject({ status: 'authenticated', source: 'bearer' })
  })
})

describe('authenticate of headers that have get', () => {
  /** As node-mocks-http has them: a plain object, whose proxy answers `get` as well. */
  const mocked = (headers: Readonly<Record<string, string>>): object =>
    new Proxy(headers, {
      get: (target, name) =>
        name === 'get' && !(name in target) ? (header: string) => target[header.toLowerCase()] : Reflect.get(target, name),
    })

  it('reads a plain object, although its proxy answers get', async () => {
    expect(await decide(mocked(cookie(GOOD)))).toBe('u1 by cookie')
    expect(await decide(mocked({}))).toBe(MISSING)
    expect(await decide(mocked({ ...cookie(GOOD), ...CROSS_SITE }), {}, 'POST')).toBe(CROSS_ORIGIN)
    expect(await decide(mocked({ Cookie: `jwt=${GOOD}`, get: 'x' }))).toBe('u1 by cookie')
  })

  it('reads a record with a header called get', async () => {
    expect(await decide({ get: 'x', ...cookie(GOOD) })).toBe('u1 by cookie')
    expect(await decide({ get: ['x', 'y'], has: 'x', ...cookie(GOOD), ...CROSS_SITE }, {}, 'POST')).toBe(CROSS_ORIGIN)
    expect(await decide(Object.assign(Object.create(null) as object, { get: 'x' }, bearer(OTHER)))).toBe('u2 by bearer')
  })
})

/** The two lines that a guard costs, as JavaScript without types runs them. */
describe('the one line that guards', () => {
  const requests: readonly HttpRequest[] = [
    { method: 'GET', headers: cookie(GOOD) },
    { method: 'GET', headers: {} },
    { method: 'GET', headers: bearer(FORGED) },
    { method: 'POST', headers: { ...cookie(GOOD), ...CROSS_SITE } },
    { method: 'OPTIONS', headers: PREFLIGHT },
  ]
  type Result = Awaited<ReturnType<Guard>>
  type OptionalResult = Awaited<ReturnType<Guard<{ readonly sub?: string }, true>>>

  const required = ({ jwt, response }: Result): Response => {
    if (!jwt) return new Response(response.body, response)
    return new Response(jwt.claims.sub)
  }
  const optional = ({ jwt, response }: OptionalResult): Response => {
    if (response !== null) return new Response(response.body, response)
    return new Response(jwt?.claims.sub ?? 'nobody')
  }
  const answers = (responses: readonly Response[]): Promise<readonly string[]> =>
    Promise.all(responses.map(async (response) => `${response.status} ${(await response.text()).slice(0, 24)}`.trim()))

  const denials = ['401 {"error":"invalid_token"', '403 {"error":"cross_origin",', '204']

  it('answers everything but a good token', async () => {
    const guard = createGuard(key, { verify: { now } })
    const results = await Promise.all(requests.map((request) => guard(request)))
    expect(await answers(results.map((result) => required(expectResult(result))))).toEqual([
      '200 u1',
      '401 {"error":"missing_token"',
      ...denials,
    ])
  })

  it('answers everything but a good token and none, if that is optional', async () => {
    const guard = createGuard(key, { verify: { now }, optional: true })
    const results = await Promise.all(requests.map((request) => guard(request)))
    expect(await answers(results.map((result) => optional(expectResult(result))))).toEqual(['200 u1', '200 nobody', ...denials])
  })

  it('throws without await, whatever the request is, and whichever of the two it is', async () => {
    for (const request of requests) {
      const guards = [createGuard(key, { verify: { now } }), createGuard(key, { verify: { now }, optional: true })]
      for (const promise of [...guards.map((guard) => guard(request)), authenticate(request, key, { verify: { now } })]) {
        expect(() => required(promise as unknown as Result)).toThrow(TypeError)
        expect(() => optional(promise as unknown as OptionalResult)).toThrow(TypeError)
        await promise
      }
    }
  })
})
