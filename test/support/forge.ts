/** Tokens that `sign` would not write: any header and payload, with a MAC that is right. */
import { base64url } from './bytes.ts'
import { macOf } from './mac.ts'

/** The secret of a forged token, unless another one is given. */
export const SECRET = 'correct horse battery staple, 32+'

/** Writes a token: strings and bytes as they are, anything else as JSON. */
export function forge(payload: unknown = { exp: 4_000_000_000 }, header: unknown = { alg: 'HS256' }, secret: string = SECRET): string {
  return resign([segmentOf(header), segmentOf(payload)], secret)
}

/** Writes a token of two segments, however they are spelled; further ones are ignored. */
export function resign([header, payload]: readonly string[], secret: string = SECRET): string {
  const signingInput = `${header}.${payload}`
  return `${signingInput}.${macOf(signingInput, secret)}`
}

/** Encodes a header or a payload: strings and bytes as they are, anything else as JSON. */
export function segmentOf(part: unknown): string {
  return base64url(typeof part === 'string' || part instanceof Uint8Array ? part : JSON.stringify(part))
}
