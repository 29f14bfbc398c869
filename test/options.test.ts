/**
 * What each option may be, and what not; that a prepared function rejects the same as `sign` and `verify`, when it is made; and that a
 * polluted `Object.prototype` sets no option. messages.test.ts has the words, and the advice for options that are unknown.
 */
import { createKey, decodeUnverified, JwtError, secondsLeft, type JwtKey } from 'hs256'
import { describe, expect, it } from 'vitest'
import { defineOptions, readCount } from '../src/options.ts'
import { createSigner, createVerifier, sign, verify } from './support/engine.ts'
import { forge, SECRET } from './support/forge.ts'
import { INSTANTS, instantOf } from './support/instants.ts'
import { failure, outcome } from './support/outcome.ts'
import { whilePolluted } from './support/polluted.ts'

const key = createKey(SECRET)
const token = forge({ sub: 'u1', iat: Date.now() / 1000, exp: 4_000_000_000 }, { alg: 'HS256', typ: 'JWT' })
const forOrders = forge({ sub: 'u1', aud: 'orders', exp: 4_000_000_000 })
const eternal = forge({ sub: 'u1' })
const jwt = decodeUnverified(token)

/** Each function as JavaScript calls it, unchecked, with these options and otherwise fine arguments. */
const call: Readonly<Record<string, (options: unknown) => unknown>> = {
  createKey: (options) => createKey(SECRET, options as never),
  sign: (options) => sign((Object.hasOwn(options ?? {}, 'expiresIn') ? {} : { exp: 4_000_000_000 }) as never, key, options as never),
  verify: (options) => verify(token, key, options as never),
  secondsLeft: (options) => secondsLeft(jwt, options as never),
}

/** The functions that are made once with the options of another one. */
const make: Readonly<Record<string, (options: unknown) => () => Promise<unknown>>> = {
  sign: (options) => createSigner(key, options as never).bind(undefined, {} as never),
  verify: (options) => createVerifier(key, options as never).bind(undefined, token),
}

const isMistake = (error: unknown): boolean => (error instanceof TypeError || error instanceof RangeError) && !(error instanceof JwtError)

/** Expects the error of a caller's mistake, and the same one when a prepared function is made with these options. */
async function expectMistake(name: string, options: unknown, words = ''): Promise<void> {
  const error = await outcome(() => call[name]?.(options))
  expect(isMistake(error), String(error)).toBe(true)
  expect(String(error)).toContain(words)
  if (make[name] === undefined) return
  const made = failure(() => make[name]?.(options))
  const isClock = typeof (options as { readonly now?: unknown } | null)?.now === 'function' // what it returns is checked each time
  const atOnce = String(isClock ? await outcome(made as () => unknown) : made)
  expect(atOnce.replace(/, remember$/, '')).toBe(String(error)) // an option that only the prepared functions have
}

class Settings {
  readonly issuer = 'https://auth.example'
}

/** What none of the options takes, whichever it is. */
const NEVER = [undefined, null, [], {}, NaN, -1, -Infinity, Infinity, '', /x/, /x/g, Symbol('x'), 5n, new Map(), Promise.resolve('x')]
const NO_TEXT = [...NEVER, 0, 5, true, false, Object('a'), new Date(0), (): string => 'a']
const TEXT = [...NO_TEXT, ['a']]
const TEXTS = [...NO_TEXT, [''], [null], ['a', 5], ['a', undefined], ['a', /a/], [['a']], { 0: 'a', length: 1 }, new Set(['a'])]
const FLAG = [...NEVER, 0, 1, 'true', 'false', Object(true), (): boolean => true]
const WORDS = '15 minutes|15M| 15m|15m |15m\n|1.5h|1h30m|900ms|1y|-15m|+15m|1e3s|0x10s|15|m|١m|999999999999w'.split('|')
const NO_LIFETIME = [...NEVER, ...WORDS, Object(5), [5], ['5m'], true, new Date(0), instantOf(0), 86_400.5, 86_401, 3_600_000]
const DURATION = [...NO_LIFETIME, 'never']
const TOLERANCE = [...DURATION, 600.5, 601, '601s', '11m', 5000]
const NO_INSTANTS = [undefined, 1_767_225_600, '2026-01-01', new Date(NaN), new Date(8.64e15), instantOf(NaN), instantOf(8.64e15)]
const NO_CLOCKS = [...NO_INSTANTS, { epochMilliseconds: 0 }, Promise.resolve(new Date(0))].map((value) => (): unknown => value)
const CLOCK = [...NEVER, 0, 5, new Date(0), '2026-01-01', instantOf(0), Date.now, ...NO_CLOCKS]
const CLOCKS = INSTANTS.flatMap(([, of]) => [(): unknown => of(Date.now())])
const LENGTH = [...NEVER, 0, -0, 0.5, 1.5, '5', 2 ** 53, [5], Object(5), true]
const standard = { version: 1, vendor: 'test', validate: (value: unknown): unknown => ({ value }) }
const NO_STANDARDS = [null, {}, { ...standard, version: 2 }, { ...standard, version: '1' }, { ...standard, validate: true }]
const NO_SCHEMAS = [true, 5, 'schema', (): boolean => true, { validate: standard.validate }]
const SCHEMA = [...NEVER, ...NO_SCHEMAS, ...NO_STANDARDS.map((value) => ({ '~standard': value }))]
const NO_HEADERS = [{ alg: 'none' }, { kid: 'a' }, { a: 5n }, { a: 2 ** 53 }, { cty: 'JWT' }, { a: [{ b: NaN }] }, new Settings()]
const HEADER = [...NEVER.filter((value) => Object.prototype.toString.call(value) !== '[object Object]'), ...NO_HEADERS]

const OPTIONS: readonly (readonly [name: string, option: string, bad: readonly unknown[], good: readonly unknown[]])[] = [
  ['createKey', 'kid', TEXT, ['a', ' ', '__proto__']],
  ['sign', 'expiresIn', [...NO_LIFETIME, 0, 0.5, 0.999], ['never', 1, '5m', 86_400, '7d']],
  ['sign', 'notBefore', DURATION, [0, 0.5, '5m', 86_400, '7d']],
  ['sign', 'type', TEXT, ['JWT', 'at+jwt']],
  ['sign', 'header', HEADER, [{}, { a: 1 }]],
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
  ['verify', 'allowMistyped', TEXTS, []],
  ['secondsLeft', 'now', CLOCK, CLOCKS],
]

describe.each(OPTIONS)('%s: option %s', (name, option, bad, good) => {
  it('is rejected by name if it is undefined, empty or of the wrong type', async () => {
    for (const value of bad) await expectMistake(name, { ...(name === 'sign' && { expiresIn: '1h' }), [option]: value }, option)
  })

  it('is accepted if it has the right type', async () => {
    for (const value of good) {
      expect(await outcome(() => call[name]?.({ [option]: value }))).not.toBeInstanceOf(Error)
      expect(failure(() => make[name]?.({ [option]: value }))).not.toBeInstanceOf(Error)
    }
  })
})

describe.each(Object.keys(call))('the options of %s', (name) => {
  const run = (options: unknown): Promise<unknown> => outcome(() => call[name]?.(options))

  it('may be left out, undefined or empty', async () => {
    for (const options of [undefined, {}, Object.create(null)]) {
      expect(await run(options)).not.toBeInstanceOf(Error)
      expect(failure(() => make[name]?.(options))).not.toBeInstanceOf(Error)
    }
  })

  it('are rejected if they are not a plain object', async () => {
    const inherited = Object.assign(Object.create(null) as object, { kid: 'a' }) // by an object without a prototype
    const instances = [/x/, new Error('x'), new Map([['now', () => new Date()]]), new Settings(), new Date(0), key, Promise.resolve({})]
    const values = [null, [], 'RS256', 3600, true, () => ({}), ...instances, Object.create({ kid: 'a' }), Object.create(inherited)]
    for (const options of values) await expectMistake(name, options)
  })

  const INHERITED = ['constructor', 'toString', 'hasOwnProperty', '__proto__']
  it.each(['algorithms', 'ignoreExpiration', 'nonce', 'verify_aud', 'Issuer', 'issuer ', '', ...INHERITED])(
    'that are unknown are named: %j',
    async (option) => {
      const options = JSON.parse(`{${JSON.stringify(option)}:true}`) as unknown // so that __proto__ is an own member
      await expectMistake(name, options, `unknown option ${option}: ${INHERITED.includes(option) ? 'the options are ' : ''}`)
      await expectMistake(name, { [`${option}x`]: undefined }, `unknown option ${option}x: `)
    },
  )

  it('are all read, also hidden ones and those named by symbols', async () => {
    expect(String(await run(Object.defineProperty({}, 'issuers', { value: 'a' })))).toContain('unknown option issuers')
    expect(String(await run({ [Symbol('issuer')]: 'a' }))).toContain('unknown option Symbol(issuer)')
  })
})

describe('the option audience', () => {
  it('may stand beside ignoreAudience, if that is false', async () => {
    expect((await verify(forOrders, key, { audience: 'orders', ignoreAudience: false })).claims.aud).toBe('orders')
  })
})

describe('a polluted Object.prototype', () => {
  const polluted = (members: object, run: () => unknown): Promise<unknown> => whilePolluted(members, () => outcome(run))
  const named = (kid: string): JwtKey => createKey(SECRET, { kid })

  it.each<readonly [string, Record<string, unknown>, string, string | undefined]>([
    ['ignoreAudience', { ignoreAudience: true }, forOrders, 'aud'],
    ['audience', { audience: 'orders' }, forOrders, 'aud'],
    ['requireExp', { requireExp: false }, eternal, 'exp'],
    ['now', { now: () => new Date(0) }, eternal, 'exp'],
  ])('sets no option: %s', async (_name, members, refused, claim) => {
    expect(await polluted(members, () => verify(refused, key, {}))).toMatchObject({ code: 'ERR_JWT_CLAIM', claim })
  })

  it('loses no default to a setter', () => {
    Object.defineProperty(Object.prototype, 'maxLength', { set: () => {}, configurable: true })
    const { defaults } = defineOptions({ maxLength: [readCount, 5] })
    Reflect.deleteProperty(Object.prototype, 'maxLength')
    expect(defaults).toEqual({ maxLength: 5 })
  })

  it('makes no option unknown or invalid', async () => {
    const options = { issuer: 'x', schema: {}, algorithms: ['none'], maxLength: 1, maxAge: 0, required: ['x'] }
    for (const [name, value] of Object.entries(options))
      expect(await polluted({ [name]: value }, () => verify(token, key, {}))).toMatchObject({ claims: { sub: 'u1' } })
  })

  it.each<readonly [string, Record<string, unknown>, object]>([
    ['exp', { exp: 4_000_000_000 }, {}],
    ['iss', { iss: 'a' }, { issuer: 'a', requireExp: false }],
    ['aud', { aud: 'a' }, { audience: 'a', requireExp: false }],
    ['typ', { typ: 'at+jwt' }, { type: 'at+jwt', requireExp: false }],
    ['role', { role: 'admin' }, { required: 'role', requireExp: false }],
  ])('does not replace a missing claim: %s', async (claim, members, options) => {
    const error = await polluted(members, () => verify(eternal, key, options))
    expect(error).toMatchObject({ code: 'ERR_JWT_CLAIM', claim, reason: 'missing' })
  })

  it('causes no claim to be rejected', async () => {
    for (const members of [{ nbf: 4_000_000_000 }, { aud: 'someone' }, { iss: 5 }, { exp: 'soon' }, { crit: [] }, { cty: 'JWT' }])
      expect(await polluted(members, () => verify(token, key))).toMatchObject({ claims: { sub: 'u1' } })
  })

  it('does not replace a missing kid', async () => {
    expect(await polluted({ kid: 'other' }, () => verify(token, [named('a'), named('b')]))).toMatchObject({ key: { kid: 'a' } })
    expect(await polluted({ kid: 'other' }, () => createKey(SECRET))).toMatchObject({ kid: undefined })
    expect(await polluted({ kid: 'other' }, () => createKey({ kty: 'oct', k: 'A'.repeat(43) }))).toMatchObject({ kid: undefined })
  })

  it('does not complete a JWK, and does not replace a missing alg', async () => {
    expect(await polluted({ kty: 'oct', k: 'A'.repeat(43) }, () => createKey({}))).toBeInstanceOf(TypeError)
    const bare = forge(undefined, { typ: 'JWT' })
    expect(await polluted({ alg: 'HS256' }, () => verify(bare, key))).toMatchObject({ code: 'ERR_JWT_MALFORMED' })
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
