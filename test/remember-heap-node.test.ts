/** What `remember` keeps in memory, on Node's heap. */
import { createKey } from 'hs256'
import { createVerifierSync } from 'hs256/sync'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { forge, SECRET } from './support/forge.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

const key = createKey(SECRET)
const EXP = 4_000_000_000

describe('the heap of a verifier that remembers', () => {
  const heap = async (): Promise<number> => {
    for (let i = 0; i < 3; i++) {
      collect()
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    return process.memoryUsage().heapUsed
  }

  it('does not hold the large string that a remembered token was cut from', async () => {
    const check = createVerifierSync(key, { remember: 2 ** 20 })
    check(forge({ exp: EXP }))
    const before = await heap()
    for (let i = 0; i < 20; i++) {
      const request = Buffer.from(`jwt=${forge({ jti: `${i}`, exp: EXP })}; ${'x'.repeat(2 ** 19)}`).toString('latin1')
      for (let twice = 0; twice < 2; twice++) check(request.slice(4, request.indexOf(';')))
    }
    expect((await heap()) - before).toBeLessThan(2 ** 20)
    expect(check(forge({ exp: EXP }))).toBeDefined() // it is still in use
  })

  it.each([
    ['small tokens', (i: number) => ({ jti: `${i}`, exp: EXP })],
    ['tokens of users', (i: number) => ({ iss: 'https://auth.example', aud: ['a', 'b'], sub: `${i}`, role: 'admin', exp: EXP })],
    ['tokens with many groups', (i: number) => ({ sub: `${i}`, groups: Array.from({ length: 100 }, (_, n) => `group-${n}`), exp: EXP })],
    ['tokens of nested claims', (i: number) => ({ sub: `${i}`, tree: Array.from({ length: 100 }, () => [{}]), exp: EXP })],
  ])('takes about as many bytes as it may remember characters: %s', async (_what, claimsOf) => {
    const limit = 2 ** 21
    const checks = [createVerifierSync(key, { remember: limit, ignoreAudience: true })] // an async function may hold on to its variables
    const fill = (check: (token: string) => unknown): void => {
      for (let i = 0; i < 8000; i++) check(forge(claimsOf(i >> 1)))
    }
    checks.forEach(fill)
    const full = await heap()
    checks.pop()
    const taken = full - (await heap()) // not compared with the heap before, from which more may have gone
    expect(taken).toBeLessThan(limit * 1.2)
    expect(taken).toBeGreaterThan(limit / 4)
  })
})
