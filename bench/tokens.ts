/** The inputs of all candidates: claims, tokens made of them, and tokens wrong in each way. Made without any of the candidates. */
import { createHmac } from 'node:crypto'

export const SECRET = 'a secret with enough characters, only for the benchmark'
export const ISSUER = 'https://auth.example'
export const AUDIENCE = 'orders'
/** How long a token lives, in seconds. */
export const LIFETIME = 3600
/** The header that all candidates write, and its segment. */
export const HEADER_TEXT: string = encodeJson({ alg: 'HS256', typ: 'JWT' })

/** How many different tokens there are of each size, so that remembering the last one gains nothing. */
const TOKENS = 64

/** The flaws for which a token can be rejected. */
export const FLAWS = ['malformed', 'other alg', 'bad signature', 'expired', 'wrong audience', 'wrong issuer', 'no exp'] as const
export type Flaw = (typeof FLAWS)[number]

/** The claim checks that every verifier makes if it has an option, each with the flaw that it finds. */
export const CHECKS = { exp: 'expired', issuer: 'wrong issuer', audience: 'wrong audience', 'required exp': 'no exp' } as const
export type Check = keyof typeof CHECKS

export type Claims = Readonly<Record<string, unknown>>

/** Tokens of one size. */
export interface Sample {
  /** The token's length in characters. */
  readonly length: number
  /** The claims to sign, without times. */
  readonly unsigned: readonly Claims[]
  /** The claims of the tokens. */
  readonly claims: readonly Claims[]
  readonly tokens: readonly string[]
  readonly refused: Readonly<Record<Flaw, readonly string[]>>
}

/** Makes tokens of about this many characters. */
export function sampleOf(length: number, count: number = TOKENS): Sample {
  const unsigned = Array.from({ length: count }, (_, user) => claimsOf(user, length))
  const now = Math.floor(Date.now() / 1000)
  const times = { iat: now, exp: now + 86_400 }
  const claims = unsigned.map((some) => ({ ...some, ...times }))
  const tokens = claims.map((all) => tokenOf(all))
  const altered = (changes: Claims) => unsigned.map((some) => tokenOf({ ...some, ...times, ...changes }))
  const refused = {
    malformed: tokens.map((token) => token.slice(0, token.lastIndexOf('.'))),
    'other alg': claims.map((all) => tokenOf(all, { alg: 'HS384' })),
    'bad signature': claims.map((all) => tokenOf(all, { secret: SECRET.toUpperCase() })),
    expired: altered({ iat: now - 7200, exp: now - 3600 }),
    'wrong audience': altered({ aud: ['elsewhere'] }),
    'wrong issuer': altered({ iss: 'https://elsewhere.example' }),
    'no exp': unsigned.map((some) => tokenOf({ ...some, iat: now })),
  }
  return { length: tokens[0]!.length, unsigned, claims, tokens, refused }
}

interface TokenOptions {
  readonly alg?: 'HS256' | 'HS384'
  readonly kid?: string
  readonly secret?: string
}

/** Makes a token. */
export function tokenOf(claims: Claims, { alg = 'HS256', kid, secret = SECRET }: TokenOptions = {}): string {
  const signingInput = `${encodeJson({ alg, typ: 'JWT', ...(kid !== undefined && { kid }) })}.${encodeJson(claims)}`
  return Buffer.from(`${signingInput}.${macOf(signingInput, secret, alg)}`).toString() // one flat string, as in a request
}

/** Computes the signature of a token. */
export function macOf(signingInput: string, secret: string = SECRET, alg: 'HS256' | 'HS384' = 'HS256'): string {
  return createHmac(alg.replace('HS', 'sha'), secret).update(signingInput).digest('base64url')
}

/** Claims of a user, with enough groups to fill a token of this length. */
function claimsOf(user: number, length: number): Claims {
  const claims = { iss: ISSUER, aud: [AUDIENCE, 'reports'], sub: `user-${user + 100}`, role: 'admin', groups: ['ops'] }
  const spare = length - tokenOf({ ...claims, iat: 1_700_000_000, exp: 1_700_000_000 }).length
  const more = Array.from({ length: Math.max(0, Math.round(spare / 16)) }, (_, i) => `g${String(i).padStart(8, '0')}`) // 12 bytes, 16 characters each
  return { ...claims, groups: [...claims.groups, ...more] }
}

function encodeJson(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
