/** Shapes, serializations and MACs: what replaces `header.payload.signature`. */
import { base64url, fromBase64url, hex } from '../support/bytes.ts'
import { but, rule, tokens } from './case.ts'
import { form, HEADER, OTHER_SECRET, PAYLOAD, SECRET } from './forge.ts'

const shape = rule(15, 'rfc', 'RFC 7515 §7.1; RFC 7519 §7.2', 'ERR_JWT_MALFORMED')
const polyglot = but(shape, { attack: 14, source: 'RFC 7515 §7; CVE-2022-39227' })
const length = but(shape, { source: 'RFC 7518 §3.2; CVE-2020-28042' })
const wrong = but(length, 'ERR_JWT_SIGNATURE')
const order = but(wrong, { attack: 23, source: 'RFC 7519 §7.2; CVE-2016-7036, CVE-2024-51744' })

const bytes = (change: (mac: Uint8Array) => ArrayLike<number>) => (mac: string) => base64url(Uint8Array.from(change(fromBase64url(mac))))
const inHex = (mac: string): string => hex(fromBase64url(mac))
const forged = (payload: string | Uint8Array) => ({ token: { secret: OTHER_SECRET, payload } })
const FORGED = ['{"exp":1}', '{"nbf":1900000000,"exp":1900000001}', '{}', '{"exp":"never"}', 'x', '[]', '']
const FORMS = '|H|H.P|H.P.|@.M|@.|.@|@.M.M|..|H。P。M|M.H.P| @|@ |@\r\n|@\0|\uFEFF@|Bearer @|"@"|@,@|@ @|@#x'.split('|')
/** The same token in JSON (RFC 7515 §7.2), or the compact one in JSON or in a URL. */
const POLYGLOTS = [
  '{"protected":"H","payload":"P","signature":"M"}',
  '{"payload":"P","signatures":[{"protected":"H","signature":"M"}]}',
  '{" @ ":1,"protected":"H","payload":"P","signature":"M"}',
  '@{"protected":"H","payload":"P","signature":"M"}',
  '{"protected":"@"}',
  '{"protected":"H","payload":"P","a.b":"","c.d":"","signature":"M"}',
  'https://a.example/?token=@',
]

export const signatures = [
  ...tokens('shape', shape, FORMS, form),
  ...tokens('shape', shape, {
    'four segments, of which three are signed': { token: { spell: (first, second) => `${first}.${second}.${second}` } },
    'no header': { token: { spell: (_, second) => `.${second}` } },
    'no header and no payload': { token: { spell: () => '.' } },
    'two dots between': { token: { spell: (first, second) => `${first}..${second}` } },
    'payload and header swapped': { token: { spell: (first, second) => `${second}.${first}` } },
  }),
  ...tokens('polyglot', polyglot, POLYGLOTS, form),
  ...tokens('polyglot', polyglot, {
    'header and payload as JSON': { token: { spell: () => `${HEADER}.${PAYLOAD}` } },
    'in base64url once more': { token: { join: (input, mac) => base64url(`${input}.${mac}`) } },
  }),
  ...tokens('signature', length, {
    empty: { token: { mac: () => '' } },
    'of 42 characters': { token: { mac: (mac) => mac.slice(0, -1) } },
    'of 44 characters': { token: { mac: (mac) => `${mac}A` } },
    'of 31 bytes': { token: { mac: bytes((mac) => mac.subarray(0, 31)) } },
    'of 33 bytes': { token: { mac: bytes((mac) => [...mac, 0]) } },
    'of 16 bytes': { token: { mac: bytes((mac) => mac.subarray(0, 16)) } },
    'of one byte': { token: { mac: bytes((mac) => mac.subarray(0, 1)) } },
    twice: { token: { mac: (mac) => mac + mac } },
    'in hex': { token: { mac: inHex } },
    'in hex, in capitals': { token: { mac: (mac) => inHex(mac).toUpperCase() } },
    'in base64': { token: { mac: (mac) => btoa(String.fromCharCode(...fromBase64url(mac))) } },
    'its hex in base64url': { token: { mac: (mac) => base64url(inHex(mac)) } },
    'its base64url in base64url': { token: { mac: (mac) => base64url(mac) } },
  }),
  ...tokens('signature', wrong, {
    'of zeros': { token: { mac: bytes((mac) => mac.fill(0)) } },
    'of ones': { token: { mac: bytes((mac) => mac.fill(255)) } },
    'with its first bit changed': { token: { mac: bytes((mac) => [mac[0]! ^ 128, ...mac.subarray(1)]) } },
    'with its last bit changed': { token: { mac: bytes((mac) => [...mac.subarray(0, 31), mac[31]! ^ 1]) } },
    'with two bytes swapped': { token: { mac: bytes((mac) => [mac[1]! ^ 1, mac[0]!, ...mac.subarray(2)]) } },
    'half of it zeros': { token: { mac: bytes((mac) => mac.fill(0, 16)) } },
    reversed: { token: { mac: bytes((mac) => [...mac].reverse()) } },
    'of another secret': { token: { secret: OTHER_SECRET } },
    'of an empty secret': { token: { secret: '' } },
    'of a secret cut by one byte': { token: { secret: SECRET.slice(0, -1) } },
    'of a secret with a line end': { token: { secret: `${SECRET}\n` } },
    'of the secret in base64url': { token: { secret: base64url(SECRET) } },
    'of the decoded payload': { token: { over: () => PAYLOAD } },
    'of the decoded parts': { token: { over: () => `${HEADER}.${PAYLOAD}` } },
    'of the parts in lower case': { token: { over: (input) => input.toLowerCase() } },
    'of another payload': { token: { over: (input) => `${input.split('.')[0]}.${base64url('{"exp":1800003601}')}` } },
    'of another header': { token: { over: (input) => `${base64url('{"alg":"HS256"}')}.${input.split('.')[1]}` } },
    'the secret itself': { token: { mac: () => base64url(SECRET.slice(0, 32)) } },
  }),
  ...tokens('signature of', wrong, ['H', 'P', 'HP', 'H.P.', ''], (over) => ({
    token: { over: (input) => over.replaceAll(/[HP]/g, (letter) => input.split('.')['HP'.indexOf(letter)]!) },
  })),
  ...tokens('forgery is told first', order, FORGED, forged),
  ...tokens('forgery is told first', order, {
    'of another issuer': { ...forged('{"exp":1800003600,"iss":"b"}'), options: { issuer: 'a' } },
    'of another audience': { ...forged('{"exp":1800003600,"aud":"b"}'), options: { audience: 'a' } },
    'whose payload is not UTF-8': forged(new Uint8Array([0xff])),
  }),
]
