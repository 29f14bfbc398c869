/** Shapes, serializations and MACs: what replaces `header.payload.signature`. */
import { base64url, fromBase64url } from '../support/bytes.ts'
import { but, tokens, type Rule } from './case.ts'
import { HEADER, OTHER_SECRET, PAYLOAD, SECRET } from './forge.ts'

const shape: Rule = { attack: 15, kind: 'rfc', source: 'RFC 7515 §7.1; RFC 7519 §7.2', verdict: 'ERR_JWT_MALFORMED' }
const polyglot = but(shape, { attack: 14, source: 'RFC 7515 §7; CVE-2022-39227' })
const length = but(shape, { source: 'RFC 7518 §3.2; CVE-2020-28042' })
const wrong = but(length, 'ERR_JWT_SIGNATURE')
const order = but(wrong, { attack: 23, source: 'RFC 7519 §7.2; CVE-2016-7036, CVE-2024-51744' })

const bytes = (change: (mac: Uint8Array) => ArrayLike<number>) => (mac: string) => base64url(Uint8Array.from(change(fromBase64url(mac))))
const hex = (mac: string): string => [...fromBase64url(mac)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
const forged = { secret: OTHER_SECRET }

export const signatures = [
  ...tokens('shape', shape, {
    nothing: { token: { join: () => '' } },
    'one segment': { token: { join: (input) => input.split('.')[0] } },
    'two segments': { token: { join: (input) => input } },
    'two segments and a dot': { token: { join: (input) => `${input}.` } },
    'four segments': { token: { join: (input, mac) => `${input}.${mac}.${mac}` } },
    'four segments, the last one empty': { token: { join: (input, mac) => `${input}.${mac}.` } },
    'four segments, the first one empty': { token: { join: (input, mac) => `.${input}.${mac}` } },
    'four segments, of which three are signed': { token: { spell: (first, second) => `${first}.${second}.${second}` } },
    'five segments, as JWE has': { token: { join: (input, mac) => `${input}.${mac}.${mac}.${mac}` } },
    'dots alone': { token: { join: () => '..' } },
    'no header': { token: { spell: (_, second) => `.${second}` } },
    'no header and no payload': { token: { spell: () => '.' } },
    'two dots between': { token: { spell: (first, second) => `${first}..${second}` } },
    'other dots': { token: { join: (input, mac) => `${input}.${mac}`.replaceAll('.', '。') } },
    'the MAC first': { token: { join: (input, mac) => `${mac}.${input}` } },
    'payload and header swapped': { token: { spell: (first, second) => `${second}.${first}` } },
    'a space before': { token: { join: (input, mac) => ` ${input}.${mac}` } },
    'a space behind': { token: { join: (input, mac) => `${input}.${mac} ` } },
    'a line end behind': { token: { join: (input, mac) => `${input}.${mac}\r\n` } },
    'a NUL behind': { token: { join: (input, mac) => `${input}.${mac}\0` } },
    'a BOM before': { token: { join: (input, mac) => `\uFEFF${input}.${mac}` } },
    'Bearer before': { token: { join: (input, mac) => `Bearer ${input}.${mac}` } },
    'quotes around': { token: { join: (input, mac) => `"${input}.${mac}"` } },
    'twice, with a comma': { token: { join: (input, mac) => `${input}.${mac},${input}.${mac}` } },
    'twice, with a space': { token: { join: (input, mac) => `${input}.${mac} ${input}.${mac}` } },
    'a fragment behind': { token: { join: (input, mac) => `${input}.${mac}#x` } },
  }),
  ...tokens('polyglot', polyglot, {
    'flattened JSON': { token: { join: (input, mac) => json(input, mac) } },
    'general JSON': { token: { join: (input, mac) => { const [first, second] = input.split('.'); return JSON.stringify({ payload: second, signatures: [{ protected: first, signature: mac }] }) } } }, // prettier-ignore
    'JSON around the compact one': { token: { join: (input, mac) => `{" ${input}.${mac} ":1,${json(input, mac).slice(1)}` } },
    'JSON behind the compact one': { token: { join: (input, mac) => `${input}.${mac}${json(input, mac)}` } },
    'JSON in the first segment': { token: { join: (input, mac) => `{"protected":"${input}.${mac}"}` } },
    'JSON with dots of its own': {
      token: { join: (input, mac) => `{"protected":"${input.replace('.', '","payload":"')}","a.b":"","c.d":"","signature":"${mac}"}` },
    },
    'header and payload as JSON': { token: { spell: () => `${HEADER}.${PAYLOAD}` } },
    'in base64url once more': { token: { join: (input, mac) => base64url(`${input}.${mac}`) } },
    'in a URL': { token: { join: (input, mac) => `https://a.example/?token=${input}.${mac}` } },
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
    'in hex': { token: { mac: hex } },
    'in hex, in capitals': { token: { mac: (mac) => hex(mac).toUpperCase() } },
    'in base64': { token: { mac: (mac) => btoa(String.fromCharCode(...fromBase64url(mac))) } },
    'its hex in base64url': { token: { mac: (mac) => base64url(hex(mac)) } },
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
    'of another secret': { token: forged },
    'of an empty secret': { token: { secret: '' } },
    'of a secret cut by one byte': { token: { secret: SECRET.slice(0, -1) } },
    'of a secret with a line end': { token: { secret: `${SECRET}\n` } },
    'of the secret in base64url': { token: { secret: base64url(SECRET) } },
    'of the header alone': { token: { over: (input) => input.split('.')[0]! } },
    'of the payload alone': { token: { over: (input) => input.split('.')[1]! } },
    'of the decoded payload': { token: { over: () => PAYLOAD } },
    'of the decoded parts': { token: { over: () => `${HEADER}.${PAYLOAD}` } },
    'of the parts without a dot': { token: { over: (input) => input.replace('.', '') } },
    'of the parts and a dot': { token: { over: (input) => `${input}.` } },
    'of the parts in lower case': { token: { over: (input) => input.toLowerCase() } },
    'of another payload': { token: { over: (input) => `${input.split('.')[0]}.${base64url('{"exp":1800003601}')}` } },
    'of another header': { token: { over: (input) => `${base64url('{"alg":"HS256"}')}.${input.split('.')[1]}` } },
    'of nothing': { token: { over: () => '' } },
    'the secret itself': { token: { mac: () => base64url(SECRET.slice(0, 32)) } },
  }),
  ...tokens('forgery is told first', order, {
    expired: { token: { ...forged, payload: '{"exp":1}' } },
    'not valid yet': { token: { ...forged, payload: '{"nbf":1900000000,"exp":1900000001}' } },
    'without exp': { token: { ...forged, payload: '{}' } },
    'with an exp of another type': { token: { ...forged, payload: '{"exp":"never"}' } },
    'of another issuer': { token: { ...forged, payload: '{"exp":1800003600,"iss":"b"}' }, options: { issuer: 'a' } },
    'of another audience': { token: { ...forged, payload: '{"exp":1800003600,"aud":"b"}' }, options: { audience: 'a' } },
    'whose payload is not JSON': { token: { ...forged, payload: 'x' } },
    'whose payload is a list': { token: { ...forged, payload: '[]' } },
    'whose payload is not UTF-8': { token: { ...forged, payload: new Uint8Array([0xff]) } },
    'whose payload is empty': { token: { ...forged, payload: '' } },
  }),
]

function json(input: string, mac: string): string {
  const [first, second] = input.split('.')
  return JSON.stringify({ protected: first, payload: second, signature: mac })
}
