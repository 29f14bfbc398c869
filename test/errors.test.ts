import { createHmac } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { inspect } from 'node:util'
import { runInNewContext } from 'node:vm'
import { buildSync } from 'esbuild'
import * as hs256 from 'hs256'
import { describe, expect, it, vi } from 'vitest'

const { decodeUnverified, verify } = hs256

const SECRET = 's3cret-of-more-than-thirty-two-bytes'
const CLAIMS = {
  sub: 'l34k-sub',
  iss: 'l34k-iss',
  aud: 'l34k-aud',
  jti: 'l34k-jti',
  role: 'l34k-role',
  exp: 4_012_345_678,
  iat: 1_712_345_678,
}
const CLASSES = [
  'JwtError',
  'JwtMalformedError',
  'JwtAlgorithmError',
  'JwtKeyNotFoundError',
  'JwtSignatureError',
  'JwtClaimError',
  'JwtExpiredError',
  'JwtNotYetValidError',
] as const
type ClassName = (typeof CLASSES)[number]
type Library = typeof hs256

/** A token with these members, whose MAC is right unless the secret is another. */
function forge(claims: object, header: object = {}, secret = SECRET): string {
  const input = [{ alg: 'HS256', kid: 'l34k-kid', ...header }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
}

const quoting = {
  '~standard': {
    version: 1,
    vendor: 'test',
    validate: (value: unknown) => ({ issues: [{ message: `refused ${JSON.stringify(value)}`, path: ['role'] }] }),
  },
} as const

interface Kind {
  readonly what: string
  readonly is: readonly ClassName[]
  readonly code: string
  readonly token: string
  readonly members?: object
  readonly options?: object
  readonly kid?: string
}

const BASE = { audience: 'l34k-aud' }
const claim = (name: string, reason: string): object => ({ claim: name, reason })
const MALFORMED = { is: ['JwtMalformedError', 'JwtError'], code: 'ERR_JWT_MALFORMED' } as const
const CLAIM = { is: ['JwtClaimError', 'JwtError'], code: 'ERR_JWT_CLAIM' } as const
const EXPIRED = { is: ['JwtExpiredError', 'JwtClaimError', 'JwtError'], code: 'ERR_JWT_EXPIRED' } as const
const EARLY = { is: ['JwtNotYetValidError', 'JwtClaimError', 'JwtError'], code: 'ERR_JWT_NOT_YET_VALID' } as const

const KINDS: readonly Kind[] = [
  { what: 'two segments', ...MALFORMED, token: forge(CLAIMS).replace(/\.[^.]*$/, '') },
  { what: 'padding', ...MALFORMED, token: `${forge(CLAIMS)}=` },
  {
    what: 'a header that is no JSON',
    ...MALFORMED,
    token: forge(CLAIMS).replace(/^[^.]*/, Buffer.from('{"alg":l34k-alg}').toString('base64url')),
  },
  { what: 'an alg that is no text', ...MALFORMED, token: forge(CLAIMS, { alg: ['l34k-alg'] }) },
  { what: 'crit', ...MALFORMED, token: forge(CLAIMS, { crit: ['l34k-crit'] }) },
  { what: 'a payload that is no object', ...MALFORMED, token: forge(['l34k-list']) },
  { what: 'too long', ...MALFORMED, token: forge(CLAIMS), options: { maxLength: 10 } },
  { what: 'another alg', is: ['JwtAlgorithmError', 'JwtError'], code: 'ERR_JWT_ALGORITHM', token: forge(CLAIMS, { alg: 'l34k-alg' }) },
  { what: 'another kid', is: ['JwtKeyNotFoundError', 'JwtError'], code: 'ERR_JWT_KEY_NOT_FOUND', token: forge(CLAIMS), kid: 'mine' },
  { what: 'another MAC', is: ['JwtSignatureError', 'JwtError'], code: 'ERR_JWT_SIGNATURE', token: forge(CLAIMS, {}, 'another') },
  { what: 'a claim of the wrong type', ...CLAIM, token: forge({ ...CLAIMS, sub: ['l34k-sub'] }), members: claim('sub', 'invalid') },
  { what: 'milliseconds', ...CLAIM, token: forge({ ...CLAIMS, exp: 4_012_345_678_000 }), members: claim('exp', 'invalid') },
  { what: 'no exp', ...CLAIM, token: forge({ ...CLAIMS, exp: undefined }), members: claim('exp', 'missing') },
  { what: 'another issuer', ...CLAIM, token: forge(CLAIMS), options: { ...BASE, issuer: 'x' }, members: claim('iss', 'mismatch') },
  { what: 'another audience', ...CLAIM, token: forge(CLAIMS), options: { audience: 'x' }, members: claim('aud', 'mismatch') },
  { what: 'an unexpected audience', ...CLAIM, token: forge(CLAIMS), options: {}, members: claim('aud', 'mismatch') },
  { what: 'another subject', ...CLAIM, token: forge(CLAIMS), options: { ...BASE, subject: 'x' }, members: claim('sub', 'mismatch') },
  {
    what: 'another typ',
    ...CLAIM,
    token: forge(CLAIMS, { typ: 'l34k-typ' }),
    options: { ...BASE, type: 'x' },
    members: claim('typ', 'mismatch'),
  },
  {
    what: 'no required claim',
    ...CLAIM,
    token: forge(CLAIMS),
    options: { ...BASE, required: 'tenant' },
    members: claim('tenant', 'missing'),
  },
  {
    what: 'a schema that refuses',
    ...CLAIM,
    token: forge(CLAIMS),
    options: { ...BASE, schema: quoting },
    members: claim('role', 'invalid'),
  },
  { what: 'past exp', ...EXPIRED, token: forge({ ...CLAIMS, exp: 1_712_345_679 }), members: claim('exp', 'expired') },
  { what: 'past maxAge', ...EXPIRED, token: forge(CLAIMS), options: { ...BASE, maxAge: '1h' }, members: claim('iat', 'expired') },
  { what: 'before nbf', ...EARLY, token: forge({ ...CLAIMS, nbf: 4_012_345_670 }), members: claim('nbf', 'early') },
  { what: 'before iat', ...EARLY, token: forge({ ...CLAIMS, iat: 4_012_345_670 }), members: claim('iat', 'early') },
]

async function raise(kind: Kind, library: Library = hs256): Promise<Error> {
  const named = library.createKey(SECRET, kind.kid === undefined ? {} : { kid: kind.kid })
  const error: unknown = await library.verify(kind.token, named, kind.options ?? BASE).catch((reason: unknown) => reason)
  return error as Error
}

/** What an error says of its classes: the names of those it is an instance of. */
const classesOf = (error: unknown, library: Library = hs256): readonly string[] => CLASSES.filter((name) => error instanceof library[name])

async function importAnotherCopy(): Promise<Library> {
  vi.resetModules()
  return import('hs256')
}

/** A minified copy in another realm, with nothing of ours but the functions that are no part of the language. */
function loadInAnotherRealm(): Library {
  const entry = fileURLToPath(new URL('../src/index.ts', import.meta.url))
  const { outputFiles } = buildSync({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format: 'iife',
    globalName: 'library',
    target: 'es2022',
    write: false,
  })
  return runInNewContext(`${String(outputFiles[0]?.text)};library`, { TextEncoder, TextDecoder, crypto }) as Library
}

describe.each(KINDS)('$what', (kind) => {
  it('is an error of its class, code and name', async () => {
    const error = await raise(kind)
    expect(classesOf(error)).toEqual(CLASSES.filter((name) => kind.is.includes(name)))
    expect(error).toBeInstanceOf(Error)
    expect(Object.prototype.toString.call(error)).toBe('[object Error]')
    expect(error).toMatchObject({ code: kind.code, name: kind.is[0], ...kind.members })
    expect(error.constructor).toBe(hs256[kind.is[0] as ClassName])
    expect(error.stack).toMatch(new RegExp(`^${String(kind.is[0])}: ${error.message.slice(0, 5)}`))
    expect(String(error)).toBe(`${String(kind.is[0])}: ${error.message}`)
  })

  it('shows no token, segment, key or value of a claim', async () => {
    const error = await raise(kind)
    const shown = [
      error.message,
      String(error.stack),
      String(error),
      inspect(error),
      inspect(error, { showHidden: true, depth: 10, maxStringLength: null }),
      inspect({ error: [error] }, { depth: 10 }),
      JSON.stringify(error),
      JSON.stringify(Object.entries(error)),
      ...Object.getOwnPropertyNames(error).map((name) =>
        inspect((error as unknown as Record<string, unknown>)[name], { showHidden: true, depth: 10 }),
      ),
      ...Object.getOwnPropertySymbols(error).map(String),
    ].join('\n')
    expect(shown).not.toContain('l34k')
    expect(shown).not.toContain(SECRET)
    for (const value of [/\b[14]\d{9}/, /20(24|97)-/]) expect(shown).not.toMatch(value)
    for (const segment of [kind.token, ...kind.token.split('.')]) expect(shown).not.toContain(segment.slice(0, 20))
    expect(error.cause).toBeUndefined()
  })

  it('is an instance of the same classes of another copy', async () => {
    const other = await importAnotherCopy()
    expect(other.JwtError).not.toBe(hs256.JwtError)
    expect(classesOf(await raise(kind, other))).toEqual(classesOf(await raise(kind)))
    expect(classesOf(await raise(kind), other)).toEqual(classesOf(await raise(kind)))
  })

  it('has nothing enumerable but code, claim and reason', async () => {
    const error = await raise(kind)
    const names = kind.members === undefined ? ['code'] : ['claim', 'code', 'reason']
    expect(Object.keys(error).sort()).toEqual(names)
  })
})

describe('a copy in another realm, minified', () => {
  const foreign = loadInAnotherRealm()

  it.each(KINDS)('gives errors of the same classes and literal names: $what', async (kind) => {
    const error = await raise(kind, foreign)
    expect(error instanceof Error).toBe(false)
    expect(error.name).toBe(kind.is[0])
    expect(error.stack).toMatch(new RegExp(`^${String(kind.is[0])}: `))
    expect(classesOf(error)).toEqual(CLASSES.filter((name) => kind.is.includes(name)))
    expect(classesOf(await raise(kind), foreign)).toEqual(classesOf(error))
  })

  it('has keys of its own, refused here', async () => {
    await expect(verify(forge(CLAIMS), foreign.createKey(SECRET), BASE)).rejects.toThrow('copy of hs256')
    expect((await foreign.verify(forge(CLAIMS), foreign.createKey(SECRET), BASE)).claims.sub).toBe('l34k-sub')
  })
})

describe('instanceof', () => {
  class Secretive {
    readonly #name = 'JwtError'
    get name(): string {
      return this.#name
    }
  }

  it.each<readonly [string, unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['a text', 'JwtError'],
    ['a number', 5],
    ['a symbol', Symbol('JwtError')],
    ['a bigint', 5n],
    ['a plain object', { name: 'JwtError', code: 'ERR_JWT_MALFORMED', message: 'x' }],
    ['an object without a prototype', Object.create(null)],
    ['a list', []],
    ['a function', () => 5],
    ['an Error', new Error('x')],
    ['a TypeError', new TypeError('x')],
    ['an Error with the name', Object.assign(new Error('x'), { name: 'JwtError', code: 'ERR_JWT_MALFORMED' })],
    ['an Error of another realm', runInNewContext('new Error()')],
    ['an aborted fetch', new DOMException('aborted', 'AbortError')],
    ['a File', new File([], 'JwtError')],
    ['an object whose name is private', new Secretive()],
    ['a class', hs256.JwtExpiredError],
    ['the prototype of the base', hs256.JwtError.prototype],
    ['a prototype whose name throws', Object.create(Object.create(null, { name: { get: () => expect.fail('asked') } }) as object)],
  ])('is false for %s', (_name, value) => {
    expect(classesOf(value)).toEqual([])
  })

  it('respects a subclass of an application', async () => {
    class Revoked extends hs256.JwtClaimError {}
    class Renamed extends hs256.JwtClaimError {
      override get name(): string {
        return 'Renamed'
      }
    }
    const details = { claim: 'jti', reason: 'invalid' } as const
    const revoked = new Revoked('token is revoked', details)
    const renamed = new Renamed('token is revoked', details)
    expect(classesOf(revoked)).toEqual(['JwtError', 'JwtClaimError'])
    expect(classesOf(renamed)).toEqual(['JwtError', 'JwtClaimError'])
    expect(revoked).toBeInstanceOf(Revoked)
    expect(renamed).toBeInstanceOf(Renamed)
    expect(revoked).not.toBeInstanceOf(Renamed)
    expect(renamed).not.toBeInstanceOf(Revoked)
    expect(revoked).toMatchObject({ name: 'JwtClaimError', code: 'ERR_JWT_CLAIM', ...details })
    for (const kind of KINDS) {
      expect(await raise(kind)).not.toBeInstanceOf(Revoked)
      expect(await raise(kind)).not.toBeInstanceOf(Renamed)
    }
  })
})

describe('JwtClaimError', () => {
  const hidden = async (kind: string): Promise<InstanceType<typeof hs256.JwtClaimError>> => {
    const error = await raise(KINDS.find(({ what }) => what === kind) as Kind)
    if (!(error instanceof hs256.JwtClaimError)) throw error
    for (const name of ['claims', 'issues', 'expiredAt', 'validFrom']) {
      expect(Object.keys(error)).not.toContain(name)
      expect(Object.getOwnPropertyNames(error)).not.toContain(name)
    }
    return error
  }

  it('carries the claims, and the issues of a schema', async () => {
    const error = await hidden('a schema that refuses')
    expect(error.claims).toEqual(CLAIMS)
    expect(error.issues?.[0]?.message).toContain('l34k-role')
    expect((await hidden('another issuer')).claims).toEqual(CLAIMS)
    expect((await hidden('another issuer')).issues).toBeUndefined()
    expect((await hidden('a claim of the wrong type')).claims).toEqual({ ...CLAIMS, sub: ['l34k-sub'] })
  })

  it('carries expiredAt for exp, and for maxAge', async () => {
    expect(await hidden('past exp')).toMatchObject({ expiredAt: new Date(1_712_345_679_000), claims: { exp: 1_712_345_679 } })
    expect(await hidden('past maxAge')).toMatchObject({ expiredAt: new Date(1_712_345_678_000 + 3_600_000), claims: CLAIMS })
  })

  it('carries validFrom for nbf, and for iat', async () => {
    expect(await hidden('before nbf')).toMatchObject({ validFrom: new Date(4_012_345_670_000), claims: { nbf: 4_012_345_670 } })
    expect(await hidden('before iat')).toMatchObject({ validFrom: new Date(4_012_345_670_000), claims: { iat: 4_012_345_670 } })
  })

  it('comes from decodeUnverified too', () => {
    try {
      decodeUnverified(forge({ ...CLAIMS, sub: 5 }, { alg: 'RS256' }))
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(hs256.JwtClaimError)
      expect(error).toMatchObject({ code: 'ERR_JWT_CLAIM', claim: 'sub', reason: 'invalid', claims: { ...CLAIMS, sub: 5 } })
      expect(inspect(error, { showHidden: true })).not.toContain('l34k')
    }
  })
})

describe('JwtError', () => {
  it('is not what a text on Object.prototype makes of anything', () => {
    const prototype = Object.prototype as { jwtErrorName?: string }
    try {
      prototype.jwtErrorName = 'JwtError'
      expect(new Error('x') instanceof hs256.JwtError).toBe(false)
      expect({} instanceof hs256.JwtError).toBe(false)
    } finally {
      delete prototype.jwtErrorName
    }
  })

  it('may be given another name, as any error may', () => {
    const error = new hs256.JwtSignatureError('x')
    error.name = 'Unauthorized'
    expect(error.name).toBe('Unauthorized')
    expect(error).toBeInstanceOf(hs256.JwtError)
  })
})
