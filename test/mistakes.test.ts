/**
 * What goes wrong in practice: a mistake of a user or a token from elsewhere, what is called, and what comes out. A row that says _still_ was
 * always so, and shows where a rule ends. `engines.test.ts` runs this suite again over `hs256/sync`; `mistakes-node.test.ts` has what needs Node.
 */
import * as core from 'hs256'
import * as http from 'hs256/http'
import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { bytesOf } from './support/bytes.ts'
import * as engine from './support/engine.ts'
import { KINDS, raise } from './support/error-kinds.ts'
import { forge, resign, SECRET, segmentOf } from './support/forge.ts'
import { macOf } from './support/mac.ts'
import { outcome } from './support/outcome.ts'

/** The functions as JavaScript calls them: unchecked. */
type Unchecked = (...args: readonly unknown[]) => unknown
type Name = keyof typeof core | keyof typeof http
const doors = { ...core, ...http, ...engine } as unknown as Readonly<Record<Name, Unchecked>>
const { createKey, createSigner, createVerifier, decodeUnverified, generateSecret, secondsLeft, sign, verify } = doors
const {
  authenticate,
  challenge,
  clearTokenCookie,
  createGuard,
  forbidden,
  isCrossOrigin,
  readTokens,
  tokenCookie,
  tokenCookieParts,
  unauthorized,
} = doors

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
  const put = (claims: object, options: object = HOUR) => [() => sign(claims, key, options), 'TypeError'] as const
  const CURE = 'a number of 2^53 or more, which JavaScript rounds: write it as a string'
  refused([
    ['2^53 to sign', ...put({ id: 2 ** 53 }), `claims.id is ${CURE}`],
    ['-2^53 to sign', ...put({ id: -(2 ** 53) }), `claims.id is ${CURE}`],
    ['a number in a list to sign', ...put({ ids: [1, 2 ** 60] }), `claims.ids.1 is ${CURE}`],
    ['a number in an object to sign', ...put({ user: { id: 1e300 } }), `claims.user.id is ${CURE}`],
    ['a number of toJSON to sign', ...put({ id: { toJSON: () => 2 ** 53 } }), `claims.id is ${CURE}`],
    ['a number in the header to sign', ...put({}, { ...HOUR, header: { n: 2 ** 53 } }), `header.n is ${CURE}`],
    ['claims of more than 1000 levels to sign', () => sign(nested(1001), key, HOUR), 'RangeError', 'nested more than 1000 levels deep'],
    ['claims of 100 000 levels to sign', () => sign(nested(100_000), key, HOUR), 'RangeError', 'nested more than 1000 levels deep'],
  ])
  stillRefused([['Infinity to sign', ...put({ id: Infinity }), 'claims.id is not a finite number']])
  stillAccepted([
    ['2^53 - 1 to sign', async () => (await signed({ id: Number.MAX_SAFE_INTEGER }))['id'], Number.MAX_SAFE_INTEGER],
    ['-(2^53 - 1) to sign', async () => (await signed({ id: Number.MIN_SAFE_INTEGER }))['id'], Number.MIN_SAFE_INTEGER],
    ['claims of 1000 levels to sign', async () => typeof (await sign(nested(1000), key, HOUR)), 'string'],
  ])
})

describe('2. A claim on its way to a log:', () => {
  const PERSON = { sub: 'u1', email: 'zoe@example.com', exp: 1_700_000_000 }
  const expired = (): Promise<unknown> => outcome(() => verify(forge(PERSON), key))
  const rejecting = z.object({ email: z.literal('nobody') })
  const details = async (error: unknown, method: 'claims' | 'issues' | 'kid'): Promise<unknown> =>
    ((await error) as Readonly<Record<typeof method, () => unknown>>)[method]()

  accepted([
    ['claims() for the claims', () => details(expired(), 'claims'), PERSON],
    [
      'claims() of decodeUnverified',
      () =>
        details(
          outcome(() => decodeUnverified(tokenOf('"sub":1'))),
          'claims',
        ),
      { sub: 1, exp: LATER },
    ],
    ['claims() of a revoked token', () => details(revoked(), 'claims'), { sub: 'u1', exp: LATER }],
    [
      'issues() for what the schema found',
      () =>
        details(
          outcome(() => verify(tokenOf('"email":"a"'), key, { schema: rejecting })),
          'issues',
        ),
      [expect.objectContaining({ path: ['email'] })],
    ],
    ['issues() without a schema', () => details(expired(), 'issues'), undefined],
    ['kid() for the kid of a token that no key matches', () => details(unmatched({ kid: 'zoe@example.com' }), 'kid'), 'zoe@example.com'],
    ['kid() for a token without a kid', () => details(unmatched({}), 'kid'), undefined],
  ])

  async function revoked(): Promise<unknown> {
    return outcome(() => decided(authenticate(requestOf(TOKEN), key, { isRevoked: () => true })))
  }
  const unmatched = (header: object): Promise<unknown> =>
    outcome(() =>
      verify(forge({ exp: LATER }, { alg: 'HS256', ...header }), 'kid' in header ? createKey(SECRET, { kid: 'a' }) : () => undefined),
    )

  /** Everything that a thorough logger reads of a value: its own members and its getters, and those of its prototypes. */
  function read(value: Error): string {
    const seen: unknown[] = []
    for (let at: object | null = value; at !== null && at !== Error.prototype; at = Reflect.getPrototypeOf(at))
      for (const name of Reflect.ownKeys(at)) seen.push(Reflect.get(at, name, value))
    return `${String(value)} ${JSON.stringify(value)} ${JSON.stringify(seen)}`
  }

  it.each(KINDS.filter(({ members }) => members !== undefined))('no getter of an error reveals one: $what', async (kind) => {
    expect(read(await raise(kind))).not.toContain('l34k')
  })

  it.each(KINDS.filter(({ members }) => members === undefined))('no getter of an error still reveals one: $what', async (kind) => {
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

describe('3. A number in the wrong unit:', () => {
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

  const TOO_LARGE: Readonly<Record<string, number>> = {
    'an hour in milliseconds': 3_600_000,
    'a time in seconds': 1_800_003_600,
    'a time in seconds with a fraction': 1_800_003_600.5,
    'a second more than a day': 86_401,
    'a bit more than a day': 86_400.001,
  }
  refused(
    Object.entries(TOO_LARGE).flatMap(([mistake, seconds]) =>
      [...PLACES, ...TOLERANCES].map(([place, name, call]): Mistake => {
        return [
          `${mistake} as ${place}`,
          () => call(seconds),
          'RangeError',
          name === 'clockTolerance' ? ['clockTolerance must be at most 600 seconds', "'30s'"] : [`${name} is over 86400 seconds`, "'7d'"],
        ]
      }),
    ),
  )

  const TOO_TOLERANT: Readonly<Record<string, unknown>> = {
    '5 s in milliseconds': 5000,
    '601 s': 601,
    '11 minutes': '11m',
    '2 weeks': '2w',
  }
  refused(
    Object.entries(TOO_TOLERANT).flatMap(([mistake, tolerance]) =>
      TOLERANCES.map(([place, name, call]): Mistake => {
        return [`${mistake} as ${place}`, () => call(tolerance), 'RangeError', [`${name} must be at most 600`, 'not milliseconds', "'30s'"]]
      }),
    ),
  )

  const named = ([place, , call]: (typeof PLACES)[number], what: string, value: unknown): Right =>
    [`${what} as ${place}`, async () => (await outcome(() => call(value))) instanceof Error, false] as const
  stillAccepted([
    ...PLACES.flatMap((place) => [named(place, '60 000 as a bare number', 60_000), named(place, 'a day as a bare number', 86_400)]),
    ...PLACES.map((place) => named(place, '30 days as a string', '30d')),
    ...TOLERANCES.flatMap((place) => [named(place, '600 s', 600), named(place, '10 minutes as a string', '10m')]),
  ])
})

describe('4. A callback, which would never be called:', () => {
  const callback = vi.fn()
  const jwt = { claims: { exp: LATER } }
  const request = requestOf(TOKEN)

  /** Every function, what it takes without options, and whether it returns a promise. */
  const FUNCTIONS: readonly (readonly [
    name: Name,
    call: Unchecked,
    args: readonly unknown[],
    has: { options?: object; promise?: true },
  ])[] = [
    ['generateSecret', generateSecret, [], {}],
    ['createKey', createKey, [SECRET], { options: {} }],
    ['createSigner', createSigner, [key], { options: HOUR }],
    ['createVerifier', createVerifier, [key], { options: {} }],
    ['sign', sign, [{}, key], { options: HOUR, promise: true }],
    ['verify', verify, [TOKEN, key], { options: {}, promise: true }],
    ['decodeUnverified', decodeUnverified, [TOKEN], {}],
    ['secondsLeft', secondsLeft, [jwt], { options: {} }],
    ['createGuard', createGuard, [key], { options: {} }],
    ['authenticate', authenticate, [request, key], { options: {}, promise: true }],
    ['readTokens', readTokens, [{}], { options: {} }],
    ['tokenCookie', tokenCookie, [TOKEN], { options: {} }],
    ['tokenCookieParts', tokenCookieParts, [TOKEN], { options: {} }],
    ['clearTokenCookie', clearTokenCookie, [], { options: {} }],
    ['isCrossOrigin', isCrossOrigin, ['GET', {}], { options: {} }],
    ['challenge', challenge, [undefined], { options: {} }],
    ['unauthorized', unauthorized, [undefined], { options: {} }],
    ['forbidden', forbidden, [], { options: {} }],
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

  const ANSWER = 'callbacks are not supported: await the promise'
  refused([
    ...FUNCTIONS.flatMap(([name, call, args, { options }]): readonly Mistake[] => {
      const given = options === undefined ? args : [...args, options]
      const extra: Mistake = [`one after the arguments of ${name}`, () => call(...given, callback), 'TypeError', ANSWER]
      const later: Mistake = [`one further behind in ${name}`, () => call(...given, undefined, 1, callback), 'TypeError', ANSWER]
      if (options === undefined) return [extra, later]
      return [extra, later, [`one in place of the options of ${name}`, () => call(...args, callback), 'TypeError', ANSWER]]
    }),
    ...RETURNED.flatMap(([name, make, argument]): readonly Mistake[] => [
      [`one after the argument of ${name}`, () => made(make(), argument, callback), 'TypeError', ANSWER],
      [`the next of Express behind a response, for ${name}`, () => made(make(), argument, {}, callback), 'TypeError', ANSWER],
    ]),
  ])

  it('functions that return a promise reject, and none throws synchronously', async () => {
    const calls = [
      ...FUNCTIONS.filter(([, , , { promise }]) => promise).map(
        ([, call, args, { options }]) =>
          () =>
            call(...args, options, callback),
      ),
      ...RETURNED.map(
        ([, make, argument]) =>
          () =>
            made(make(), argument, callback),
      ),
    ]
    for (const call of calls) await expect(call()).rejects.toThrow(ANSWER)
    expect(calls).toHaveLength(6)
  })

  it('the callback is still not called', () => {
    expect(callback).not.toHaveBeenCalled()
  })

  const isError = (value: unknown): boolean => value instanceof Error
  stillAccepted([
    ...FUNCTIONS.map(([name, call, args, { options }]): Right => {
      const given = options === undefined ? args : [...args, options]
      return [`any other extra argument of ${name}`, async () => isError(await outcome(() => call(...given, undefined, 0, 'a', {}))), false]
    }),
    ...RETURNED.map(([name, make, argument]): Right => {
      return [
        `what map passes to ${name}`,
        async () => (await Promise.all([argument, argument].map(make() as Unchecked))).some(isError),
        false,
      ]
    }),
    ['what map passes to decodeUnverified', () => [TOKEN, TOKEN].map(decodeUnverified).length, 2],
  ])
})

describe('5. A claim whose type breaks RFC 7519:', () => {
  const seen: unknown[] = []
  const note = (claims: unknown): boolean => seen.push(claims) > 0
  const Legacy = z.object({ sub: z.number().transform((id) => `legacy:${id}`) })

  /** Every function that takes `allowMistyped`. */
  const CHECKS: Readonly<Record<string, (token: unknown, options: object) => unknown>> = {
    verify: (token, options) => verify(token, key, options),
    'a verifier': (token, options) => made(createVerifier(key, options), token),
    authenticate: (token, options) => decided(authenticate(requestOf(String(token)), key, { verify: options })),
    'a guard': (token, options) => decided(made(createGuard(key, { verify: options }), requestOf(String(token)))),
  }

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
  const each = (mistake: string, options: object, says: string): readonly Mistake[] =>
    Object.entries(CHECKS).map(([name, check]) => [`${mistake}, as an option of ${name},`, () => check(TOKEN, options), 'TypeError', says])
  const claim = (name: string): object => ({ claim: name, reason: 'invalid' })
  const allow = (claims: string, ...allowMistyped: readonly string[]) =>
    [() => verify(tokenOf(claims), key, { schema, allowMistyped }), 'JwtClaimError'] as const
  refused([
    ...each('allowMistyped without a schema', { allowMistyped: ['sub'] }, 'allowMistyped needs a schema'),
    ...each('allowMistyped for aud', { schema, allowMistyped: ['aud'] }, "allowMistyped must be a list of 'iss', 'sub', 'iat' or 'jti'"),
    ...each('allowMistyped for exp', { schema, allowMistyped: ['sub', 'exp'] }, "'iss', 'sub', 'iat' or 'jti'"),
    ...each('allowMistyped for nbf', { schema, allowMistyped: ['nbf'] }, "'iss', 'sub', 'iat' or 'jti'"),
    ...each('allowMistyped for role', { schema, allowMistyped: ['role'] }, "'iss', 'sub', 'iat' or 'jti'"),
    ...each('allowMistyped for an inherited name', { schema, allowMistyped: ['toString'] }, "'iss', 'sub', 'iat' or 'jti'"),
    ...each('allowMistyped for nothing', { schema, allowMistyped: [] }, 'allowMistyped must be a non-empty'),
    ...each(
      'allowMistyped for iss beside issuer',
      { schema, allowMistyped: ['iss'], issuer: 'a' },
      'allowMistyped cannot contain iss: another option requires it',
    ),
    ...each(
      'allowMistyped for sub beside subject',
      { schema, allowMistyped: ['sub'], subject: 'a' },
      'allowMistyped cannot contain sub: another option requires it',
    ),
    ...each(
      'allowMistyped for iat beside maxAge',
      { schema, allowMistyped: ['iat'], maxAge: '1h' },
      'allowMistyped cannot contain iat: another option requires it',
    ),
    ...each(
      'allowMistyped for jti beside required',
      { schema, allowMistyped: ['jti'], required: 'jti' },
      'allowMistyped cannot contain jti: another option requires it',
    ),
    ...each(
      'allowMistyped for sub beside required',
      { schema, allowMistyped: ['sub'], required: ['a', 'sub'] },
      'allowMistyped cannot contain sub: another option requires it',
    ),
    ['a numeric sub where allowMistyped has jti', ...allow('"sub":1', 'jti'), 'sub must be a string', claim('sub')],
    ['a numeric aud beside allowMistyped', ...allow('"aud":1', 'iss', 'sub', 'iat', 'jti'), 'aud must be a string', claim('aud')],
    ['an nbf in a string beside allowMistyped', ...allow('"nbf":"1"', 'iss', 'sub', 'iat', 'jti'), 'nbf must be a number', claim('nbf')],
    ['a numeric sub that is rounded', ...allow('"sub":9007199254740993', 'sub'), 'sub has a number of 2^53', claim('sub')],
    [
      'a numeric sub that the schema rejects',
      () => verify(tokenOf('"sub":1'), key, { schema: z.object({ sub: z.string() }), allowMistyped: ['sub'] }),
      'JwtClaimError',
      'claims do not match the schema',
      claim('sub'),
    ],
  ])
  stillRefused([
    ['a numeric sub without allowMistyped', () => verify(tokenOf('"sub":1'), key), 'JwtClaimError', 'sub must be a string', claim('sub')],
    ['a null iss without allowMistyped', () => verify(tokenOf('"iss":null'), key), 'JwtClaimError', 'iss must be a string', claim('iss')],
  ])
})

describe('6. A token that could not be made:', () => {
  const HEADER = { cty: 'twilio-fpa;v=1' }
  const headerOf = (jwt: unknown): unknown => (jwt as { readonly header: unknown }).header
  const setting = (header: object, says: string, mistake: string): Mistake => [
    mistake,
    () => sign({}, key, { ...HOUR, header }),
    'TypeError',
    ['header', ...Object.keys(header), says],
  ]

  accepted([
    [
      'the cty of Twilio',
      async () => headerOf(await verify(await sign({}, key, { ...HOUR, header: HEADER }), key)),
      { alg: 'HS256', typ: 'JWT', ...HEADER },
    ],
  ])
  refused([
    ...['JWT', 'jwt', 'Application/JWT'].map((cty) =>
      setting({ cty }, 'cannot be JWT: a token in a token is not supported', `the cty ${cty}`),
    ),
    setting({ cty: 5 }, 'header.cty must be a string', 'a cty that is a number'),
  ])
  stillRefused([
    setting({ kid: 'a' }, 'pass it to createKey', 'a kid in the header'),
    setting({ typ: 'at+jwt' }, 'use the type option', 'a typ in the header'),
    setting({ alg: 'HS512' }, 'it is always HS256', 'an alg in the header'),
    ...['jku', 'jwk', 'x5u', 'x5c', 'x5t', 'x5t#S256', 'crit', 'b64'].map((name) =>
      setting({ [name]: 'a' }, `header cannot contain ${name}: it is not supported`, `${name} in the header`),
    ),

    ['a nested token', () => verify(forge({ exp: LATER }, { alg: 'HS256', cty: 'JWT' }), key), 'JwtMalformedError', 'nested (cty: JWT)'],
  ])

  const now = (): Date => new Date('2026-01-01T00:00:00.900Z')
  const NOW = 1_767_225_600
  const times = async (claims: object, options: object): Promise<object> => {
    const { exp, nbf, iat } = await signed(claims, { now, ...options })
    return { exp, nbf, iat }
  }
  accepted([
    ['an exp with a fraction, which is rounded down,', () => times({ exp: LATER + 0.9 }, {}), { exp: LATER, iat: NOW }],
    ['an exp of half a second before 1970', () => times({ exp: -0.5 }, {}), { exp: -1, iat: NOW }],
    ['an nbf with a fraction, which is rounded up,', () => times({ nbf: NOW + 0.1 }, HOUR), { exp: NOW + 3600, nbf: NOW + 1, iat: NOW }],
    ['an iat with a fraction, which is rounded down,', () => times({ iat: NOW - 0.1 }, HOUR), { exp: NOW + 3600, iat: NOW - 1 }],
    ['an nbf that is a Date with milliseconds', () => times({ nbf: now() }, HOUR), { exp: NOW + 3600, nbf: NOW + 1, iat: NOW }],
    ['a notBefore with a fraction', () => times({}, { ...HOUR, notBefore: 1.5 }), { exp: NOW + 3600, nbf: NOW + 2, iat: NOW }],
    [
      'a Temporal.Instant in the claims',
      () =>
        times(
          { exp: instantOf('2030-01-01T00:00:00.9Z'), nbf: instantOf('2025-12-31T00:00:00.1Z'), iat: instantOf('2025-12-30T00:00:00.9Z') },
          {},
        ),
      { exp: 1_893_456_000, nbf: 1_767_139_201, iat: 1_767_052_800 },
    ],
    [
      'a Temporal.Instant as the clock of sign',
      () => times({}, { ...HOUR, now: () => instantOf('2026-01-01T00:00:00.9Z') }),
      { exp: NOW + 3600, iat: NOW },
    ],
    [
      'a Temporal.Instant as the clock of secondsLeft',
      () => secondsLeft({ claims: { exp: NOW + 60 } }, { now: () => instantOf('2026-01-01T00:00:00Z') }),
      60,
    ],
    [
      'a Temporal.Instant as the clock of tokenCookie',
      () =>
        String(tokenCookie(forge({ exp: NOW + 60 }), { now: () => instantOf('2026-01-01T00:00:00Z') }))
          .split('; ')
          .at(-1),
      'Max-Age=60',
    ],
    [
      'a Temporal.Instant as the clock of a guard',
      () =>
        claimsOf(decided(authenticate(requestOf(forge({ exp: NOW })), key, { verify: { now: () => instantOf('2025-12-31T23:59:59Z') } }))),
      { exp: NOW },
    ],
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

  const LEAST = "expiresIn must be at least 1 second, or 'never'"
  const short = (expiresIn: unknown): readonly Mistake[] => [
    [`an expiresIn of ${String(expiresIn)} in sign`, () => sign({}, key, { expiresIn }), 'RangeError', LEAST],
    [`an expiresIn of ${String(expiresIn)} in createSigner`, () => createSigner(key, { expiresIn }), 'RangeError', LEAST],
  ]
  const invalid = { [Symbol.toStringTag]: 'Temporal.Instant', epochMilliseconds: NaN }
  refused([
    ...[0.999, 0.5, 0, '0s'].flatMap(short),
    [
      'the clock of sign that returns no instant',
      () => sign({}, key, { ...HOUR, now: () => invalid }),
      'TypeError',
      'Date or Temporal.Instant',
    ],
    [
      'the clock of verify that returns no instant',
      () => verify(TOKEN, key, { now: () => invalid }),
      'TypeError',
      'Date or Temporal.Instant',
    ],
    ['the clock of verify that returns milliseconds', () => verify(TOKEN, key, { now: Date.now }), 'TypeError', 'Date or Temporal.Instant'],
  ])
})

describe('7. A secret with a character that is easily overlooked:', () => {
  const BYTES = 'otherwise pass its bytes, new TextEncoder().encode(secret)'
  const TRIM = ['secret has white space or a BOM at an end: trim it if the other side does so', BYTES]
  const QUOTES = ['secret is in quotes: remove them if the other side does so', BYTES]
  const CONTROL = ['secret contains a control character such as a line break: remove it if the other side does so', BYTES]
  const SECRETS: readonly (readonly [kind: string, secret: string, says: string | readonly string[]])[] = [
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
    [
      'the object of Hasura',
      `{"type":"HS256","key":"${SECRET}"}`,
      'secret is a JSON object: pass the secret inside it, or all of its bytes',
    ],
    [
      'an object with line ends',
      `\n{\n  "key": "${SECRET}"\n}\n`,
      'secret is a JSON object: pass the secret inside it, or all of its bytes',
    ],
    [
      'a binary file that was read as text',
      `${SECRET}\uFFFD\u0001`,
      'secret contains U+FFFD: binary data was read as text, so pass the bytes',
    ],
  ]

  refused(SECRETS.map(([kind, secret, says]) => [`a string with ${kind}`, () => createKey(secret), 'TypeError', says]))

  const sameAs = (secret: unknown, bytes: Uint8Array): unknown => {
    const signingInput = `${segmentOf({ alg: 'HS256' })}.${segmentOf({ exp: LATER })}`
    return claimsOf(verify(`${signingInput}.${macOf(signingInput, bytes)}`, createKey(secret)))
  }
  stillAccepted([
    ...SECRETS.map(([kind, secret]): Right => {
      return [`the bytes of a string with ${kind}`, () => sameAs(bytesOf(secret), bytesOf(secret)), { exp: LATER }]
    }),
    ...[
      SECRET,
      `"${SECRET}`,
      `${SECRET}'`,
      `"${SECRET}'`,
      `say "${SECRET}", he said`,
      `{${SECRET}}`,
      `{'key':'${SECRET}'}`,
      `[${SECRET}]`,
      `${SECRET} · ${SECRET}`,
      `${SECRET}\u200D${SECRET}`,
      `🔑${SECRET}🔑`,
    ].map((secret): Right => [`the ordinary secret ${secret}`, () => sameAs(secret, bytesOf(secret)), { exp: LATER }]),
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
  const USES: Readonly<Record<string, Unchecked>> = {
    sign: (foreign) => sign({}, foreign, HOUR),
    createSigner: (foreign) => createSigner(foreign, HOUR),
    verify: (foreign) => verify(TOKEN, foreign),
    createVerifier: (foreign) => createVerifier(foreign),
    'verify, in a list': (foreign) => verify(TOKEN, [key, foreign]),
    'verify, by a key function': (foreign) => verify(TOKEN, () => foreign),
    createGuard: (foreign) => createGuard(foreign),
    authenticate: (foreign) => authenticate(requestOf(TOKEN), foreign),
  }
  const says = ['another copy of hs256', 'a bundle', 'a hot reload', 'a test reset', 'CommonJS', 'another thread']
  const cure = 'share the secret, not the key, and call createKey where the key is used'
  refused(
    Object.entries(FOREIGN).flatMap(([what, foreign]) =>
      Object.entries(USES).map(([use, call]): Mistake => [`${what}, in ${use},`, () => call(foreign), 'TypeError', [...says, cure]]),
    ),
  )
  stillRefused([
    ['a secret in place of a key', () => verify(TOKEN, SECRET), 'TypeError', 'key must be made by createKey'],
    ['another object in place of a key', () => verify(TOKEN, { kid: 'a', secret: SECRET }), 'TypeError', 'key must be made by createKey'],
  ])
})

describe('11. What a new user tries:', () => {
  const PROMISE = 'token is a Promise: await it'
  const [header = '', payload = ''] = TOKEN.split('.')

  it.each([
    ['a token after Bearer', `Bearer ${TOKEN}`, 'token begins with Bearer: pass only what follows it'],
    ['a token after bearer', ` bearer  ${TOKEN}`, 'token begins with Bearer: pass only what follows it'],
    ['Bearer without a token', 'Bearer undefined', 'token begins with Bearer: pass only what follows it'],
    ['a token in quotes', `"${TOKEN}"`, 'token is in quotes: remove them, or parse the JSON it came in'],
    ['a token in single quotes', `'${TOKEN}'`, 'token is in quotes: remove them'],
  ])('%s is refused by every function that takes a token', async (_mistake, token, says) => {
    for (const name of ['verify', 'a verifier', 'decodeUnverified', 'tokenCookie'])
      await expectRefusal([name, () => READERS[name]?.(token), 'JwtMalformedError', says])
  })

  it('a promise of a token is a TypeError, which cannot become a 401', async () => {
    for (const name of ['verify', 'a verifier', 'decodeUnverified', 'tokenCookie'])
      await expectRefusal([name, () => READERS[name]?.(Promise.resolve(TOKEN)), 'TypeError', PROMISE])
  })

  const OBJECTS = 'schema must be for objects: this one rejects every token'
  const schemas: Readonly<Record<string, unknown>> = {
    strings: z.string(),
    numbers: z.number(),
    lists: z.array(z.unknown()),
    'strings or numbers': z.union([z.string(), z.number()]),
  }
  refused(
    Object.entries(schemas).flatMap(([kind, schema]): readonly Mistake[] => [
      [`a schema for ${kind}, in verify,`, () => verify(TOKEN, key, { schema }), 'TypeError', OBJECTS],
      [`a schema for ${kind}, in a verifier,`, () => made(createVerifier(key, { schema }), TOKEN), 'TypeError', OBJECTS],
      [`a schema for ${kind}, in authenticate,`, () => authenticate(requestOf(TOKEN), key, { verify: { schema } }), 'TypeError', OBJECTS],
      [`a schema for ${kind}, in a guard,`, () => made(createGuard(key, { verify: { schema } }), requestOf(TOKEN)), 'TypeError', OBJECTS],
    ]),
  )
  stillRefused([
    [
      'a token by a schema for objects that rejects claims as a whole',
      () => verify(TOKEN, key, { schema: z.object({}).refine(() => false) }),
      'JwtClaimError',
      'claims do not match the schema',
    ],
  ])

  const UNSET = "expiresIn is undefined: pass a lifetime such as '1h' or 'never', or set the environment variable"
  const date = new Date('2030-01-01T00:00:00Z')
  const instant = instantOf('2030-01-01T00:00:00Z')
  const durations: Readonly<Record<string, Unchecked>> = {
    'expiresIn of sign': (expiresIn) => sign({}, key, { expiresIn }),
    'expiresIn of createSigner': (expiresIn) => createSigner(key, { expiresIn }),
    'notBefore of sign': (notBefore) => sign({}, key, { ...HOUR, notBefore }),
    'maxAge of verify': (maxAge) => verify(TOKEN, key, { maxAge }),
    'clockTolerance of verify': (clockTolerance) => verify(TOKEN, key, { clockTolerance }),
    'maxAge of tokenCookie': (maxAge) => tokenCookie(TOKEN, { maxAge }),
  }
  refused([
    ['an expiresIn that is undefined, in sign,', () => sign({}, key, { expiresIn: undefined }), 'TypeError', UNSET],
    ['an expiresIn that is undefined, in createSigner,', () => createSigner(key, { expiresIn: undefined }), 'TypeError', UNSET],
    ...Object.entries(durations).flatMap(([place, call]): readonly Mistake[] => [
      [`a Date as ${place}`, () => call(date), 'TypeError', "is a Date: pass a duration such as '1h', or set exp or nbf in the claims"],
      [
        `a Temporal.Instant as ${place}`,
        () => call(instant),
        'TypeError',
        "is a Temporal.Instant: pass a duration such as '1h', or set exp or nbf in the claims",
      ],
    ]),
  ])

  it('the advice for an expiresIn that is undefined does not contradict itself', async () => {
    const { message } = (await outcome(() => sign({}, key, { expiresIn: undefined }))) as Error
    expect(message).not.toContain('leave it out')
  })

  const option = (name: string, says: string, functions: Readonly<Record<string, (options: object) => unknown>>): readonly Mistake[] =>
    Object.entries(functions).map(([of, call]) => {
      return [`the option ${name} of ${of}`, () => call({ [name]: 'a' }), 'TypeError', [`unknown option ${name}: `, says]]
    })
  const signing = {
    sign: (options: object) => sign({}, key, { ...HOUR, ...options }),
    createSigner: (options: object) => createSigner(key, { ...HOUR, ...options }),
  }
  const verifying = {
    verify: (options: object) => verify(TOKEN, key, options),
    createVerifier: (options: object) => createVerifier(key, options),
    'createGuard’s verify': (options: object) => createGuard(key, { verify: options }),
  }
  const guarding = {
    createGuard: (options: object) => createGuard(key, options),
    authenticate: (options: object) => authenticate(requestOf(TOKEN), key, options),
    readTokens: (options: object) => readTokens({}, options),
  }
  const { readTokens: _readTokens, ...deciding } = guarding
  const cookies = {
    tokenCookie: (options: object) => tokenCookie(TOKEN, options),
    clearTokenCookie: (options: object) => clearTokenCookie(options),
  }
  refused([
    ...option('kid', 'pass kid to createKey', signing),
    ...option('exp', 'use expiresIn', signing),
    ...option('expires', 'use expiresIn for a token', signing),
    ...option('jwtid', 'put jti in the claims', signing),
    ...option('noTimestamp', 'iat is always set', signing),
    ...option('complete', 'the result always has the header', verifying),
    ...option('aud', 'use audience', verifying),
    ...option('jti', 'after verify, compare claims.jti', verifying),
    ...option('clockSkew', 'use clockTolerance', verifying),
    ...option('credentialsRequired', 'use optional, which means the opposite', deciding),
    ...option('cookieName', 'use cookie', guarding),
    ...option('name', 'use cookie', guarding),
    ...option('expires', 'maxAge for a cookie', { tokenCookie: cookies.tokenCookie }),
  ])

  class User {
    readonly sub = 'u1'
  }
  const INSTANCE = 'claims must be a plain object such as { sub: user.id }, not a class instance'
  const METHOD = 'pass the request itself, not its headers'
  const bearer = { authorization: `Bearer ${TOKEN}` }
  const requests: Readonly<Record<string, unknown>> = {
    'headers of Node': bearer,
    'Fetch headers': new Headers(bearer),
    'the context of a framework': { req: requestOf(TOKEN), res: {} },
    undefined: undefined,
    null: null,
  }
  const strong = 'a secret that is long enough for HS512, which needs sixty-four bytes of it'
  const fromJava = (alg: 'HS384' | 'HS512'): string => {
    const signingInput = `${segmentOf({ alg })}.${segmentOf({ exp: LATER })}`
    return `${signingInput}.${macOf(signingInput, strong, alg === 'HS384' ? 'sha384' : 'sha512')}`
  }
  const SECONDS = 'iat must be a number of seconds (not milliseconds, not a string)'
  refused([
    ['an instance of a class as claims', () => sign(new User(), key, HOUR), 'TypeError', INSTANCE],
    ['an instance of a class as claims of a signer', () => made(createSigner(key, HOUR), new User()), 'TypeError', INSTANCE],
    [
      'a kid in place of the options of createKey',
      () => createKey(SECRET, 'k1'),
      'TypeError',
      'options must be a plain object such as { kid: … }',
    ],
    ['a name before the token of tokenCookie', () => tokenCookie('jwt', TOKEN), 'TypeError', 'pass the token first, then { cookie: … }'],
    ...Object.entries(requests).flatMap(([what, request]): readonly Mistake[] => [
      [`${what} in place of a request, in authenticate,`, () => authenticate(request, key), 'TypeError', METHOD],
      [`${what} in place of a request, in a guard,`, () => made(createGuard(key), request), 'TypeError', METHOD],
    ]),
    ['an iat in a string', () => verify(tokenOf('"iat":"1700000000"'), key), 'JwtClaimError', SECONDS, { claim: 'iat', reason: 'invalid' }],
    ['an iat in a string to sign', () => sign({ iat: '1700000000' }, key, HOUR), 'TypeError', SECONDS],
    ...(['HS384', 'HS512'] as const).flatMap((alg): readonly Mistake[] => {
      const says = `token's alg is not HS256 but ${alg}: set HS256 in the issuer`
      const guard = (): unknown => decided(authenticate(requestOf(fromJava(alg)), createKey(strong)))
      return [
        [`a token with ${alg} of one’s own issuer`, () => verify(fromJava(alg), createKey(strong)), 'JwtAlgorithmError', says],
        [`a request with ${alg} of one’s own issuer`, guard, 'JwtAlgorithmError', says],
      ]
    }),
    [
      'a token without exp',
      () => verify(forge({ sub: 'u1' }), key),
      'JwtClaimError',
      'token has no exp: set requireExp to false to accept it',
    ],
  ])
  stillRefused([
    [
      'a token with RS256',
      () => verify(resign([segmentOf({ alg: 'RS256' }), payload]), key),
      'JwtAlgorithmError',
      "token's alg is not HS256",
    ],
    ['a token of two segments', () => verify(`${header}.${payload}`, key), 'JwtMalformedError', 'token does not have three segments'],
    ['an object as token', () => verify({ token: TOKEN }, key), 'JwtMalformedError', 'token is not a string'],
  ])
})

describe('12. The names of classes, and claims of one’s own:', () => {
  const classes = Object.entries(core).filter(([name]) => name.startsWith('Jwt'))

  it('every class has the name under which it is exported', () => {
    expect(classes).toHaveLength(8)
    for (const [name, value] of classes) expect(value).toHaveProperty('name', name)
  })

  it('the claims are still the caller’s own, and may be changed', async () => {
    for (const [reader, read] of readers.filter(([name]) => name !== 'tokenCookie')) {
      const claims = (await claimsOf(read(TOKEN))) as { sub?: string }
      claims.sub = 'changed'
      expect(await claimsOf(read(TOKEN)), reader).toEqual({ sub: 'u1', exp: LATER })
    }
  })
})
