/** HMAC with SHA-256 (RFC 2104, RFC 7518 §3.2) on Web Crypto. */
import { encode } from '../encoding/base64url.ts'
import { materialOf, type JwtKey } from '../keys/key.ts'
import type { Material } from '../keys/secret.ts'

/**
 * Makes a secret for `createKey`: 32 random bytes, as 43 characters of base64url.
 * @throws {TypeError} where Web Crypto is missing
 */
export function generateSecret(): string {
  return encode(webCrypto().getRandomValues(new Uint8Array(32)))
}

/** Computes the MAC of bytes, in base64url. */
export async function signMac(key: JwtKey, input: Uint8Array<ArrayBuffer>): Promise<string> {
  return encode(new Uint8Array(await withCryptoKey(key, (cryptoKey) => webCrypto().subtle.sign('HMAC', cryptoKey, input))))
}

/** Compares the MAC of bytes, in constant time. `true` alone says that it matches: who knows what stands in for Web Crypto, and answers. */
export function verifyMac(key: JwtKey, input: Uint8Array<ArrayBuffer>, mac: Uint8Array<ArrayBuffer>): Promise<unknown> {
  return withCryptoKey(key, (cryptoKey) => webCrypto().subtle.verify('HMAC', cryptoKey, mac, input))
}

/** Uses a key at once where Web Crypto has it already: to wait for what is there takes time when many tokens are under way. */
function withCryptoKey<Result>(key: JwtKey, use: (cryptoKey: CryptoKey) => Promise<Result>): Promise<Result> {
  const material = materialOf(key)
  return material.cryptoKey ? use(material.cryptoKey) : importOnce(material).then(use)
}

async function importOnce(material: Material): Promise<CryptoKey> {
  try {
    return (material.cryptoKey = await (material.importing ??= importKey(material)))
  } finally {
    material.importing = undefined // a failure is not kept
  }
}

async function importKey({ secret }: Material): Promise<CryptoKey> {
  if (!ArrayBuffer.isView(secret)) return secret as CryptoKey // createKey has seen that it is one
  const algorithm = { name: 'HMAC', hash: 'SHA-256', length: secret.length * 8 } // all of it: a polluted Object.prototype lends no other length
  return webCrypto().subtle.importKey('raw', secret, algorithm, false, ['sign', 'verify'])
}

function webCrypto(): Crypto {
  const { crypto } = globalThis as { readonly crypto?: Partial<Crypto> }
  if (crypto?.subtle !== undefined) return crypto as Crypto
  throw new TypeError('Web Crypto is missing: use https, localhost or a newer runtime')
}
