import { decodeUnverified, JwtClaimError, JwtMalformedError, secondsLeft } from 'hs256'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { forge, segmentOf } from './support/forge.ts'
import { INSTANTS } from './support/instants.ts'
import { failure } from './support/outcome.ts'

const NOW = Date.parse('2026-01-01T00:00:00Z') / 1000
const at = (seconds: number) => (): Date => new Date((NOW + seconds) * 1000)

/** A token with this signature, whatever it is: `decodeUnverified` does not check it. */
const compose = (header: unknown, payload: unknown, signature = 'c2lnbmF0dXJl'): string =>
  `${segmentOf(header)}.${segmentOf(payload)}.${signature}`

afterEach(() => void vi.useRealTimers())

describe('decodeUnverified', () => {
  it('has one frozen header for the tokens of one issuer', () => {
    const [one, other] = ['u1', 'u2'].map((sub) => decodeUnverified(forge({ sub }, { alg: 'HS256', typ: 'JWT' })).header)
    expect(other).toBe(one)
    expect(Object.isFrozen(one)).toBe(true)
  })

  it('returns objects of the caller’s own', () => {
    const token = compose({ alg: 'none', scopes: ['read'] }, { sub: 'u1', groups: ['a'] })
    const { header, claims } = decodeUnverified(token)
    for (const list of [header['scopes'], claims['groups']]) (list as string[]).push('admin')
    expect(decodeUnverified(token)).toEqual({ header: { alg: 'none', scopes: ['read'] }, claims: { sub: 'u1', groups: ['a'] } })
  })

  it('rejects a number of 2^53 or more whatever the alg is', () => {
    const read = (id: string): unknown => failure(() => decodeUnverified(compose({ alg: 'RS256' }, `{"user":{"ids":[${id}]}}`)))
    expect(read('9007199254740991')).toMatchObject({ claims: { user: { ids: [9_007_199_254_740_991] } } })
    for (const id of ['9007199254740992', '-9007199254740993', '1e400'])
      expect(read(id)).toMatchObject({ code: 'ERR_JWT_CLAIM', claim: 'user', reason: 'invalid' })
  })

  const lengths = { none: 0, None: 0, NONE: 43, HS384: 64, HS512: 86, RS256: 342, ES256: 86, EdDSA: 86, '': 2, toString: 3 }

  it.each(Object.entries(lengths))('reads a token of alg %j with a signature of %i characters', (alg, length) => {
    const token = compose({ alg }, { sub: 'u1' }, 'A'.repeat(length))
    expect(decodeUnverified(token)).toEqual({ claims: { sub: 'u1' }, header: { alg } })
  })

  it('checks no signature, no time and no audience', () => {
    const claims = { exp: 1, nbf: 4_000_000_000, iat: 4_000_000_000, aud: 'someone', iss: 'anyone' }
    expect(decodeUnverified(compose({ alg: 'HS256' }, claims, 'A'.repeat(43))).claims).toEqual(claims)
  })

  it.each<readonly [string, string]>([
    ['padding', compose({ alg: 'none' }, {}, 'AA==')],
    ['spare bits', compose({ alg: 'none' }, {}, 'AB')],
    ['crit', compose({ alg: 'none', crit: ['exp'] }, {}, '')],
    ['a payload that is a list', compose({ alg: 'none' }, [], '')],
  ])('is as strict as verify about the shape of a token with another alg: %s', (_name, token) => {
    expect(failure(() => decodeUnverified(token))).toBeInstanceOf(JwtMalformedError)
  })

  it('reads 65 536 characters', () => {
    const token = compose({ alg: 'none' }, { sub: 'u1' }, '').padEnd(65_536, 'A')
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

  it('names a claim whose number is rounded in 64 characters of ASCII', () => {
    const named = (name: string): string => String(failure(() => decodeUnverified(forge(`{${JSON.stringify(name)}:1e16}`))))
    expect(named('\u00e9\n')).toMatch(/^JwtClaimError: \?\? has a number/)
    expect(named('x'.repeat(65))).toMatch(/^JwtClaimError: x{64} has a number/)
  })

  it('names what stands around a token only at its start', () => {
    const read = (token: string): string => String(failure(() => decodeUnverified(token)))
    for (const token of ['x bearer y', 'x"y', `x'y`, ` x"y`]) expect(read(token)).toContain('token does not have three segments')
    for (const token of [' "x', `\t'x`]) expect(read(token)).toContain('token is in quotes')
    expect(read(' Bearer x')).toContain('token begins with Bearer')
  })
})

describe('secondsLeft', () => {
  const jwt = (exp?: number): ReturnType<typeof decodeUnverified> => decodeUnverified(forge({ exp }))

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
  })

  it.each(INSTANTS)('may be told the time by %s', (_name, make) => {
    expect(secondsLeft(jwt(NOW + 10), { now: () => make(NOW * 1000 + 500) })).toBe(9.5)
  })

  it('is a TypeError for anything else, and if a schema has replaced exp', () => {
    const replaced = [new Date(NOW * 1000), NaN, Infinity, null, '4000000000', NOW * 1000, [NOW]].map((exp) => ({ claims: { exp } }))
    for (const wrong of [undefined, null, {}, 'a.b.c', { claims: null }, ...replaced])
      expect(failure(() => secondsLeft(wrong as never))).toBeInstanceOf(TypeError)
  })
})
