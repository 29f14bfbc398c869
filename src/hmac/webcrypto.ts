/** HMAC with SHA-256 (RFC 2104, RFC 7518 §3.2) on Web Crypto. */
import { encode } from '../encoding/base64url.ts'
import { encodeUtf8 } from '../encoding/utf8.ts'
import { materialOf, type JwtKey } from '../keys/key.ts'

// A key that is imported stands here itself, so that its later uses wait for no promise.
const imported: WeakMap<JwtKey, CryptoKey | Promise<CryptoKey>> = /* @__PURE__ */ new WeakMap()

/**
 * Makes a secret for `createKey`: 32 random bytes, as 43 characters of base64url.
 * @throws {TypeError} where Web Crypto is missing
 */
export function generateSecret(): string {
  return encode(webCrypto().getRandomValues(new Uint8Array(32)))
}

/** Computes the MAC of a text, in base64url. */
export async function signMac(key: JwtKey, input: string): Promise<string> {
  const { subtle } = webCrypto()
  const ready = importOnce(subtle, key)
  const cryptoKey = ready instanceof Promise ? await ready : ready
  return encode(new Uint8Array(await subtle.sign('HMAC', cryptoKey, encodeUtf8(input))))
}

/** Compares the MAC of a text, in constant time. */
export async function verifyMac(key: JwtKey, input: string, mac: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const { subtle } = webCrypto()
  const ready = importOnce(subtle, key)
  const cryptoKey = ready instanceof Promise ? await ready : ready
  return subtle.verify('HMAC', cryptoKey, mac, encodeUtf8(input))
}

function importOnce(subtle: SubtleCrypto, key: JwtKey): CryptoKey | Promise<CryptoKey> {
  const known = imported.get(key)
  if (known !== undefined) return known
  const { secret } = materialOf(key)
  if (!ArrayBuffer.isView(secret)) return secret as CryptoKey // createKey has seen that it is one
  const pending = subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify'])
  imported.set(key, pending)
  pending.then(
    (cryptoKey) => imported.set(key, cryptoKey),
    () => imported.delete(key), // a failure is not kept: the next use tries again
  )
  return pending
}

function webCrypto(): Crypto {
  const { crypto } = globalThis as { readonly crypto?: Partial<Crypto> }
  if (crypto?.subtle !== undefined) return crypto as Crypto
  throw new TypeError('Web Crypto is missing: serve the page over https or from localhost, or use a newer runtime')
}
