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

/** Good tokens of one size. */
export interface Good {
  /** The token's length in characters. */
  readonly length: number
  /** The claims to sign, without times. */
  readonly unsigned: readonly Claims[]
  /** The claims of the tokens. */
  readonly claims: readonly Claims[]
  readonly tokens: readonly string[]
}

/** Tokens of one size, good and bad. */
export interface Sample extends Good {
  readonly refused: Readonly<Record<Flaw, readonly string[]>>
}

const now = Math.floor(Date.now() / 1000)
const TIMES = { iat: now, exp: now + 86_400 }

/** Makes different good tokens of about this many characters. */
export function goodTokens(length: number, count: number, first = 0): Good {
  const unsigned = Array.from({ length: count }, (_, user) => claimsOf(first + user, length))
  const claims = unsigned.map((some) => ({ ...some, ...TIMES }))
  const tokens = claims.map((all) => tokenOf(all))
  return { length: tokens[0]!.length, unsigned, claims, tokens }
}

/** Makes tokens of about this many characters, and bad ones like them. */
export function sampleOf(length: number): Sample {
  const good = goodTokens(length, TOKENS)
  const { unsigned, claims, tokens } = good
  const altered = (changes: Claims) => claims.map((all) => tokenOf({ ...all, ...changes }))
  const refused = {
    malformed: tokens.map((token) => token.slice(0, token.lastIndexOf('.'))),
    'other alg': claims.map((all) => tokenOf(all, 'HS384')),
    'bad signature': claims.map((all) => tokenOf(all, 'HS256', SECRET.toUpperCase())),
    expired: altered({ iat: now - 7200, exp: now - 3600 }),
    'wrong audience': altered({ aud: ['elsewhere'] }),
    'wrong issuer': altered({ iss: 'https://elsewhere.example' }),
    'no exp': unsigned.map((some) => tokenOf({ ...some, iat: now })),
  }
  return { ...good, refused }
}

/** A new string with the same characters, as a server reads it from a socket: flat, and never seen before. */
export function fresh(token: string): string {
  return Buffer.from(token, 'latin1').toString('latin1')
}

type Alg = 'HS256' | 'HS384'

/** Makes a token. */
export function tokenOf(claims: Claims, alg: Alg = 'HS256', secret: string = SECRET): string {
  const signingInput = `${encodeJson({ alg, typ: 'JWT' })}.${encodeJson(claims)}`
  return fresh(`${signingInput}.${macOf(signingInput, secret, alg)}`)
}

/** Computes the signature of a token. */
export function macOf(signingInput: string, secret: string = SECRET, alg: Alg = 'HS256'): string {
  return createHmac(alg.replace('HS', 'sha'), secret).update(signingInput).digest('base64url')
}

/** Claims of a user, with enough groups to fill a token of this length. */
function claimsOf(user: number, length: number): Claims {
  const claims = { iss: ISSUER, aud: [AUDIENCE, 'reports'], sub: `user-${(user + 36 ** 2).toString(36)}`, role: 'admin', groups: ['ops'] }
  const spare = length - tokenOf({ ...claims, iat: 1_700_000_000, exp: 1_700_000_000 }).length
  const more = Array.from({ length: Math.max(0, Math.round(spare / 16)) }, (_, i) => `g${String(i).padStart(8, '0')}`) // 12 bytes, 16 characters each
  return { ...claims, groups: [...claims.groups, ...more] }
}

function encodeJson(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

/** A token, and the request that brings it. */
export interface Visit {
  readonly token: string
  readonly request: { readonly method: string; readonly headers: Readonly<Record<string, string>> }
}
