/** Secrets that others may know: public keys and certificates, in every form in which a file may have them. */
import { base64url, bytesOf } from '../support/bytes.ts'
import { but, secrets, type Rule } from './case.ts'
import { hmac, LONG } from './forge.ts'

const publicly: Rule = { attack: 3, kind: 'policy', source: 'RFC 8725 §3.1; CVE-2022-29217, CVE-2026-34950', verdict: 'TypeError' }
const slow = but(publicly, { source: 'GHSA-jwrc-g2q2-pq5p', verdict: 'accepted' })
const K = base64url(LONG)
const BODY = 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
const pem = (label: string): string => `-----BEGIN ${label}-----\n${BODY}\n-----END ${label}-----\n`
const utf16 = (text: string): Uint8Array => Uint8Array.from([...text].flatMap((letter) => [letter.charCodeAt(0), 0]))
const PEMS = [
  ...'PUBLIC KEY|RSA PUBLIC KEY|PRIVATE KEY|RSA PRIVATE KEY'.split('|'),
  ...'EC PRIVATE KEY|ENCRYPTED PRIVATE KEY|CERTIFICATE|OPENSSH PRIVATE KEY'.split('|'),
]
const SSH = ['ssh-rsa', 'ssh-ed25519', 'ssh-dss', 'ecdsa-sha2-nistp256', 'sk-ssh-ed25519@openssh.com', 'sk-ecdsa-sha2-nistp256@openssh.com']
export const knownSecrets = [
  ...secrets('secret in PEM', publicly, PEMS, (label) => ({ secret: () => pem(label) })),
  ...secrets('secret of ssh', publicly, SSH, (type) => ({ secret: () => `${type} AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAy me@host` })),
  ...secrets('PEM behind', publicly, ['\r\n \t', '# the key of the issuer\n', '\uFEFF'], (text) => ({
    secret: () => text + pem('PUBLIC KEY'),
  })),
  ...secrets('secret that others may know', publicly, {
    'PEM on one line': { secret: () => pem('PUBLIC KEY').replaceAll('\n', '\\n') },
    'PEM as bytes': { secret: () => bytesOf(pem('PUBLIC KEY')) },
    'PEM as UTF-16': { secret: () => utf16(pem('PUBLIC KEY')) },
    'PEM as an ArrayBuffer': { secret: () => bytesOf(pem('PUBLIC KEY')).buffer },
    'PEM as a JWK': { secret: () => ({ kty: 'oct', k: base64url(pem('PUBLIC KEY')) }) },
    'PEM in base64': { secret: () => btoa(pem('PUBLIC KEY')) },
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
