/** Time, in signing and verifying: exact, to the second that is written and to the fraction that is read. */
import fc from 'fast-check'
import { decodeUnverified, secondsLeft } from 'hs256'
import { tokenCookie } from 'hs256/http'
import { describe, expect } from 'vitest'
import { sign, verify } from '../support/engine.ts'
import { forge } from '../support/forge.ts'
import { failure, outcome } from '../support/outcome.ts'
import { key, now, TOKEN } from './arbitraries.ts'
import { property } from './runs.ts'

const milliseconds = fc.integer({ min: Date.UTC(2001, 0), max: Date.UTC(2100, 0) })
const counts = fc.integer({ min: 1, max: 999 })
const bare = fc.integer({ min: 1, max: 86_400 })
const fractions = fc.oneof(fc.double({ min: 1, max: 86_400, noNaN: true }), fc.double({ min: 1, max: 2, noNaN: true }))
const UNITS = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 } as const
const units = fc.constantFrom(...(Object.keys(UNITS) as (keyof typeof UNITS)[]))

describe('sign and verify', () => {
  const durations = fc.oneof(
    bare,
    fractions,
    fc.tuple(counts, units).map(([count, unit]) => `${count}${unit}` as const),
  )
  property('agree that a token is valid at once, whatever clock and duration are', milliseconds, durations, async (time, expiresIn) => {
    const clock = (): Date => new Date(time)
    const token = await sign({}, key, { expiresIn, notBefore: 0, now: clock })
    await expect(verify(token, key, { now: clock, maxAge: '1s' })).resolves.toMatchObject({ key })
  })

  const whole = fc.oneof(bare, fc.integer({ min: 1, max: 1e9 }))
  property('agree that a lifetime in whole seconds ends at that second', milliseconds, whole, async (time, seconds) => {
    const expiresIn = seconds > 86_400 ? (`${seconds}s` as const) : seconds
    const token = await sign({}, key, { expiresIn, now: () => new Date(time) })
    const end = (Math.floor(time / 1000) + seconds) * 1000
    await expect(verify(token, key, { now: () => new Date(end - 1) })).resolves.toMatchObject({ key })
    await expect(verify(token, key, { now: () => new Date(end) })).rejects.toMatchObject({ expiredAt: new Date(end) })
  })

  const delays = fc.oneof(fc.integer({ min: 0, max: 86_400 }), fc.double({ min: 0, max: 86_400, noNaN: true }))
  const lifetimes = fc.tuple(milliseconds, fc.oneof(bare, fractions), delays)
  property('write whole seconds, and never for longer than was asked', lifetimes, async ([time, expiresIn, notBefore]) => {
    const clock = (): Date => new Date(time)
    const { iat = NaN, exp = NaN, nbf = NaN } = decodeUnverified(await sign({}, key, { expiresIn, notBefore, now: clock })).claims
    for (const seconds of [iat, exp, nbf]) expect(Number.isInteger(seconds)).toBe(true)
    expect(iat).toBe(Math.floor(time / 1000))
    expect(exp).toBe(Math.floor(time / 1000 + expiresIn))
    expect(nbf).toBe(Math.ceil(iat + notBefore))
  })

  const times = fc.oneof(fc.double({ min: -253_402_300_798, max: 253_402_300_798, noNaN: true }), fc.integer({ min: -1e6, max: 1e6 }))
  property('write times of the claims in whole seconds: exp and iat rounded down, nbf up', times, times, times, async (exp, nbf, iat) => {
    const token = await sign({ exp, nbf, iat }, key)
    expect(decodeUnverified(token).claims).toEqual({ exp: Math.floor(exp) + 0, nbf: Math.ceil(nbf) + 0, iat: Math.floor(iat) + 0 })
  })

  property('read a duration by its digits and its unit', counts, units, async (count, unit) => {
    const token = await sign({}, key, { expiresIn: `${count}${unit}`, now })
    const seconds = count * UNITS[unit]
    expect(token).toBe(await sign({}, key, { expiresIn: `${seconds}s`, now }))
    if (seconds <= 86_400) expect(await sign({}, key, { expiresIn: seconds, now })).toBe(token)
  })

  const numbers = fc.double({ min: 86_400, minExcluded: true, noNaN: true })
  property('reject any bare number of more than a day, whatever takes a duration', numbers, async (seconds) => {
    await expect(sign({}, key, { expiresIn: seconds })).rejects.toBeInstanceOf(RangeError)
    await expect(sign({}, key, { expiresIn: '1h', notBefore: seconds })).rejects.toBeInstanceOf(RangeError)
    await expect(verify(TOKEN, key, { maxAge: seconds })).rejects.toBeInstanceOf(RangeError)
    await expect(verify(TOKEN, key, { clockTolerance: seconds })).rejects.toBeInstanceOf(RangeError)
    expect(failure(() => tokenCookie(TOKEN, { maxAge: seconds }))).toBeInstanceOf(RangeError)
  })
})

describe('verify', () => {
  const near = fc.integer({ min: -150, max: 150 })
  const times = fc.record({ exp: near, nbf: near, iat: near }, { requiredKeys: [] })
  const lengths = fc.tuple(fc.integer({ min: 0, max: 100 }), fc.option(fc.integer({ min: 0, max: 100 })))
  property('checks exp, nbf, iat and maxAge, with tolerance, as arithmetic does', times, lengths, async (offsets, [tolerance, maxAge]) => {
    const { exp = 1, nbf = 0, iat } = offsets
    const claims = Object.fromEntries(Object.entries({ ...offsets, exp }).map(([name, offset]) => [name, 1_800_000_000 + offset]))
    const options = { now, clockTolerance: tolerance, ...(maxAge !== null && { maxAge }) }
    const verdict = await outcome(() => verify(forge(claims), key, options))
    const isPast = -tolerance >= exp
    const isEarly = tolerance < nbf || (iat !== undefined && Math.max(60, tolerance) < iat)
    const isOld = maxAge !== null && iat !== undefined && -tolerance >= iat + maxAge
    const lacksIat = maxAge !== null && iat === undefined
    const codes = [[isPast, 'ERR_JWT_EXPIRED'], [isEarly, 'ERR_JWT_NOT_YET_VALID'], [lacksIat, 'ERR_JWT_CLAIM'], [isOld, 'ERR_JWT_EXPIRED']] as const // prettier-ignore
    const code = codes.find(([applies]) => applies)?.[1]
    expect(verdict).toMatchObject(code ? { code } : { key })
  })
})

describe('secondsLeft', () => {
  const exps = fc.double({ min: 1_799_999_999, max: 1_800_000_001, noNaN: true })
  property('is above 0 until exp, and 0 from then on, as for verify', exps, async (exp) => {
    const left = secondsLeft({ claims: { exp } }, { now })
    expect(left).toBe(Math.max(0, exp - 1_800_000_000))
    const verdict = await outcome(() => verify(forge({ exp }), key, { now }))
    expect(verdict).toMatchObject(left > 0 ? { key } : { code: 'ERR_JWT_EXPIRED' })
  })
})
