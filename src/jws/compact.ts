/** The compact serialization of a JWS (RFC 7515 §7.1): `header.payload.signature` ⇄ its parts. */
import { decode, encode } from '../encoding/base64url.ts'
import { encodeJson, type JsonObject } from '../encoding/json.ts'
import { JwtMalformedError } from '../errors.ts'
import { decodeHeader, type JwtHeader } from './header.ts'

/** The longest token, in characters, that `sign` makes, and that is read unless `maxLength` says otherwise. */
export const MAX_LENGTH = 65_536

/** The length of a MAC of 32 bytes in base64url. */
const MAC_LENGTH = 43

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
  if (typeof token !== 'string') throw new JwtMalformedError('token is not a text')
  if (token.length > maxLength) throw new JwtMalformedError('token is longer than maxLength')
  const first = token.indexOf('.')
  const second = token.indexOf('.', first + 1)
  if (second <= first || token.includes('.', second + 1)) throw new JwtMalformedError('token has not three segments')
  const signature = token.slice(second + 1)
  const jws = {
    header: decodeHeader(decodeSegment(token.slice(0, first), 'header')),
    payload: decodeSegment(token.slice(first + 1, second), 'payload'),
    mac: decodeSegment(signature, 'signature'),
    signingInput: token.slice(0, second),
  }
  // An HS384 token is told that its algorithm is another one, not that its MAC is too long.
  if (jws.header.alg === 'HS256' && signature.length !== MAC_LENGTH) throw new JwtMalformedError('token signature is not 43 characters')
  return jws
}

function decodeSegment(segment: string, name: string): Uint8Array<ArrayBuffer> {
  const bytes = decode(segment)
  if (bytes === undefined) throw new JwtMalformedError(`token ${name} is not base64url`)
  return bytes
}

/**
 * Encodes header and payload as what the MAC is computed over.
 * @throws {TypeError} where JSON cannot carry a value
 * @throws {RangeError} where the token would be longer than 65 536 characters
 */
export function toSigningInput(header: JsonObject, payload: JsonObject): string {
  const signingInput = `${encode(encodeJson(header, 'header'))}.${encode(encodeJson(payload, 'claims'))}`
  if (signingInput.length + 1 + MAC_LENGTH > MAX_LENGTH) throw new RangeError(`token would be longer than ${MAX_LENGTH} characters`)
  return signingInput
}
