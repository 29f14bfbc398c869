/** Makes hostile tokens with a correct MAC, byte for byte by a recipe; only with Web Crypto, without this library. */
import { base64url, bytesOf } from '../support/bytes.ts'

/** The marker in everything that must not be shown. */
export const SECRET = 'needle-of-a-secret, which has 32 bytes or more'
export const OTHER_SECRET = 'needle-of-another secret, of 32 bytes or more'
export const SUBJECT = 'needle-of-a-claim'

/** A secret that is long enough, as text and as a key of Web Crypto. */
export const LONG = 'needle-of-a-key-text-0123456789abcdef'
export const hmac =
  (bytes: number, hash = 'SHA-256') =>
  () =>
    crypto.subtle.importKey('raw', new Uint8Array(bytes).fill(7), { name: 'HMAC', hash }, false, ['sign', 'verify'])

/** The time of every case, unless its options have another clock: 2027-01-15T08:00:00Z. */
export const NOW = 1_800_000_000
export const clock = (seconds: number) => (): Date => new Date(seconds * 1000)

export const HEADER = '{"alg":"HS256","typ":"JWT"}'
export const PAYLOAD: string = `{"sub":"${SUBJECT}","exp":1800003600}`

export type Octets = string | Uint8Array

/** The recipe of a token: what is other than in a good one. */
export interface Recipe {
  readonly header?: Octets
  readonly payload?: Octets
  /** Spells the first two segments differently; the MAC is that of this spelling. */
  readonly spell?: (header: string, payload: string) => string
  /** The input of the MAC. */
  readonly over?: (signingInput: string) => string
  readonly secret?: Octets
  readonly hash?: 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512'
  /** Spells the third segment differently. */
  readonly mac?: (mac: string) => string
  /** Joins the parts: not with a dot. */
  readonly join?: (signingInput: string, mac: string) => unknown
}

/** Writes a token in another form, in which `H`, `P` and `M` stand for its segments, and `@` for all of it. */
export const form = (written: string): { readonly token: Recipe } => ({
  token: {
    join: (signingInput, mac) => {
      const [first = '', second = ''] = signingInput.split('.')
      return written.replaceAll(/[HPM@]/g, (letter) => ({ H: first, P: second, M: mac })[letter] ?? `${signingInput}.${mac}`)
    },
  },
})

/** A token of these claims, which expires in an hour, and the options for it. */
export const withClaims = (members: string, options?: object) => ({
  token: { payload: `{"exp":1800003600${members && `,${members}`}}` },
  ...(options && { options }),
})
/** A token with one claim, of this JSON. */
export const withClaim = (name: string, options?: object) => (value: string) => withClaims(`"${name}":${value}`, options)

/** Makes a token. */
export async function forge(recipe: Recipe = {}): Promise<unknown> {
  const { header = HEADER, payload = PAYLOAD, secret = SECRET, hash = 'SHA-256' } = recipe
  const signingInput = (recipe.spell ?? ((first, second) => `${first}.${second}`))(base64url(header), base64url(payload))
  const made = base64url(await macOf(secret, recipe.over?.(signingInput) ?? signingInput, hash))
  const mac = recipe.mac?.(made) ?? made
  return recipe.join ? recipe.join(signingInput, mac) : `${signingInput}.${mac}`
}

async function macOf(secret: Octets, text: string, hash: string): Promise<Uint8Array> {
  // Web Crypto rejects an empty key, but HMAC pads every key with zeros (RFC 2104 §2): one zero is the same key.
  const bytes = secret.length === 0 ? new Uint8Array(1) : bytesOf(secret)
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash }, false, ['sign'])
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, bytesOf(text)))
}
