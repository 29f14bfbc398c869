import { createKey, generateSecret, JwtError, JwtKeyNotFoundError, JwtSignatureError } from 'hs256'
import type { JwtHeader, JwtKey, JwtKeys, Secret } from 'hs256'
import { describe, expect, it, vi } from 'vitest'
import { base64url, bytesOf, fromBase64url } from './support/bytes.ts'
import { sign, verify, waiting } from './support/engine.ts'
import { forge } from './support/forge.ts'
import { failure, outcome } from './support/outcome.ts'
import { whilePolluted } from './support/polluted.ts'

const SECRET = 'pâté, 東京 and other words that make it long enough'
const BYTES = new TextEncoder().encode(SECRET)
const K = base64url(BYTES)
const OTHER = 'another secret, also of more than thirty-two bytes'

/** The functions as JavaScript calls them: unchecked. */
const makeKey: (secret: unknown, options?: unknown) => JwtKey = createKey as never
const verifyWith: (token: string, keys: unknown) => Promise<{ readonly key: JwtKey }> = verify as never
const signWith = (keys: unknown): Promise<string> => sign({ sub: 'u1' }, keys as JwtKeys, { expiresIn: '1h' })

const fill = (length: number): Uint8Array<ArrayBuffer> => new Uint8Array(length).fill(7)
const importHmac = (usages: KeyUsage[], extractable = false): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', BYTES, { name: 'HMAC', hash: 'SHA-256' }, extractable, usages)

/** A token with these header parameters, made with `SECRET`. */
const tokenWith = (header: object): string => forge(undefined, { alg: 'HS256', ...header }, SECRET)

const cryptoKey = await importHmac(['sign', 'verify'])
const extractable = await importHmac(['sign', 'verify'], true)

describe('generateSecret', () => {
  it('makes 32 random bytes as 43 characters of base64url, which createKey accepts', () => {
    expect(generateSecret()).toMatch(/^[\w-]{43}$/)
    expect(fromBase64url(generateSecret())).toHaveLength(32)
    expect(new Set(Array.from({ length: 100 }, generateSecret)).size).toBe(100)
    expect(createKey(generateSecret()).kid).toBeUndefined()
  })
})

describe('createKey', () => {
  const shifted = new Uint8Array([0, 0, 0, ...BYTES, 0, 0])
  const forms: readonly (readonly [name: string, secret: unknown])[] = [
    ['a string', SECRET],
    ['a Uint8Array', BYTES],
    ['an ArrayBuffer', BYTES.slice().buffer],
    ['a subarray with an offset', shifted.subarray(3, 3 + BYTES.length)],
    ['a DataView with an offset', new DataView(shifted.buffer, 3, BYTES.length)],
    ['a Uint8ClampedArray with an offset', new Uint8ClampedArray(shifted.buffer, 3, BYTES.length)],
    ['a JWK', { kty: 'oct', k: K }],
    ['a JWK with every member that it may have', { kty: 'oct', k: K, alg: 'HS256', use: 'sig', key_ops: ['sign', 'verify'], ext: true }],
    ['a JWK without a prototype', Object.assign(Object.create(null), { kty: 'oct', k: K })],
    ['a CryptoKey', cryptoKey],
    ['an extractable CryptoKey', extractable],
  ]

  it.each(forms)('accepts %s, the same secret in every form', async (_name, secret) => {
    const key = makeKey(secret)
    expect(Object.isFrozen(key)).toBe(true)
    expect((await verify(tokenWith({}), key)).key).toBe(key)
    expect((await verify(await signWith(key), createKey(SECRET))).claims.sub).toBe('u1')
  })

  describe('length', () => {
    it('of at least 32 bytes is required, and the error says how many there were, in whatever form', () => {
      const formsOf = (length: number): readonly unknown[] => {
        const text = 'é'.repeat(length / 2) + 'x'.repeat(length % 2)
        return [text, fill(64).subarray(0, length), { kty: 'oct', k: base64url(fill(length)) }]
      }
      for (const length of [0, 1, 31]) {
        const words = `secret has ${length} bytes; HS256 needs at least 32 (RFC 7518 §3.2): make one with generateSecret()`
        for (const secret of formsOf(length)) expect(failure(() => makeKey(secret))).toEqual(new RangeError(words))
      }
      for (const secret of formsOf(32)) expect(makeKey(secret).kid).toBeUndefined()
    })
  })

  describe('on a value that is not a secret', () => {
    const JWK = JSON.stringify({ kty: 'oct', k: 'A'.repeat(43) })
    // Public keys in base64, without their PEM lines: RSA of 2048, 4096 and 1024 bits, EC on P-256 and P-384.
    const RSA = ['MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A', 'MIICIjANBgkqhkiG9w0BAQEFAAOCAg8A', 'MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCB']
    const BARE = [...RSA, 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcD', 'MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAE'].map((head) => head + 'A'.repeat(60))
    const SSH = [`ssh-${SECRET}`, `sk-ssh-${SECRET}`, `"ecdsa-${SECRET}`, '"ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQ"']

    it.each([...BARE, ...SSH, `'${JWK}'`, `[${JWK}]`])('rejects what others may know, also after white space or a BOM: %j', (file) => {
      const words = 'secret looks like a PEM file, an SSH key or the text of a JWK: pass a shared secret, or the JWK as an object'
      for (const secret of [file, ` \n${file}`, `\uFEFF\r\n${file}`])
        for (const form of [secret, bytesOf(secret)]) expect(failure(() => createKey(form))).toEqual(new TypeError(words))
    })

    it.each([
      [`${SECRET}\uFFFD\n`, 'contains U+FFFD'],
      [` { "key": "${K}" }\n`, 'is a JSON object'],
      [`"${SECRET}"\n`, 'has white space or a BOM at an end'],
      [`"${SECRET}\n${SECRET}"`, 'is in quotes'],
    ])('names the first flaw of a string that has several: %j', (secret, flaw) => {
      expect(String(failure(() => createKey(secret)))).toContain(`TypeError: secret ${flaw}`)
    })

    const AROUND = `{'a': _} | _ {"a":1} | {"a":1} _ | "a" _ | my _ "kty" | x${RSA[0]} _ | xssh-rsa _ | abcLS0tLS1CRUdJT _ | BEGIN and ssh-rsa _`

    it.each([...AROUND.replaceAll('_', SECRET).split(' | '), 'correct horse {"kty":"battery"} staple'])(
      'accepts a string that only looks like one of these: %j',
      async (secret) => expect((await verifyWith(forge(undefined, undefined, secret), createKey(secret))).key).toBeDefined(),
    )

    it('is not slow on a long string', { tags: 'large' }, () => {
      const texts = [' | ', '{|"k', '|-', 'ssh|-a', '|\n{', '{"|} |x', '"|"|x', 'x| |x'].map((text) => text.split('|'))
      const start = performance.now()
      for (const [before = '', part = '', after = ''] of texts) failure(() => createKey(before + part.repeat(500_000) + after))
      expect(performance.now() - start).toBeLessThan(1000)
    })
  })

  describe('a JWK', () => {
    const SPARE_BITS = { k: `${'A'.repeat(42)}B` }
    const others = [{ kty: 'OCT' }, { alg: null }, SPARE_BITS, { k: ` ${K}` }, { kid: null }, { key_ops: [] }, { key_ops: null }]

    it.each([['for another algorithm', { alg: 'HS512' }], ...others.map((one) => [`with ${JSON.stringify(one)}`, one] as const)] as const)(
      'is rejected %s',
      (_what, members) => expect(failure(() => makeKey({ kty: 'oct', k: K, ...members }))).toBeInstanceOf(TypeError),
    )

    it('names the key by its kid, unless the option kid does', async () => {
      const jwk = { kty: 'oct', k: K, kid: 'jwk-1' }
      const key = createKey(jwk)
      expect(key.kid).toBe('jwk-1')
      expect((await verify(await signWith(key), key)).header.kid).toBe('jwk-1')
      expect(createKey(jwk, { kid: 'jwk-1' }).kid).toBe('jwk-1')
      for (const kid of ['jwk-1', undefined, null]) expect(makeKey({ ...jwk, kid }, { kid: 'mine' }).kid).toBe('mine')
    })
  })

  it.each<readonly [string, (operation: 'sign' | 'verify') => Secret | Promise<Secret>]>([
    ['the key_ops of a JWK', (operation) => ({ kty: 'oct', k: K, key_ops: [operation] })],
    ['the usages of a CryptoKey', (operation) => importHmac([operation])],
  ])('makes a key that does only what %s allow', async (_what, make) => {
    const [signer, verifier] = [createKey(await make('sign')), createKey(await make('verify'))]
    const token = await signWith(signer)
    expect((await verify(token, createKey(SECRET))).claims.sub).toBe('u1')
    expect((await verify(token, verifier)).key).toBe(verifier)
    await expect(signWith(verifier)).rejects.toBeInstanceOf(TypeError)
    await expect(verify(token, signer)).rejects.toBeInstanceOf(TypeError)
  })

  describe('a CryptoKey', () => {
    it('is rejected for another hash or algorithm', async () => {
      const { publicKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
      const ofSha1 = await crypto.subtle.importKey('raw', BYTES, { name: 'HMAC', hash: 'SHA-1' }, false, ['sign'])
      for (const key of [ofSha1, publicKey]) expect(failure(() => createKey(key))).toBeInstanceOf(TypeError)
    })

    it('signs nothing if it is for verification only, even if its usages are changed after createKey', async () => {
      const cryptoKey = await importHmac(['verify'])
      const key = createKey(cryptoKey, { kid: 'b' })
      expect(key.kid).toBe('b')
      failure(() => Reflect.apply(Array.prototype.push, cryptoKey.usages, ['sign'])) // Firefox has frozen them
      await expect(signWith(key)).rejects.toThrow('key is not allowed to sign')
    })
  })
})

describe('a list of keys', () => {
  const old = createKey(OTHER)
  const current = createKey(SECRET)

  it('signs with the first and verifies with any', async () => {
    const before = await signWith(old)
    const after = await signWith([current, old])
    expect((await verify(before, [current, old])).key).toBe(old)
    expect((await verify(after, [current, old])).key).toBe(current)
    expect((await verify(after, current)).key).toBe(current)
    await expect(verify(after, old)).rejects.toBeInstanceOf(JwtSignatureError)
  })

  it('has at most 16 keys, which are counted before they are compared', async () => {
    const many = Array.from({ length: 16 }, (_, i) => createKey(SECRET, { kid: `k${i}` }))
    expect((await verify(await signWith(many), many)).header.kid).toBe('k0')
    const same = Array.from({ length: 17 }, () => createKey(SECRET, { kid: 'same' }))
    await expect(signWith(same)).rejects.toThrow('1 to 16 keys')
    await expect(verify(tokenWith({}), same)).rejects.toThrow('1 to 16 keys')
  })

  it('needs only the first to be allowed to sign, but every one to be allowed to verify', async () => {
    const verifier = createKey({ kty: 'oct', k: K, key_ops: ['verify'] })
    const signer = createKey({ kty: 'oct', k: K, key_ops: ['sign'] })
    expect(await signWith([signer, verifier])).toBeTypeOf('string')
    await expect(signWith([verifier, signer])).rejects.toBeInstanceOf(TypeError)
    await expect(verify(tokenWith({}), [verifier, signer])).rejects.toBeInstanceOf(TypeError)
  })

  it.each<readonly [string, unknown]>([
    ['a raw string', SECRET],
    ['a JWK', { kty: 'oct', k: K }],
    ['an object that inherits from a key', Object.create(current)],
    ['a list in a list', [[current]]],
    ['a Set of keys', new Set([current])],
    ['two keys of one kid, and another between them', ['a', 'b', 'a'].map((kid) => createKey(SECRET, { kid }))],
  ])('rejects %s, before the token is read', async (_name, keys) => {
    for (const error of [await outcome(() => signWith(keys)), await outcome(() => verifyWith('garbage', keys))]) {
      expect(error).toBeInstanceOf(TypeError)
      expect(String(error)).not.toContain(SECRET)
    }
  })
})

describe('kid', () => {
  const plain = createKey(SECRET)
  const a = createKey(SECRET, { kid: 'a' })
  const b = createKey(SECRET, { kid: 'b' })
  const wrongA = createKey(OTHER, { kid: 'a' })
  const wrong = createKey(OTHER)
  const named = createKey(SECRET, { kid: 'toString' })

  it.each<readonly [string, JwtKeys, object, JwtKey]>([
    ['the first of several keys, a token without one', [b, a], {}, b],
    ['one without a kid next to one with another', [b, plain], { kid: 'a' }, plain],
    ['one without a kid after an equal one that fails', [wrongA, plain], { kid: 'a' }, plain],
    ['one with an equal kid after one without that fails', [wrong, a], { kid: 'a' }, a],
    ['an empty kid in the token, no kid in the key', plain, { kid: '' }, plain],
    ['a name from Object.prototype', [named, b], { kid: 'toString' }, named],
  ])('matches: %s', async (_name, keys, header, key) => {
    expect((await verify(tokenWith(header), keys)).key).toBe(key)
  })

  it.each(['b', 'A', 'a ', 'aa', '', '0', 'toString'])('does not match: %j', async (kid) => {
    await expect(verify(tokenWith({ kid }), [a])).rejects.toBeInstanceOf(JwtKeyNotFoundError)
  })
})

describe('a key function', () => {
  const key = createKey(SECRET, { kid: 'a' })
  const token = tokenWith({ kid: 'a', extra: 1 })

  it('is called once, with the frozen header', async () => {
    const find = vi.fn((_header: JwtHeader) => key)
    const { header } = await verify(token, find)
    expect(find.mock.calls).toEqual([[header]])
    expect(header).toEqual({ alg: 'HS256', kid: 'a', extra: 1 })
    expect(Object.isFrozen(find.mock.calls[0]?.[0])).toBe(true)
  })

  it('is not called for a token that is malformed or has another algorithm', async () => {
    const find = vi.fn(() => key)
    for (const bad of ['garbage', tokenWith({ alg: 'none' }), tokenWith({ crit: ['b64'] }), `${token.slice(0, -1)}=`])
      await expect(verify(bad, find)).rejects.toBeInstanceOf(JwtError)
    expect(find).not.toHaveBeenCalled()
  })

  waiting('may return a promise: of a key, of a list, of nothing, and one that rejects', async () => {
    expect((await verify(token, () => Promise.resolve(key))).key).toBe(key)
    expect((await verify(token, () => Promise.resolve([key]))).key).toBe(key)
    await expect(verify(token, () => Promise.resolve(undefined))).rejects.toBeInstanceOf(JwtKeyNotFoundError)
    const outage = new Error('the key store is down')
    await expect(verify(token, () => Promise.reject(outage))).rejects.toBe(outage)
  })

  it.each<readonly [string, () => unknown, abstract new (...given: never) => Error]>([
    ['a key with another secret', () => createKey(OTHER), JwtSignatureError],
    ['a key for signing only', () => createKey({ kty: 'oct', k: K, key_ops: ['sign'] }), TypeError],
    ['a function', () => () => key, TypeError],
  ])('that returns %s leads to the error that says so', async (_name, find, kind) => {
    await expect(verifyWith(token, find)).rejects.toBeInstanceOf(kind)
  })
})

describe('a key', () => {
  it('is made by createKey alone, not by its constructor', async () => {
    const Key = createKey(SECRET).constructor as new (kid: unknown) => JwtKey
    await expect(signWith(new Key({ secret: new Uint8Array(1), operations: ['sign'] }))).rejects.toBeInstanceOf(TypeError)
  })

  it('neither uses nor is broken by what Object.prototype lends it', async () => {
    const key = createKey(SECRET)
    await whilePolluted({ importing: 1, cryptoKey: 1, length: 8 }, async () => verify(await signWith(key), key))
    expect((await verify(await signWith(key), key)).claims.sub).toBe('u1')
  })
})
