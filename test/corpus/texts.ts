/** Bytes that are not UTF-8, not JSON, or not an object, in header and payload. */
import { bytesOf, utf16 } from '../support/bytes.ts'
import { but, rule, tokens } from './case.ts'
import { HEADER, PAYLOAD, withClaims, type Octets } from './forge.ts'

const utf8 = rule(12, 'rfc', 'RFC 7519 §7.2; RFC 3629', 'ERR_JWT_MALFORMED')
const object = rule(13, 'rfc', 'RFC 7519 §7.2 (4), (10)', 'ERR_JWT_MALFORMED')

const utf32 = (text: string): Octets => Uint8Array.from([...text].flatMap((letter) => [letter.charCodeAt(0), 0, 0, 0]))

/** Bytes within a JSON string: the last member of an object that would be good without them. */
const within = (json: string, ...bytes: readonly number[]): Octets => bytesOf(`${json.slice(0, -1)},"x":"a`, ...bytes, '"}')

/** Bytes of the JSON in other encodings, or with a letter that is cut off. */
const BYTES: Readonly<Record<string, (json: string) => Octets>> = {
  'UTF-16, little-endian': utf16,
  'UTF-16, big-endian': (json) => bytesOf(0, utf16(json).subarray(0, -1)),
  'UTF-16 with a BOM': (json) => bytesOf(0xff, 0xfe, utf16(json)),
  'UTF-32': utf32,
  'cut off at its end': (json) => bytesOf(json.slice(0, -1), 0xe2, 0x82),
}
/** Bytes that are not UTF-8, in hex. */
const NO_UTF8 = [
  'e9 80 fe ff', // as latin-1 has them, a continuation, and two that have no meaning
  'c080 c0af c1a1 e081a1 f08081a1', // overlong
  'e282 f09f98', // cut off
  'eda080 eda0bdedb880', // surrogates
  'f4908080 f888808080', // beyond Unicode, and beyond four bytes
].flatMap((bytes) => bytes.split(' '))

/** JSON that is no object: `@` is one that is good, and `<` that one without its last brace. */
const JSONS = [
  ...'[@]|[]|"sub"|5|true|null|@@|@,@|@x|@\0|<|<,}|@/* */|<,"x":NaN}|<,"x":Infinity}|<,"x":0x10}|<,"x":010}|<,"x":+1}'.split('|'),
  ...'<,"x":"\n"}|\f@|\u00a0@|<,"x":"\\x41"}|alg=HS256&sub=a|alg: HS256\nexp: 1800003600\n|'.split('|'),
  'It was a bright cold day in April, and the clocks were striking thirteen.',
]
/** JSON in other words. */
const REWRITTEN: Readonly<Record<string, (json: string) => string>> = {
  'a text of it': (json) => JSON.stringify(json),
  'single quotes': (json) => json.replaceAll('"', "'"),
  'names without quotes': (json) => json.replaceAll(/"(\w+)":/g, '$1:'),
}

const NESTED = 'eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjE4MDAwMDM2MDB9.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
/** A token of this subject, as JSON writes it, and what is expected. */
const sub = (written: string, subject?: string) => withClaims(`"sub":"${written}"`, subject === undefined ? undefined : { subject })
const PARTS = { header: HEADER, payload: PAYLOAD } as const
export const texts = [
  ...(['header', 'payload'] as const).flatMap((part) => [
    ...tokens(`bytes of the ${part}`, utf8, BYTES, (make) => ({ token: { [part]: make(PARTS[part]) } })),
    ...tokens(`bytes of the ${part}`, but(utf8, { kind: 'policy', source: 'RFC 8259 §8.1' }), {
      'a BOM before it': { token: { [part]: `\uFEFF${PARTS[part]}` } },
    }),
    ...tokens(`bytes of the ${part}`, utf8, NO_UTF8, (hex) => ({
      token: { [part]: within(PARTS[part], ...hex.match(/../g)!.map((byte) => parseInt(byte, 16))) },
    })),
    ...tokens(`JSON of the ${part}`, object, REWRITTEN, (make) => ({ token: { [part]: make(PARTS[part]) } })),
    ...tokens(`JSON of the ${part}`, object, JSONS, (json) => ({
      token: { [part]: json.replaceAll('@', PARTS[part]).replace('<', PARTS[part].slice(0, -1)) },
    })),
  ]),
  ...tokens('payload is a token', but(object, { source: 'RFC 7519 §5.2, §7.2' }), { 'without cty': { token: { payload: NESTED } } }),
  ...tokens('payload is a token', but(object, { kind: 'policy', source: 'RFC 7519 §5.2' }), {
    'with cty': { token: { header: '{"alg":"HS256","cty":"JWT"}', payload: NESTED } },
  }),
  ...tokens('text that is UTF-8', but(utf8, 'accepted'), {
    'the replacement character itself': sub('\uFFFD', '\uFFFD'),
    'of four bytes': sub('😀', '😀'),
    'a noncharacter': sub('\uFFFE'),
    'a NUL in an escape': sub('a\\u0000', 'a\0'),
  }),
  ...tokens('two identities', but(utf8, 'ERR_JWT_CLAIM sub mismatch'), {
    'composed and decomposed': sub('e\u0301', '\u00e9'),
    'of another letter case': sub('Admin', 'admin'),
    'with a NUL behind': sub('admin\\u0000', 'admin'),
    'with a lone surrogate': sub('\\ud800', '\uFFFD'),
  }),
]
