/** The header of a JWS (RFC 7515 §4): what it may hold, and what it must. */
import { decodeJson } from '../encoding/json.ts'
import { expectWellFormed } from '../encoding/well-formed.ts'
import { JwtAlgorithmError } from '../errors.ts'
import { own } from '../options.ts'

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

/**
 * Decodes a header and checks it, whatever its algorithm.
 * @throws {JwtMalformedError} where it is no JSON object, has no string `alg`, or asks for something that is not supported
 */
export function decodeHeader(bytes: Uint8Array): JwtHeader {
  const header = decodeJson(bytes, 'header')
  expectWellFormed(Object.hasOwn(header, 'alg'), 'header has no alg')
  for (const name of ['alg', 'kid', 'typ', 'cty']) {
    const isTyped = !Object.hasOwn(header, name) || typeof header[name] === 'string'
    expectWellFormed(isTyped, `header has a ${name} that is no string`)
  }
  // Extensions that must be understood (RFC 7515 §4.1.11), another payload encoding (RFC 7797), a token in a token (RFC 7519 §5.2).
  for (const name of ['crit', 'b64']) expectWellFormed(!Object.hasOwn(header, name), `header has ${name}, which is not supported`)
  expectWellFormed(mediaType(own(header, 'cty') as string | undefined) !== 'application/jwt', 'holds another token, which is not supported')
  return Object.freeze(header) as JwtHeader
}

/** @throws {JwtAlgorithmError} where the algorithm is another one (RFC 8725 §3.1) */
export function expectHs256(header: JwtHeader): void {
  if (header.alg !== 'HS256') throw new JwtAlgorithmError('token has another alg than HS256')
}

/** A media type as it can be compared: `application/` may be left out where no other `/` is, and the case of ASCII letters does not count (RFC 7515 §4.1.9). */
export function mediaType(name: string | undefined): string | undefined {
  return name?.replace(/^[^/]*$/, 'application/$&').replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase())
}
