/** The name of a cookie (RFC 6265bis §4.1.1). */
import { expect } from '../options.ts'

/** `cookie-name = token` (RFC 9110 §5.6.2). */
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/

/** Reads the name of a cookie. */
export function readCookieName(value: unknown, name: string): string {
  expect(
    typeof value === 'string' && TOKEN.test(value),
    name,
    'a name of letters, digits and - _ . or other characters of an RFC 9110 token',
  )
  return value
}
