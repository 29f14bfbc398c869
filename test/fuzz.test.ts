/** The fuzzer itself: it repeats itself by seed, its reference is right about the corpus, and it sees what is wrong. */
import { createKey, sign, verify, type Lifetime } from 'hs256'
import { signSync, verifySync } from 'hs256/sync'
import { describe, expect, it, vi } from 'vitest'
import { CASES } from './corpus/cases.ts'
import { ANY_CLAIMS } from './corpus/mistyped-claims.ts'
import { forge, SECRET } from './corpus/forge.ts'
import { orderOf } from './fuzz/claims.ts'
import { fuzz, type Engine } from './fuzz/fuzz.ts'
import { fuzzSign, type Signer } from './fuzz/fuzz-sign.ts'
import { PEERS } from './fuzz/peers.ts'
import { sampleOf, SECRET as KEY } from './fuzz/token.ts'
import { mistakeIn, type Expected } from './reference/claims.ts'
import { signByTheBook } from './reference/sign.ts'
import { verifyByTheBook, type Verdict } from './reference/verify.ts'

vi.setConfig({ testTimeout: 30_000 })

const engines = { verify: verify as Engine, verifySync: verifySync as Engine }

describe('the reference', () => {
  const SIMPLE = ['now', 'clockTolerance', 'requireExp', 'issuer', 'audience', 'subject', 'maxAge', 'allowMistyped', 'schema']
  const cases = CASES.flatMap((one) => {
    const options = one.door === 'token' && Object.entries(one.options ?? {})
    const isSimple = options && options.every(([name, value]) => SIMPLE.includes(name) && isKnown(name, value))
    return isSimple && one.keys === undefined ? [one] : []
  })
  /** The reference has one issuer and one audience, and one schema. */
  function isKnown(name: string, value: unknown): boolean {
    return name === 'schema' ? value === ANY_CLAIMS : name === 'allowMistyped' || !Array.isArray(value)
  }

  it('has a verdict for most tokens of the corpus', () => {
    expect(cases.length).toBeGreaterThan(900)
  })

  it('has the same verdict as the corpus for each', async () => {
    const wrong: unknown[] = []
    for (const one of cases) {
      const token = typeof one.token === 'function' ? one.token() : await forge(one.token)
      if (typeof token !== 'string') continue
      const { now, schema: _schema, ...expected } = (one.options ?? {}) as { readonly now?: () => Date; readonly schema?: unknown }
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

  it('has the same verdict as the corpus for the durations and mistyped claims that verify expects', () => {
    const simple = CASES.flatMap((one) => {
      const names = Object.keys(Object(one.door === 'options' ? one.options : undefined) as object)
      return names.some((name) => ['maxAge', 'clockTolerance', 'allowMistyped'].includes(name)) && names.every((name) => SIMPLE.includes(name)) ? [one] : [] // prettier-ignore
    })
    expect(simple.length).toBeGreaterThan(100)
    const said = ({ options }: { readonly options?: unknown }): string => {
      const { schema, ...expected } = options as Expected & { readonly schema?: unknown }
      if (expected.allowMistyped && schema !== ANY_CLAIMS) return 'TypeError' // the schema is the caller's, whom the reference does not check
      return mistakeIn({ ...expected, now: 0 })?.code ?? 'accepted'
    }
    expect(simple.filter((one) => said(one as never) !== one.verdict).map(({ name }) => name)).toEqual([])
  })

  it('has the same verdict as the corpus for claims to sign', () => {
    const toSign = CASES.flatMap((one) => (one.door === 'claims' ? [one] : []))
    expect(toSign.length).toBeGreaterThan(250)
    const said = ({ claims, options = {} }: (typeof toSign)[number]): string => {
      const written = signByTheBook({ claims: claims(), options: options as Readonly<Record<string, unknown>>, now: 1_800_000_000 })
      return 'mistake' in written ? written.mistake : 'accepted'
    }
    const wrong = toSign.filter((one) => said(one) !== one.verdict.replace('ERR_JWT_NOT_YET_VALID', 'accepted'))
    expect(wrong.map((one) => [one.name, said(one), one.verdict])).toEqual([])
  })
})

describe('the fuzzer', () => {
  it('finds nothing in so few tokens', async () => {
    expect((await fuzz(engines, 1, 2000)).failures).toEqual([])
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
    expect((await fuzz({ engine }, 1, 2000)).failures.length).toBeGreaterThan(0)
  })

  /** The verdicts of the reference on the tokens that peers get: those without an option that no peer has. */
  function verdictsForPeers(seed: number, tokens: number): readonly Verdict[] {
    const samples = Array.from({ length: tokens }, (_, i) => sampleOf(seed + i)).filter(({ expected }) => !expected.allowMistyped)
    return samples.map(({ token, expected }) => verifyByTheBook(token, KEY, expected))
  }
  const isAccepted = (verdict: Verdict): boolean => !('code' in verdict)

  it('calls real peers, which reject most of what the reference rejects', async () => {
    const { lenient } = await fuzz({}, 1, 2000)
    const refused = verdictsForPeers(1, 2000).filter((verdict) => !isAccepted(verdict)).length
    expect(Object.keys(PEERS).filter((name) => (lenient.get(name) ?? 0) > refused / 2)).toEqual([])
  })

  it('fails for each token that a peer rejects and the reference accepts', async () => {
    const { lenient, failures } = await fuzz({}, 1, 2000, { peer: () => 'Error: no' })
    expect(failures.length).toBe(verdictsForPeers(1, 2000).filter(isAccepted).length)
    expect(failures.length).toBeGreaterThan(100)
    expect(failures.filter((failure) => !/^seed \d+: peer refuses what the reference accepts: Error: no$/.test(failure))).toEqual([])
    expect([...lenient]).toEqual([])
  })

  it('counts the tokens that a peer accepts and the reference rejects, and does nothing more', async () => {
    const { lenient, failures } = await fuzz({}, 1, 2000, { peer: () => undefined })
    expect([...lenient]).toEqual([['peer', verdictsForPeers(1, 2000).filter((verdict) => !isAccepted(verdict)).length]])
    expect(failures).toEqual([])
  })
})

describe('the fuzzer of sign', () => {
  const signers = { sign: sign as Signer, signSync: signSync as Signer }

  it('finds nothing in so few claims', async () => {
    expect((await fuzzSign(signers, 1, 2000)).failures).toEqual([])
  })

  it('makes the same claims from the same seed, which are signed, or rejected for twenty reasons', async () => {
    expect(orderOf(5)).toEqual(orderOf(5))
    const { verdicts } = await fuzzSign({}, 1, 10_000)
    expect(verdicts.get('signed')).toBeGreaterThan(2000)
    expect(verdicts.size).toBeGreaterThan(20)
  })

  it.each<readonly [string, Signer]>([
    ['signs everything', () => 'e30.e30.AA'],
    ['rejects everything', () => Promise.reject(new TypeError('no'))],
    ['is a second late', (claims, key, options) => sign(claims, key, { ...options, now: () => new Date(1_800_000_001_000) } as Lifetime)],
    ['has milliseconds', (claims, key, options: { expiresIn?: unknown }) => sign(claims, key, { ...options, ...(options.expiresIn === 3_600_000 && { expiresIn: '1h' }) } as unknown as Lifetime)], // prettier-ignore
    ['rounds a claim up', (claims: { exp?: unknown }, key, options) => sign((typeof claims?.exp === 'number' ? { ...claims, exp: Math.ceil(claims.exp) } : claims) as object, key, options as Lifetime)], // prettier-ignore
    ['signs numbers that are rounded', (claims: { id?: unknown }, key, options) => sign(claims?.id === 2 ** 53 ? { ...claims, id: 2 ** 53 - 1 } : claims, key, options as Lifetime)], // prettier-ignore
  ])('sees an engine that %s', async (_name, engine) => {
    expect((await fuzzSign({ engine }, 1, 5000)).failures.length).toBeGreaterThan(0)
  })
})
