import { createKey, decodeUnverified, type JwtClaims, type JwtHeader } from 'hs256'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { fromBase64url } from './support/bytes.ts'
import { createSigner, sign, verify } from './support/engine.ts'
import { INSTANTS } from './support/instants.ts'
import { outcome } from './support/outcome.ts'

const key = createKey('a secret of more than thirty-two bytes')
const NOW = Date.parse('2026-01-01T00:00:00Z') / 1000
const now = (): Date => new Date('2026-01-01T00:00:00Z')
const halfPast = (): Date => new Date('2026-01-01T00:00:00.500Z')
const never = { expiresIn: 'never', now } as const

/** `sign` as JavaScript calls it: unchecked. */
const signWith = (claims: unknown, options: unknown = never): Promise<string> => sign(claims as never, key, options as never)
/** The claims of what `sign` makes. */
const issued = async (...call: Parameters<typeof signWith>): Promise<JwtClaims> => decodeUnverified(await signWith(...call)).claims
/** The error of `sign`. */
const refused = (...call: Parameters<typeof signWith>): Promise<unknown> => outcome(() => signWith(...call))
/** The header of what `sign` makes. */
const headerOf = async (options: object): Promise<JwtHeader> => decodeUnverified(await signWith({}, { ...never, ...options })).header

describe('sign', () => {
  it('returns a compact token with alg, typ and iat', async () => {
    const token = await sign({ sub: 'u1' }, key, { expiresIn: '1h', now })
    expect(decodeUnverified(token)).toEqual({ header: { alg: 'HS256', typ: 'JWT' }, claims: { iat: NOW, sub: 'u1', exp: NOW + 3600 } })
  })

  it('sets typ in the header', async () => {
    expect(await headerOf({ type: 'at+jwt' })).toEqual({ alg: 'HS256', typ: 'at+jwt' })
  })

  it('writes iat, exp and nbf before the claims, in which they may stand anywhere', async () => {
    const payloadOf = async (claims: object, options: object): Promise<string> =>
      new TextDecoder().decode(fromBase64url((await signWith(claims, { now, ...options })).split('.')[1]!))
    const lifetime = { expiresIn: '1h', notBefore: '1m' }
    expect(await payloadOf({}, never)).toBe(`{"iat":${NOW}}`)
    expect(await payloadOf({ a: 1, sub: 'u1' }, never)).toBe(`{"iat":${NOW},"a":1,"sub":"u1"}`)
    expect(await payloadOf({ a: 1, iat: 5.5 }, lifetime)).toBe(`{"iat":5,"exp":${NOW + 3600},"nbf":${NOW + 60},"a":1}`)
    expect(await payloadOf({ a: 1, nbf: 6, iat: 5, exp: 7 }, {})).toBe('{"iat":5,"a":1,"nbf":6,"exp":7}')
    expect(await payloadOf({ iat: 5 }, never)).toBe('{"iat":5}')
  })

  it('uses the system’s clock by default', async () => {
    vi.useFakeTimers({ now: now() })
    onTestFinished(() => void vi.useRealTimers())
    expect(await issued({}, { expiresIn: 60 })).toEqual({ iat: NOW, exp: NOW + 60 })
  })
})

describe('the header', () => {
  it('is encoded once by a signer, not for each token', async () => {
    const stringify = vi.spyOn(JSON, 'stringify')
    const issue = createSigner(createKey('a secret of more than thirty-two bytes', { kid: 'encoded once' }), {
      expiresIn: '1h',
      header: { tenant: 't' },
    })
    expect(stringify).toHaveBeenCalledTimes(1) // the header
    const tokens = [await issue({ sub: 'u1' }), await issue({ sub: 'u2' })]
    expect(stringify).toHaveBeenCalledTimes(3) // and the claims of each token
    stringify.mockRestore()
    for (const token of tokens)
      expect(decodeUnverified(token).header).toEqual({ alg: 'HS256', typ: 'JWT', kid: 'encoded once', tenant: 't' })
    expect(new Set(tokens.map((token) => token.split('.')[0])).size).toBe(1)
  })

  it('is not that of an earlier call with another type, or with a further parameter', async () => {
    expect(await headerOf({})).toEqual({ alg: 'HS256', typ: 'JWT' })
    expect(await headerOf({ type: 'at+jwt' })).toEqual({ alg: 'HS256', typ: 'at+jwt' })
    expect(await headerOf({ header: { tenant: 't' } })).toEqual({ alg: 'HS256', typ: 'JWT', tenant: 't' })
    expect(await headerOf({})).toEqual({ alg: 'HS256', typ: 'JWT' })
  })
})

describe('expiresIn', () => {
  const LIFETIMES = { '1s': 1, '86401s': 86_401, '15m': 900, '12h': 43_200, '7d': 604_800, '2w': 1_209_600, '007d': 604_800 }

  it.each<readonly [unknown, number]>([[1, 1], [86_400, 86_400], ...Object.entries(LIFETIMES)])(
    'is a number of seconds, or digits and a unit: %s',
    async (expiresIn, seconds) => {
      expect(await issued({}, { expiresIn, now })).toEqual({ iat: NOW, exp: NOW + seconds })
    },
  )

  it('counts from the exact time: exp is rounded down to whole seconds', async () => {
    const claims = await Promise.all([1, 1.25, 1.5, 2.999].map((expiresIn) => issued({}, { expiresIn, now: halfPast })))
    expect(claims.map(({ exp }) => exp)).toEqual([NOW + 1, NOW + 1, NOW + 2, NOW + 3])
  })

  it('cannot be combined with an exp claim', async () => {
    for (const expiresIn of ['1h', 'never', 5]) expect(await refused({ exp: NOW + 5 }, { expiresIn })).toBeInstanceOf(TypeError)
    for (const exp of [undefined, null]) expect(await refused({ exp }, { expiresIn: '1h' })).toBeInstanceOf(TypeError)
  })

  it('is rejected if exp would lie beyond the year 9999', async () => {
    expect(await issued({}, { expiresIn: `${253_402_300_799 - NOW}s`, now })).toMatchObject({ exp: 253_402_300_799 })
    expect(await refused({}, { expiresIn: `${253_402_300_800 - NOW}s`, now })).toBeInstanceOf(TypeError)
  })
})

describe('notBefore', () => {
  it.each<readonly [unknown, number]>([[0, 0], [0.001, 1], [1.5, 2], [86_400, 86_400], ...Object.entries({ '0s': 0, '5m': 300 })])(
    'sets nbf in whole seconds, counted from the second of iat, and never before it: %s',
    async (notBefore, seconds) => {
      expect(await issued({}, { expiresIn: 'never', notBefore, now: halfPast })).toEqual({ iat: NOW, nbf: NOW + seconds })
    },
  )
})

describe('the option header', () => {
  it.each(['alg', 'jku', 'jwk', 'kid', 'x5u', 'x5c', 'x5t', 'x5t#S256', 'typ', 'crit', 'b64'])('cannot set %s', async (name) => {
    for (const value of ['HS256', undefined]) expect(await refused({}, { ...never, header: { [name]: value } })).toBeInstanceOf(TypeError)
  })

  it.each(['algo', 'xalg', 'kids', 'my-kid', 'x5', 'b64u', 'ALG'])('can set %s, which RFC 7515 does not define', async (name) => {
    expect(await headerOf({ header: { [name]: 'x' } })).toHaveProperty([name], 'x')
  })

  it('is checked as it is written: a cty by toJSON', async () => {
    expect(await refused({}, { ...never, header: { cty: { toJSON: () => 'JWT' } } })).toBeInstanceOf(TypeError)
    expect((await headerOf({ header: { cty: { toJSON: () => 'json' } } }))['cty']).toBe('json')
  })
})

describe('now', () => {
  it('passes on its own errors', async () => {
    const stopped = new Error('the clock has stopped')
    const clock = (): never => {
      throw stopped
    }
    expect(await refused({}, { expiresIn: 'never', now: clock })).toBe(stopped)
  })
})

describe('claims', () => {
  it('cannot be replaced by toJSON, nor can the header', async () => {
    expect(await refused({ toJSON: () => ({ exp: 'never' }) })).toBeInstanceOf(TypeError)
    expect(await refused({}, { ...never, header: { toJSON: () => ({ alg: 'none' }) } })).toBeInstanceOf(TypeError)
  })

  it('may have a member named __proto__', async () => {
    const claims = await issued(JSON.parse('{"__proto__":{"admin":true}}'))
    expect(Object.entries(claims)).toEqual(Object.entries({ iat: NOW, ['__proto__']: { admin: true } }))
    expect(Object.getPrototypeOf(claims)).toBe(Object.prototype)
  })
})

describe('a registered claim', () => {
  const OTHERS = [5n, Symbol('t'), /a/, new Date(NaN), Object('a'), { 0: 'a', length: 1 }, [undefined], new Set(['a'])]

  it.each(['exp', 'nbf', 'iat', 'iss', 'sub', 'jti', 'aud'])('is rejected by its name if it has the wrong type: %s', async (claim) => {
    for (const value of OTHERS)
      expect(String(await refused({ [claim]: value }, claim === 'exp' ? { now } : never))).toMatch(new RegExp(`^TypeError: ${claim} must`))
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
})

describe('one with a value that JSON cannot represent', () => {
  const loop: unknown[] = []
  loop.push(loop)

  it.each<readonly [string, unknown]>([
    ['2^53', 2 ** 53],
    ['an invalid Date', new Date(NaN)],
    ['a function that has a toJSON', Object.assign(() => {}, { toJSON: () => 1 })],
    ['toJSON that returns NaN', { toJSON: () => NaN }],
    ['a list that contains itself', loop],
  ])('is rejected, and the message names its path: %s', async (_name, value) => {
    const places = {
      part: { part: value },
      'part.inner': { fine: 1, part: { fine: [], inner: value } },
      'part.1.inner.1': { part: [1, { inner: [true, value] }] },
    }
    for (const [path, claims] of Object.entries(places)) expect(String(await refused(claims))).toContain(`TypeError: claims.${path}`)
  })
})

describe('what JSON can represent', () => {
  const shared = { a: [1] }
  const itself: object = Object.assign(Object.create({ toJSON: () => itself }), { amount: 5 })

  it.each<readonly [string, unknown]>([
    ['an object that occurs twice, which is not a cycle', { one: shared, two: shared, list: [shared, [shared]] }],
    ['an undefined member, left out', { a: undefined, b: { c: undefined, d: 1 }, e: [{ f: undefined }] }],
    ['toJSON', { a: { toJSON: () => 'x' }, b: [{ toJSON: () => null }], c: new URL('https://a.example') }],
    ['toJSON that returns the object itself', { a: itself }],
    ['the own members of an object that inherits', { a: Object.assign(Object.create({ c: 2 }), { b: 1 }) }],
    ['members named by symbols, left out', { a: { [Symbol('b')]: 1 } }],
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
  const nested = (levels: number): unknown => (levels === 0 ? 'deepest' : { toJSON: () => ({ a: nested(levels - 1) }) })

  it('are signed up to 1000 levels deep, and no deeper, as the header is: what toJSON returns', async () => {
    const part = nested(1000)
    expect((await issued({ part }))['part']).toEqual(JSON.parse(JSON.stringify(part)))
    expect((await headerOf({ header: { part } }))['part']).toBeDefined()
    const deep = new RangeError('a value is nested more than 1000 levels deep: flatten it')
    for (const claims of [{ part: nested(1001) }, { part: nested(Infinity) }]) {
      expect(await refused(claims)).toEqual(deep)
      expect(await refused({}, { ...never, header: claims })).toEqual(deep)
    }
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
