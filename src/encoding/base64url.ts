/** base64url without padding (RFC 4648 §5, RFC 7515 §2): strict and canonical, so that bytes have exactly one spelling. */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** The value of each ASCII code: 64 or more where it is no letter of the alphabet. */
const VALUES: Uint8Array = /* @__PURE__ */ Uint8Array.from({ length: 128 }, (_, code) => ALPHABET.indexOf(String.fromCharCode(code)))
const ascii: TextDecoder = /* @__PURE__ */ new TextDecoder()

/** Encodes bytes. */
export function encode(bytes: Uint8Array): string {
  const codes = new Uint8Array(Math.ceil((bytes.length * 4) / 3))
  let at = 0
  for (let i = 0; i < bytes.length; i += 3) {
    const group = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    codes[at++] = ALPHABET.charCodeAt(group >> 18)
    codes[at++] = ALPHABET.charCodeAt((group >> 12) & 63)
    codes[at++] = ALPHABET.charCodeAt((group >> 6) & 63) // for a last, shorter group these two may lie past the end, where a write does nothing
    codes[at++] = ALPHABET.charCodeAt(group & 63)
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
  let bits = 0
  let at = 0
  for (let i = 0; i < text.length; i++) {
    const value = VALUES[text.charCodeAt(i)] ?? 64
    values |= value
    group = (group << 6) | value
    bits += 6
    if (bits >= 8) {
      bits -= 8
      bytes[at++] = group >> bits
    }
  }
  const spare = group & ((1 << bits) - 1)
  return values < 64 && bits < 6 && spare === 0 ? bytes : undefined
}
