/** The compact serialization of a JWS (RFC 7515 §7.1), and the rules for its header (§4). */
import { decodeText, encodeText, isBase64url } from './base64url.ts'
import { JwtAlgorithmError, JwtMalformedError } from './errors.ts'
import { parseJson } from './json.ts'
import { isString, own, tagOf, type PlainObject } from './object.ts'
import { copyText } from './utf8.ts'

/** The maximum length of a token, in characters; to read one, `maxLength` may replace it. */
export const MAX_LENGTH = 65_536

/** A decoded header, frozen. */
export interface JwtHeader {
  /** The algorithm: `HS256`, unless the header comes from `decodeUnverified`. */
  readonly alg: string
  /** The kind of token, a media type; `application/` may be left out (RFC 7515 §4.1.9). */
  readonly typ?: string
  /** The Key ID (RFC 7515 §4.1.4). */
  readonly kid?: string
  /** Other parameters. No key is taken from them: not from `jku`, `jwk`, `x5u` or `x5c`. */
  readonly [name: string]: unknown
}

/** A token in parts. */
export interface Jws {
  readonly header: JwtHeader
  /** JSON, not parsed before the MAC is verified. */
  readonly payload: string
  /** What the MAC is computed over: the first two segments, verbatim (RFC 7515 §5.2). */
  readonly signingInput: string
  /** The MAC, which is base64url if {@link requireMac} has checked it. */
  readonly mac: string
}

/**
 * Parses a token.
 * @throws {JwtMalformedError} if it is too long or not well-formed, or its header is rejected
 */
export function parseJws(token: string, maxLength: number): Jws {
  const jws = parseSegments(token, maxLength, decodeText)
  requireMac(jws, token)
  return jws
}

/** Parses a token, but does not check its MAC: {@link requireMac} does. */
export function parseSegments(token: unknown, maxLength: number, decode: typeof decodeText): Jws {
  if (typeof token !== 'string') throw notAString(token)
  if (token.length > maxLength) throw new JwtMalformedError('token is too long')
  const first = token.indexOf('.')
  const last = token.indexOf('.', first + 1)
  if (last <= first || token.includes('.', last + 1))
    throw notAToken(token, 'token does not have three segments')
  const header = parseHeader(token.slice(0, first), token)
  const payload = decode(token.slice(first + 1, last))
  if (payload === undefined) throw notBase64url(token, 2)
  return { header, payload, signingInput: token.slice(0, last), mac: token.slice(last + 1) }
}

/** @throws {JwtMalformedError} if the MAC is not base64url, or cannot be one of HS256 */
export function requireMac({ header, mac }: Pick<Jws, 'header' | 'mac'>, token: string): void {
  if (!isBase64url(mac)) throw notBase64url(token, 3)
  // Report HS384 as a wrong algorithm, not as a wrong MAC length.
  if (header.alg === 'HS256' && mac.length !== 43)
    throw new JwtMalformedError('token signature is not 43 characters')
}

/** A promise is a mistake in the program, which must not become a 401. */
function notAString(token: unknown): Error {
  try {
    if (tagOf(token) === 'Promise') return new TypeError('token is a Promise: await it')
  } catch {
    // a proxy that throws is not a promise
  }
  return new JwtMalformedError('token is not a string')
}

/** Names what is often left around a token: `Bearer`, or quotes. */
function notAToken(token: string, message: string): JwtMalformedError {
  if (/^\s*bearer\s/i.test(token))
    return new JwtMalformedError('token begins with Bearer: pass only what follows it')
  if (/^\s*["']/.test(token))
    return new JwtMalformedError('token is in quotes: remove them, or parse the JSON it came in')
  if (/[^\0-\x7f]/.test(token)) return new JwtMalformedError('token is not ASCII')
  return new JwtMalformedError(message)
}

function notBase64url(token: string, segment: 1 | 2 | 3): JwtMalformedError {
  return notAToken(token, `token segment ${segment} is not base64url`)
}

// The last parsed header, which the tokens of one issuer share. Frozen, as callers share it too.
let parsed: { readonly segment: string; readonly header: JwtHeader } | undefined

function parseHeader(segment: string, token: string): JwtHeader {
  if (segment === parsed?.segment) return parsed.header
  const text = decodeText(segment)
  if (text === undefined) throw notBase64url(token, 1)
  const header = toHeader(parseJson(text, 'header'))
  if (isFlat(header)) parsed = { segment: copyText(segment), header }
  return header
}

/** Whether a header is frozen at every depth, so that callers can share it. */
export function isFlat(header: JwtHeader): boolean {
  return Object.values(header).every(isString)
}

/** @throws {JwtMalformedError} if a parameter is missing, mistyped or not supported */
function toHeader(header: PlainObject): JwtHeader {
  for (const name of ['alg', 'kid', 'typ', 'cty'])
    if (Object.hasOwn(header, name) && typeof header[name] !== 'string')
      throw new JwtMalformedError(`token header's ${name} is not a string`)
  const alg = own(header, 'alg')
  if (typeof alg !== 'string') throw new JwtMalformedError('token header has no alg')
  // Extensions that must be understood (RFC 7515 §4.1.11), and other payload encodings (RFC 7797).
  for (const name of ['crit', 'b64'])
    if (Object.hasOwn(header, name))
      throw new JwtMalformedError(`token header has ${name}, which is not supported`)
  // A token in a token (RFC 7519 §5.2).
  if (mediaType(String(own(header, 'cty'))) === 'application/jwt')
    throw new JwtMalformedError('token is nested (cty: JWT), which is not supported')
  return Object.freeze({ ...header, alg })
}

/** @throws {JwtAlgorithmError} if the algorithm is not HS256 (RFC 8725 §3.1) */
export function requireHs256({ alg }: JwtHeader): void {
  if (alg === 'HS256') return
  const message = "token's alg is not HS256"
  const isLonger = alg === 'HS384' || alg === 'HS512' // some issuers choose it for a long secret
  throw new JwtAlgorithmError(isLonger ? `${message} but ${alg}: set HS256 in the issuer` : message)
}

/**
 * Normalizes a media type for comparison: adds `application/` if there is no `/`, and lower-cases
 * ASCII letters (RFC 7515 §4.1.9).
 */
export function mediaType(name: string): string {
  const full = name.includes('/') ? name : `application/${name}`
  return full.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())
}

// The last encoded header: an issuer writes the same one again and again.
let encoded: { readonly json: string; readonly segment: string } | undefined

/** Encodes a header. */
export function encodeHeader(header: object): string {
  const json = JSON.stringify(header)
  if (encoded?.json !== json) encoded = { json, segment: encodeText(json) }
  return encoded.segment
}
