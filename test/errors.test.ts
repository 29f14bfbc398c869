import * as hs256 from 'hs256'
import { describe, expect, it } from 'vitest'
import { BASE, CLAIMS, CLASSES, classesOf, KINDS, NEEDLE, raise, SECRET, tokenOf } from './support/error-kinds.ts'
import { outcome } from './support/outcome.ts'
import { whilePolluted } from './support/polluted.ts'

describe.each(KINDS)('$what', (kind) => {
  const { is, code, claim, reason } = kind

  it('has its own class, code and name', async () => {
    const error = await raise(kind)
    expect(classesOf(error)).toEqual(CLASSES.filter((name) => is.includes(name)))
    expect(error).toBeInstanceOf(Error)
    expect(Object.prototype.toString.call(error)).toBe('[object Error]')
    expect(error).toMatchObject({ code, name: is[0], ...(claim !== undefined && { claim, reason }) })
    expect(error.constructor).toBe(hs256[is[0]])
    expect(String(error)).toBe(`${is[0]}: ${error.message}`)
  })

  it('has nothing enumerable except code, claim and reason', async () => {
    expect(Object.keys(await raise(kind)).sort()).toEqual(claim === undefined ? ['code'] : ['claim', 'code', 'reason'])
  })
})

describe('instanceof', () => {
  const thrower = Object.create(null, { name: { get: () => expect.fail('asked') } }) as object

  it('is false for whatever else is called so', () => {
    const named = { name: 'JwtError', code: 'ERR_JWT_MALFORMED', message: 'x' }
    const primitives = [undefined, null, 'JwtError', 5, 5n, Symbol('JwtError')]
    const objects: readonly unknown[] = [named, Object.create(null), [], () => 5, Object.create(thrower)]
    const errors = [Object.assign(new Error('x'), named), new DOMException('aborted', 'AbortError')]
    const JwtError = class JwtError extends Error {}
    class JwtExpiredError extends JwtError {
      static readonly jwtErrorName: unknown = true
    }
    const foreign = [new JwtError('x'), new JwtExpiredError('x')] // of a third party, without the mark
    const marks = [hs256.JwtExpiredError, hs256.JwtError.prototype, { constructor: { jwtErrorName: 'JwtError' } }]
    expect([...primitives, ...objects, ...errors, ...foreign, ...marks].flatMap((value) => classesOf(value))).toEqual([])
  })

  it('recognizes an application’s subclass', async () => {
    class Revoked extends hs256.JwtClaimError {}
    class Renamed extends hs256.JwtClaimError {
      override get name(): string {
        return 'Renamed'
      }
    }
    const details = { claim: 'jti', reason: 'invalid' } as const
    for (const [Own, Other, name] of [
      [Revoked, Renamed, 'JwtClaimError'],
      [Renamed, Revoked, 'Renamed'],
    ] as const) {
      const error = new Own('token is revoked', details)
      expect(classesOf(error)).toEqual(['JwtError', 'JwtClaimError'])
      expect([error instanceof Own, error instanceof Other]).toEqual([true, false])
      expect(error).toMatchObject({ name, code: 'ERR_JWT_CLAIM', ...details })
      for (const kind of KINDS) expect(await raise(kind)).not.toBeInstanceOf(Own)
    }
  })
})

describe('JwtClaimError', () => {
  const hidden = async (kind: string): Promise<InstanceType<typeof hs256.JwtClaimError>> => {
    const error = await raise(kind)
    if (!(error instanceof hs256.JwtClaimError)) throw error
    for (const name of ['claims', 'issues', 'expiredAt', 'validFrom']) expect(Object.getOwnPropertyNames(error)).not.toContain(name)
    return error
  }

  it('has the claims, and the issues of a schema', async () => {
    const error = await hidden('a schema that rejects')
    expect(error.claims()).toEqual(CLAIMS)
    expect(error.issues()?.[0]?.message).toContain(NEEDLE)
    expect((await hidden('another issuer')).claims()).toEqual(CLAIMS)
    expect((await hidden('another issuer')).issues()).toBeUndefined()
    expect((await hidden('a claim of the wrong type')).claims()).toEqual({ ...CLAIMS, sub: [NEEDLE] })
  })

  it.each([
    ['an expired token', { expiredAt: new Date(1_712_345_679_000) }, { exp: 1_712_345_679 }],
    ['past maxAge', { expiredAt: new Date(1_712_345_678_000 + 3_600_000) }, {}],
    ['before nbf', { validFrom: new Date(4_012_345_670_000) }, { nbf: 4_012_345_670 }],
    ['before iat', { validFrom: new Date(4_012_345_670_000) }, { iat: 4_012_345_670 }],
  ])('has the claims and the time: %s', async (kind, time, claims) => {
    const error = await hidden(kind)
    expect(error).toMatchObject(time)
    expect(error.claims()).toEqual({ ...CLAIMS, ...claims })
  })
})

it('JwtKeyNotFoundError has the kid of the token, if it has one', async () => {
  const others = ['a', 'b'].map((kid) => hs256.createKey(SECRET, { kid }))
  const missing = async (kid: string | undefined, keys: Parameters<typeof hs256.verify>[1]): Promise<unknown> => {
    const error = await outcome(() => hs256.verify(tokenOf({}, { kid }), keys, BASE))
    if (!(error instanceof hs256.JwtKeyNotFoundError)) throw error
    expect(Object.getOwnPropertyNames(error)).not.toContain('kid')
    return error.kid()
  }
  expect(await missing('c', others)).toBe('c')
  expect(await missing('', others)).toBe('')
  expect(await missing('c', () => undefined)).toBe('c')
  expect(await missing('c', () => others)).toBe('c')
  expect(await missing(undefined, () => undefined)).toBeUndefined()
  expect(new hs256.JwtKeyNotFoundError('no key matches the token').kid()).toBeUndefined()
})

describe('JwtError', () => {
  it('has the name by which it is exported, like every class of an error', () => {
    expect(CLASSES.map((name) => hs256[name].name)).toEqual(CLASSES)
    expect(Object.keys(hs256).filter((name) => name.startsWith('Jwt'))).toEqual([...CLASSES].sort())
  })

  it('has no getter that reveals more than a time: loggers and test reporters run getters', async () => {
    const getters = new Set<string>()
    for (const kind of KINDS) {
      let at: object = await raise(kind)
      for (; !Object.hasOwn(at, 'toString'); at = Object.getPrototypeOf(at) as object)
        for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(at))) if (property.get) getters.add(name)
    }
    getters.delete('stack') // of some engines
    expect([...getters].sort()).toEqual(['expiredAt', 'name', 'validFrom'])
  })

  it('has no member inherited from Object.prototype', async () => {
    await whilePolluted({ claims: { sub: 'lent' }, issues: [{ message: 'lent' }], instant: 5 }, () => {
      const error = new hs256.JwtExpiredError('x', { claim: 'exp', reason: 'expired' })
      expect([error.claims(), error.issues(), Number(error.expiredAt)]).toEqual([undefined, undefined, NaN])
    })
  })

  it.each<readonly [string, unknown]>([
    ['a class in JSON', { jwtErrorName: 'JwtError', prototype: {} }],
    ['a string', 'JwtError'],
    ['true', true],
    ['null', null],
  ])('does not recognize other values if Object.prototype.constructor is %s', (_what, constructor) => {
    const before = Object.getOwnPropertyDescriptor(Object.prototype, 'constructor') as PropertyDescriptor
    const values = [{}, [], new Error('x'), new Map(), Object.create({}) as unknown, Object.create({ get constructor() { return 'x' } }) as unknown] // prettier-ignore
    Object.assign(Object.prototype, { constructor, jwtErrorName: 'JwtError', value: { jwtErrorName: 'JwtError' } })
    const isJwtError = values.map((value) => CLASSES.some((name) => value instanceof hs256[name]))
    for (const name of ['jwtErrorName', 'value']) Reflect.deleteProperty(Object.prototype, name)
    Object.defineProperty(Object.prototype, 'constructor', before)
    expect(isJwtError).toEqual(values.map(() => false))
  })

  it('can be given another name, like any other error', () => {
    const error = new hs256.JwtSignatureError('x')
    for (const name of ['Unauthorized', 'Forbidden']) expect(Object.assign(error, { name }).name).toBe(name)
    expect(error).toBeInstanceOf(hs256.JwtError)
    expect(Reflect.deleteProperty(error, 'name')).toBe(true)
    expect(error.name).toBe('JwtSignatureError')
  })
})
