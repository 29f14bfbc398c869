import { createKey, generateSecret, JwtError, JwtKeyNotFoundError, JwtSignatureError } from 'hs256'
import type { JwtHeader, JwtKey, JwtKeys, KeyFinder, Secret } from 'hs256'
import { describe, expect, it, vi } from 'vitest'
import { base64url, bytesOf, fromBase64url, utf16 } from './support/bytes.ts'
import { sign, verify, waiting } from './support/engine.ts'
import { forge } from './support/forge.ts'
import { macOf } from './support/mac.ts'
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
const importHmac = (bytes: Uint8Array<ArrayBuffer>, hash: string, usages: KeyUsage[] = ['sign', 'verify']): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash }, false, usages)

/** A token with these header parameters, made with `SECRET`. */
const tokenWith = (header: object): string => forge(undefined, { alg: 'HS256', ...header }, SECRET)

const cryptoKey = await importHmac(BYTES, 'SHA-256')
const extractable = await crypto.subtle.importKey('raw', BYTES, { name: 'HMAC', hash: 'SHA-256' }, true, ['sign', 'verify'])

describe('generateSecret', () => {
  it('makes 32 random bytes as 43 characters of base64url', () => {
    expect(generateSecret()).toMatch(/^[\w-]{43}$/)
    expect(fromBase64url(generateSecret())).toHaveLength(32)
    expect(new Set(Array.from({ length: 100 }, generateSecret)).size).toBe(100)
  })

  it('makes what createKey accepts', async () => {
    const key = createKey(generateSecret())
    expect((await verify(await signWith(key), key)).key).toBe(key)
  })
})

const KNOWN = 'secret looks like a PEM file, an SSH key or the text of a JWK: pass a shared secret, or the JWK as an object'

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
    const token = await signWith(key)
    const [signingInput, mac] = token.split(/\.(?=[^.]*$)/)
    expect(mac).toBe(macOf(String(signingInput), BYTES))
    for (const [, other] of forms) expect((await verify(token, makeKey(other))).claims.sub).toBe('u1')
    expect((await verify(await signWith(createKey(SECRET)), key)).key).toBe(key)
  })

  it('returns a frozen key synchronously', () => {
    expect(Object.isFrozen(createKey(SECRET))).toBe(true)
  })

  it('copies bytes: changing them later has no effect', async () => {
    const bytes = BYTES.slice()
    const keys = [createKey(bytes), createKey(bytes.buffer), createKey(new DataView(bytes.buffer))]
    bytes.fill(0)
    for (const key of keys) expect((await verify(await signWith(createKey(SECRET)), key)).key).toBe(key)
  })

  describe('length', () => {
    const forms: Readonly<Record<string, (length: number) => unknown>> = {
      'a string': (length) => 'x'.repeat(length),
      'a string of two-byte characters': (length) => 'é'.repeat(length / 2) + 'x'.repeat(length % 2),
      'a string of four-byte characters': (length) => '𝄞'.repeat(length / 4) + 'x'.repeat(length % 4),
      bytes: fill,
      'a short view of a long buffer': (length) => fill(64).subarray(0, length),
      'an ArrayBuffer': (length) => fill(length).buffer,
      'a JWK': (length) => ({ kty: 'oct', k: base64url(fill(length)) }),
    }

    it.each(Object.entries(forms))('of at least 32 bytes is required, and the error says how many there were: %s', (_name, make) => {
      for (const length of [0, 1, 30, 31]) {
        const error = failure(() => makeKey(make(length)))
        expect(error).toBeInstanceOf(RangeError)
        expect(String(error)).toMatch(new RegExp(`\\b${length} bytes`))
      }
      expect(makeKey(make(32)).kid).toBeUndefined()
    })

    it('of a CryptoKey is checked, too', async () => {
      const [short, enough] = [await importHmac(fill(31), 'SHA-256'), await importHmac(fill(32), 'SHA-256')]
      expect(failure(() => createKey(short))).toBeInstanceOf(RangeError)
      expect(createKey(enough).kid).toBeUndefined()
    })
  })

  describe('on a value that is not a secret', () => {
    it('asks about the environment variable if it is undefined', () => {
      const error = failure(() => createKey(undefined))
      expect(error).toBeInstanceOf(TypeError)
      expect(String(error)).toContain('environment variable')
    })

    it.each<readonly [string, unknown]>([
      ['null', null],
      ['a promise', Promise.resolve(SECRET)],
      ['a key', createKey(SECRET)],
      ['a class instance that looks like a JWK', new (class Jwk { kty = 'oct'; k = K })()], // prettier-ignore
      ['a lone surrogate', `${SECRET}\uD800`],
    ])('rejects %s', (_name, secret) => {
      expect(failure(() => makeKey(secret))).toBeInstanceOf(TypeError)
    })

    const base64 = 'AAAAB3NzaC1yc2EAAAADAQABAAABgQDK0wmN'
    const JWK = JSON.stringify({ kty: 'oct', k: 'A'.repeat(43) })
    const PEM = '-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A\n-----END PUBLIC KEY-----'
    const files: readonly (readonly [string, string | Uint8Array])[] = [
      ['a public key in PEM', `-----BEGIN PUBLIC KEY-----\n${base64}\n-----END PUBLIC KEY-----\n`],
      ['a PEM below a comment', `# our key\r\n-----BEGIN RSA PUBLIC KEY-----\r\n${base64}\r\n-----END RSA PUBLIC KEY-----`],
      ['an SSH2 public key', `---- BEGIN SSH2 PUBLIC KEY ----\n${base64}\n---- END SSH2 PUBLIC KEY ----`],
      ['ssh-rsa', `ssh-rsa ${base64} me@host`],
      ['ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTY= me@host'],
      ['sk-ssh-ed25519@openssh.com', `sk-ssh-ed25519@openssh.com ${base64}`],
      ['a JWK', JSON.stringify({ kty: 'oct', k: K })],
      ['a JWK over several lines', JSON.stringify({ kid: 'a', kty: 'oct', k: K }, null, 2)],
      ['a JWKS', JSON.stringify({ keys: [{ kty: 'oct', k: K }] })],
      ['a PEM file in UTF-16', utf16(PEM)],
      ['a PEM file in base64', btoa(PEM)],
      ['a JWK in quotes', `'${JWK}'`],
      ['a JWK that was written as JSON twice', JSON.stringify(JWK)],
      ['a list of JWKs', `[${JWK}]`],
      ['a string that starts like an SSH key', `ssh-${SECRET}`],
      ['a string that starts like an SSH key of a security token', `sk-ssh-${SECRET}`],
      ['a string that starts like an SSH key, after a quote', `"ecdsa-${SECRET}`],
      ['an SSH key in quotes', '"ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQ"'],
      ['an SSH key after its host', 'git.example ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI'],
    ]
    const prefixes = ['', ' ', '\n', '\r\n\t ', '\uFEFF', '\uFEFF\n']

    it.each(files)('rejects %s, as a string and as bytes, also after whitespace or a BOM', (_name, file) => {
      for (const prefix of prefixes) {
        const secret = typeof file === 'string' ? prefix + file : file
        for (const form of [secret, bytesOf(secret), { kty: 'oct', k: base64url(secret) }])
          expect(failure(() => makeKey(form))).toBeInstanceOf(TypeError)
      }
    })

    const TRIM = 'white space or a BOM at an end: trim it'
    const UNQUOTE = 'in quotes: remove them'
    const CLEAN = 'control character such as a line break: remove it'

    it.each([
      ['a line end after it', `${SECRET}\n`, TRIM],
      ['a space before it', ` ${SECRET}`, TRIM],
      ['a no-break space after it', `${SECRET}\u00a0`, TRIM],
      ['a BOM before it', `\uFEFF${SECRET}`, TRIM],
      ['only white space', ' '.repeat(40), TRIM],
      ['quotes around it', `"${SECRET}"`, UNQUOTE],
      ['single quotes around it', `'${SECRET}'`, UNQUOTE],
      ['a line end in its middle', `${SECRET}\n${SECRET}`, CLEAN],
      ['DEL at its end', `${SECRET}\u007f`, CLEAN],
      ['a control character of Latin-1', `${SECRET}\u0085${SECRET}`, CLEAN],
    ])('rejects a string with %s, and names both cures; as bytes it is a secret', async (_name, secret, cure) => {
      const error = failure(() => createKey(secret))
      expect(error).toBeInstanceOf(TypeError)
      expect(String(error)).toContain(cure)
      expect(String(error)).toContain(' if the other side does so; otherwise pass its bytes, new TextEncoder().encode(secret)')
      expect(String(error)).not.toContain(SECRET)
      const token = forge(undefined, undefined, secret)
      for (const bytes of [bytesOf(secret), bytesOf(secret).buffer, { kty: 'oct', k: base64url(secret) }] as const)
        expect((await verifyWith(token, createKey(bytes))).key).toBeDefined()
      await expect(verifyWith(token, createKey(SECRET))).rejects.toBeInstanceOf(JwtSignatureError)
    })

    it.each([`${SECRET}\uFFFD`, `\uFFFD${SECRET}`, `${SECRET}\uFFFD\n`])('rejects a string that was bytes, read as UTF-8: %j', (secret) => {
      const mistake = new TypeError('secret contains U+FFFD: binary data was read as text, so pass the bytes')
      expect(failure(() => createKey(secret))).toEqual(mistake)
      expect(createKey(bytesOf(secret)).kid).toBeUndefined()
    })

    it.each([
      JSON.stringify({ type: 'HS256', key: K }),
      ` ${JSON.stringify({ type: 'HS256', key: K }, null, 2)}\n`,
      `{ "secret": "${SECRET}" }`,
    ])('rejects a string that is a JSON object: %j', (secret) => {
      const mistake = new TypeError('secret is a JSON object: pass the secret inside it, or all of its bytes')
      expect(failure(() => createKey(secret))).toEqual(mistake)
    })

    it.each([
      `${SECRET} ${SECRET}`,
      `it's ${SECRET}`,
      `"${SECRET}`,
      `${SECRET}'`,
      `"${SECRET}'`,
      `{${SECRET}}`,
      `{'a': ${SECRET}}`,
      `${SECRET} {"a":1}`,
      `[1, "${SECRET}"]`,
      `{"a":1} ${SECRET}`,
      `"a" ${SECRET}`,
      `xssh-rsa ${SECRET}`,
      `abcLS0tLS1CRUdJT ${SECRET}`,
      `abcMFkwEwYHKoZIzj ${SECRET}`,
      `a secret about BEGIN and ssh-rsa, long enough`,
      `my ${SECRET} "kty"`,
      `${SECRET} LS0tLS1CRUdJT`,
      'correct horse {"kty":"battery"} staple',
    ])('accepts a string that only looks like one of these: %j', async (secret) => {
      expect((await verifyWith(forge(undefined, undefined, secret), createKey(secret))).key).toBeDefined()
    })

    it('rejects a public key in base64 without its PEM lines: RSA of 2048, 4096 and 1024 bits, EC on P-256 and P-384', () => {
      const rest = 'A'.repeat(60)
      const heads = [
        'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A',
        'MIICIjANBgkqhkiG9w0BAQEFAAOCAg8A',
        'MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCB',
        'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcD',
        'MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAE',
      ]
      for (const head of heads)
        for (const text of [head, `\n${head}`])
          expect(
            failure(() => createKey(text + rest)),
            text,
          ).toEqual(new TypeError(KNOWN))
      expect(createKey(`x${String(heads[0])}${rest}`).kid).toBeUndefined()
    })

    it('is not slow on a long string', { tags: 'large' }, () => {
      const texts = [
        ' '.repeat(500_000),
        `{${'"k'.repeat(250_000)}`,
        '-'.repeat(500_000),
        `ssh${'-a'.repeat(250_000)}`,
        '\n{'.repeat(250_000),
        `{"${'} '.repeat(250_000)}x`,
        `"${'"'.repeat(500_000)}x`,
        `x${' '.repeat(500_000)}x`,
      ]
      const start = performance.now()
      for (const secret of texts) failure(() => createKey(secret))
      expect(performance.now() - start).toBeLessThan(1000)
    })
  })

  describe('a JWK', () => {
    it.each<readonly [string, unknown]>([
      ['without kty', { k: K }],
      ['without k', { kty: 'oct' }],
      ['whose kty is in another case', { kty: 'OCT', k: K }],
      ['for another algorithm', { kty: 'oct', k: K, alg: 'HS512' }],
      ['for no algorithm', { kty: 'oct', k: K, alg: null }],
      ['for encryption', { kty: 'oct', k: K, use: 'enc' }],
      ['whose k has spare bits', { kty: 'oct', k: `${'A'.repeat(42)}B` }],
      ['whose k has whitespace', { kty: 'oct', k: ` ${K}` }],
      ['whose kid is empty', { kty: 'oct', k: K, kid: '' }],
      ['whose kid is not a string', { kty: 'oct', k: K, kid: 5 }],
      ['whose kid is null', { kty: 'oct', k: K, kid: null }],
      ['set', { keys: [{ kty: 'oct', k: K }] }],
    ])('is rejected %s', (_name, jwk) => {
      expect(failure(() => makeKey(jwk))).toBeInstanceOf(TypeError)
    })

    it('names the key by its kid, unless the option kid does', async () => {
      const jwk = { kty: 'oct', k: K, kid: 'jwk-1' }
      const key = createKey(jwk)
      expect(key.kid).toBe('jwk-1')
      expect((await verify(await signWith(key), key)).header.kid).toBe('jwk-1')
      expect(createKey(jwk, { kid: 'jwk-1' }).kid).toBe('jwk-1')
      for (const kid of ['jwk-1', undefined, null]) expect(makeKey({ ...jwk, kid }, { kid: 'mine' }).kid).toBe('mine')
    })

    it.each([[['wrapKey']], [[]], ['sign'], [null]])('for neither is rejected at once: %j', (operations) => {
      expect(failure(() => createKey({ kty: 'oct', k: K, key_ops: operations as string[] }))).toBeInstanceOf(TypeError)
    })
  })

  it.each<readonly [string, (operation: 'sign' | 'verify') => Secret | Promise<Secret>]>([
    ['the key_ops of a JWK', (operation) => ({ kty: 'oct', k: K, key_ops: [operation] })],
    ['the usages of a CryptoKey', (operation) => importHmac(BYTES, 'SHA-256', [operation])],
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
      const aes = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt'])
      const { publicKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
      for (const key of [await importHmac(fill(64), 'SHA-512'), await importHmac(fill(64), 'SHA-1'), aes, publicKey]) {
        expect(failure(() => createKey(key))).toBeInstanceOf(TypeError)
      }
    })

    it('signs nothing if it is for verification only, even if its usages are changed after createKey', async () => {
      const cryptoKey = await importHmac(fill(32), 'SHA-256', ['verify'])
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
  const many = (count: number): JwtKey[] => Array.from({ length: count }, (_, i) => createKey(SECRET, { kid: `k${i}` }))

  it('signs with the first and verifies with any', async () => {
    const before = await signWith(old)
    const after = await signWith([current, old])
    expect((await verify(before, [current, old])).key).toBe(old)
    expect((await verify(after, [current, old])).key).toBe(current)
    expect((await verify(after, current)).key).toBe(current)
    await expect(verify(after, old)).rejects.toBeInstanceOf(JwtSignatureError)
    await expect(verify(before, [current])).rejects.toBeInstanceOf(JwtSignatureError)
  })

  it('has 1 to 16 keys', async () => {
    const token = await signWith(many(1))
    expect((await verify(token, many(16))).header.kid).toBe('k0')
    expect(await signWith(many(16))).toMatch(/^[\w-]+\.[\w-]+\.[\w-]{43}$/)
    for (const keys of [[], many(17)]) {
      await expect(signWith(keys)).rejects.toBeInstanceOf(TypeError)
      await expect(verify(token, keys)).rejects.toBeInstanceOf(TypeError)
    }
  })

  it('is measured before the keys in it are compared, which would take long', async () => {
    const keys = Array.from({ length: 17 }, () => createKey(SECRET, { kid: 'same' }))
    await expect(verify(await signWith(current), keys)).rejects.toThrow('1 to 16 keys')
  })

  it('is not changed, and may be frozen', async () => {
    const keys = Object.freeze([current, old])
    await verify(await signWith(keys), keys)
    expect(keys).toEqual([current, old])
  })

  it('cannot have two keys with the same kid', async () => {
    const twins = [createKey(SECRET, { kid: 'a' }), createKey(OTHER, { kid: 'b' }), createKey(OTHER, { kid: 'a' })]
    await expect(signWith(twins)).rejects.toBeInstanceOf(TypeError)
    await expect(verify(tokenWith({}), twins)).rejects.toBeInstanceOf(TypeError)
    expect((await verify(tokenWith({}), [old, current])).key).toBe(current) // two without a kid are fine
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
    ['a look-alike', { kid: undefined }],
    ['an object that inherits from a key', Object.create(current)],
    ['undefined', undefined],
    ['null', null],
    ['a list with a string', [current, SECRET]],
    ['a list in a list', [[current]]],
    ['a Set of keys', new Set([current])],
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
    ['a key without a kid, a token with one', plain, { kid: 'a' }, plain],
    ['a key with a kid, a token without one', a, {}, a],
    ['the same kid', a, { kid: 'a' }, a],
    ['the same kid among several', [b, a], { kid: 'a' }, a],
    ['the first of several keys, a token without one', [b, a], {}, b],
    ['one without a kid next to one with another', [b, plain], { kid: 'a' }, plain],
    ['one without a kid after an equal one that fails', [wrongA, plain], { kid: 'a' }, plain],
    ['one with an equal kid after one without that fails', [wrong, a], { kid: 'a' }, a],
    ['an empty kid in the token, no kid in the key', plain, { kid: '' }, plain],
    ['a name from Object.prototype', [named, b], { kid: 'toString' }, named],
  ])('matches: %s', async (_name, keys, header, key) => {
    expect((await verify(tokenWith(header), keys)).key).toEqual(key)
  })

  it.each(['b', 'A', 'a ', 'aa', '', '__proto__', 'toString', 'constructor', 'hasOwnProperty', '0'])('does not match: %j', async (kid) => {
    const error = await outcome(() => verify(tokenWith({ kid }), [a]))
    expect(error).toBeInstanceOf(JwtKeyNotFoundError)
    expect(error).toMatchObject({ code: 'ERR_JWT_KEY_NOT_FOUND' })
  })

  it('keeps a key with another kid from being tried, and leads to a signature error if every matching key fails', async () => {
    await expect(verify(tokenWith({ kid: 'a' }), [wrongA, b])).rejects.toBeInstanceOf(JwtSignatureError)
    await expect(verify(tokenWith({}), [wrongA, wrong])).rejects.toBeInstanceOf(JwtSignatureError)
  })

  it.each<unknown>([undefined, '', null, 5, ['a'], Object('a')])('is rejected by createKey if it is %o', (kid) => {
    expect(failure(() => makeKey(SECRET, { kid }))).toBeInstanceOf(TypeError)
  })
})

describe('a key function', () => {
  const key = createKey(SECRET, { kid: 'a' })
  const token = tokenWith({ kid: 'a', extra: 1 })

  it.each<readonly [string, KeyFinder]>([
    ['a key', () => key],
    ['a list', () => [createKey(OTHER), key]],
  ])('may return %s', async (_name, find) => {
    expect((await verify(token, find)).key).toBe(key)
  })

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
    ['undefined', () => undefined, JwtKeyNotFoundError],
    ['a key of another kid', () => createKey(SECRET, { kid: 'b' }), JwtKeyNotFoundError],
    ['a key with another secret', () => createKey(OTHER), JwtSignatureError],
    ['null', () => null, TypeError],
    ['two keys with the same kid', () => [key, key], TypeError],
    ['a key for signing only', () => createKey({ kty: 'oct', k: K, key_ops: ['sign'] }), TypeError],
    ['a function', () => () => key, TypeError],
  ])('that returns %s leads to the error that says so', async (_name, find, kind) => {
    await expect(verifyWith(token, find)).rejects.toBeInstanceOf(kind)
  })

  it('passes on its own errors', async () => {
    const outage = new Error('the key store is down')
    const throwing = (): never => {
      throw outage
    }
    await expect(verify(token, throwing)).rejects.toBe(outage)
  })

  it('cannot be used to sign', async () => {
    await expect(signWith(() => key)).rejects.toBeInstanceOf(TypeError)
  })
})

describe('createKey', () => {
  it('is the only way to make a key: the constructor of one does not', async () => {
    const Key = createKey(SECRET).constructor as new (kid: unknown) => ReturnType<typeof createKey>
    await expect(signWith(new Key({ secret: new Uint8Array(1), operations: ['sign'] }))).rejects.toBeInstanceOf(TypeError)
  })
})

describe('a key with a polluted Object.prototype', () => {
  it('neither uses nor is broken by what is inherited', async () => {
    const key = createKey(SECRET)
    await whilePolluted({ importing: 1, cryptoKey: 1, length: 8 }, async () => verify(await signWith(key), key))
    expect((await verify(await signWith(key), key)).claims.sub).toBe('u1')
  })
})
