/** JSON objects as bytes of UTF-8: what a header and a payload are (RFC 7515 §4, RFC 7519 §7). */
import { expectSerializable } from './serializable.ts'
import { decodeUtf8, encodeUtf8 } from './utf8.ts'

/** What `JSON.parse` makes of an object. Of a member that comes twice the last one counts, as RFC 7515 §4 allows. */
export type JsonObject = Readonly<Record<string, unknown>>

/** Decodes bytes, or returns `undefined` where they are not UTF-8, not JSON, or not an object. */
export function decodeJson(bytes: Uint8Array): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(decodeUtf8(bytes))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined
  } catch {
    return undefined
  }
}

/**
 * Encodes an object.
 * @throws {TypeError} where JSON cannot carry a value of it
 */
export function encodeJson(value: JsonObject, name: string): Uint8Array {
  expectSerializable(value, name)
  return encodeUtf8(JSON.stringify(value))
}
