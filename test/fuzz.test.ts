/** The fuzzer itself: it repeats itself by seed, its reference is right about the corpus, and it sees what is wrong. */
import { createKey, verify } from 'hs256'
import { verifySync } from 'hs256/sync'
import { describe, expect, it, vi } from 'vitest'
import { CASES } from './corpus/cases.ts'
import { forge, SECRET } from './corpus/forge.ts'
import { fuzz, type Engine } from './fuzz/fuzz.ts'
import { PEERS } from './fuzz/peers.ts'
import { sampleOf, SECRET as KEY } from './fuzz/token.ts'
import type { Expected } from './reference/claims.ts'
import { verifyByTheBook } from './reference/verify.ts'

vi.setConfig({ testTimeout: 30_000 })

const engines = { verify: verify as Engine, verifySync: verifySync as Engine }

describe('the reference', () => {
  const SIMPLE = ['now', 'clockTolerance', 'requireExp', 'issuer', 'audience', 'subject']
  const cases = CASES.flatMap((one) => {
    const options = one.door === 'token' && Object.entries(one.options ?? {})
    const isSimple = options && options.every(([name, value]) => SIMPLE.includes(name) && !Array.isArray(value) && value !== '2m')
    return isSimple && one.keys === undefined ? [one] : []
  })

  it('has a verdict for most tokens of the corpus', () => {
    expect(cases.length).toBeGreaterThan(600)
  })

  it('has the same verdict as the corpus for each', async () => {
    const wrong: unknown[] = []
    for (const one of cases) {
      const token = typeof one.token === 'function' ? one.token() : await forge(one.token)
      if (typeof token !== 'string') continue
      const { now, ...expected } = (one.options ?? {}) as { readonly now?: () => Date }
      const verdict = verifyByTheBook(token, SECRET, { now: (now?.().getTime() ?? 1_800_000_000_000) / 1000, ...expected } as Expected)
      const said = !('code' in verdict)
        ? 'accepted'
        : verdict.code === 'ERR_JWT_CLAIM'
          ? `${verdict.code} ${verdict.claim} ${verdict.reason}`
          : verdict.code
      if (said !== one.verdict) wrong.push([one.name, said, one.verdict])
    }
    expect(wrong).toEqual([])
  })
})

describe('the fuzzer', () => {
  it('finds nothing in so few tokens', async () => {
    expect((await fuzz(engines, 1, 1000)).failures).toEqual([])
  })

  it('makes the same token from the same seed, and another one from another', () => {
    expect(sampleOf(5)).toEqual(sampleOf(5))
    expect(new Set(Array.from({ length: 100 }, (_, seed) => sampleOf(seed).token)).size).toBeGreaterThan(90)
  })

  it('makes tokens that are accepted, and tokens that are rejected for fifty reasons', () => {
    const verdicts = Array.from({ length: 20_000 }, (_, seed) => {
      const { token, expected } = sampleOf(seed)
      const verdict = verifyByTheBook(token, KEY, expected)
      return 'code' in verdict ? verdict.why : 'accepted'
    })
    expect(verdicts.filter((verdict) => verdict === 'accepted').length).toBeGreaterThan(2000)
    expect(new Set(verdicts).size).toBeGreaterThan(50)
  })

  it.each<readonly [string, Engine]>([
    ['accepts everything', () => ({ header: {}, claims: {} })],
    ['rejects everything', () => Promise.reject(new TypeError('no'))],
    ['is a second late', (token, key, options) => verify(token, key, { ...options, now: () => new Date(1_800_000_001_000) })],
    ['accepts whitespace', (token, key, options) => verify(token.trim(), key, options)],
    ['ignores the audience', (token, key, options) => verify(token, key, { ...Object.fromEntries(Object.entries(options).filter(([name]) => name !== 'audience')), ignoreAudience: true })], // prettier-ignore
    ['has another key', (token, _key, options) => verify(token, createKey(`${SECRET} of another`), options)],
  ])('sees an engine that %s', async (_name, engine) => {
    expect((await fuzz({ engine }, 1, 2000)).failures.length).toBeGreaterThan(0)
  })

  it('calls real peers, which reject most of what the reference rejects', async () => {
    const { verdicts, lenient } = await fuzz({}, 1, 2000)
    const refused = 2000 - verdicts.get('accepted')!
    expect(Object.keys(PEERS).filter((name) => (lenient.get(name) ?? 0) > refused / 2)).toEqual([])
  })

  it('fails for each token that a peer rejects and the reference accepts', async () => {
    const { verdicts, lenient, failures } = await fuzz({}, 1, 2000, { peer: () => 'Error: no' })
    expect(failures.length).toBe(verdicts.get('accepted'))
    expect(failures.filter((failure) => !/^seed \d+: peer refuses what the reference accepts: Error: no$/.test(failure))).toEqual([])
    expect([...lenient]).toEqual([])
  })

  it('counts the tokens that a peer accepts and the reference rejects, and does nothing more', async () => {
    const { verdicts, lenient, failures } = await fuzz({}, 1, 2000, { peer: () => undefined })
    expect([...lenient]).toEqual([['peer', 2000 - verdicts.get('accepted')!]])
    expect(failures).toEqual([])
  })
})
