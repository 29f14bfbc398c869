/** UTF-8, where what is not UTF-8 is refused rather than replaced (RFC 7519 §7.2): two identities must not collapse into one. */

/** Encodes a text. */
export const encoder: TextEncoder = /* @__PURE__ */ new TextEncoder()

/** Decodes bytes; throws where they are not UTF-8. A byte order mark is kept, so that JSON refuses it: no token has two spellings. */
export const decoder: TextDecoder = /* @__PURE__ */ new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
