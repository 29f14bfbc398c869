/** `authenticate`: each decision of a guard, and their order. The corpus and support/requests.ts have more requests, for every framework. */
import { JwtClaimError, JwtSignatureError, sign, type JwtKeys } from 'hs256'
import { authenticate, createGuard } from 'hs256/http'
import type { AuthenticateOptions, Authentication, HttpRequest } from 'hs256/http'
import { describe, expect, it, vi } from 'vitest'
import { expectResult } from './support/guard-result.ts'
import { bearer, cookie, CROSS_SITE, EXPIRED, FORGED, GOOD, key, listed, now, OTHER } from './support/http-tokens.ts'
import { whilePolluted } from './support/polluted.ts'
import { schemaOf } from './support/schemas.ts'

const PREFLIGHT = { origin: 'https://app.example', 'access-control-request-method': 'POST' }

/** Asks with the clock of these tests, and options that JavaScript does not check; whatever the result is, it has its six members. */
async function ask(headers: unknown, options: object = {}, method = 'GET', keys: unknown = key): Promise<Authentication<object>> {
  const { verify, ...others } = options as AuthenticateOptions
  const all = { verify: { now, ...verify }, ...others } as AuthenticateOptions
  return expectResult(await authenticate({ method, headers } as HttpRequest, keys as JwtKeys, all))
}

/** The decision in a few words: who passes and by what, or what is answered. */
async function decide(...args: Parameters<typeof ask>): Promise<string> {
  const { status, jwt, source, response, reason, error } = await ask(...args)
  if (jwt) return `${(jwt.claims as { readonly sub: string }).sub} by ${source}`
  return status === 'denied' ? `${response.status} ${reason}${error ? ` ${error.code}` : ''}` : status
}

const both = (inCookie: string, inHeader: string): object => ({ ...cookie(inCookie), ...bearer(inHeader) })

const DENIED = { status: 'denied', jwt: undefined, source: undefined, error: undefined } as const
const MISSING = '401 missing_token'
const OVER = '401 token_expired ERR_JWT_EXPIRED'
const MALFORMED = '401 invalid_token ERR_JWT_MALFORMED'
const WRONG_MAC = '401 invalid_token ERR_JWT_SIGNATURE'
const CROSS_ORIGIN = '403 cross_origin'

describe('authenticate', () => {
  it('lets a good token through, and says where it was', async () => {
    expect(await ask(cookie(GOOD))).toStrictEqual({
      status: 'authenticated',
      source: 'cookie',
      jwt: { claims: { exp: 1_800_003_600, sub: 'u1' }, header: { alg: 'HS256', typ: 'JWT' }, key },
      response: null,
      reason: undefined,
      error: undefined,
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

  it('needs no options, and accepts a Fetch Request', async () => {
    const token = await sign({ sub: 'u1' }, key, { expiresIn: '1h' })
    const forX = await sign({ aud: 'x' }, key, { expiresIn: '1h' })
    const request = new Request('https://orders.example', { headers: bearer(token) })
    expect(await authenticate(request, key)).toMatchObject({ status: 'authenticated', source: 'bearer' })
    expect(await authenticate({ method: 'GET', headers: cookie(forX) }, [key], {})).toMatchObject({ error: { claim: 'aud' } })
  })

  /** A request, and what is decided about it. */
  type Row = [what: string, headers: object, decision: string, options?: object, method?: string]
  const decides = (_what: string, headers: object, decision: string, options: object = {}, method = 'GET'): Promise<void> =>
    expect(decide(headers, options, method)).resolves.toBe(decision)

  it.each<Row>([
    ['both are good, and the header counts first', both(GOOD, OTHER), 'u2 by bearer', { sources: ['bearer', 'cookie'] }],
    ['the cookie is stale and from elsewhere', { ...both(EXPIRED, GOOD), ...CROSS_SITE }, 'u1 by bearer', {}, 'POST'],
    ['the cookie is stale, Authorization forged', both(EXPIRED, FORGED), OVER],
    ['the cookie is forged, Authorization stale', both(FORGED, EXPIRED), WRONG_MAC],
    ['neither is a token', both('x', 'y'), MALFORMED, { optional: true }],
  ])('uses the first token that verifies, or else the first error: %s', decides)

  it.each<Row>([
    ['two cookies that differ, and an expired bearer', { cookie: `jwt=${GOOD}; jwt=${OTHER}`, ...bearer(EXPIRED) }, OVER],
    ['a repeated Authorization, and a cookie', { authorization: [`Bearer ${GOOD}`, `Bearer ${GOOD}`], ...cookie(OTHER) }, 'u2 by cookie'],
  ])('counts an ambiguous token as none: %s', decides)

  it.each<Row>([
    ['no token from elsewhere, which is optional', CROSS_SITE, 'anonymous', { optional: true }, 'POST'],
    ['OPTIONS that asks for nothing', { origin: 'https://app.example' }, MISSING, {}, 'OPTIONS'],
    ['OPTIONS with what is undefined', { origin: undefined, 'access-control-request-method': undefined }, MISSING, {}, 'OPTIONS'],
  ])('lets through or refuses %s', decides)

  it('calls no function of its options for a preflight, for a request without a token, or for a malformed token', async () => {
    const never = (): never => expect.unreachable()
    for (const optional of [false, true]) {
      const options = { optional, isRevoked: never, verify: { schema: schemaOf(never) } }
      const withTokens = [GOOD, FORGED, EXPIRED].map((token) => ({ ...PREFLIGHT, ...both(token, token) }))
      for (const headers of [PREFLIGHT, new Headers(PREFLIGHT), ...withTokens])
        expect(await decide(headers, options, 'oPTIONs', never)).toBe('preflight')
      expect(await decide({}, options, 'GET', never)).toBe(optional ? 'anonymous' : MISSING)
      expect(await decide(bearer('x'), options, 'GET', never)).toBe(MALFORMED)
    }
  })
})

describe('authenticate with isRevoked', () => {
  it('calls it once, with the token that was verified', async () => {
    const isRevoked = vi.fn(() => false)
    expect(await decide(both(EXPIRED, GOOD), { isRevoked })).toBe('u1 by bearer')
    expect(isRevoked.mock.calls).toEqual([[{ claims: { exp: 1_800_003_600, sub: 'u1' }, header: { alg: 'HS256', typ: 'JWT' }, key }]])
  })

  it('does not call it for a token that is rejected, or for a cookie from elsewhere', async () => {
    const isRevoked = vi.fn(() => true)
    expect(await decide(cookie(EXPIRED), { isRevoked })).toBe(OVER)
    expect(await decide({ ...cookie(GOOD), ...CROSS_SITE }, { isRevoked }, 'POST')).toBe(CROSS_ORIGIN)
    expect(isRevoked).not.toHaveBeenCalled()
  })

  it.each([true, Promise.resolve(true)])('rejects a revoked token, and does not try another one (%#)', async (answer) => {
    const { response, error } = await ask(both(GOOD, OTHER), { realm: 'orders', isRevoked: () => answer })
    const challenge = 'Bearer realm="orders", error="invalid_token", error_description="token is revoked"'
    expect(response).toMatchObject({ status: 401, headers: { 'WWW-Authenticate': challenge } })
    expect(error).toBeInstanceOf(JwtClaimError)
    expect(error).toMatchObject({ code: 'ERR_JWT_CLAIM', claim: undefined, reason: 'invalid' })
    expect((error as JwtClaimError).claims()).toEqual({ exp: 1_800_003_600, sub: 'u1' })
  })

  const notBooleans = [undefined, null, 0, 1, '', 'false', [], Object(false), { rows: [] }]

  it.each<unknown>(notBooleans)('rejects with a TypeError for an answer that is not a boolean: %s', async (answer) => {
    const mistake = new TypeError('the result of isRevoked must be true or false')
    for (const isRevoked of [() => answer, () => Promise.resolve(answer)])
      await expect(ask(cookie(GOOD), { isRevoked, optional: true })).rejects.toThrow(mistake)
  })

  it.each([new Error('redis is down'), new JwtSignatureError('of another token')])(
    'passes on its errors, even a JwtError: %s',
    async (outage) => {
      const failing = (): never => {
        throw outage
      }
      for (const isRevoked of [failing, () => Promise.reject(outage)])
        await expect(ask(both(GOOD, OTHER), { isRevoked, optional: true })).rejects.toBe(outage)
    },
  )
})

describe('authenticate with keys', () => {
  it.each<[string, (run: () => Promise<void>) => readonly [options: object, keys: unknown]]>([
    ['key function', (run) => [{}, () => run().then(() => key)]],
    ['schema', (run) => [{ verify: { schema: schemaOf((value) => run().then(() => ({ value }))) } }, key]],
  ])('rejects the token for a JwtError of a %s, and passes on its other errors', async (_which, toArguments) => {
    const askWith = (run: () => Promise<void>): Promise<Authentication<object>> => {
      const [options, keys] = toArguments(run)
      return ask(both(GOOD, OTHER), { ...options, optional: true }, 'GET', keys)
    }
    const once = (error: Error) => vi.fn<() => Promise<void>>().mockResolvedValue().mockRejectedValueOnce(error)
    const deleted = new JwtSignatureError('the key was deleted')
    expect(await askWith(once(deleted))).toMatchObject({ source: 'bearer', jwt: { claims: { sub: 'u2' } } })
    expect(await askWith(() => Promise.reject(deleted))).toMatchObject({ reason: 'invalid_token', error: deleted })
    for (const outage of [new Error('down'), new TypeError('down')]) await expect(askWith(once(outage))).rejects.toBe(outage)
  })
})

describe('authenticate with a mistake', () => {
  it.each<readonly [keys: unknown, options: unknown]>([
    [undefined, { optional: true }],
    [[], { optional: true }],
    [key, null],
    [key, { verify: { audience: undefined } }],
  ])('rejects the keys %s and the options %j with a TypeError, whatever the request is', async (keys, options) => {
    for (const request of [
      { method: 'GET', headers: {} },
      { method: 'OPTIONS', headers: PREFLIGHT },
      { method: 'POST', headers: { ...cookie(EXPIRED), ...CROSS_SITE } },
    ])
      await expect(authenticate(request, keys as JwtKeys, options as AuthenticateOptions)).rejects.toThrow(TypeError)
  })

  const WANTED = "pass the request itself, not its headers or a framework's context"
  const NO_METHOD = `request has no method: ${WANTED}`
  const NO_HEADERS = "headers must be a Fetch Headers or Node's headers"

  it.each<readonly [string, unknown]>([
    [`request is a string: ${WANTED}`, 'https://orders.example'],
    [`request is a function: ${WANTED}`, () => ({ method: 'GET', headers: {} })],
    [NO_METHOD, Promise.resolve({ method: 'GET', headers: {} })],
    [NO_METHOD, { method: ['GET'], headers: cookie(GOOD) }],
    [NO_METHOD, { httpMethod: 'GET', headers: cookie(GOOD), body: null }], // an event of AWS Lambda, v1
    [NO_METHOD, { requestContext: { http: { method: 'GET' } }, headers: {}, cookies: [] }], // and v2
    [NO_HEADERS, { method: 'GET', url: 'https://orders.example', header: () => undefined }], // a request of Hono
    ['rawHeaders is an Object: pass names and values in turn', { method: 'GET', headers: {}, rawHeaders: {} }],
    ['header cookie must be a string', { method: 'GET', headers: { cookie: { jwt: GOOD } } }],
  ])('says what came, or what is missing, and what is wanted (%#): %s', async (message, request) => {
    await expect(authenticate(request as HttpRequest, key, { optional: true })).rejects.toThrow(new TypeError(message))
  })

  it('rejects a callback that is passed to a guard, even for a request without a token', async () => {
    const guard = createGuard(key) as (...args: readonly unknown[]) => Promise<unknown>
    await expect(guard({ method: 'GET', headers: {} }, () => {})).rejects.toThrow('callbacks are not supported')
  })
})

describe('authenticate of a request without Host', () => {
  const ORIGIN = { origin: 'https://orders.example' }

  async function reasonOf(url: unknown, headers: object = ORIGIN): Promise<string | undefined> {
    const request = { method: 'POST', url, headers: { ...headers, ...cookie(GOOD) } } as HttpRequest
    return expectResult(await authenticate(request, key, { verify: { now } })).reason
  }

  it.each(
    listed(`
      https://orders.example/a?b#c | https://orders.example | https://orders.example?a=b | https://orders.example#a
      http://orders.example/ | HTTPS://ORDERS.EXAMPLE/ | https://orders.example/@evil.example
    `),
  )('accepts the cookie if Origin is the host of the url %s', async (url) => expect(await reasonOf(url)).toBeUndefined())

  it('compares the port', async () => {
    expect(await reasonOf('http://[::1]:3000/', { origin: 'http://[::1]:3000' })).toBeUndefined()
    expect(await reasonOf('http://localhost:3000/', { origin: 'http://localhost' })).toBe('cross_origin')
  })

  const elsewhere = listed(`
    https://orders.example.evil/ | https://orders.example@evil.example/ | https://orders.example:x@evil.example/ | https://user@orders.example/
    wss://orders.example/ | xhttps://orders.example/ | //orders.example/ | https:///orders.example/ | https://orders.example\\@evil.example/
    /?https://orders.example/ | orders.example
  `)

  it.each<unknown>([...elsewhere, '', undefined, null, ['https://orders.example/'], Object.create(null)])(
    'rejects the cookie for the url %j',
    async (url) => expect(await reasonOf(url)).toBe('cross_origin'),
  )

  it('ignores the url if there is a Host, or the :authority of HTTP/2', async () => {
    const url = 'https://orders.example/'
    for (const host of [{ host: 'elsewhere.example' }, { HOST: ['elsewhere.example'] }, { ':authority': 'elsewhere.example' }]) {
      expect(await reasonOf(url, { ...ORIGIN, ...host })).toBe('cross_origin')
      expect(await reasonOf(url, { origin: 'https://elsewhere.example', ...host })).toBeUndefined()
    }
    for (const others of [{ host: '' }, { host: 'x', ':authority': 'orders.example' }])
      expect(await reasonOf(url, { ...ORIGIN, ...others })).toBe('cross_origin')
  })

  it('reads the url beside Fetch headers, too', async () => {
    const request = { method: 'POST', url: 'https://orders.example/', headers: new Headers({ ...ORIGIN, ...cookie(GOOD) }) }
    expect(await authenticate(request, key, { verify: { now } })).toMatchObject({ status: 'authenticated' })
  })
})

describe('authenticate of rawHeaders', () => {
  const ONE = ['Authorization', `Bearer ${GOOD}`]

  /** Asks with the headers that Node has, and the names and values as they were sent. */
  async function raw(rawHeaders: unknown, headers: object = bearer(GOOD), optional = false): Promise<string> {
    const request = { method: 'GET', headers, rawHeaders } as HttpRequest
    const { reason, source, status } = expectResult(await authenticate(request, key, { verify: { now }, optional }))
    return reason ?? source ?? status
  }

  it('finds no token in a repeated Authorization, but the cookie beside it', async () => {
    for (const value of ['Basic eDp5', '']) expect(await raw([...ONE, 'Authorization', value])).toBe('missing_token')
    expect(await raw([...ONE, ...ONE], bearer(GOOD), true)).toBe('anonymous')
    expect(await raw([...ONE, ...ONE], new Headers(bearer(GOOD)))).toBe('missing_token')
    expect(await raw([...ONE, ...ONE], both(GOOD, GOOD))).toBe('cookie')
    expect(await raw([...ONE, ...ONE], both(FORGED, GOOD))).toBe('invalid_token')
  })

  it('counts names, not values and not other headers', async () => {
    for (const others of [
      ['X-Header', 'Authorization'],
      ['Proxy-Authorization', `Bearer ${GOOD}`, 'Authorization2', 'x', 'author\u0131zation', 'x'],
      [Object.create(null), 'x', ['Authorization'], 'x', Symbol('authorization'), 'x'],
    ])
      expect(await raw([...ONE, ...others])).toBe('bearer')
  })

  it('only counts there: the token is in headers', async () => {
    for (const rawHeaders of [[], undefined]) expect(await raw(rawHeaders)).toBe('bearer')
    expect(await raw([...ONE, 'Cookie', `jwt=${GOOD}`], {})).toBe('missing_token')
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
      expect([missing, crossOrigin].map(({ reason }) => reason)).toEqual(['missing_token', 'cross_origin'])
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
      expect([Object.hasOwn(result, 'jwt'), result.jwt, result.status]).toEqual([true, undefined, 'anonymous'])
    })
  })
})
