/** What JSON can carry (RFC 8259 §3). `JSON.stringify` turns the rest into `null` or nothing, in silence; here it is refused. */
import { expect, kindOf } from '../options.ts'

/**
 * Copies the members of an object as `JSON.stringify` would write them. Each is read once: what was checked is what is signed.
 * @throws {TypeError} naming the path of the first one that would be lost: a number that is not finite, a bigint, function, symbol
 * or cycle, a gap in a list, or an object other than `{…}` and `[…]` without `toJSON`, such as a Map, a Set or a Promise
 */
export function toSerializable(object: object, path: string, ancestors: readonly unknown[] = []): Record<string, unknown> {
  const isList = Array.isArray(object)
  const copy = (isList ? [...(object as unknown[])] : { ...object }) as Record<string, unknown> // where getters and proxies are gone
  for (const name of Object.keys(copy)) {
    const member = copy[name]
    if (isScalar(member) || (member === undefined && !isList)) continue
    const value = applyToJson(name, member)
    const above = [...ancestors, object]
    const isCarried = isScalar(value) || (['Object', 'Array'].includes(kindOf(value)) && !above.includes(value))
    expect(isCarried, `${path}.${name}`, 'something that JSON can carry')
    copy[name] = isScalar(value) ? value : toSerializable(value as object, `${path}.${name}`, above)
  }
  return copy
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || value === null || typeof value === 'boolean' || Number.isFinite(value)
}

function applyToJson(name: string, member: unknown): unknown {
  const { toJSON } = Object(member) as { readonly toJSON?: unknown }
  if (typeof member !== 'object' || typeof toJSON !== 'function') return member
  const isLost = kindOf(member) === 'Date' && Number.isNaN(Number(member)) // an invalid Date, which its toJSON makes null
  return isLost ? NaN : (toJSON.call(member, name) as unknown)
}
