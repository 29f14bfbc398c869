/** A segment of a token: base64url, or the token is refused (RFC 7515 §7.1). */
import { decodeCodes } from '../encoding/base64url.ts'
import { expectWellFormed } from '../encoding/well-formed.ts'

/** @throws {JwtMalformedError} where the segment is not canonical base64url */
export function decodeSegment(token: Uint8Array, from: number, to: number, name: string): Uint8Array<ArrayBuffer> {
  const bytes = decodeCodes(token, from, to)
  expectWellFormed(bytes, ' is not base64url', name)
  return bytes
}
