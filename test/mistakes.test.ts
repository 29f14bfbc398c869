/**
 * What goes wrong in practice: a mistake of a user or a token from elsewhere, what is called, and what comes out. A row that says _still_ was
 * always so, and shows where a rule ends. `engines.test.ts` runs this suite again over `hs256/sync`; `mistakes-node.test.ts` has what needs Node.
 */
import * as core from 'hs256'
import type { JwtKey } from 'hs256'
import * as http from 'hs256/http'
import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import * as engine from './support/engine.ts'
import { FOREIGN_KEY, KEY_USES } from './support/foreign-keys.ts'
import { forge, SECRET } from './support/forge.ts'
import { outcome } from './support/outcome.ts'

/** The functions as JavaScript calls them: unchecked. */
type Unchecked = (...args: readonly unknown[]) => unknown
type Name = keyof typeof core | keyof typeof http
const doors = { ...core, ...http, ...engine } as unknown as Readonly<Record<Name, Unchecked>>
const { createKey, createSigner, createVerifier, decodeUnverified, generateSecret, secondsLeft, sign, verify } = doors
const { authenticate, challenge, clearTokenCookie, createGuard, forbidden } = doors
const { isCrossOrigin, readTokens, tokenCookie, tokenCookieParts, unauthorized } = doors

const key = createKey(SECRET)
const LATER = 4_000_000_000
const TOKEN = forge({ sub: 'u1', exp: LATER })
const HOUR = { expiresIn: '1h' }

/** A token whose claims are these members of JSON, as they are written here, and an `exp`. */
const tokenOf = (members: string): string => forge(`{"exp":${LATER},${members}}`)

const requestOf = (token: string): object => ({ method: 'GET', headers: { authorization: `Bearer ${token}` } })

/** The claims or the error that a guard has found. */
async function decided(result: unknown): Promise<unknown> {
  const { jwt, error } = (await result) as { readonly jwt?: object; readonly error?: Error }
  if (error !== undefined) throw error
  return jwt
}

/** Calls a function that a function of the library returns. */
const made = (returned: unknown, ...args: readonly unknown[]): unknown => (returned as Unchecked)(...args)

const claimsOf = async (jwt: unknown): Promise<unknown> => ((await jwt) as { readonly claims: unknown }).claims

/** Expects an error of this class, with words that help. */
async function expectRefusal(call: () => unknown, error: string, words: string, members: object = {}): Promise<unknown> {
  const thrown = await outcome(call)
  expect(thrown).toMatchObject({ name: error, message: expect.stringContaining(words) as string, ...members })
  return thrown
}

async function expectNoError(call: () => unknown): Promise<void> {
  expect(await outcome(call)).not.toBeInstanceOf(Error)
}

/** Every function that takes the options of `verify`. */
const CHECKS: Readonly<Record<string, (token: unknown, options?: object) => unknown>> = {
  verify: (token, options = {}) => verify(token, key, options),
  'a verifier': (token, options = {}) => made(createVerifier(key, options), token),
  authenticate: (token, options = {}) => decided(authenticate(requestOf(String(token)), key, { verify: options })),
  'a guard': (token, options = {}) => decided(made(createGuard(key, { verify: options }), requestOf(String(token)))),
}
/** Every function that reads the claims of a token. */
const READERS = Object.entries({ ...CHECKS, decodeUnverified, tokenCookie })

describe('A number that JavaScript rounds, so that two identities become one:', () => {
  it.each([
    ['an id of 2^53', '"id":9007199254740992', 'id'],
    ['a claim named __proto__', '"__proto__":{"id":9007199254740993}', '__proto__'],
    ['a claim with an empty name', '"":9007199254740993', ''],
  ])('%s is refused by every reader, which names the claim', async (_number, json, claim) => {
    const says = `${claim} has a number of 2^53 or more`
    for (const [reader, read] of READERS) {
      const members = { code: 'ERR_JWT_CLAIM', claim, reason: 'invalid' }
      const error = await expectRefusal(() => read(tokenOf(json)), 'JwtClaimError', says, members)
      expect((error as core.JwtClaimError).claims(), reader).toBeUndefined()
    }
  })

  it.each([
    ['2^53 - 1', '"id":9007199254740991', 9_007_199_254_740_991],
    ['-(2^53 - 1) with an exponent', '"id":-9.007199254740991e15', -9_007_199_254_740_991],
    ['a string that looks like JSON', '"id":"{\\"id\\":9007199254740993,1e400"', '{"id":9007199254740993,1e400'],
    ['the last of duplicate members', '"id":9007199254740993,"id":1', 1],
  ])('%s is still accepted', async (_number, members, id) => {
    for (const [reader, read] of READERS) {
      const result = await read(tokenOf(members))
      if (reader === 'tokenCookie') expect(result).toContain('jwt=')
      else expect(await claimsOf(result), reader).toMatchObject({ id })
    }
  })
})

describe('A callback, which would never be called:', () => {
  const callback = vi.fn()
  const request = requestOf(TOKEN)

  /** Every function, what it takes without options, and its options. */
  const FUNCTIONS: readonly (readonly [name: string, call: Unchecked, args: readonly unknown[], options: object | undefined])[] = [
    ['generateSecret', generateSecret, [], undefined],
    ['createKey', createKey, [SECRET], {}],
    ['createSigner', createSigner, [key], HOUR],
    ['createVerifier', createVerifier, [key], {}],
    ['sign', sign, [{}, key], HOUR],
    ['verify', verify, [TOKEN, key], {}],
    ['decodeUnverified', decodeUnverified, [TOKEN], undefined],
    ['secondsLeft', secondsLeft, [{ claims: { exp: LATER } }], {}],
    ['createGuard', createGuard, [key], {}],
    ['authenticate', authenticate, [request, key], {}],
    ['readTokens', readTokens, [{}], {}],
    ['tokenCookie', tokenCookie, [TOKEN], {}],
    ['tokenCookieParts', tokenCookieParts, [TOKEN], {}],
    ['clearTokenCookie', clearTokenCookie, [], {}],
    ['isCrossOrigin', isCrossOrigin, ['GET', {}], {}],
    ['challenge', challenge, [undefined], {}],
    ['unauthorized', unauthorized, [undefined], {}],
    ['forbidden', forbidden, [], {}],
    ['a signer', (...args) => made(createSigner(key, HOUR), ...args), [{}], undefined],
    ['a verifier', (...args) => made(createVerifier(key), ...args), [TOKEN], undefined],
    ['a guard', (...args) => made(createGuard(key), ...args), [request], undefined],
  ]
  const promising = FUNCTIONS.filter(([name]) => /^(?:sign|verify|authenticate|a .*)$/.test(name))

  it('every function of hs256 and hs256/http is in the table', () => {
    const names = [...Object.keys(core), ...Object.keys(http)].filter((name) => !name.startsWith('Jwt'))
    expect(FUNCTIONS.flatMap(([name]) => (name.startsWith('a ') ? [] : [name])).sort()).toEqual(names.sort())
  })

  const ANSWER = 'callbacks are not supported: await the promise, or use the return value'
  it.each(FUNCTIONS)('one is refused by %s, wherever it stands', async (_name, call, args, options) => {
    const given = options === undefined ? args : [...args, options]
    // after all, behind a response, as Express passes it, and further behind; in place of the options, and behind none
    const places = [given, [...given, {}], [...given, undefined, 1], ...(options === undefined ? [] : [args, [...args, undefined]])]
    for (const place of places) await expectRefusal(() => call(...place, callback), 'TypeError', ANSWER)
  })

  it.each(promising)('%s rejects, and does not throw', async (_name, call, args, options = []) => {
    for (const given of [[...args, options], args]) await expect(call(...given, callback)).rejects.toThrow(ANSWER)
  })

  it('the callback is still not called', () => {
    expect(callback).not.toHaveBeenCalled()
  })

  it.each(FUNCTIONS)('any other extra argument of %s is still accepted', async (_name, call, args, options) => {
    const given = options === undefined ? args : [...args, options]
    await expectNoError(() => call(...given, undefined, null, 0, 'a', {}, [() => 5], Promise.resolve()))
  })

  it.each(FUNCTIONS.filter(([name]) => name.startsWith('a ') || name === 'decodeUnverified'))(
    'what map passes to %s is still accepted',
    async (_name, call, [argument]) => {
      for (const each of [argument, argument].map(call)) await expectNoError(() => each)
    },
  )
})

describe('A claim whose type breaks RFC 7519:', () => {
  const legacy = z.object({ sub: z.number().transform((id) => `legacy:${id}`) })

  // schema.test.ts has more of what a schema puts out, and corpus/mistyped-claims.ts all types.
  const ALLOWED: readonly (readonly [what: string, claims: object, allowMistyped: readonly string[], schema: unknown, result: object])[] = [
    ['a numeric sub', { sub: 1 }, ['sub'], legacy, { sub: 'legacy:1' }],
    ['an iat in a string that is in the future', { iat: '3900000000' }, ['iat'], z.object({}), {}],
    ['null that the schema puts out', { sub: null }, ['sub'], z.looseObject({}), { sub: null }],
    ['a claim of the right type, which is allowed twice and left out,', { sub: 'u1' }, ['sub', 'sub'], z.object({}), { sub: 'u1' }],
  ]
  it.each(ALLOWED)('%s is accepted with allowMistyped', async (_what, claims, allowMistyped, schema, result) => {
    for (const [name, check] of Object.entries(CHECKS))
      expect(await claimsOf(check(forge({ exp: LATER, ...claims }), { schema, allowMistyped })), name).toEqual({ exp: LATER, ...result })
  })

  it('the schema gets the claim as the token has it, and isRevoked gets what the schema puts out', async () => {
    const seen: unknown[] = []
    const note = (claims: unknown): boolean => seen.push(claims) > 0
    const verifying = { schema: z.looseObject({}).refine(note).pipe(legacy), allowMistyped: ['sub'] }
    const isRevoked = ({ claims }: { readonly claims: object }): boolean => !note(claims)
    await decided(authenticate(requestOf(forge({ exp: LATER, sub: 1 })), key, { verify: verifying, isRevoked }))
    expect(seen.map((claims) => (claims as { readonly sub: unknown }).sub)).toEqual([1, 'legacy:1'])
  })
})

describe('A key from elsewhere:', () => {
  const named = createKey(SECRET, { kid: 'a' })
  const FOREIGN: Readonly<Record<string, unknown>> = {
    'that was posted to a worker': structuredClone(key),
    'with a kid that was posted to a worker': structuredClone(named),
    'that was copied by a spread': { ...(named as object) },
    'that was sent as JSON': JSON.parse(JSON.stringify(named)),
  }
  it.each(Object.entries(FOREIGN))('a key %s is refused', async (_what, foreign) => {
    for (const use of Object.values(KEY_USES)) await expectRefusal(() => use(foreign as JwtKey), 'TypeError', FOREIGN_KEY)
  })
})

describe('a promise of a token', () => {
  it('is a mistake of the caller, for whom a JwtError would become a 401', async () => {
    for (const read of [CHECKS['verify']!, CHECKS['a verifier']!, decodeUnverified, tokenCookie])
      await expectRefusal(() => read(Promise.resolve(TOKEN)), 'TypeError', 'token is a Promise: await it')
  })
})
