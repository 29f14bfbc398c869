import { createKey, decodeUnverified, type JwtClaims, type JwtHeader, type JwtKey } from 'hs256'
import { describe, expect, it, vi } from 'vitest'
import { fromBase64url } from './support/bytes.ts'
import { createSigner, sign, verify } from './support/engine.ts'
import { INSTANTS } from './support/instants.ts'
import { outcome } from './support/outcome.ts'

const key = createKey('a secret of more than thirty-two bytes')
const NOW = Date.parse('2026-01-01T00:00:00Z') / 1000
const now = (): Date => new Date('2026-01-01T00:00:00Z')
const halfPast = (): Date => new Date('2026-01-01T00:00:00.500Z')

/** `sign` as JavaScript calls it: unchecked. */
const signWith: (claims: unknown, options?: unknown) => Promise<string> = (claims, options) => sign(claims as never, key, options as never)

const never = { expiresIn: 'never', now } as const

/** The claims of what `sign` makes. */
const issued = async (claims: unknown, options: unknown = never): Promise<JwtClaims> =>
  decodeUnverified(await signWith(claims, options)).claims
/** The error of `sign`. */
const refused = (claims: unknown, options: unknown = never): Promise<unknown> => outcome(() => signWith(claims, options))
/** The header of what `sign` makes. */
const headerOf = async (options: object, by: JwtKey = key): Promise<JwtHeader> =>
  decodeUnverified(await sign({}, by, { ...never, ...options } as never)).header
const keyOf = (kid: string): JwtKey => createKey('a secret of more than thirty-two bytes', { kid })

describe('sign', () => {
  it('returns a compact token with alg, typ and iat', async () => {
    const token = await sign({ sub: 'u1' }, key, { expiresIn: '1h', now })
    expect(decodeUnverified(token)).toEqual({ header: { alg: 'HS256', typ: 'JWT' }, claims: { iat: NOW, sub: 'u1', exp: NOW + 3600 } })
    expect(token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]{43}$/)
  })

  it('writes iat, exp and nbf before the claims, in which they may stand anywhere', async () => {
    const payloadOf = async (claims: object, options: object): Promise<string> =>
      new TextDecoder().decode(fromBase64url((await signWith(claims, { now, ...options })).split('.')[1]!))
    const lifetime = { expiresIn: '1h', notBefore: '1m' }
    expect(await payloadOf({}, never)).toBe(`{"iat":${NOW}}`)
    expect(await payloadOf({ a: 1, sub: 'u1' }, never)).toBe(`{"iat":${NOW},"a":1,"sub":"u1"}`)
    expect(await payloadOf({ a: 1 }, lifetime)).toBe(`{"iat":${NOW},"exp":${NOW + 3600},"nbf":${NOW + 60},"a":1}`)
    expect(await payloadOf({ a: 1, iat: 5.5 }, lifetime)).toBe(`{"iat":5,"exp":${NOW + 3600},"nbf":${NOW + 60},"a":1}`)
    expect(await payloadOf({ a: 1, nbf: 6, iat: 5, exp: 7 }, {})).toBe('{"iat":5,"a":1,"nbf":6,"exp":7}')
    expect(await payloadOf({ iat: 5 }, never)).toBe('{"iat":5}')
  })

  it('uses the system’s clock by default', async () => {
    vi.useFakeTimers({ now: now() })
    try {
      expect(await issued({}, { expiresIn: 60 })).toEqual({ iat: NOW, exp: NOW + 60 })
    } finally {
      vi.useRealTimers()
    }
  })

  it('puts the kid of the key in the header', async () => {
    expect(await headerOf({}, keyOf('2026-01'))).toEqual({ alg: 'HS256', typ: 'JWT', kid: '2026-01' })
  })
})

describe('the header', () => {
  it('is encoded once by a signer, not for each token', async () => {
    const stringify = vi.spyOn(JSON, 'stringify')
    const issue = createSigner(keyOf('encoded once'), { expiresIn: '1h', header: { tenant: 't' } })
    expect(stringify).toHaveBeenCalledTimes(1) // the header
    const tokens = [await issue({ sub: 'u1' }), await issue({ sub: 'u2' })]
    expect(stringify).toHaveBeenCalledTimes(3) // and the claims of each token
    stringify.mockRestore()
    for (const token of tokens)
      expect(decodeUnverified(token).header).toEqual({ alg: 'HS256', typ: 'JWT', kid: 'encoded once', tenant: 't' })
    expect(new Set(tokens.map((token) => token.split('.')[0])).size).toBe(1)
  })

  it('is not that of an earlier call with another type, kid or further parameter', async () => {
    expect(await headerOf({})).toEqual({ alg: 'HS256', typ: 'JWT' })
    expect(await headerOf({ type: 'at+jwt' })).toEqual({ alg: 'HS256', typ: 'at+jwt' })
    expect(await headerOf({ header: { tenant: 't' } })).toEqual({ alg: 'HS256', typ: 'JWT', tenant: 't' })
    expect(await headerOf({})).toEqual({ alg: 'HS256', typ: 'JWT' })
    expect(await headerOf({}, keyOf('a'))).toEqual({ alg: 'HS256', typ: 'JWT', kid: 'a' })
    expect(await headerOf({}, keyOf('b'))).toEqual({ alg: 'HS256', typ: 'JWT', kid: 'b' })
  })
})

describe('expiresIn', () => {
  const lifetimes = { '1s': 1, '90s': 90, '86401s': 86_401, '15m': 900, '12h': 43_200, '7d': 604_800, '2w': 1_209_600, '007d': 604_800 }

  it.each<readonly [unknown, number]>([[1, 1], [90, 90], [86_400, 86_400], ...Object.entries(lifetimes)])(
    'is a number of seconds, or digits and a unit: %s',
    async (expiresIn, seconds) => {
      expect(await issued({}, { expiresIn, now })).toEqual({ iat: NOW, exp: NOW + seconds })
    },
  )

  it('may have a fraction, which counts from the exact time: exp is rounded down to whole seconds', async () => {
    for (const [expiresIn, clock, exp] of [
      [1.25, now, NOW + 1],
      [1.25, halfPast, NOW + 1],
      [1.5, halfPast, NOW + 2],
      [1, halfPast, NOW + 1],
      [2.999, halfPast, NOW + 3],
    ] as const)
      expect(await issued({}, { expiresIn, now: clock })).toEqual({ iat: NOW, exp })
  })

  it('is required unless the claims have an exp', async () => {
    await expect(signWith({ sub: 'u1' })).rejects.toBeInstanceOf(TypeError)
    for (const options of [{}, { now }]) expect(await refused({ sub: 'u1' }, options)).toBeInstanceOf(TypeError)
    expect(await issued({ exp: NOW + 5 }, { now })).toEqual({ iat: NOW, exp: NOW + 5 })
    expect(decodeUnverified(await sign({ exp: NOW + 5 }, key)).claims.exp).toBe(NOW + 5)
  })

  it('cannot be combined with an exp claim', async () => {
    for (const expiresIn of ['1h', 'never', 5]) expect(await refused({ exp: NOW + 5 }, { expiresIn })).toBeInstanceOf(TypeError)
    for (const exp of [undefined, null]) expect(await refused({ exp }, { expiresIn: '1h' })).toBeInstanceOf(TypeError)
  })

  const words = ['15 minutes', '15M', '15m ', '+5m', '1h30m', '900', 'm', '1y', '900ms', '١m', 'Never', '999999999999w']
  const others = [-1e-9, -Infinity, undefined, null, 900n, ['15m'], Object(900), /15m/]

  it.each<unknown>([...words, ...others])('is rejected if it is %o', async (expiresIn) => {
    expect(await refused({}, { expiresIn, now })).toBeInstanceOf(TypeError)
  })

  it.each([0, -0, '0s', '00m', 0.999, Number.MIN_VALUE, 86_401, 86_400.001, 3_600_000, NOW + 3600, Infinity])(
    'is out of range if it is %o',
    async (expiresIn) => {
      expect(await refused({}, { expiresIn, now })).toBeInstanceOf(RangeError)
    },
  )

  it.each(INSTANTS)('is a length of time: %s belongs in the claims', async (_name, make) => {
    const refusal = await refused({}, { expiresIn: make(NOW * 1000), now })
    const wanted = /^TypeError: expiresIn is a (?:Date|Temporal\.Instant): pass a duration such as '1h', or set exp or nbf in the claims$/
    expect(String(refusal)).toMatch(wanted)
  })

  it('is rejected if exp would lie beyond the year 9999', async () => {
    expect(await issued({}, { expiresIn: `${253_402_300_799 - NOW}s`, now })).toMatchObject({ exp: 253_402_300_799 })
    expect(await refused({}, { expiresIn: `${253_402_300_800 - NOW}s`, now })).toBeInstanceOf(TypeError)
  })
})

describe('notBefore', () => {
  const delays = { '0s': 0, '5m': 300, '2d': 172_800 }

  it.each<readonly [unknown, number]>([[0, 0], [0.001, 1], [0.5, 1], [1.5, 2], [86_400, 86_400], ...Object.entries(delays)])(
    'sets nbf, in whole seconds and never before it: %s',
    async (notBefore, seconds) => {
      expect(await issued({}, { ...never, notBefore })).toEqual({ iat: NOW, nbf: NOW + seconds })
    },
  )

  it('counts from the second of iat, so that a token without delay is valid at once', async () => {
    expect(await issued({}, { expiresIn: 'never', notBefore: 0, now: halfPast })).toEqual({ iat: NOW, nbf: NOW })
    expect(await issued({}, { expiresIn: 'never', notBefore: '5s', now: halfPast })).toEqual({ iat: NOW, nbf: NOW + 5 })
  })

  it('cannot be combined with an nbf claim', async () => {
    expect(await refused({ nbf: NOW }, { ...never, notBefore: 5 })).toBeInstanceOf(TypeError)
  })

  it.each([-1, '5 minutes', 'never', undefined, new Date(NOW * 1000)])('is rejected if it is %o', async (notBefore) => {
    expect(await refused({}, { ...never, notBefore })).toBeInstanceOf(TypeError)
  })

  it.each([86_400.5, 86_401, 3_600_000, Infinity])('is out of range if it is a bare number of more than a day: %d', async (notBefore) => {
    expect(await refused({}, { ...never, notBefore })).toBeInstanceOf(RangeError)
  })
})

describe('iat', () => {
  it('is the current time in whole seconds, unless the claims have one', async () => {
    expect(await issued({}, { expiresIn: 'never', now: halfPast })).toEqual({ iat: NOW })
    expect(await issued({ iat: 0 }, never)).toEqual({ iat: 0 })
    expect(await issued({ iat: 12.5 }, { expiresIn: 60, now })).toEqual({ iat: 12, exp: NOW + 60 })
  })
})

describe('type', () => {
  it('sets typ in the header', async () => {
    expect(await headerOf({ type: 'at+jwt' })).toEqual({ alg: 'HS256', typ: 'at+jwt' })
  })

  it.each([undefined, null, '', 5, [], ['JWT'], {}, /JWT/])('is rejected: %j', async (type) => {
    expect(await refused({}, { ...never, type })).toBeInstanceOf(TypeError)
  })
})

describe('header', () => {
  it('adds further parameters', async () => {
    const header = Object.freeze({ tenant: 't1', nested: { list: [1, null] } })
    expect(await headerOf({ header })).toEqual({ alg: 'HS256', typ: 'JWT', ...header })
    expect(await headerOf({ header: {} })).toEqual({ alg: 'HS256', typ: 'JWT' })
  })

  it.each(['alg', 'jku', 'jwk', 'kid', 'x5u', 'x5c', 'x5t', 'x5t#S256', 'typ', 'crit', 'b64'])('cannot set %s', async (name) => {
    for (const value of ['HS256', true, undefined])
      expect(await refused({}, { ...never, header: { [name]: value } })).toBeInstanceOf(TypeError)
  })

  it.each(['twilio-fpa;v=1', 'json', 'text/jwt', 'jwt+json', 'application/jwt+json', ''])('can set cty: %j', async (cty) => {
    const token = await signWith({}, { ...never, header: { cty } })
    expect(decodeUnverified(token).header).toEqual({ alg: 'HS256', typ: 'JWT', cty })
    expect((await verify(token, key, { requireExp: false })).header).toEqual({ alg: 'HS256', typ: 'JWT', cty })
  })

  it.each(['JWT', 'jwt', 'application/jwt', 'Application/JWT'])('cannot set cty to the media type of a token: %s', async (cty) => {
    const refusal = new TypeError('header.cty cannot be JWT: a token in a token is not supported')
    expect(await refused({}, { ...never, header: { cty } })).toEqual(refusal)
  })

  it.each([null, 5, true, ['JWT'], {}])('cannot set cty to anything but a string: %j', async (cty) => {
    expect(await refused({}, { ...never, header: { cty } })).toEqual(new TypeError('header.cty must be a string'))
  })

  it('is checked as it is written: a cty by toJSON', async () => {
    expect(await refused({}, { ...never, header: { cty: { toJSON: () => 'JWT' } } })).toBeInstanceOf(TypeError)
    expect((await headerOf({ header: { cty: { toJSON: () => 'json' } } }))['cty']).toBe('json')
  })

  it.each(['algo', 'xalg', 'kids', 'my-kid', 'x5', 'b64u', 'ALG'])('can set %s, which RFC 7515 does not define', async (name) => {
    expect(await headerOf({ header: { [name]: 'x' } })).toHaveProperty([name], 'x')
  })

  it.each<readonly [string, unknown]>([
    ['a Map', new Map([['a', 1]])],
    ['a class instance', new (class Header { tenant = 't1' })()], // prettier-ignore
    ['one with a value that JSON cannot represent', { a: NaN }],
    ['a cycle', cycle()],
  ])('is rejected if it is %s', async (_name, header) => {
    expect(await refused({}, { ...never, header })).toBeInstanceOf(TypeError)
  })

  it('cannot be replaced by toJSON', async () => {
    const header = { toJSON: (): object => ({ alg: 'none' }) }
    expect(await refused({}, { ...never, header })).toBeInstanceOf(TypeError)
  })
})

describe('now', () => {
  it('is read once', async () => {
    const clock = vi.fn(now)
    await issued({}, { expiresIn: '1h', notBefore: 5, now: clock })
    expect(clock).toHaveBeenCalledOnce()
  })

  it.each(INSTANTS)('may return %s', async (_name, make) => {
    const clock = (): unknown => make(NOW * 1000 + 500)
    expect(await issued({}, { expiresIn: '1h', notBefore: 5, now: clock })).toEqual({ iat: NOW, exp: NOW + 3600, nbf: NOW + 5 })
  })

  it('passes on its own errors', async () => {
    const stopped = new Error('the clock has stopped')
    const clock = (): never => {
      throw stopped
    }
    expect(await refused({}, { expiresIn: 'never', now: clock })).toBe(stopped)
  })
})

describe('claims', () => {
  it('are not changed, and may be frozen', async () => {
    const claims = { sub: 'u1', nbf: new Date(0), groups: Object.freeze(['ops']), user: Object.freeze({ id: 1 }) }
    const before = structuredClone(claims)
    await sign(claims, key, { expiresIn: '1h' })
    expect(claims).toEqual(before)
    expect(await issued(Object.freeze(claims))).toEqual({ ...before, nbf: 0, iat: NOW })
  })

  it('may have the type of an interface, or no prototype', async () => {
    interface User {
      readonly sub: string
      readonly role: 'admin' | 'user'
    }
    const user: User = { sub: 'u1', role: 'admin' }
    expect(decodeUnverified(await sign(user, key, never)).claims).toEqual({ ...user, iat: NOW })
    expect(await issued(Object.assign(Object.create(null), user))).toEqual({ ...user, iat: NOW })
    expect(await issued({})).toEqual({ iat: NOW })
  })

  it.each<readonly [string, unknown]>([
    ['a function', () => ({})],
    ['a Map', new Map([['sub', 'u1']])],
    ['a promise', Promise.resolve({})],
    ['a class instance', new (class User { sub = 'u1' })()], // prettier-ignore
    ['an object that inherits', Object.create({ sub: 'u1' })],
  ])('are rejected if they are %s', async (_name, claims) => {
    expect(await refused(claims)).toBeInstanceOf(TypeError)
  })

  it('cannot be replaced by toJSON', async () => {
    expect(await refused({ toJSON: () => ({ exp: 'never' }) })).toBeInstanceOf(TypeError)
    expect(await refused({ toJSON: () => ({}) }, { expiresIn: '1h' })).toBeInstanceOf(TypeError)
  })

  it('may have a member named __proto__', async () => {
    const claims = JSON.parse('{"__proto__":{"admin":true},"sub":"u1"}') as object
    const read = (await verify(await signWith(claims, { expiresIn: '1h' }), key)).claims
    expect(Object.keys(read)).toContain('__proto__')
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype)
    expect(read['admin']).toBeUndefined()
  })
})

describe('a registered claim', () => {
  const times = [undefined, null, '', '1767225600', true, [], [NOW], {}, NaN, 5n, Symbol('t'), new Date(NaN), NOW * 1000, -NOW * 1000]
  const texts = [undefined, null, 5, NaN, true, [], ['a'], {}, 5n, new Date(0), /a/, Object('a')]
  const lists = [undefined, null, 5, true, {}, { 0: 'a', length: 1 }, [5], ['a', 5], [null], [undefined], [['a']], new Set(['a']), /a/]
  const wrong = { exp: times, nbf: times, iat: times, iss: texts, sub: texts, jti: texts, aud: lists }

  it.each(Object.entries(wrong))('is rejected if it has the wrong type: %s', async (claim, values) => {
    const options = claim === 'exp' ? { now } : never
    for (const value of values) {
      const error = await refused({ [claim]: value }, options)
      expect(error, `${claim}: ${typeof value}`).toBeInstanceOf(TypeError)
      expect(String(error)).toContain(claim)
    }
  })

  const makers: readonly (readonly [string, (seconds: number) => unknown])[] = [
    ['a number of seconds', (seconds) => seconds],
    ...INSTANTS.map(([name, make]) => [name, (seconds: number) => make(seconds * 1000)] as const),
  ]

  it.each(makers)('that is a time may be %s, and is written as whole seconds: exp and iat down, nbf up', async (_name, make) => {
    const fractions = [[NOW + 0.001, NOW, NOW + 1], [NOW + 0.999, NOW, NOW + 1], [-0.5, -1, 0]] as const // prettier-ignore
    const whole = [NOW, 0, -5, 253_402_300_799, -253_402_300_799].map((time) => [time, time, time] as const)
    for (const [time, down, up] of [...fractions, ...whole]) {
      expect(await issued({ exp: make(time) }, { now })).toEqual({ iat: NOW, exp: down })
      expect(await issued({ iat: make(time) })).toEqual({ iat: down })
      expect(await issued({ nbf: make(time) })).toEqual({ iat: NOW, nbf: up })
    }
  })

  it.each(makers)('that is a time ends with the year 9999: %s', async (_name, make) => {
    for (const [claim, options] of Object.entries({ exp: { now }, nbf: never, iat: never }))
      for (const outside of [253_402_300_800, -253_402_300_800, NOW * 1000])
        expect(await refused({ [claim]: make(outside) }, options)).toBeInstanceOf(TypeError)
    expect(await issued({ exp: make(253_402_300_799.5) }, { now })).toEqual({ iat: NOW, exp: 253_402_300_799 })
    expect(await refused({ nbf: make(253_402_300_799.5) })).toBeInstanceOf(TypeError)
    expect(await refused({ iat: make(-253_402_300_799.5) })).toBeInstanceOf(TypeError)
    expect(await issued({ nbf: make(-253_402_300_799.5) })).toEqual({ iat: NOW, nbf: -253_402_300_799 })
  })

  it('that is a time is rejected if its instant has no number of milliseconds', async () => {
    for (const epochMilliseconds of [NaN, Infinity, undefined, {}]) {
      const broken = { epochMilliseconds, [Symbol.toStringTag]: 'Temporal.Instant' }
      for (const claim of ['nbf', 'iat']) expect(await refused({ [claim]: broken })).toBeInstanceOf(TypeError)
    }
  })

  it('that is a string may be empty, and aud may be a list', async () => {
    const claims = { iss: '', sub: 'söme', jti: '\u0000', aud: ['a', ''] }
    expect(await issued(claims)).toEqual({ ...claims, iat: NOW })
    expect(await issued({ aud: 'a' })).toEqual({ aud: 'a', iat: NOW })
  })
})

describe('one with a value that JSON cannot represent', () => {
  it.each<readonly [string, unknown]>([
    ['NaN', NaN],
    ['Infinity', Infinity],
    ['2^53', 2 ** 53],
    ['a bigint', 5n],
    ['a function', () => 5],
    ['a function that calls itself an object', Object.assign(() => 5, { [Symbol.toStringTag]: 'Object' })],
    ['a symbol', Symbol('s')],
    ['a Map', new Map()],
    ['an invalid Date', new Date(NaN)],
    ['a function that has a toJSON', Object.assign(() => {}, { toJSON: () => 1 })],
    ['toJSON that returns NaN', { toJSON: () => NaN }],
    ['toJSON that returns undefined', { toJSON: () => undefined }],
    ['a cycle', cycle()],
    ['a cycle of lists', cyclicList()],
  ])('is rejected, and the message names its path: %s', async (_name, value) => {
    for (const [claims, path] of [
      [{ part: value }, /part/],
      [{ fine: 1, part: { fine: [], inner: value } }, /part.*inner/],
      [{ part: [1, { inner: [true, value] }] }, /part.*1.*inner.*1/],
    ] as const) {
      const error = await refused(claims)
      expect(error).toBeInstanceOf(TypeError)
      expect(String(error)).toMatch(path)
    }
  })

  it('is rejected in a list: undefined and a gap', async () => {
    for (const list of [[undefined], Array(2), Object.assign(Array(3), [1])]) {
      const error = await refused({ part: list })
      expect(error).toBeInstanceOf(TypeError)
      expect(String(error)).toContain('part')
    }
  })
})

describe('what JSON can represent', () => {
  const shared = { a: [1] }

  class Money {
    readonly amount = 5
    toJSON(): object {
      return { amount: this.amount, currency: 'EUR' }
    }
  }
  class Itself {
    readonly amount = 5
    toJSON(): this {
      return this
    }
  }

  it.each<readonly [string, unknown]>([
    ['plain values', { a: null, b: true, c: 'söme \u2028 \u{1F600}', d: -1.5e15, e: [], f: {} }],
    ['numbers below 2^53', { a: 2 ** 53 - 1, b: [-(2 ** 53 - 1)], c: 5e-324, d: 1_234_567_890_123_456, e: -0.1 }],
    ['an object that occurs twice, which is not a cycle', { one: shared, two: shared, list: [shared, [shared]] }],
    ['an undefined member of a nested object, left out', { a: { b: undefined, c: 1 }, d: [{ e: undefined }] }],
    ['a custom claim that is undefined, left out', { a: undefined }],
    ['toJSON', { a: { toJSON: () => 'x' }, b: [{ toJSON: () => null }], c: new URL('https://a.example') }],
    ['toJSON that copies', { a: new Money(), b: [new Money()] }],
    ['toJSON that returns the object itself', { a: new Itself() }],
    ['members of class instances', { a: new (class Plain { b = 1 })() }], // prettier-ignore
    ['members named by symbols, left out', { a: { [Symbol('b')]: 1 } }],
    ['a lone surrogate', { a: '\uD800' }],
  ])('is written as JSON.stringify writes it: %s', async (_name, claims) => {
    expect(await issued(claims)).toEqual({ ...(JSON.parse(JSON.stringify(claims)) as object), iat: NOW })
  })

  it('is read once: toJSON is called once, with the name of its member', async () => {
    const names: string[] = []
    const moody = { toJSON: (name: string) => (names.push(name) === 1 ? 1 : NaN) }
    expect(await issued({ a: moody, b: { c: 2 } })).toEqual({ a: 1, b: { c: 2 }, iat: NOW })
    expect(names).toEqual(['a'])
  })

  it('is read before toJSON is called, so that an item cannot change its list', async () => {
    const list: unknown[] = [{ toJSON: () => (list[1] = list.length = 1) }, 'second']
    expect(await issued({ list })).toEqual({ list: [1, 'second'], iat: NOW })
  })
})

describe('claims that are nested', () => {
  const nested = (levels: number, wrap: (inner: unknown) => unknown): unknown => {
    let value: unknown = 'deepest'
    for (let level = 0; level < levels; level++) value = wrap(value)
    return value
  }
  const shapes: readonly (readonly [string, (inner: unknown) => unknown])[] = [
    ['lists', (inner) => [inner]],
    ['objects', (inner) => ({ a: inner })],
    ['what toJSON returns', (inner) => ({ toJSON: () => ({ a: inner }) })],
  ]

  it.each(shapes)('are signed up to 1000 levels deep, and no deeper: %s', async (_name, wrap) => {
    for (const levels of [999, 1000]) {
      const claims = { part: nested(levels, wrap) }
      const read = (await verify(await signWith(claims, { expiresIn: '1h' }), key)).claims['part']
      expect(read).toEqual(JSON.parse(JSON.stringify(claims.part)))
      expect(decodeUnverified(await signWith({}, { ...never, header: claims })).header['part']).toBeDefined()
    }
    for (const levels of [1001, 1002, 5000]) {
      const deep = new RangeError('a value is nested more than 1000 levels deep: flatten it')
      expect(await refused({ part: nested(levels, wrap) })).toEqual(deep)
      expect(await refused({}, { ...never, header: { part: nested(levels, wrap) } })).toBeInstanceOf(RangeError)
    }
  })

  it('are a RangeError if a toJSON makes them deeper without end', async () => {
    const endless = (): object => ({ toJSON: () => [endless()] })
    expect(await refused({ part: endless() })).toBeInstanceOf(RangeError)
  })
})

describe('a token of 65 536 characters', () => {
  const room = 49_091 - JSON.stringify({ iat: NOW, a: '' }).length // 36 of header, 65 455 of payload, 43 of MAC, two dots

  it('is made, and verify accepts it', async () => {
    const token = await signWith({ a: 'x'.repeat(room) }, never)
    expect(token).toHaveLength(65_536)
    expect((await verify(token, key, { requireExp: false })).claims['a']).toHaveLength(room)
  })

  it('is the longest: one character more is a RangeError', async () => {
    expect(await refused({ a: 'x'.repeat(room + 1) })).toBeInstanceOf(RangeError)
    expect(await refused({ a: 'é'.repeat(room) })).toBeInstanceOf(RangeError)
    expect(await refused({}, { ...never, header: { a: 'x'.repeat(60_000) } })).toBeInstanceOf(RangeError)
  })
})

function cycle(): object {
  const cyclic: { self?: unknown } = {}
  cyclic.self = [{ cyclic }]
  return cyclic
}

function cyclicList(): readonly unknown[] {
  const cyclic: unknown[] = []
  cyclic.push(cyclic)
  return cyclic
}

describe('what is checked', () => {
  it('is what is signed: an exp that is hidden, or that a getter removes, does not count', async () => {
    expect(await refused(Object.defineProperty({ sub: 'u1' }, 'exp', { value: NOW + 60 }), { now })).toBeInstanceOf(TypeError)
    const vanishing: { exp?: number; readonly a: number } = {
      get a() {
        delete this.exp
        return 1
      },
      exp: NOW + 60,
    }
    expect(await refused(vanishing, { now })).toBeInstanceOf(TypeError)
  })

  it('is what is signed: a toJSON of aud cannot make it another value', async () => {
    const aud = Object.assign(['orders'], { toJSON: () => 5 })
    expect(await refused({ aud })).toBeInstanceOf(TypeError)
    expect(await issued({ aud: Object.assign(['orders'], { toJSON: () => 'reports' }) })).toMatchObject({ aud: 'reports' })
  })

  it('is what is signed: a header does not change after it was read', async () => {
    const header: Record<string, unknown> = { tenant: 't' }
    const now = (): Date => {
      header['alg'] = 'none'
      return new Date(NOW * 1000)
    }
    const token = await sign({}, key, { expiresIn: '1h', header, now })
    expect(decodeUnverified(token).header).toEqual({ alg: 'HS256', typ: 'JWT', tenant: 't' })
  })
})
