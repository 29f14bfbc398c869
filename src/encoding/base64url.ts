/** base64url without padding (RFC 4648 §5, RFC 7515 §2): strict and canonical, so that bytes have exactly one spelling. */
import { decoder, encodeAscii, encoder, makeBytes } from './utf8.ts'

/** The codes of the 64 letters. */
const ALPHABET: Uint8Array = /* @__PURE__ */ encoder.encode('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_')

/** The value of each code that may stand for a letter: -1, which is all bits, where it does not. */
const VALUES: Int8Array = /* @__PURE__ */ Int8Array.from({ length: 256 }, (_, code) => ALPHABET.indexOf(code))

/** Encodes bytes. */
export function encode(bytes: Uint8Array): string {
  return decoder.decode(encodeBehind(new Uint8Array(0), bytes))
}

/** Encodes bytes as the codes of letters, behind codes that are there already. */
export function encodeBehind(before: Uint8Array, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const codes = makeBytes(before.length + Math.ceil((bytes.length * 4) / 3))
  codes.set(before)
  let at = before.length
  let i = 0
  while (i + 2 < bytes.length) {
    const group = (bytes[i++]! << 16) | (bytes[i++]! << 8) | bytes[i++]!
    codes[at++] = ALPHABET[group >> 18]!
    codes[at++] = ALPHABET[(group >> 12) & 63]!
    codes[at++] = ALPHABET[(group >> 6) & 63]!
    codes[at++] = ALPHABET[group & 63]!
  }
  const rest = (bytes[i]! << 16) | (bytes[i + 1]! << 8) // past the end is `undefined`, which counts as zeros here
  for (let shift = 18; at < codes.length; shift -= 6) codes[at++] = ALPHABET[(rest >> shift) & 63]!
  return codes
}

/** Decodes a text, or returns `undefined` where it is not canonical base64url. */
export function decode(text: string): Uint8Array<ArrayBuffer> | undefined {
  const codes = encodeAscii(text)
  return codes && decodeCodes(codes, 0, codes.length)
}

/**
 * Decodes some of the codes of a text, or returns `undefined` where they are not canonical base64url: a character outside the alphabet,
 * padding or white space, a length of 4n + 1, or spare bits that are not zero (RFC 4648 §3.5).
 */
export function decodeCodes(codes: Uint8Array, from: number, to: number): Uint8Array<ArrayBuffer> | undefined {
  const bytes = makeBytes(((to - from) * 3) >> 2)
  let all = 0 // every group or-ed together: negative where one was no letter
  let at = 0
  let i = from
  for (; i + 3 < to; i += 4, at += 3) {
    const group = (VALUES[codes[i]!]! << 18) | (VALUES[codes[i + 1]!]! << 12) | (VALUES[codes[i + 2]!]! << 6) | VALUES[codes[i + 3]!]!
    all |= group
    bytes[at] = group >> 16
    bytes[at + 1] = group >> 8
    bytes[at + 2] = group
  }
  let rest = 0
  for (let shift = 18; i < to; shift -= 6) rest |= VALUES[codes[i++]!]! << shift
  all |= rest
  for (; at < bytes.length; rest <<= 8) bytes[at++] = rest >> 16
  return all >= 0 && (rest & 0xffffff) === 0 && (to - from) % 4 !== 1 ? bytes : undefined
}
