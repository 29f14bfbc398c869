/** HMAC on Web Crypto, from inside. */
import { createKey, generateSecret, JwtSignatureError, sign, verify } from 'hs256'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { signMac, verifyMac } from '../src/hmac/webcrypto.ts'
import { SECRET } from './support/forge.ts'
import { bytesOf, describeEngine, HI_THERE, keyOf, MAC, SHORT_KEY } from './support/hmac-suite.ts'
import { withoutSubtle } from './support/web-crypto.ts'

const AB = Uint8Array.of(97, 46, 98)

afterEach(() => void vi.restoreAllMocks())

describeEngine('Web Crypto', { signMac, verifyMac })

describe('verifyMac on Web Crypto', () => {
  it('leaves the comparison to Web Crypto, which takes constant time', async () => {
    const compare = vi.spyOn(crypto.subtle, 'verify')
    await verifyMac(keyOf(SHORT_KEY), HI_THERE, bytesOf(MAC))
    expect(compare).toHaveBeenCalledTimes(1)
  })
})

describe('verify on Web Crypto', () => {
  it('accepts only true as a match, whatever a replaced Web Crypto returns', async () => {
    const token = await sign({}, createKey(SECRET), { expiresIn: '1h' })
    for (const answer of [1, 'true', {}, new ArrayBuffer(1), [true], undefined, null, false]) {
      vi.spyOn(crypto.subtle, 'verify').mockResolvedValue(answer as boolean)
      await expect(verify(token, createKey(SECRET)), JSON.stringify(answer)).rejects.toThrow(JwtSignatureError)
    }
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
    const [format, , ...others] = importKey.mock.calls[0] ?? []
    expect([format, ...others]).toEqual(['raw', { name: 'HMAC', hash: 'SHA-256', length: 264 }, false, ['sign', 'verify']])
  })

  it('is not imported if the secret is one', async () => {
    const algorithm = { name: 'HMAC', hash: 'SHA-256', length: 256 }
    const bytes = new TextEncoder().encode(SECRET).slice(0, 32)
    const secret = await crypto.subtle.importKey('raw', bytes, algorithm, false, ['sign', 'verify'])
    const importKey = vi.spyOn(crypto.subtle, 'importKey')
    const mac = await signMac(createKey(secret), AB)
    expect(mac).toBe(await signMac(keyOf(bytes), AB))
    expect(importKey).toHaveBeenCalledTimes(1)
  })

  it('is imported once for uses that start together, which fail together, and again after an import that failed', async () => {
    const outage = new Error('no entropy today')
    const importKey = vi.spyOn(crypto.subtle, 'importKey').mockRejectedValueOnce(outage).mockRejectedValueOnce(outage)
    const key = createKey(SECRET)
    for (let times = 1; times <= 2; times++) {
      const uses: readonly Promise<unknown>[] = [signMac(key, AB), verifyMac(key, AB, new Uint8Array(32)), signMac(key, AB)]
      await Promise.all(uses.map((use) => expect(use).rejects.toBe(outage)))
      expect(importKey).toHaveBeenCalledTimes(times)
    }
    await expect(verify(await sign({}, key, { expiresIn: '1h' }), key)).resolves.toMatchObject({ key })
    expect(importKey).toHaveBeenCalledTimes(3)
  })

  it('is imported once for each use, even if a replaced Web Crypto returns no key', async () => {
    const importKey = vi.spyOn(crypto.subtle, 'importKey').mockRejectedValue(new Error('imported again'))
    importKey.mockResolvedValueOnce(undefined as never)
    await expect(verifyMac(createKey(SECRET), AB, new Uint8Array(32))).rejects.toThrow()
    expect(importKey).toHaveBeenCalledTimes(1)
  })
})

describe('generateSecret', () => {
  it('takes its bytes from getRandomValues', () => {
    vi.spyOn(crypto, 'getRandomValues').mockImplementation((bytes) => {
      if (bytes instanceof Uint8Array) bytes.fill(0xfb)
      return bytes
    })
    expect(generateSecret()).toBe('-_v7'.repeat(10) + '-_s')
  })
})

describe('without Web Crypto', () => {
  it('a key is made, and every function that needs it throws a TypeError, if crypto has no subtle, as on a page over http', async () => {
    const key = createKey(SECRET)
    const token = await sign({}, key, { expiresIn: '1h' })
    await withoutSubtle(async () => {
      const other = createKey(SECRET)
      const missing = new TypeError('Web Crypto is missing: use https, localhost or a newer runtime')
      expect(() => generateSecret()).toThrow(missing)
      await expect(sign({}, other, { expiresIn: '1h' })).rejects.toEqual(missing)
      await expect(verify(token, key)).rejects.toEqual(missing)
    })
    await expect(verify(token, key)).resolves.toMatchObject({ key })
  })
})
