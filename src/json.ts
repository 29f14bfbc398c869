/** JSON objects (RFC 8259): parsed from UTF-8, or checked and copied before they are written. */
import { decoder } from './bytes.ts'
import { JwtMalformedError } from './errors.ts'
import { isKind, isPlainObject, tagOf, type PlainObject } from './object.ts'

/**
 * Parses bytes as a JSON object. The last of duplicate members wins, as RFC 7515 §4 allows.
 * @throws {JwtMalformedError} if they are not UTF-8, not JSON, or not an object
 */
export function parseJson(bytes: Uint8Array, part: 'header' | 'payload'): PlainObject {
  let value: unknown
  try {
    value = JSON.parse(decoder.decode(bytes))
  } catch {
    // JSON.parse's own error may quote the token
  }
  if (!isPlainObject(value)) throw new JwtMalformedError(`token ${part} is not a JSON object`)
  return value
}

/**
 * Copies an object as `JSON.stringify` would write it. Each member is read once, so what was
 * checked is what is signed.
 * @throws {TypeError} that names the path of the first value that JSON cannot represent
 */
export function toSerializable(
  object: object,
  path: string,
  ancestors: readonly object[] = [object],
): Record<string, unknown> {
  const copy: Record<string, unknown> = { ...object } // free of getters and proxies
  for (const name of Object.keys(copy)) {
    const member = copy[name]
    if (isScalar(member) || member === undefined) continue
    copy[name] = copyValue(applyToJson(member, name), `${path}.${name}`, ancestors)
  }
  return copy
}

function copyValue(value: unknown, path: string, ancestors: readonly object[]): unknown {
  if (isScalar(value)) return value
  if (typeof value !== 'object' || value === null || !['Object', 'Array'].includes(tagOf(value)))
    throw new TypeError(`${path} is ${describe(value)}`)
  if (ancestors.includes(value))
    throw new TypeError(`${path} contains itself, which JSON cannot represent`)
  const inside = [...ancestors, value]
  if (!Array.isArray(value)) return toSerializable(value, path, inside)
  return Array.from<unknown>(value).map((item, index) =>
    copyValue(applyToJson(item, String(index)), `${path}.${index}`, inside),
  )
}

function isScalar(value: unknown): boolean {
  const isText = typeof value === 'string'
  return isText || value === null || typeof value === 'boolean' || Number.isFinite(value)
}

/** Calls a value's `toJSON`, if any, as `JSON.stringify` does, but not that of an invalid Date. */
function applyToJson(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return value
  const { toJSON }: { readonly toJSON?: unknown } = value
  const isInvalidDate = isKind(value, 'Date') && Number.isNaN(Number(value)) // would become null
  if (typeof toJSON !== 'function' || isInvalidDate) return value
  const written: unknown = toJSON.call(value, name)
  return written
}

function describe(value: unknown): string {
  if (typeof value === 'number') return 'not a finite number, which JSON cannot represent'
  if (typeof value === 'bigint')
    return 'a bigint, which JSON cannot represent: write it as a string'
  if (value === undefined) return 'undefined, which JSON cannot represent'
  const kind = typeof value === 'object' ? tagOf(value) : typeof value
  if (kind === 'Promise') return 'a Promise, which JSON cannot represent: await it'
  const article = kind === 'Date' ? 'an invalid' : /^[AEIO]/i.test(kind) ? 'an' : 'a'
  return `${article} ${kind}, which JSON cannot represent`
}
