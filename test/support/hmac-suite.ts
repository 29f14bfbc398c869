/** What every engine of HMAC shows, from inside: the public doors make no short keys and sign no bare text. */
import { describe, expect, it } from 'vitest'
import { decodeBase64url } from '../../src/base64url.ts'
import { toKey, type JwtKey } from '../../src/key.ts'
import { bytesOf as textBytes } from './bytes.ts'

export function keyOf(secret: Uint8Array<ArrayBuffer>): JwtKey {
  return toKey({ secret, operations: ['sign', 'verify'], kid: undefined }, undefined)
}

export function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16))
}

const run = (length: number, byte: number): Uint8Array<ArrayBuffer> => new Uint8Array(length).fill(byte)

const WANT = textBytes('what do ya want for nothing?')
const LONG_KEY = textBytes('Test Using Larger Than Block-Size Key - Hash Key First')
const LONG_DATA = textBytes(
  'This is a test using a larger than block-size key and a larger than block-size data. ' +
    'The key needs to be hashed before being used by the HMAC algorithm.',
)
const upwards = Uint8Array.from({ length: 25 }, (_, i) => i + 1)

type Vector = readonly [name: string, secret: Uint8Array<ArrayBuffer>, input: Uint8Array<ArrayBuffer>, mac: string]

// RFC 4231 §4. Of case 5 it prints only the first 128 bits.
const CASE_1: Vector = ['1', run(20, 0x0b), textBytes('Hi There'), 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7']
const CASE_5 = { secret: run(20, 0x0c), input: textBytes('Test With Truncation'), mac: 'a3b6167473100ee06e0c796c2955552b' }
const VECTORS: readonly Vector[] = [
  CASE_1,
  ['2, a key shorter than the MAC', textBytes('Jefe'), WANT, '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'],
  ['3, data that are no text', run(20, 0xaa), run(50, 0xdd), '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe'],
  ['4, a key of 25 bytes', upwards, run(50, 0xcd), '82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b'],
  ['6, a key longer than a block', run(131, 0xaa), LONG_KEY, '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54'],
  ['7, both longer than a block', run(131, 0xaa), LONG_DATA, '9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2'],
]

/** Case 1 of RFC 4231. */
export const [, SHORT_KEY, HI_THERE, MAC]: Vector = CASE_1

interface Engine {
  readonly signMac: (key: JwtKey, input: Uint8Array<ArrayBuffer>) => string | Promise<string>
  readonly verifyMac: (key: JwtKey, input: Uint8Array<ArrayBuffer>, mac: Uint8Array<ArrayBuffer>) => unknown
}

/** States for an engine what holds for each. */
export function describeEngine(name: string, { signMac, verifyMac }: Engine): void {
  describe(`signMac on ${name}`, () => {
    it.each(VECTORS)('makes the MAC of RFC 4231 §4, which verifyMac accepts, case %s', async (_name, secret, input, mac) => {
      expect(decodeBase64url(await signMac(keyOf(secret), input))).toEqual(bytesOf(mac))
      expect(await verifyMac(keyOf(secret), input, bytesOf(mac))).toBe(true)
    })

    it('makes a MAC that starts with the one of RFC 4231 §4.6 (case 5, truncated to 128 bits)', async () => {
      const mac = decodeBase64url(await signMac(keyOf(CASE_5.secret), CASE_5.input))
      expect(mac).toHaveLength(32)
      expect(mac?.subarray(0, 16)).toEqual(bytesOf(CASE_5.mac))
    })
  })

  describe(`verifyMac on ${name}`, () => {
    it('rejects a MAC with any one bit changed', async () => {
      const key = keyOf(SHORT_KEY)
      for (let bit = 0; bit < 256; bit++) {
        const wrong = bytesOf(MAC)
        wrong[bit >> 3]! ^= 1 << (bit & 7)
        if (await verifyMac(key, HI_THERE, wrong)) expect.fail(`bit ${bit} was not looked at`)
      }
    })

    it.each([0, 1, 16, 31, 33, 64])('rejects a MAC of %i bytes (RFC 4231 §4.6)', async (length) => {
      const wrong = new Uint8Array(length)
      wrong.set(bytesOf(MAC).subarray(0, length))
      expect(await verifyMac(keyOf(SHORT_KEY), HI_THERE, wrong)).toBe(false)
    })

    it('rejects the MAC of other input and of another key', async () => {
      expect(await verifyMac(keyOf(SHORT_KEY), Uint8Array.of(...HI_THERE, 32), bytesOf(MAC))).toBe(false)
      expect(await verifyMac(keyOf(CASE_5.secret), HI_THERE, bytesOf(MAC))).toBe(false)
    })
  })
}
