/** Both engines say the same of everything, in the same words; and neither says what it was told. */
import fc from 'fast-check'
import { createKey, decodeUnverified, JwtClaimError, JwtKeyNotFoundError, sign, verify, type JwtError } from 'hs256'
import { signSync, verifySync } from 'hs256/sync'
import { describe, expect } from 'vitest'
import { forge, SECRET } from '../support/forge.ts'
import { anything, claimSets, expectJwtError, forgedTokens, key, LETTERS, now, TOKEN } from './arbitraries.ts'
import { property } from './runs.ts'

/** A result, or an error as it shows itself: its class, its message and all that it carries. */
async function wordsOf(run: () => unknown): Promise<unknown> {
  try {
    return { result: await run() }
  } catch (error) {
    const { name, message, code } = error as JwtError
    const kid = error instanceof JwtKeyNotFoundError ? error.kid() : undefined
    if (!(error instanceof JwtClaimError)) return { name, message, code, kid }
    return { name, message, code, claim: error.claim, reason: error.reason, claims: error.claims(), issues: error.issues() }
  }
}
const same = async (first: () => unknown, second: () => unknown): Promise<void> => {
  expect(await wordsOf(second)).toStrictEqual(await wordsOf(first))
}

const text = fc.constantFrom('a', 'b', 'JWT', '')
const verifyOptions = fc.record(
  {
    issuer: fc.oneof(text, fc.array(text, { maxLength: 2 })),
    audience: fc.oneof(text, fc.array(text, { maxLength: 2 })),
    subject: text,
    type: text,
    required: text,
    requireExp: fc.boolean(),
    ignoreAudience: fc.boolean(),
    maxAge: fc.integer({ min: -1, max: 100 }),
    clockTolerance: fc.integer({ min: -1, max: 100 }),
    maxLength: fc.integer({ min: 0, max: 500 }),
  },
  { requiredKeys: [] },
)
const edits = fc
  .tuple(fc.constant(TOKEN), fc.nat(TOKEN.length), fc.constantFrom(...LETTERS, '.', '=', ''))
  .map(([token, at, letter]) => token.slice(0, at) + letter + token.slice(at + 1))
const tokens = fc.oneof(forgedTokens, edits, anything)

const anyKeys = fc.oneof(fc.constant(key), anything)
const anyOptions = fc.oneof(anything, fc.dictionary(fc.constantFrom('issuer', 'maxAge', 'now', 'schema', 'x'), anything))

describe('verify and verifySync', () => {
  property('have the same result for any token, with any options', tokens, verifyOptions, async (token, options) => {
    const call = [token as string, [createKey(SECRET, { kid: 'a' }), createKey(SECRET, { kid: 'b' })], { now, ...options }] as const
    const strip = (run: () => unknown) => async () => ({ ...((await run()) as { readonly key: { readonly kid: string } }) })
    await same(
      strip(() => verify(...call)),
      strip(() => verifySync(...call)),
    )
  })

  property('have the same result for any keys and options', anyKeys, anyOptions, async (keys, options) => {
    const call = [TOKEN, keys as typeof key, options as object] as const
    await same(
      () => verify(...call),
      () => verifySync(...call),
    )
  })
})

describe('sign and signSync', () => {
  const anyClaims = fc.oneof(claimSets, anything)
  const options = fc.oneof(anything, fc.record({ expiresIn: fc.oneof(fc.integer({ min: -1, max: 100 }), anything), notBefore: fc.nat(5), type: text, header: anything, now: fc.constant(now) }, { requiredKeys: ['now'] })) // prettier-ignore
  const lifetimes = fc.oneof(fc.constant({ now, expiresIn: 5 }), options)
  property('write the same token, or throw the same error', anyClaims, lifetimes, async (claims, options) => {
    const call = [claims as object, key, options as { readonly expiresIn: 5 }] as const
    await same(
      () => sign(...call),
      () => signSync(...call),
    )
  })
})

describe('errors', () => {
  const needle = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 16, maxLength: 24 })
  const holders = fc.constantFrom('iss', 'sub', 'jti', 'aud', 'exp', 'nbf', 'role')
  const wrong = fc.constantFrom<object>(
    { issuer: 'a' },
    { audience: 'a' },
    { subject: 'a' },
    { type: 'a' },
    { required: 'b' },
    { maxAge: 0 },
  )
  const leaks = fc.tuple(needle, holders, fc.boolean(), wrong, fc.boolean())
  property('contain nothing of the token except names of claims', leaks, async ([needle, holder, isList, options, isForged]) => {
    const value = isList ? [needle, 5] : needle
    const token = forge({ exp: 4_000_000_000, [holder]: value }, { alg: 'HS256', typ: needle, kid: needle })
    const sent = isForged ? `${token.slice(0, -43)}${TOKEN.slice(-43)}` : token
    const errors = [
      await verify(sent, key, { now, ...options }).catch((error: unknown) => error),
      await wordsOf(() => decodeUnverified(sent)),
    ]
    expectJwtError(errors[0])
    const { name, message, stack, cause } = errors[0] as Error
    const shown = [name, message, stack, String(cause), JSON.stringify(errors[0])].join('\n')
    for (const secret of [needle, SECRET, ...sent.split('.')]) expect(shown).not.toContain(secret)
  })
})

describe('decodeUnverified', () => {
  property('reads anything, or throws a JwtError', tokens, (token) => {
    try {
      expect(typeof decodeUnverified(token as string).claims).toBe('object')
    } catch (error) {
      expectJwtError(error)
    }
  })
})
