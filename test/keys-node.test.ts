/** Keys of what Node alone has, and what a key shows to Node's `inspect`. */
import { createSecretKey, generateKeyPairSync } from 'node:crypto'
import { inspect } from 'node:util'
import { createKey, type JwtKeys } from 'hs256'
import { describe, expect, it } from 'vitest'
import { base64, base64url, hex } from './support/bytes.ts'
import { sign, verify } from './support/engine.ts'
import { forge } from './support/forge.ts'
import { failure } from './support/outcome.ts'

const SECRET = 'pâté, 東京 and other words that make it long enough'
const BYTES = new TextEncoder().encode(SECRET)
const K = base64url(BYTES)

const signWith = (keys: unknown): Promise<string> => sign({ sub: 'u1' }, keys as JwtKeys, { expiresIn: '1h' })

const TOKEN = forge(undefined, undefined, SECRET)

describe('createKey', () => {
  it.each([
    ['a KeyObject', createSecretKey(BYTES)],
    ['a Buffer from the pool', Buffer.from(SECRET)],
  ])('accepts %s, the same secret in every form', async (_name, secret) => {
    const key = createKey(secret, { kid: 'a' })
    expect(key.kid).toBe('a')
    expect((await verify(await signWith(key), createKey(SECRET))).claims.sub).toBe('u1')
    expect((await verify(await signWith(createKey(SECRET)), key)).key).toBe(key)
  })

  it('rejects a KeyObject of fewer than 32 bytes, and says how many there were', () => {
    expect(() => createKey(createSecretKey(BYTES.subarray(0, 31)))).toThrow(/^secret has 31 bytes; HS256 needs at least 32/)
  })

  it('rejects a KeyObject of something that is not a secret, and one of a key pair, which Node cannot always write as a JWK', () => {
    const ssh = createSecretKey(Buffer.from('ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ7Gz me@host'))
    expect(() => createKey(ssh)).toThrow(/^secret looks like a PEM file, an SSH key/)
    const pairs = [generateKeyPairSync('ed25519'), generateKeyPairSync('rsa-pss', { modulusLength: 1024 })]
    for (const key of pairs.flatMap(({ publicKey, privateKey }) => [publicKey, privateKey]))
      expect(() => createKey(key)).toThrow(new TypeError('the KeyObject must be of type secret'))
  })

  it('shows no secret that it rejects', () => {
    for (const secret of ['{"kty":"oct","k":"5f1d0c"}', 'short: 5f1d0c', { kty: 'oct', k: '5f1d0c=' }]) {
      const error = failure(() => createKey(secret))
      expect(error).toBeInstanceOf(Error)
      expect(inspect(error, { showHidden: true })).not.toContain('5f1d0c')
    }
  })
})

describe('a key', () => {
  it('is opaque', async () => {
    const spellings = [SECRET, K, base64(BYTES), hex(BYTES), BYTES.slice(0, 6).join(',')]
    const jwk = createKey({ kty: 'oct', k: K, kid: 'jwk-1' })
    for (const key of [createKey(SECRET), createKey(BYTES), jwk, createKey(createSecretKey(BYTES))]) {
      await signWith(key)
      const prototype = Reflect.getPrototypeOf(key) as object
      const error: unknown = await verify(TOKEN.replace(/.{4}$/, 'AAAA'), key).catch((reason: unknown) => reason)
      const parts = [key, Object.getOwnPropertyDescriptors(key), Object.getOwnPropertyDescriptors(prototype), error, structuredClone(key)]
      const inspected = parts.map((part) => inspect(part, { showHidden: true, depth: 10 }))
      const unchecked = inspect(key, { showHidden: true, depth: 10, customInspect: false, getters: true })
      const shown = [...inspected, unchecked, JSON.stringify(key), Object.values(key).join()].join('\n')
      for (const spelling of spellings) expect(shown.replaceAll(', ', ',')).not.toContain(spelling.replaceAll(', ', ','))
      expect(Object.getOwnPropertySymbols(key)).toEqual([])
      expect(Reflect.ownKeys(key)).toEqual(['kid'])
      for (const name of Reflect.ownKeys(prototype)) expect(['constructor', 'kid', Symbol.toStringTag]).toContain(name)
    }
  })
})
