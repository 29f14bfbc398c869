/** What JSON can carry (RFC 8259 §3). `JSON.stringify` turns the rest into `null` or nothing, in silence; here it is refused. */
import { expect, kindOf } from '../options.ts'

/**
 * Walks a value as `JSON.stringify` would.
 * @throws {TypeError} naming the path of the first value that would be lost: a number that is not finite, a bigint, function, symbol
 * or cycle, a gap in a list, or an object other than `{…}` and `[…]` without `toJSON`, such as a Map, a Set or a Promise
 */
export function expectSerializable(member: unknown, path: string, ancestors: unknown[] = []): void {
  const value = applyToJson(member)
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)) return
  const isList = Array.isArray(value)
  expect((isList || kindOf(value) === 'Object') && !ancestors.includes(value), path, 'something that JSON can carry')
  ancestors.push(value)
  for (const name of isList ? value.keys() : Object.keys(value as object)) {
    const inner = (value as Record<PropertyKey, unknown>)[name]
    if (isList || inner !== undefined) expectSerializable(inner, `${path}.${name}`, ancestors)
  }
  ancestors.pop()
}

function applyToJson(value: unknown): unknown {
  if (kindOf(value) === 'Date') return Number(value) // not finite where the Date is invalid, which its toJSON makes null
  const { toJSON } = Object(value) as { readonly toJSON?: unknown }
  return typeof value === 'object' && typeof toJSON === 'function' ? (toJSON.call(value, '') as unknown) : value
}
