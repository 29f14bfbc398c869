/** A checked, opaque key: made once, at start-up, and handed to everything else. */
import { kindOf, readOptions, text } from '../options.ts'
import { readSecret, type Material, type Secret } from './secret.ts'

/** What `createKey` takes beside the secret. */
export interface KeyOptions {
  /** The Key ID (`kid`, RFC 7515 §4.1.4), by which rotation finds it. Default: a JWK's own, else none. */
  readonly kid?: string
}

// Not a private field: a static method that reads one could be reached through any key's constructor.
const materials: WeakMap<object, Material> = /* @__PURE__ */ new WeakMap()

declare const made: unique symbol

// oxlint-disable typescript/no-unsafe-declaration-merging -- the class below has its name for itself alone

/** A key for HS256, made by `createKey`. It shows its `kid`, never its secret. */
export interface JwtKey {
  /** The Key ID (RFC 7515 §4.1.4), or `undefined` where it has none. */
  readonly kid: string | undefined
  /** Only the type has this member: a look-alike is no key. */
  readonly [made]: true
}

// The name is what console.log shows, and the tag what tells a key of another copy of this library from something else.
const Key = class JwtKey {
  declare readonly [made]: true
  readonly kid: string | undefined

  constructor(kid: string | undefined) {
    this.kid = kid
  }
  get [Symbol.toStringTag](): string {
    return 'JwtKey'
  }
}

/** Makes a key of what was checked already. */
export function toKey(material: Material, kid: string | undefined): JwtKey {
  const key = Object.freeze(new Key(kid)) // its constructor is in reach of everyone, and makes no key that works
  materials.set(key, material)
  return key
}

/**
 * Makes a key from a secret of 32 bytes or more; everything is checked at once.
 *
 * @param secret a text (its UTF-8 bytes), bytes (copied), a JWK (whose `kid`, `alg`, `use` and `key_ops` count), a `CryptoKey` for
 * HMAC with SHA-256, or a Node `KeyObject`
 * @throws {TypeError} where the secret is `undefined`, not a secret (PEM, `ssh-`, JWK as text), or a key for something else
 * @throws {RangeError} where it has fewer than 32 bytes (RFC 7518 §3.2)
 * @example
 * const key = createKey(process.env.JWT_SECRET, { kid: '2026-11' })
 */
export function createKey(secret: Secret, options?: KeyOptions): JwtKey {
  const { kid } = readOptions<{ readonly kid: string | undefined }>(options, { kid: text }, () => ({ kid: undefined }))
  const material = readSecret(secret)
  return toKey(material, kid ?? (material.kid === undefined ? kid : text(material.kid, 'kid of the JWK')))
}

/**
 * What a key is made of.
 * @throws {TypeError} where the value is no key of this copy of the library
 */
export function materialOf(key: unknown): Material {
  const material = materials.get(key as object)
  if (material) return material
  throw new TypeError(
    `key must be made by createKey${kindOf(key) === 'JwtKey' ? ' of this copy of hs256: ESM and CommonJS have one each' : ''}`,
  )
}
