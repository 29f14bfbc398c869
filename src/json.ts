/** JSON objects (RFC 8259): parsed, or checked and copied before they are written. */
import { JwtClaimError, JwtMalformedError } from './errors.ts'
import { isKind, isPlainObject, kindOf, tagOf, withoutInherited } from './object.ts'
import type { PlainObject } from './object.ts'

/** From here on, JavaScript rounds whole numbers. */
const ROUNDED = 2 ** 53

/**
 * Parses a JSON object. The last of duplicate members wins, as RFC 7515 §4 allows.
 * Numbers of 2^53 or more are rejected: JavaScript rounds them, so two identities could become one.
 * @throws {JwtMalformedError} if it is not a JSON object, and for such a number in a header
 * @throws {JwtClaimError} for such a number in the claims
 */
export function parseJson(text: string, part: 'header' | 'payload'): PlainObject {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // JSON.parse's own error may quote the token
  }
  if (!isPlainObject(value)) throw new JwtMalformedError(`token ${part} is not a JSON object`)
  if (!hasRounded(value)) return value
  const claim = Object.keys(value).find((name) => hasRounded([value[name]]))
  const cure = 'which JavaScript rounds: have the issuer write identifiers as strings'
  const message = `has a number of 2^53 or more, ${cure}`
  if (part === 'header') throw new JwtMalformedError(`token header ${message}`)
  const name = String(claim)
    .slice(0, 64)
    .replaceAll(/[^ -~]/g, '?') // an attacker may have chosen it
  throw new JwtClaimError(`${name} ${message}`, { claim, reason: 'invalid' })
}

/** A number that may be rounded, or what may contain one. */
type Suspect = number | unknown[] | PlainObject

/** Whether values contain a number that may be rounded. No recursion: they may be nested deeply. */
function hasRounded(values: unknown[] | PlainObject): boolean {
  const suspects: Suspect[] = [values] // it grows during the loop
  for (const suspect of suspects) {
    if (typeof suspect === 'number') return true
    if (Array.isArray(suspect)) {
      for (const value of suspect) if (isSuspect(value)) suspects.push(value)
      continue
    }
    const members = withoutInherited(suspect)
    for (const name in members) if (isSuspect(members[name])) suspects.push(members[name])
  }
  return false
}

function isSuspect(value: unknown): value is Suspect {
  if (typeof value === 'number') return Math.abs(value) >= ROUNDED
  return typeof value === 'object' && value !== null
}

/** Reads a payload: parses JSON, or copies claims, so that no two callers share an object. */
export function readPayload(payload: string | PlainObject): PlainObject {
  return typeof payload === 'string' ? parseJson(payload, 'payload') : copyJson(payload)
}

/** Copies an object that `JSON.parse` returned, at every depth. */
function copyJson(object: object): PlainObject {
  const copy: Record<string, unknown> = { ...object } // a member __proto__, too
  const members = withoutInherited(copy)
  for (const name in members)
    if (typeof members[name] === 'object') copy[name] = copyMember(members[name])
  return copy
}

function copyMember(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (!Array.isArray(value)) return copyJson(value)
  const items: readonly unknown[] = value
  const copy = [...items] // `slice` would call a foreign constructor
  for (let i = 0; i < copy.length; i++) copy[i] = copyMember(copy[i])
  return copy
}

/** How deeply claims may be nested: engines run out of stack only at a much greater depth. */
const MAX_DEPTH = 1000

/**
 * Replaces the members of an unshared object with copies of what `JSON.stringify` would write. Each
 * member is read once, so what was checked is what is signed.
 * @param ancestors the objects that contain it, and the object itself
 * @throws {TypeError} that names the path of the first value that JSON cannot represent
 * @throws {RangeError} if it is nested too deeply
 */
export function makeSerializable(
  object: Record<string, unknown>,
  path: string,
  ancestors: readonly object[] = [object],
): Record<string, unknown> {
  const members = withoutInherited(object)
  for (const name in members) {
    const member = members[name]
    if (isScalar(member) || member === undefined) continue
    object[name] = copyValue(applyToJson(member, name), `${path}.${name}`, ancestors)
  }
  return object
}

function copyValue(value: unknown, path: string, ancestors: readonly object[]): unknown {
  if (isScalar(value)) return value
  const isList = Array.isArray(value)
  if (typeof value !== 'object' || value === null || !(isList || tagOf(value) === 'Object'))
    throw new TypeError(`${path} is ${describe(value)}`)
  if (ancestors.includes(value))
    throw new TypeError(`${path} contains itself, which JSON cannot represent`)
  if (ancestors.length > MAX_DEPTH)
    throw new RangeError(`a value is nested more than ${MAX_DEPTH} levels deep: flatten it`)
  if (!isList) return makeSerializable({ ...value }, path, [...ancestors, value])
  const list: unknown[] = []
  for (let i = 0; i < value.length; i++) list.push(value[i]) // all before any toJSON is called
  for (let i = 0; i < list.length; i++) {
    const item = list[i]
    if (isScalar(item)) continue // most are scalars, which need no path and no ancestors
    list[i] = copyValue(applyToJson(item, String(i)), `${path}.${i}`, [...ancestors, value])
  }
  return list
}

function isScalar(value: unknown): boolean {
  if (typeof value === 'number') return Math.abs(value) < ROUNDED
  return typeof value === 'string' || value === null || typeof value === 'boolean'
}

/** Calls a value's `toJSON`, if any, as `JSON.stringify` does, but not that of an invalid Date. */
function applyToJson(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return value
  const { toJSON }: { readonly toJSON?: unknown } = value
  if (typeof toJSON !== 'function') return value
  if (isKind(value, 'Date') && Number.isNaN(Number(value))) return value // would become null
  const written: unknown = toJSON.call(value, name)
  return written
}

function describe(value: unknown): string {
  if (typeof value === 'bigint')
    return 'a bigint, which JSON cannot represent: write it as a string'
  if (Number.isFinite(value))
    return 'a number of 2^53 or more, which JavaScript rounds: write it as a string'
  if (typeof value === 'number') return 'not a finite number, which JSON cannot represent'
  if (isKind(value, 'Date')) return 'an invalid Date, which JSON cannot represent'
  const cure = tagOf(value) === 'Promise' ? ': await it' : ''
  return `${kindOf(value)}, which JSON cannot represent${cure}`
}
