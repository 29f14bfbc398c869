/**
 * `createVerifier`, `createSigner` and `createGuard`: what is read when they are made, what for each token, and that they do the same as
 * `verify`, `sign` and `authenticate` (options.test.ts: that they reject the same options). `engines.test.ts` runs this suite again over the functions of `hs256/sync`.
 */
import { createKey, decodeUnverified, JwtError, type JwtHeader, type JwtKey, type JwtKeys } from 'hs256'
import { authenticate, createGuard, type Authentication } from 'hs256/http'
import { describe, expect, it, vi } from 'vitest'
import { createSigner, createVerifier, sign, verify, waiting } from './support/engine.ts'
import { forge, SECRET } from './support/forge.ts'
import { expectResult } from './support/guard-result.ts'
import { INSTANTS, instantOf } from './support/instants.ts'
import { failure, outcome } from './support/outcome.ts'
import { schemaOf } from './support/schemas.ts'

const key = createKey(SECRET)
const OTHER = 'another secret, also of more than thirty-two bytes'
const NOW = Date.parse('2026-01-01T00:00:00Z') / 1000
const at = (seconds: number) => (): Date => new Date((NOW + seconds) * 1000)
const now = at(0)

const TOKEN = forge({ sub: 'u1', exp: NOW + 60 })
const bearer = (token: string): { method: string; headers: { authorization: string } } => ({
  method: 'GET',
  headers: { authorization: `Bearer ${token}` },
})
const REQUEST = bearer(TOKEN)

/** The functions as JavaScript calls them: unchecked. */
type Unchecked = (...args: readonly unknown[]) => Promise<unknown>
const makeVerifier = createVerifier as unknown as (...args: readonly unknown[]) => Unchecked
const makeSigner = createSigner as unknown as (...args: readonly unknown[]) => Unchecked
const makeGuard = createGuard as unknown as (...args: readonly unknown[]) => Unchecked

/** What a guard decides, in a few words. */
async function decision(result: Promise<unknown>): Promise<string> {
  const { status, response, reason } = expectResult((await result) as Authentication<object>)
  return response === null ? status : `${response.status} ${reason}`
}

const jwkFor = (operation: string): object => ({ kty: 'oct', k: 'A'.repeat(43), key_ops: [operation] })

const KEY_MISTAKES: Readonly<Record<string, unknown>> = {
  undefined: undefined,
  null: null,
  'a raw secret': SECRET,
  'a look-alike': { kid: undefined },
  'an empty list': [],
  'a list with a raw secret': [key, SECRET],
  '17 keys': Array.from({ length: 17 }, () => key),
  'two keys with the same kid': [createKey(SECRET, { kid: 'a' }), createKey(OTHER, { kid: 'a' })],
  'a key of another copy of the library': { [Symbol.toStringTag]: 'JwtKey', kid: undefined },
}

const GUARD_MISTAKES: Readonly<Record<string, unknown>> = {
  'options that are null': null,
  'an unknown option': { optionl: true },
  'an option of verify': { audience: 'orders' },
  'verify that is undefined': { verify: undefined },
  'verify that is null': { verify: null },
  'an issuer that is undefined': { verify: { issuer: undefined } },
  'an unknown option of verify': { verify: { isuer: 'a' } },
  'optional that is a string': { optional: 'true' },
  'isRevoked that is a list': { isRevoked: ['jti'] },
  'a realm with quotes': { realm: '"' },
  'the name of a cookie, as other libraries call it': { name: 'session' },
  'a cookie with a prefix of its value': { cookie: 'jwt=' },
  'an unknown source': { sources: ['query'] },
  'the same source twice': { sources: ['cookie', 'cookie'] },
  'a trusted origin with a path': { trustedOrigins: ['https://app.example/'] },
  'trusted origins that are a string': { trustedOrigins: 'https://app.example' },
}

const verifyAny = verify as unknown as Unchecked
const signAny = sign as unknown as Unchecked
const authenticateAny = authenticate as unknown as Unchecked
const HOUR = { expiresIn: '1h' }

type Mistakes = Readonly<Record<string, unknown>>
const mayOnly = (operation: string): object => ({ [`a key that may only ${operation}`]: createKey(jwkFor(operation)) })
const TO_VERIFY: Mistakes = { ...KEY_MISTAKES, ...mayOnly('sign') }
const TO_SIGN: Mistakes = { ...KEY_MISTAKES, ...mayOnly('verify'), 'a function that finds keys': () => key }

/** What is made, with what mistakes, and the function that does all at once. */
const MISTAKES: readonly (readonly [string, mistakes: Mistakes, make: (mistake: unknown) => unknown, atOnce: Unchecked])[] = [
  ['createVerifier, called with a mistake in its keys', TO_VERIFY, makeVerifier, (keys) => verifyAny(TOKEN, keys)],
  ['createSigner, called with a mistake in its keys', TO_SIGN, (keys) => makeSigner(keys, HOUR), (keys) => signAny({}, keys, HOUR)],
  ['createGuard, called with a mistake in its keys', KEY_MISTAKES, makeGuard, (keys) => authenticateAny(REQUEST, keys)],
  [
    'createGuard, called with a mistake',
    GUARD_MISTAKES,
    (options) => makeGuard(key, options),
    (options) => authenticateAny(REQUEST, key, options),
  ],
]

describe.each(MISTAKES)('%s', (_what, mistakes, make, atOnce) => {
  it.each(Object.entries(mistakes))('throws for %s, the error of the function that does all at once', async (_mistake, mistake) => {
    const error = failure(() => make(mistake))
    expect(error instanceof TypeError || error instanceof RangeError, String(error)).toBe(true)
    expect(error).not.toBeInstanceOf(JwtError)
    // `.catch` also proves that nothing is thrown synchronously.
    const thrown = await atOnce(mistake).catch((rejected: unknown) => rejected)
    expect(String(thrown)).toBe(String(error).replace(/, remember$/, '')) // an option that only the prepared functions have
  })
})

describe('createVerifier, createSigner and createGuard, when they are called', () => {
  it('accept no options, and empty ones', async () => {
    for (const options of [[], [{}], [undefined]])
      expect(await outcome(() => makeVerifier(key, ...options)(TOKEN))).toMatchObject({ code: 'ERR_JWT_EXPIRED' })
  })

  it('call no clock, no schema, no isRevoked and no function that finds keys', () => {
    const [find, clock, validate, isRevoked] = [vi.fn(() => key), vi.fn(now), vi.fn(() => ({ value: {} })), vi.fn(() => false)]
    makeVerifier(find, { now: clock, schema: schemaOf(validate) })
    makeSigner(key, { expiresIn: '1h', now: clock })
    makeGuard(find, { verify: { now: clock }, isRevoked })
    for (const called of [find, clock, validate, isRevoked]) expect(called).not.toHaveBeenCalled()
  })
})

describe('verify, sign and authenticate', () => {
  it('reject for a mistake in a token, in claims and in a request, and never throw synchronously', async () => {
    const mistakes: readonly (() => Promise<unknown>)[] = [
      () => verify(undefined as never, key),
      () => createVerifier(key)(undefined as never),
      () => sign(undefined as never, key, { expiresIn: '1h' }),
      () => sign({}, key, {} as never),
      () => createSigner(key, { expiresIn: '1h' })(undefined as never),
      () => createSigner(key)({} as never),
      () => authenticate(undefined as never, key),
      () => authenticate({} as never, key),
      () => createGuard(key)(undefined as never),
      () => createGuard(key)({ method: 'GET', headers: undefined as never }),
    ]
    for (const run of mistakes) expect(await run().catch((error: unknown) => error), String(run)).toBeInstanceOf(Error)
  })
})

describe('the clock', () => {
  it.each(INSTANTS)('may return %s', async (_name, make) => {
    const clock = (): unknown => make(NOW * 1000 + 59_999)
    expect(await makeVerifier(key, { now: clock })(TOKEN)).toMatchObject({ claims: { sub: 'u1' } })
    expect(await decision(makeGuard(key, { verify: { now: clock } })(REQUEST))).toBe('authenticated')
    const late = (): unknown => make(NOW * 1000 + 60_000)
    expect(await outcome(() => makeVerifier(key, { now: late })(TOKEN))).toMatchObject({ code: 'ERR_JWT_EXPIRED' })
    expect(await decision(makeGuard(key, { verify: { now: late } })(REQUEST))).toBe('401 token_expired')
    const issued = String(await makeSigner(key, { expiresIn: 60, now: late })({}))
    expect(decodeUnverified(issued).claims).toEqual({ iat: NOW + 60, exp: NOW + 120 })
  })

  it('is read once for each token, and for each request', async () => {
    let time = NOW
    const clock = vi.fn(() => new Date(time * 1000))
    const check = createVerifier(key, { now: clock, maxAge: '1h', clockTolerance: 1 })
    const issue = createSigner(key, { expiresIn: 90, notBefore: 5, now: clock })
    const guard = createGuard(key, { verify: { now: clock } })
    const token = forge({ iat: NOW, nbf: NOW, exp: NOW + 60 })
    const request = { method: 'GET', headers: { cookie: `jwt=${forge({ exp: NOW - 1 })}`, ...REQUEST.headers } } // two tokens
    const runs: readonly (readonly [seconds: number, run: () => unknown, result: unknown])[] = [
      [0, () => outcome(() => check(token)), expect.objectContaining({ key })],
      [61, () => outcome(() => check(token)), expect.objectContaining({ code: 'ERR_JWT_EXPIRED' })],
      [0, async () => decodeUnverified(await issue({})).claims, { iat: NOW, exp: NOW + 90, nbf: NOW + 5 }],
      [1000, async () => decodeUnverified(await issue({})).claims, { iat: NOW + 1000, exp: NOW + 1090, nbf: NOW + 1005 }],
      [0, () => decision(guard(request)), 'authenticated'],
      [60, () => decision(guard(request)), '401 token_expired'],
    ]
    for (const [seconds, run, result] of runs) {
      time = NOW + seconds
      clock.mockClear()
      expect(await run()).toEqual(result)
      expect(clock).toHaveBeenCalledTimes(1)
    }
  })

  it('is checked each time, by a guard too', async () => {
    for (const instant of [new Date(NaN), NOW * 1000, undefined, instantOf(8.64e15)]) {
      const result = outcome(() => makeGuard(key, { verify: { now: () => instant } })(REQUEST))
      expect(await result).toEqual(new TypeError('now must be a function that returns a valid Date or Temporal.Instant'))
    }
  })
})

describe('what the caller changes later', () => {
  it('does not matter to a verifier: options, and the lists in them', async () => {
    const options = { issuer: ['a'], audience: ['orders'], required: ['role'], maxAge: '1h', maxLength: 300, requireExp: true, now }
    const check = makeVerifier(key, options)
    const good = { iss: 'a', aud: 'orders', role: 'user', iat: NOW, exp: NOW + 60 }
    const bad = [
      { ...good, iss: 'evil' },
      { ...good, aud: 'evil' },
      { ...good, role: undefined },
      { ...good, iat: NOW - 3600 },
      { ...good, exp: undefined },
      { ...good, exp: NOW },
      { ...good, x: 'x'.repeat(300) },
    ].map((claims) => forge(claims))
    const verdicts = (): Promise<readonly unknown[]> => Promise.all(bad.map((token) => outcome(() => check(token))))
    const before = await verdicts()
    options.issuer.push('evil')
    options.audience[0] = 'evil'
    options.required.length = 0
    Object.assign(options, { maxAge: '9w', maxLength: 1e6, requireExp: false, now: at(-5), isuer: 5 })
    expect(await check(forge(good))).toMatchObject({ claims: good })
    const [claim, expired] = ['ERR_JWT_CLAIM', 'ERR_JWT_EXPIRED']
    const codes = before.map((error) => error instanceof JwtError && error.code)
    expect(codes).toEqual([claim, claim, claim, expired, claim, expired, 'ERR_JWT_MALFORMED'])
    expect(await verdicts()).toEqual(before)
  })

  it('does not matter to a signer: options, and the header down to its last member', async () => {
    const header = { tenant: 't', deep: { list: ['a'] } }
    const options = { expiresIn: 60, notBefore: 5, type: 'at+jwt', header, now }
    const issue = makeSigner(key, options)
    const before = await issue({ sub: 'u1' })
    header.tenant = 'evil'
    header.deep.list.push('evil')
    Object.assign(header, { extra: 1 })
    Object.assign(options, { expiresIn: 'never', notBefore: undefined, type: '', header: { alg: 'none' }, now: at(1e6) })
    expect(await issue({ sub: 'u1' })).toBe(before)
    expect(decodeUnverified(String(before)).header).toEqual({ alg: 'HS256', typ: 'at+jwt', tenant: 't', deep: { list: ['a'] } })
  })

  it('does not matter to a guard: options, the lists in them, and the options of verify', async () => {
    const options = {
      verify: { issuer: ['a'], now },
      cookie: 'session',
      sources: ['cookie'],
      trustedOrigins: ['https://app.example'],
      isRevoked: () => false,
      realm: 'orders',
      optional: false,
    }
    const guard = makeGuard(key, options)
    const session = (token: string, site = 'same-origin', origin = 'https://app.example'): unknown => ({
      method: 'POST',
      headers: { cookie: `session=${token}`, 'sec-fetch-site': site, origin },
    })
    options.verify.issuer.push('evil')
    options.sources.push('bearer')
    options.trustedOrigins[0] = 'https://evil.example'
    Object.assign(options.verify, { issuer: 'evil', now: at(1e6) })
    Object.assign(options, { verify: {}, cookie: 'jwt', isRevoked: () => true, realm: '"', optional: true })
    const [good, evil] = [forge({ iss: 'a', exp: NOW + 60 }), forge({ iss: 'evil', exp: NOW + 60 })]
    expect(await decision(guard(session(good)))).toBe('authenticated')
    expect(await decision(guard(session(evil)))).toBe('401 invalid_token')
    expect(await decision(guard(session(good, 'cross-site')))).toBe('authenticated')
    expect(await decision(guard(session(good, 'cross-site', 'https://evil.example')))).toBe('403 cross_origin')
    expect(await decision(guard(bearer(good)))).toBe('401 missing_token')
    expect(await guard(bearer(good))).toMatchObject({ response: { headers: { 'WWW-Authenticate': 'Bearer realm="orders"' } } })
  })

  it('does not matter in the keys: a list, the bytes of a secret, a JWK', async () => {
    const bytes = new TextEncoder().encode(SECRET)
    const jwk = { kty: 'oct', k: 'A'.repeat(43), key_ops: ['sign', 'verify'] }
    const keys: JwtKey[] = [createKey(bytes), createKey(jwk, { kid: 'zeros' })]
    const [check, issue, guard] = [createVerifier(keys, { now }), createSigner(keys, { expiresIn: 60, now }), createGuard(keys, { verify: { now } })] // prettier-ignore
    const before = await issue({})
    bytes.fill(0)
    jwk.key_ops.length = 0
    jwk.k = 'B'.repeat(43)
    keys[0] = createKey(OTHER)
    keys.length = 1
    expect(await check(TOKEN)).toMatchObject({ claims: { sub: 'u1' } })
    expect(await check(forge({ exp: NOW + 60 }, { alg: 'HS256', kid: 'zeros' }, '\0'.repeat(32)))).toMatchObject({ key: { kid: 'zeros' } })
    await expect(check(forge({ exp: NOW + 60 }, undefined, OTHER))).rejects.toMatchObject({ code: 'ERR_JWT_SIGNATURE' })
    expect(await issue({})).toBe(before)
    expect(await decision(guard(REQUEST))).toBe('authenticated')
  })

  it('does not matter in a schema', async () => {
    const schema = schemaOf(() => ({ value: { role: 'user' } }))
    const [check, guard] = [makeVerifier(key, { schema, now }), makeGuard(key, { verify: { schema, now } })]
    schema['~standard'].validate = () => ({ value: { role: 'admin' } })
    schema['~standard'] = schemaOf(() => ({ value: { role: 'admin' } }))['~standard']
    expect(await check(TOKEN)).toMatchObject({ claims: { role: 'user' } })
    expect(await guard(REQUEST)).toMatchObject({ jwt: { claims: { role: 'user' } } })
  })

  it('is not read: each option is read once, when the function is made', async () => {
    const reads: string[] = []
    const watched = (options: object): object =>
      Object.entries(options).reduce((copy, [name, value]: readonly [string, unknown]) => {
        const get = (): unknown => (reads.push(name), value)
        return Object.defineProperty(copy, name, { enumerable: true, get })
      }, {})
    const check = makeVerifier(key, watched({ now, required: ['sub'], maxLength: 1000 }))
    const issue = makeSigner(key, watched({ now, expiresIn: 60, header: {} }))
    const guard = makeGuard(key, watched({ verify: watched({ now }), optional: true, trustedOrigins: [] }))
    const before = [...reads].sort()
    expect(before).toEqual(['expiresIn', 'header', 'maxLength', 'now', 'now', 'now', 'optional', 'required', 'trustedOrigins', 'verify'])
    for (let i = 0; i < 3; i++) await Promise.all([check(TOKEN), issue({}), guard(REQUEST)])
    expect([...reads].sort()).toEqual(before)
  })
})

describe('a verifier', () => {
  const TOKENS: Readonly<Record<string, unknown>> = {
    'a good token': TOKEN,
    'one with a kid': forge({ exp: NOW + 60 }, { alg: 'HS256', kid: 'b' }),
    'an expired one': forge({ exp: NOW }),
    'one of another secret': forge({ exp: NOW + 60 }, undefined, OTHER),
    'one of another issuer': forge({ exp: NOW + 60, iss: 'b' }),
    'one with an aud': forge({ exp: NOW + 60, aud: 'orders' }),
    'one whose sub is a number': forge({ exp: NOW + 60, sub: 5 }),
    'one without exp': forge({}),
    'one with a number that is rounded': forge('{"exp":4000000000,"id":9007199254740993}'),
    'one with alg none': forge({ exp: NOW + 60 }, { alg: 'none' }),
    'one with crit': forge({ exp: NOW + 60 }, { alg: 'HS256', crit: ['b64'] }),
    'one of two segments': TOKEN.replace(/\.[^.]*$/, ''),
    'one with padding': `${TOKEN}=`,
    'an empty string': '',
    undefined: undefined,
    'a number': 5,
  }
  const OPTIONS = { now, required: ['exp'], schema: schemaOf((value) => ({ value: { ...(value as object), seen: true } })) } as const

  it.each(Object.entries(TOKENS))('does the same as verify: %s', async (_what, token) => {
    const keys: JwtKeys = [createKey(SECRET, { kid: 'a' }), createKey(OTHER, { kid: 'c' })]
    for (const [list, options] of [
      [key, { now }],
      [keys, { now }],
      [key, OPTIONS],
      [key, { ...OPTIONS, issuer: 'b', ignoreAudience: true, maxLength: 120 }],
      [(): JwtKeys | undefined => undefined, { now }],
      [(): JwtKeys => keys, OPTIONS],
    ] as const) {
      const check = makeVerifier(list, options)
      const expected = await outcome(() => verifyAny(token, list, options))
      for (let i = 0; i < 2; i++) expect(await outcome(() => check(token))).toEqual(expected)
    }
  })

  it('goes on after a token that it rejected', async () => {
    const check = createVerifier(key, { now })
    for (const bad of Object.values(TOKENS).slice(2)) await outcome(() => check(bad as string))
    expect(await check(TOKEN)).toMatchObject({ claims: { sub: 'u1' } })
  })

  it('returns claims of their own for each call', async () => {
    const check = createVerifier(key, { now })
    const [one, other] = [await check(TOKEN), await check(TOKEN)]
    expect(one).toEqual(other)
    expect(one.claims).not.toBe(other.claims)
    Object.assign(one.claims, { role: 'admin' })
    expect((await check(TOKEN)).claims).toEqual({ sub: 'u1', exp: NOW + 60 })
  })
})

describe('a signer', () => {
  it('does the same as sign: claims, header and errors', async () => {
    const NO_CLAIMS = [{ sub: 5 }, { x: 5n }, [], null, new (class Row {})()]
    const CLAIMS: readonly unknown[] = [{}, { sub: 'u1', aud: ['a'] }, { iat: 5 }, { exp: 5 }, { nbf: 5 }, ...NO_CLAIMS]
    for (const options of [
      { expiresIn: 60, now },
      { expiresIn: 'never', notBefore: 5, now },
      { now },
      { type: 'at+jwt', header: { a: 1 }, expiresIn: '1h', now },
    ])
      // prettier-ignore
      for (const keys of [key, [createKey(OTHER, { kid: 'b' }), key]]) {
        const issue = makeSigner(keys, options)
        for (const claims of CLAIMS) {
          const expected = await outcome(() => signAny(claims, keys, options))
          for (let i = 0; i < 2; i++) expect(await outcome(() => issue(claims))).toEqual(expected)
        }
      }
  })

  it('signs with the first key of a list', async () => {
    const issue = createSigner([createKey(OTHER, { kid: 'new' }), key], { expiresIn: '1h' })
    expect(await verify(await issue({}), createKey(OTHER))).toMatchObject({ header: { kid: 'new' } })
  })

  it('does not change the claims', async () => {
    const claims = Object.freeze({ sub: 'u1', nbf: new Date(0) })
    await createSigner(key, { expiresIn: 60, now })(claims)
    expect(claims).toEqual({ sub: 'u1', nbf: new Date(0) })
  })
})

describe('a guard', () => {
  const cookie = (token: string, others: object = {}): object => ({ method: 'POST', headers: { cookie: `jwt=${token}`, ...others } })

  const NO_REQUESTS = [undefined, null, REQUEST.headers, new Headers(REQUEST.headers), { req: REQUEST, res: {} }]

  it('does the same as authenticate', async () => {
    const REQUESTS: readonly unknown[] = [
      REQUEST,
      cookie(TOKEN),
      cookie(TOKEN, { origin: 'https://evil.example' }),
      cookie(forge({ exp: NOW }), REQUEST.headers),
      bearer(forge({ exp: NOW + 60 }, undefined, OTHER)),
      { method: 'GET', headers: {} },
      { method: 'OPTIONS', headers: { origin: 'https://app.example', 'access-control-request-method': 'POST' } },
      { method: 'post', url: 'https://orders.example/', headers: { cookie: `jwt=${TOKEN}`, origin: 'https://orders.example' } },
      { ...REQUEST, rawHeaders: ['Authorization', 'Bearer a', 'Authorization', 'Bearer b'] },
      { method: undefined, headers: {} },
      { method: 'GET', headers: new Map() },
      ...NO_REQUESTS,
    ]
    for (const options of [
      { verify: { now } },
      { verify: { now, issuer: 'a' }, optional: true },
      { verify: { now }, isRevoked: () => true, realm: 'orders', sources: ['cookie'] },
      { verify: { now }, isRevoked: () => 1 },
    ]) {
      const guard = makeGuard(key, options)
      for (const request of REQUESTS) {
        const expected = await outcome(() => authenticateAny(request, key, options))
        for (let i = 0; i < 2; i++) expect(await outcome(() => guard(request))).toEqual(expected)
      }
    }
  })

  it('answers each preflight with an object of its own, which the caller may change', async () => {
    const guard = createGuard(key)
    const preflight = { method: 'OPTIONS', headers: { origin: 'https://app.example', 'access-control-request-method': 'POST' } }
    const [first, second] = [await guard(preflight), await guard(preflight)]
    Object.assign(first.response!.headers, { 'access-control-allow-origin': '*' })
    expect(second.response).toEqual({ status: 204, headers: {}, body: null })
    expect(expectResult(await guard(preflight)).response).not.toBe(first.response)
  })
})

describe('a function that is passed to map', () => {
  it('ignores further arguments, and does not mix its results', async () => {
    const [check, issue] = [createVerifier(key, { now }), createSigner(key, { expiresIn: 60, now })]
    const subjects = ['u1', 'u2', 'u3']
    const tokens = await Promise.all(subjects.map((sub) => ({ sub })).map(issue))
    expect((await Promise.all(tokens.map(check))).map(({ claims }) => claims.sub)).toEqual(subjects)
    expect(await (check as unknown as Unchecked)(TOKEN, { requireExp: false }, 5)).toMatchObject({ claims: { sub: 'u1' } })
    const requests = [REQUEST, { method: 'GET', headers: {} }]
    const decisions = await Promise.all(requests.map(createGuard(key, { verify: { now } })).map(decision))
    expect(decisions).toEqual(['authenticated', '401 missing_token'])
  })
})

describe('keys that a function finds', () => {
  it('are asked for with each token, with its header', async () => {
    const headers: JwtHeader[] = []
    let keys: JwtKeys | undefined = key
    const check = createVerifier(
      (header) => {
        headers.push(header)
        return keys
      },
      { now },
    )
    expect(await check(TOKEN)).toMatchObject({ key })
    keys = createKey(OTHER)
    await expect(check(TOKEN)).rejects.toMatchObject({ code: 'ERR_JWT_SIGNATURE' })
    keys = undefined
    await expect(check(forge({}, { alg: 'HS256', kid: 'a' }))).rejects.toMatchObject({ code: 'ERR_JWT_KEY_NOT_FOUND' })
    expect(headers).toEqual([{ alg: 'HS256' }, { alg: 'HS256' }, { alg: 'HS256', kid: 'a' }])
  })

  it('are not asked for with a token that is malformed or has another alg', async () => {
    const find = vi.fn(() => key)
    const check = createVerifier(find, { now })
    for (const token of ['', 'a.b.c', `${TOKEN}=`, forge({}, { alg: 'none' })]) await outcome(() => check(token))
    expect(find).not.toHaveBeenCalled()
  })

  it('are checked each time, and its errors are passed on', async () => {
    const outage = new Error('the key store is down')
    const answers: (() => unknown)[] = [
      () => SECRET,
      () => [],
      () => {
        throw outage
      },
      () => key,
    ]
    const check = makeVerifier(() => answers.shift()?.(), { now })
    expect(await outcome(() => check(TOKEN))).toEqual(new TypeError('key must be made by createKey'))
    expect(await outcome(() => check(TOKEN))).toBeInstanceOf(TypeError)
    expect(await outcome(() => check(TOKEN))).toBe(outage)
    expect(await check(TOKEN)).toMatchObject({ key })
  })

  it('are asked for by a guard with each of its tokens', async () => {
    const find = vi.fn(() => Promise.resolve(key))
    const guard = createGuard(find, { verify: { now } })
    const headers = { cookie: `jwt=${forge({ exp: NOW })}`, ...REQUEST.headers }
    expect(await decision(guard({ method: 'GET', headers }))).toBe('authenticated')
    expect(find).toHaveBeenCalledTimes(2)
  })
})

describe('tokens in flight', () => {
  waiting('do not mix: each gets the key that was found for it', async () => {
    const [a, b] = [createKey(SECRET, { kid: 'a' }), createKey(OTHER, { kid: 'b' })]
    const found = new Map<string | undefined, (keys: JwtKeys) => void>()
    const check = createVerifier((header) => new Promise((resolve) => found.set(header.kid, resolve)), { now })
    const first = check(forge({ sub: 'u1', exp: NOW + 60 }, { alg: 'HS256', kid: 'a' }))
    const second = check(forge({ sub: 'u2', exp: NOW + 60 }, { alg: 'HS256', kid: 'b' }, OTHER))
    found.get('b')?.(b)
    expect(await second).toMatchObject({ claims: { sub: 'u2' }, header: { kid: 'b' }, key: b })
    found.get('a')?.(a)
    expect(await first).toMatchObject({ claims: { sub: 'u1' }, header: { kid: 'a' }, key: a })
  })

  it('do not mix: many of one verifier and one signer', async () => {
    const issue = createSigner(key, { expiresIn: 60, now })
    const check = createVerifier(key, { now })
    const subjects = Array.from({ length: 200 }, (_, i) => `user ${i} ${'x'.repeat(i)}`)
    const tokens = await Promise.all(subjects.map((sub) => issue({ sub })))
    const results = await Promise.all(tokens.map(check))
    expect(results.map(({ claims }) => claims.sub)).toEqual(subjects)
  })

  it('are checked at the time at which each call began', async () => {
    let time = NOW
    const check = createVerifier(key, { now: () => new Date(time * 1000) })
    const first = check(TOKEN)
    time = NOW + 60
    const second = check(TOKEN).catch((error: unknown) => error)
    expect(await first).toMatchObject({ claims: { sub: 'u1' } })
    expect(await second).toMatchObject({ code: 'ERR_JWT_EXPIRED' })
  })
})
