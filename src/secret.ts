/** Checks a secret of any form, and turns it into the material of a key (RFC 7518 §3.2). */
import { decodeBase64url } from './base64url.ts'
import { isKind, isPlainObject, type PlainObject } from './object.ts'
import { encodeUtf8 } from './utf8.ts'

/** A symmetric JSON Web Key (RFC 7517, RFC 7518 §6.4), described by its shape. */
export interface SymmetricJwk {
  /** The key type, which must be `oct`. */
  readonly kty?: string
  /** The secret in base64url. */
  readonly k?: string
  /** The Key ID. Default: none. */
  readonly kid?: string
  /** The algorithm, which must be `HS256`. Default: `HS256`. */
  readonly alg?: string
  /** The purpose, which must be `sig`. Default: `sig`. */
  readonly use?: string
  /** Which of `sign` and `verify` the key may do. Default: both. */
  readonly key_ops?: readonly string[]
}

/** A Web Crypto `CryptoKey` for HMAC with SHA-256, described by its shape. */
export interface CryptoKeyLike {
  /** The type: `secret`. */
  readonly type: string
  /** The algorithm: `HMAC` with SHA-256. */
  readonly algorithm: { readonly name: string }
  /** Whether the key can be exported, which is not required. */
  readonly extractable: boolean
  /** Which of `sign` and `verify` the key may do. */
  readonly usages: readonly string[]
}

/** A Node `KeyObject` of type `secret`, described by its shape. */
export interface KeyObjectLike {
  /** The type: `secret`. */
  readonly type: string
  /** Returns the secret as a JWK. */
  export(options: { readonly format: 'jwk' }): object
}

/** The forms of a secret. `undefined` (an unset environment variable) is rejected at run time. */
export type Secret =
  string | ArrayBufferView | ArrayBuffer | SymmetricJwk | CryptoKeyLike | KeyObjectLike | undefined

/** The material of a key. */
export interface Material {
  /** A copy of the bytes, or a `CryptoKey`, extractable or not. */
  readonly secret: Uint8Array<ArrayBuffer> | CryptoKey
  /** The operations that the key allows, `sign` or `verify` among them (RFC 7517 §4.3). */
  readonly operations: readonly unknown[]
  /** The JWK's own Key ID, not checked yet. */
  readonly kid: unknown
}
const BOTH = ['sign', 'verify']

/**
 * Checks a secret of any form, and copies its bytes.
 * @throws {TypeError} if it is not a secret
 * @throws {RangeError} if it has fewer than 32 bytes
 */
export function readSecret(secret: unknown): Material {
  if (secret === undefined)
    throw new TypeError('secret is undefined: is the environment variable set?')
  if (isKind(secret, 'CryptoKey')) return fromCryptoKey(secret)
  if (isKind(secret, 'KeyObject')) {
    if (secret.type !== 'secret') throw new TypeError('the KeyObject must be of type secret')
    return fromJwk({ ...secret.export({ format: 'jwk' }) })
  }
  if (isPlainObject(secret)) return fromJwk(secret)
  const bytes = bytesOf(secret)
  const material = bytes && fromBytes(bytes, BOTH, undefined)
  if (typeof secret === 'string') requireClean(secret)
  if (material !== undefined) return material
  const forms = 'a well-formed string, a byte array, a CryptoKey, a KeyObject, or a JWK'
  throw new TypeError(`secret must be ${forms}`)
}

function bytesOf(secret: unknown): Uint8Array | undefined {
  if (ArrayBuffer.isView(secret))
    return new Uint8Array(secret.buffer, secret.byteOffset, secret.byteLength)
  if (isKind(secret, 'ArrayBuffer')) return new Uint8Array(secret)
  const isWellFormed = typeof secret === 'string' && !/\p{Surrogate}/u.test(secret)
  return isWellFormed ? encodeUtf8(secret) : undefined
}

function fromCryptoKey(secret: CryptoKey): Material {
  const { name, hash, length }: Partial<HmacKeyAlgorithm> = secret.algorithm
  if (name !== 'HMAC' || hash?.name !== 'SHA-256')
    throw new TypeError('the CryptoKey must be for HMAC with SHA-256')
  requireLength(Number(length) / 8)
  return { secret, operations: [...secret.usages], kid: undefined }
}

function fromJwk(jwk: PlainObject): Material {
  const ownMembers: PlainObject = { __proto__: null, ...jwk }
  const { kty, k, kid, alg = 'HS256', use = 'sig', key_ops = BOTH } = ownMembers
  if (kty !== 'oct' || alg !== 'HS256' || use !== 'sig')
    throw new TypeError(
      'the JWK must have kty oct; its alg must be HS256 and its use sig, if present',
    )
  const operations = Array.isArray(key_ops) ? Array.from<unknown>(key_ops) : []
  if (!BOTH.some((operation) => operations.includes(operation)))
    throw new TypeError("the JWK's key_ops must be a list that includes sign or verify")
  const bytes = typeof k === 'string' ? decodeBase64url(k) : undefined
  if (bytes === undefined) throw new TypeError("the JWK's k must be base64url without padding")
  return fromBytes(bytes, operations, kid)
}

/**
 * Key files, some of them public: PEM (also in base64), RSA and EC keys in base64, SSH2, OpenSSH,
 * and JWK as text (also in quotes). Anchored or bounded, so matching takes linear time.
 */
const KNOWN_TO_OTHERS = [
  /----[- ]BEGIN |^\s*LS0tLS1CRUdJT/,
  /^\s*M(?:II[\w+/-]{2,6}ANBgkqhkiG9w0BAQ|IGfMA0GCSqGSIb3DQEB|FkwEwYHKoZIz|HYwEAYHKoZIz)/,
  /^[\s"']*(?:sk-)?(?:ssh|ecdsa)-|(?:ssh|ecdsa)-[\w@.-]{1,40} AAAA/,
  /^[\s"'[]*\{[^]*\\?"k(?:ty|eys)\\?"/,
]

function fromBytes(bytes: Uint8Array, operations: readonly unknown[], kid: unknown): Material {
  const text = new TextDecoder().decode(bytes).replaceAll('\0', '')
  if (KNOWN_TO_OTHERS.some((pattern) => pattern.test(text))) {
    const found = 'a PEM file, an SSH key or the text of a JWK'
    throw new TypeError(`secret looks like ${found}: pass a shared secret, or the JWK as an object`)
  }
  requireLength(bytes.length)
  return { secret: bytes.slice(), operations, kid }
}

/** Rejects a string with characters that are easily overlooked and rarely meant to be there. */
function requireClean(secret: string): void {
  if (secret.includes('\uFFFD'))
    throw new TypeError('secret contains U+FFFD: binary data was read as text, so pass the bytes')
  if (/^\s*\{\s*"[^]*\}\s*$/.test(secret))
    throw new TypeError('secret is a JSON object: pass the secret inside it, or all of its bytes')
  const found =
    (/^[\s\p{Cf}]|[\s\p{Cf}]$/u.test(secret) && 'has white space or a BOM at an end: trim it') ||
    (/^(["'`])[^]*\1$/.test(secret) && 'is in quotes: remove them') ||
    (/\p{Cc}/u.test(secret) && 'contains a control character such as a line break: remove it')
  if (found === false) return
  const bytes = 'otherwise pass its bytes, new TextEncoder().encode(secret)'
  throw new TypeError(`secret ${found} if the other side does so; ${bytes}`)
}

function requireLength(bytes: number): void {
  if (bytes >= 32) return
  const rule = 'HS256 needs at least 32 (RFC 7518 §3.2)'
  throw new RangeError(`secret has ${bytes} bytes; ${rule}: make one with generateSecret()`)
}
