/** base64url (RFC 4648 §5, RFC 7515 §2), from inside: the public doors show only tokens. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decodeBase64url, encodeBase64url, isBase64url } from '../src/base64url.ts'
import { base64url, bytesOf } from './support/bytes.ts'
import { codePoint } from './support/code-points.ts'
import { runs } from './support/runs.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const LETTERS = ALPHABET.split('')
const numRuns = runs(200)

const plain = (bytes: Uint8Array | undefined): number[] | undefined => bytes && [...bytes]

// RFC 4648 §10, without the padding, which RFC 7515 §2 leaves out.
const RFC_4648 = Object.entries({ '': '', f: 'Zg', fo: 'Zm8', foo: 'Zm9v', foob: 'Zm9vYg', fooba: 'Zm9vYmE', foobar: 'Zm9vYmFy' })

/** Bytes of every value. */
const many = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => (i * 7919) >> 3)

interface Native {
  fromBase64?: (text: string, options: { readonly alphabet: string }) => Uint8Array
  readonly prototype: {
    length: number
    toBase64?: (this: Uint8Array, options: { readonly alphabet: string; readonly omitPadding: boolean }) => string
  }
}
const platform = Uint8Array as unknown as Native

/** What newer platforms have, by the letter of ECMAScript: white space and padding are accepted, and spare bits ignored. */
const STANDARD: Required<Native> = {
  fromBase64(text, { alphabet }) {
    const plainText = text.replaceAll(/[\t\n\f\r ]/g, '').replace(/={1,2}$/, '')
    if (alphabet !== 'base64url' || !/^[\w-]*$/.test(plainText) || plainText.length % 4 === 1) throw new SyntaxError('not base64url')
    return Uint8Array.from(atob(plainText.replaceAll('-', '+').replaceAll('_', '/')), (byte) => byte.charCodeAt(0))
  },
  prototype: {
    length: 0,
    toBase64(options) {
      if (options.alphabet !== 'base64url' || !options.omitPadding) throw new TypeError('other options')
      return base64url(this)
    },
  },
}

/** Runs a suite with and without the platform's own encoder and decoder, whatever it has. */
describe.each([true, false])('with the platform’s own base64: %s;', (isNative) => {
  const { fromBase64, prototype } = platform
  const { toBase64 } = prototype
  const set = (decode: Native['fromBase64'], encode: Native['prototype']['toBase64']): void => {
    for (const [target, name, value] of [
      [platform, 'fromBase64', decode],
      [prototype, 'toBase64', encode],
    ] as const) {
      Reflect.deleteProperty(target, name)
      if (value !== undefined) Object.defineProperty(target, name, { value, configurable: true, writable: true })
    }
  }
  beforeAll(() => {
    if (isNative) set(fromBase64 ?? STANDARD.fromBase64, toBase64 ?? STANDARD.prototype.toBase64)
    else set(undefined, undefined)
  })
  afterAll(() => {
    set(fromBase64, toBase64)
  })

  it.each(['=', '==', ' ', '\n', 'A=', '+', '/', '\u0141', '.', 'A', 'AB', 'AAB'])('rejects a long text that ends in %j', (end) => {
    expect(decodeBase64url(`${'A'.repeat(1000)}${end}`)).toBeUndefined()
    expect(decodeBase64url(`${end === 'A' || end === 'AB' || end === 'AAB' ? '=' : end}${'A'.repeat(1000)}`)).toBeUndefined()
  })

  it.each([' ', '\n', '\t'])('rejects a long text with %j inside, whatever its length', (space) => {
    for (let length = 1000; length < 1004; length++) expect(decodeBase64url(`AAAA${space}${'A'.repeat(length)}`)).toBeUndefined()
  })

  it('decodes and encodes long texts of every length', () => {
    for (let length = 380; length < 400; length++) {
      expect(plain(decodeBase64url(base64url(many(length))))).toEqual(plain(many(length)))
      expect(encodeBase64url(many(length))).toBe(base64url(many(length)))
    }
  })
})

describe('isBase64url', () => {
  it('agrees with decodeBase64url', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('A', 'Q', 'g', 'B', '-', '_', '=', '+', '\u0141'), maxLength: 9 }), (text) => {
        expect(isBase64url(text)).toBe(decodeBase64url(text) !== undefined)
      }),
      { numRuns: 10 * numRuns },
    )
  })
})

describe('encodeBase64url', () => {
  it('agrees with btoa on random bytes of every length mod 3', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(encodeBase64url(bytes)).toBe(base64url(bytes))
      }),
      { numRuns },
    )
  })

  it('encodes what a view shows, not its whole buffer', () => {
    expect(encodeBase64url(bytesOf('--foobar--').subarray(2, 8))).toBe('Zm9vYmFy')
  })

  it('does not change the bytes', () => {
    const bytes = bytesOf('foobar')
    encodeBase64url(bytes)
    expect(bytes).toEqual(bytesOf('foobar'))
  })
})

describe('decodeBase64url', () => {
  it.each([5460, 5463, 16_383, 16_384])(
    'rejects %d characters of which only the last is foreign, whatever was decoded before',
    (length) => {
      expect(decodeBase64url('A'.repeat(16_384))).toHaveLength(12_288)
      for (const last of ['é', '中', '\ud800']) expect(decodeBase64url('A'.repeat(length - 1) + last), last).toBeUndefined()
    },
  )

  it('decodes each of the 64 letters to its index', () => {
    for (const [index, letter] of LETTERS.entries()) expect(plain(decodeBase64url(`AAA${letter}`))).toEqual([0, 0, index])
  })

  it('returns bytes that nothing decoded or encoded later overwrites', () => {
    const texts = Array.from({ length: 5000 }, (_, i) => base64url(`bytes number ${i}`))
    const decoded = texts.map((text) => [text, decodeBase64url(text)] as const)
    for (const [text, bytes] of decoded) expect(encodeBase64url(bytes!)).toBe(text)
    for (const [text, bytes] of decoded) expect(base64url(bytes!)).toBe(text)
  })

  const paddings = ['Zg==', 'Zg=', 'Zm8=', 'Zm9v=', 'Zm9v====', '=', 'Z=m9']
  const spaces = [' Zm9v', 'Zm9v ', 'Zm 9v', 'Zm9v\n', 'Zm9v\r\n', 'Zm9v\nYmFy', 'Zm9v\tYmFy', 'Zm9v\fYmF', 'Zm9v\u00a0', '\ufeffZm9v']
  const invisible = ['Zm9v\u200b', 'Zm9v\u2028', '\0', 'Zm9\0', '\0AAA', 'Zm9\x7f', 'Zm9\x80', 'Zm9\xff', 'Zm9\ud800']
  const signs = ['A+z_4ME', 'A-z/4ME', 'Zm9v.', 'Zm,v', 'Zm%3D', 'Zm9~', 'Zm9\u2010', 'Zm9\u2212'] // the last two look like -
  const twins = ['Zm9\u0141', 'Zm9\u0176', 'Zm9\u2141', 'Zm9\u00c1', 'Zm9\u00f6'] // letters by their low byte, or their low seven bits
  const alike = ['Zm9\uff41', 'Zm9\u0430', 'Zm\ud83d\ude00', 'Zm\ud835\udc00'] // fullwidth and Cyrillic, an emoji and a mathematical A

  it.each([...paddings, ...spaces, ...invisible, ...signs, ...twins, ...alike])('rejects %j', (text) => {
    expect(decodeBase64url(text)).toBeUndefined()
  })

  it('rejects every UTF-16 code unit outside the alphabet, at any position', { tags: 'large' }, () => {
    for (let code = 0; code < 0x1_0000; code++) {
      const letter = String.fromCharCode(code)
      if (ALPHABET.includes(letter)) continue
      const accepted = [`${letter}AAA`, `A${letter}AA`, `AA${letter}A`, `AAA${letter}`, `${letter}A`, `A${letter}`].filter(decodeBase64url)
      if (accepted.length > 0) expect.fail(`U+${code.toString(16)} was accepted`)
    }
  })

  it('rejects every length of 4n + 1', () => {
    for (const letter of ['A', '_']) {
      for (let length = 1; length < 100; length += 4) expect(decodeBase64url(letter.repeat(length))).toBeUndefined()
    }
  })

  it('rejects spare bits that are not zero: one of the 16 last letters after one byte, one of 4 after two (RFC 4648 §3.5)', () => {
    const accepted = (start: string): string => LETTERS.filter((letter) => decodeBase64url(start + letter)).join('')
    expect(accepted('Z')).toBe('AQgw')
    expect(accepted('Zm')).toBe('AEIMQUYcgkosw048')
    expect(accepted('Zm9')).toBe(ALPHABET)
    expect(accepted('____Z')).toBe('AQgw')
    expect(accepted('____Zm')).toBe('AEIMQUYcgkosw048')
  })
})

describe('encodeBase64url and decodeBase64url', () => {
  it.each(RFC_4648)('write %j as %j, and read it back (RFC 4648 §10)', (text, encoded) => {
    expect(encodeBase64url(bytesOf(text))).toBe(encoded)
    expect(plain(decodeBase64url(encoded))).toEqual(plain(bytesOf(text)))
  })

  it('write and read the octets of RFC 7515 appendix C, with - and _', () => {
    expect(encodeBase64url(Uint8Array.of(3, 236, 255, 224, 193))).toBe('A-z_4ME')
    expect(plain(decodeBase64url('A-z_4ME'))).toEqual([3, 236, 255, 224, 193])
  })

  it('encode and decode 100 000 bytes', { tags: 'large' }, () => {
    expect(encodeBase64url(many(100_000))).toBe(base64url(many(100_000)))
    expect(decodeBase64url(base64url(many(100_000)))).toEqual(many(100_000))
  })

  it('return any bytes unchanged', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(plain(decodeBase64url(encodeBase64url(bytes)))).toEqual([...bytes])
      }),
      { numRuns },
    )
  })

  it('return any string unchanged that decodeBase64url accepts: bytes have one spelling', () => {
    const nearly = fc.string({ unit: fc.constantFrom(...LETTERS, '=', '+', '/', ' ', '\u0141', '\0'), maxLength: 40 })
    const letters = fc.string({ unit: fc.constantFrom(...LETTERS), maxLength: 40 })
    fc.assert(
      fc.property(fc.oneof(letters, nearly, fc.string({ unit: codePoint })), (text) => {
        const bytes = decodeBase64url(text)
        if (bytes) expect(encodeBase64url(bytes)).toBe(text)
      }),
      { numRuns },
    )
  })

  it('return every accepted string of two or three letters unchanged, and there are as many as there are bytes', { tags: 'large' }, () => {
    let one = 0
    let two = 0
    for (const a of LETTERS) {
      for (const b of LETTERS) {
        const bytes = decodeBase64url(a + b)
        if (bytes && encodeBase64url(bytes) === a + b) one++
        for (const c of LETTERS) if (decodeBase64url(a + b + c)) two++
      }
    }
    expect([one, two]).toEqual([256, 65_536])
  })
})
