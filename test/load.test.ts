/** What `npm run load` goes by allows no more answers than it must, also while things change. That it allows the right ones, the run shows. */
import { describe, expect, it } from 'vitest'
import { deserved, World, type Credential, type State } from '../load/deserved.ts'

const NOW = 1_800_000_000
const steady: State = { kids: ['key-1'], ahead: 0, revoked: new Set(), down: undefined }
const rotating: State = { ...steady, kids: ['key-1', 'key-2'] }
const rotated: State = { ...steady, kids: ['key-2'] }
const outage: State = { ...steady, down: 'redis' }

const good: Credential = { text: '', genuine: true, kid: 'key-1', iat: NOW - 60, exp: NOW + 7200, sub: 'u1', isManager: false }
const expired: Credential = { ...good, exp: NOW }
const forged: Credential = { ...good, genuine: false }

describe('deserved', () => {
  it.each<[string, readonly Credential[], readonly State[], readonly string[]]>([
    ['the token expires in a second', [{ ...good, exp: NOW + 1 }], [steady], ['200 u1']],
    ['the token expires now', [expired], [steady], ['401 token_expired']],
    ['the clock is behind the exp', [expired], [{ ...steady, ahead: -1 }], ['200 u1']],
    ['the clock is as far behind as the tolerance allows', [good], [{ ...steady, ahead: -120 }], ['200 u1']],
    ['the clock is a second further behind', [good], [{ ...steady, ahead: -121 }], ['401 invalid_token']],
    ['the token is forged, and has expired', [{ ...expired, genuine: false }], [steady], ['401 invalid_token']],
    ['its key is still in use', [good], [rotating], ['200 u1']],
    ['its key is no longer in use', [good], [rotated], ['401 invalid_token']],
    ['the first of two tokens has expired, the second is good', [expired, good], [steady], ['200 u1']],
    ['the first of two tokens has expired, the second is forged', [expired, forged], [steady], ['401 token_expired']],
    ['the token is not the one that is revoked', [{ ...good, sub: 'u2' }], [{ ...steady, revoked: new Set(['u1']) }], ['200 u2']],
    ['the list is down, and is not asked for a forged token', [forged], [outage], ['401 invalid_token']],
    ['the list may be down', [good], [steady, outage], ['200 u1', '503 unavailable']],
    ['the service is down', [good], [{ ...steady, down: 'orders' }], ['no answer']],
    ['its key is being rotated', [good], [rotating, rotated], ['200 u1', '401 invalid_token']],
    ['an expired one came first', [expired, good], [rotating, rotated], ['200 u1', '401 token_expired', '401 invalid_token']],
  ])('knows what is right if %s', (_what, credentials, states, answers) => {
    expect([...deserved(credentials, 'orders', states, NOW)].sort()).toEqual([...answers].sort())
  })
})

it('a World allows two answers until a change is complete, and one before and after', async () => {
  const world = new World(steady)
  const before = world.moment
  expect(world.since(before)).toEqual([steady])
  await world.change({ kids: rotating.kids }, async () => {
    expect(world.since(world.moment)).toEqual([steady, rotating])
  })
  expect(world.since(world.moment)).toEqual([rotating])
  expect(world.since(before)).toEqual([steady, rotating])
})
