/** What `hs256/sync` has of its own; `engines.test.ts` runs the suites of `sign` and `verify` over it. */
import { createSecretKey } from 'node:crypto'
import { createKey, JwtClaimError, JwtError, JwtKeyNotFoundError, sign, verify, type JwtKey } from 'hs256'
import { createSignerSync, createVerifierSync, signSync, verifySync } from 'hs256/sync'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { forge, SECRET } from './support/forge.ts'
import { failure, outcome } from './support/outcome.ts'
import { schemaOf } from './support/schemas.ts'

const key = createKey(SECRET)
const now = (): Date => new Date('2026-01-01T00:00:00Z')
const token = forge('{"sub":"u1","role":"admin","iat":1767225600,"exp":1767229200}')

/** What a failure tells: the same for two errors that a program cannot tell apart. */
const told = (error: unknown): unknown =>
  error instanceof Error
    ? {
        name: error.name,
        message: error.message,
        class: error.constructor.name,
        ...(error instanceof JwtError && { code: error.code }),
        ...(error instanceof JwtKeyNotFoundError && { kid: error.kid() }),
        ...(error instanceof JwtClaimError && { claim: error.claim, reason: error.reason, claims: error.claims(), issues: error.issues() }),
      }
    : error

afterEach(() => vi.unstubAllGlobals())

describe('createVerifierSync', () => {
  it('asks no key function about a token whose MAC is malformed', () => {
    const find = vi.fn(() => key)
    expect(failure(() => createVerifierSync(find, { now })(`${token.slice(0, -1)}=`))).toMatchObject({ code: 'ERR_JWT_MALFORMED' })
    expect(find).not.toHaveBeenCalled()
  })

  it('makes a function that refuses a callback', () => {
    const check = createVerifierSync(key, { now }) as (...given: readonly unknown[]) => unknown
    expect(failure(() => check(token, () => {}))).toBeInstanceOf(TypeError)
    expect(check(token, 5)).toMatchObject({ key }) // as an index of map
  })
})

describe('signSync', () => {
  it('needs neither a promise nor Web Crypto', () => {
    vi.stubGlobal('crypto', undefined)
    const made = signSync({ sub: 'u2' }, createKey(SECRET), { expiresIn: '1h', now })
    expect(verifySync(made, createKey(SECRET), { now }).claims.sub).toBe('u2')
  })
})

describe('verifySync', () => {
  const otherKey = createKey('another secret, also of more than thirty-two bytes')
  const calls: readonly (readonly [fact: string, token: unknown, keys: unknown, options?: unknown])[] = [
    ['a token that is right', token, key],
    ['a list of keys', token, [otherKey, key]],
    ['a key function', token, () => key],
    ['a key function that finds nothing', token, () => undefined],
    ['a schema', token, key, { now, schema: z.object({ role: z.string() }) }],
    ['a schema that rejects', token, key, { now, schema: z.object({ role: z.literal('user') }) }],
    ['not a string', 5, key],
    ['a MAC that is another', `${token.slice(0, -2)}AA`, key],
    ['a kid that no key has', forge('{"exp":4000000000}', '{"alg":"HS256","kid":"b"}'), [createKey(SECRET, { kid: 'a' })]],
    ['no exp', forge('{}'), key],
    ['an iss of the wrong type', forge('{"exp":4000000000,"iss":5}'), key],
    ['a token that has expired', token, key, { now: () => new Date('2026-01-01T01:00:00Z') }],
    ['a token from the future', token, key, { now: () => new Date('2025-01-01T00:00:00Z') }],
    ['an unknown option', token, key, { algorithms: ['HS256'] }],
    ['no key', token, undefined],
  ]

  it.each(calls)('returns what verify returns, and throws what it throws: %s', async (_fact, given, keys, options = { now }) => {
    const call = [given, keys, options] as unknown as Parameters<typeof verifySync>
    const awaited = told(await outcome(() => verify(...call)))
    expect(told(failure(() => verifySync(...call)))).toEqual(awaited)
  })

  it('accepts each letter of a MAC as verify does', async () => {
    const start = token.lastIndexOf('.') + 1
    for (let at = start; at < token.length; at++) {
      const changed = `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`
      const awaited = told(await outcome(() => verify(changed, key, { now })))
      expect(told(failure(() => verifySync(changed, key, { now })))).toEqual(awaited)
    }
  })

  it('shows the key function and the schema what verify shows them', async () => {
    const seen: unknown[] = []
    const find = (header: unknown): JwtKey => (seen.push(header), key)
    const validate = (value: unknown): { readonly value: object } => (seen.push(value), { value: {} })
    const schema = { '~standard': { version: 1, vendor: 'test', validate } } as const
    verifySync(token, find, { now, schema })
    await verify(token, find, { now, schema })
    expect(seen.slice(0, 2)).toEqual(seen.slice(2))
    expect(seen).toHaveLength(4)
  })
})

describe('createSignerSync and createVerifierSync', () => {
  it('return what signSync and verifySync return, and throw what they throw, at once', () => {
    const issue = createSignerSync(key, { expiresIn: '1h', now })
    const check = createVerifierSync(key, { now })
    expect(issue({ sub: 'u1' })).toBe(signSync({ sub: 'u1' }, key, { expiresIn: '1h', now }))
    expect(check(token)).toEqual(verifySync(token, key, { now }))
    expect(told(failure(() => check('a.b.c')))).toEqual(told(failure(() => verifySync('a.b.c', key, { now }))))
    expect(told(failure(() => issue({ sub: 5 } as never)))).toEqual(
      told(failure(() => signSync({ sub: 5 } as never, key, { expiresIn: '1h' }))),
    )
    expect([token, token].map(check)).toHaveLength(2)
  })
})

describe('a promise, which verifySync cannot wait for', () => {
  const REFUSAL = {
    constructor: TypeError,
    message: expect.stringMatching(/^the key function or the schema returned a promise: use createVerifier or verify$/) as string,
  }
  const thenable = (then: unknown): object => {
    const made = {}
    Reflect.set(made, 'then', then)
    return made
  }
  const unhandled: unknown[] = []
  const note = (reason: unknown): void => void unhandled.push(reason)

  it.each<readonly [string, () => unknown]>([
    ['that is fulfilled', () => Promise.resolve(key)],
    ['that is rejected', () => Promise.reject(new Error('the key store is down'))],
    ['of a kind of its own', () => thenable((_: unknown, reject: (reason: unknown) => void) => reject(new Error('down')))],
    ['that is a function', () => Object.assign(() => key, thenable(vi.fn()))],
    ['of an async function', async () => Promise.reject(new Error('down'))],
  ])('is a TypeError, and never an unhandled rejection: one %s', async (_kind, promise) => {
    process.on('unhandledRejection', note)
    expect(failure(() => verifySync(token, promise as never, { now }))).toMatchObject(REFUSAL)
    expect(failure(() => verifySync(token, key, { now, schema: schemaOf(promise) as never }))).toMatchObject(REFUSAL)
    await new Promise((resolve) => setTimeout(resolve, 5))
    process.off('unhandledRejection', note)
    expect(unhandled).toEqual([])
  })
})

describe('one key in both doors', async () => {
  const bytes = new TextEncoder().encode(SECRET)
  const imported = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify'])
  const forms: readonly (readonly [string, () => JwtKey])[] = [
    ['a string', () => createKey(SECRET)],
    ['bytes', () => createKey(bytes)],
    ['a JWK', () => createKey({ kty: 'oct', k: Buffer.from(bytes).toString('base64url') })],
    ['a CryptoKey that is not extractable', () => createKey(imported)],
    ['a KeyObject', () => createKey(createSecretKey(bytes))],
  ]

  it.each(forms)('works from %s, whichever door uses it first', async (_form, make) => {
    const [first, second] = [make(), make()]
    expect((await verify(token, first, { now })).key).toBe(first)
    expect(verifySync(token, first, { now }).key).toBe(first)
    expect(verifySync(token, second, { now }).key).toBe(second)
    expect((await verify(token, second, { now })).key).toBe(second)
    expect(signSync({}, second, { expiresIn: '1h', now })).toBe(await sign({}, second, { expiresIn: '1h', now }))
  })

  it('does only what it is allowed to do: one for verifying only does not sign', async () => {
    const verifier = createKey(await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']))
    expect(verifySync(token, verifier, { now }).key).toBe(verifier)
    expect(failure(() => signSync({}, verifier, { expiresIn: '1h' }))).toBeInstanceOf(TypeError)
  })
})
