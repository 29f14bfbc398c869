/// <reference types="node" />
/** HMAC with SHA-256 (RFC 2104, RFC 7518 §3.2) on `node:crypto`, which makes nobody wait. */
import { createHmac, createSecretKey, KeyObject, type webcrypto } from 'node:crypto'
import { materialOf, type JwtKey } from '../keys/key.ts'

// Not a member of the material: createHmac takes a text for a key, too, and polluted JSON could lend one.
const keyObjects: WeakMap<JwtKey, KeyObject> = /* @__PURE__ */ new WeakMap()

/** Computes the MAC of bytes, in base64url. */
export function signMac(key: JwtKey, input: Uint8Array): string {
  return createHmac('sha256', keyObjectOf(key)).update(input).digest('base64url')
}

/** Compares the MAC of bytes, in constant time. */
export function verifyMac(key: JwtKey, input: Uint8Array, mac: Uint8Array): boolean {
  const expected = createHmac('sha256', keyObjectOf(key)).update(input).digest('binary') // a character for each byte: a Buffer takes longer to make
  let difference = mac.length ^ expected.length
  for (let i = 0; i < expected.length; i++) difference |= mac[i]! ^ expected.charCodeAt(i) // all of them, whichever differs first
  return difference === 0
}

function keyObjectOf(key: JwtKey): KeyObject {
  const made = keyObjects.get(key)
  if (made) return made
  const { secret } = materialOf(key)
  const keyObject = ArrayBuffer.isView(secret) ? createSecretKey(secret) : KeyObject.from(secret as webcrypto.CryptoKey) // createKey has seen that it is one
  keyObjects.set(key, keyObject)
  return keyObject
}
