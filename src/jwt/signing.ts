/** The steps of signing up to the MAC (RFC 7519 §7.1), which either engine then makes. */
import { MAX_LENGTH, toSigningInput } from '../jws/compact.ts'
import { encodeHeader } from '../jws/header.ts'
import { readKeys } from '../keys/key-list.ts'
import type { JwtKey } from '../keys/key.ts'
import { issue } from './issuance.ts'

/** A token but for its MAC, and the key that is to make it. */
export interface Draft {
  readonly key: JwtKey
  readonly signingInput: Uint8Array<ArrayBuffer>
}

/**
 * Drafts a token.
 * @throws {TypeError} and {RangeError} as `sign` does
 */
export function draft(claims: unknown, keys: unknown, options: unknown): Draft {
  const [key] = readKeys(keys, 'sign')
  const { type, header, payload } = issue(claims, options)
  const signingInput = toSigningInput(encodeHeader(type, key.kid, header), payload)
  const length = signingInput.length + 44 // with a dot and the MAC
  if (length > MAX_LENGTH) throw new RangeError(`token has ${length} characters, of which ${MAX_LENGTH} are allowed`)
  return { key, signingInput }
}
