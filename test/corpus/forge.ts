/** Writes hostile tokens with a MAC that is right, byte for byte as a recipe says; on Web Crypto alone, and with nothing of this library. */

/** Whatever must not show up anywhere has a needle in it. */
export const SECRET = 'needle-of-a-secret, which has 32 bytes or more'
export const OTHER_SECRET = 'needle-of-another secret, of 32 bytes or more'
export const SUBJECT = 'needle-of-a-claim'

/** The instant of every case, unless its options have another clock: 2027-01-15T08:00:00Z. */
export const NOW = 1_800_000_000
export const clock = (seconds: number) => (): Date => new Date(seconds * 1000)

export const HEADER = '{"alg":"HS256","typ":"JWT"}'
export const PAYLOAD: string = `{"sub":"${SUBJECT}","exp":1800003600}`

export type Octets = string | Uint8Array

/** How a token is written. */
export interface Recipe {
  /** Default: `HEADER`, `PAYLOAD`. */
  readonly header?: Octets
  readonly payload?: Octets
  /** Spells the first two segments in another way; the MAC is that of this spelling. Default: as they are. */
  readonly spell?: (header: string, payload: string) => string
  /** What the MAC is made of. Default: the signing input. */
  readonly over?: (signingInput: string) => string
  /** Default: `SECRET`, SHA-256. */
  readonly secret?: Octets
  readonly hash?: 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512'
  /** Spells the third segment in another way. Default: as it is. */
  readonly mac?: (mac: string) => string
  /** Puts the parts together. Default: with a dot between them. */
  readonly join?: (signingInput: string, mac: string) => unknown
}

/** Writes a token. */
export async function forge(recipe: Recipe = {}): Promise<unknown> {
  const { header = HEADER, payload = PAYLOAD, secret = SECRET, hash = 'SHA-256' } = recipe
  const signingInput = (recipe.spell ?? ((first, second) => `${first}.${second}`))(base64url(header), base64url(payload))
  const made = base64url(await hmac(secret, recipe.over?.(signingInput) ?? signingInput, hash))
  const mac = recipe.mac?.(made) ?? made
  return recipe.join ? recipe.join(signingInput, mac) : `${signingInput}.${mac}`
}

/** Encodes bytes, or the UTF-8 of a text. */
export function base64url(part: Octets): string {
  return btoa(bytesOf(part).reduce((text, byte) => text + String.fromCharCode(byte), ''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** Decodes what `base64url` has written. */
export function bytesOfBase64url(text: string): Uint8Array {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))
}

/** Puts texts and bytes together. */
export function octets(...parts: readonly (string | readonly number[])[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...bytesOf(part)] : part)))
}

async function hmac(secret: Octets, text: string, hash: string): Promise<Uint8Array> {
  // Web Crypto takes no empty key, but HMAC fills up every key with zeros (RFC 2104 §2): one zero is the same key.
  const bytes = secret.length === 0 ? new Uint8Array(1) : bytesOf(secret)
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash }, false, ['sign'])
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, bytesOf(text)))
}

function bytesOf(part: Octets): Uint8Array<ArrayBuffer> {
  return typeof part === 'string' ? new TextEncoder().encode(part) : new Uint8Array(part)
}
