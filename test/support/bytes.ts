/** Bytes and their spellings, by what every runtime has: the suites that run everywhere have no `Buffer`. */
const encoder = new TextEncoder()

/** One run of bytes, of bytes, of texts in UTF-8 and of single bytes. */
export function bytesOf(...parts: readonly (string | number | Uint8Array)[]): Uint8Array<ArrayBuffer> {
  const runs = parts.map((part) => (typeof part === 'string' ? encoder.encode(part) : typeof part === 'number' ? [part] : part))
  return runs.length === 1 ? Uint8Array.from(runs[0]!) : Uint8Array.from(runs.flatMap((run) => [...run]))
}

/** A text in UTF-16, the lower byte first, without a BOM. */
export function utf16(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Array.from({ length: text.length }, (_, at) => [text.charCodeAt(at) & 255, text.charCodeAt(at) >> 8]).flat())
}

/** The base64 of bytes, or of a text in UTF-8, by `btoa`. */
export function base64(part: string | Uint8Array): string {
  return btoa(Array.from(bytesOf(part), (byte) => String.fromCharCode(byte)).join(''))
}

/** The base64url of bytes, or of a text in UTF-8, without padding. */
export function base64url(part: string | Uint8Array): string {
  return base64(part).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** The bytes of a base64url, read as loosely as `atob` does. */
export function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0))
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
