/** The header of a JWS (RFC 7515 §4): what it may hold, and what it must. */
import { encode } from '../encoding/base64url.ts'
import { decodeJson, type JsonObject } from '../encoding/json.ts'
import { decoder, encodeUtf8, encoder } from '../encoding/utf8.ts'
import { expectWellFormed } from '../encoding/well-formed.ts'
import { JwtAlgorithmError } from '../errors.ts'
import { own } from '../options.ts'
import { decodeSegment } from './segment.ts'

/** A decoded header, frozen. */
export interface JwtHeader {
  /** The algorithm: `HS256`, unless the header comes from `decodeUnverified`. */
  readonly alg: string
  /** The kind of token, a media type without `application/` (RFC 7519 §5.1). */
  readonly typ?: string
  /** The Key ID (RFC 7515 §4.1.4). */
  readonly kid?: string
  /** Everything else. None of it is followed: no `jku`, `jwk`, `x5u` or `x5c`. */
  readonly [name: string]: unknown
}

// The last header that was read, and its segment: the tokens of one issuer have the same one. What every answer shares is frozen all the way down.
let read: { readonly segment: string; readonly header: JwtHeader } | undefined

/**
 * Decodes a header and checks it, whatever its algorithm.
 * @throws {JwtMalformedError} where it is not base64url, no JSON object, has no string `alg`, or asks for something that is not supported
 */
export function decodeHeader(segment: string, token: Uint8Array): JwtHeader {
  if (segment === read?.segment) return read.header
  const bytes = decodeSegment(token, 0, segment.length, 'segment 1')
  const header = expectSupported(decodeJson(bytes, 'header'))
  const isFlat = Object.values(header).every((value) => typeof value === 'string')
  if (isFlat) read = { segment: decoder.decode(encoder.encode(segment)), header } // a copy: a slice would keep the whole token in memory
  return header
}

// The last header that was written, unless it had further members: an issuer writes the same one over and over.
let written: { readonly typ: string; readonly kid: string | undefined; readonly codes: Uint8Array } | undefined

/** Encodes a header, and the dot behind it. */
export function encodeHeader(typ: string, kid: string | undefined, further: object | undefined): Uint8Array {
  if (!further && written?.typ === typ && written.kid === kid) return written.codes
  const json = JSON.stringify({ alg: 'HS256', typ, kid, ...further })
  const codes = encoder.encode(`${encode(encodeUtf8(json))}.`)
  if (!further) written = { typ, kid, codes }
  return codes
}

function expectSupported(header: JsonObject): JwtHeader {
  expectWellFormed(Object.hasOwn(header, 'alg'), 'header has no alg')
  for (const name of ['alg', 'kid', 'typ', 'cty']) {
    const isTyped = !Object.hasOwn(header, name) || typeof header[name] === 'string'
    expectWellFormed(isTyped, `header has a ${name} that is no string`)
  }
  // Extensions that must be understood (RFC 7515 §4.1.11), another payload encoding (RFC 7797), a token in a token (RFC 7519 §5.2).
  for (const name of ['crit', 'b64']) expectWellFormed(!Object.hasOwn(header, name), `header has ${name}, which is not supported`)
  expectWellFormed(mediaType((own(header, 'cty') ?? '') as string) !== 'application/jwt', 'holds another token, which is not supported')
  return Object.freeze(header) as JwtHeader
}

/** @throws {JwtAlgorithmError} where the algorithm is another one (RFC 8725 §3.1) */
export function expectHs256(header: JwtHeader): void {
  if (header.alg !== 'HS256') throw new JwtAlgorithmError('token has another alg than HS256')
}

/** A media type as it can be compared: `application/` may be left out where no other `/` is, and the case of ASCII letters does not count (RFC 7515 §4.1.9). */
export function mediaType(name: string): string {
  return name.replace(/^[^/]*$/, 'application/$&').replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())
}
