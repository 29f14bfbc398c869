/** UTF-8, and strings that hold on to no other. */

// Made by the first call that needs one: where they are missing, importing must not throw.
let encoder: TextEncoder | undefined
let decoder: TextDecoder | undefined

/** Encodes a string as UTF-8. The bytes are never handed out twice: they stay valid. */
export function encodeUtf8(text: string): Uint8Array<ArrayBuffer> {
  encoder ??= new TextEncoder()
  const bytes = allocate(text.length)
  const isAscii = encoder.encodeInto(text, bytes).read === text.length
  return isAscii ? bytes : encoder.encode(text)
}

/**
 * Encodes ASCII: read only the first `text.length` bytes, before the next call overwrites them. If
 * the string is not ASCII, one of these bytes is above 127, or is 0 because there was no room left.
 */
export function encodeIntoScratch(text: string): Uint8Array {
  encoder ??= new TextEncoder()
  const fits = text.length * 3 <= scratch.length // if not, bytes of an earlier string could be left
  const bytes = fits ? scratch : new Uint8Array(text.length)
  encoder.encodeInto(text, bytes)
  return bytes
}

/** Reused by every call: faster than allocating an array. */
const scratch = /* @__PURE__ */ new Uint8Array(16_384)

/**
 * Decodes UTF-8, or returns `undefined`: replacing invalid bytes with U+FFFD could make two
 * identities one (RFC 7519 §7.2). A byte order mark is kept, so that `JSON.parse` rejects it.
 */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  // Stryker disable next-line ObjectLiteral,BooleanLiteral: it exists before a mutant does
  decoder ??= new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  try {
    return decoder.decode(bytes)
  } catch {
    // it is not UTF-8
  }
  return undefined
}

/** Copies a string: a slice would keep the whole string that it was cut from in memory. */
export function copyText(text: string): string {
  return String(decodeUtf8(encodeUtf8(text)))
}

// Arrays are carved from shared pages: allocating a buffer for each costs more than all other work
// on it. Pages are small: a token that waits for its key keeps a whole page in memory.
let page: Uint8Array<ArrayBuffer> = /* @__PURE__ */ new Uint8Array(0)
let used = 0

/** Allocates zeroed bytes, never handed out twice, so they stay valid across an `await`. */
export function allocate(length: number): Uint8Array<ArrayBuffer> {
  if (used + length > page.length) {
    page = new Uint8Array(Math.max(length, 16_384))
    used = 0
  }
  return page.subarray(used, (used += length))
}
