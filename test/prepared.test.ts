/**
 * `createVerifier`, `createSigner` and `createGuard`: what is read when they are made, what for each token, and that they do the same as
 * `verify`, `sign` and `authenticate`. `engines.test.ts` runs this suite again over the functions of `hs256/sync`.
 */
import { createKey, decodeUnverified, type JwtKey, type JwtKeys } from 'hs256'
import { authenticate, createGuard, type Authentication } from 'hs256/http'
import { describe, expect, it, vi } from 'vitest'
import { createSigner, createVerifier, sign, verify, waiting } from './support/engine.ts'
import { forge, SECRET } from './support/forge.ts'
import { expectResult } from './support/guard-result.ts'
import { failure, outcome } from './support/outcome.ts'
import { schemaOf } from './support/schemas.ts'

const key = createKey(SECRET)
const OTHER = 'another secret, also of more than thirty-two bytes'
const NOW = Date.parse('2026-01-01T00:00:00Z') / 1000
const at = (seconds: number) => (): Date => new Date((NOW + seconds) * 1000)
const now = at(0)

const TOKEN = forge({ sub: 'u1', exp: NOW + 60 })
const bearer = (token: string) => ({ method: 'GET', headers: { authorization: `Bearer ${token}` } })
const REQUEST = bearer(TOKEN)

/** The functions as JavaScript calls them: unchecked. */
type Unchecked = (...args: readonly unknown[]) => Promise<unknown>
const makeVerifier = createVerifier as unknown as (...args: readonly unknown[]) => Unchecked
const makeSigner = createSigner as unknown as (...args: readonly unknown[]) => Unchecked
const makeGuard = createGuard as unknown as (...args: readonly unknown[]) => Unchecked
const verifyAny = verify as unknown as Unchecked
const signAny = sign as unknown as Unchecked
const authenticateAny = authenticate as unknown as Unchecked

/** What a guard decides, in a few words. */
async function decision(result: Promise<unknown>): Promise<string> {
  const { status, response, reason } = expectResult((await result) as Authentication<object>)
  return response === null ? status : `${response.status} ${reason}`
}

const HOUR = { expiresIn: '1h' }
const keyTo = (operation: string): JwtKey => createKey({ kty: 'oct', k: 'A'.repeat(43), key_ops: [operation] })
const NO_KEYS = [undefined, SECRET, [], [key, SECRET], Array.from({ length: 17 }, () => key)]
const NO_OPTIONS: Readonly<Record<string, readonly unknown[]>> = {
  optionl: [true],
  optional: [undefined, 'true'],
  verify: [undefined, { isuer: 'a' }],
  isRevoked: [undefined, false, new Set(), Promise.resolve(false)],
  realm: [undefined, '"'],
  cookie: [undefined, 'jwt='],
  sources: [undefined, [], ['query']],
  trustedOrigins: ['https://app.example', ['*'], [undefined]],
}
const NO_POLICIES = [null, ...Object.entries(NO_OPTIONS).flatMap(([name, values]) => values.map((value) => ({ [name]: value })))]

describe('createVerifier, createSigner and createGuard, when they are called', () => {
  it.each<readonly [string, mistakes: readonly unknown[], make: (mistake: unknown) => unknown, atOnce: Unchecked]>([
    ['createVerifier in its keys', [...NO_KEYS, keyTo('sign')], makeVerifier, (keys) => verifyAny(TOKEN, keys)],
    [
      'createSigner in its keys',
      [...NO_KEYS, keyTo('verify'), () => key],
      (keys) => makeSigner(keys, HOUR),
      (keys) => signAny({}, keys, HOUR),
    ],
    ['createGuard in its keys', NO_KEYS, makeGuard, (keys) => authenticateAny(REQUEST, keys)],
    ['createGuard', NO_POLICIES, (options) => makeGuard(key, options), (options) => authenticateAny(REQUEST, key, options)],
  ])('throw for a mistake, with the words of the function that does all at once: %s', async (_where, mistakes, make, atOnce) => {
    for (const mistake of mistakes) {
      const error = failure(() => make(mistake))
      expect(error).toBeInstanceOf(TypeError)
      // `.catch` also proves that nothing is thrown synchronously.
      const thrown = await atOnce(mistake).catch((rejected: unknown) => rejected)
      expect(String(thrown)).toBe(String(error).replace(/, remember$/, '')) // an option that only the prepared functions have
    }
  })

  it('call no clock, no schema, no isRevoked and no function that finds keys', () => {
    const [find, clock, validate, isRevoked] = [vi.fn(() => key), vi.fn(now), vi.fn(() => ({ value: {} })), vi.fn(() => false)]
    makeVerifier(find, { now: clock, schema: schemaOf(validate) })
    makeSigner(key, { expiresIn: '1h', now: clock })
    makeGuard(find, { verify: { now: clock }, isRevoked })
    for (const called of [find, clock, validate, isRevoked]) expect(called).not.toHaveBeenCalled()
  })

  it('make functions that reject for a mistake, and never throw synchronously', async () => {
    for (const run of [makeVerifier(key), makeSigner(key, HOUR), makeGuard(key)])
      expect(await run(undefined).catch((error: unknown) => error)).toBeInstanceOf(Error)
  })
})

describe('the clock', () => {
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
})

describe('what the caller changes later', () => {
  it('does not matter to a verifier: the lists in its options', async () => {
    const options = { issuer: ['a'], audience: ['orders'], required: ['role'], now }
    const check = makeVerifier(key, options)
    options.issuer.push('evil')
    options.audience[0] = 'evil'
    options.required.length = 0
    const good = { iss: 'a', aud: 'orders', role: 'user', exp: NOW + 60 }
    expect(await check(forge(good))).toMatchObject({ claims: good })
    for (const [claim, value] of Object.entries({ iss: 'evil', aud: 'evil', role: undefined }))
      expect(await outcome(() => check(forge({ ...good, [claim]: value })))).toMatchObject({ code: 'ERR_JWT_CLAIM', claim })
  })

  it('does not matter to a signer: the header, down to its last member', async () => {
    const header = { tenant: 't', deep: { list: ['a'] } }
    const issue = makeSigner(key, { ...HOUR, header, now })
    Object.assign(header, { tenant: 'evil', extra: 1 })
    header.deep.list.push('evil')
    expect(decodeUnverified(String(await issue({}))).header).toEqual({ alg: 'HS256', typ: 'JWT', tenant: 't', deep: { list: ['a'] } })
  })

  it('does not matter to a guard: the lists in its options, and in those of verify', async () => {
    const options = { verify: { issuer: ['a'], now }, sources: ['cookie'], trustedOrigins: ['https://app.example'] }
    const guard = makeGuard(key, options)
    options.verify.issuer.push('evil')
    options.sources.push('bearer')
    options.trustedOrigins[0] = 'https://evil.example'
    const post = (iss: string, origin: string): unknown => {
      const headers = { cookie: `jwt=${forge({ iss, exp: NOW + 60 })}`, 'sec-fetch-site': 'cross-site', origin }
      return { method: 'POST', headers }
    }
    expect(await decision(guard(post('a', 'https://app.example')))).toBe('authenticated')
    expect(await decision(guard(post('evil', 'https://app.example')))).toBe('401 invalid_token')
    expect(await decision(guard(post('a', 'https://evil.example')))).toBe('403 cross_origin')
    expect(await decision(guard(bearer(forge({ iss: 'a', exp: NOW + 60 }))))).toBe('401 missing_token')
  })

  it('does not matter in the keys: a list, the bytes of a secret, a JWK', async () => {
    const bytes = new TextEncoder().encode(SECRET)
    const jwk = { kty: 'oct', k: 'A'.repeat(43), key_ops: ['sign', 'verify'] }
    const keys: JwtKey[] = [createKey(bytes), createKey(jwk, { kid: 'zeros' })]
    const check = createVerifier(keys, { now })
    const issue = createSigner(keys, { expiresIn: 60, now })
    const guard = createGuard(keys, { verify: { now } })
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
    const expected = { issuer: 'a', audience: 'b', subject: 'c', type: 'd', required: ['e'], requireExp: false, maxAge: '1h' }
    const limits = { clockTolerance: 5, maxLength: 300, now }
    const issuance = { expiresIn: 60, notBefore: 5, type: 'at+jwt', header: {}, now }
    const policy = { optional: true, isRevoked: () => false, trustedOrigins: [], cookie: 'a', sources: ['bearer'], realm: 'a', remember: 0 }
    const check = makeVerifier(key, watched({ ...expected, ...limits }))
    const issue = makeSigner(key, watched(issuance))
    const guard = makeGuard(key, watched({ ...policy, verify: watched({ now }) }))
    expect(reads.sort()).toEqual([expected, limits, issuance, policy, { verify: 1, now }].flatMap(Object.keys).sort())
    reads.length = 0
    const token = forge({ iss: 'a', aud: 'b', sub: 'c', e: 1, iat: NOW, exp: NOW + 60 }, { alg: 'HS256', typ: 'd' })
    for (let i = 0; i < 3; i++) await Promise.all([check(token), issue({}), guard(REQUEST)])
    expect(reads).toEqual([])
  })
})

describe('a verifier', () => {
  it('does the same as verify, token after token', async () => {
    const tokens = [
      TOKEN,
      forge({ exp: NOW + 60 }, { alg: 'HS256', kid: 'b' }),
      forge({ exp: NOW }),
      forge({ exp: NOW + 60 }, undefined, OTHER),
      forge({ exp: NOW + 60, iss: 'b' }),
      `${TOKEN}=`,
      undefined,
    ]
    const keys: JwtKeys = [createKey(SECRET, { kid: 'a' }), createKey(OTHER, { kid: 'c' })]
    const all = { now, required: ['exp'], schema: schemaOf((value) => ({ value: { ...(value as object), seen: true } })) }
    for (const [list, options] of [
      [key, { now }],
      [keys, { now }],
      [key, { ...all, issuer: 'b', ignoreAudience: true, maxLength: 120 }],
      [(): JwtKeys | undefined => undefined, { now }],
      [(): JwtKeys => keys, all],
    ] as const) {
      const check = makeVerifier(list, options)
      for (const token of [...tokens, ...tokens])
        expect(await outcome(() => check(token)), token).toEqual(await outcome(() => verifyAny(token, list, options)))
    }
  })
})

describe('a signer', () => {
  it('does the same as sign: claims, header and errors', async () => {
    const claims = [{}, { sub: 'u1', aud: ['a'] }, { iat: 5 }, { exp: 5 }, { nbf: 5 }, { sub: 5 }, { x: 5n }, null]
    for (const options of [
      { expiresIn: 60, now },
      { expiresIn: 'never', notBefore: 5, now },
      { now },
      { type: 'at+jwt', header: { a: 1 }, expiresIn: '1h', now },
    ]) {
      const keys = [createKey(OTHER, { kid: 'b' }), key]
      const issue = makeSigner(keys, options)
      for (const each of [...claims, ...claims])
        expect(await outcome(() => issue(each))).toEqual(await outcome(() => signAny(each, keys, options)))
    }
  })
})

describe('a guard', () => {
  const PREFLIGHT = { method: 'OPTIONS', headers: { origin: 'https://app.example', 'access-control-request-method': 'POST' } }

  it('does the same as authenticate', async () => {
    const requests: readonly unknown[] = [
      REQUEST,
      { method: 'POST', headers: { cookie: `jwt=${TOKEN}` } },
      { method: 'POST', headers: { cookie: `jwt=${TOKEN}`, origin: 'https://evil.example' } },
      { method: 'POST', headers: { cookie: `jwt=${forge({ exp: NOW })}`, ...REQUEST.headers } },
      bearer(forge({ exp: NOW + 60 }, undefined, OTHER)),
      { method: 'GET', headers: {} },
      PREFLIGHT,
      { method: 'post', url: 'https://orders.example/', headers: { cookie: `jwt=${TOKEN}`, origin: 'https://orders.example' } },
      { ...REQUEST, rawHeaders: ['Authorization', 'Bearer a', 'Authorization', 'Bearer b'] },
      { method: undefined, headers: {} },
      undefined,
    ]
    for (const options of [
      { verify: { now } },
      { verify: { now, issuer: 'a' }, optional: true },
      { verify: { now }, isRevoked: () => true, realm: 'orders', sources: ['cookie'] },
      { verify: { now }, isRevoked: () => 1 },
    ]) {
      const guard = makeGuard(key, options)
      for (const request of [...requests, ...requests])
        expect(await outcome(() => guard(request))).toEqual(await outcome(() => authenticateAny(request, key, options)))
    }
  })

  it('answers each preflight with an object of its own, which the caller may change', async () => {
    const guard = createGuard(key)
    const [first, second] = [await guard(PREFLIGHT), await guard(PREFLIGHT)]
    Object.assign(first.response!.headers, { 'access-control-allow-origin': '*' })
    expect(second.response).toEqual({ status: 204, headers: {}, body: null })
    expect(expectResult(await guard(PREFLIGHT)).response).not.toBe(first.response)
  })
})

describe('keys that a function finds', () => {
  it('are asked for with each token, with its header, and checked; errors are passed on', async () => {
    const outage = new Error('the key store is down')
    const find = vi.fn<(header: object) => unknown>(() => {
      throw outage
    })
    for (const answer of [key, createKey(OTHER), undefined, SECRET]) find.mockReturnValueOnce(answer)
    const check = makeVerifier(find, { now })
    expect(await check(TOKEN)).toMatchObject({ key })
    expect(await outcome(() => check(TOKEN))).toMatchObject({ code: 'ERR_JWT_SIGNATURE' })
    expect(await outcome(() => check(forge({}, { alg: 'HS256', kid: 'a' })))).toMatchObject({ code: 'ERR_JWT_KEY_NOT_FOUND' })
    expect(await outcome(() => check(TOKEN))).toEqual(new TypeError('key must be made by createKey'))
    expect(await outcome(() => check(TOKEN))).toBe(outage)
    const header = { alg: 'HS256' }
    expect(find.mock.calls).toEqual([[header], [header], [{ ...header, kid: 'a' }], [header], [header]])
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
