/** What the library writes into headers: printable ASCII alone, whatever its options are. */
import fc from 'fast-check'
import { challenge, clearTokenCookie, forbidden, tokenCookie, unauthorized } from 'hs256/http'
import { expect, it } from 'vitest'
import { anything, now, text, TOKEN } from './arbitraries.ts'
import { pieces, SEPARATORS } from './http-arbitraries.ts'

const value = fc.oneof(pieces('example.com', '/app', 'Lax', 'None', 'a', ...SEPARATORS), text, anything)
/** Of each option, what begins as it should: the rest is where a line might end. */
const begun = (start: string): fc.Arbitrary<unknown> =>
  fc.oneof(
    value,
    pieces('a', ...SEPARATORS).map((rest) => start + rest),
  )
const cookie = fc.record(
  { cookie: begun('jwt'), domain: begun('example.com'), path: begun('/app'), sameSite: begun('Lax'), maxAge: begun('1') },
  { requiredKeys: [] },
)
const challenged = fc.record({ realm: begun('orders'), scope: begun('read') }, { requiredKeys: [] })
/** One option alone: the more of them there are, the more often one is refused. */
const alone = (options: fc.Arbitrary<object>): fc.Arbitrary<object> =>
  fc
    .tuple(options, fc.nat())
    .map(([all, pick]) => Object.fromEntries(Object.entries(all).filter((_, index, { length }) => index === pick % length)))

type Writer = readonly [name: string, options: fc.Arbitrary<object>, write: (options: object) => string]
const WRITERS: readonly Writer[] = [
  ['tokenCookie', cookie, (options) => tokenCookie(TOKEN, { now, ...options })],
  ['clearTokenCookie', cookie, (options) => clearTokenCookie(options)],
  ['challenge', challenged, (options) => challenge(undefined, options)],
  ['unauthorized', challenged, (options) => Object.values(unauthorized(undefined, options).headers).join()],
  ['forbidden', challenged, (options) => Object.values(forbidden(options).headers).join()],
]

it.each(WRITERS)('%s writes printable ASCII, or throws', (_name, options, write) => {
  fc.assert(
    fc.property(alone(options), (options) => {
      try {
        expect(write(options)).toMatch(/^[ -~]+$/)
      } catch (error) {
        expect(error instanceof TypeError || error instanceof RangeError, String(error)).toBe(true)
      }
    }),
  )
})
