/** Bytes to text and back: UTF-8, and base64url without padding (RFC 4648 §5, RFC 7515 §2). */

// Made by the first call that needs one: where they are missing, importing must not throw.
let encoder: TextEncoder | undefined
let decoder: TextDecoder | undefined

/** Encodes a string as UTF-8. */
export function encodeUtf8(text: string): Uint8Array<ArrayBuffer> {
  encoder ??= new TextEncoder()
  return encoder.encode(text)
}

/**
 * Decodes UTF-8, or returns `undefined`: replacing invalid bytes with U+FFFD could make two
 * identities one (RFC 7519 §7.2). A byte order mark is kept, so that `JSON.parse` rejects it.
 */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  decoder ??= new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}

/** Encodes an ASCII string, one byte per character; any other string gives `undefined`. */
export function encodeAscii(text: string): Uint8Array<ArrayBuffer> | undefined {
  encoder ??= new TextEncoder()
  const codes = allocate(text.length)
  return encoder.encodeInto(text, codes).read === text.length ? codes : undefined
}

// Arrays are carved from shared pages: allocating a buffer for each costs more than all other work
// on it. Pages are small: a token that waits for its key keeps a whole page in memory.
let page: Uint8Array<ArrayBuffer> = /* @__PURE__ */ new Uint8Array(0)
let used = 0

/** Allocates zeroed bytes, never handed out twice, so they stay valid across an `await`. */
function allocate(length: number): Uint8Array<ArrayBuffer> {
  if (used + length > page.length) {
    page = new Uint8Array(Math.max(length, 16_384))
    used = 0
  }
  return page.subarray(used, (used += length))
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** The value of each character code; outside the alphabet -1, in which every bit is set. */
const VALUES: Int8Array = /* @__PURE__ */ Int8Array.from({ length: 256 }, (_, code) =>
  ALPHABET.indexOf(String.fromCharCode(code)),
)

/** Encodes bytes as base64url. */
export function encodeBase64url(bytes: Uint8Array): string {
  return String(decodeUtf8(encodeCodes(new Uint8Array(0), bytes)))
}

/** Appends bytes, in base64url, to a prefix of character codes. */
export function encodeCodes(prefix: Uint8Array, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const codes = allocate(prefix.length + Math.ceil((bytes.length * 4) / 3))
  codes.set(prefix)
  let at = prefix.length
  for (let i = 0; at < codes.length; i += 3) {
    // Past the end, Number gives NaN, which acts as 0 here, and writing is ignored.
    const group = (Number(bytes[i]) << 16) | (Number(bytes[i + 1]) << 8) | Number(bytes[i + 2])
    codes[at++] = ALPHABET.charCodeAt(group >> 18)
    codes[at++] = ALPHABET.charCodeAt((group >> 12) & 63)
    codes[at++] = ALPHABET.charCodeAt((group >> 6) & 63)
    codes[at++] = ALPHABET.charCodeAt(group & 63)
  }
  return codes
}

/** Decodes base64url, or returns `undefined` if the text is not canonical. */
export function decodeBase64url(text: string): Uint8Array<ArrayBuffer> | undefined {
  const codes = encodeAscii(text)
  return codes && decodeCodes(codes, 0, codes.length)
}

/**
 * Decodes a range of base64url character codes, or returns `undefined` if it is not canonical: it
 * has a character outside the alphabet, such as `=`, a length of 4n + 1, or spare bits that are not
 * zero (RFC 4648 §3.5).
 */
export function decodeCodes(
  codes: Uint8Array,
  from: number,
  to: number,
): Uint8Array<ArrayBuffer> | undefined {
  const bytes = allocate(((to - from) * 3) >> 2)
  let all = 0 // the bitwise OR of all values: negative if one of them is -1
  let at = 0
  let i = from
  for (; i + 3 < to; i += 4) {
    const high = (valueAt(codes, i) << 18) | (valueAt(codes, i + 1) << 12)
    const group = high | (valueAt(codes, i + 2) << 6) | valueAt(codes, i + 3)
    all |= group
    bytes[at++] = group >> 16
    bytes[at++] = group >> 8
    bytes[at++] = group
  }
  let rest = 0
  for (let shift = 18; i < to; shift -= 6) rest |= valueAt(codes, i++) << shift
  all |= rest
  for (; at < bytes.length; rest <<= 8) bytes[at++] = rest >> 16
  const spareBits = rest & 0xffffff
  return all >= 0 && spareBits === 0 && (to - from) % 4 !== 1 ? bytes : undefined
}

function valueAt(codes: Uint8Array, index: number): number {
  return Number(VALUES[Number(codes[index])])
}
