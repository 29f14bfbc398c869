/** HMAC with SHA-256 (RFC 2104, RFC 7518 §3.2) on Web Crypto. */
import { encode } from '../encoding/base64url.ts'
import { encoder } from '../encoding/utf8.ts'
import { materialOf, type JwtKey } from '../keys/key.ts'

const imports: WeakMap<JwtKey, Promise<CryptoKey>> = /* @__PURE__ */ new WeakMap()
const imported: WeakMap<JwtKey, CryptoKey> = /* @__PURE__ */ new WeakMap() // so that a later use waits for no promise

/**
 * Makes a secret for `createKey`: 32 random bytes, as 43 characters of base64url.
 * @throws {TypeError} where Web Crypto is missing
 */
export function generateSecret(): string {
  return encode(webCrypto().getRandomValues(new Uint8Array(32)))
}

/** Computes the MAC of a text, in base64url. */
export async function signMac(key: JwtKey, input: string): Promise<string> {
  const cryptoKey = imported.get(key) ?? (await importOnce(key))
  return encode(new Uint8Array(await webCrypto().subtle.sign('HMAC', cryptoKey, encoder.encode(input))))
}

/** Compares the MAC of a text, in constant time. */
export async function verifyMac(key: JwtKey, input: string, mac: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const cryptoKey = imported.get(key) ?? (await importOnce(key))
  return webCrypto().subtle.verify('HMAC', cryptoKey, mac, encoder.encode(input))
}

function importOnce(key: JwtKey): Promise<CryptoKey> {
  const pending = imports.get(key) ?? importKey(key).finally(() => imports.delete(key)) // a failure is not kept either
  imports.set(key, pending)
  return pending
}

async function importKey(key: JwtKey): Promise<CryptoKey> {
  const { secret } = materialOf(key)
  const cryptoKey = ArrayBuffer.isView(secret)
    ? await webCrypto().subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify'])
    : (secret as CryptoKey) // createKey has seen that it is one
  imported.set(key, cryptoKey)
  return cryptoKey
}

function webCrypto(): Crypto {
  const { crypto } = globalThis as { readonly crypto?: Partial<Crypto> }
  if (crypto?.subtle !== undefined) return crypto as Crypto
  throw new TypeError('Web Crypto is missing: use https, localhost or a newer runtime')
}
