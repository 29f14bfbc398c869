/** Bytes that are not UTF-8, not JSON, or not an object, in header and payload. */
import { bytesOf } from '../support/bytes.ts'
import { but, tokens, type Rule } from './case.ts'
import { HEADER, PAYLOAD, type Octets } from './forge.ts'

const utf8: Rule = { attack: 12, kind: 'rfc', source: 'RFC 7519 §7.2; RFC 3629', verdict: 'ERR_JWT_MALFORMED' }
const object: Rule = { attack: 13, kind: 'rfc', source: 'RFC 7519 §7.2 (4), (10)', verdict: 'ERR_JWT_MALFORMED' }

const utf16 = (text: string, order: 0 | 1): readonly number[] =>
  [...text].flatMap((letter) => (order === 0 ? [letter.charCodeAt(0), 0] : [0, letter.charCodeAt(0)]))
const utf32 = (text: string): readonly number[] => [...text].flatMap((letter) => [letter.charCodeAt(0), 0, 0, 0])

/** Bytes within a JSON string: the last member of an object that would be good without them. */
const within = (json: string, ...bytes: readonly number[]): Octets => bytesOf(`${json.slice(0, -1)},"x":"a`, ...bytes, '"}')

/** Bytes of the JSON in other encodings, or with a letter that is cut off. */
const BYTES: Readonly<Record<string, (json: string) => Octets>> = {
  'UTF-16, little-endian': (json) => bytesOf(...utf16(json, 0)),
  'UTF-16, big-endian': (json) => bytesOf(...utf16(json, 1)),
  'UTF-16 with a BOM': (json) => bytesOf(0xff, 0xfe, ...utf16(json, 0)),
  'UTF-32': (json) => bytesOf(...utf32(json)),
  'cut off at its end': (json) => bytesOf(json.slice(0, -1), 0xe2, 0x82),
}
/** Bytes that are not UTF-8, in hex. */
const ALONE = ['e9', '80', 'fe', 'ff'] // as latin-1 has them, a continuation, and two that have no meaning
const OVERLONG = ['c080', 'c0af', 'c1a1', 'e081a1', 'f08081a1']
const CUT_OFF = ['e282', 'f09f98']
const SURROGATES = ['eda080', 'eda0bdedb880']
const BEYOND = ['f4908080', 'f888808080'] // Unicode, and four bytes

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
const PARTS = { header: HEADER, payload: PAYLOAD } as const
export const texts = [
  ...(['header', 'payload'] as const).flatMap((part) => [
    ...tokens(`bytes of the ${part}`, utf8, BYTES, (make) => ({ token: { [part]: make(PARTS[part]) } })),
    ...tokens(`bytes of the ${part}`, but(utf8, { kind: 'policy', source: 'RFC 8259 §8.1' }), {
      'a BOM before it': { token: { [part]: `\uFEFF${PARTS[part]}` } },
    }),
    ...tokens(`bytes of the ${part}`, utf8, [...ALONE, ...OVERLONG, ...CUT_OFF, ...SURROGATES, ...BEYOND], (hex) => ({
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
    'the replacement character itself': { token: { payload: '{"exp":1800003600,"sub":"\uFFFD"}' }, options: { subject: '\uFFFD' } },
    'of four bytes': { token: { payload: '{"exp":1800003600,"sub":"😀"}' }, options: { subject: '😀' } },
    'a noncharacter': { token: { payload: '{"exp":1800003600,"sub":"\uFFFE"}' } },
    'a NUL in an escape': { token: { payload: '{"exp":1800003600,"sub":"a\\u0000"}' }, options: { subject: 'a\0' } },
  }),
  ...tokens('two identities', but(utf8, 'ERR_JWT_CLAIM sub mismatch'), {
    'composed and decomposed': { token: { payload: '{"exp":1800003600,"sub":"e\u0301"}' }, options: { subject: '\u00e9' } },
    'of another letter case': { token: { payload: '{"exp":1800003600,"sub":"Admin"}' }, options: { subject: 'admin' } },
    'with a NUL behind': { token: { payload: '{"exp":1800003600,"sub":"admin\\u0000"}' }, options: { subject: 'admin' } },
    'with a lone surrogate': { token: { payload: '{"exp":1800003600,"sub":"\\ud800"}' }, options: { subject: '\uFFFD' } },
  }),
]
