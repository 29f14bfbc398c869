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

const BYTES: Readonly<Record<string, (json: string) => Octets>> = {
  'UTF-16, little-endian': (json) => bytesOf(...utf16(json, 0)),
  'UTF-16, big-endian': (json) => bytesOf(...utf16(json, 1)),
  'UTF-16 with a BOM': (json) => bytesOf(0xff, 0xfe, ...utf16(json, 0)),
  'UTF-32': (json) => bytesOf(...utf32(json)),
  'a byte of latin-1': (json) => within(json, 0xe9),
  'a continuation alone': (json) => within(json, 0x80),
  FE: (json) => within(json, 0xfe),
  FF: (json) => within(json, 0xff),
  'an overlong NUL': (json) => within(json, 0xc0, 0x80),
  'an overlong slash': (json) => within(json, 0xc0, 0xaf),
  'an overlong a, in two bytes': (json) => within(json, 0xc1, 0xa1),
  'an overlong a, in three bytes': (json) => within(json, 0xe0, 0x81, 0xa1),
  'an overlong a, in four bytes': (json) => within(json, 0xf0, 0x80, 0x81, 0xa1),
  'two bytes of three': (json) => within(json, 0xe2, 0x82),
  'three bytes of four': (json) => within(json, 0xf0, 0x9f, 0x98),
  'a surrogate': (json) => within(json, 0xed, 0xa0, 0x80),
  'a pair of surrogates, as CESU-8': (json) => within(json, 0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80),
  'a character beyond Unicode': (json) => within(json, 0xf4, 0x90, 0x80, 0x80),
  'a lead of five bytes': (json) => within(json, 0xf8, 0x88, 0x80, 0x80, 0x80),
  'cut off at its end': (json) => bytesOf(json.slice(0, -1), 0xe2, 0x82),
}

const JSONS: Readonly<Record<string, (json: string) => string>> = {
  'a list of it': (json) => `[${json}]`,
  'an empty list': () => '[]',
  'a text': () => '"sub"',
  'a text of it': (json) => JSON.stringify(json),
  'a number': () => '5',
  true: () => 'true',
  null: () => 'null',
  'two of them': (json) => json + json,
  'two of them, with a comma': (json) => `${json},${json}`,
  'it and a letter': (json) => `${json}x`,
  'it and a NUL': (json) => `${json}\0`,
  'it cut off': (json) => json.slice(0, -1),
  'a comma too many': (json) => `${json.slice(0, -1)},}`,
  'a comment': (json) => `${json}/* */`,
  'single quotes': (json) => json.replaceAll('"', "'"),
  'names without quotes': (json) => json.replaceAll(/"(\w+)":/g, '$1:'),
  'NaN in it': (json) => `${json.slice(0, -1)},"x":NaN}`,
  'Infinity in it': (json) => `${json.slice(0, -1)},"x":Infinity}`,
  'a hex number in it': (json) => `${json.slice(0, -1)},"x":0x10}`,
  'a leading zero in it': (json) => `${json.slice(0, -1)},"x":010}`,
  'a plus sign in it': (json) => `${json.slice(0, -1)},"x":+1}`,
  'a line end in a text': (json) => `${json.slice(0, -1)},"x":"\n"}`,
  'a form feed around it': (json) => `\f${json}`,
  'a no-break space around it': (json) => `\u00a0${json}`,
  'a bad escape': (json) => `${json.slice(0, -1)},"x":"\\x41"}`,
  prose: () => 'It was a bright cold day in April, and the clocks were striking thirteen.',
  'a form': () => 'alg=HS256&sub=a',
  YAML: () => 'alg: HS256\nexp: 1800003600\n',
}

const NESTED = 'eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjE4MDAwMDM2MDB9.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
const PARTS = { header: HEADER, payload: PAYLOAD } as const
export const texts = [
  ...(['header', 'payload'] as const).flatMap((part) => [
    ...tokens(`bytes of the ${part}`, utf8, BYTES, (make) => ({ token: { [part]: make(PARTS[part]) } })),
    ...tokens(`bytes of the ${part}`, but(utf8, { kind: 'policy', source: 'RFC 8259 §8.1' }), {
      'a BOM before it': { token: { [part]: `\uFEFF${PARTS[part]}` } },
    }),
    ...tokens(`JSON of the ${part}`, object, JSONS, (make) => ({ token: { [part]: make(PARTS[part]) } })),
    ...tokens(`JSON of the ${part}`, object, { nothing: { token: { [part]: '' } } }),
  ]),
  ...tokens('payload is a token', but(object, { source: 'RFC 7519 §5.2, §7.2' }), {
    'without cty': { token: { payload: NESTED } },
  }),
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
