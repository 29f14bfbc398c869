/** The compact serialization of a JWS (RFC 7515 §7.1): `header.payload.signature` ⇄ its parts. Here its characters are bytes. */
import { encodeBehind } from '../encoding/base64url.ts'
import { decoder, encodeAscii, encodeUtf8 } from '../encoding/utf8.ts'
import { expectWellFormed } from '../encoding/well-formed.ts'
import { decodeHeader, type JwtHeader } from './header.ts'
import { decodeSegment } from './segment.ts'

/** The longest token, in characters, that `sign` makes, and that is read unless `maxLength` says otherwise. */
export const MAX_LENGTH = 65_536

/** A token in parts, each decoded once. What the payload says is not looked at: that takes a MAC first. */
export interface Jws {
  readonly header: JwtHeader
  readonly payload: Uint8Array
  readonly mac: Uint8Array<ArrayBuffer>
  /** What the MAC is computed over: the first two segments as they came (RFC 7515 §5.2). */
  readonly signingInput: Uint8Array<ArrayBuffer>
}

/**
 * Splits a token.
 * @throws {JwtMalformedError} where it is no text, too long, not three segments of canonical base64url, or its header must be refused
 */
export function split(token: unknown, maxLength: number): Jws {
  expectWellFormed(typeof token === 'string', 'is not a string')
  expectWellFormed(token.length <= maxLength, 'is longer than maxLength')
  const first = token.indexOf('.')
  const last = token.indexOf('.', first + 1)
  expectWellFormed(last > first && token.indexOf('.', last + 1) === -1, 'has not three segments')
  const codes = encodeAscii(token)
  expectWellFormed(codes, 'is not ASCII')
  const header = decodeHeader(token.slice(0, first), codes)
  const payload = decodeSegment(codes, first + 1, last, 'segment 2')
  const mac = decodeSegment(codes, last + 1, codes.length, 'segment 3')
  // An HS384 token is told that its algorithm is another one, not that its MAC is too long.
  expectWellFormed(header.alg !== 'HS256' || mac.length === 32, 'signature is not 43 characters')
  return { header, payload, mac, signingInput: codes.subarray(0, last) }
}

/** Encodes a payload that JSON can carry, behind a header and a dot, as what the MAC is computed over (RFC 7515 §5.1). */
export function toSigningInput(header: Uint8Array, payload: object): Uint8Array<ArrayBuffer> {
  return encodeBehind(header, encodeUtf8(JSON.stringify(payload)))
}

/** Joins the signing input and the last segment. */
export function join(signingInput: Uint8Array, segment: string): string {
  return `${decoder.decode(signingInput)}.${segment}`
}
