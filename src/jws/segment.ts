/** A segment of a token: base64url, or the token is refused (RFC 7515 §7.1). */
import { decode } from '../encoding/base64url.ts'
import { expectWellFormed } from '../encoding/well-formed.ts'

/** @throws {JwtMalformedError} where the segment is not canonical base64url */
export function decodeSegment(segment: string, name: string): Uint8Array<ArrayBuffer> {
  const bytes = decode(segment)
  expectWellFormed(bytes, ' is not base64url', name)
  return bytes
}
