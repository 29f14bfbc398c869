/** What `hs256/sync` has of its own: `engines.test.ts` runs the suites of `sign` and `verify` over it, and a property compares them. */
import { createSecretKey } from 'node:crypto'
import { createKey, JwtSignatureError, sign, verify, type JwtKey } from 'hs256'
import { createSignerSync, createVerifierSync, signSync, verifySync } from 'hs256/sync'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { forge, SECRET } from './support/forge.ts'
import { failure } from './support/outcome.ts'
import { schemaOf } from './support/schemas.ts'

const key = createKey(SECRET)
const now = (): Date => new Date('2026-01-01T00:00:00Z')
const token = forge('{"sub":"u1","role":"admin","iat":1767225600,"exp":1767229200}')

afterEach(() => vi.unstubAllGlobals())

describe('signSync and verifySync', () => {
  it('need neither a promise nor Web Crypto, and nor do the functions of createSignerSync and createVerifierSync', () => {
    vi.stubGlobal('crypto', undefined)
    const fresh = createKey(SECRET)
    const made = signSync({ sub: 'u2' }, fresh, { expiresIn: '1h', now })
    expect(verifySync(made, fresh, { now }).claims.sub).toBe('u2')
    expect(createSignerSync(key, { expiresIn: '1h', now })({ sub: 'u2' })).toBe(made)
    expect(createVerifierSync(key, { now })(made)).toEqual(verifySync(made, key, { now }))
  })
})

describe('createVerifierSync', () => {
  it('makes, as createSignerSync does, a function that refuses a callback, and ignores the index that map passes', () => {
    const check = createVerifierSync(key, { now }) as (...given: readonly unknown[]) => unknown
    const issue = createSignerSync(key, { expiresIn: '1h', now }) as typeof check
    for (const run of [check.bind(null, token), issue.bind(null, {})]) {
      expect(() => run(() => {})).toThrow('callbacks are not supported')
      expect(run(5)).toEqual(run())
    }
  })

  it('asks no key function about a token whose MAC is malformed', () => {
    const find = vi.fn(() => key)
    expect(failure(() => createVerifierSync(find, { now })(`${token.slice(0, -1)}=`))).toMatchObject({ code: 'ERR_JWT_MALFORMED' })
    expect(find).not.toHaveBeenCalled()
  })

  it('trusts no remembered MAC of a key that is no longer found', () => {
    let found: JwtKey | undefined = key
    const check = createVerifierSync(() => found, { now, remember: 4096 })
    for (let i = 0; i < 3; i++) expect(check(token).key).toBe(key)
    found = createKey('another secret of more than 32 bytes')
    expect(() => check(token)).toThrow(new JwtSignatureError('token signature does not match'))
    found = undefined
    expect(failure(() => check(token))).toMatchObject({ code: 'ERR_JWT_KEY_NOT_FOUND' })
  })

  it('adds each registered claim to the output of a schema', () => {
    const registered = { iss: 'a', sub: 'u1', aud: 'b', exp: 1_767_229_200, nbf: 1, iat: 1, jti: 'c' }
    const check = createVerifierSync(key, { now, audience: 'b', schema: schemaOf(() => ({ value: { role: 'admin' } })) as never })
    expect(check(forge({ ...registered, secret: true }))).toMatchObject({ key, claims: { ...registered, role: 'admin' } })
  })
})

describe('a promise, which verifySync cannot wait for', () => {
  const refusal = new TypeError('the key function or the schema returned a promise: use createVerifier or verify')
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
    expect(failure(() => verifySync(token, promise as never, { now }))).toEqual(refusal)
    expect(failure(() => verifySync(token, key, { now, schema: schemaOf(promise) as never }))).toEqual(refusal)
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
})
