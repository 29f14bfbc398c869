/** This library, from the built package: its prepared functions. */
import { createGuard } from '../dist/http.js'
import { createKey, createSigner, createVerifier, decodeUnverified } from '../dist/index.js'
import { createSignerSync, createVerifierSync } from '../dist/sync.js'
import { decoder, signer, verifier, type Candidate } from './candidate.ts'
import { AUDIENCE, ISSUER, LIFETIME, SECRET, type Claims, type Good } from './tokens.ts'

const key = createKey(SECRET)
const expected = { issuer: ISSUER, audience: AUDIENCE }
const claimsOf = (jwt: { readonly claims: unknown }): unknown => jwt.claims

/** `createVerifier`. With `remember`, all tokens of a race are found there, or none. */
export function promising(remember = 0, maxLength = 2 ** 16): Candidate<string> {
  return verifier(remember > 0 ? 'hs256, remember' : 'hs256', createVerifier(key, { ...expected, remember, maxLength }), claimsOf)
}

/** `createVerifierSync`. */
export function prompt(remember = 0): Candidate<string> {
  return verifier(remember > 0 ? 'hs256/sync, remember' : 'hs256/sync', createVerifierSync(key, { ...expected, remember }), claimsOf)
}

export const sign: Candidate<Claims> = signer('hs256', createSigner(key, { expiresIn: LIFETIME }))
export const signSync: Candidate<Claims> = signer('hs256/sync', createSignerSync(key, { expiresIn: LIFETIME }))
export const decode: Candidate<string> = decoder('hs256', decodeUnverified, claimsOf)

/** A token, and the request that brings it. */
export interface Visit {
  readonly token: string
  readonly request: { readonly method: string; readonly headers: Readonly<Record<string, string>> }
}

export function visitOf(token: string): Visit {
  return { token, request: { method: 'GET', headers: { host: 'orders.example', cookie: `jwt=${token}` } } }
}

/** A verifier and a guard, for the token and the request of a visit. */
export function visited(remember = 0): readonly Candidate<Visit>[] {
  const guard = createGuard(key, { verify: expected, remember })
  const check = promising(remember)
  const guarded = verifier(
    'createGuard',
    async (token) => (await guard(visitOf(token).request)).jwt ?? Promise.reject(new Error('the guard denies it')),
    claimsOf,
  )
  return [
    { ...check, name: 'createVerifier', run: ({ token }) => check.run(token) },
    { ...guarded, run: ({ request }) => guard(request) },
  ]
}

/** How many characters hold these tokens twice: a memory that is half full forgets nothing. */
export function roomFor({ length, tokens }: Good): number {
  return 2 ** Math.ceil(Math.log2(2 * tokens.length * (3 * length + 1000)))
}
