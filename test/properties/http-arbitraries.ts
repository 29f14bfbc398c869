/** What the properties of `hs256/http` are about: headers, and texts put together of what means something in them. */
import fc from 'fast-check'
import type { RequestHeaders } from 'hs256/http'
import { anything, text, TOKEN } from './arbitraries.ts'

/** Texts put together of what means something in these headers. */
export const pieces = (...words: readonly string[]): fc.Arbitrary<string> =>
  fc.array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...words) }, text), { maxLength: 8 }).map((parts) => parts.join(''))
export const SEPARATORS = [' ', '  ', ';', '; ', ',', ', ', '=', '"', '\t', '\r\n', '\0', '\u00a0', '%3D', '.']

/** One option alone, of any value, or of one that begins as it should: the more of them there are, the more often one is refused. */
export const lone = (begins: Readonly<Record<string, string>>): fc.Arbitrary<Readonly<Record<string, unknown>>> =>
  fc.oneof(
    ...Object.entries(begins).map(([name, begin]) =>
      fc
        .oneof(
          fc.oneof(pieces('example.com', '/app', 'Lax', 'None', 'a', ...SEPARATORS), text, anything),
          pieces('a', ...SEPARATORS).map((rest) => begin + rest),
        )
        .map((value) => ({ [name]: value })),
    ),
  )

export const cookies = pieces('jwt', 'JWT', 'jwt=', 'jwt=', 'jwtx=', `jwt=${TOKEN}`, TOKEN, '__proto__=', ...SEPARATORS)
export const authorizations = pieces('Bearer', 'bearer ', 'Bearer ', `Bearer ${TOKEN}`, TOKEN, 'Basic ', 'a=', ...SEPARATORS)
const header = fc.oneof(cookies, authorizations, text)
const values = fc.oneof(header, fc.array(header, { maxLength: 3 }), fc.constant(undefined))
export const sites = fc.oneof(fc.constantFrom('same-origin', 'same-site', 'cross-site', 'none'), text)
export const origins = fc.oneof(pieces('https://', 'http://', 'orders.example', 'app.example', ':443', 'null', '/'), text)

/** Headers as Node gives them, in any letter case, of any text. */
export const headerSets: fc.Arbitrary<RequestHeaders> = fc.dictionary(
  fc.oneof(
    fc.constantFrom('cookie', 'Cookie', 'COOKIE', 'authorization', 'Authorization', 'AUTHORIZATION'),
    fc.constantFrom('host', 'origin', 'Origin', 'sec-fetch-site', 'Sec-Fetch-Site', 'upgrade', 'access-control-request-method'),
    text,
  ),
  fc.oneof(values, sites, origins),
)
export const sources = fc.subarray(['cookie', 'bearer'] as const, { minLength: 1 })
export const methods = fc.oneof(fc.constantFrom('GET', 'POST', 'OPTIONS', 'HEAD', 'DELETE', 'get', 'Post', 'options', 'opt\u0131ons'), text)

/** URLs, of which the host counts if it is absolute. */
export const urls = fc.oneof(pieces('https://', 'http://', 'HTTPS://', 'orders.example', 'app.example', ':443', '/', '@', '?', '#'), text)
/** Names and values in turn, as Node has them. */
export const rawHeaderLists = fc.array(fc.oneof(fc.constantFrom('Authorization', 'authorization', 'Cookie', `Bearer ${TOKEN}`), text))

/** All texts of a header, however its name is written. */
export function textsOf(headers: RequestHeaders, name: string): readonly string[] {
  return Object.entries(headers)
    .filter(([key]) => key.toLowerCase() === name)
    .flatMap(([, value]) => (value as string | readonly string[] | undefined) ?? [])
}
