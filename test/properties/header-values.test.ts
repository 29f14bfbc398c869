/** What the library writes into headers: printable ASCII alone, whatever its options are. */
import fc from 'fast-check'
import { challenge, clearTokenCookie, forbidden, tokenCookie, unauthorized } from 'hs256/http'
import { expect, it } from 'vitest'
import { anything, now, text, TOKEN } from './arbitraries.ts'
import { pieces, SEPARATORS } from './http-arbitraries.ts'

const value = fc.oneof(pieces('example.com', '/app', 'Lax', 'None', 'a', ...SEPARATORS), text, anything)
const options = fc.dictionary(fc.constantFrom('name', 'domain', 'path', 'sameSite', 'maxAge', 'realm', 'scope'), value, { maxKeys: 2 })

const WRITERS: Readonly<Record<string, (options: object) => string | undefined>> = {
  tokenCookie: (options) => tokenCookie(TOKEN, { now, ...options }),
  clearTokenCookie: (options) => clearTokenCookie(options),
  challenge: (options) => challenge(undefined, options),
  unauthorized: (options) => Object.values(unauthorized(undefined, options).headers).join(),
  forbidden: (options) => Object.values(forbidden(options).headers).join(),
}

it.each(Object.entries(WRITERS))('%s writes printable ASCII, or throws', (_name, write) => {
  fc.assert(
    fc.property(options, (options) => {
      try {
        expect(write(options)).toMatch(/^[ -~]+$/)
      } catch (error) {
        expect(error instanceof TypeError || error instanceof RangeError, String(error)).toBe(true)
      }
    }),
  )
})
