/** Other spellings of the same bytes, in each segment, with a MAC that is correct for the spelling. */
import { but, tokens, type Rule, type TokenCase } from './case.ts'
import type { Recipe } from './forge.ts'

const lax: Rule = { attack: 11, kind: 'rfc', source: 'RFC 7515 §2, §5.2; CVE-2022-25898', verdict: 'ERR_JWT_MALFORMED' }
const spare = but(lax, { kind: 'policy', source: 'RFC 4648 §3.5' })

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const shifted = (text: string, by: number): string => `${String.fromCharCode(text.charCodeAt(0) + by)}${text.slice(1)}`
const within = (text: string, extra: string): string => `${text.slice(0, 4)}${extra}${text.slice(4)}`

const SPELLINGS: Readonly<Record<string, (segment: string) => string>> = {
  padding: (segment) => segment.padEnd(Math.ceil(segment.length / 4) * 4, '='),
  'padding of one': (segment) => `${segment}=`,
  'padding of five': (segment) => `${segment}=====`,
  'padding, percent-encoded': (segment) => `${segment}%3D`,
  'a space behind': (segment) => `${segment} `,
  'a space before': (segment) => ` ${segment}`,
  'a space within': (segment) => within(segment, ' '),
  'a tab within': (segment) => within(segment, '\t'),
  'a line end behind': (segment) => `${segment}\n`,
  'a line end within': (segment) => within(segment, '\r\n'),
  'a no-break space within': (segment) => within(segment, '\u00a0'),
  'a zero-width space within': (segment) => within(segment, '\u200b'),
  'a BOM before': (segment) => `\uFEFF${segment}`,
  'a NUL behind': (segment) => `${segment}\0`,
  'a plus': (segment) => within(segment, '+'),
  'a slash': (segment) => within(segment, '/'),
  'another sign': (segment) => within(segment, '*'),
  'a percent sign': (segment) => within(segment, '%41'),
  'length 4n + 1': (segment) => `${segment}${'A'.repeat((5 - (segment.length % 4)) % 4)}`,
  'a Cyrillic look-alike': (segment) => within(segment, 'А'),
  'a full-width letter': (segment) => within(segment, 'Ａ'),
  'the twin of the same low byte': (segment) => shifted(segment, 0x100),
  'the twin of the same low 16 bits': (segment) => `${String.fromCodePoint(segment.charCodeAt(0) + 0x10000)}${segment.slice(1)}`,
  'the twin of the same low seven bits': (segment) => shifted(segment, 0x80),
  'a lone surrogate': (segment) => within(segment, '\ud800'),
}

/** Adds one to the spare bits; the JSON is such that there are some. */
const spareBits = (segment: string): string => segment.slice(0, -1) + String(ALPHABET[ALPHABET.indexOf(segment.slice(-1)) + 1])

/** Header and payload have one byte more than a multiple of three, so that there are spare bits, and room for padding. */
const SEGMENTS: Readonly<Record<string, (spell: (segment: string) => string) => Recipe>> = {
  header: (spell) => ({ header: '{"alg":"HS256"} ', spell: (first, second) => `${spell(first)}.${second}` }),
  payload: (spell) => ({ payload: '{"exp":1800003600} ', spell: (first, second) => `${first}.${spell(second)}` }),
  signature: (spell) => ({ mac: spell }),
}

export const spellings: readonly TokenCase[] = Object.entries(SEGMENTS).flatMap(([segment, recipe]) => [
  ...tokens(`spelling of the ${segment}`, lax, SPELLINGS, (spell) => ({ token: recipe(spell) })),
  ...tokens(`spelling of the ${segment}`, spare, { 'spare bits': { token: recipe(spareBits) } }),
])
