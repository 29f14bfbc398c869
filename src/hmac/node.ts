/// <reference types="node" />
/** HMAC with SHA-256 (RFC 2104, RFC 7518 §3.2) on `node:crypto`, synchronously. */
import { createHmac, createSecretKey, KeyObject } from 'node:crypto'
import { materialOf, type JwtKey } from '../key.ts'

/** Computes the MAC of bytes, in base64url. */
export function signMac(key: JwtKey, input: Uint8Array): string {
  return createHmac('sha256', keyObjectOf(key)).update(input).digest('base64url')
}

/** Checks the MAC of bytes in constant time. */
export function verifyMac(key: JwtKey, input: Uint8Array, mac: Uint8Array): boolean {
  // A string with one character per byte: creating a Buffer takes longer.
  const expected = createHmac('sha256', keyObjectOf(key)).update(input).digest('binary')
  let difference = mac.length ^ expected.length
  // No early exit.
  for (let i = 0; i < expected.length; i++) difference |= Number(mac[i]) ^ expected.charCodeAt(i)
  return difference === 0
}

const keyObjects: WeakMap<JwtKey, KeyObject> = /* @__PURE__ */ new WeakMap()

function keyObjectOf(key: JwtKey): KeyObject {
  const made = keyObjects.get(key)
  if (made !== undefined) return made
  const { secret } = materialOf(key)
  const keyObject = ArrayBuffer.isView(secret) ? createSecretKey(secret) : KeyObject.from(secret)
  keyObjects.set(key, keyObject)
  return keyObject
}
