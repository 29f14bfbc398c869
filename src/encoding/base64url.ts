/** base64url without padding (RFC 4648 §5, RFC 7515 §2): strict and canonical, so that bytes have exactly one spelling. */
import { encoder, makeBytes } from './utf8.ts'

/** The codes of the 64 letters. */
const ALPHABET: Uint8Array = /* @__PURE__ */ encoder.encode('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_')

/** The value of each byte that may stand for a letter: 64 or more where it does not. */
const VALUES: Uint8Array = /* @__PURE__ */ Uint8Array.from({ length: 256 }, (_, code) => ALPHABET.indexOf(code))
const ascii: TextDecoder = /* @__PURE__ */ new TextDecoder()

// Where a text lies while it is decoded. Nothing in it outlives the call, so it may be one for all.
const scratch: Uint8Array = /* @__PURE__ */ new Uint8Array(16_384)

/** Encodes bytes. */
export function encode(bytes: Uint8Array): string {
  const codes = makeBytes(Math.ceil((bytes.length * 4) / 3))
  let at = 0
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
  return ascii.decode(codes)
}

/**
 * Decodes a text, or returns `undefined` where it is not canonical base64url: a character outside the alphabet, padding or white
 * space, a length of 4n + 1, or spare bits that are not zero (RFC 4648 §3.5).
 */
export function decode(text: string): Uint8Array<ArrayBuffer> | undefined {
  const codes = text.length + 3 > scratch.length ? new Uint8Array(text.length + 3) : scratch
  const { written } = encoder.encodeInto(text, codes)
  codes[written] = codes[written + 1] = codes[written + 2] = 65 // so that the last group has four letters too: A, which is 0
  const length = (written * 3) >> 2
  const bytes = makeBytes(length + 2)
  bytes[length] = bytes[length + 1] = 0 // where spare bits, and what becomes of the A, will lie
  let values = 0 // all of them or-ed together: 64 or more where one is no letter
  for (let i = 0, at = 0; i < written; i += 4) {
    const a = VALUES[codes[i]!]!
    const b = VALUES[codes[i + 1]!]!
    const c = VALUES[codes[i + 2]!]!
    const d = VALUES[codes[i + 3]!]!
    values |= a | b | c | d
    bytes[at++] = (a << 2) | (b >> 4)
    bytes[at++] = (b << 4) | (c >> 2)
    bytes[at++] = (c << 6) | d
  }
  const isCanonical = written === text.length && values < 64 && written % 4 !== 1 && bytes[length] === 0 && bytes[length + 1] === 0
  return isCanonical ? bytes.subarray(0, length) : undefined
}
