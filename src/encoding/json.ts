/** JSON objects as bytes of UTF-8: what a header and a payload are (RFC 7515 §4, RFC 7519 §7). */
import { expectWellFormed } from './well-formed.ts'
import { decoder } from './utf8.ts'

/** What `JSON.parse` makes of an object. Of a member that comes twice the last one counts, as RFC 7515 §4 allows. */
export type JsonObject = Readonly<Record<string, unknown>>

/**
 * Decodes bytes.
 * @throws {JwtMalformedError} where they are not UTF-8, not JSON, or not an object
 */
export function decodeJson(bytes: Uint8Array, name: string): JsonObject {
  let value: unknown
  try {
    value = JSON.parse(decoder.decode(bytes))
  } catch {
    // whatever it is that JSON.parse has to say may quote the token
  }
  expectWellFormed(Object(value) === value && !Array.isArray(value), ' is not a JSON object', name)
  return value as JsonObject
}
