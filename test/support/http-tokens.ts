/** What the tests of `hs256/http` share: tokens, the key and the clock that they are for, and lists of spellings. */
import { createKey } from 'hs256'
import { forge, SECRET } from './forge.ts'

export const key = createKey(SECRET)
export const now = (): Date => new Date('2027-01-15T08:00:00Z')

const HEADER = { alg: 'HS256', typ: 'JWT' }
// For u1 and for u2, of an hour from now; for u1, over now; for u1, made with another key
export const GOOD = forge({ exp: 1_800_003_600, sub: 'u1' }, HEADER)
export const OTHER = forge({ exp: 1_800_003_600, sub: 'u2' }, HEADER)
export const EXPIRED = forge({ exp: 1_800_000_000, sub: 'u1' }, HEADER)
export const FORGED = forge({ exp: 1_800_003_600, sub: 'u1' }, HEADER, SECRET.toUpperCase())

export const cookie = (token: string): { readonly cookie: string } => ({ cookie: `jwt=${token}` })
export const bearer = (token: string): { readonly authorization: string } => ({ authorization: `Bearer ${token}` })
export const CROSS_SITE = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }

/** Values that are not strings, one of which would become a string. */
export const NOT_STRINGS: readonly unknown[] = [undefined, null, 5, ['jwt'], { toString: () => 'jwt' }]

/** Characters that no header takes: ends of lines and of strings; spaces, letters and look-alikes outside ASCII, and such as end in the byte of `;`, CR or LF. */
export const HOSTILE: readonly string[] = [
  '\r\n',
  ...'\r\n\0\t\v\f\u007f\u0085',
  ...'\u00a0\u2000\u200b\u2028\u202f\u3000\ufeff\u00adü“\u212a\u017f\uff0e\u013b\u010d\u010a😀\ud800',
]

/** A text with each of these characters at its start, within it and at its end. */
export function withEach(characters: Iterable<string>, text: string): readonly string[] {
  const [head, tail] = [text.slice(0, text.length / 2), text.slice(text.length / 2)]
  return [...characters].flatMap((character) => [`${character}${text}`, `${head}${character}${tail}`, `${text}${character}`])
}

/** The strings of a text in which ` | ` or the end of a line parts them. */
export function listed(text: string): readonly string[] {
  return text.trim().split(/ \| |\n */)
}
