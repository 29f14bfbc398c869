/** Values of another realm, as Jest, `node:vm` and frames make them: what is checked is their kind, never their class. */
import { runInNewContext } from 'node:vm'
import { createKey, decodeUnverified, secondsLeft, type JwtKeys } from 'hs256'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { base64url } from './support/bytes.ts'
import { sign, verify } from './support/engine.ts'
import { SECRET } from './support/forge.ts'

const K = base64url(SECRET)
const list = [...new TextEncoder().encode(SECRET)]
const key = createKey(SECRET)

const NOW = 1_800_000_000
const now = (): Date => runInNewContext(`new Date(${NOW * 1000})`) as Date
const foreign = (code: string, globals?: object): never => runInNewContext(code, { ...globals }) as never

afterEach(() => vi.restoreAllMocks())

describe('createKey', () => {
  it.each([
    ['a Uint8Array', foreign('new Uint8Array(list)', { list })],
    ['an ArrayBuffer', foreign('new Uint8Array(list).buffer', { list })],
    ['a JWK', foreign(`({ kty: 'oct', k: '${K}' })`)],
  ])('accepts %s of another realm', async (_name, secret) => {
    const token = await sign({ sub: 'u1' }, createKey(secret), { expiresIn: '1h' })
    expect((await verify(token, key)).claims.sub).toBe('u1')
  })
})

describe('sign', () => {
  it('accepts claims of another realm', async () => {
    const claims = foreign(`({ sub: 'u1', groups: ['ops'], exp: new Date(5000) })`)
    expect(decodeUnverified(await sign(claims, key, { now })).claims).toEqual({ sub: 'u1', groups: ['ops'], exp: 5, iat: NOW })
  })

  it('rejects a Map of another realm, like one of this realm', async () => {
    await expect(sign({ claim: foreign('new Map()') }, key, { expiresIn: '1h' })).rejects.toBeInstanceOf(TypeError)
  })
})

describe('verify', () => {
  it('accepts options, a list and a Date of another realm', async () => {
    const token = await sign({ aud: 'orders' }, key, { expiresIn: '1h', now })
    expect((await verify(token, key, foreign(`({ audience: ['orders', 'bills'], now })`, { now }))).claims.aud).toBe('orders')
    const list: JwtKeys = foreign('[...keys]', { keys: [createKey('another secret, also of thirty-two bytes'), key] })
    expect((await verify(token, list, { audience: 'orders', now })).key).toBe(key)
  })

  it('works if the promises of Web Crypto are of another realm, as in Jest', async () => {
    const settle: <T>(pending: Promise<T>) => Promise<T> = foreign('(pending) => new Promise((...settle) => pending.then(...settle))')
    const HMAC = { name: 'HMAC', hash: 'SHA-256' }
    const cryptoKey = await crypto.subtle.importKey('raw', Uint8Array.from(list), HMAC, false, ['sign', 'verify'])
    vi.spyOn(crypto.subtle, 'importKey').mockImplementation(() => settle(Promise.resolve(cryptoKey)))
    const token = await sign({ sub: 'u1' }, createKey(SECRET), { expiresIn: '1h' })
    expect((await verify(token, createKey(SECRET))).claims.sub).toBe('u1')
  })
})

describe('secondsLeft', () => {
  it('accepts a Date of another realm', () => {
    expect(secondsLeft({ claims: { exp: NOW + 10 } } as never, { now })).toBe(10)
  })
})
