/** base64url (RFC 4648 §5, RFC 7515 §2), from inside: the public doors show only tokens. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decodeBase64url, encodeBase64url, isBase64url } from '../src/base64url.ts'
import { base64url, bytesOf, fromBase64url } from './support/bytes.ts'
import { codePoint } from './support/code-points.ts'
import { runs } from './support/runs.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const LETTERS = ALPHABET.split('')
const numRuns = runs(200)

interface Native {
  fromBase64?: (text: string, options: { readonly alphabet: string }) => Uint8Array
  readonly prototype: {
    toBase64?: (this: Uint8Array, options: { readonly alphabet: string; readonly omitPadding: boolean }) => string
  }
}
const platform = Uint8Array as unknown as Native

/** What newer platforms have, by the letter of ECMAScript: white space and padding are accepted, and spare bits ignored. */
const STANDARD: Required<Native> = {
  fromBase64(text, { alphabet }) {
    const plainText = text.replaceAll(/[\t\n\f\r ]/g, '').replace(/={1,2}$/, '')
    if (alphabet !== 'base64url' || !/^[\w-]*$/.test(plainText) || plainText.length % 4 === 1) throw new SyntaxError('not base64url')
    return fromBase64url(plainText)
  },
  prototype: {
    toBase64(options) {
      if (options.alphabet !== 'base64url' || !options.omitPadding) throw new TypeError('other options')
      return base64url(this)
    },
  },
}

/** With and without the platform's own encoder and decoder, whatever it has. */
describe.each([true, false])('with the platform’s own base64: %s;', (isNative) => {
  const { fromBase64, prototype } = platform
  const { toBase64 } = prototype
  const set = (target: object, name: string, value: unknown): void => {
    Reflect.deleteProperty(target, name)
    if (value !== undefined) Object.defineProperty(target, name, { value, configurable: true, writable: true })
  }
  beforeAll(() => {
    set(platform, 'fromBase64', isNative ? (fromBase64 ?? STANDARD.fromBase64) : undefined)
    set(prototype, 'toBase64', isNative ? (toBase64 ?? STANDARD.prototype.toBase64) : undefined)
  })
  afterAll(() => {
    set(platform, 'fromBase64', fromBase64)
    set(prototype, 'toBase64', toBase64)
  })

  it.each(['=', '==', ' ', '\n', 'A=', '+', '/', '\u0141', '.'])('rejects a long text that ends or begins with %j', (foreign) => {
    expect(decodeBase64url(`${'A'.repeat(1000)}${foreign}`)).toBeUndefined()
    expect(decodeBase64url(`${foreign}${'A'.repeat(1000)}`)).toBeUndefined()
  })

  it.each(['A', 'AB', 'AAB'])('rejects a long text that ends in %j: it has too many letters or bits', (end) => {
    expect(decodeBase64url(`${'A'.repeat(1000)}${end}`)).toBeUndefined()
  })

  it.each([' ', '\n', '\t'])('rejects a long text with %j inside, whatever its length', (space) => {
    for (let length = 1000; length < 1004; length++) expect(decodeBase64url(`AAAA${space}${'A'.repeat(length)}`)).toBeUndefined()
  })

  it('decodes and encodes long texts of every length', () => {
    for (const length of [...Array.from({ length: 20 }, (_, index) => 380 + index), 13_000]) {
      const bytes = Uint8Array.from({ length }, (_, index) => (index * 7919) >> 3) // of every value
      expect(decodeBase64url(base64url(bytes))).toEqual(bytes)
      expect(encodeBase64url(bytes)).toBe(base64url(bytes))
    }
  })
})

it('isBase64url agrees with decodeBase64url', () => {
  const nearly = fc.string({ unit: fc.constantFrom('A', 'Q', 'g', 'B', '-', '_', '=', '+', '\u0141'), maxLength: 9 })
  const agree = fc.property(nearly, (text) => isBase64url(text) === (decodeBase64url(text) !== undefined))
  fc.assert(agree, { numRuns: 10 * numRuns })
})

it('encodeBase64url encodes what a view shows, not its whole buffer', () => {
  expect(encodeBase64url(bytesOf('--foobar--').subarray(2, 8))).toBe('Zm9vYmFy')
})

describe('decodeBase64url', () => {
  it.each([5460, 5463, 16_383, 16_384])(
    'rejects %d characters of which only the last is foreign, whatever was decoded before',
    (length) => {
      expect(decodeBase64url('A'.repeat(16_384))).toHaveLength(12_288)
      for (const last of ['é', '中', '\ud800']) expect(decodeBase64url('A'.repeat(length - 1) + last), last).toBeUndefined()
    },
  )

  it('returns bytes that nothing decoded or encoded later overwrites', () => {
    const texts = Array.from({ length: 5000 }, (_, index) => base64url(`bytes number ${index}`))
    const decoded = texts.map((text) => [text, decodeBase64url(text)] as const)
    for (const [text, bytes] of decoded) expect(encodeBase64url(bytes!)).toBe(text)
    for (const [text, bytes] of decoded) expect(base64url(bytes!)).toBe(text)
  })

  it('rejects every UTF-16 code unit outside the alphabet, at any position', { tags: 'large' }, () => {
    for (let code = 0; code < 0x1_0000; code++) {
      const letter = String.fromCharCode(code)
      if (ALPHABET.includes(letter)) continue
      const accepted = [`${letter}AAA`, `A${letter}AA`, `AA${letter}A`, `AAA${letter}`, `${letter}A`, `A${letter}`].filter(decodeBase64url)
      if (accepted.length > 0) expect.fail(`U+${code.toString(16)} was accepted`)
    }
  })
})

describe('encodeBase64url and decodeBase64url', () => {
  // RFC 4648 §10, without the padding, which RFC 7515 §2 leaves out; and the octets of RFC 7515 appendix C, with - and _.
  const TEXTS = { '': '', f: 'Zg', fo: 'Zm8', foo: 'Zm9v', foob: 'Zm9vYg', fooba: 'Zm9vYmE', foobar: 'Zm9vYmFy' }
  const EXAMPLES = Object.entries(TEXTS).map(([text, encoded]) => [encoded, bytesOf(text)] as const)

  it.each([...EXAMPLES, ['A-z_4ME', bytesOf(3, 236, 255, 224, 193)] as const])('write and read %j as the RFCs do', (encoded, bytes) => {
    expect(encodeBase64url(bytes)).toBe(encoded)
    expect(decodeBase64url(encoded)).toEqual(bytes)
  })

  it('agree with btoa on any bytes, and return them unchanged', () => {
    const agree = fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      expect(encodeBase64url(bytes)).toBe(base64url(bytes))
      expect(decodeBase64url(base64url(bytes))).toEqual(Uint8Array.from(bytes))
    })
    fc.assert(agree, { numRuns })
  })

  it('return any string unchanged that decodeBase64url accepts: bytes have one spelling', () => {
    const nearly = fc.string({ unit: fc.constantFrom(...LETTERS, '=', '+', '/', ' ', '\u0141', '\0'), maxLength: 40 })
    const letters = fc.string({ unit: fc.constantFrom(...LETTERS), maxLength: 40 })
    const returned = fc.property(fc.oneof(letters, nearly, fc.string({ unit: codePoint })), (text) => {
      const bytes = decodeBase64url(text)
      if (bytes) expect(encodeBase64url(bytes)).toBe(text)
    })
    fc.assert(returned, { numRuns })
  })

  it('return every accepted string of two or three letters unchanged, and there are as many as there are bytes', { tags: 'large' }, () => {
    const pairs = LETTERS.flatMap((a) => LETTERS.map((b) => a + b))
    const same = (text: string): boolean => encodeBase64url(decodeBase64url(text) ?? new Uint8Array(9)) === text
    expect(pairs.filter(same)).toHaveLength(256)
    expect(pairs.flatMap((pair) => LETTERS.map((letter) => pair + letter)).filter(same)).toHaveLength(65_536)
  })
})
