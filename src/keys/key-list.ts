/** One key or several: which may be used, and which fit a token (RFC 7515 §4.1.4). That is all there is to rotation. */
import { JwtKeyNotFoundError } from '../errors.ts'
import { expect } from '../options.ts'
import { materialOf, type JwtKey } from './key.ts'

/** A key, or 1 to 16 of them: the first signs, and every one that fits verifies. */
export type JwtKeys = JwtKey | readonly JwtKey[]

/**
 * Reads one key or a list of them.
 * @throws {TypeError} where there are none or more than 16, one is no key or may not be used for the operation, or two have one `kid`
 */
export function readKeys(keys: unknown, operation: 'sign' | 'verify'): readonly [JwtKey, ...JwtKey[]] {
  const list = [keys].flat() as [JwtKey, ...JwtKey[]]
  expect(list.length > 0 && list.length <= 16, 'keys', 'one key or a list of 1 to 16')
  const used = operation === 'sign' ? list.slice(0, 1) : list
  for (const key of list) {
    expect(materialOf(key).operations.includes(operation) || !used.includes(key), 'key', `allowed to ${operation}`)
  }
  const kids = list.flatMap(({ kid }) => kid ?? [])
  expect(new Set(kids).size === kids.length, 'kid', 'different for each key')
  return list
}

/** Reads what a key function has found, where `undefined` is nothing. */
export function readFound(keys: unknown): readonly JwtKey[] {
  return keys === undefined ? [] : readKeys(keys, 'verify')
}

/**
 * The keys to try for a token: those without a `kid`, all where the token has none, else those whose `kid` is equal.
 * @throws {JwtKeyNotFoundError} where there is none
 */
export function selectKeys(keys: readonly JwtKey[], kid: string | undefined): readonly JwtKey[] {
  const fitting = keys.filter((key) => key.kid === undefined || kid === undefined || key.kid === kid)
  if (fitting.length === 0) throw new JwtKeyNotFoundError('no key fits the token')
  return fitting
}
