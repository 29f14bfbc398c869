/** What `npm run load` goes by: it knows what each request deserves, also while things change. */
import { describe, expect, it } from 'vitest'
import { deserved, World, type Credential, type State } from '../load/deserved.ts'

const NOW = 1_800_000_000
const steady: State = { kids: ['key-1'], ahead: 0, revoked: new Set(), down: undefined }
const rotating: State = { ...steady, kids: ['key-1', 'key-2'] }
const rotated: State = { ...steady, kids: ['key-2'] }
const outage: State = { ...steady, down: 'redis' }
const revoked: State = { ...steady, revoked: new Set(['u1']) }

const good: Credential = { text: '', genuine: true, kid: 'key-1', iat: NOW - 60, exp: NOW + 7200, sub: 'u1', isManager: false }
const expired: Credential = { ...good, exp: NOW }
const forged: Credential = { ...good, genuine: false }

const at = (credential: Credential, ...states: readonly State[]): readonly string[] => deserved([credential], 'orders', states, NOW)

describe('deserved', () => {
  it('is to serve a good token, to its holder, by the role', () => {
    expect(at(good, steady)).toEqual(['200 u1'])
    expect(deserved([good], 'reports', [steady], NOW)).toEqual(['403 insufficient_scope'])
    expect(deserved([{ ...good, isManager: true }], 'reports', [steady], NOW)).toEqual(['200 u1'])
  })

  it('distinguishes expired, invalid and missing, to the very second', () => {
    expect(at(expired, steady)).toEqual(['401 token_expired'])
    expect(at({ ...good, exp: NOW + 1 }, steady)).toEqual(['200 u1'])
    expect(at(forged, steady)).toEqual(['401 invalid_token'])
    expect(at({ ...expired, genuine: false }, steady)).toEqual(['401 invalid_token'])
    expect(deserved([], 'orders', [steady], NOW)).toEqual(['401 missing_token'])
  })

  it('depends on the current keys', () => {
    expect([at(good, rotating), at(good, rotated)]).toEqual([['200 u1'], ['401 invalid_token']])
    expect(at({ ...good, kid: 'key-2' }, steady)).toEqual(['401 invalid_token'])
  })

  it('depends on the clock, with a tolerance of sixty seconds', () => {
    expect(at(good, { ...steady, ahead: 7200 })).toEqual(['401 token_expired'])
    expect(at(good, { ...steady, ahead: -120 })).toEqual(['200 u1'])
    expect(at(good, { ...steady, ahead: -121 })).toEqual(['401 invalid_token'])
    expect(at(expired, { ...steady, ahead: -1 })).toEqual(['200 u1'])
  })

  it('uses the first good token, or else reports the first', () => {
    expect(deserved([expired, good], 'orders', [steady], NOW)).toEqual(['200 u1'])
    expect(deserved([expired, forged], 'orders', [steady], NOW)).toEqual(['401 token_expired'])
  })

  it('is to refuse a revoked token, and to let none through while the list is down', () => {
    expect(at(good, revoked)).toEqual(['401 invalid_token'])
    expect(at({ ...good, sub: 'u2' }, revoked)).toEqual(['200 u2'])
    expect(at(good, outage)).toEqual(['503 unavailable'])
    expect([at(expired, outage), at(forged, outage)]).toEqual([['401 token_expired'], ['401 invalid_token']]) // no list is asked
    expect(new Set(at(good, steady, outage))).toEqual(new Set(['200 u1', '503 unavailable']))
    expect(deserved([expired, good], 'orders', [revoked], NOW)).toEqual(['401 invalid_token'])
  })

  it('is nothing from a service that is down', () => {
    expect(at(good, { ...steady, down: 'orders' })).toEqual(['no answer'])
    expect(deserved([good], 'reports', [{ ...steady, down: 'orders' }], NOW)).toEqual(['403 insufficient_scope'])
  })

  it('is either of two while things change, and a mixture with two tokens', () => {
    expect(new Set(at(good, rotating, rotated))).toEqual(new Set(['200 u1', '401 invalid_token']))
    expect(new Set(deserved([expired, good], 'orders', [rotating, rotated], NOW))).toEqual(
      new Set(['200 u1', '401 token_expired', '401 invalid_token']),
    )
  })
})

describe('World', () => {
  it('allows two answers until a change is complete, and one before and after', async () => {
    const world = new World(steady)
    const before = world.moment
    expect(world.since(before)).toEqual([steady])
    await world.change({ kids: rotating.kids }, async () => {
      expect(world.since(world.moment)).toEqual([steady, rotating])
    })
    expect(world.since(world.moment)).toEqual([rotating])
    expect(world.since(before)).toEqual([steady, rotating])
  })
})
