/** `alg`: none, other algorithms, and values that are not algorithms. */
import { base64url } from '../support/bytes.ts'
import { but, rule, tokens } from './case.ts'

const refused = rule(1, 'rfc', 'RFC 8725 §3.1–3.2; CVE-2015-9235, CVE-2022-23540', 'ERR_JWT_ALGORITHM')
const inTwoSegments = but(refused, { source: 'RFC 7515 §7.1', verdict: 'ERR_JWT_MALFORMED' })
const other = but(refused, { attack: 2, source: 'RFC 8725 §3.1; CVE-2022-23539, CVE-2022-23541' })
const mistyped = but(other, { source: 'RFC 7515 §4.1.1; CVE-2026-22817', verdict: 'ERR_JWT_MALFORMED' })
const ofAnotherHash = but(other, { attack: 15, source: 'RFC 7518 §3.2', verdict: 'ERR_JWT_MALFORMED' })

const header = (alg: string): string => JSON.stringify({ alg, typ: 'JWT' })
const plain = (alg: string) => ({ token: { header: header(alg) } })
const NONE = ['none', 'None', 'NONE', 'nOnE', 'none ', ' none', 'none\0', '\0none', 'none\n', '\tnone', 'n\u200bone', 'nonе', 'ｎｏｎｅ']
const NEAR = 'hs256|Hs256| HS256|HS256 |HS256\0|HS256\n|HS-256|HS256,none|none,HS256|ＨＳ256|HS256\u200b|HЅ256'.split('|')
const WORDS = ['', 'null', 'undefined', 'HMAC', 'HMACSHA256', 'sha256', 'SHA-256', '__proto__', 'toString', 'constructor']
const OTHERS = ['HS1', 'HS384', 'HS512', 'RS256', 'RS512', 'PS256', 'ES256', 'ES256K', 'EdDSA', 'Ed25519', 'dir', 'A128KW', 'RSA-OAEP']
/** Headers whose `alg` is missing or not a string. */
const NO_TEXTS = [
  ...'{"typ":"JWT"} {} {"alg":null} {"alg":0} {"alg":256} {"alg":true} {"alg":false} {"alg":[]} {"alg":["HS256"]}'.split(' '),
  ...'{"alg":["none","HS256"]} {"alg":{"name":"HS256"}} {"alg":{"toString":"HS256","length":5,"0":"H"}}'.split(' '),
  ...'{"__proto__":{"alg":"HS256"}} {"constructor":{"prototype":{"alg":"HS256"}}} {"Alg":"HS256","ALG":"HS256"}'.split(' '),
  ...'{"alg\\u0000":"HS256"} {"alg":"HS256","alg":null}'.split(' '),
]

export const algorithms = [
  ...tokens('alg none, with a MAC that is right', refused, NONE, plain),
  ...tokens('alg none, without a MAC', refused, NONE, (alg) => ({ token: { header: header(alg), mac: () => '' } })),
  ...tokens('alg none, with the MAC of an empty key', refused, NONE.slice(0, 4), (alg) => ({ token: { header: header(alg), secret: '' } })),
  ...tokens('alg none, in two segments', inTwoSegments, NONE.slice(0, 4), (alg) => ({
    token: { header: header(alg), join: (input) => input },
  })),
  ...tokens('alg none, after it was HS256', refused, {
    'with the old MAC': { token: { header: header('none'), over: (input) => input.replace(/^[^.]+/, base64url(header('HS256'))) } },
    'in the last of two': { token: { header: '{"alg":"HS256","alg":"none"}', mac: () => '' } },
  }),
  ...tokens('alg almost HS256', other, NEAR, plain),
  ...tokens('alg a word', other, WORDS, plain),
  ...tokens('alg of another kind, with a MAC that is right', other, OTHERS, plain),
  ...tokens('alg of another kind', but(other, { source: 'RFC 8725 §3.1; CVE-2022-21449' }), {
    'HS384 as it is': { token: { header: header('HS384'), hash: 'SHA-384' } },
    'HS512 as it is': { token: { header: header('HS512'), hash: 'SHA-512' } },
    'HS1 as it was never': { token: { header: header('HS1'), hash: 'SHA-1' } },
    'ES256 with a zero signature': { token: { header: header('ES256'), mac: () => base64url(new Uint8Array(64)) } },
    'ES256 with an empty DER sequence': { token: { header: header('ES256'), mac: () => 'MAYCAQACAQA' } },
    'RS256 with a zero signature': { token: { header: header('RS256'), mac: () => base64url(new Uint8Array(256)) } },
    'EdDSA with a zero signature': { token: { header: header('EdDSA'), mac: () => base64url(new Uint8Array(64)) } },
  }),
  ...tokens('alg of another hash, said to be HS256', ofAnotherHash, {
    'SHA-512': { token: { hash: 'SHA-512' } },
    'SHA-1': { token: { hash: 'SHA-1' } },
  }),
  ...tokens('alg of another hash, said to be HS256', but(ofAnotherHash, 'ERR_JWT_SIGNATURE'), {
    'SHA-512, cut to 32 bytes': { token: { hash: 'SHA-512', mac: (mac) => `${mac.slice(0, 42)}A` } },
    'SHA-384, cut to 32 bytes': { token: { hash: 'SHA-384', mac: (mac) => `${mac.slice(0, 42)}A` } },
  }),
  ...tokens('alg is not a string', mistyped, NO_TEXTS, (header) => ({ token: { header } })),
]
