import * as hs256 from 'hs256'
import { describe, expect, it } from 'vitest'
import { BASE, CLAIMS, CLASSES, classesOf, KINDS, raise, SECRET, tokenOf, type ClassName, type Kind } from './support/error-kinds.ts'
import { failure } from './support/outcome.ts'
import { whilePolluted } from './support/polluted.ts'

const { decodeUnverified } = hs256

describe.each(KINDS)('$what', (kind) => {
  it('has its own class, code and name', async () => {
    const error = await raise(kind)
    expect(classesOf(error)).toEqual(CLASSES.filter((name) => kind.is.includes(name)))
    expect(error).toBeInstanceOf(Error)
    expect(Object.prototype.toString.call(error)).toBe('[object Error]')
    expect(error).toMatchObject({ code: kind.code, name: kind.is[0], ...kind.members })
    expect(error.constructor).toBe(hs256[kind.is[0] as ClassName])
    expect(String(error)).toBe(`${String(kind.is[0])}: ${error.message}`)
  })

  it('has nothing enumerable except code, claim and reason', async () => {
    const error = await raise(kind)
    const names = kind.members === undefined ? ['code'] : ['claim', 'code', 'reason']
    expect(Object.keys(error).sort()).toEqual(names)
  })
})

describe('instanceof', () => {
  class Secretive {
    readonly #name = 'JwtError'
    get name(): string {
      return this.#name
    }
  }
  const thrower = Object.create(null, { name: { get: () => expect.fail('asked') } }) as object

  it.each<readonly [string, unknown]>([
    ...[undefined, null, 'JwtError', 5, 5n, Symbol('JwtError')].map((value) => [String(value), value] as const),
    ['a plain object', { name: 'JwtError', code: 'ERR_JWT_MALFORMED', message: 'x' }],
    ['an object without a prototype', Object.create(null)],
    ['a list', []],
    ['a function', () => 5],
    ['an Error', new Error('x')],
    ['a TypeError', new TypeError('x')],
    ['an Error with the same name', Object.assign(new Error('x'), { name: 'JwtError', code: 'ERR_JWT_MALFORMED' })],
    ['an aborted fetch', new DOMException('aborted', 'AbortError')],
    ['a File', new File([], 'JwtError')],
    ['an object whose name is private', new Secretive()],
    ['a class', hs256.JwtExpiredError],
    ['the prototype of the base class', hs256.JwtError.prototype],
    ['an object whose class is called so', new (class JwtError {})()],
    ['an object whose constructor is a mark', { constructor: { jwtErrorName: 'JwtError' } }],
    ['a prototype whose name throws', Object.create(thrower)],
  ])('is false for %s', (_name, value) => {
    expect(classesOf(value)).toEqual([])
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
      // prettier-ignore
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
    const error = await raise(KINDS.find(({ what }) => what === kind) as Kind)
    if (!(error instanceof hs256.JwtClaimError)) throw error
    for (const name of ['claims', 'issues', 'expiredAt', 'validFrom']) expect(Object.getOwnPropertyNames(error)).not.toContain(name)
    return error
  }

  it('has the claims, and the issues of a schema', async () => {
    const error = await hidden('a schema that rejects')
    expect(error.claims()).toEqual(CLAIMS)
    expect(error.issues()?.[0]?.message).toContain('l34k-role')
    expect((await hidden('another issuer')).claims()).toEqual(CLAIMS)
    expect((await hidden('another issuer')).issues()).toBeUndefined()
    expect((await hidden('a claim of the wrong type')).claims()).toEqual({ ...CLAIMS, sub: ['l34k-sub'] })
  })

  it('has no claims if a number in them was rounded', async () => {
    expect((await hidden('a number of 2^53 or more')).claims()).toBeUndefined()
  })

  it('has expiredAt for exp, and for maxAge', async () => {
    const [late, old] = [await hidden('past exp'), await hidden('past maxAge')]
    expect(late).toMatchObject({ expiredAt: new Date(1_712_345_679_000) })
    expect(late.claims()).toEqual({ ...CLAIMS, exp: 1_712_345_679 })
    expect(old).toMatchObject({ expiredAt: new Date(1_712_345_678_000 + 3_600_000) })
    expect(old.claims()).toEqual(CLAIMS)
  })

  it('has validFrom for nbf, and for iat', async () => {
    for (const name of ['nbf', 'iat']) {
      const error = await hidden(`before ${name}`)
      expect(error).toMatchObject({ validFrom: new Date(4_012_345_670_000) })
      expect(error.claims()).toEqual({ ...CLAIMS, [name]: 4_012_345_670 })
    }
  })

  it('is also thrown by decodeUnverified', () => {
    const error = failure(() => decodeUnverified(tokenOf({ ...CLAIMS, sub: 5 }, { alg: 'RS256' })))
    expect(error).toBeInstanceOf(hs256.JwtClaimError)
    expect(error).toMatchObject({ code: 'ERR_JWT_CLAIM', claim: 'sub', reason: 'invalid' })
    expect((error as InstanceType<typeof hs256.JwtClaimError>).claims()).toEqual({ ...CLAIMS, sub: 5 })
  })
})

describe('JwtKeyNotFoundError', () => {
  const missing = async (header: object, keys: Parameters<typeof hs256.verify>[1]): Promise<unknown> => {
    const error: unknown = await hs256.verify(tokenOf(CLAIMS, header), keys, BASE).catch((reason: unknown) => reason)
    if (!(error instanceof hs256.JwtKeyNotFoundError)) throw error
    expect(Object.getOwnPropertyNames(error)).not.toContain('kid')
    return error.kid()
  }

  it('has the kid of the token, if it has one', async () => {
    const others = ['a', 'b'].map((kid) => hs256.createKey(SECRET, { kid }))
    expect(await missing({ kid: 'c' }, others)).toBe('c')
    expect(await missing({ kid: '' }, others)).toBe('')
    expect(await missing({ kid: 'c' }, () => undefined)).toBe('c')
    expect(await missing({ kid: 'c' }, () => others)).toBe('c')
    expect(await missing({ kid: undefined }, () => undefined)).toBeUndefined()
    expect(new hs256.JwtKeyNotFoundError('no key matches the token').kid()).toBeUndefined()
  })
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

  it('does not recognize a third-party class of the same name, which lacks the mark', () => {
    const JwtError = class JwtError extends Error {}
    class JwtExpiredError extends JwtError {
      static readonly jwtErrorName: unknown = true
    }
    for (const foreign of [new JwtError('x'), new JwtExpiredError('x')]) expect(classesOf(foreign)).toEqual([])
    expect(new hs256.JwtExpiredError('x', { claim: 'exp', reason: 'expired' }) instanceof JwtExpiredError).toBe(false)
  })

  it('can be given another name, like any other error', () => {
    const error = new hs256.JwtSignatureError('x')
    for (const name of ['Unauthorized', 'Forbidden']) {
      error.name = name
      expect(error.name).toBe(name)
    }
    expect(error).toBeInstanceOf(hs256.JwtError)
    expect(Reflect.deleteProperty(error, 'name')).toBe(true)
    expect(error.name).toBe('JwtSignatureError')
  })
})
