/** base64url without padding (RFC 4648 §5, RFC 7515 §2): strict, so bytes have one encoding. */
import { own } from './object.ts'
import { allocate, decodeUtf8, encodeIntoScratch, encodeUtf8 } from './utf8.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** The value of each character code; outside the alphabet -1, in which every bit is set. */
const VALUES: Int8Array = /* @__PURE__ */ Int8Array.from({ length: 256 }, (_, code) =>
  ALPHABET.indexOf(String.fromCharCode(code)),
)

/** What newer platforms do faster than the tables. */
interface Native {
  readonly prototype: { readonly length: number; readonly toBase64?: Encode }
  readonly fromBase64?: Decode
}
type Encode = (this: Uint8Array, options: object) => string
type Decode = (text: string, options: object) => Uint8Array<ArrayBuffer>

const platform: Native = Uint8Array

/** From how many characters on a platform's own decoder is faster. */
const LONG = 512

/** Encodes bytes as base64url. */
export function encodeBase64url(bytes: Uint8Array): string {
  const toBase64 = own(platform.prototype, 'toBase64')
  if (toBase64 !== undefined)
    return toBase64.call(bytes, { alphabet: 'base64url', omitPadding: true })
  const codes = allocate(Math.ceil((bytes.length * 4) / 3))
  let at = 0
  for (let i = 0; at < codes.length; i += 3) {
    // Past the end, Number gives NaN, which acts as 0 here, and writing is ignored.
    const group = (Number(bytes[i]) << 16) | (Number(bytes[i + 1]) << 8) | Number(bytes[i + 2])
    codes[at++] = ALPHABET.charCodeAt(group >> 18)
    codes[at++] = ALPHABET.charCodeAt((group >> 12) & 63)
    codes[at++] = ALPHABET.charCodeAt((group >> 6) & 63)
    codes[at++] = ALPHABET.charCodeAt(group & 63)
  }
  return String(decodeUtf8(codes))
}

/** Matches a character outside the alphabet: faster than a loop, or a pattern of the alphabet. */
const FOREIGN = /[^\w-]/

/**
 * Whether a string is canonical base64url: it has no character outside the alphabet, such as `=`,
 * its length is not 4n + 1, and spare bits are zero (RFC 4648 §3.5).
 */
export function isBase64url(text: string): boolean {
  return !FOREIGN.test(text) && isWhole(text)
}

/** Whether the length of a string, and its last bits, make whole bytes. */
export function isWhole(text: string): boolean {
  const bits = (text.length * 6) % 8
  const last = VALUES[text.charCodeAt(text.length - 1)] ?? -1
  return bits < 6 && (last & ((1 << bits) - 1)) === 0
}

/** Decodes base64url, or returns `undefined` if it is not canonical: {@link isBase64url}. */
export function decodeBase64url(text: string): Uint8Array<ArrayBuffer> | undefined {
  // Stryker disable next-line StringLiteral,EqualityOperator,ConditionalExpression: the same result
  const fromBase64 = text.length < LONG ? undefined : own(platform, 'fromBase64')
  const bytes = fromBase64 === undefined ? decodeByTable(text) : decodeNatively(text, fromBase64)
  return isWhole(text) ? bytes : undefined
}

/** All options, so that none is inherited from a polluted prototype. */
const LOOSE = { alphabet: 'base64url', lastChunkHandling: 'loose' } as const

/** It also accepts white space and padding, which show in the length. */
function decodeNatively(text: string, fromBase64: Decode): Uint8Array<ArrayBuffer> | undefined {
  try {
    const bytes = fromBase64(text, LOOSE)
    return bytes.length === (text.length * 3) >> 2 ? bytes : undefined
  } catch {
    // it is not base64url
  }
  return undefined
}

function decodeByTable(text: string): Uint8Array<ArrayBuffer> | undefined {
  const codes = encodeIntoScratch(text)
  const bytes = allocate((text.length * 3) >> 2)
  let all = 0
  let at = 0
  let i = 0
  for (; i + 3 < text.length; i += 4) {
    const high = (valueAt(codes, i) << 18) | (valueAt(codes, i + 1) << 12)
    const group = high | (valueAt(codes, i + 2) << 6) | valueAt(codes, i + 3)
    all |= group
    bytes[at++] = group >> 16
    bytes[at++] = group >> 8
    bytes[at++] = group
  }
  let rest = 0
  for (let shift = 18; i < text.length; shift -= 6) rest |= valueAt(codes, i++) << shift
  all |= rest
  for (; at < bytes.length; rest <<= 8) bytes[at++] = rest >> 16
  return all >= 0 ? bytes : undefined
}

function valueAt(codes: Uint8Array, index: number): number {
  return Number(VALUES[Number(codes[index])])
}

/** Encodes a text, in UTF-8, as base64url. */
export function encodeText(text: string): string {
  return encodeBase64url(encodeUtf8(text))
}

/**
 * Decodes base64url to the text that it encodes in UTF-8; `''`, which is not JSON, if that is not
 * UTF-8; or `undefined` if it is not canonical.
 */
export function decodeText(text: string): string | undefined {
  const bytes = decodeBase64url(text)
  return bytes && (decodeUtf8(bytes) ?? '')
}
