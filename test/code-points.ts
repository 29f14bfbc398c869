/** Texts of any code points. */
import fc from 'fast-check'

/** Any code point but half of a pair, as a unit of texts. fast-check's own, `binary`, takes most of a second to make. */
export const codePoint: fc.Arbitrary<string> = fc.nat(0x10_ffff - 0x800).map((n) => String.fromCodePoint(n < 0xd800 ? n : n + 0x800))
