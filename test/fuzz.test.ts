/** The fuzzer itself: it repeats itself by seed, its reference is right about the corpus, and it sees what is wrong. */
import fc from 'fast-check'
import { createKey, sign, verify, type Lifetime } from 'hs256'
import { signSync, verifySync } from 'hs256/sync'
import { describe, expect, it, vi } from 'vitest'
import { CASES } from './corpus/cases.ts'
import { ANY_CLAIMS } from './corpus/mistyped-claims.ts'
import { forge, SECRET } from './corpus/forge.ts'
import { fuzz, fuzzSign, type Engine, type Signer } from './fuzz/fuzz.ts'
import { PEERS } from './fuzz/peers.ts'
import { samples, SECRET as KEY } from './fuzz/token.ts'
import { mistakeIn, type Expected } from './reference/claims.ts'
import { signByTheBook } from './reference/sign.ts'
import { verifyByTheBook } from './reference/verify.ts'

vi.setConfig({ testTimeout: 30_000 })

describe('the reference', () => {
  const DURATIONS = ['maxAge', 'clockTolerance', 'allowMistyped']
  const OPTIONS = [...DURATIONS, 'now', 'requireExp', 'issuer', 'audience', 'subject', 'schema']
  type Options = Omit<Expected, 'now'> & { readonly now?: () => Date; readonly schema?: unknown }

  /** The verdict on a case, unless it has options that the reference does not know: it has one issuer, one audience and one schema. */
  async function verdictOf(one: (typeof CASES)[number]): Promise<string | undefined> {
    if (one.door === 'claims') {
      const { claims, options = {}, verdict } = one
      const written = signByTheBook({ claims: claims(), options: options as Readonly<Record<string, unknown>>, now: 1_800_000_000 })
      if ('mistake' in written) return written.mistake
      return verdict === 'ERR_JWT_NOT_YET_VALID' ? verdict : 'accepted' // of verify
    }
    if (one.door !== 'token' && one.door !== 'options') return undefined
    const { schema, now, ...options } = Object(one.options) as Options
    const names = Object.keys(Object(one.options) as object)
    if (!names.every((name) => OPTIONS.includes(name))) return undefined
    if (one.door === 'options') {
      if (!names.some((name) => DURATIONS.includes(name))) return undefined
      if (options.allowMistyped && schema !== ANY_CLAIMS) return 'TypeError' // the schema is the caller's, whom the reference does not check
      return mistakeIn({ ...options, now: 0 })?.code ?? 'accepted'
    }
    const token = typeof one.token === 'function' ? one.token() : await forge(one.token)
    const hasLists = Array.isArray(options.issuer) || Array.isArray(options.audience) || ![undefined, ANY_CLAIMS].includes(schema as never)
    if (typeof token !== 'string' || one.keys !== undefined || hasLists) return undefined
    const verdict = verifyByTheBook(token, SECRET, { now: (now?.().getTime() ?? 1_800_000_000_000) / 1000, ...options })
    if ('header' in verdict) return 'accepted'
    return verdict.code === 'ERR_JWT_CLAIM' ? `${verdict.code} ${verdict.claim} ${verdict.reason}` : verdict.code
  }

  it('has the same verdict as the corpus for most tokens, and for durations, mistyped claims and claims to sign', async () => {
    const counts = { token: 0, options: 0, claims: 0 }
    const wrong: unknown[] = []
    for (const one of CASES) {
      const verdict = await verdictOf(one)
      if (verdict !== undefined) counts[one.door as keyof typeof counts]++
      if (verdict !== undefined && verdict !== one.verdict) wrong.push([one.name, verdict, one.verdict])
    }
    expect(wrong).toEqual([])
    expect(counts.token).toBeGreaterThan(900)
    expect(counts.options).toBeGreaterThan(100)
    expect(counts.claims).toBeGreaterThan(250)
  })
})

describe('the fuzzer', () => {
  const FEW = { seed: 1, numRuns: 1000 }
  const MANY = { seed: 1, numRuns: 5000 }
  /** Those that peers get: without an option that no peer has. */
  const few = fc.sample(samples, FEW).filter(({ expected }) => !expected.allowMistyped)
  const refused = few.filter(({ token, expected }) => 'code' in verifyByTheBook(token, KEY, expected)).length

  it('finds nothing in so few tokens, and real peers reject most of what the reference rejects', async () => {
    const { failure, lenient } = await fuzz({ verify: verify as Engine, verifySync: verifySync as Engine }, FEW)
    expect(failure).toBeUndefined()
    expect(Object.keys(PEERS).filter((name) => (lenient.get(name) ?? 0) > refused / 2)).toEqual([])
  })

  it('makes the same tokens from the same seed, and others from another', () => {
    const [first, again, others] = [5, 5, 6].map((seed) => fc.sample(samples, { seed, numRuns: 100 }))
    expect(again).toEqual(first)
    expect(new Set([...first!, ...others!].map(({ token }) => token)).size).toBeGreaterThan(180)
  })

  it('makes tokens that are accepted, and tokens that are rejected for fifty reasons', async () => {
    const { verdicts } = await fuzz({}, MANY, {})
    expect(verdicts.get('accepted')).toBeGreaterThan(500)
    expect(verdicts.size).toBeGreaterThan(50)
  })

  type Options = Partial<Expected>
  /** What a token has in it, unless the error is about something other than rounded numbers. */
  function decodedUnless(error: unknown, token: string): object {
    if (!(error as Error).message.includes('2^53')) throw error
    const [header, claims] = token.split('.').map((segment) => JSON.parse(Buffer.from(segment, 'base64url').toString()) as object)
    return { header, claims }
  }

  it.each<readonly [string, Engine]>([
    ['accepts everything', () => ({ header: {}, claims: {} })],
    ['rejects everything', () => Promise.reject(new TypeError('no'))],
    ['is a second late', (token, key, options) => verify(token, key, { ...options, now: () => new Date(1_800_000_001_000) })],
    ['accepts whitespace', (token, key, options) => verify(token.trim(), key, options)],
    ['ignores the audience', (token, key, options) => verify(token, key, { ...Object.fromEntries(Object.entries(options).filter(([name]) => name !== 'audience')), ignoreAudience: true })], // prettier-ignore
    ['has another key', (token, _key, options) => verify(token, createKey(`${SECRET} of another`), options)],
    ['rounds numbers', (token, key, options) => verify(token, key, options).catch((error: unknown) => decodedUnless(error, token))],
    ['has a tolerance of milliseconds', (token, key, { clockTolerance = 0, ...options }: Options) => verify(token, key, { clockTolerance: clockTolerance === 3_600_000 ? 600 : clockTolerance, ...options } as object)], // prettier-ignore
    ['allows one more claim to be mistyped', (token, key, { allowMistyped, ...options }: Options) => verify(token, key, { ...options, ...(allowMistyped && { allowMistyped: [...allowMistyped, 'jti'] }) } as object)], // prettier-ignore
  ])('sees an engine that %s', async (_name, engine) => {
    expect((await fuzz({ engine }, MANY, {})).failure).toContain('engine says')
  })

  it('fails with the smallest token that a peer rejects and the reference accepts', async () => {
    const { lenient, failure } = await fuzz({}, FEW, { peer: () => 'Error: no' })
    expect(failure).toMatch(/^Property failed after \d+ tests\n\{ seed: 1, path: "[^]*peer refuses what the reference accepts: Error: no/)
    expect([...lenient]).toEqual([])
  })

  it('counts the tokens that a peer accepts and the reference rejects, and does nothing more', async () => {
    const { lenient, failure } = await fuzz({}, FEW, { peer: () => undefined })
    expect([...lenient]).toEqual([['peer', refused]])
    expect(failure).toBeUndefined()
  })

  it('finds nothing in so few claims to sign', async () => {
    expect((await fuzzSign({ sign: sign as Signer, signSync: signSync as Signer }, FEW)).failure).toBeUndefined()
  })

  it('makes the same claims from the same seed, which are signed, or rejected for twenty reasons', async () => {
    const report = await fuzzSign({}, MANY)
    expect(report.verdicts.get('signed')).toBeGreaterThan(1000)
    expect(report.verdicts.size).toBeGreaterThan(20)
    expect(await fuzzSign({}, MANY)).toEqual(report)
  })

  it.each<readonly [string, Signer]>([
    ['signs everything', () => 'e30.e30.AA'],
    ['rejects everything', () => Promise.reject(new TypeError('no'))],
    ['is a second late', (claims, key, options) => sign(claims, key, { ...options, now: () => new Date(1_800_000_001_000) } as Lifetime)],
    ['has milliseconds', (claims, key, options: { expiresIn?: unknown }) => sign(claims, key, { ...options, ...(options.expiresIn === 3_600_000 && { expiresIn: '1h' }) } as unknown as Lifetime)], // prettier-ignore
    ['rounds a claim up', (claims: { exp?: unknown }, key, options) => sign((typeof claims?.exp === 'number' ? { ...claims, exp: Math.ceil(claims.exp) } : claims) as object, key, options as Lifetime)], // prettier-ignore
    ['signs numbers that are rounded', (claims: { id?: unknown }, key, options) => sign(claims?.id === 2 ** 53 ? { ...claims, id: 2 ** 53 - 1 } : claims, key, options as Lifetime)], // prettier-ignore
  ])('sees a signer that %s', async (_name, engine) => {
    expect((await fuzzSign({ engine }, MANY)).failure).toContain('engine says')
  })
})
