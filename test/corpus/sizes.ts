/** Sizes and shapes, and values that are not strings: each gets a `JwtError`. */
import { but, rule, tokens } from './case.ts'
import { HEADER } from './forge.ts'

const size = rule(16, 'policy', 'CVE-2025-30204, CVE-2025-27144, CVE-2026-102265', 'ERR_JWT_MALFORMED')
const deep = but(size, { attack: 25, kind: 'rfc', source: 'RFC 7519 §7.2; GHSA-w6j9-cwv2-h6wq' })
const noText = rule(25, 'policy', 'GHSA-w6j9-cwv2-h6wq', 'ERR_JWT_MALFORMED')
const mistaken = but(noText, { source: 'a mistake in the program, which must not become a 401', verdict: 'TypeError' })
const rfc = { kind: 'rfc', source: 'RFC 7515 §7.1' } as const

const MEGA = 2_000_000
const anyLength = { maxLength: 20_000_000 }
const members = (count: number): string => Array.from({ length: count }, (_, i) => `"m${i}":0`).join()
const throwing = (): never => {
  throw new Error('touched')
}
const CONTROLS = ['\0', '\n', '\x7f', '\u2028', '\ud800', '\0.\0.\0', '. . ', '\n.\n.\n']
const NO_TEXTS = [undefined, null, 5, NaN, true, 5n, Symbol('a.b.c'), () => 'a.b.c', {}, [], async () => 'a.b.c']

export const sizes = [
  ...tokens('too long', size, {
    'by one character': { token: { join: (input, mac) => `${input}.${mac}`.padEnd(65_537, 'A') } },
    'all dots': { token: () => '.'.repeat(MEGA) },
    'all letters': { token: () => 'A'.repeat(MEGA) },
    'letters and dots': { token: () => 'A.'.repeat(MEGA / 2) },
    'white space': { token: () => ' '.repeat(MEGA) },
    padding: { token: { join: (input, mac) => `${input}.${mac}${'='.repeat(MEGA)}` } },
    'header, of which the MAC is right': { token: { header: `{"alg":"HS256","x":"${'x'.repeat(60_000)}"}` } },
    'payload, of which the MAC is right': { token: { payload: `{"exp":1800003600,"x":"${'x'.repeat(60_000)}"}` } },
    signature: { token: { mac: (mac) => mac.repeat(2000) } },
    'lone surrogates': { token: () => '\ud800'.repeat(MEGA) },
    'Bearer, again and again': { token: () => 'Bearer '.repeat(100_000) },
  }),
  ...tokens('long', but(size, rfc), {
    'dots, within the limit': { token: () => '.'.repeat(65_536) },
    'letters, within the limit': { token: () => 'A'.repeat(65_536) },
    'three segments of letters': { token: () => ['A', 'A', 'A'].map((letter) => letter.repeat(20_000)).join('.') },
  }),
  ...tokens('long', but(size, { kind: 'rfc', source: 'RFC 7519 §7.2', verdict: 'accepted' }), {
    'claims, within the limit': { token: { payload: `{"exp":1800003600,"x":"${'x'.repeat(48_000)}"}` } },
    'header, within the limit': { token: { header: `{"alg":"HS256","x":"${'x'.repeat(48_000)}"}` } },
  }),
  ...tokens('long, where the limit is higher', but(size, 'accepted'), {
    '200 000 members': { token: { payload: `{${members(200_000)},"exp":1800003600}` }, options: anyLength },
    '40 000 members of the header': { token: { header: `{${members(40_000)},"alg":"HS256"}` }, options: anyLength },
    'one text of 2 MB': { token: { payload: `{"exp":1800003600,"x":"${'x'.repeat(MEGA)}"}` }, options: anyLength },
  }),
  ...tokens('long, where the limit is lower', size, {
    'by one character': { token: {}, options: { maxLength: 3 + HEADER.length } },
    'of one': { token: {}, options: { maxLength: 1 } },
  }),
  ...tokens('deep', deep, {
    'lists, not closed': { token: { payload: '['.repeat(40_000) } },
    'lists, closed': { token: { payload: '['.repeat(20_000) + ']'.repeat(20_000) } },
    'objects, not closed': { token: { payload: '{"a":'.repeat(9000) } },
    'lists in the header': { token: { header: '['.repeat(40_000) } },
    'objects in the header, not closed': { token: { header: `{"alg":"HS256","x":${'{"a":'.repeat(9000)}` } },
    'lists in alg': { token: { header: `{"alg":${'['.repeat(2000)}"HS256"${']'.repeat(2000)}}` } },
    'lists in kid': { token: { header: `{"alg":"HS256","kid":${'['.repeat(2000)}${']'.repeat(2000)}}` } },
  }),
  ...tokens('deep, where the limit is higher', but(deep, { kind: 'policy' }), {
    lists: { token: { payload: '['.repeat(300_000) }, options: anyLength },
    objects: { token: { payload: '{"a":'.repeat(300_000) }, options: anyLength },
    'lists in the header': { token: { header: '['.repeat(300_000) }, options: anyLength },
  }),
  ...tokens('deep', but(deep, { attack: 17, source: 'RFC 7519 §4.1.4', verdict: 'ERR_JWT_CLAIM exp invalid' }), {
    'lists in exp': { token: { payload: `{"exp":${'['.repeat(2000)}${']'.repeat(2000)}}` } },
  }),
  ...tokens('no text', noText, NO_TEXTS, (value) => ({ token: () => value })),
  ...tokens('no text', noText, {
    'an object without a prototype': { token: () => Object.create(null) as unknown },
    bytes: { token: { join: (input, mac) => new TextEncoder().encode(`${input}.${mac}`) } },
    'a list of the token': { token: { join: (input, mac) => [`${input}.${mac}`] } },
    // oxlint-disable-next-line unicorn/no-thenable -- it only looks like a promise
    'an object with then': { token: () => ({ then: (settle: (text: string) => void) => settle('a.b.c') }) },
    'a String object': { token: { join: (input, mac) => Object(`${input}.${mac}`) as unknown } },
    'an object with toString': { token: { join: (input, mac) => ({ toString: () => `${input}.${mac}` }) } },
    'an object with split': { token: { join: (input, mac) => ({ split: () => [...input.split('.'), mac], length: 9, indexOf: () => 1 }) } },
    'a proxy that throws': { token: () => new Proxy({}, { get: throwing, has: throwing, ownKeys: throwing, getPrototypeOf: throwing }) },
    'the parts of JSON': {
      token: { join: (input, signature) => ({ protected: input.split('.')[0], payload: input.split('.')[1], signature }) },
    },
  }),
  ...tokens('no text', mistaken, {
    'a promise': { token: () => Promise.resolve('a.b.c') },
    'an object tagged as a promise': { token: () => ({ [Symbol.toStringTag]: 'Promise' }) },
  }),
  ...tokens('text of control characters', but(noText, rfc), CONTROLS, (text) => ({ token: () => text })),
]
