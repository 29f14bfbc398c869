/** UTF-8, where what is not UTF-8 is refused rather than replaced (RFC 7519 §7.2): two identities must not collapse into one. */

const encoder: TextEncoder = /* @__PURE__ */ new TextEncoder()
// A byte order mark is kept, so that JSON refuses it: no token has two spellings.
const decoder: TextDecoder = /* @__PURE__ */ new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Encodes a text. */
export function encodeUtf8(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text)
}

/** Decodes bytes; throws where they are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string {
  return decoder.decode(bytes)
}
