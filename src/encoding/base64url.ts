/** base64url without padding (RFC 4648 §5, RFC 7515 §2): strict and canonical, so that bytes have exactly one spelling. */
import { encoder } from './utf8.ts'

/** The codes of the 64 letters. */
const ALPHABET: Uint8Array = /* @__PURE__ */ encoder.encode('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_')

/** The value of each ASCII code: 64 or more where it is no letter of the alphabet. */
const VALUES: Uint8Array = /* @__PURE__ */ Uint8Array.from({ length: 128 }, (_, code) => ALPHABET.indexOf(code))
const ascii: TextDecoder = /* @__PURE__ */ new TextDecoder()

/** Encodes bytes. */
export function encode(bytes: Uint8Array): string {
  const codes = new Uint8Array(Math.ceil((bytes.length * 4) / 3))
  let at = 0
  for (let i = 0; i < bytes.length;) {
    const group = (bytes[i++]! << 16) | (bytes[i++]! << 8) | bytes[i++]! // past the end is `undefined`, which counts as zeros here
    codes[at++] = ALPHABET[group >> 18]!
    codes[at++] = ALPHABET[(group >> 12) & 63]!
    codes[at++] = ALPHABET[(group >> 6) & 63]! // for a last, shorter group these two may lie past the end, where a write does nothing
    codes[at++] = ALPHABET[group & 63]!
  }
  return ascii.decode(codes)
}

/**
 * Decodes a text, or returns `undefined` where it is not canonical base64url: a character outside the alphabet, padding or white
 * space, a length of 4n + 1, or spare bits that are not zero (RFC 4648 §3.5).
 */
export function decode(text: string): Uint8Array<ArrayBuffer> | undefined {
  const bytes = new Uint8Array(Math.floor(text.length * 0.75))
  let values = 0 // all of them or-ed together: 64 or more where one is no letter
  let group = 0
  let spare = 0 // how many bits of the group belong to no whole byte
  for (let i = 0; i < text.length; i++) {
    const value = VALUES[text.charCodeAt(i)] ?? 64
    values |= value
    group = (group << 6) | value
    spare = (~i * 2) & 6
    bytes[(i * 3) >> 2] = group >> spare // the first letter of four writes what the second one writes over
  }
  return values < 64 && spare < 6 && (group & ((1 << spare) - 1)) === 0 ? bytes : undefined
}
