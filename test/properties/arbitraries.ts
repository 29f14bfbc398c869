/** What the properties are about: texts, claims, tokens, and anything at all. */
import fc from 'fast-check'
import { createKey, type JwtKey } from 'hs256'
import { codePoint } from '../support/code-points.ts'
import { forge, SECRET } from '../support/forge.ts'

export const key: JwtKey = createKey(SECRET)
export const now = (): Date => new Date('2027-01-15T08:00:00Z')

/** A token of 2027-01-15, until 09:00:00Z, of u1. */
export const TOKEN =
  'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHAiOjE4MDAwMDM2MDAsInN1YiI6InUxIn0.dCHj3DhiqahR8vEnwbWt5oLwlvY4Wjl2NE4mAXVe4Rc'

export const LETTERS: readonly string[] = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'.split('')
const REGISTERED = new Set(['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti'])

/** Any text: lone surrogates, NUL and the names that every object inherits included. */
export const text: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: codePoint }),
  fc.constantFrom('__proto__', 'toString', 'toJSON', '\ud800'),
)
/** A text that an option may be. */
export const word: fc.Arbitrary<string> = text.filter((one) => one !== '')

const json = fc.jsonValue({ maxDepth: 2 })

/** Numbers below 2^53, which JavaScript does not round: any others are rejected. */
export const exactNumbers: fc.Arbitrary<number> = fc.oneof(
  fc.maxSafeInteger(),
  fc.double({ min: -(2 ** 53), max: 2 ** 53, minExcluded: true, maxExcluded: true, noNaN: true }),
)
/** Numbers of 2^53 or more that are finite. */
export const roundedNumbers: fc.Arbitrary<number> = fc
  .tuple(fc.oneof(fc.double({ min: 2 ** 53, noNaN: true, noDefaultInfinity: true }), fc.constantFrom(2 ** 53, 2 ** 53 + 2)), fc.boolean())
  .map(([number, isNegative]) => (isNegative ? -number : number))

/** Integers of up to 40 digits, many of them near 2^53. */
export const digits: fc.Arbitrary<string> = fc
  .oneof(
    fc.bigInt({ min: -(2n ** 53n) - 20n, max: 20n - 2n ** 53n }),
    fc.bigInt({ min: 2n ** 53n - 20n, max: 2n ** 53n + 20n }),
    fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }),
    fc.maxSafeInteger(),
  )
  .map(String)

/** Values that JSON can represent, and that are read as they were written. */
export const exactJson = (maxDepth: number): fc.Arbitrary<unknown> =>
  fc.anything({ maxDepth, values: [fc.string(), fc.boolean(), fc.constant(null), exactNumbers] })

/** Claims that no RFC has registered. */
export const customClaims: fc.Arbitrary<Record<string, unknown>> = fc.dictionary(
  text.filter((name) => !REGISTERED.has(name)),
  fc.oneof(exactJson(2), text),
  { maxKeys: 4 },
)
const audiences = fc.oneof(text, fc.array(text, { maxLength: 3 }))
const registeredClaims = fc.record({ iss: text, sub: text, aud: audiences, jti: text }, { requiredKeys: [] })

/** Claims that can be signed, without times. */
export const claimSets = fc.tuple(customClaims, registeredClaims).map(([custom, registered]) => ({ ...custom, ...registered }))

/** Anything at all. */
export const anything: fc.Arbitrary<unknown> = fc.oneof(
  fc.anything({
    maxDepth: 2,
    maxKeys: 3,
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
    withNullPrototype: true,
    withObjectString: true,
    withSparseArray: true,
  }),
  fc.string({ unit: codePoint }),
  fc.string({ unit: fc.constantFrom(...LETTERS, '.', '=') }),
  fc.constantFrom<unknown>(Symbol('token'), () => 'token', Object('a.b.c'), { toString: () => 'a.b.c' }, new Proxy({}, {})),
)

const parts = fc.oneof(
  fc.json({ maxDepth: 2 }),
  fc
    .dictionary(
      fc.constantFrom(...REGISTERED, '__proto__'),
      fc.oneof(json, fc.double(), fc.integer({ min: 1_799_999_900, max: 1_800_000_100 }), text),
    )
    .map((claims) => JSON.stringify({ exp: 1_800_003_600, ...claims })),
  fc.uint8Array(),
)
const headers = fc.oneof(
  { weight: 4, arbitrary: fc.constant('{"alg":"HS256"}') },
  fc
    .dictionary(fc.constantFrom('typ', 'kid', 'cty', 'crit', 'b64', 'alg', '__proto__'), fc.oneof(json, text))
    .map((members) => JSON.stringify({ alg: 'HS256', ...members })),
  parts,
)

/** Tokens whose MAC is right, of any header and payload: texts, JSON, bytes. */
export const forgedTokens: fc.Arbitrary<string> = fc.tuple(parts, headers).map(([payload, header]) => forge(payload, header))
