/** The compact serialization of a JWS (RFC 7515 §7.1): `header.payload.signature` ⇄ its parts. */
import { decode, encode } from '../encoding/base64url.ts'
import { encodeJson } from '../encoding/json.ts'
import { expectWellFormed } from '../encoding/well-formed.ts'
import { decodeHeader, type JwtHeader } from './header.ts'

/** The longest token, in characters, that `sign` makes, and that is read unless `maxLength` says otherwise. */
export const MAX_LENGTH = 65_536

/** A token in parts, each decoded once. What the payload says is not looked at: that takes a MAC first. */
export interface Jws {
  readonly header: JwtHeader
  readonly payload: Uint8Array
  readonly mac: Uint8Array<ArrayBuffer>
  /** What the MAC is computed over: the first two segments as they came (RFC 7515 §5.2). */
  readonly signingInput: string
}

/**
 * Splits a token.
 * @throws {JwtMalformedError} where it is no text, too long, not three segments of canonical base64url, or its header must be refused
 */
export function split(token: unknown, maxLength: number): Jws {
  expectWellFormed(typeof token === 'string', 'is not a string')
  expectWellFormed(token.length <= maxLength, 'is longer than maxLength')
  const segments = token.split('.', 4)
  expectWellFormed(segments.length === 3, 'has not three segments')
  const [first, payload, mac] = segments.map(decodeSegment) as Segments
  const header = decodeHeader(first)
  // An HS384 token is told that its algorithm is another one, not that its MAC is too long.
  expectWellFormed(header.alg !== 'HS256' || mac.length === 32, 'signature is not 43 characters')
  return { header, payload, mac, signingInput: token.slice(0, token.lastIndexOf('.')) }
}

type Segments = [header: Uint8Array, payload: Uint8Array, mac: Uint8Array<ArrayBuffer>]

function decodeSegment(segment: string, index: number): Uint8Array {
  const bytes = decode(segment)
  expectWellFormed(bytes, `segment ${index + 1} is not base64url`)
  return bytes
}

/** Encodes header and payload, which JSON can carry, as what the MAC is computed over (RFC 7515 §5.1). */
export function toSigningInput(header: object, payload: object): string {
  return `${encode(encodeJson(header))}.${encode(encodeJson(payload))}`
}
