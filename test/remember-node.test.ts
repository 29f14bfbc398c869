/** What `remember` saves on `node:crypto`: MACs are counted. */
import { createKey } from 'hs256'
import { createVerifierSync } from 'hs256/sync'
import * as crypto from 'node:crypto'
import { describe, expect, it, vi } from 'vitest'
import { readExpectations } from '../src/expectations.ts'
import { verifyToken } from '../src/verify.ts'
import { forge, SECRET } from './support/forge.ts'

vi.mock('node:crypto', { spy: true })

const key = createKey(SECRET)
const computed = vi.mocked(crypto.createHmac)
const EXP = 4_000_000_000

describe('createVerifierSync with remember', () => {
  it('computes two MACs for a token that comes again and again, and one for each that was rejected', () => {
    const [token, expired] = [forge({ exp: EXP }), forge({ exp: 1 })]
    const check = createVerifierSync(key, { remember: 4096 })
    computed.mockClear()
    for (let i = 0; i < 4; i++) check(token)
    expect(computed).toHaveBeenCalledTimes(2)
    for (let i = 0; i < 3; i++) expect(() => check(expired)).toThrow('expired')
    expect(computed).toHaveBeenCalledTimes(5)
  })

  it('computes one more if the same secret is made a key anew, as when a key store is read again', () => {
    const token = forge({ exp: EXP })
    let current = key
    const check = createVerifierSync(() => current, { remember: 4096 })
    for (let i = 0; i < 3; i++) check(token)
    current = createKey(SECRET)
    computed.mockClear()
    for (let i = 0; i < 3; i++) expect(check(token).key).toBe(current)
    expect(computed).toHaveBeenCalledTimes(1)
  })

  it('computes a MAC for each token in a flood of others, and still none for those that come again', () => {
    const check = createVerifierSync(key, { remember: 2 ** 16 })
    const used = Array.from({ length: 10 }, (_, i) => forge({ jti: `used ${i}`, exp: EXP }))
    for (let i = 0; i < 200; i++) check(forge({ jti: `first ${i}`, exp: EXP })) // it is full
    for (let round = 0; round < 3; round++) used.forEach((token) => check(token))
    const flood = Array.from({ length: 1000 }, (_, i) => forge({ jti: `flood ${i}`, exp: EXP }))
    computed.mockClear()
    for (const [i, token] of flood.entries()) {
      check(token)
      check(used[i % 10]!)
    }
    expect(computed).toHaveBeenCalledTimes(flood.length)
  })
})

// From inside: the public doors hand nothing else to a verifier.
describe('verifyToken', () => {
  it('computes the MAC, and does not trust it, if a memory returns what is not well-formed', async () => {
    const token = forge({ exp: EXP })
    const [signingInput, mac] = [token.slice(0, -44), 'not base64url']
    const jws = { header: { alg: 'HS256' }, payload: { exp: EXP }, signingInput, mac }
    const entry = { token, ...jws, key: createKey(SECRET), size: 1, generation: 0 }
    const memory = { find: () => entry, keep: () => expect.unreachable('it is kept') }
    await expect(verifyToken(token, [key], readExpectations({}), memory, [])).rejects.toThrow('token signature does not match')
  })
})
