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
import { INSTANTS } from './support/instants.ts'
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

const CODES: Readonly<Record<string, string>> = {
  JwtMalformedError: 'ERR_JWT_MALFORMED',
  JwtAlgorithmError: 'ERR_JWT_ALGORITHM',
  JwtKeyNotFoundError: 'ERR_JWT_KEY_NOT_FOUND',
  JwtSignatureError: 'ERR_JWT_SIGNATURE',
  JwtClaimError: 'ERR_JWT_CLAIM',
  JwtExpiredError: 'ERR_JWT_EXPIRED',
}

/** A mistake, the call, the name of its error, the words of its message that help, and the members of the error. */
type Mistake = readonly [mistake: string, call: () => unknown, error: string, says: string | readonly string[], members?: object]

async function expectRefusal([mistake, call, error, says, members]: Mistake): Promise<void> {
  const thrown = await outcome(call)
  expect(thrown, mistake).toMatchObject({ name: error, ...(CODES[error] !== undefined && { code: CODES[error] }), ...members })
  for (const words of [says].flat()) expect((thrown as Error).message, mistake).toContain(words)
}

/** What is right, the call, and what it returns. */
type Right = readonly [right: string, call: () => unknown, result: unknown]

const expectResult = async ([right, call, result]: Right): Promise<void> => expect(await outcome(call), right).toEqual(result)

/** Makes a function that states the same fact of each row of a table. */
const stating =
  <Row extends Mistake | Right>(fact: string, proof: (row: Row) => Promise<void>) =>
  (rows: readonly Row[]): void =>
    it.each(rows.map((row) => [row[0], row] as const))(`%s ${fact}`, async (_what, row) => proof(row))

const isError = (value: unknown): boolean => value instanceof Error

const refused = stating('is refused', expectRefusal)
const accepted = stating('is accepted', expectResult)
const stillAccepted = stating('is still accepted', expectResult)

/** Every function that reads the claims of a token. */
const READERS: Readonly<Record<string, Unchecked>> = {
  verify: (token) => verify(token, key),
  'a verifier': (token) => made(createVerifier(key), token),
  decodeUnverified,
  tokenCookie,
  authenticate: (token) => decided(authenticate(requestOf(String(token)), key)),
  'a guard': (token) => decided(made(createGuard(key), requestOf(String(token)))),
}
const readers = Object.entries(READERS)

/** Every function that takes the options of `verify`. */
const CHECKS: Readonly<Record<string, (token: unknown, options: object) => unknown>> = {
  verify: (token, options) => verify(token, key, options),
  'a verifier': (token, options) => made(createVerifier(key, options), token),
  authenticate: (token, options) => decided(authenticate(requestOf(String(token)), key, { verify: options })),
  'a guard': (token, options) => decided(made(createGuard(key, { verify: options }), requestOf(String(token)))),
}

describe('A number that JavaScript rounds, so that two identities become one:', () => {
  const ROUNDED: readonly (readonly [number: string, members: string, claim?: string])[] = [
    ['an id of 2^53', '"id":9007199254740992'],
    ['the last of a list', '"ids":[1, 9007199254740993]', 'ids'],
    ['a member of an object in a list in an object', '"user":{"groups":[{"id":1},{"id":9007199254740993}]}', 'user'],
    ['a claim named __proto__', '"__proto__":{"id":9007199254740993}', '__proto__'],
    ['a claim with an empty name', '"":9007199254740993', ''],
    ['a registered claim', '"iat":1e400', 'iat'],
  ]

  it.each(ROUNDED.map(([number, members, claim = 'id']) => [number, members, claim] as const))(
    '%s is refused by every reader, which names the claim',
    async (_number, members, claim) => {
      const says = [`${claim} has a number of 2^53 or more`, 'have the issuer write identifiers as strings']
      for (const [reader, read] of readers) {
        await expectRefusal([reader, () => read(tokenOf(members)), 'JwtClaimError', says, { claim, reason: 'invalid' }])
        const error = (await outcome(() => read(tokenOf(members)))) as InstanceType<typeof core.JwtClaimError>
        expect(error.claims(), reader).toBeUndefined()
      }
    },
  )

  it.each([
    ['an integer', '"n":9007199254740993'],
    ['Infinity', '"n":[{"n":1e400}]'],
  ])('%s in the header is refused by every reader', async (_number, member) => {
    const token = forge({ exp: LATER }, `{"alg":"HS256",${member}}`)
    const says = ['token header has a number of 2^53 or more', 'have the issuer write identifiers as strings']
    for (const [reader, read] of readers) await expectRefusal([reader, () => read(token), 'JwtMalformedError', says])
  })

  const JUST_BELOW: readonly (readonly [number: string, members: string, value: unknown])[] = [
    ['2^53 - 1', '"id":9007199254740991', 9_007_199_254_740_991],
    ['-(2^53 - 1)', '"id":-9007199254740991', -9_007_199_254_740_991],
    ['2^53 - 1 with an exponent', '"id":9.007199254740991e15', 9_007_199_254_740_991],
    ['a long fraction', '"id":0.2500000000000000000000', 0.25],
    ['a long number with a negative exponent', '"id":12345678901234500e-2', 123_456_789_012_345],
    ['a number that becomes 0', '"id":1e-400', 0],
    ['a snowflake id in a string', '"id":"1541815603606036480"', '1541815603606036480'],
    ['a string that looks like JSON', '"id":"{\\"id\\":9007199254740993,1e400"', '{"id":9007199254740993,1e400'],
    ['a name that looks like JSON', '"[9007199254740993":1,"id":1', 1],
    ['the last of duplicate members', '"id":9007199254740993,"id":1', 1],
  ]

  it.each(JUST_BELOW)('%s is still accepted', async (_number, members, value) => {
    for (const [reader, read] of readers) {
      const result = await read(tokenOf(members))
      if (reader === 'tokenCookie') expect(result).toContain('jwt=')
      else expect(await claimsOf(result), reader).toMatchObject({ id: value })
    }
  })
})

/** Every place that takes a duration, the name it has there, and a call with one. */
const PLACES: readonly (readonly [place: string, name: string, call: Unchecked])[] = [
  ['expiresIn of sign', 'expiresIn', (expiresIn) => sign({}, key, { expiresIn })],
  ['expiresIn of createSigner', 'expiresIn', (expiresIn) => createSigner(key, { expiresIn })],
  ['notBefore of sign', 'notBefore', (notBefore) => sign({}, key, { ...HOUR, notBefore })],
  ['notBefore of createSigner', 'notBefore', (notBefore) => createSigner(key, { ...HOUR, notBefore })],
  ['maxAge of verify', 'maxAge', (maxAge) => verify(forge({ iat: Date.now() / 1000, exp: LATER }), key, { maxAge })],
  ['maxAge of createVerifier', 'maxAge', (maxAge) => createVerifier(key, { maxAge })],
  ['maxAge of createGuard', 'maxAge', (maxAge) => createGuard(key, { verify: { maxAge } })],
  ['maxAge of tokenCookie', 'maxAge', (maxAge) => tokenCookie(TOKEN, { maxAge })],
]
const TOLERANCES: typeof PLACES = [
  ['clockTolerance of verify', 'clockTolerance', (clockTolerance) => verify(TOKEN, key, { clockTolerance })],
  ['clockTolerance of createVerifier', 'clockTolerance', (clockTolerance) => createVerifier(key, { clockTolerance })],
  ['clockTolerance of createGuard', 'clockTolerance', (clockTolerance) => createGuard(key, { verify: { clockTolerance } })],
]

describe('A number in the wrong unit:', () => {
  const TOO_LONG = { 'an hour in milliseconds': 3_600_000, 'a time in seconds': 1_800_003_600, 'a time with a fraction': 1_800_003_600.5 }
  const TOO_LARGE = { ...TOO_LONG, 'a second more than a day': 86_401, 'a bit more than a day': 86_400.001 }
  const TOO_TOLERANT = { ...TOO_LARGE, '5 s in milliseconds': 5000, '601 s': 601, '11 minutes': '11m', '2 weeks': '2w' }

  const each = (mistakes: object, places: typeof PLACES, says: string): readonly Mistake[] =>
    Object.entries(mistakes).flatMap(([mistake, value]) =>
      places.map(([place, name, call]): Mistake => [`${mistake} as ${place}`, () => call(value), 'RangeError', `${name} ${says}`]),
    )
  refused([
    ...each(TOO_LARGE, PLACES, "is over 86400 seconds: write it with a unit, as in '1h' or '7d'"),
    ...each(TOO_TOLERANT, TOLERANCES, "must be at most 600 seconds: write 30 or '30s', not milliseconds"),
  ])

  const LONG_ENOUGH = { '60 000 as a bare number': 60_000, 'a day as a bare number': 86_400, '30 days as a string': '30d' }
  const fine = (values: object, places: typeof PLACES): readonly Right[] =>
    Object.entries(values).flatMap(([what, value]) =>
      places.map(([place, , call]): Right => [`${what} as ${place}`, async () => isError(await outcome(() => call(value))), false]),
    )
  stillAccepted([...fine(LONG_ENOUGH, PLACES), ...fine({ '600 s': 600, '10 minutes as a string': '10m' }, TOLERANCES)])
})

describe('A callback, which would never be called:', () => {
  const callback = vi.fn()
  const jwt = { claims: { exp: LATER } }
  const request = requestOf(TOKEN)

  /** Every function, what it takes without options, its options, and whether it returns a promise. */
  const FUNCTIONS: readonly (readonly [
    name: string,
    call: Unchecked,
    args: readonly unknown[],
    options?: object | undefined,
    promise?: 'promise',
  ])[] = [
    ['generateSecret', generateSecret, []],
    ['createKey', createKey, [SECRET], {}],
    ['createSigner', createSigner, [key], HOUR],
    ['createVerifier', createVerifier, [key], {}],
    ['sign', sign, [{}, key], HOUR, 'promise'],
    ['verify', verify, [TOKEN, key], {}, 'promise'],
    ['decodeUnverified', decodeUnverified, [TOKEN]],
    ['secondsLeft', secondsLeft, [jwt], {}],
    ['createGuard', createGuard, [key], {}],
    ['authenticate', authenticate, [request, key], {}, 'promise'],
    ['readTokens', readTokens, [{}], {}],
    ['tokenCookie', tokenCookie, [TOKEN], {}],
    ['tokenCookieParts', tokenCookieParts, [TOKEN], {}],
    ['clearTokenCookie', clearTokenCookie, [], {}],
    ['isCrossOrigin', isCrossOrigin, ['GET', {}], {}],
    ['challenge', challenge, [undefined], {}],
    ['unauthorized', unauthorized, [undefined], {}],
    ['forbidden', forbidden, [], {}],
    ['a signer', (...args) => made(createSigner(key, HOUR), ...args), [{}], undefined, 'promise'],
    ['a verifier', (...args) => made(createVerifier(key), ...args), [TOKEN], undefined, 'promise'],
    ['a guard', (...args) => made(createGuard(key), ...args), [request], undefined, 'promise'],
  ]

  it('every function of hs256 and hs256/http is in the table', () => {
    const isClass = (name: string): boolean => name.startsWith('Jwt')
    const names = [...Object.keys(core), ...Object.keys(http)].filter((name) => !isClass(name))
    expect(
      FUNCTIONS.map(([name]) => name)
        .filter((name) => !name.startsWith('a '))
        .sort(),
    ).toEqual(names.sort())
  })

  const ANSWER = 'callbacks are not supported: await the promise, or use the return value'
  refused(
    FUNCTIONS.flatMap(([name, call, args, options]): readonly Mistake[] => {
      const given = options === undefined ? args : [...args, options]
      const places: Readonly<Record<string, readonly unknown[]>> = {
        'after the arguments': [...given, callback],
        'behind a response, as Express passes it,': [...given, {}, callback],
        'further behind': [...given, undefined, 1, callback],
        ...(options && { 'in place of the options': [...args, callback], 'behind no options': [...args, undefined, callback] }),
      }
      return Object.entries(places).map(([place, all]) => [`one ${place} of ${name}`, () => call(...all), 'TypeError', ANSWER])
    }),
  )

  it('functions that return a promise reject, and none throws synchronously', async () => {
    const functions = FUNCTIONS.filter(([, , , , promise]) => promise !== undefined)
    const calls = functions.flatMap(([, call, args, options = []]) => [
      () => call(...args, options, callback),
      () => call(...args, callback),
    ])
    for (const call of calls) await expect(call()).rejects.toThrow(ANSWER)
    expect(calls).toHaveLength(12)
  })

  it('the callback is still not called', () => {
    expect(callback).not.toHaveBeenCalled()
  })

  const OTHERS = [undefined, null, 0, 'a', {}, [() => 5], Promise.resolve()]
  stillAccepted([
    ...FUNCTIONS.map(([name, call, args, options]): Right => {
      const given = options === undefined ? args : [...args, options]
      return [`any other extra argument of ${name}`, async () => isError(await outcome(() => call(...given, ...OTHERS))), false]
    }),
    ...FUNCTIONS.filter(([name]) => name.startsWith('a ')).map(([name, call, [argument]]): Right => {
      const each = (): unknown => Promise.all([argument, argument].map(call))
      return [`what map passes to ${name}`, async () => ((await outcome(each)) as readonly unknown[]).map(isError), [false, false]]
    }),
    ['what map passes to decodeUnverified', () => [TOKEN, TOKEN].map(decodeUnverified).length, 2],
  ])
})

describe('A claim whose type breaks RFC 7519:', () => {
  const seen: unknown[] = []
  const note = (claims: unknown): boolean => seen.push(claims) > 0
  const Legacy = z.object({ sub: z.number().transform((id) => `legacy:${id}`) })

  const ALLOWED: readonly (readonly [what: string, claims: object, allowMistyped: readonly string[], schema: unknown, result: object])[] = [
    ['a numeric sub', { sub: 1 }, ['sub'], Legacy, { sub: 'legacy:1' }],
    ['a numeric jti', { jti: 7 }, ['jti'], z.object({ jti: z.number().transform(String) }), { jti: '7' }],
    ['an iat in a string', { iat: '1700000000' }, ['iat'], z.object({ iat: z.coerce.number() }), { iat: 1_700_000_000 }],
    ['an iat in a string that is in the future', { iat: '3900000000' }, ['iat'], z.object({}), {}],
    ['an iat in milliseconds', { iat: 1_700_000_000_000 }, ['iat'], z.object({}), {}],
    ['an iss that is a list', { iss: ['a'] }, ['iss'], z.object({ iss: z.tuple([z.string()]).transform(([iss]) => iss) }), { iss: 'a' }],
    ['claims that are null', { iss: null, sub: null, iat: null, jti: null }, ['iss', 'sub', 'iat', 'jti'], z.object({}), {}],
    ['null that the schema puts out', { sub: null }, ['sub'], z.looseObject({}), { sub: null }],
    ['a sub that the schema leaves out', { sub: 1, role: 'admin' }, ['sub'], z.object({ role: z.string() }), { role: 'admin' }],
    ['a claim of the right type that the schema leaves out', { sub: 'u1' }, ['sub', 'jti'], z.object({}), { sub: 'u1' }],
    ['several claims', { sub: 1, jti: 2, role: 'a' }, ['jti', 'sub'], z.object({ role: z.string() }), { role: 'a' }],
  ]
  accepted(
    ALLOWED.flatMap(([what, claims, allowMistyped, schema, result]) =>
      Object.entries(CHECKS).map(([name, check]): Right => {
        const call = (): unknown => claimsOf(check(forge({ exp: LATER, ...claims }), { schema, allowMistyped }))
        return [`${what}, to ${name} with allowMistyped,`, call, { exp: LATER, ...result }]
      }),
    ),
  )

  const allowing = (token: string, options: object): unknown => claimsOf(verify(token, key, { schema: z.object({}), ...options }))
  const recent = forge({ sub: 'u1', iat: Date.now() / 1000, exp: LATER })
  const OTHERS = { allowMistyped: ['iss', 'jti'], subject: 'u1', maxAge: '1h', required: ['sub', 'iat'] }
  const TWICE = { allowMistyped: ['sub', 'sub'], required: ['exp'] }
  stillAccepted([
    ['allowMistyped beside options that need other claims', () => allowing(recent, OTHERS), expect.objectContaining({ sub: 'u1' })],
    ['a claim that allowMistyped has twice', () => allowing(TOKEN, TWICE), { sub: 'u1', exp: LATER }],
  ])

  it('the schema gets the claim as the token has it, and isRevoked gets what the schema puts out', async () => {
    seen.length = 0
    const schema = z.looseObject({}).refine(note).pipe(Legacy)
    const isRevoked = ({ claims }: { readonly claims: object }): boolean => !note(claims)
    const token = forge({ exp: LATER, sub: 1 })
    await decided(authenticate(requestOf(token), key, { verify: { schema, allowMistyped: ['sub'] }, isRevoked }))
    expect(seen).toEqual([
      { exp: LATER, sub: 1 },
      { exp: LATER, sub: 'legacy:1' },
    ])
  })
})

describe('A key from elsewhere:', () => {
  const named = createKey(SECRET, { kid: 'a' })
  const FOREIGN: Readonly<Record<string, unknown>> = {
    'a key that was posted to a worker': structuredClone(key),
    'a key with a kid that was posted to a worker': structuredClone(named),
    'a key that was copied by a spread': { ...(named as object) },
    'a key that was sent as JSON': JSON.parse(JSON.stringify(named)),
    'a key of another copy of the library': { [Symbol.toStringTag]: 'JwtKey', kid: undefined },
  }
  const each = (what: string, foreign: unknown): readonly Mistake[] =>
    Object.entries(KEY_USES).map(([use, call]) => [`${what}, in ${use},`, () => call(foreign as JwtKey), 'TypeError', FOREIGN_KEY])
  refused(Object.entries(FOREIGN).flatMap(([what, foreign]) => each(what, foreign)))
})

describe('What a new user tries:', () => {
  const TAKING_A_TOKEN = ['verify', 'a verifier', 'decodeUnverified', 'tokenCookie']

  it.each([
    ['a token after Bearer', `Bearer ${TOKEN}`, 'token begins with Bearer: pass only what follows it'],
    ['a token after bearer', ` bearer  ${TOKEN}`, 'token begins with Bearer: pass only what follows it'],
    ['Bearer without a token', 'Bearer undefined', 'token begins with Bearer: pass only what follows it'],
    ['a token in quotes', `"${TOKEN}"`, 'token is in quotes: remove them, or parse the JSON it came in'],
    ['a token in single quotes', `'${TOKEN}'`, 'token is in quotes: remove them'],
  ])('%s is refused by every function that takes a token', async (_mistake, token, says) => {
    for (const name of TAKING_A_TOKEN) await expectRefusal([name, () => READERS[name]?.(token), 'JwtMalformedError', says])
  })

  it('a promise of a token is a TypeError, which cannot become a 401', async () => {
    for (const name of TAKING_A_TOKEN)
      await expectRefusal([name, () => READERS[name]?.(Promise.resolve(TOKEN)), 'TypeError', 'token is a Promise: await it'])
  })

  const checks = (what: string, schema: unknown, ...error: readonly [name: string, says: string]): readonly Mistake[] =>
    Object.entries(CHECKS).map(([name, check]) => [`${what}, in ${name},`, () => check(TOKEN, { schema }), ...error])
  refused([
    ...checks('a schema for strings or numbers', z.union([z.string(), z.number()]), 'TypeError', 'schema must be for objects: this one'),
    ...checks(
      'a schema for objects that rejects them',
      z.object({}).refine(() => false),
      'JwtClaimError',
      'claims do not match the schema',
    ),
  ])

  refused(
    INSTANTS.flatMap(([what, make]) =>
      [...PLACES, ...TOLERANCES].map(([place, name, call]): Mistake => {
        const says = `${name} is ${what.replace('stand-in for a ', '')}: pass a duration such as '1h', or set exp or nbf in the claims`
        return [`${what} as ${place}`, () => call(make(1_893_456_000_000)), 'TypeError', says]
      }),
    ),
  )
})

describe('The claims of a token:', () => {
  const others = readers.filter(([name]) => name !== 'tokenCookie')

  it.each(others)('those of %s are the caller’s own, and may be changed', async (_reader, read) => {
    const claims = (await claimsOf(read(TOKEN))) as { sub?: string }
    claims.sub = 'changed'
    expect(await claimsOf(read(TOKEN))).toEqual({ sub: 'u1', exp: LATER })
  })
})
