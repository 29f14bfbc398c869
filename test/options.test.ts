import { createKey, decodeUnverified, JwtClaimError, JwtError, JwtMalformedError, secondsLeft, type JwtKey } from 'hs256'
import { describe, expect, it } from 'vitest'
import { defineOptions, readCount } from '../src/options.ts'
import { base64url } from './support/bytes.ts'
import { sign, verify } from './support/engine.ts'
import { INSTANTS, instantOf } from './support/instants.ts'
import { outcome } from './support/outcome.ts'

const SECRET = 'a secret of more than thirty-two bytes'
const key = createKey(SECRET)
const token = await sign({ sub: 'u1' }, key, { expiresIn: '1h' })
const forOrders = await sign({ sub: 'u1', aud: 'orders' }, key, { expiresIn: '1h' })
const eternal = await sign({ sub: 'u1' }, key, { expiresIn: 'never' })
const jwt = decodeUnverified(token)

/** Each function as JavaScript calls it, unchecked, with these options and otherwise fine arguments. */
const call: Readonly<Record<string, (options: unknown) => unknown>> = {
  createKey: (options) => createKey(SECRET, options as never),
  sign: (options) => sign({ exp: 4_000_000_000 }, key, options as never),
  verify: (options) => verify(token, key, options as never),
  secondsLeft: (options) => secondsLeft(jwt, options as never),
}

const expectMistake = (error: unknown): void => {
  expect(error instanceof TypeError || error instanceof RangeError, String(error)).toBe(true)
  expect(error).not.toBeInstanceOf(JwtError)
}

/** Runs with these members on `Object.prototype`, as a defect elsewhere in a process may leave them there. */
async function polluted(members: Readonly<Record<string, unknown>>, run: () => unknown): Promise<unknown> {
  for (const [name, value] of Object.entries(members)) {
    Object.defineProperty(Object.prototype, name, { value, configurable: true, enumerable: true, writable: true })
  }
  try {
    return await outcome(run)
  } finally {
    for (const name of Object.keys(members)) Reflect.deleteProperty(Object.prototype, name)
  }
}

class Settings {
  readonly issuer = 'https://auth.example'
}

// What none of the options takes, whichever it is.
const NEVER: readonly unknown[] = [
  undefined,
  null,
  [],
  {},
  NaN,
  -1,
  -Infinity,
  Infinity,
  '',
  /x/,
  /x/g,
  Symbol('x'),
  5n,
  new Map(),
  Promise.resolve('x'),
]
const TEXT = [...NEVER, 0, 5, true, false, ['a'], Object('a'), new Date(0), (): string => 'a']
const TEXTS = [
  ...NEVER,
  0,
  5,
  true,
  false,
  [''],
  [undefined],
  [null],
  [5],
  ['a', ''],
  ['a', undefined],
  ['a', /a/],
  [['a']],
  Object('a'),
  { 0: 'a', length: 1 },
  new Set(['a']),
]
const FLAG = [...NEVER, 0, 1, 'true', 'false', 'yes', Object(true), (): boolean => true]
const DURATION = [
  ...NEVER,
  '15 minutes',
  '15M',
  ' 15m',
  '15m ',
  '15m\n',
  '1.5h',
  '-15m',
  '+15m',
  '1e3s',
  '0x10s',
  '15',
  'm',
  'never',
  '999999999999w',
  Object(5),
  [5],
  ['5m'],
  true,
  new Date(0),
  instantOf(0),
  86_400.5,
  86_401,
  3_600_000,
]
const TOLERANCE = [...DURATION, 600.5, 601, '601s', '11m', '1h', 5000]
const CLOCK = [
  ...NEVER,
  0,
  5,
  new Date(0),
  '2026-01-01',
  (): unknown => undefined,
  (): unknown => 1_767_225_600,
  (): unknown => '2026-01-01',
  (): unknown => new Date(NaN),
  (): unknown => new Date(8.64e15),
  (): unknown => instantOf(NaN),
  (): unknown => instantOf(8.64e15),
  (): unknown => ({ epochMilliseconds: 0 }),
  instantOf(0),
  (): unknown => Promise.resolve(new Date(0)),
  Date.now,
]
const CLOCKS = INSTANTS.map(
  ([, make]) =>
    (): unknown =>
      make(Date.now()),
)
const LENGTH = [...NEVER, 0, -0, 0.5, 1.5, '5', 2 ** 53, [5], Object(5), true]
const standard = { version: 1, vendor: 'test', validate: (value: unknown): unknown => ({ value }) }
const SCHEMA = [
  ...NEVER,
  true,
  5,
  'schema',
  (): boolean => true,
  { validate: standard.validate },
  { '~standard': null },
  { '~standard': {} },
  { '~standard': { ...standard, version: 2 } },
  { '~standard': { ...standard, version: '1' } },
  { '~standard': { ...standard, validate: true } },
]

const OPTIONS: readonly (readonly [name: string, option: string, bad: readonly unknown[], good: readonly unknown[]])[] = [
  ['createKey', 'kid', TEXT, ['a', ' ', '__proto__']],
  ['sign', 'notBefore', DURATION, [0, 0.5, '5m', 86_400, '7d']],
  ['sign', 'type', TEXT, ['JWT', 'at+jwt']],
  ['sign', 'header', NEVER.filter((value) => Object.prototype.toString.call(value) !== '[object Object]'), [{}, { a: 1 }]],
  ['sign', 'now', CLOCK, CLOCKS],
  ['verify', 'issuer', TEXTS, []],
  ['verify', 'audience', TEXTS, []],
  ['verify', 'subject', TEXT, ['u1']],
  ['verify', 'type', TEXT, ['JWT', 'application/jwt']],
  ['verify', 'required', TEXTS, ['sub', ['sub', 'exp']]],
  ['verify', 'ignoreAudience', FLAG, [true, false]],
  ['verify', 'requireExp', FLAG, [true, false]],
  ['verify', 'maxAge', DURATION, ['1h', 3600, '1w', 86_400]],
  ['verify', 'clockTolerance', TOLERANCE, [0, 5, '1m', 600, '10m', '0h']],
  ['verify', 'maxLength', LENGTH, [65_536, 1000, Number.MAX_SAFE_INTEGER]],
  ['verify', 'now', CLOCK, CLOCKS],
  ['verify', 'schema', SCHEMA, [{ '~standard': standard }, Object.assign(() => 0, { '~standard': standard })]],
  ['secondsLeft', 'now', CLOCK, CLOCKS],
]

describe.each(OPTIONS)('%s: option %s', (name, option, bad, good) => {
  it('is rejected by name if it is undefined, empty or of the wrong type', async () => {
    for (const value of bad) {
      const error = await outcome(() => call[name]?.({ [option]: value }))
      expectMistake(error)
      expect(String(error)).toContain(option)
    }
  })

  it('is accepted if it has the right type', async () => {
    for (const value of good) expect(await outcome(() => call[name]?.({ [option]: value }))).not.toBeInstanceOf(Error)
  })
})

describe.each(OPTIONS.filter(([name]) => name === 'verify'))('%s: option %s', (_name, option, bad) => {
  it('is checked before the token', async () => {
    for (const value of bad) {
      for (const garbage of ['garbage', '', eternal, `${token}x`, undefined]) {
        expectMistake(await outcome(() => verify(garbage as string, key, { [option]: value } as never)))
      }
    }
  })
})

describe.each(Object.keys(call))('the options of %s', (name) => {
  const run = (options: unknown): Promise<unknown> => outcome(() => call[name]?.(options))

  it('may be left out, undefined or empty', async () => {
    for (const options of [undefined, {}, Object.create(null)]) expect(await run(options)).not.toBeInstanceOf(Error)
  })

  it.each<readonly [string, unknown]>([
    ['null', null],
    ['a list', []],
    ['a string', 'RS256'],
    ['a number', 3600],
    ['true', true],
    ['a function', () => ({})],
    ['a class instance', new Settings()],
    ['a Map', new Map([['now', () => new Date()]])],
    ['a Date', new Date(0)],
    ['a RegExp', /x/],
    ['a key', key],
    ['an error', new Error('x')],
    ['a promise', Promise.resolve({})],
    ['an object that inherits options', Object.create({ ignoreAudience: true, kid: 'a' })],
    ['an object that inherits options from one without a prototype', Object.create(Object.assign(Object.create(null), { kid: 'a' }))],
  ])('are rejected if they are %s', async (_name, options) => {
    expectMistake(await run(options))
  })

  it.each([
    'algorithms',
    'algorithm',
    'ignoreExpiration',
    'requiredClaims',
    'clockTimestamp',
    'currentDate',
    'leeway',
    'maxTokenAge',
    'typ',
    'complete',
    'nonce',
    'verify_aud',
    'Issuer',
    'issuer ',
    'constructor',
    'toString',
    'hasOwnProperty',
    '__proto__',
    '',
  ])('that are unknown are named: %j', async (option) => {
    const options = JSON.parse(`{${JSON.stringify(option)}:true}`) as unknown // so that __proto__ is an own member
    const error = await run(options)
    expect(error).toBeInstanceOf(TypeError)
    expect(String(error)).toContain(option)
    expect(await run({ [`${option}x`]: undefined })).toBeInstanceOf(TypeError)
  })

  it.each([
    ['algorithm', 'HS256 is the only algorithm'],
    ['algorithms', 'HS256 is the only algorithm'],
    ['clockTimestamp', 'use now'],
    ['currentDate', 'use now'],
    ['ignoreExpiration', 'catch JwtExpiredError; only the MAC of its claims was checked'],
    ['keyid', 'pass kid to createKey'],
    ['leeway', 'use clockTolerance'],
    ['maxTokenAge', 'use maxAge'],
    ['requiredClaims', 'use required'],
    ['typ', 'use type'],
  ])('have a hint for %s, unless it names an option that is not among them: %s', async (option, hint) => {
    const [, known = ''] = / the options are (.*)$/.exec(String(await run({ constructor: 1 }))) ?? []
    const [, named] = /^use (\w+)$/.exec(hint) ?? []
    const isOption = named === undefined || known.split(', ').includes(named)
    const advice = isOption ? hint : `the options are ${known}`
    expect(String(await run({ [option]: 'x' }))).toBe(`TypeError: unknown option ${option}: ${advice}`)
  })

  it('are all read, also hidden ones and those named by symbols', async () => {
    expect(String(await run(Object.defineProperty({}, 'issuers', { value: 'a' })))).toContain('unknown option issuers')
    expect(String(await run({ [Symbol('issuer')]: 'a' }))).toContain('unknown option Symbol(issuer)')
  })

  it('are listed for an unknown name that every object inherits', async () => {
    expect(String(await run({ constructor: 1 }))).toContain('unknown option constructor: the options are ')
  })

  it('are not changed, and may be frozen', async () => {
    const options = Object.freeze(name === 'createKey' ? { kid: 'a' } : { now: () => new Date() })
    const before = { ...options }
    expect(await run(options)).not.toBeInstanceOf(Error)
    expect(options).toEqual(before)
  })
})

describe('options of sign', () => {
  it.each([
    ['audience', 'put aud in the claims'],
    ['issuer', 'put iss in the claims'],
    ['subject', 'put sub in the claims'],
  ])('have a hint for %s: %s', async (option, hint) => {
    expect(String(await outcome(() => call['sign']?.({ [option]: 'x' })))).toBe(`TypeError: unknown option ${option}: ${hint}`)
  })
})

describe('the options of verify', () => {
  it('are not changed, nor their lists', async () => {
    const options = { issuer: ['a', 'b'], audience: ['orders'], required: ['sub'] }
    const before = structuredClone(options)
    await outcome(() => verify(forOrders, key, options))
    expect(options).toEqual(before)
  })

  it('cannot combine ignoreAudience with audience', async () => {
    expectMistake(await outcome(() => verify(forOrders, key, { audience: 'orders', ignoreAudience: true })))
    expect((await verify(forOrders, key, { audience: 'orders', ignoreAudience: false })).claims.aud).toBe('orders')
    expect((await verify(forOrders, key, { ignoreAudience: true })).claims.aud).toBe('orders')
  })

  it('are lengths of time, which are out of range if they are probably milliseconds', async () => {
    for (const [option, value] of Object.entries({ maxAge: 86_401, clockTolerance: 601 })) {
      for (const milliseconds of [value, 3_600_000, Infinity]) {
        const error = await outcome(() => call['verify']?.({ [option]: milliseconds }))
        expect(error).toBeInstanceOf(RangeError)
        expect(String(error)).toContain(option)
      }
    }
    for (const tolerance of ['601s', '11m', '1w']) {
      const error = await outcome(() => call['verify']?.({ clockTolerance: tolerance }))
      expect(error).toEqual(new RangeError("clockTolerance must be at most 600 seconds: write 30 or '30s', not milliseconds"))
    }
  })

  it('can allow only some claims to be mistyped, and only with a schema', async () => {
    const schema = { '~standard': standard }
    const refused: readonly object[] = [
      ...['exp', 'nbf', 'aud', 'Sub', 'role', 'toString', '__proto__', ' sub'].flatMap((claim) => [
        { allowMistyped: [claim], schema },
        { allowMistyped: ['sub', claim], schema },
      ]),
      ...TEXTS.map((value) => ({ allowMistyped: value, schema })),
      { allowMistyped: ['sub'] },
      { allowMistyped: ['iss', 'sub', 'iat', 'jti'] },
      { allowMistyped: ['iss'], schema, issuer: 'a' },
      { allowMistyped: ['sub'], schema, subject: 'u1' },
      { allowMistyped: ['iat'], schema, maxAge: '1h' },
      { allowMistyped: ['iat'], schema, maxAge: 0 },
      { allowMistyped: ['jti'], schema, required: 'jti' },
      { allowMistyped: ['iss', 'sub'], schema, required: ['exp', 'sub'] },
    ]
    for (const options of refused) {
      const error = await outcome(() => call['verify']?.(options))
      expect(error).toBeInstanceOf(TypeError)
      expect(String(error)).toContain('allowMistyped')
    }
    for (const options of [
      { allowMistyped: ['iss', 'sub', 'iat', 'jti'], schema },
      { allowMistyped: ['sub', 'sub'], schema, required: ['exp'] },
      { allowMistyped: ['iss', 'jti'], schema, subject: 'u1', maxAge: '1h', required: ['sub', 'iat'] },
    ])
      expect(await outcome(() => call['verify']?.(options))).toMatchObject({ claims: { sub: 'u1' } })
  })

  it('are read once, also if they are getters', async () => {
    let reads = 0
    const options = {
      get subject(): string {
        return ['u1', 'u2'][reads++] ?? 'u3'
      },
    }
    expect((await verify(token, key, options)).claims.sub).toBe('u1')
    expect(reads).toBe(1)
  })

  it('limit the length in characters, including the limit itself', async () => {
    expect((await verify(token, key, { maxLength: token.length })).claims.sub).toBe('u1')
    const error = await outcome(() => verify(token, key, { maxLength: token.length - 1 }))
    expect(error).toBeInstanceOf(JwtMalformedError)
  })
})

describe('a polluted Object.prototype', () => {
  const named = (kid: string): JwtKey => createKey(SECRET, { kid })

  it.each<readonly [string, Record<string, unknown>, string, string | undefined]>([
    ['ignoreAudience', { ignoreAudience: true }, forOrders, 'aud'],
    ['audience', { audience: 'orders' }, forOrders, 'aud'],
    ['requireExp', { requireExp: false }, eternal, 'exp'],
    ['now', { now: () => new Date(0) }, eternal, 'exp'],
  ])('sets no option: %s', async (_name, members, refused, claim) => {
    const error = await polluted(members, () => verify(refused, key, {}))
    expect(error).toBeInstanceOf(JwtClaimError)
    expect(error).toMatchObject({ code: 'ERR_JWT_CLAIM', claim })
  })

  it('loses no default to a setter', () => {
    Object.defineProperty(Object.prototype, 'maxLength', { set: () => {}, configurable: true })
    const { defaults } = defineOptions({ maxLength: [readCount, 5] })
    Reflect.deleteProperty(Object.prototype, 'maxLength')
    expect(defaults).toEqual({ maxLength: 5 })
  })

  it('makes no option unknown or invalid', async () => {
    for (const members of [
      { issuer: 'x' },
      { schema: {} },
      { algorithms: ['none'] },
      { maxLength: 1 },
      { maxAge: 0 },
      { required: ['x'] },
    ]) {
      expect(await polluted(members, () => verify(token, key, {}))).toMatchObject({ claims: { sub: 'u1' } })
    }
  })

  it.each<readonly [string, Record<string, unknown>, object]>([
    ['exp', { exp: 4_000_000_000 }, {}],
    ['iss', { iss: 'a' }, { issuer: 'a', requireExp: false }],
    ['aud', { aud: 'a' }, { audience: 'a', requireExp: false }],
    ['typ', { typ: 'at+jwt' }, { type: 'at+jwt', requireExp: false }],
    ['role', { role: 'admin' }, { required: 'role', requireExp: false }],
  ])('does not replace a missing claim: %s', async (claim, members, options) => {
    const bare = await polluted(members, async () => {
      return verify(claim === 'typ' ? await sign({}, key, { expiresIn: 'never', type: 'x' }) : eternal, key, options)
    })
    expect(bare).toBeInstanceOf(JwtClaimError)
    expect(bare).toMatchObject({ claim })
  })

  it('causes no claim to be rejected', async () => {
    for (const members of [{ nbf: 4_000_000_000 }, { aud: 'someone' }, { iss: 5 }, { exp: 'soon' }, { crit: [] }, { cty: 'JWT' }]) {
      expect(await polluted(members, () => verify(token, key))).toMatchObject({ claims: { sub: 'u1' } })
    }
  })

  it('does not replace a missing kid', async () => {
    expect(await polluted({ kid: 'other' }, () => verify(token, [named('a'), named('b')]))).toMatchObject({ key: { kid: 'a' } })
    expect(await polluted({ kid: 'other' }, () => createKey(SECRET))).toMatchObject({ kid: undefined })
    expect(await polluted({ kid: 'other' }, () => createKey({ kty: 'oct', k: 'A'.repeat(43) }))).toMatchObject({ kid: undefined })
  })

  it('does not complete a JWK', async () => {
    const members = { kty: 'oct', k: 'A'.repeat(43) }
    expect(await polluted(members, () => createKey({}))).toBeInstanceOf(TypeError)
  })

  it('does not replace a missing alg', async () => {
    const segment = base64url('{"typ":"JWT"}')
    const error = await polluted({ alg: 'HS256' }, () => verify(token.replace(/^[^.]+/, segment), key))
    expect(error).toMatchObject({ code: 'ERR_JWT_MALFORMED' })
  })

  it('gives sign neither an option nor a claim', async () => {
    expect(await polluted({ expiresIn: '1h' }, () => sign({}, key, {} as never))).toBeInstanceOf(TypeError)
    expect(await polluted({ exp: 4_000_000_000 }, () => sign({}, key, {} as never))).toBeInstanceOf(TypeError)
    for (const members of [
      { exp: 4_000_000_000, nbf: 1, aud: 'x' },
      { exp: new Date(4e12), nbf: new Date(4e12) },
      { notBefore: 60, type: 'x', kid: 'x', header: { x: 1 } },
    ]) {
      const signed = await polluted(members, () => sign({ iat: 5 }, key, { expiresIn: 'never' }))
      expect(decodeUnverified(String(signed))).toEqual({ header: { alg: 'HS256', typ: 'JWT' }, claims: { iat: 5 } })
    }
  })

  it('gives secondsLeft neither an option nor a claim', async () => {
    expect(await polluted({ exp: 4_000_000_000 }, () => secondsLeft(decodeUnverified(eternal)))).toBe(Infinity)
    expect(await polluted({ now: () => new Date(8e15) }, () => secondsLeft(jwt))).toBeGreaterThan(3000)
  })
})
