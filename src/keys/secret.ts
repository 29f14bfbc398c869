/** The forms that a secret comes in → what an HMAC key is made of (RFC 7518 §3.2), or a refusal that says how to get a good one. */
import { decode } from '../encoding/base64url.ts'
import { encoder } from '../encoding/utf8.ts'
import { expect, isPlainObject, kindOf } from '../options.ts'

/** A symmetric JSON Web Key (RFC 7517, RFC 7518 §6.4), described by its shape. */
export interface SymmetricJwk {
  /** The key's type: `oct`, or the key is refused. */
  readonly kty?: string
  /** The secret in base64url. */
  readonly k?: string
  /** The key's name. Default: none. */
  readonly kid?: string
  /** What the key is for: `HS256`. Default: that. */
  readonly alg?: string
  /** What the key is for: `sig`. Default: that. */
  readonly use?: string
  /** Which of `sign` and `verify` the key may do. Default: both. */
  readonly key_ops?: readonly string[]
}

/** A Web Crypto `CryptoKey` for HMAC with SHA-256, described by its shape. */
export interface CryptoKeyLike {
  /** `secret`. */
  readonly type: string
  /** `HMAC` with the hash SHA-256. */
  readonly algorithm: { readonly name: string }
  /** Either: a key that is not extractable works too. */
  readonly extractable: boolean
  /** Which of `sign` and `verify` the key may do. */
  readonly usages: readonly string[]
}

/** A Node `KeyObject` of type `secret`, described by its shape. */
export interface KeyObjectLike {
  /** `secret`. */
  readonly type: string
  /** Gives the secret as a JWK. */
  export(options: { readonly format: 'jwk' }): object
}

/** Whatever `createKey` takes. `undefined` is for an environment variable that is not set: admitted by the type, refused when run. */
export type Secret = string | ArrayBufferView | ArrayBuffer | SymmetricJwk | CryptoKeyLike | KeyObjectLike | undefined

/** What a key is made of. Each member is its own, from the start: none is inherited from a polluted `Object.prototype`. */
export interface Material {
  /** Bytes of our own, or a `CryptoKey`, which may not be extractable. */
  readonly secret: Uint8Array<ArrayBuffer> | CryptoKeyLike
  /** What the key may be used for, of `sign` and `verify` (RFC 7517 §4.3). */
  readonly operations: readonly unknown[]
  /** The JWK's own Key ID, not yet checked. */
  readonly kid: unknown
  /** What Web Crypto has made of the secret, from its first use on, or is about to. */
  cryptoKey: CryptoKey | undefined
  importing: Promise<CryptoKey> | undefined
}

const BOTH = ['sign', 'verify']

/**
 * What others may know: a PEM or SSH2 file, an OpenSSH key (alone, or after a host or a comment), a JWK or a list of them as text, also
 * in quotes, and what begins as the base64 of a PEM file. Anchored or of fixed length, so no text makes it slow.
 */
const NO_SECRET =
  /----[- ]BEGIN |^LS0tLS1CRUdJT|^[\s"']*(?:sk-)?(?:ssh|ecdsa)-|(?:ssh|ecdsa)-[\w@.-]{1,40} AAAA|^[\s"'[]*\{[^]*\\?"k(?:ty|eys)\\?"/

/**
 * Checks a secret of any form; copies its bytes.
 * @throws {TypeError} where it is no secret
 * @throws {RangeError} where it has fewer than 32 bytes
 */
export function readSecret(secret: unknown): Material {
  if (secret === undefined) throw new TypeError('secret is undefined: is the environment variable set?')
  const kind = kindOf(secret)
  if (kind === 'CryptoKey') return ofCryptoKey(secret as CryptoKey)
  if (kind === 'KeyObject') return ofKeyObject(secret as KeyObjectLike)
  if (isPlainObject(secret)) return ofJwk(secret)
  if (ArrayBuffer.isView(secret)) return ofBytes(new Uint8Array(secret.buffer, secret.byteOffset, secret.byteLength))
  if (kind === 'ArrayBuffer') return ofBytes(new Uint8Array(secret as ArrayBuffer))
  return ofBytes(typeof secret === 'string' && !/\p{Surrogate}/u.test(secret) && encoder.encode(secret))
}

function ofCryptoKey(key: CryptoKey): Material {
  const { name, hash, length } = key.algorithm as Partial<HmacKeyAlgorithm>
  expect(name === 'HMAC' && hash?.name === 'SHA-256', 'CryptoKey', 'for HMAC with SHA-256')
  expectLength(length! / 8)
  return { secret: key, operations: [...key.usages], kid: undefined, cryptoKey: undefined, importing: undefined }
}

function ofKeyObject(key: KeyObjectLike): Material {
  expect(key.type === 'secret', 'KeyObject', 'of type secret')
  return ofJwk(key.export({ format: 'jwk' }))
}

function ofJwk(jwk: SymmetricJwk): Material {
  const { kty, k, kid, alg = 'HS256', use = 'sig', key_ops = BOTH } = { __proto__: null, ...jwk } as SymmetricJwk
  expect(kty === 'oct' && alg === 'HS256' && use === 'sig', 'JWK', 'of kty oct, alg HS256 and use sig')
  const operations: unknown = key_ops
  expect(
    Array.isArray(operations) && BOTH.some((operation) => operations.includes(operation)),
    'key_ops of the JWK',
    'a list with sign or verify',
  )
  return ofBytes(typeof k === 'string' && decode(k), Array.from(key_ops), kid)
}

function ofBytes(bytes: Uint8Array | false | undefined, operations: readonly string[] = BOTH, kid?: unknown): Material {
  expect(bytes, 'secret', 'a well-formed string, bytes, a CryptoKey, a KeyObject, or a JWK with k in base64url')
  expect(
    !NO_SECRET.test(new TextDecoder().decode(bytes).replaceAll('\0', '')),
    'secret',
    'shared, not a PEM file, an SSH key or the text of a JWK',
  )
  expectLength(bytes.length)
  return { secret: bytes.slice(), operations, kid, cryptoKey: undefined, importing: undefined }
}

function expectLength(bytes: number): void {
  if (bytes >= 32) return
  throw new RangeError(`secret has ${bytes} bytes, HS256 needs 32 or more (RFC 7518 §3.2): make one with generateSecret()`)
}
