/** What every engine of HMAC shows, from inside: the public doors make no short keys and sign no bare text. */
import { createKey } from 'hs256'
import { describe, expect, it } from 'vitest'
import { decodeBase64url } from '../../src/base64url.ts'
import { toKey, type JwtKey } from '../../src/key.ts'

export const SECRET = 'correct horse battery staple, 32+'

export function keyOf(secret: Uint8Array<ArrayBuffer>): JwtKey {
  return toKey({ secret, operations: ['sign', 'verify'], kid: undefined }, undefined)
}

export function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16))
}

const textBytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)
const AB = textBytes('a.b')

// RFC 4231 §4.
export const RFC_4231 = [
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

interface Engine {
  readonly signMac: (key: JwtKey, input: Uint8Array<ArrayBuffer>) => string | Promise<string>
  readonly verifyMac: (key: JwtKey, input: Uint8Array<ArrayBuffer>, mac: Uint8Array<ArrayBuffer>) => unknown
}

/** States for an engine what holds for each. */
export function describeEngine(name: string, { signMac, verifyMac }: Engine): void {
  describe(`signMac on ${name}`, () => {
    it.each(RFC_4231)('makes the MAC of RFC 4231 $name', async ({ secret, input, mac }) => {
      expect(decodeBase64url(await signMac(keyOf(secret), input))).toEqual(bytesOf(mac))
    })

    it('makes a MAC that starts with the one of RFC 4231 §4.6 (case 5, truncated to 128 bits)', async () => {
      const mac = decodeBase64url(await signMac(keyOf(TRUNCATED.secret), TRUNCATED.input))
      expect(mac).toHaveLength(32)
      expect(mac?.subarray(0, 16)).toEqual(bytesOf(TRUNCATED.mac))
    })

    it('writes 43 characters of base64url', async () => {
      expect(await signMac(createKey(SECRET), AB)).toMatch(/^[\w-]{43}$/)
    })
  })

  describe(`verifyMac on ${name}`, () => {
    it.each(RFC_4231)('accepts the MAC of RFC 4231 $name', async ({ secret, input, mac }) => {
      expect(await verifyMac(keyOf(secret), input, bytesOf(mac))).toBe(true)
    })

    it('rejects a truncated MAC (RFC 4231 §4.6)', async () => {
      expect(await verifyMac(keyOf(TRUNCATED.secret), TRUNCATED.input, bytesOf(TRUNCATED.mac))).toBe(false)
    })

    it('rejects a MAC with any one bit changed', async () => {
      const [{ secret, input, mac }] = RFC_4231
      const key = keyOf(secret)
      for (let bit = 0; bit < 256; bit++) {
        const wrong = bytesOf(mac)
        wrong[bit >> 3]! ^= 1 << (bit & 7)
        if (await verifyMac(key, input, wrong)) expect.fail(`bit ${bit} was not looked at`)
      }
    })

    it.each([0, 1, 16, 31, 33, 64])('rejects a MAC of %i bytes', async (length) => {
      const [{ secret, input, mac }] = RFC_4231
      const wrong = new Uint8Array(length)
      wrong.set(bytesOf(mac).subarray(0, length))
      expect(await verifyMac(keyOf(secret), input, wrong)).toBe(false)
    })

    it('rejects the MAC of other input and of another key', async () => {
      const [{ secret, input, mac }] = RFC_4231
      expect(await verifyMac(keyOf(secret), Uint8Array.of(...input, 32), bytesOf(mac))).toBe(false)
      expect(await verifyMac(keyOf(new Uint8Array(20).fill(0x0c)), input, bytesOf(mac))).toBe(false)
    })
  })
}
