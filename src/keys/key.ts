/** A checked, opaque key: made once, at start-up, and handed to everything else. */
import { kindOf, readOptions, text } from '../options.ts'
import { readSecret, type Material, type Secret } from './secret.ts'

/** What `createKey` takes beside the secret. */
export interface KeyOptions {
  /** The key's name (`kid`, RFC 7515 §4.1.4), by which rotation finds it. Default: a JWK's own, else none. */
  readonly kid?: string
}

// Not a private field: a static method that reads one could be reached through any key's constructor.
const materials: WeakMap<object, Material> = /* @__PURE__ */ new WeakMap()

/** A key for HS256, made by `createKey`. It shows its `kid`, never its secret. */
export class JwtKey {
  /** The key's name, or `undefined` where it has none. */
  readonly kid: string | undefined
  /** Only the type: a look-alike is no key. */
  declare private readonly secret: never

  /** @internal */
  constructor(material: Material, kid: string | undefined) {
    this.kid = kid
    materials.set(this, material)
    Object.freeze(this)
  }

  /** Tells a key of another copy of this library from something else. */
  get [Symbol.toStringTag](): string {
    return 'JwtKey'
  }
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
  const { kid } = readOptions<{ readonly kid?: string }>(options, { kid: text })
  const material = readSecret(secret)
  return new JwtKey(material, kid ?? (material.kid === undefined ? kid : text(material.kid, 'kid of the JWK')))
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
