/// <reference types="node" />
/** HMAC with SHA-256 (RFC 2104, RFC 7518 §3.2) on `node:crypto`, synchronously. */
import { createHmac, createSecretKey, KeyObject } from 'node:crypto'
import { Buffer } from 'node:buffer'
import { isWhole } from '../base64url.ts'
import { materialOf, type JwtKey } from '../key.ts'
import { decodeUtf8 } from '../utf8.ts'

/** Computes the MAC of bytes, or of ASCII text, in base64url. */
export function signMac(key: JwtKey, input: string | Uint8Array): string {
  return createHmac('sha256', keyObjectOf(key)).update(input).digest('base64url')
}

/** Checks a MAC, in base64url, in constant time. Any other string does not match. */
export function verifyMac(key: JwtKey, input: string | Uint8Array, mac: string): boolean {
  const expected = signMac(key, input)
  let difference = mac.length ^ expected.length
  // No early exit.
  for (let i = 0; i < expected.length; i++) difference |= mac.charCodeAt(i) ^ expected.charCodeAt(i)
  return difference === 0
}

/** Encodes a text as `encodeText` of base64url.ts does, but faster. */
export function encodeText(text: string): string {
  return Buffer.from(text).toString('base64url')
}

/** Decodes a segment as `decodeText` of base64url.ts does, but faster. */
export function decodeText(segment: string): string | undefined {
  const bytes = segment.length > scratch.length ? Buffer.alloc(segment.length) : scratch
  const length = bytes.write(segment, 'base64url')
  if (!isCanonical(segment, length)) return undefined
  const text = bytes.toString('utf8', 0, length)
  return text.includes('\uFFFD') ? (decodeUtf8(bytes.subarray(0, length)) ?? '') : text
}

/**
 * Whether a string that Node decoded to `length` bytes is canonical base64url. Node's decoder skips
 * what is not base64, which shows in the length. It also accepts `+`, `/`, spare bits, and
 * characters outside ASCII, of which it reads the low byte.
 */
function isCanonical(text: string, length: number): boolean {
  if (length !== (text.length * 3) >> 2 || !isWhole(text)) return false
  return !text.includes('+') && !text.includes('/') && Buffer.byteLength(text) === text.length
}

/** Reused by every call: faster than allocating a buffer. */
const scratch = /* @__PURE__ */ Buffer.alloc(16_384)

const keyObjects: WeakMap<JwtKey, KeyObject> = /* @__PURE__ */ new WeakMap()

function keyObjectOf(key: JwtKey): KeyObject {
  const made = keyObjects.get(key)
  if (made !== undefined) return made
  const { secret } = materialOf(key)
  const keyObject = ArrayBuffer.isView(secret) ? createSecretKey(secret) : KeyObject.from(secret)
  keyObjects.set(key, keyObject)
  return keyObject
}
