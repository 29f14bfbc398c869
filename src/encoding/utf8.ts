/** UTF-8, where what is not UTF-8 is refused rather than replaced (RFC 7519 §7.2): two identities must not collapse into one. */

/** Encodes a text into an array with a buffer of its own, as a secret has. */
export const encoder: TextEncoder = /* @__PURE__ */ new TextEncoder()

/** Decodes bytes; throws where they are not UTF-8. A byte order mark is kept, so that JSON refuses it: no token has two spellings. */
export const decoder: TextDecoder = /* @__PURE__ */ new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

// Bytes are cut from pages, as an array with a buffer of its own takes longer to make, and to collect, than all else that is done with it.
// Small ones: while a token waits for its key, it holds its page, whatever else is on it.
let page: Uint8Array<ArrayBuffer> = /* @__PURE__ */ new Uint8Array(0)
let used = 0

/** Makes bytes, whatever is in them, that nobody else has or gets: they stay what they become, whoever runs before a promise settles. */
export function makeBytes(length: number): Uint8Array<ArrayBuffer> {
  if (used + length > page.length) {
    page = new Uint8Array(Math.max(length, 16_384))
    used = 0
  }
  return page.subarray(used, (used += length))
}

/** Encodes a text. */
export function encodeUtf8(text: string): Uint8Array<ArrayBuffer> {
  const bytes = makeBytes(text.length * 3)
  const { written } = encoder.encodeInto(text, bytes)
  used -= bytes.length - written // what it did not need
  return bytes.subarray(0, written)
}

/** Encodes a text with a byte for each character, or returns `undefined` where one is not ASCII. */
export function encodeAscii(text: string): Uint8Array<ArrayBuffer> | undefined {
  const codes = makeBytes(text.length)
  return encoder.encodeInto(text, codes).read === text.length ? codes : undefined
}
