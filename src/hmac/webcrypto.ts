/** HMAC with SHA-256 (RFC 2104, RFC 7518 §3.2) on Web Crypto. */
import { encodeBase64url } from '../base64url.ts'
import { materialOf, type JwtKey } from '../key.ts'
import { refuseCallback } from '../options.ts'

/**
 * Makes a secret for `createKey`: 32 random bytes, as 43 characters of base64url.
 * @throws {TypeError} if Web Crypto is missing
 */
export function generateSecret(): string {
  refuseCallback(arguments)
  return encodeBase64url(webCrypto().getRandomValues(new Uint8Array(32)))
}

/** Computes the MAC of bytes, in base64url. */
export async function signMac(key: JwtKey, input: Uint8Array<ArrayBuffer>): Promise<string> {
  const cryptoKey = imported.get(key) ?? (await importOnce(key))
  return encodeBase64url(new Uint8Array(await webCrypto().subtle.sign('HMAC', cryptoKey, input)))
}

/**
 * Checks the MAC of bytes in constant time. Only `true` is a match: a replaced Web Crypto may
 * return anything. An imported key is not awaited: many tokens in flight would be slower.
 */
export function verifyMac(
  key: JwtKey,
  input: Uint8Array<ArrayBuffer>,
  mac: Uint8Array<ArrayBuffer>,
): Promise<unknown> {
  const cryptoKey = imported.get(key)
  if (cryptoKey !== undefined) return webCrypto().subtle.verify('HMAC', cryptoKey, mac, input)
  return importOnce(key).then((made) => webCrypto().subtle.verify('HMAC', made, mac, input))
}

const imported: WeakMap<JwtKey, CryptoKey> = /* @__PURE__ */ new WeakMap()
const importing: WeakMap<JwtKey, Promise<CryptoKey>> = /* @__PURE__ */ new WeakMap()

async function importOnce(key: JwtKey): Promise<CryptoKey> {
  const pending = importing.get(key) ?? importKey(key)
  importing.set(key, pending)
  try {
    const cryptoKey = await pending
    imported.set(key, cryptoKey)
    return cryptoKey
  } finally {
    importing.delete(key) // so a failed import is tried again
  }
}

async function importKey(key: JwtKey): Promise<CryptoKey> {
  const { secret } = materialOf(key)
  if (!ArrayBuffer.isView(secret)) return secret
  // Own properties only, so that a polluted Object.prototype cannot set the length.
  const algorithm = { name: 'HMAC', hash: 'SHA-256', length: secret.length * 8 }
  return webCrypto().subtle.importKey('raw', secret, algorithm, false, ['sign', 'verify'])
}

function webCrypto(): Crypto {
  if (globalThis.crypto?.subtle !== undefined) return globalThis.crypto
  throw new TypeError('Web Crypto is missing: use https, localhost or a newer runtime')
}
