/**
 * Objects of unknown origin, and prototype pollution: code that merges hostile JSON into an object
 * may add properties to `Object.prototype`, which all objects inherit. An inherited `exp` must not
 * replace a missing claim, nor an inherited `issuer` a missing option. So claims and options are
 * read as own properties only, and the objects made here define every property. For speed,
 * claims.ts checks `Object.prototype` once (50 ns) instead of `Object.hasOwn` per claim (450 ns).
 */

/** An object literal, a result of `JSON.parse`, or an object without a prototype. */
export type PlainObject = Readonly<Record<string, unknown>>

/** Whether a value is a {@link PlainObject}, of any realm. */
export function isPlainObject(value: unknown): value is PlainObject {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Reflect.getPrototypeOf(value)
  if (prototype === null) return true
  // Object.prototype of any realm owns hasOwnProperty; the result of Object.create(null) does not.
  return Reflect.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, 'hasOwnProperty')
}

/** Whether a value is a string. */
export function isString(value: unknown) {
  return typeof value === 'string'
}

/**
 * Returns an object for `for-in`, which is faster than `Object.keys`: itself, or a copy that
 * inherits nothing, while `Object.prototype` has members that `for-in` would visit in each object.
 */
export function withoutInherited<T extends object>(object: T): T {
  let inherited: string | undefined
  for (const name in {}) {
    inherited = name
    break
  }
  return inherited === undefined ? object : { __proto__: null, ...object }
}

/** Reads an own property; an inherited one reads as `undefined`. */
export function own<T extends object, Name extends keyof T>(
  object: T,
  name: Name,
): T[Name] | undefined {
  const value = object[name]
  return value !== undefined && Object.hasOwn(object, name) ? value : undefined
}

/** A `Temporal.Instant`, described by its shape. */
export interface InstantLike {
  /** Milliseconds since 1970. */
  readonly epochMilliseconds: number
  /** The tag by which it is recognized. */
  readonly [Symbol.toStringTag]: 'Temporal.Instant'
}

/** The kinds of object that are recognized by tag, because their constructors differ by realm. */
interface Kinds {
  readonly ArrayBuffer: ArrayBuffer
  readonly CryptoKey: CryptoKey
  readonly Date: Date
  readonly 'Temporal.Instant': InstantLike
  readonly KeyObject: { readonly type: string; export(options: { format: 'jwk' }): object }
}

/** Whether a value's tag says that it is of this kind. */
export function isKind<Kind extends keyof Kinds>(value: unknown, kind: Kind): value is Kinds[Kind] {
  return tagOf(value) === kind
}

/** Names a value's kind in a message: `a string`, `an Array`, `null`. */
export function kindOf(value: unknown): string {
  if (value === undefined || value === null) return String(value)
  const kind = typeof value === 'object' ? tagOf(value) : typeof value
  return `${/^[AEIO]/i.test(kind) ? 'an' : 'a'} ${kind}`
}

/** The value's tag: `Array`, `Date`, `CryptoKey`, … */
export function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1)
}
