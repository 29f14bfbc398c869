/** `authenticate`: each decision of a guard, and their order. */
import {
  createKey,
  JwtClaimError,
  JwtError,
  JwtExpiredError,
  JwtSignatureError,
  sign,
  type JwtKey,
  type JwtKeys,
  type KeyFinder,
} from 'hs256'
import {
  authenticate,
  createGuard,
  type AuthenticateOptions,
  type Authentication,
  type Denied,
  type Guard,
  type HttpRequest,
} from 'hs256/http'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { expectResult } from './support/guard-result.ts'
import { z } from 'zod'
import { forge } from './support/forge.ts'

const key = createKey('correct horse battery staple, 32+')
const now = (): Date => new Date('2027-01-15T08:00:00Z')

// For u1 and for u2, of an hour from now; for u1, over now; for u1, made with another key
const GOOD = 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHAiOjE4MDAwMDM2MDAsInN1YiI6InUxIn0.dCHj3DhiqahR8vEnwbWt5oLwlvY4Wjl2NE4mAXVe4Rc'
const OTHER = 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHAiOjE4MDAwMDM2MDAsInN1YiI6InUyIn0.8l1vmpuDjYCvzjsomNcLGo_55qX-si9rxkSfQ37_XRs'
const EXPIRED = 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHAiOjE4MDAwMDAwMDAsInN1YiI6InUxIn0.23PdIvcIlEhFgUbgktJIKvOVuxc6ECgxo6Cb9lpAoFw'
const FORGED = 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHAiOjE4MDAwMDM2MDAsInN1YiI6InUxIn0.U5aRanffulWg6zBf4U-vVG2R5c_WFDllLmxc6lnsSXw'

const PREFLIGHT = { origin: 'https://app.example', 'access-control-request-method': 'POST' }
const CROSS_SITE = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }
const cookie = (token: string): { readonly cookie: string } => ({ cookie: `jwt=${token}` })
const bearer = (token: string): { readonly authorization: string } => ({ authorization: `Bearer ${token}` })

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
const ANONYMOUS = { status: 'anonymous', jwt: undefined, source: undefined, ...RUN } as const
const PREFLIGHTED = { ...DENIED, status: 'preflight', response: { status: 204, headers: {}, body: null }, reason: 'preflight' } as const

const MISSING = '401 missing_token'
const OVER = '401 token_expired ERR_JWT_EXPIRED'
const WRONG_MAC = '401 invalid_token ERR_JWT_SIGNATURE'
const REVOKED = '401 invalid_token ERR_JWT_CLAIM'
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
    expect(expired).toMatchObject({ status: 'denied', response: { status: 401 } })
    expect(expired).toHaveProperty('error', expect.any(JwtExpiredError))
    expect(await ask(bearer(FORGED))).toHaveProperty('error', expect.any(JwtSignatureError))
    expect(await decide(cookie(EXPIRED))).toBe(OVER)
    expect(await decide(cookie(FORGED))).toBe(WRONG_MAC)
    expect(await decide(bearer('x'))).toBe('401 invalid_token ERR_JWT_MALFORMED')
    expect(await decide(cookie('undefined'))).toBe('401 invalid_token ERR_JWT_MALFORMED')
    expect(await decide(cookie(`"${GOOD}"`))).toBe('401 invalid_token ERR_JWT_MALFORMED')
    expect(await decide(cookie(`${GOOD}, jwt=${GOOD}`))).toBe('401 invalid_token ERR_JWT_MALFORMED')
    expect(await decide(bearer(`${GOOD}=`))).toBe('401 invalid_token ERR_JWT_MALFORMED')
  })

  it('passes its options to verify', async () => {
    expect(await decide(cookie(GOOD), { verify: { subject: 'u1' } })).toBe('u1 by cookie')
    expect(await decide(cookie(GOOD), { verify: { subject: 'u2' } })).toBe('401 invalid_token ERR_JWT_CLAIM')
    expect(await decide(cookie(GOOD), { verify: { audience: 'orders' } })).toBe('401 invalid_token ERR_JWT_CLAIM')
    expect(await decide(cookie(EXPIRED), { verify: { clockTolerance: 1 } })).toBe('u1 by cookie')
    expect(await decide(cookie(GOOD), { verify: { maxLength: 20 } })).toBe('401 invalid_token ERR_JWT_MALFORMED')
  })

  it('needs no options', async () => {
    const token = await sign({ sub: 'u1' }, key, { expiresIn: '1h' })
    expect(await authenticate({ method: 'GET', headers: cookie(token) }, key)).toMatchObject({ status: 'authenticated', source: 'cookie' })
    expect(await authenticate({ method: 'GET', headers: cookie(token) }, [key], {})).toMatchObject({ status: 'authenticated' })
    expect(await authenticate({ method: 'GET', headers: cookie(await sign({ aud: 'x' }, key, { expiresIn: '1h' })) }, key)).toMatchObject({
      status: 'denied',
    })
  })

  it('reads the cookie and the sources that the options name', async () => {
    expect(await decide({ cookie: `session=${GOOD}; jwt=${FORGED}` }, { cookie: 'session' })).toBe('u1 by cookie')
    expect(await decide(cookie(GOOD), { cookie: 'session' })).toBe(MISSING)
    expect(await decide({ ...cookie(GOOD), ...bearer(OTHER) }, { sources: ['bearer', 'cookie'] })).toBe('u2 by bearer')
    expect(await decide({ ...cookie(GOOD), ...bearer(OTHER) }, { sources: ['bearer'] })).toBe('u2 by bearer')
    expect(await decide(cookie(GOOD), { sources: ['bearer'] })).toBe(MISSING)
    expect(await decide(bearer(GOOD), { sources: ['cookie'] })).toBe(MISSING)
  })

  it('never reads the URL', async () => {
    const request = { method: 'GET', url: `/?access_token=${GOOD}&jwt=${GOOD}`, headers: {}, query: { access_token: GOOD }, body: GOOD }
    expect(await authenticate(request, key, { verify: { now } })).toMatchObject({ status: 'denied', error: undefined })
    const fetched = new Request(`https://orders.example/?access_token=${GOOD}#access_token=${GOOD}`)
    expect(await authenticate(fetched, key, { verify: { now } })).toMatchObject({ status: 'denied', error: undefined })
  })

  it('names the realm in every 401', async () => {
    const realm = async (headers: object, options: object = {}): Promise<unknown> => {
      const result = await ask(headers, { realm: 'orders', ...options })
      return result.status === 'denied' && result.response.headers['WWW-Authenticate']
    }
    expect(await realm({})).toBe('Bearer realm="orders"')
    expect(await realm(cookie(EXPIRED))).toMatch(/^Bearer realm="orders", error="invalid_token", /)
    expect(await realm(cookie(GOOD), { isRevoked: () => true })).toMatch(/^Bearer realm="orders", error="invalid_token", /)
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

describe('authenticate of two tokens', () => {
  it.each([
    ['both are good', GOOD, OTHER, 'u1 by cookie'],
    ['the cookie is stale', EXPIRED, GOOD, 'u1 by bearer'],
    ['the cookie is forged', FORGED, GOOD, 'u1 by bearer'],
    ['the cookie is not a token', 'x', GOOD, 'u1 by bearer'],
    ['Authorization is stale', GOOD, EXPIRED, 'u1 by cookie'],
    ['Authorization is not a token', GOOD, 'x', 'u1 by cookie'],
    ['the cookie is stale, Authorization forged', EXPIRED, FORGED, OVER],
    ['the cookie is forged, Authorization stale', FORGED, EXPIRED, WRONG_MAC],
    ['neither is a token', 'x', FORGED, '401 invalid_token ERR_JWT_MALFORMED'],
  ])('uses the first that verifies, or else the first error: %s', async (_when, inCookie, inHeader, decision) => {
    expect(await decide({ ...cookie(inCookie), ...bearer(inHeader) })).toBe(decision)
    const turned = decision.replace(/by \w+/, (by) => (by === 'by cookie' ? 'by bearer' : 'by cookie'))
    expect(await decide({ ...cookie(inHeader), ...bearer(inCookie) }, { sources: ['bearer', 'cookie'] })).toBe(turned)
  })

  it('counts an ambiguous token as none', async () => {
    const tossed = { cookie: `jwt=${GOOD}; jwt=${OTHER}` }
    expect(await decide(tossed)).toBe(MISSING)
    expect(await decide({ cookie: [`jwt=${GOOD}`, `jwt=${OTHER}`] })).toBe(MISSING)
    expect(await decide({ ...tossed, ...bearer(OTHER) })).toBe('u2 by bearer')
    expect(await decide({ ...tossed, ...bearer(EXPIRED) })).toBe(OVER)
    expect(await decide({ authorization: [`Bearer ${GOOD}`, `Bearer ${GOOD}`] })).toBe(MISSING)
    expect(await decide({ authorization: [`Bearer ${GOOD}`, `Bearer ${GOOD}`], ...cookie(OTHER) })).toBe('u2 by cookie')
    expect(await decide({ cookie: `jwt=${GOOD}; jwt=${GOOD}` })).toBe('u1 by cookie')
  })
})

describe('authenticate of a preflight', () => {
  const never: KeyFinder = () => expect.unreachable()

  it('answers it with 204, without calling any function', async () => {
    expect(await ask(PREFLIGHT, { isRevoked: never }, 'OPTIONS', never)).toStrictEqual(PREFLIGHTED)
    expect(await ask(new Headers(PREFLIGHT), {}, 'OPTIONS')).toStrictEqual(PREFLIGHTED)
    expect(await ask({ Origin: ['null'], 'Access-Control-Request-Method': ['PUT'] }, {}, 'OPTIONS')).toStrictEqual(PREFLIGHTED)
  })

  it('answers it with 204 whatever its token is, and ignores that', async () => {
    for (const token of [GOOD, FORGED, EXPIRED]) {
      expect(await ask({ ...PREFLIGHT, ...cookie(token), ...bearer(token) }, { optional: true }, 'OPTIONS', never)).toStrictEqual(
        PREFLIGHTED,
      )
    }
  })

  it.each(['options', 'Options', 'oPTIONs'])('sees one in %s', async (method) => {
    expect(await ask(PREFLIGHT, {}, method)).toStrictEqual(PREFLIGHTED)
  })

  it.each<[string, object, string]>([
    ['GET', PREFLIGHT, 'GET'],
    ['POST', PREFLIGHT, 'POST'],
    ['OPTIONS with a dotless i, which toUpperCase makes an I', PREFLIGHT, 'opt\u0131ons'],
    ['OPTIONS with a long s, which toUpperCase makes an S', PREFLIGHT, 'option\u017f'],
    ['OPTIONS in full-width letters', PREFLIGHT, '\uff2f\uff30\uff34\uff29\uff2f\uff2e\uff33'],
    ['OPTIONS with a space', PREFLIGHT, 'OPTIONS '],
    ['a request that asks for no method', { origin: 'https://app.example' }, 'OPTIONS'],
    ['no origin', { 'access-control-request-method': 'POST' }, 'OPTIONS'],
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
  it('lets a request without a token through', async () => {
    expect(await ask({}, { optional: true })).toStrictEqual(ANONYMOUS)
    expect(await ask(CROSS_SITE, { optional: true }, 'POST')).toStrictEqual(ANONYMOUS)
    expect(await ask({ authorization: 'Basic eDp5', cookie: 'theme=dark; jwt=' }, { optional: true })).toStrictEqual(ANONYMOUS)
  })

  it('does not let it through if optional is false', async () => {
    expect(await decide({}, { optional: false })).toBe(MISSING)
  })

  it('rejects a bad token all the same', async () => {
    expect(await decide(cookie(EXPIRED), { optional: true })).toBe(OVER)
    expect(await decide(bearer(FORGED), { optional: true })).toBe(WRONG_MAC)
    expect(await decide(bearer('x'), { optional: true })).toBe('401 invalid_token ERR_JWT_MALFORMED')
    expect(await decide({ ...cookie(GOOD), ...CROSS_SITE }, { optional: true }, 'POST')).toBe(CROSS_ORIGIN)
    expect(await decide(cookie(GOOD), { optional: true, isRevoked: () => true })).toBe(REVOKED)
  })

  it('returns a good token', async () => {
    expect(await decide(cookie(GOOD), { optional: true })).toBe('u1 by cookie')
  })
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

  it.each<[string, string, object, string]>([
    ['a sibling subdomain', 'POST', { 'sec-fetch-site': 'same-site', origin: 'https://blog.orders.example' }, CROSS_ORIGIN],
    ['the service itself', 'POST', { 'sec-fetch-site': 'same-origin', origin: 'https://orders.example' }, 'u1 by cookie'],
    ['an old browser, of the service', 'POST', { host: 'orders.example', origin: 'https://orders.example' }, 'u1 by cookie'],
    ['an old browser, of elsewhere', 'DELETE', { host: 'orders.example', origin: 'https://evil.example' }, CROSS_ORIGIN],
    ['a sandbox', 'POST', { host: 'orders.example', origin: 'null' }, CROSS_ORIGIN],
    ['not a browser', 'POST', {}, 'u1 by cookie'],
    ['a link', 'GET', CROSS_SITE, 'u1 by cookie'],
    ['a link, if the framework writes methods in lower case', 'get', CROSS_SITE, 'u1 by cookie'],
    ['a form, if the framework writes methods in lower case', 'post', CROSS_SITE, CROSS_ORIGIN],
    ['a WebSocket', 'GET', { ...CROSS_SITE, upgrade: 'websocket' }, CROSS_ORIGIN],
    ['an unknown method', 'PROPFIND', CROSS_SITE, CROSS_ORIGIN],
    ['a page that is trusted', 'POST', { 'sec-fetch-site': 'cross-site', origin: 'https://app.example' }, 'u1 by cookie'],
  ])('by cookie: %s', async (_who, method, headers, decision) => {
    expect(await decide({ ...headers, ...cookie(GOOD) }, { trustedOrigins: ['https://app.example'] }, method)).toBe(decision)
  })

  it('lets a token from Authorization through, because no page of another origin has one', async () => {
    expect(await decide({ ...bearer(GOOD), ...CROSS_SITE }, {}, 'POST')).toBe('u1 by bearer')
    expect(await decide({ ...cookie(EXPIRED), ...bearer(GOOD), ...CROSS_SITE }, {}, 'POST')).toBe('u1 by bearer')
  })

  it('is checked after the token is verified, and before isRevoked is called', async () => {
    expect(await decide({ ...cookie(EXPIRED), ...CROSS_SITE }, {}, 'POST')).toBe(OVER)
    expect(await decide({ ...cookie(FORGED), ...CROSS_SITE }, {}, 'POST')).toBe(WRONG_MAC)
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
    await ask({}, { isRevoked })
    await ask({}, { isRevoked, optional: true })
    await ask(cookie(EXPIRED), { isRevoked })
    await ask(bearer('x'), { isRevoked })
    expect(isRevoked).not.toHaveBeenCalled()
  })

  it.each([true, Promise.resolve(true)])('rejects a revoked token (%#)', async (answer) => {
    const result = await deny(cookie(GOOD), { isRevoked: () => answer })
    expect(result.response.status).toBe(401)
    expect(JSON.parse(result.response.body)).toEqual({ error: 'invalid_token', message: 'token is revoked' })
    expect(result.response.headers['WWW-Authenticate']).toBe(
      'Bearer realm="jwt", error="invalid_token", error_description="token is revoked"',
    )
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
    expect(await decide({ ...cookie(GOOD), ...bearer(OTHER) }, { isRevoked })).toBe(REVOKED)
    expect(await decide({ ...cookie(OTHER), ...bearer(GOOD) }, { isRevoked })).toBe('u2 by cookie')
  })

  it.each<[unknown]>([
    [undefined],
    [null],
    [0],
    [1],
    [''],
    ['false'],
    ['true'],
    [[]],
    [{}],
    [NaN],
    [Object(false)],
    [Symbol('no')],
    [{ rows: [] }],
  ])('rejects with a TypeError for an answer that is not a boolean: %s', async (answer) => {
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
    expect(await decide(cookie(GOOD), {}, 'GET', [old, key])).toBe('u1 by cookie')
    expect(await decide(cookie(GOOD), {}, 'GET', () => key)).toBe('u1 by cookie')
    expect(await decide(cookie(GOOD), {}, 'GET', () => Promise.resolve([old, key]))).toBe('u1 by cookie')
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

  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['a secret', 'correct horse battery staple, 32+'],
    ['none', []],
    ['a function that finds a secret', () => 'correct horse battery staple, 32+'],
  ])('throws a TypeError for keys that are %s', async (_what, keys) => {
    const result = authenticate({ method: 'GET', headers: cookie(GOOD) }, keys as JwtKeys, { verify: { now } })
    await expect(result).rejects.toThrow(TypeError)
  })
})

describe('authenticate with a mistake in its options', () => {
  const mistakes: readonly (readonly [string, unknown])[] = [
    ['null', null],
    ['a list', []],
    ['a string', 'jwt'],
    ['an unknown option', { optionl: true }],
    ['an option of verify', { audience: 'orders' }],
    ['an option of verify, undefined', { issuer: undefined }],
    ['algorithms', { algorithms: ['HS256'] }],
    ['an option of tokenCookie', { name: 'jwt' }],
    ['verify that is undefined', { verify: undefined }],
    ['verify that is null', { verify: null }],
    ['verify with an unset variable', { verify: { audience: undefined } }],
    ['verify with an empty audience', { verify: { audience: '' } }],
    ['verify with an unknown option', { verify: { algorithms: ['HS256'] } }],
    ['verify with an option of authenticate', { verify: { optional: true } }],
    ['verify with an invalid schema', { verify: { schema: {} } }],
    ['verify with an invalid clock', { verify: { now: new Date() } }],
    ['optional that is undefined', { optional: undefined }],
    ['optional that is a string', { optional: 'true' }],
    ['optional that is a number', { optional: 1 }],
    ['isRevoked that is undefined', { isRevoked: undefined }],
    ['isRevoked that is false', { isRevoked: false }],
    ['isRevoked that is a Set', { isRevoked: new Set() }],
    ['isRevoked that is a promise', { isRevoked: Promise.resolve(false) }],
    ['realm that is empty', { realm: '' }],
    ['realm with quotes', { realm: 'a"b' }],
    ['realm with CR LF', { realm: 'a\r\nSet-Cookie: x' }],
    ['a cookie without a name', { cookie: '' }],
    ['a cookie that is not a name', { cookie: 'jwt=' }],
    ['no source', { sources: [] }],
    ['an unknown source', { sources: ['query'] }],
    ['one origin instead of a list', { trustedOrigins: 'https://app.example' }],
    ['a wildcard for an origin', { trustedOrigins: ['*'] }],
    ['an origin that is undefined', { trustedOrigins: [undefined] }],
    ['inherited options', Object.create({ optional: true })],
  ]

  it.each(mistakes)('rejects with a TypeError for %s, whatever the request is', async (_what, options) => {
    const requests: readonly HttpRequest[] = [
      { method: 'GET', headers: {} },
      { method: 'OPTIONS', headers: PREFLIGHT },
      { method: 'GET', headers: cookie(GOOD) },
      { method: 'POST', headers: { ...cookie(EXPIRED), ...CROSS_SITE } },
    ]
    for (const request of requests) {
      await expect(authenticate(request, key, options as AuthenticateOptions)).rejects.toThrow(TypeError)
    }
  })

  it('says where an option of verify belongs', async () => {
    for (const name of [
      'audience',
      'clockTolerance',
      'ignoreAudience',
      'issuer',
      'maxAge',
      'maxLength',
      'now',
      'required',
      'requireExp',
      'schema',
      'subject',
      'type',
    ]) {
      await expect(ask({}, { [name]: 'x' }), name).rejects.toThrow(new TypeError(`unknown option ${name}: move it into verify`))
    }
    const renamed = {
      clockSkew: 'clockTolerance',
      currentDate: 'now',
      maxTokenAge: 'maxAge',
      requiredClaims: 'required',
      sub: 'subject',
      typ: 'type',
    }
    for (const [name, here] of Object.entries(renamed))
      await expect(ask({}, { [name]: 'x' }), name).rejects.toThrow(new TypeError(`unknown option ${name}: use ${here} in verify`))
    await expect(ask({}, { exp: 'x' })).rejects.toThrow('unknown option exp: the options are verify, ')
    await expect(ask({}, { jwtid: 'x' })).rejects.toThrow('after verify, compare claims.jti')
    await expect(ask({}, { complete: true })).rejects.toThrow('unknown option complete: the result always has the header')
    await expect(ask({}, { algorithms: ['HS256'] })).rejects.toThrow('unknown option algorithms: HS256 is the only algorithm')
    await expect(ask({}, { domain: 'x' })).rejects.toThrow(
      'unknown option domain: the options are verify, optional, isRevoked, realm, cookie, sources, trustedOrigins',
    )
  })
})

describe('authenticate of a request without Host', () => {
  const ORIGIN = { origin: 'https://orders.example' }
  const post = (url: unknown, headers: object = ORIGIN): Promise<Authentication<object>> =>
    authenticate({ method: 'POST', url, headers: { ...headers, ...cookie(GOOD) } } as HttpRequest, key, { verify: { now } })

  it.each([
    ['the host of its absolute url', 'https://orders.example/a?b#c'],
    ['a url without a path', 'https://orders.example'],
    ['a url with only a query', 'https://orders.example?a=b'],
    ['a url with only a fragment', 'https://orders.example#a'],
    ['a url over http', 'http://orders.example/'],
    ['a url in upper case', 'HTTPS://ORDERS.EXAMPLE/'],
    ['a url with an at sign in its path', 'https://orders.example/@evil.example'],
  ])('accepts the cookie if Origin is %s', async (_what, url) => {
    expect(expectResult(await post(url))).toMatchObject({ status: 'authenticated', source: 'cookie' })
  })

  it('compares the port, and an IPv6 address', async () => {
    expect(await post('http://localhost:3000/', { origin: 'http://localhost:3000' })).toMatchObject({ status: 'authenticated' })
    expect(await post('http://localhost:3000/', { origin: 'http://localhost' })).toMatchObject({ reason: 'cross_origin' })
    expect(await post('http://[::1]:3000/', { origin: 'http://[::1]:3000' })).toMatchObject({ status: 'authenticated' })
  })

  it.each<[string, unknown]>([
    ['of another host', 'https://evil.example/'],
    ['that begins alike', 'https://orders.example.evil/'],
    ['with the host as its user', 'https://orders.example@evil.example/'],
    ['with a user and a password', 'https://orders.example:x@evil.example/'],
    ['with a user, although the host is the same', 'https://user@orders.example/'],
    ['of another scheme', 'ftp://orders.example/'],
    ['of a WebSocket', 'wss://orders.example/'],
    ['of a file', 'file://orders.example/'],
    ['with a scheme that ends alike', 'xhttps://orders.example/'],
    ['without a scheme', '//orders.example/'],
    ['with one slash', 'https:/orders.example/'],
    ['with three slashes', 'https:///orders.example/'],
    ['with backslashes', 'https:\\\\orders.example/'],
    ['with a backslash after the host', 'https://orders.example\\@evil.example/'],
    ['with a space at its start', ' https://orders.example/'],
    ['that is a path', '/orders.example'],
    ['with an absolute one in its query', '/?https://orders.example/'],
    ['that is only a host', 'orders.example'],
    ['that is empty', ''],
    ['that is undefined', undefined],
    ['that is null', null],
    ['that is a list', ['https://orders.example/']],
    ['that is an object with toString', { toString: () => 'https://orders.example/' }],
    ['that is an object without a string', Object.create(null)],
  ])('rejects the cookie for a url %s', async (_what, url) => {
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

describe('a polluted Object.prototype', () => {
  it('lends no request a url, which would be its host, and no rawHeaders', async () => {
    const headers = { ...cookie(GOOD), origin: 'http://evil.example' }
    Object.assign(Object.prototype, { url: 'http://evil.example/', rawHeaders: ['Authorization', 'a', 'Authorization', 'b'] })
    try {
      expect((await authenticate({ method: 'POST', headers }, key)).reason).toBe('cross_origin')
      expect((await authenticate({ method: 'GET', headers: { authorization: `Bearer ${GOOD}` } }, key)).reason).toBeUndefined()
    } finally {
      for (const name of ['url', 'rawHeaders']) Reflect.deleteProperty(Object.prototype, name)
    }
  })
})

describe('authenticate of something that is not a request', () => {
  const WANTED = "pass the request itself, not its headers or a framework's context"

  it.each<[string, unknown, string]>([
    ['undefined', undefined, `request is undefined: ${WANTED}`],
    ['null', null, `request is null: ${WANTED}`],
    ['a string', 'https://orders.example', `request is a string: ${WANTED}`],
    ['a number', 5, `request is a number: ${WANTED}`],
    ['a list', ['GET'], `request has no method: ${WANTED}`],
    ['a function', () => ({ method: 'GET', headers: {} }), `request is a function: ${WANTED}`],
    ['headers', new Headers(cookie(GOOD)), `request has no method: ${WANTED}`],
    ['a URL', new URL('https://orders.example'), `request has no method: ${WANTED}`],
    ['a context of Hono', { req: { method: 'GET', header: () => undefined } }, `request has no method: ${WANTED}`],
    ['a promise', Promise.resolve({ method: 'GET', headers: {} }), `request has no method: ${WANTED}`],
    ['an event of AWS Lambda, v1', { httpMethod: 'GET', headers: cookie(GOOD), body: null }, `request has no method: ${WANTED}`],
    ['an event of AWS Lambda, v2', { requestContext: { http: { method: 'GET' } }, headers: {}, cookies: [] }, `request has no method: ${WANTED}`], // prettier-ignore
    ['a request without headers', { method: 'GET' }, "headers must be a Fetch Headers or Node's headers"],
    ['a request of Hono', { method: 'GET', url: 'https://orders.example', header: () => undefined }, "headers must be a Fetch Headers or Node's headers"], // prettier-ignore
    ['a request whose headers are a Map', { method: 'GET', headers: new Map([['cookie', `jwt=${GOOD}`]]) }, "headers must be a Fetch Headers or Node's headers"], // prettier-ignore
    ['a request whose headers are a query', { method: 'GET', headers: new URLSearchParams(cookie(GOOD)) }, "headers must be a Fetch Headers or Node's headers"], // prettier-ignore
    ['a request whose headers are a context', { method: 'GET', headers: { get: (name: string) => name } }, "headers must be a Fetch Headers or Node's headers"], // prettier-ignore
    [
      'a request whose rawHeaders are null',
      { method: 'GET', headers: {}, rawHeaders: null },
      'rawHeaders is null: pass names and values in turn',
    ],
    [
      'a request whose rawHeaders are an object',
      { method: 'GET', headers: {}, rawHeaders: {} },
      'rawHeaders is an Object: pass names and values in turn',
    ],
    ['a request whose Cookie is a number', { method: 'GET', headers: { cookie: 5 } }, 'header cookie must be a string'],
  ])('says what came, or what is missing, and what is wanted: %s', async (_what, request, message) => {
    const guard = createGuard(key, { optional: true })
    const rejection = await guard(request as HttpRequest).then(() => expect.unreachable(), (error: unknown) => error) // prettier-ignore
    expect(rejection).toBeInstanceOf(TypeError)
    expect(rejection).toHaveProperty('message', message)
  })

  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['a string', 'GET'],
    ['one without a method', { headers: cookie(GOOD) }],
    ['one whose method is undefined', { method: undefined, headers: cookie(GOOD) }],
    ['one whose method is a list', { method: ['GET'], headers: cookie(GOOD) }],
    ['one without headers', { method: 'GET' }],
    ['one whose headers are null', { method: 'GET', headers: null }],
    ['one whose headers are a string', { method: 'GET', headers: `cookie: jwt=${GOOD}` }],
    ['one whose headers are raw', { method: 'GET', headers: ['cookie', `jwt=${GOOD}`] }],
    ['one whose cookie is an object', { method: 'GET', headers: { cookie: { jwt: GOOD } } }],
    ['headers', { cookie: `jwt=${GOOD}` }],
  ])('rejects %s with a TypeError', async (_what, request) => {
    await expect(authenticate(request as HttpRequest, key, { verify: { now } })).rejects.toThrow(TypeError)
    await expect(authenticate(request as HttpRequest, key, { verify: { now }, optional: true })).rejects.toThrow(TypeError)
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
      cookie: `jwt=${GOOD}`,
      authorization: `Bearer ${GOOD}`,
      'sec-fetch-site': 'same-origin',
      trustedOrigins: ['https://evil.example'],
      'access-control-request-method': 'POST',
      requireExp: false,
    }
    try {
      for (const [name, value] of Object.entries(members)) {
        Object.defineProperty(Object.prototype, name, { value, configurable: true, enumerable: true, writable: true })
      }
      const options = { verify: { now } }
      const missing = await authenticate({ method: 'OPTIONS', headers: { origin: 'https://evil.example' } }, key, options)
      const headers = { origin: 'https://evil.example', cookie: `jwt=${GOOD}`, host: 'orders.example' }
      const crossOrigin = await authenticate({ method: 'POST', headers }, key, options)
      expect([missing, crossOrigin].map((result) => result.status === 'denied' && result.response.status)).toEqual([401, 403])
    } finally {
      for (const name of Object.keys(members)) Reflect.deleteProperty(Object.prototype, name)
    }
  })
})

describe('authenticate of headers', () => {
  it.each<[string, HttpRequest['headers']]>([
    ['Fetch', new Headers(cookie(GOOD))],
    ['Node', { host: 'orders.example', ...cookie(GOOD) }],
    ['lists of values', { cookie: [`jwt=${GOOD}`] }],
    ['title case', { Cookie: `jwt=${GOOD}` }],
    ['upper case, in a list', { COOKIE: ['theme=dark', `jwt=${GOOD}`] }],
  ])('reads those of %s', async (_what, headers) => {
    expect(await decide(headers)).toBe('u1 by cookie')
  })

  it('accepts a Fetch Request', async () => {
    const options = { verify: { now } }
    const fetched = new Request('https://orders.example', { method: 'POST', headers: { ...bearer(GOOD), ...CROSS_SITE } })
    expect(await authenticate(fetched, key, options)).toMatchObject({ status: 'authenticated', source: 'bearer' })
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
    expect(await decide(mocked(bearer(OTHER)))).toBe('u2 by bearer')
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

  it('answers everything but a good token', async () => {
    const guard = createGuard(key, { verify: { now } })
    const results = await Promise.all(requests.map((request) => guard(request)))
    expect(await answers(results.map((result) => required(expectResult(result))))).toEqual([
      '200 u1',
      '401 {"error":"missing_token"',
      '401 {"error":"invalid_token"',
      '403 {"error":"cross_origin",',
      '204',
    ])
  })

  it('answers everything but a good token and none, if that is optional', async () => {
    const guard = createGuard(key, { verify: { now }, optional: true })
    const results = await Promise.all(requests.map((request) => guard(request)))
    expect(await answers(results.map((result) => optional(expectResult(result))))).toEqual([
      '200 u1',
      '200 nobody',
      '401 {"error":"invalid_token"',
      '403 {"error":"cross_origin",',
      '204',
    ])
  })

  it('throws without await, whatever the request is, and whichever of the two it is', async () => {
    for (const request of requests) {
      for (const guard of [createGuard(key, { verify: { now } }), createGuard(key, { verify: { now }, optional: true })]) {
        const promise = guard(request)
        expect(() => required(promise as unknown as Result)).toThrow(TypeError)
        expect(() => optional(promise as unknown as OptionalResult)).toThrow(TypeError)
        await promise
      }
      const promise = authenticate(request, key, { verify: { now } })
      expect(() => required(promise as unknown as Result)).toThrow(TypeError)
      expect(() => optional(promise as unknown as OptionalResult)).toThrow(TypeError)
      await promise
    }
  })
})

describe('what authenticate answers', () => {
  it('has a JwtError or none with a 401, and none with a 403', async () => {
    for (const headers of [cookie(EXPIRED), bearer('x'), cookie(FORGED)]) {
      const result = await ask(headers)
      expect(result.status === 'denied' && result.error instanceof JwtError).toBe(true)
    }
  })

  it('can be passed to new Response', async () => {
    const { response: answer } = await deny({ ...cookie(GOOD), ...CROSS_SITE }, {}, 'POST')
    const response = new Response(answer.body, answer)
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([403, null])
  })
})

describe('authenticate with a polluted Object.prototype', () => {
  const pollution = { jwt: { claims: { sub: 'root' } }, source: 'bearer', error: undefined }

  beforeEach(() => void Object.assign(Object.prototype, pollution))
  afterEach(() => {
    for (const name of Object.keys(pollution)) Reflect.deleteProperty(Object.prototype, name)
  })

  it('has no inherited token if there is none, or if it is rejected', async () => {
    const key = createKey('a secret of the tests, 32 bytes or more')
    for (const headers of [{}, { authorization: 'Bearer abc' }, { cookie: 'jwt=abc' }]) {
      const result = await authenticate({ method: 'GET', headers }, key)
      expect(result.status).toBe('denied')
    }
  })

  it('passes no inherited token to the handler of an optional guard', async () => {
    const key = createKey('a secret of the tests, 32 bytes or more')
    const result = await authenticate({ method: 'GET', headers: {} }, key, { optional: true })
    expect(result.status === 'anonymous' && [Object.hasOwn(result, 'jwt'), result.jwt]).toEqual([true, undefined])
  })
})

describe('authenticate with a mistake in its keys', () => {
  it('rejects the first request, even one without a token', async () => {
    const keys = undefined as unknown as JwtKey
    await expect(authenticate({ method: 'GET', headers: {} }, keys)).rejects.toThrow(TypeError)
    await expect(authenticate({ method: 'GET', headers: {} }, keys, { optional: true })).rejects.toThrow(TypeError)
  })
})
