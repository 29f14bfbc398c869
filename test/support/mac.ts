/** Another maker of MACs than the one under test, without a promise, on every runtime. */
import { hmac } from '@noble/hashes/hmac.js'
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import { base64url, bytesOf } from './bytes.ts'

const HASHES = { sha256, sha384, sha512 } as const

export function macOf(input: string, secret: string | Uint8Array, hash: keyof typeof HASHES = 'sha256'): string {
  return base64url(hmac(HASHES[hash], bytesOf(secret), bytesOf(input)))
}
