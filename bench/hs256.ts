/** This library, from the built package: its prepared functions. */
import { createKey, createSigner, createVerifier, decodeUnverified } from '../dist/index.js'
import { createGuard } from '../dist/http.js'
import { createSignerSync, createVerifierSync } from '../dist/sync.js'
import { decoder, signer, verifier, type Candidate } from './candidate.ts'
import { AUDIENCE, ISSUER, LIFETIME, SECRET, type Claims, type Good, type Visit } from './tokens.ts'

const key = createKey(SECRET)
const expected = { issuer: ISSUER, audience: AUDIENCE }
const claimsOf = (jwt: { readonly claims: unknown }) => jwt.claims

/** `createVerifier`. With `remember`, all tokens of a race are found there, or none. */
export function promising(name = 'hs256', remember = 0): Candidate<string> {
  return verifier(name, createVerifier(key, { ...expected, remember }), claimsOf)
}

/** `createVerifierSync`. */
export function prompt(name = 'hs256/sync', remember = 0): Candidate<string> {
  return verifier(name, createVerifierSync(key, { ...expected, remember }), claimsOf)
}

/** `createVerifier` for tokens of any length, to measure how cost grows. */
export const verifyLong: (token: string) => Promise<unknown> = createVerifier(key, { ...expected, maxLength: 2 ** 24 })

export const sign: Candidate<Claims> = signer('hs256', createSigner(key, { expiresIn: LIFETIME }))
export const signSync: Candidate<Claims> = signer('hs256/sync', createSignerSync(key, { expiresIn: LIFETIME }))
export const decode: Candidate<string> = decoder('hs256', decodeUnverified, claimsOf)

/** A verifier and a guard, for the token and the request of a visit. */
export function visited(remember = 0): readonly [Candidate<Visit>, Candidate<Visit>] {
  const check = promising('createVerifier', remember)
  const guard = createGuard(key, { verify: expected, remember })
  const guarded = verifier(
    'createGuard',
    async (token) => (await guard(visitOf(token).request)).jwt ?? Promise.reject(new Error('the guard denies it')),
    claimsOf,
  )
  return [
    { ...check, run: ({ token }) => check.run(token) },
    { ...guarded, run: ({ request }) => guard(request) },
  ]
}

/** The request that brings a token. */
export function visitOf(token: string): Visit {
  return { token, request: { method: 'GET', headers: { host: 'orders.example', cookie: `jwt=${token}` } } }
}

/** How many characters hold these tokens twice: a memory that is half full forgets nothing. */
export function roomFor({ length, tokens }: Good): number {
  return 2 ** Math.ceil(Math.log2(2 * tokens.length * (3 * length + 1000)))
}

/** How many characters hold very few tokens. */
export const LITTLE: number = 2 ** 16
