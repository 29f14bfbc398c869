/** The inputs of all candidates: claims, tokens made of them, and tokens that are wrong in each way. Made without any of the candidates. */
import { createHmac } from 'node:crypto'

export const SECRET = 'a secret with enough characters, only for the benchmark'
export const ISSUER = 'https://auth.example'
export const AUDIENCE = 'orders'
/** How long a token lives, in seconds. */
export const LIFETIME = 3600
/** The header that all candidates write, and its segment. */
export const HEADER = { alg: 'HS256', typ: 'JWT' }
export const HEADER_TEXT: string = encodeJson(HEADER)

export type Claims = Readonly<Record<string, unknown>>

/** Good tokens of one length in characters. */
export interface Good {
  readonly length: number
  readonly tokens: readonly string[]
  /** The claims of the tokens, and the same without times, to be signed. */
  readonly claims: readonly Claims[]
  readonly unsigned: readonly Claims[]
}

const now = Math.floor(Date.now() / 1000)

/** Makes different good tokens of about this many characters. */
export function goodTokens(length: number, count: number, first = 0): Good {
  const unsigned = Array.from({ length: count }, (_, user) => claimsOf(first + user, length))
  const claims = unsigned.map((some) => ({ ...some, iat: now, exp: now + 86_400 }))
  const tokens = claims.map((all) => tokenOf(all))
  return { length: tokens[0]!.length, tokens, claims, unsigned }
}

/** The flaws for which a token can be rejected: each makes a bad token of good claims. */
export const FLAWS = {
  malformed: (claims) => tokenOf(claims).replace(/\.[^.]*$/, ''),
  'other alg': (claims) => tokenOf(claims, 'HS384'),
  'bad signature': (claims) => tokenOf(claims, 'HS256', SECRET.toUpperCase()),
  expired: (claims) => tokenOf({ ...claims, iat: now - 7200, exp: now - 3600 }),
  'wrong audience': (claims) => tokenOf({ ...claims, aud: ['elsewhere'] }),
  'wrong issuer': (claims) => tokenOf({ ...claims, iss: 'https://elsewhere.example' }),
  'no exp': (claims) => tokenOf({ ...claims, exp: undefined }), // which JSON leaves out
} satisfies Readonly<Record<string, (claims: Claims) => string>>
export type Flaw = keyof typeof FLAWS

/** A new string with the same characters, as a server reads it from a socket: flat, and never seen before. */
export function fresh(token: string): string {
  return Buffer.from(token, 'latin1').toString('latin1')
}

/** Makes a token. */
export function tokenOf(claims: Claims, alg = 'HS256', secret = SECRET): string {
  const signingInput = `${encodeJson({ ...HEADER, alg })}.${encodeJson(claims)}`
  return fresh(`${signingInput}.${macOf(signingInput, secret, alg)}`)
}

/** Computes the signature of a token. */
export function macOf(signingInput: string, secret = SECRET, alg = 'HS256'): string {
  return createHmac(alg.replace('HS', 'sha'), secret).update(signingInput).digest('base64url')
}

/** Claims of a user, with enough groups to fill a token of this length. */
function claimsOf(user: number, length: number): Claims {
  const claims = { iss: ISSUER, aud: [AUDIENCE, 'reports'], sub: `user-${(user + 36 ** 2).toString(36)}`, role: 'admin', groups: ['ops'] }
  const spare = length - tokenOf({ ...claims, iat: now, exp: now }).length
  const more = Array.from({ length: Math.max(0, Math.round(spare / 16)) }, (_, i) => `g${String(i).padStart(8, '0')}`) // 12 bytes, 16 characters each
  return { ...claims, groups: [...claims.groups, ...more] }
}

function encodeJson(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
