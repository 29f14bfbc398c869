import { createKey, decodeUnverified, JwtClaimError, JwtMalformedError, secondsLeft, sign, verify } from 'hs256'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { forge, SECRET, segmentOf } from './support/forge.ts'
import { INSTANTS } from './support/instants.ts'
import { failure } from './support/outcome.ts'
import { withoutSubtle } from './support/web-crypto.ts'

const key = createKey(SECRET)
const NOW = Date.parse('2026-01-01T00:00:00Z') / 1000
const at = (seconds: number) => (): Date => new Date((NOW + seconds) * 1000)

/** A token with this signature, whatever it is: `decodeUnverified` does not check it. */
const compose = (header: unknown, payload: unknown, signature = 'c2lnbmF0dXJl'): string =>
  `${segmentOf(header)}.${segmentOf(payload)}.${signature}`
const ANY_MAC = 'A'.repeat(43)

afterEach(() => void vi.useRealTimers())

describe('the header', () => {
  it('is one frozen object for the tokens of one issuer', () => {
    const [one, other] = ['u1', 'u2'].map((sub) => decodeUnverified(compose({ alg: 'HS256', typ: 'JWT' }, { sub }, ANY_MAC)).header)
    expect(other).toBe(one)
    expect(Object.isFrozen(one)).toBe(true)
  })

  it('is a new object for each token if something in it can be changed', () => {
    const token = compose({ alg: 'HS256', scopes: ['read'] }, {}, ANY_MAC)
    const { header } = decodeUnverified(token)
    ;(header['scopes'] as string[]).push('write')
    expect(decodeUnverified(token).header).toEqual({ alg: 'HS256', scopes: ['read'] })
  })
})

describe('decodeUnverified', () => {
  it('reads claims and header without the secret, and without Web Crypto', async () => {
    const token = await sign({ sub: 'u1', name: 'Zoë 東京' }, key, { expiresIn: '1h', now: at(0) })
    expect(await withoutSubtle(() => decodeUnverified(token))).toEqual({
      claims: { sub: 'u1', name: 'Zoë 東京', iat: NOW, exp: NOW + 3600 },
      header: { alg: 'HS256', typ: 'JWT' },
    })
  })

  const lengths = { none: 0, None: 0, NONE: 43, HS384: 64, HS512: 86, RS256: 342, ES256: 86, EdDSA: 86, '': 2, toString: 3 }

  it.each(Object.entries(lengths))('reads a token of alg %j with a signature of %i characters', (alg, length) => {
    const token = compose({ alg }, { sub: 'u1' }, 'A'.repeat(length))
    expect(decodeUnverified(token)).toEqual({ claims: { sub: 'u1' }, header: { alg } })
  })

  it('checks no signature, no time and no audience', () => {
    const claims = { exp: 1, nbf: 4_000_000_000, iat: 4_000_000_000, aud: 'someone', iss: 'anyone' }
    expect(decodeUnverified(compose({ alg: 'HS256' }, claims, ANY_MAC)).claims).toEqual(claims)
  })

  it('reads the examples of RFC 7519 §3.1 and §6.1', () => {
    const payload = 'eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ'
    const claims = { iss: 'joe', exp: 1_300_819_380, 'http://example.com/is_root': true }
    const signed = `eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.${payload}.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk`
    expect(decodeUnverified(signed)).toEqual({ claims, header: { typ: 'JWT', alg: 'HS256' } })
    expect(decodeUnverified(`eyJhbGciOiJub25lIn0.${payload}.`)).toEqual({ claims, header: { alg: 'none' } })
  })

  it.each<readonly [string, string]>([
    ['a short signature of HS256', compose({ alg: 'HS256' }, {}, 'A'.repeat(42))],
    ['padding', compose({ alg: 'none' }, {}, 'AA==')],
    ['spare bits', compose({ alg: 'none' }, {}, 'AB')],
    ['crit', compose({ alg: 'none', crit: ['exp'] }, {}, '')],
    ['a nested token', compose({ alg: 'RS256', cty: 'JWT' }, {})],
    ['a kid that is not a string', compose({ alg: 'none', kid: 5 }, {}, '')],
    ['a payload that is a list', compose({ alg: 'none' }, [], '')],
    ['65 537 characters', compose({ alg: 'none' }, {}, '').padEnd(65_537, 'A')],
  ])('is as strict as verify about shape: %s', (_name, token) => {
    const error = failure(() => decodeUnverified(token))
    expect(error).toBeInstanceOf(JwtMalformedError)
    expect(error).toMatchObject({ code: 'ERR_JWT_MALFORMED' })
  })

  it('reads 65 536 characters', () => {
    const start = compose({ alg: 'none' }, { sub: 'u1' }, '')
    const token = start.padEnd(65_536, 'A')
    expect((token.length - start.length) % 4).not.toBe(1)
    expect(decodeUnverified(token).claims.sub).toBe('u1')
  })

  it.each(['exp', 'nbf', 'iat', 'iss', 'sub', 'aud', 'jti'])('is as strict about the type of a registered claim: %s', (claim) => {
    for (const value of [null, true, {}, [5], [[]]]) {
      const error = failure(() => decodeUnverified(compose({ alg: 'RS256' }, { [claim]: value })))
      expect(error).toBeInstanceOf(JwtClaimError)
      expect(error).toMatchObject({ code: 'ERR_JWT_CLAIM', claim, reason: 'invalid' })
      expect((error as JwtClaimError).claims()).toEqual({ [claim]: value }) // to display them
    }
  })

  it('is as strict about numbers of 2^53 or more, whatever the alg: JavaScript would round them', () => {
    const read = (id: string): unknown => failure(() => decodeUnverified(compose({ alg: 'RS256' }, `{"sub":"u1","user":{"ids":[${id}]}}`)))
    for (const id of ['9007199254740991', '-9007199254740991', '"9007199254740993"', '1e15'])
      expect(read(id)).toMatchObject({ claims: { user: { ids: [JSON.parse(id) as unknown] } } })
    for (const id of ['9007199254740992', '9007199254740993', '-9007199254740993', '1e16', '1e400']) {
      const error = read(id)
      expect(error).toBeInstanceOf(JwtClaimError)
      expect(error).toMatchObject({ code: 'ERR_JWT_CLAIM', claim: 'user', reason: 'invalid' })
      expect((error as JwtClaimError).claims()).toBeUndefined()
    }
    const named = (name: string): unknown => failure(() => decodeUnverified(compose({ alg: 'RS256' }, `{${JSON.stringify(name)}:1e16}`)))
    expect(String(named('\u00e9\n'))).toMatch(/^JwtClaimError: \?\? has a number/)
    expect(String(named('x'.repeat(65)))).toMatch(/^JwtClaimError: x{64} has a number/)
  })

  it('names what stands around a token only at its start', () => {
    const read = (token: string): string => String(failure(() => decodeUnverified(token)))
    for (const token of ['x bearer y', 'x"y', `x'y`, ` x"y`]) expect(read(token)).toContain('token does not have three segments')
    for (const token of [' "x', `\t'x`]) expect(read(token)).toContain('token is in quotes')
    expect(read(' Bearer x')).toContain('token begins with Bearer')
  })

  it('rejects a callback, and ignores other further arguments', () => {
    const token = compose({ alg: 'RS256' }, { sub: 'u1' })
    expect([token, token].map(decodeUnverified as (token: string) => unknown)).toHaveLength(2)
    const decodeAny = decodeUnverified as (...args: readonly unknown[]) => unknown
    for (const args of [[() => 5], [{}, () => 5]]) expect(failure(() => decodeAny(token, ...args))).toBeInstanceOf(TypeError)
  })

  it('returns claims that are the caller’s own', () => {
    const token = compose({ alg: 'RS256' }, { sub: 'u1' })
    const { claims } = decodeUnverified(token)
    claims.sub = 'u2'
    delete claims['sub']
    expect(decodeUnverified(token).claims).toEqual({ sub: 'u1' })
  })
})

describe('secondsLeft', () => {
  const jwt = (exp?: number): ReturnType<typeof decodeUnverified> => decodeUnverified(compose({ alg: 'none' }, { exp }, ''))

  it.each<readonly [exp: number | undefined, after: number, left: number]>([
    ...[1000, 1, 0.25].map((left) => [NOW, -left, left] as const),
    ...[0, 0.25, 1, 1e9].map((after) => [NOW, after, 0] as const),
    [NOW + 0.75, 0.5, 0.25],
    [NOW + 0.75, 0.75, 0],
    [undefined, 0, Infinity],
    [0, 0, 0],
    [-5, 0, 0],
  ])('is the time until exp, fractions included, and 0 from then on: of %j, %d seconds after now, %d', (exp, after, left) => {
    expect(secondsLeft(jwt(exp), { now: at(after) })).toBe(left)
  })

  it('uses the system’s clock by default', () => {
    vi.useFakeTimers({ now: NOW * 1000 + 500 })
    expect(secondsLeft(jwt(NOW + 10))).toBe(9.5)
    expect(secondsLeft(jwt(NOW + 10), {})).toBe(9.5)
  })

  it.each(INSTANTS)('may be told the time by %s', (_name, make) => {
    expect(secondsLeft(jwt(NOW + 10), { now: () => make(NOW * 1000 + 500) })).toBe(9.5)
  })

  it('rejects a callback, and ignores other further arguments', () => {
    const leftOf = secondsLeft as (...args: readonly unknown[]) => unknown
    expect(leftOf(jwt(NOW + 10), { now: at(0) }, 5, {})).toBe(10)
    for (const args of [[() => 5], [{}, () => 5], [undefined, 5, () => 5]])
      expect(failure(() => leftOf(jwt(NOW + 10), ...args))).toBeInstanceOf(TypeError)
  })

  it('accepts the result of verify', async () => {
    expect(secondsLeft(await verify(forge({ exp: NOW + 60 }), key, { now: at(0) }), { now: at(20) })).toBe(40)
  })

  it('is a TypeError if a schema has replaced exp', async () => {
    const token = await sign({}, key, { expiresIn: '1h' })
    const dated = await verify(token, key, { schema: z.object({ exp: z.number().transform((exp) => new Date(exp * 1000)) }) })
    expect(failure(() => secondsLeft(dated))).toBeInstanceOf(TypeError)
    for (const exp of [NaN, Infinity, null, '4000000000', NOW * 1000, [NOW]]) {
      expect(failure(() => secondsLeft({ claims: { exp } }))).toBeInstanceOf(TypeError)
    }
  })

  it('is a TypeError for anything else', () => {
    for (const wrong of [undefined, null, {}, 'a.b.c', { claims: null }])
      expect(failure(() => secondsLeft(wrong as never))).toBeInstanceOf(TypeError)
  })
})
