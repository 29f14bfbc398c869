/** One key or several: which may be used, and which fit a token (RFC 7515 §4.1.4). That is all there is to rotation. */
import { JwtKeyNotFoundError } from '../errors.ts'
import { expect, own } from '../options.ts'
import { materialOf, type JwtKey } from './key.ts'

/** A key, or 1 to 16 of them: the first signs, and every one that fits verifies. */
export type JwtKeys = JwtKey | readonly JwtKey[]

/**
 * Reads one key or a list of them.
 * @throws {TypeError} where there are none or more than 16, one is no key or may not be used for the operation, or two have one `kid`
 */
export function readKeys(keys: unknown, operation: 'sign' | 'verify'): readonly [JwtKey, ...JwtKey[]] {
  const list = (Array.isArray(keys) ? [...(keys as unknown[])] : [keys]) as [JwtKey, ...JwtKey[]] // as the loop below proves
  expect(list.length > 0 && list.length <= 16, 'keys', 'one key or a list of 1 to 16')
  const kids: string[] = []
  for (const key of list) {
    const isUsed = operation === 'verify' || key === list[0]
    if (!materialOf(key).operations.includes(operation) && isUsed) throw new TypeError(`key must be allowed to ${operation}`)
    if (key.kid === undefined) continue
    expect(!kids.includes(key.kid), 'kid', 'different for each key')
    kids.push(key.kid)
  }
  return list
}

/** Reads what a key function has found, where `undefined` is nothing. */
export function readFound(keys: unknown): readonly JwtKey[] {
  return keys === undefined ? [] : readKeys(keys, 'verify')
}

/**
 * The keys that are to be tried for a token: those without a `kid`, all where the token has none, and those that have the same one.
 * @throws {JwtKeyNotFoundError} where there is none
 */
export function expectFitting(keys: readonly JwtKey[], header: object): readonly JwtKey[] {
  const kid = own(header as { readonly kid?: unknown }, 'kid')
  const found = kid === undefined ? keys : keys.filter((key) => key.kid === undefined || key.kid === kid)
  if (found.length === 0) throw new JwtKeyNotFoundError('no key fits the token')
  return found
}
