/** Texts of any code points. */
import fc from 'fast-check'

const SURROGATES = 0x800

/** Any code point but half of a pair, as a unit of texts. fast-check's own, `binary`, takes most of a second to make. */
export const codePoint: fc.Arbitrary<string> = fc
  .nat(0x10_ffff - SURROGATES)
  .map((n) => String.fromCodePoint(n < 0xd800 ? n : n + SURROGATES), numberOf)

/** The way back, without which fast-check puts none of its dangerous texts (`__proto__`, …) among the others. */
function numberOf(text: unknown): number {
  const [letter, ...rest] = typeof text === 'string' ? text : ''
  const code = letter?.codePointAt(0) ?? 0xd800
  if (rest.length > 0 || (code >= 0xd800 && code < 0xd800 + SURROGATES)) throw new Error('no code point, or half of a pair')
  return code < 0xd800 ? code : code - SURROGATES
}
