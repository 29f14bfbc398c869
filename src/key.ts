/** Checked, opaque keys, and which of them match a token (key rotation). */
import { JwtKeyNotFoundError } from './errors.ts'
import type { JwtHeader } from './jws.ts'
import { isPlainObject, own, tagOf } from './object.ts'
import { defineOptions, readOptions, readString, refuseCallback } from './options.ts'
import { readSecret, type Material, type Secret } from './secret.ts'

/** Options of `createKey`. */
export interface KeyOptions {
  /** The Key ID, by which a token names its key (RFC 7515 §4.1.4). Default: a JWK's, or none. */
  readonly kid?: string
}

// oxlint-disable typescript/no-unsafe-declaration-merging -- the class is named for console.log

/** A key for HS256, made by `createKey`. It shows its `kid`, never its secret. */
export interface JwtKey {
  /** The Key ID (RFC 7515 §4.1.4), or `undefined` if it has none. */
  readonly kid: string | undefined
  /** Type-only, so look-alikes are rejected. */
  readonly '~made': true
}

const Key = class JwtKey {
  declare readonly '~made': true
  readonly kid: string | undefined
  constructor(kid: string | undefined) {
    this.kid = kid
  }
  /** Marks a key, so that one from another copy of this library is recognized. */
  get [Symbol.toStringTag](): string {
    return 'JwtKey'
  }
}

/** A key, or 1 to 16 of them: the first signs, and any matching one verifies. */
export type JwtKeys = JwtKey | readonly JwtKey[]

/** Looks up keys by the header. `undefined` means none; errors are passed on. */
export type KeyFinder = (header: JwtHeader) => JwtKeys | undefined | Promise<JwtKeys | undefined>

/** At least one key. */
type KeyList = readonly [JwtKey, ...JwtKey[]]

/** A key and its material. */
interface Entry extends Material {
  readonly key: JwtKey
}

// Not a private field: `key.constructor` would expose the static method that reads it.
const entries: WeakMap<object, Entry> = /* @__PURE__ */ new WeakMap()

const OPTIONS = /* @__PURE__ */ defineOptions({ kid: [readString, undefined] })

/**
 * Makes a key from a secret of at least 32 bytes, which is checked now, not at first use.
 *
 * @param secret a string (its UTF-8 bytes), bytes (copied), a JWK (whose `kid`, `alg`, `use` and
 * `key_ops` are respected), a `CryptoKey` for HMAC with SHA-256, or a Node `KeyObject`
 * @throws {TypeError} if the secret is `undefined`, a key file (PEM, SSH, JWK as text) or a key for
 * another purpose, or an option is not valid
 * @throws {RangeError} if it has fewer than 32 bytes (RFC 7518 §3.2)
 * @example
 * const key = createKey(process.env.JWT_SECRET, { kid: '2026-11' })
 */
export function createKey(secret: Secret, options?: KeyOptions): JwtKey {
  refuseCallback(arguments, 2)
  const { kid } = readOptions(options, OPTIONS)
  const material = readSecret(secret)
  if (kid !== undefined || material.kid === undefined) return toKey(material, kid)
  return toKey(material, readString(material.kid, "the JWK's kid"))
}

/** Makes a key of checked material, and registers it: a key made by `new` alone is rejected. */
export function toKey(material: Material, kid: string | undefined): JwtKey {
  const key = Object.freeze(new Key(kid))
  entries.set(key, { ...material, key })
  return key
}

/**
 * Returns a key and its material.
 * @throws {TypeError} if the value is not a key of this copy of the library
 */
export function materialOf(key: unknown): Entry {
  // Stryker disable next-line LogicalOperator: a WeakMap has no entry for a non-object
  const entry = typeof key === 'object' && key !== null ? entries.get(key) : undefined
  if (entry !== undefined) return entry
  // A key that is posted to a worker or copied by a spread keeps only its own property, `kid`.
  const isCopy = isPlainObject(key) && Object.keys(key).join() === 'kid'
  if (!isCopy && tagOf(key) !== 'JwtKey') throw new TypeError('key must be made by createKey')
  const copies = 'a bundle, a hot reload, a test reset, CommonJS mixed with ES modules'
  const cure = 'share the secret, not the key, and call createKey where the key is used'
  throw new TypeError(`key is from another copy of hs256 (${copies}) or another thread: ${cure}`)
}

/**
 * Reads one key, or a list of them.
 * @throws {TypeError} if a value is not a key or may not be used so, or the list is not valid
 */
export function readKeys(keys: unknown, operation: 'sign' | 'verify'): KeyList {
  const list: readonly unknown[] = Array.isArray(keys) ? Array.from<unknown>(keys) : [keys]
  const limit = 'keys must be a key or a list of 1 to 16 keys'
  if (list.length > 16) throw new TypeError(limit)
  const read: JwtKey[] = []
  for (const value of list) {
    const { key, operations } = materialOf(value)
    const isUsed = operation === 'verify' || read.length === 0
    if (isUsed && !operations.includes(operation))
      throw new TypeError(`key is not allowed to ${operation}: its key_ops or usages exclude it`)
    for (const other of read)
      if (key.kid !== undefined && key.kid === other.kid)
        throw new TypeError('two keys have the same kid: give each its own')
    read.push(key)
  }
  const [first, ...others] = read
  if (first === undefined) throw new TypeError(limit)
  return [first, ...others]
}

/** Reads keys, or a function that finds them, which is called later. */
export function readKnown<Finder extends (header: JwtHeader) => unknown>(
  keys: JwtKeys | Finder,
): KeyList | Finder {
  return typeof keys === 'function' ? keys : readKeys(keys, 'verify')
}

/** Reads what a key function returned, where `undefined` means none. */
export function readFoundKeys(keys: unknown): readonly JwtKey[] {
  return keys === undefined ? [] : readKeys(keys, 'verify')
}

/**
 * All keys if the token has no `kid`; otherwise those with the same `kid` or none.
 * @throws {JwtKeyNotFoundError} if no key matches
 */
export function matchingKeys(keys: readonly JwtKey[], header: JwtHeader): readonly JwtKey[] {
  const kid = own(header, 'kid')
  const matching =
    kid === undefined ? keys : keys.filter((key) => key.kid === undefined || key.kid === kid)
  if (matching.length > 0) return matching
  throw new JwtKeyNotFoundError('no key matches the token', kid)
}
