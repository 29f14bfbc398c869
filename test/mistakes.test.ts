/**
 * What goes wrong in practice: a mistake of a user or a token from elsewhere, what is called, and what comes out. A row that says _still_ was
 * always so, and shows where a rule ends. `engines.test.ts` runs this suite again over `hs256/sync`; `mistakes-node.test.ts` has what needs Node.
 */
import * as core from 'hs256'
import type { JwtKey } from 'hs256'
import * as http from 'hs256/http'
import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { bytesOf } from './support/bytes.ts'
import * as engine from './support/engine.ts'
import { KINDS, raise } from './support/error-kinds.ts'
import { FOREIGN_KEY, KEY_USES } from './support/foreign-keys.ts'
import { forge, SECRET, segmentOf } from './support/forge.ts'
import { macOf } from './support/mac.ts'
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
const signed = async (claims: object, options: object = HOUR): Promise<Readonly<Record<string, unknown>>> =>
  (await claimsOf(decodeUnverified(await sign(claims, key, options)))) as Readonly<Record<string, unknown>>

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
const stillRefused = stating('is still refused', expectRefusal)
const accepted = stating('is accepted', expectResult)
const stillAccepted = stating('is still accepted', expectResult)

/** A `Temporal.Instant`: the runtime's own, if it has one. */
function instantOf(time: string): unknown {
  const { Temporal } = globalThis as { readonly Temporal?: { readonly Instant: { from(text: string): unknown } } }
  return Temporal?.Instant.from(time) ?? { [Symbol.toStringTag]: 'Temporal.Instant', epochMilliseconds: Date.parse(time) }
}

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

describe('1. A number that JavaScript rounds, so that two identities become one:', () => {
  const ROUNDED: readonly (readonly [number: string, members: string, claim?: string])[] = [
    ['an id of 2^53', '"id":9007199254740992'],
    ['an id of 2^53 + 1', '"id":9007199254740993'],
    ['an id of -2^53', '"id":-9007199254740992'],
    ['a snowflake id', '"id":1541815603606036480'],
    ['the greatest long of Java', '"id":9223372036854775807'],
    ['an int of Python', '"id":340282366920938463463374607431768211456'],
    ['a number that becomes Infinity', '"id":1e400'],
    ['a number that becomes -Infinity', '"id":-1e400'],
    ['an exponent', '"id":1e16'],
    ['a capital exponent', '"id":1E+16'],
    ['an exponent after a fraction', '"id":9.007199254740993e15'],
    ['an exponent after 0', '"id":0.9007199254740993e16'],
    ['a negative exponent', '"id":90071992547409930e-1'],
    ['a fraction that is rounded to 2^53', '"id":9007199254740991.5'],
    ['a number after white space', '"id" :\t\r\n 9007199254740993'],
    ['the first of a list', '"ids":[9007199254740993,1]', 'ids'],
    ['the last of a list', '"ids":[1, 9007199254740993]', 'ids'],
    ['a member of an object', '"user":{"name":"Zoë","id":9007199254740993}', 'user'],
    ['a member of an object in a list in an object', '"user":{"groups":[{"id":1},{"id":9007199254740993}]}', 'user'],
    ['a number after a string that looks like JSON', '"a":"{\\"b\\":[1","id":9007199254740993'],
    ['the last of duplicate members', '"id":1,"id":9007199254740993'],
    ['a claim named __proto__', '"__proto__":{"id":9007199254740993}', '__proto__'],
    ['a claim with an empty name', '"":9007199254740993', ''],
    ['a registered claim', '"iat":1e400', 'iat'],
    ['a numeric sub', '"sub":9007199254740993', 'sub'],
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

  stillRefused([
    ['a token of another secret', () => verify(forge('{"id":1e400}', undefined, `not ${SECRET}`), key), 'JwtSignatureError', 'signature'],
    ['a token without a MAC', () => verify(tokenOf('"id":1e400').replace(/[^.]*$/, ''), key), 'JwtMalformedError', '43 characters'],
  ])

  /** A token of 65 536 characters or a few less, whose claim holds a value as deeply as possible. */
  function deepest(value: string, [open, close]: readonly [open: string, close: string]): string {
    const room = Math.floor((65_536 - tokenOf(`"id":${value}`).length) * 0.75) - 3
    const levels = Math.floor(room / (open.length + close.length))
    const token = tokenOf(`"id":${open.repeat(levels)}${value}${close.repeat(levels)}`)
    expect(token.length).toBeGreaterThan(65_500)
    expect(token.length).toBeLessThanOrEqual(65_536)
    return token
  }
  const NESTINGS: readonly (readonly [nesting: string, brackets: readonly [string, string]])[] = [
    ['lists', ['[', ']']],
    ['objects', ['{"a":', '}']],
    ['lists of two', ['[1,', ']']],
  ]

  it.each(NESTINGS)('one in the deepest %s that maxLength allows is refused by every reader', async (_nesting, brackets) => {
    const token = deepest('9007199254740993', brackets)
    for (const [reader, read] of readers)
      await expectRefusal([reader, () => read(token), 'JwtClaimError', 'id has a number of 2^53 or more', { claim: 'id' }])
  })

  it.each(NESTINGS)('a number just below in the deepest %s is still accepted', async (_nesting, brackets) => {
    const token = deepest('9.007199254740991e15', brackets) // the exponent starts a search that finds nothing
    for (const [reader, read] of readers) {
      const result = outcome(() => read(token))
      if (reader === 'tokenCookie')
        expect(await result).toMatchObject({ name: 'RangeError' }) // browsers keep no such cookie
      else expect(await claimsOf(result), reader).toHaveProperty('id')
    }
  })

  /** Claims that hold objects in each other, so many levels deep. */
  const nested = (levels: number): object => {
    let claims = {}
    for (let level = 0; level < levels; level++) claims = { a: claims }
    return claims
  }
  stillAccepted([
    ['2^53 - 1 to sign', async () => (await signed({ id: Number.MAX_SAFE_INTEGER }))['id'], Number.MAX_SAFE_INTEGER],
    ['-(2^53 - 1) to sign', async () => (await signed({ id: Number.MIN_SAFE_INTEGER }))['id'], Number.MIN_SAFE_INTEGER],
    ['claims of 1000 levels to sign', async () => typeof (await sign(nested(1000), key, HOUR)), 'string'],
  ])
})

describe('2. A claim on its way to a log:', () => {
  const PERSON = { sub: 'u1', email: 'zoe@example.com' }

  it('claims() of a revoked token has them', async () => {
    const error = await outcome(() => decided(authenticate(requestOf(TOKEN), key, { isRevoked: () => true })))
    expect((error as InstanceType<typeof core.JwtClaimError>).claims()).toEqual({ sub: 'u1', exp: LATER })
  })

  /** Everything that a thorough logger reads of a value: its own members and its getters, and those of its prototypes. */
  function read(value: Error): string {
    const seen: unknown[] = []
    for (let at: object | null = value; at !== null && at !== Error.prototype; at = Reflect.getPrototypeOf(at))
      for (const name of Reflect.ownKeys(at)) seen.push(Reflect.get(at, name, value))
    return `${String(value)} ${JSON.stringify(value)} ${JSON.stringify(seen)}`
  }

  it.each(KINDS)('no getter of an error reveals one: $what', async (kind) => {
    expect(read(await raise(kind))).not.toContain('l34k')
  })

  it('a getter that reveals one would be seen', () => {
    class Leaking extends core.JwtSignatureError {
      get claims(): object {
        return PERSON
      }
    }
    expect(read(new Leaking('x'))).toContain(PERSON.email)
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

describe('3. A number in the wrong unit:', () => {
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

describe('4. A callback, which would never be called:', () => {
  const callback = vi.fn()
  const jwt = { claims: { exp: LATER } }
  const request = requestOf(TOKEN)

  /** Every function, what it takes without options, its options, and whether it returns a promise. */
  const FUNCTIONS: readonly (readonly [name: Name, call: Unchecked, args: readonly unknown[], options?: object, promise?: 'promise'])[] = [
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
  ]
  const RETURNED: readonly (readonly [name: string, call: () => unknown, argument: unknown])[] = [
    ['a signer', () => createSigner(key, HOUR), {}],
    ['a verifier', () => createVerifier(key), TOKEN],
    ['a guard', () => createGuard(key), request],
  ]

  it('every function of hs256 and hs256/http is in the table', () => {
    const isClass = (name: string): boolean => name.startsWith('Jwt')
    const names = [...Object.keys(core), ...Object.keys(http)].filter((name) => !isClass(name))
    expect(FUNCTIONS.map(([name]) => name).sort()).toEqual(names.sort())
  })

  const ANSWER = 'callbacks are not supported: await the promise, or use the return value'
  refused([
    ...FUNCTIONS.flatMap(([name, call, args, options]): readonly Mistake[] => {
      const given = options === undefined ? args : [...args, options]
      const places: Readonly<Record<string, readonly unknown[]>> = {
        'after the arguments': [...given, callback],
        'further behind': [...given, undefined, 1, callback],
        ...(options && { 'in place of the options': [...args, callback], 'behind no options': [...args, undefined, callback] }),
      }
      return Object.entries(places).map(([place, all]) => [`one ${place} of ${name}`, () => call(...all), 'TypeError', ANSWER])
    }),
    ...RETURNED.flatMap(([name, make, argument]): readonly Mistake[] => [
      [`one after the argument of ${name}`, () => made(make(), argument, callback), 'TypeError', ANSWER],
      [`the next of Express behind a response, for ${name}`, () => made(make(), argument, {}, callback), 'TypeError', ANSWER],
    ]),
  ])

  it('functions that return a promise reject, and none throws synchronously', async () => {
    const functions = FUNCTIONS.filter(([, , , , promise]) => promise !== undefined)
    const calls = [
      ...functions.flatMap(([, call, args, options]) => [() => call(...args, options, callback), () => call(...args, callback)]),
      ...RETURNED.map(
        ([, make, argument]) =>
          () =>
            made(make(), argument, callback),
      ),
    ]
    for (const call of calls) await expect(call()).rejects.toThrow(ANSWER)
    expect(calls).toHaveLength(9)
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
    ...RETURNED.flatMap(([name, make, argument]): readonly Right[] => {
      const each = (): unknown => Promise.all([argument, argument].map(make() as Unchecked))
      return [
        [`any other extra argument of ${name}`, async () => isError(await outcome(() => made(make(), argument, ...OTHERS))), false],
        [`what map passes to ${name}`, async () => ((await outcome(each)) as readonly unknown[]).map(isError), [false, false]],
      ]
    }),
    ['what map passes to decodeUnverified', () => [TOKEN, TOKEN].map(decodeUnverified).length, 2],
  ])
})

describe('5. A claim whose type breaks RFC 7519:', () => {
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

  const schema = z.object({})
  const each = (mistakes: Readonly<Record<string, object>>, says: string): readonly Mistake[] =>
    Object.entries(mistakes).flatMap(([mistake, options]) =>
      Object.entries(CHECKS).map(([name, check]): Mistake => {
        return [`allowMistyped ${mistake}, as an option of ${name},`, () => check(TOKEN, options), 'TypeError', says]
      }),
    )
  const needed = (name: string, options: object, allowMistyped = [name]): readonly Mistake[] =>
    each(
      { [`with ${name} beside ${JSON.stringify(options)}`]: { schema, ...options, allowMistyped } },
      `allowMistyped cannot contain ${name}: another option requires it`,
    )
  const OTHER_CLAIMS = ['exp', 'nbf', 'aud', 'Sub', 'role', 'toString', '__proto__', ' sub']
  const UNMATCHED = ['JwtClaimError', 'claims do not match the schema', { claim: 'sub', reason: 'invalid' }] as const
  const claim = (name: string): object => ({ claim: name, reason: 'invalid' })
  const allow = (claims: string, ...allowMistyped: readonly string[]) =>
    [() => verify(tokenOf(claims), key, { schema, allowMistyped }), 'JwtClaimError'] as const
  refused([
    ...each({ 'without a schema': { allowMistyped: ['sub'] } }, 'allowMistyped needs a schema: only the schema sees such a claim'),
    ...each(
      Object.fromEntries([
        ...OTHER_CLAIMS.map((name) => [`for ${name}`, { schema, allowMistyped: [name] }] as const),
        ...OTHER_CLAIMS.map((name) => [`for sub and ${name}`, { schema, allowMistyped: ['sub', name] }] as const),
      ]),
      "allowMistyped must be a list of 'iss', 'sub', 'iat' or 'jti'",
    ),
    ...needed('iss', { issuer: 'a' }),
    ...needed('sub', { subject: 'a' }),
    ...needed('iat', { maxAge: '1h' }),
    ...needed('iat', { maxAge: 0 }),
    ...needed('jti', { required: 'jti' }),
    ...needed('sub', { required: ['a', 'sub'] }),
    ...needed('sub', { required: ['exp', 'sub'] }, ['iss', 'sub']),
    ['a numeric sub where allowMistyped has jti', ...allow('"sub":1', 'jti'), 'sub must be a string', claim('sub')],
    ['a numeric aud beside allowMistyped', ...allow('"aud":1', 'iss', 'sub', 'iat', 'jti'), 'aud must be a string', claim('aud')],
    ['an nbf in a string beside allowMistyped', ...allow('"nbf":"1"', 'iss', 'sub', 'iat', 'jti'), 'nbf must be a number', claim('nbf')],
    ['a numeric sub that is rounded', ...allow('"sub":9007199254740993', 'sub'), 'sub has a number of 2^53', claim('sub')],
    [
      'a numeric sub that the schema rejects',
      () => allowing(tokenOf('"sub":1'), { schema: z.object({ sub: z.string() }), allowMistyped: ['sub'] }),
      ...UNMATCHED,
    ],
  ])
  stillRefused([
    ['a numeric sub without allowMistyped', () => verify(tokenOf('"sub":1'), key), 'JwtClaimError', 'sub must be a string', claim('sub')],
    ['a null iss without allowMistyped', () => verify(tokenOf('"iss":null'), key), 'JwtClaimError', 'iss must be a string', claim('iss')],
  ])
})

describe('6. A token that could not be made:', () => {
  it('the cty of Twilio is accepted', async () => {
    const header = { cty: 'twilio-fpa;v=1' }
    const token = await sign({}, key, { ...HOUR, header })
    expect(await verify(token, key)).toMatchObject({ header: { alg: 'HS256', typ: 'JWT', ...header } })
  })

  const now = (): Date => new Date('2026-01-01T00:00:00.900Z')
  const NOW = 1_767_225_600
  const times = async (claims: object, options: object): Promise<object> => {
    const { exp, nbf, iat } = await signed(claims, { now, ...options })
    return { exp, nbf, iat }
  }
  const at = (time: string) => ({ now: () => instantOf(time) })
  const instants = {
    exp: instantOf('2030-01-01T00:00:00.9Z'),
    nbf: instantOf('2025-12-31T00:00:00.1Z'),
    iat: instantOf('2025-12-30T00:00:00.9Z'),
  }
  const isGuarded = (): unknown => decided(authenticate(requestOf(forge({ exp: NOW })), key, { verify: at('2025-12-31T23:59:59Z') }))
  const soon = forge({ exp: NOW + 60 })
  accepted([
    ['an exp with a fraction, which is rounded down,', () => times({ exp: LATER + 0.9 }, {}), { exp: LATER, iat: NOW }],
    ['an exp of half a second before 1970', () => times({ exp: -0.5 }, {}), { exp: -1, iat: NOW }],
    ['an nbf with a fraction, which is rounded up,', () => times({ nbf: NOW + 0.1 }, HOUR), { exp: NOW + 3600, nbf: NOW + 1, iat: NOW }],
    ['an iat with a fraction, which is rounded down,', () => times({ iat: NOW - 0.1 }, HOUR), { exp: NOW + 3600, iat: NOW - 1 }],
    ['an nbf that is a Date with milliseconds', () => times({ nbf: now() }, HOUR), { exp: NOW + 3600, nbf: NOW + 1, iat: NOW }],
    ['a notBefore with a fraction', () => times({}, { ...HOUR, notBefore: 1.5 }), { exp: NOW + 3600, nbf: NOW + 2, iat: NOW }],
    ['a Temporal.Instant in the claims', () => times(instants, {}), { exp: 1_893_456_000, nbf: 1_767_139_201, iat: 1_767_052_800 }],
    [
      'a Temporal.Instant as the clock of sign',
      () => times({}, { ...HOUR, ...at('2026-01-01T00:00:00.9Z') }),
      { exp: NOW + 3600, iat: NOW },
    ],
    ['a Temporal.Instant as the clock of secondsLeft', () => secondsLeft(decodeUnverified(soon), at('2026-01-01T00:00:00Z')), 60],
    [
      'a Temporal.Instant as the clock of tokenCookie',
      () => tokenCookie(soon, at('2026-01-01T00:00:00Z')),
      expect.stringMatching(/; Max-Age=60$/),
    ],
    ['a Temporal.Instant as the clock of a guard', () => claimsOf(isGuarded()), { exp: NOW }],
  ])
  stillAccepted([
    [
      'an exp that is a Date with milliseconds',
      () => times({ exp: new Date('2030-01-01T00:00:00.9Z') }, {}),
      { exp: 1_893_456_000, iat: NOW },
    ],
    ['an exp with a fraction in a token from elsewhere', () => claimsOf(verify(forge({ exp: LATER + 0.5 }), key)), { exp: LATER + 0.5 }],
    ['an expiresIn of a second', () => times({}, { expiresIn: 1 }), { exp: NOW + 1, iat: NOW }],
  ])
})

describe('7. A secret with a character that is easily overlooked:', () => {
  const BYTES = 'otherwise pass its bytes, new TextEncoder().encode(secret)'
  const TRIM = `secret has white space or a BOM at an end: trim it if the other side does so; ${BYTES}`
  const QUOTES = `secret is in quotes: remove them if the other side does so; ${BYTES}`
  const CONTROL = `secret contains a control character such as a line break: remove it if the other side does so; ${BYTES}`
  const OBJECT = 'secret is a JSON object: pass the secret inside it, or all of its bytes'
  const BINARY = 'secret contains U+FFFD: binary data was read as text, so pass the bytes'
  const SECRETS: readonly (readonly [kind: string, secret: string, says: string])[] = [
    ['the line end of a file', `${SECRET}\n`, TRIM],
    ['the line end of a file of Windows', `${SECRET}\r\n`, TRIM],
    ['a space at the end', `${SECRET} `, TRIM],
    ['a space at the start', ` ${SECRET}`, TRIM],
    ['a tab at the start', `\t${SECRET}`, TRIM],
    ['a no-break space at the end', `${SECRET}\u00A0`, TRIM],
    ['a line separator at the end', `${SECRET}\u2028`, TRIM],
    ['a BOM at the start', `\uFEFF${SECRET}`, TRIM],
    ['a BOM at the end', `${SECRET}\uFEFF`, TRIM],
    ['31 characters and a line end', `${'x'.repeat(31)}\n`, TRIM],
    ['the quotes of an --env-file', `"${SECRET}"`, QUOTES],
    ['single quotes', `'${SECRET}'`, QUOTES],
    ['backticks', `\`${SECRET}\``, QUOTES],
    ['a line end inside, as openssl rand -base64 64 has one', `${SECRET}\n${SECRET}`, CONTROL],
    ['a tab inside', `${SECRET}\t${SECRET}`, CONTROL],
    ['a NUL inside', `${SECRET}\0${SECRET}`, CONTROL],
    ['an escape at the end', `${SECRET}\u001B`, CONTROL],
    ['a DEL at the end', `${SECRET}\u007F`, CONTROL],
    ['a C1 control character inside', `${SECRET}\u0085${SECRET}`, CONTROL],
    ['the object of Hasura', `{"type":"HS256","key":"${SECRET}"}`, OBJECT],
    ['an object with line ends', `\n{\n  "key": "${SECRET}"\n}\n`, OBJECT],
    ['a binary file that was read as text', `${SECRET}\uFFFD\u0001`, BINARY],
  ]

  const QUOTED = [
    `"${SECRET}`,
    `${SECRET}'`,
    `"${SECRET}'`,
    `say "${SECRET}", he said`,
    `{${SECRET}}`,
    `{'key':'${SECRET}'}`,
    `[${SECRET}]`,
  ]
  const ORDINARY = [SECRET, ...QUOTED, `${SECRET} · ${SECRET}`, `${SECRET}\u200D${SECRET}`, `🔑${SECRET}🔑`]

  refused(SECRETS.map(([kind, secret, says]) => [`a string with ${kind}`, () => createKey(secret), 'TypeError', says]))

  const sameAs = (secret: unknown, bytes: Uint8Array): unknown => {
    const signingInput = `${segmentOf({ alg: 'HS256' })}.${segmentOf({ exp: LATER })}`
    return claimsOf(verify(`${signingInput}.${macOf(signingInput, bytes)}`, createKey(secret)))
  }
  stillAccepted([
    ...SECRETS.map(([kind, secret]): Right => {
      return [`the bytes of a string with ${kind}`, () => sameAs(bytesOf(secret), bytesOf(secret)), { exp: LATER }]
    }),
    ...ORDINARY.map((secret): Right => [`the ordinary secret ${secret}`, () => sameAs(secret, bytesOf(secret)), { exp: LATER }]),
  ])
})

describe('9. A key from elsewhere:', () => {
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

describe('11. What a new user tries:', () => {
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
  const WRONG = ['TypeError', 'schema must be for objects: this one rejects every token'] as const
  refused([
    ...checks('a schema for strings', z.string(), ...WRONG),
    ...checks('a schema for numbers', z.number(), ...WRONG),
    ...checks('a schema for lists', z.array(z.unknown()), ...WRONG),
    ...checks('a schema for strings or numbers', z.union([z.string(), z.number()]), ...WRONG),
  ])
  const never = z.object({}).refine(() => false)
  stillRefused(checks('a token that a schema for objects rejects', never, 'JwtClaimError', 'claims do not match the schema'))

  const INSTANTS = { 'a Date': new Date('2030-01-01T00:00:00Z'), 'a Temporal.Instant': instantOf('2030-01-01T00:00:00Z') }
  refused(
    Object.entries(INSTANTS).flatMap(([what, instant]) =>
      [...PLACES, ...TOLERANCES].map(([place, name, call]): Mistake => {
        const says = `${name} is ${what}: pass a duration such as '1h', or set exp or nbf in the claims`
        return [`${what} as ${place}`, () => call(instant), 'TypeError', says]
      }),
    ),
  )

  const strong = 'a secret that is long enough for HS512, which needs sixty-four bytes of it'
  const fromJava = (alg: 'HS384' | 'HS512'): string => {
    const signingInput = `${segmentOf({ alg })}.${segmentOf({ exp: LATER })}`
    return `${signingInput}.${macOf(signingInput, strong, alg === 'HS384' ? 'sha384' : 'sha512')}`
  }
  refused(
    (['HS384', 'HS512'] as const).flatMap((alg): readonly Mistake[] => {
      const says = `token's alg is not HS256 but ${alg}: set HS256 in the issuer`
      const guard = (): unknown => decided(authenticate(requestOf(fromJava(alg)), createKey(strong)))
      return [
        [`a token with ${alg} of one’s own issuer`, () => verify(fromJava(alg), createKey(strong)), 'JwtAlgorithmError', says],
        [`a request with ${alg} of one’s own issuer`, guard, 'JwtAlgorithmError', says],
      ]
    }),
  )
})

describe('12. The claims of a token:', () => {
  const others = readers.filter(([name]) => name !== 'tokenCookie')

  it.each(others)('those of %s are the caller’s own, and may be changed', async (_reader, read) => {
    const claims = (await claimsOf(read(TOKEN))) as { sub?: string }
    claims.sub = 'changed'
    expect(await claimsOf(read(TOKEN))).toEqual({ sub: 'u1', exp: LATER })
  })
})
