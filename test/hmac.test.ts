/** The only crypto, from inside: the public doors make no short keys and sign no bare text. */
import { createKey, generateSecret, sign, verify } from 'hs256'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { decode } from '../src/encoding/base64url.ts'
import * as node from '../src/hmac/node.ts'
import * as webcrypto from '../src/hmac/webcrypto.ts'
import { toKey, type JwtKey } from '../src/keys/key.ts'

const AB = Uint8Array.of(97, 46, 98)
const SECRET = 'correct horse battery staple, 32+'

function keyOf(secret: Uint8Array<ArrayBuffer>): JwtKey {
  return toKey({ secret, operations: ['sign', 'verify'], kid: undefined, cryptoKey: undefined, importing: undefined }, undefined)
}

function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16))
}

const textBytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)

// RFC 4231 §4.
const RFC_4231 = [
  {
    name: '§4.2 (case 1)',
    secret: new Uint8Array(20).fill(0x0b),
    input: textBytes('Hi There'),
    mac: 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
  },
  {
    name: '§4.3 (case 2, a key shorter than the MAC)',
    secret: new TextEncoder().encode('Jefe'),
    input: textBytes('what do ya want for nothing?'),
    mac: '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  },
  {
    name: '§4.4 (case 3, data that are no text)',
    secret: new Uint8Array(20).fill(0xaa),
    input: new Uint8Array(50).fill(0xdd),
    mac: '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe',
  },
  {
    name: '§4.5 (case 4, a key of 25 bytes)',
    secret: Uint8Array.from({ length: 25 }, (_, i) => i + 1),
    input: new Uint8Array(50).fill(0xcd),
    mac: '82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b',
  },
  {
    name: '§4.7 (case 6, a key longer than a block)',
    secret: new Uint8Array(131).fill(0xaa),
    input: textBytes('Test Using Larger Than Block-Size Key - Hash Key First'),
    mac: '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
  },
  {
    name: '§4.8 (case 7, key and data longer than a block)',
    secret: new Uint8Array(131).fill(0xaa),
    input: textBytes(
      'This is a test using a larger than block-size key and a larger than block-size data. ' +
        'The key needs to be hashed before being used by the HMAC algorithm.',
    ),
    mac: '9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2',
  },
] as const

// RFC 4231 §4.6 (case 5) prints the first 128 bits alone.
const TRUNCATED = {
  secret: new Uint8Array(20).fill(0x0c),
  input: textBytes('Test With Truncation'),
  mac: 'a3b6167473100ee06e0c796c2955552b',
}

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const { signMac, verifyMac } = webcrypto
const ENGINES = [
  { name: 'Web Crypto', signMac, verifyMac },
  { name: 'node:crypto', signMac: node.signMac, verifyMac: node.verifyMac },
]

describe.each(ENGINES)('signMac on $name', ({ signMac }) => {
  it.each(RFC_4231)('makes the MAC of RFC 4231 $name', async ({ secret, input, mac }) => {
    expect(decode(await signMac(keyOf(secret), input))).toEqual(bytesOf(mac))
  })

  it('makes a MAC that begins with the one of RFC 4231 §4.6 (case 5, truncated to 128 bits)', async () => {
    const mac = decode(await signMac(keyOf(TRUNCATED.secret), TRUNCATED.input))
    expect(mac).toHaveLength(32)
    expect(mac?.subarray(0, 16)).toEqual(bytesOf(TRUNCATED.mac))
  })

  it('writes 43 characters of base64url', async () => {
    expect(await signMac(createKey(SECRET), AB)).toMatch(/^[\w-]{43}$/)
  })
})

describe.each(ENGINES)('verifyMac on $name', ({ verifyMac }) => {
  it.each(RFC_4231)('accepts the MAC of RFC 4231 $name', async ({ secret, input, mac }) => {
    expect(await verifyMac(keyOf(secret), input, bytesOf(mac))).toBe(true)
  })

  it('refuses a truncated MAC (RFC 4231 §4.6)', async () => {
    expect(await verifyMac(keyOf(TRUNCATED.secret), TRUNCATED.input, bytesOf(TRUNCATED.mac))).toBe(false)
  })

  it('refuses a MAC with any one bit changed', async () => {
    const [{ secret, input, mac }] = RFC_4231
    const key = keyOf(secret)
    for (let bit = 0; bit < 256; bit++) {
      const wrong = bytesOf(mac)
      wrong[bit >> 3]! ^= 1 << (bit & 7)
      if (await verifyMac(key, input, wrong)) expect.fail(`bit ${bit} was not looked at`)
    }
  })

  it.each([0, 1, 16, 31, 33, 64])('refuses a MAC of %i bytes', async (length) => {
    const [{ secret, input, mac }] = RFC_4231
    const wrong = new Uint8Array(length)
    wrong.set(bytesOf(mac).subarray(0, length))
    expect(await verifyMac(keyOf(secret), input, wrong)).toBe(false)
  })

  it('refuses the MAC of another text and of another key', async () => {
    const [{ secret, input, mac }] = RFC_4231
    expect(await verifyMac(keyOf(secret), Uint8Array.of(...input, 32), bytesOf(mac))).toBe(false)
    expect(await verifyMac(keyOf(new Uint8Array(20).fill(0x0c)), input, bytesOf(mac))).toBe(false)
  })
})

describe('verifyMac on Web Crypto', () => {
  it('leaves the comparison to it, which does it in constant time', async () => {
    const compare = vi.spyOn(crypto.subtle, 'verify')
    const [{ secret, input, mac }] = RFC_4231
    await verifyMac(keyOf(secret), input, bytesOf(mac))
    expect(compare).toHaveBeenCalledTimes(1)
  })
})

describe('verifyMac on node:crypto', () => {
  it('looks at every byte, whichever differs first: constant time', () => {
    const [{ secret, input, mac }] = RFC_4231
    const looks: number[] = []
    const wrong = bytesOf(mac).map((byte) => byte ^ 255)
    const watched = new Proxy(wrong, {
      get: (bytes, name) => {
        if (typeof name === 'string' && /^\d+$/.test(name)) looks.push(Number(name))
        return Reflect.get(bytes, name, bytes) as unknown
      },
    })
    expect(node.verifyMac(keyOf(secret), input, watched)).toBe(false)
    expect(looks).toEqual(Array.from({ length: 32 }, (_, i) => i))
  })
})

describe('the CryptoKey', () => {
  it('is imported on first use, not extractable, and once for all uses', async () => {
    const importKey = vi.spyOn(crypto.subtle, 'importKey')
    const key = createKey(SECRET)
    expect(importKey).not.toHaveBeenCalled()
    const tokens = await Promise.all([1, 2, 3].map((jti) => sign({ jti: `${jti}` }, key, { expiresIn: '1h' })))
    await Promise.all(tokens.map((token) => verify(token, key)))
    expect(importKey).toHaveBeenCalledTimes(1)
    const [format, , algorithm, extractable, usages] = importKey.mock.calls[0] ?? []
    expect([format, algorithm, extractable, usages]).toEqual(['raw', { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']])
  })

  it('is imported for each key on its own', async () => {
    const importKey = vi.spyOn(crypto.subtle, 'importKey')
    await signMac(createKey(SECRET), AB)
    await signMac(createKey(SECRET), AB)
    expect(importKey).toHaveBeenCalledTimes(2)
  })

  it('is not imported where the secret is one', async () => {
    const algorithm = { name: 'HMAC', hash: 'SHA-256', length: 256 }
    const secret = await crypto.subtle.importKey('raw', new TextEncoder().encode(SECRET).slice(0, 32), algorithm, false, ['sign', 'verify'])
    const importKey = vi.spyOn(crypto.subtle, 'importKey')
    const mac = await signMac(createKey(secret), AB)
    expect(mac).toBe(await signMac(keyOf(new TextEncoder().encode(SECRET).slice(0, 32)), AB))
    expect(importKey).toHaveBeenCalledTimes(1)
  })

  it('is imported anew after an import that failed, whose error is passed on', async () => {
    const outage = new Error('no entropy today')
    const importKey = vi.spyOn(crypto.subtle, 'importKey').mockRejectedValueOnce(outage).mockRejectedValueOnce(outage)
    const key = createKey(SECRET)
    await expect(sign({}, key, { expiresIn: '1h' })).rejects.toBe(outage)
    await expect(sign({}, key, { expiresIn: '1h' })).rejects.toBe(outage)
    await expect(verify(await sign({}, key, { expiresIn: '1h' }), key)).resolves.toMatchObject({ key })
    expect(importKey).toHaveBeenCalledTimes(3)
  })

  it('is imported once for uses that begin together, which fail together', async () => {
    const outage = new Error('no entropy today')
    const importKey = vi.spyOn(crypto.subtle, 'importKey').mockRejectedValueOnce(outage)
    const key = createKey(SECRET)
    const results = await Promise.allSettled([signMac(key, AB), verifyMac(key, AB, new Uint8Array(32)), signMac(key, AB)])
    expect(results.map((result) => result.status === 'rejected' && (result.reason as unknown) === outage)).toEqual([true, true, true])
    expect(importKey).toHaveBeenCalledTimes(1)
  })
})

describe('generateSecret', () => {
  it('makes 32 bytes in 43 characters of base64url, others each time', () => {
    const secrets = Array.from({ length: 100 }, () => generateSecret())
    expect(new Set(secrets).size).toBe(100)
    for (const secret of secrets) expect(decode(secret)).toHaveLength(32)
  })

  it('takes its bytes from getRandomValues', () => {
    vi.spyOn(crypto, 'getRandomValues').mockImplementation((bytes) => {
      if (bytes instanceof Uint8Array) bytes.fill(0xfb)
      return bytes
    })
    expect(generateSecret()).toBe('-_v7'.repeat(10) + '-_s')
  })
})

describe('without Web Crypto', () => {
  const missing = /^Web Crypto is missing: [^.:]+$/

  it.each([
    ['there is no crypto (an old runtime)', undefined],
    ['crypto has no subtle (a page over http)', { getRandomValues: () => new Uint8Array(32) }],
  ])('every function that needs it throws a TypeError of one sentence where %s', async (_where, crypto) => {
    const key = createKey(SECRET)
    const token = await sign({}, key, { expiresIn: '1h' })
    vi.stubGlobal('crypto', crypto)
    const refusal = expect.objectContaining({ constructor: TypeError, message: expect.stringMatching(missing) as unknown }) as unknown
    expect(() => generateSecret()).toThrow(TypeError)
    expect(() => generateSecret()).toThrow(missing)
    await expect(sign({}, key, { expiresIn: '1h' })).rejects.toEqual(refusal)
    await expect(verify(token, key)).rejects.toEqual(refusal)
    vi.unstubAllGlobals()
    await expect(verify(token, key)).resolves.toMatchObject({ key })
  })
})
