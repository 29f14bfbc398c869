/** What the tests of `hs256/http` share: tokens, the key and the clock that they are for, and lists of spellings. */
import { createKey } from 'hs256'

export const key = createKey('correct horse battery staple, 32+')
export const now = (): Date => new Date('2027-01-15T08:00:00Z')

// For u1 and for u2, of an hour from now; for u1, over now; for u1, made with another key
export const GOOD =
  'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHAiOjE4MDAwMDM2MDAsInN1YiI6InUxIn0.dCHj3DhiqahR8vEnwbWt5oLwlvY4Wjl2NE4mAXVe4Rc'
export const OTHER =
  'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHAiOjE4MDAwMDM2MDAsInN1YiI6InUyIn0.8l1vmpuDjYCvzjsomNcLGo_55qX-si9rxkSfQ37_XRs'
export const EXPIRED =
  'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHAiOjE4MDAwMDAwMDAsInN1YiI6InUxIn0.23PdIvcIlEhFgUbgktJIKvOVuxc6ECgxo6Cb9lpAoFw'
export const FORGED =
  'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHAiOjE4MDAwMDM2MDAsInN1YiI6InUxIn0.U5aRanffulWg6zBf4U-vVG2R5c_WFDllLmxc6lnsSXw'

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

/** Rows of a table out of such a text: each string as it is written, and with tokens for `$A` and `$B`. */
export function spellings(text: string): readonly (readonly [written: string, value: string])[] {
  return listed(text).map((written) => [written, written.replaceAll('$A', GOOD).replaceAll('$B', OTHER)] as const)
}
