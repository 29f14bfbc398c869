/** Other spellings of the same bytes, in each segment, with a MAC that is correct for the spelling. */
import { but, rule, tokens, type TokenCase } from './case.ts'
import type { Recipe } from './forge.ts'

const lax = rule(11, 'rfc', 'RFC 7515 §2, §5.2; CVE-2022-25898', 'ERR_JWT_MALFORMED')
const spare = but(lax, { kind: 'policy', source: 'RFC 4648 §3.5' })

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const shifted = (text: string, by: number): string => `${String.fromCharCode(text.charCodeAt(0) + by)}${text.slice(1)}`

const BEHIND = ['=', '=====', '%3D', ' ', '\n', '\0']
const BEFORE = [' ', '\uFEFF']
const WITHIN = [' ', '\t', '\r\n', '\u00a0', '\u200b', '+', '/', '*', '%41', 'А', 'Ａ', '\ud800'] // the letters are Cyrillic and full-width
const SPELLINGS: Readonly<Record<string, (segment: string) => string>> = {
  padding: (segment) => segment.padEnd(Math.ceil(segment.length / 4) * 4, '='),
  'length 4n + 1': (segment) => `${segment}${'A'.repeat((5 - (segment.length % 4)) % 4)}`,
  'the twin of the same low byte': (segment) => shifted(segment, 0x100),
  'the twin of the same low 16 bits': (segment) => `${String.fromCodePoint(segment.charCodeAt(0) + 0x10000)}${segment.slice(1)}`,
  'the twin of the same low seven bits': (segment) => shifted(segment, 0x80),
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
  ...tokens(`${segment} with something behind it`, lax, BEHIND, (extra) => ({ token: recipe((text) => text + extra) })),
  ...tokens(`${segment} with something before it`, lax, BEFORE, (extra) => ({ token: recipe((text) => extra + text) })),
  ...tokens(`${segment} with something within`, lax, WITHIN, (extra) => ({
    token: recipe((text) => `${text.slice(0, 4)}${extra}${text.slice(4)}`),
  })),
  ...tokens(`spelling of the ${segment}`, spare, { 'spare bits': { token: recipe(spareBits) } }),
])
