/** Both engines say the same of everything, in the same words; and neither says what it was told. */
import fc from 'fast-check'
import { createKey, decodeUnverified, JwtClaimError, JwtKeyNotFoundError, verify, type JwtError } from 'hs256'
import { describe, expect } from 'vitest'
import * as web from '../support/engine.ts'
import * as node from '../support/engine-sync.ts'
import { forge, SECRET } from '../support/forge.ts'
import { outcome } from '../support/outcome.ts'
import { anything, claimSets, forgedTokens, key, LETTERS, now, TOKEN } from './arbitraries.ts'
import { property } from './runs.ts'
import { expectJwtError } from './verdicts.ts'

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
async function same(run: (engine: Pick<typeof web, 'sign' | 'verify'>) => Promise<unknown>): Promise<void> {
  expect(await wordsOf(() => run(node))).toStrictEqual(await wordsOf(() => run(web)))
}

const text = fc.constantFrom('a', 'b', 'JWT', '')
const texts = fc.oneof(text, fc.array(text, { maxLength: 2 }))
const seconds = fc.integer({ min: -1, max: 100 })
const verifyOptions = fc.record(
  {
    issuer: texts,
    audience: texts,
    subject: text,
    type: text,
    required: text,
    requireExp: fc.boolean(),
    ignoreAudience: fc.boolean(),
    maxAge: seconds,
    clockTolerance: seconds,
    maxLength: fc.nat(500),
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
    const keys = [createKey(SECRET, { kid: 'a' }), createKey(SECRET, { kid: 'b' })]
    await same(async ({ verify }) => ({ ...(await verify(token as string, keys, { now, ...options })) }))
  })

  property('have the same result for any keys and options', anyKeys, anyOptions, async (keys, options) => {
    await same(({ verify }) => verify(TOKEN, keys as typeof key, options as object))
  })
})

describe('sign and signSync', () => {
  const anyClaims = fc.oneof(claimSets, anything)
  const expiresIn = fc.oneof(seconds, anything)
  const options = fc.record(
    { expiresIn, notBefore: fc.nat(5), type: text, header: anything, now: fc.constant(now) },
    { requiredKeys: ['now'] },
  )
  const anyOptions = fc.oneof(fc.constant({ now, expiresIn: 5 }), options, anything)
  property('write the same token, or throw the same error', anyClaims, anyOptions, async (claims, options) => {
    await same(({ sign }) => sign(claims as object, key, options as { readonly expiresIn: 5 }))
  })
})

describe('errors', () => {
  const needle = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 16, maxLength: 24 })
  const holders = fc.constantFrom('iss', 'sub', 'jti', 'aud', 'exp', 'nbf', 'role')
  const others = ['issuer', 'audience', 'subject', 'type', 'required'].map((name) => ({ [name]: 'a' }))
  const wrong = fc.constantFrom<object[]>(...others, { maxAge: 0 })
  const leaks = fc.tuple(needle, holders, fc.boolean(), wrong, fc.boolean())
  property('contain nothing of the token except names of claims', leaks, async ([needle, holder, isList, options, isForged]) => {
    const value = isList ? [needle, 5] : needle
    const token = forge({ exp: 4_000_000_000, [holder]: value }, { alg: 'HS256', typ: needle, kid: needle })
    const sent = isForged ? `${token.slice(0, -43)}${TOKEN.slice(-43)}` : token
    const error = await outcome(() => verify(sent, key, { now, ...options }))
    expectJwtError(error)
    const { name, message, stack, cause } = error as Error
    const shown = [name, message, stack, String(cause), JSON.stringify(error)].join('\n')
    for (const secret of [needle, SECRET, ...sent.split('.')]) expect(shown).not.toContain(secret)
  })
})

describe('decodeUnverified', () => {
  property('reads anything, or throws a JwtError', tokens, async (token) => {
    const result = await outcome(() => decodeUnverified(token as string))
    if (result instanceof Error) expectJwtError(result)
    else expect(result).toMatchObject({ claims: expect.any(Object) as object })
  })
})
