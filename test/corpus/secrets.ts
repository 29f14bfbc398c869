/** Secrets: values that are not secrets, that are too short, or that coercion turns into one. */
import { base64url, bytesOf } from '../support/bytes.ts'
import { but, secrets, tokens, type Rule } from './case.ts'
import { hmac, LONG } from './forge.ts'

const unset: Rule = { attack: 4, kind: 'policy', source: 'CVE-2026-44351, CVE-2026-45363', verdict: 'TypeError' }
const short: Rule = { attack: 5, kind: 'rfc', source: 'RFC 7518 §3.2; CVE-2025-45768', verdict: 'RangeError' }
const coerced: Rule = { attack: 6, kind: 'policy', source: 'CVE-2022-23529', verdict: 'TypeError' }

const K = base64url(LONG)
const twin = (text: string): string => [...text].map((letter) => String.fromCharCode(letter.charCodeAt(0) + 0x100)).join('')

export const secretCases = [
  ...secrets('secret that is not set', unset, {
    undefined: { secret: () => undefined },
    null: { secret: () => null },
    'a kid of undefined': { secret: () => LONG, options: { kid: undefined } },
  }),
  ...secrets('secret that is empty', but(short, { attack: 4 }), {
    'a text': { secret: () => '' },
    bytes: { secret: () => new Uint8Array(0) },
    'a view of nothing': { secret: () => bytesOf(LONG).subarray(5, 5) },
    'an ArrayBuffer': { secret: () => new ArrayBuffer(0) },
    'a JWK': { secret: () => ({ kty: 'oct', k: '' }) },
  }),
  ...secrets('secret too short', short, {
    'of one byte': { secret: () => 'a' },
    'of 6 bytes': { secret: () => 'secret' },
    'of 16 bytes': { secret: () => 'needle-of-16-byt' },
    'of 31 bytes': { secret: () => 'needle-of-a-short-secret-of-31b' },
    'of 31 bytes, as bytes': { secret: () => new Uint8Array(31).fill(9) },
    'of 31 bytes, as a view into more': { secret: () => new Uint8Array(64).fill(9).subarray(1, 32) },
    'of 31 bytes, as a JWK': { secret: () => ({ kty: 'oct', k: base64url(new Uint8Array(31).fill(9)) }) },
    'of 16 bytes, as a CryptoKey': { secret: hmac(16) },
  }),
  ...secrets('secret long enough', but(short, 'accepted'), {
    'of 32 bytes': { secret: () => 'needle-of-a-secret-of-32-bytes-!' },
    'of 32 bytes in 16 letters': { secret: () => 'é'.repeat(16) },
    'of 64 bytes': { secret: () => 'needle-of-a-secret-of-32-bytes-!'.repeat(2) },
    'of 65 bytes, which HMAC hashes': { secret: () => `${'needle-of-a-secret-of-32-bytes-!'.repeat(2)}+` },
    'of zeros': { secret: () => new Uint8Array(32) },
    'of letters beyond Unicode’s first plane': { secret: () => '😀'.repeat(8) },
    'as a CryptoKey': { secret: hmac(32) },
  }),
  ...secrets('secret by coercion', coerced, {
    'a number': { secret: () => 1.5e300 },
    'a bigint': { secret: () => 2n ** 512n },
    true: { secret: () => true },
    'a symbol': { secret: () => Symbol(LONG) },
    'a function': { secret: () => () => LONG },
    'a list of bytes': { secret: () => Array(64).fill(7) },
    'a list with a text': { secret: () => [LONG] },
    'an object with toString': { secret: () => ({ toString: () => LONG }) },
    'an object with toPrimitive': { secret: () => ({ [Symbol.toPrimitive]: () => LONG }) },
    'an object like bytes': { secret: () => ({ length: 64, byteLength: 64, 0: 7 }) },
    'a String object': { secret: () => Object(LONG) as unknown },
    'a Date': { secret: () => new Date(0) },
    'a Map': { secret: () => new Map([['k', K]]) },
    'an expression': { secret: () => /needle-of-a-key-text-0123456789abcdef/ },
    'a lone surrogate': { secret: () => `${LONG}\ud800` },
    'a low surrogate first': { secret: () => `\udc00${LONG}` },
    'a JWK whose k is a number': { secret: () => ({ kty: 'oct', k: 5 }) },
    'a JWK whose k is bytes': { secret: () => ({ kty: 'oct', k: bytesOf(LONG) }) },
    'a JWK whose k is inherited': { secret: () => Object.create({ kty: 'oct', k: K }) as unknown },
    'a JWK with padding': { secret: () => ({ kty: 'oct', k: `${K}=` }) },
    'a JWK in base64': { secret: () => ({ kty: 'oct', k: '+/'.repeat(32) }) },
  }),
  ...secrets('secret that is changed afterwards', but(coerced, 'accepted'), {
    bytes: { secret: () => bytesOf(LONG), after: (bytes: Uint8Array) => bytes.fill(0) },
    'an ArrayBuffer': { secret: () => bytesOf(LONG).buffer, after: (buffer: ArrayBuffer) => new Uint8Array(buffer).fill(0) },
    'a JWK': { secret: () => ({ kty: 'oct', k: K }), after: (jwk: { k: string }) => (jwk.k = base64url('x'.repeat(64))) },
  }),
  ...tokens(
    'key of which another is the latin-1',
    but(coerced, { attack: 6, kind: 'rfc', source: 'RFC 7518 §3.2', verdict: 'ERR_JWT_SIGNATURE' }),
    {
      'verifies nothing of the other': { token: { secret: LONG }, keys: (make) => make(twin(LONG)) },
      'is verified by none of the other': { token: { secret: twin(LONG) }, keys: (make) => make(LONG) },
      'nor one with a NUL behind it': { token: { secret: `${LONG}${LONG}\0` }, keys: (make) => make(`${LONG}${LONG}`) },
    },
  ),
]
