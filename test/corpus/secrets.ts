/** Secrets: values that are none, that are too short, that coercion turns into one, that others may know, or that are easily misread. */
import { base64url, bytesOf, utf16 } from '../support/bytes.ts'
import { but, rule, secrets, tokens } from './case.ts'
import { hmac, LONG } from './forge.ts'

const unset = rule(4, 'policy', 'CVE-2026-44351, CVE-2026-45363', 'TypeError')
const short = rule(5, 'rfc', 'RFC 7518 §3.2; CVE-2025-45768', 'RangeError')
const coerced = rule(6, 'policy', 'CVE-2022-23529', 'TypeError')
const another = but(coerced, { kind: 'rfc', source: 'RFC 7518 §3.2', verdict: 'ERR_JWT_SIGNATURE' })

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
  ...tokens('key of which another is the latin-1', another, {
    'verifies nothing of the other': { token: { secret: LONG }, keys: (make) => make(twin(LONG)) },
    'is verified by none of the other': { token: { secret: twin(LONG) }, keys: (make) => make(LONG) },
    'nor one with a NUL behind it': { token: { secret: `${LONG}${LONG}\0` }, keys: (make) => make(`${LONG}${LONG}`) },
  }),
]

const publicly = rule(3, 'policy', 'RFC 8725 §3.1; CVE-2022-29217, CVE-2026-34950', 'TypeError')
const slow = but(publicly, { source: 'GHSA-jwrc-g2q2-pq5p', verdict: 'accepted' })
const BODY = 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
const pem = (label: string): string => `-----BEGIN ${label}-----\n${BODY}\n-----END ${label}-----\n`
const PEM = pem('PUBLIC KEY')
const PEMS = [
  ...'PUBLIC KEY|RSA PUBLIC KEY|PRIVATE KEY|RSA PRIVATE KEY'.split('|'),
  ...'EC PRIVATE KEY|ENCRYPTED PRIVATE KEY|CERTIFICATE|OPENSSH PRIVATE KEY'.split('|'),
]
const SSH = ['ssh-rsa', 'ssh-ed25519', 'ssh-dss', 'ecdsa-sha2-nistp256', 'sk-ssh-ed25519@openssh.com', 'sk-ecdsa-sha2-nistp256@openssh.com']
/** Secrets that others may know: public keys and certificates, in every form in which a file may have them. */
export const knownSecrets = [
  ...secrets('secret in PEM', publicly, PEMS, (label) => ({ secret: () => pem(label) })),
  ...secrets('secret of ssh', publicly, SSH, (type) => ({ secret: () => `${type} AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAy me@host` })),
  ...secrets('PEM behind', publicly, ['\r\n \t', '# the key of the issuer\n', '\uFEFF'], (text) => ({ secret: () => text + PEM })),
  ...secrets('secret that others may know', publicly, {
    'PEM on one line': { secret: () => PEM.replaceAll('\n', '\\n') },
    'PEM as bytes': { secret: () => bytesOf(PEM) },
    'PEM as UTF-16': { secret: () => utf16(PEM) },
    'PEM as an ArrayBuffer': { secret: () => bytesOf(PEM).buffer },
    'PEM as a JWK': { secret: () => ({ kty: 'oct', k: base64url(PEM) }) },
    'PEM in base64': { secret: () => btoa(PEM) },
    'SSH2 file': { secret: () => `---- BEGIN SSH2 PUBLIC KEY ----\n${BODY}\n---- END SSH2 PUBLIC KEY ----` },
    'ssh key after a host': { secret: () => 'host.example ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAA' },
    'JWK as text': { secret: () => JSON.stringify({ kty: 'RSA', n: BODY, e: 'AQAB' }) },
    'JWK as text, kty last': { secret: () => JSON.stringify({ n: BODY, e: 'AQAB', kty: 'RSA' }) },
    'JWK as text, spread out': { secret: () => JSON.stringify({ kty: 'EC', x: BODY, y: BODY }, null, 4) },
    'JWK as text in quotes': { secret: () => JSON.stringify(JSON.stringify({ kty: 'RSA', n: BODY })) },
    'JWK set as text': { secret: () => JSON.stringify({ keys: [{ kty: 'RSA', n: BODY }] }) },
    'JWK as bytes': { secret: () => bytesOf(JSON.stringify({ kty: 'RSA', n: BODY })) },
    'JWK of RSA': { secret: () => ({ kty: 'RSA', n: BODY, e: 'AQAB' }) },
    'JWK of EC with a k': { secret: () => ({ kty: 'EC', crv: 'P-256', x: BODY, k: K }) },
    'JWK for another algorithm': { secret: () => ({ kty: 'oct', k: K, alg: 'HS512' }) },
    'JWK for encryption': { secret: () => ({ kty: 'oct', k: K, use: 'enc' }) },
    'JWK for other operations': { secret: () => ({ kty: 'oct', k: K, key_ops: ['wrapKey'] }) },
    'CryptoKey of another hash': { secret: hmac(64, 'SHA-512') },
    'CryptoKey of AES': { secret: () => crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt']) },
  }),
  ...secrets('secret that makes a detector slow', slow, {
    'of dashes': { secret: () => '-'.repeat(100_000) },
    'of braces': { secret: () => '{'.repeat(100_000) },
    'of quotes and braces': { secret: () => '"{'.repeat(50_000) },
    'of almost ssh': { secret: () => `a${'ssh-@.'.repeat(20_000)}` },
    'of almost quotes': { secret: () => `${'"'.repeat(100_000)}x` },
    'of almost an object': { secret: () => `{"${'} '.repeat(50_000)}x` },
    'of white space within': { secret: () => `needle${' '.repeat(100_000)}x` },
    'of almost many hosts': { secret: () => 'a ssh_'.repeat(20_000) },
  }),
]

const overlooked = rule(34, 'policy', 'docs/keys-and-rotation.md', 'TypeError')
const shortAndSpaced = but(overlooked, { attack: 5, kind: 'rfc', source: 'RFC 7518 §3.2', verdict: 'RangeError' })
const meant = but(overlooked, 'accepted')

const SPACES = ' |  |\n|\r\n|\r|\t|\v|\f|\u00a0|\u1680|\u2003|\u2028|\u2029|\u3000|\uFEFF|\u00ad|\u200b|\u200e|\u2060'.split('|')
const CONTROLS = ['\0', '\x01', '\x07', '\b', '\t', '\n', '\v', '\f', '\r', '\r\n', '\x1b', '\x1f', '\x7f', '\x80', '\x85', '\x9f']
const QUOTES = ['"', "'", '`']
const HARMLESS = [' ', '  ', '"', "'", '`', '{', '}', '\\', '\\n', 'é', '\u00a0', '\u3000', '\ufffc', '😀']
const within = (text: string): string => `${LONG.slice(0, 9)}${text}${LONG.slice(9)}`
const secret = (text: unknown) => ({ secret: () => text })

/** Characters that are easily overlooked: another service that reads the same secret without them makes other MACs. */
export const overlookedCharacters = [
  ...secrets('secret with white space behind it', overlooked, SPACES, (text) => secret(`${LONG}${text}`)),
  ...secrets('secret with white space before it', overlooked, SPACES, (text) => secret(`${text}${LONG}`)),
  ...secrets('secret with a control character in it', overlooked, CONTROLS, (text) => secret(within(text))),
  ...secrets('secret in quotes', overlooked, QUOTES, (quote) => secret(`${quote}${LONG}${quote}`)),
  ...secrets('secret in quotes, with a line end', overlooked, QUOTES, (quote) => secret(`${quote}${LONG}${quote}\n`)),
  ...secrets('secret from bytes that were no text', overlooked, ['\uFFFD'], (text) => secret(within(text))),
  ...secrets('secret from bytes that are not text', overlooked, {
    'with U+FFFD before it': { secret: () => `\uFFFD${LONG}` },
    'with U+FFFD within': { secret: () => within('\uFFFD') },
    'with U+FFFD behind it': { secret: () => `${LONG}\uFFFD` },
  }),
  ...secrets('secret that is easily misread', overlooked, {
    'white space alone': { secret: () => ' '.repeat(100_000) },
    'base64 in two lines': { secret: () => `${LONG}\n${LONG}\n` },
    'an object of JSON': { secret: () => JSON.stringify({ type: 'HS256', key: LONG }) },
    'an object of JSON, spread out': { secret: () => JSON.stringify({ type: 'HS256', key: LONG }, null, 2) },
    'an object of JSON, with a line end': { secret: () => `${JSON.stringify({ key: LONG })}\n` },
    'an object of JSON, after white space': { secret: () => ` \n\t${JSON.stringify({ key: LONG })}` },
    'the only line of a file': { secret: () => new TextDecoder().decode(bytesOf(LONG, '\n')) },
    'a binary file, read as text': { secret: () => new TextDecoder().decode(bytesOf(LONG, 0xff, 0xfe, 0xc0)) },
  }),
  ...secrets('secret with something in it that is meant', meant, HARMLESS, (text) => secret(within(text))),
  ...secrets('secret with something around it that is meant', meant, {
    'a quote before it': { secret: () => `"${LONG}` },
    'a quote behind it': { secret: () => `${LONG}"` },
    'two kinds of quotes': { secret: () => `"${LONG}'` },
    braces: { secret: () => `{${LONG}}` },
    brackets: { secret: () => `["${LONG}"]` },
    'bytes, with a line end': { secret: () => bytesOf(LONG, '\n') },
    'bytes, in quotes': { secret: () => bytesOf('"', LONG, '"') },
    'bytes, with control characters': { secret: () => bytesOf(LONG, 0, 1, 2) },
    'bytes that are no text': { secret: () => bytesOf(LONG, 0xff, 0xfe) },
    'an ArrayBuffer, with a line end': { secret: () => bytesOf(LONG, '\r\n').buffer },
    'a JWK, with a line end': { secret: () => ({ kty: 'oct', k: base64url(`${LONG}\n`) }) },
  }),
  ...secrets('secret too short, and with white space', shortAndSpaced, {
    'of 7 bytes': secret('secret\n'),
    'of 31 bytes': secret('needle-of-a-short-secret-of-30\n'),
  }),
]
