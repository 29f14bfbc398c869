/** Keys of what Node alone has, and what a key shows to Node's `inspect` and to another copy of the library. */
import { createSecretKey, generateKeyPairSync } from 'node:crypto'
import { inspect } from 'node:util'
import { createKey, type JwtKey, type JwtKeys } from 'hs256'
import { describe, expect, it, vi } from 'vitest'
import { base64, base64url, hex } from './support/bytes.ts'
import { sign, verify } from './support/engine.ts'
import { forge } from './support/forge.ts'
import { failure } from './support/outcome.ts'

const SECRET = 'pâté, 東京 and other words that make it long enough'
const BYTES = new TextEncoder().encode(SECRET)
const K = base64url(BYTES)

const verifyWith: (token: string, keys: unknown) => Promise<{ readonly key: JwtKey }> = verify as never
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
    const error = failure(() => createKey(createSecretKey(BYTES.subarray(0, 31))))
    expect(error).toBeInstanceOf(RangeError)
    expect(String(error)).toMatch(/\b31 bytes/)
  })

  it.each([
    '-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A',
    'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ7Gz me@host',
    '{"keys":[]}',
  ])('rejects a KeyObject and a Buffer of something that is not a secret: %j', (file) => {
    for (const form of [createSecretKey(Buffer.from(file)), Buffer.from(file)])
      expect(failure(() => createKey(form))).toBeInstanceOf(TypeError)
  })

  it.each(['publicKey', 'privateKey'] as const)('rejects a KeyObject that is a %s, its PEM and its JWK', (half) => {
    for (const pair of [generateKeyPairSync('ec', { namedCurve: 'P-256' }), generateKeyPairSync('ed25519')]) {
      const pem = pair[half].export({ type: half === 'publicKey' ? 'spki' : 'pkcs8', format: 'pem' } as never)
      for (const form of [pair[half], pem, pair[half].export({ format: 'jwk' })])
        expect(failure(() => createKey(form as never))).toBeInstanceOf(TypeError)
    }
  })

  it('says of which type a KeyObject must be', () => {
    const { publicKey } = generateKeyPairSync('ed25519')
    expect(() => createKey(publicKey)).toThrow(new TypeError('the KeyObject must be of type secret'))
  })

  it('rejects a KeyObject that Node cannot write as a JWK', () => {
    const { publicKey } = generateKeyPairSync('rsa-pss', { modulusLength: 1024 })
    expect(failure(() => createKey(publicKey))).toBeInstanceOf(TypeError)
  })

  it('shows no secret that it rejects', () => {
    const files = ['-----BEGIN PUBLIC KEY----- 5f1d0c', 'ssh-rsa 5f1d0c', '{"kty":"oct","k":"5f1d0c"}']
    for (const secret of [...files, 'short: 5f1d0c', '5f1d0c \uD800 lone', { kty: 'oct', k: '5f1d0c=' }]) {
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

  it('cannot be replaced by a KeyObject', async () => {
    const keyObject = createSecretKey(BYTES)
    for (const error of [signWith(keyObject), verifyWith('garbage', keyObject)]) await expect(error).rejects.toBeInstanceOf(TypeError)
  })

  it('of another copy of the library is rejected, and the message says so', async () => {
    const current = createKey(SECRET)
    vi.resetModules()
    const foreign = (await import('hs256')).createKey(SECRET)
    const refusal = new TypeError(
      'key is from another copy of hs256 (a bundle, a hot reload, a test reset, CommonJS mixed with ES modules) or another thread: share the secret, not the key, and call createKey where the key is used',
    )
    for (const keys of [foreign, [current, foreign]]) await expect(verifyWith(TOKEN, keys)).rejects.toEqual(refusal)
    await expect(signWith(foreign)).rejects.toEqual(refusal)
  })

  it('that was posted to a worker, or copied, is rejected, and the message says so', async () => {
    const named = createKey(SECRET, { kid: 'a' })
    for (const copy of [structuredClone(named), { ...named }, structuredClone(createKey(SECRET)), { kid: 'a' }]) {
      await expect(verifyWith(TOKEN, copy)).rejects.toThrow('or another thread: share the secret')
      await expect(signWith([copy])).rejects.toBeInstanceOf(TypeError)
    }
    for (const other of [{}, { kid: 'a', secret: '' }, { secret: '' }, ['kid']])
      await expect(verifyWith(TOKEN, [other])).rejects.toEqual(new TypeError('key must be made by createKey'))
  })
})
