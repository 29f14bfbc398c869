import { type } from 'arktype'
import { createKey, type JwtClaimError, JwtExpiredError, JwtSignatureError, type StandardSchema } from 'hs256'
import * as v from 'valibot'
import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { sign, verify, waiting, waits } from './support/engine.ts'
import { forge, SECRET } from './support/forge.ts'
import { outcome } from './support/outcome.ts'
import { schemaOf } from './support/schemas.ts'

const key = createKey(SECRET)
const now = (): Date => new Date('2026-01-01T00:00:00Z')
const NOW = now().getTime() / 1000
const REGISTERED = { sub: 'u1', iat: NOW, exp: NOW + 60 }

const issue = (claims: object): Promise<string> => sign({ sub: 'u1', ...claims }, key, { expiresIn: 60, now })
const token = await issue({ role: 'admin', groups: ['ops'], level: '7' })

const check = async (schema: unknown, options: object = {}, signed: string = token): Promise<Readonly<Record<string, unknown>>> =>
  (await verify(signed, key, { now, schema: schema as StandardSchema, ...options })).claims as Readonly<Record<string, unknown>>
const refusal = (...call: Parameters<typeof check>): Promise<unknown> => outcome(() => check(...call))

const isUser = ({ role }: { readonly role: string }): boolean => role === 'user'
const prefix = (sub: string): string => `user:${sub}`
const pipeTo = <Value>(transform: (text: string) => Value) => v.pipe(v.string(), v.transform(transform))

/** The same schemas by each library. */
const LIBRARIES = {
  Zod: {
    strip: z.object({ role: z.enum(['admin', 'user']) }),
    wrong: z.object({ role: z.literal('user') }),
    whole: z.object({ role: z.string() }).refine(isUser),
    transform: z.object({ level: z.coerce.number(), sub: z.string().transform(prefix) }),
  },
  Valibot: {
    strip: v.object({ role: v.picklist(['admin', 'user']) }),
    wrong: v.object({ role: v.literal('user') }),
    whole: v.pipe(v.object({ role: v.string() }), v.check(isUser)),
    transform: v.object({ level: pipeTo(Number), sub: pipeTo(prefix) }),
  },
  ArkType: {
    strip: type({ '+': 'delete', role: "'admin' | 'user'" }),
    wrong: type({ role: "'user'" }),
    whole: type({ role: 'string' }).narrow((claims, context) => isUser(claims) || context.reject('a user')),
    transform: type({ '+': 'delete', level: 'string.integer.parse', sub: type('string').pipe(prefix) }),
  },
}

describe.each(Object.entries(LIBRARIES))('%s', (_name, schemas) => {
  it('removes unknown claims, but the registered ones stay', async () => {
    expect(await check(schemas.strip)).toEqual({ ...REGISTERED, role: 'admin' })
  })

  it('names the rejected claim by the first segment of the path', async () => {
    const error = (await refusal(schemas.wrong)) as JwtClaimError
    expect(error).toMatchObject({ code: 'ERR_JWT_CLAIM', claim: 'role', reason: 'invalid' })
    expect(error.claims()).toEqual({ ...REGISTERED, role: 'admin', groups: ['ops'], level: '7' })
    expect(error.issues()?.[0]?.message).toBeTypeOf('string')
    expect(await refusal(schemas.strip, {}, await issue({}))).toMatchObject({ claim: 'role', reason: 'invalid' })
  })

  it('names no claim if it rejects the claims as a whole', async () => {
    expect(await refusal(schemas.whole)).toMatchObject({ code: 'ERR_JWT_CLAIM', claim: undefined, reason: 'invalid' })
    expect(await check(schemas.whole, {}, await issue({ role: 'user' }))).toMatchObject({ role: 'user' })
  })

  it('may transform claims, and its output wins', async () => {
    expect(await check(schemas.transform)).toEqual({ ...REGISTERED, sub: 'user:u1', level: 7 })
  })
})

describe('a schema', () => {
  waiting('may answer with a promise', async () => {
    const inUse = (role: string): Promise<boolean> => Promise.resolve(role !== 'root')
    const zod = z.object({ role: z.string().refine(inUse) })
    const valibot = v.objectAsync({ role: v.pipeAsync(v.string(), v.checkAsync(inUse)) })
    for (const schema of [zod, valibot]) {
      expect(await check(schema)).toEqual({ ...REGISTERED, role: 'admin' })
      const rejected = { code: 'ERR_JWT_CLAIM', claim: 'role', reason: 'invalid' }
      expect(await refusal(schema, {}, await issue({ role: 'root' }))).toMatchObject(rejected)
    }
  })

  it('sees all claims, once', async () => {
    const validate = vi.fn((value: object) => ({ value }))
    await check(schemaOf(validate))
    expect(validate.mock.calls).toEqual([[{ ...REGISTERED, role: 'admin', groups: ['ops'], level: '7' }]])
  })

  it('is called as a method', async () => {
    const standard = {
      version: 1,
      vendor: 'test',
      validate(this: unknown, value: object): object {
        return this === standard ? { value } : { issues: [{ message: 'unbound' }] }
      },
    }
    expect(await check({ '~standard': standard })).toMatchObject(REGISTERED)
  })

  it.each<readonly [string, readonly unknown[], string | undefined]>([
    ['no path', [{ message: 'm' }], undefined],
    ['an undefined path', [{ message: 'm', path: undefined }], undefined],
    ['an empty path', [{ message: 'm', path: [] }], undefined],
    ['a path of names', [{ message: 'm', path: ['user', 'id'] }], 'user'],
    ['a path of objects', [{ message: 'm', path: [{ key: 'user' }, { key: 'id' }] }], 'user'],
    ['a path of numbers', [{ message: 'm', path: [0] }], '0'],
    ['a path of symbols', [{ message: 'm', path: [Symbol('s')] }], 'Symbol(s)'],
    ['several issues', ['a', 'b'].map((name) => ({ message: 'm', path: [name] })), 'a'],
    ['an empty list of issues, which rejects all the same', [], undefined],
  ])('names the claim by its first issue: %s', async (_name, issues, claim) => {
    const error = (await refusal(schemaOf(() => ({ issues })))) as JwtClaimError
    expect(error).toMatchObject({ code: 'ERR_JWT_CLAIM', claim, reason: 'invalid' })
    expect(error.issues()).toBe(issues)
  })

  it('has its own errors passed on', async () => {
    const defect = new Error('the schema is broken')
    const throwing = (): never => {
      throw defect
    }
    expect(await refusal(schemaOf(throwing))).toBe(defect)
    if (waits) expect(await refusal(schemaOf(() => Promise.reject(defect)))).toBe(defect)
  })

  class Account {
    readonly role = 'admin' // with methods, which would be lost
  }
  it.each([['admin'], [5], [null], [undefined], [['admin']], [new Map([['role', 'admin']])], [new Account()]])(
    'is a caller’s mistake if its output is %o',
    async (value) => {
      expect(await refusal(schemaOf(() => ({ value })))).toEqual(new TypeError("the schema's output must be a plain object"))
    },
  )

  it('may have an empty output: the registered claims remain, and none is added', async () => {
    expect(await check(schemaOf(() => ({ value: {} })))).toStrictEqual(REGISTERED)
    expect(await check(schemaOf(() => ({ value: Object.create(null) as unknown, issues: undefined })))).toStrictEqual(REGISTERED)
  })

  it('sees no claims whose MAC is wrong, or that the rules reject', async () => {
    const validate = vi.fn(() => ({ issues: [] }))
    const schema = schemaOf(validate)
    expect(await refusal(schema, {}, forge({ role: 'admin', exp: NOW + 60 }, undefined, 'another'))).toBeInstanceOf(JwtSignatureError)
    expect(await refusal(schema, { now: () => new Date((NOW + 60) * 1000) })).toBeInstanceOf(JwtExpiredError)
    expect(await refusal(schema, { issuer: 'x' })).toMatchObject({ claim: 'iss', reason: 'missing' })
    expect(await refusal(schema, { required: 'tenant' })).toMatchObject({ claim: 'tenant', reason: 'missing' })
    expect(validate).not.toHaveBeenCalled()
  })

  it('cannot change the registered claims by changing its input', async () => {
    const signed = await issue({ aud: ['orders'], role: 'user' })
    const tampering = schemaOf((value: Record<string, unknown>) => {
      Object.assign(value, { sub: 'root', exp: 9e10, iss: 'x' })
      ;(value['aud'] as string[]).push('bills')
      delete value['iat']
      return { value: { role: 'user' } }
    })
    expect(await check(tampering, { audience: 'orders' }, signed)).toEqual({ ...REGISTERED, aud: ['orders'], role: 'user' })
  })

  it('cannot change the claims of the error', async () => {
    const tampering = schemaOf((value: Record<string, unknown>) => {
      value['role'] = 'root'
      return { issues: [{ message: 'm' }] }
    })
    expect(((await refusal(tampering)) as JwtClaimError).claims()).toMatchObject({ role: 'admin' })
  })

  it('still checks the claims if it is removed during the call: it is read once, before the token', async () => {
    const schema = schemaOf(() => ({ issues: [{ message: 'no' }] })) as { '~standard'?: object }
    const finder = (): typeof key => {
      delete schema['~standard']
      return key
    }
    await expect(verify(token, finder, { now, schema: schema as never })).rejects.toMatchObject({ code: 'ERR_JWT_CLAIM' })
  })

  it('may output __proto__ as a member, not as a prototype', async () => {
    const signed = await issue(JSON.parse('{"__proto__":{"role":"admin"}}') as object)
    expect(await refusal(z.object({ role: z.string() }), {}, signed)).toMatchObject({ claim: 'role', reason: 'invalid' })
    const same = schemaOf((value) => ({ value }))
    expect(Object.getPrototypeOf(await check(same, {}, signed))).toBe(Object.prototype)
  })
})

describe('a schema that is not for objects', () => {
  it.each(Object.entries({ strings: z.string(), numbers: z.number(), booleans: v.boolean(), lists: type('string[]') }))(
    'is a caller’s mistake, as it rejects every token: one for %s',
    async (_name, schema) => {
      expect(await refusal(schema)).toEqual(new TypeError('schema must be for objects: this one rejects every token'))
    },
  )

  it('is not one that accepts some objects, whatever else it accepts', async () => {
    const permissive = (path: readonly string[]): unknown =>
      schemaOf((value: unknown) => (value instanceof Object && 'role' in value ? { issues: [{ message: 'm', path }] } : { value }))
    expect(await refusal(permissive(['role']))).toMatchObject({ code: 'ERR_JWT_CLAIM', claim: 'role' })
    expect(await refusal(permissive([]))).toMatchObject({ code: 'ERR_JWT_CLAIM', claim: undefined })
    expect(await check(permissive([]), {}, await issue({}))).toEqual(REGISTERED)
  })

  it('is not one that throws for other values, or answers them with nothing or a promise', async () => {
    const answers = [
      (): unknown => expect.fail('a string'),
      () => undefined,
      () => Promise.resolve({ value: {} }),
      () => Promise.reject(new Error('x')),
    ]
    for (const answer of answers) {
      const schema = schemaOf((value: unknown) =>
        typeof value === 'object' && !Array.isArray(value) ? { issues: [{ message: 'm' }] } : answer(),
      )
      expect(await refusal(schema)).toMatchObject({ code: 'ERR_JWT_CLAIM', claim: undefined, reason: 'invalid' })
    }
    await new Promise((resolve) => setTimeout(resolve, 5)) // an unhandled rejection would fail the run
  })
})

describe('a claim that allowMistyped allows', () => {
  const mistyped = forge({ iss: ['a'], sub: 17, iat: '2026', jti: null, role: 'user', exp: NOW + 60 })
  const allowMistyped = ['iss', 'sub', 'iat', 'jti']

  it('is seen by the schema as it is in the token', async () => {
    const validate = vi.fn((value: object) => ({ value }))
    await check(schemaOf(validate), { allowMistyped }, mistyped)
    expect(validate.mock.calls).toEqual([[{ iss: ['a'], sub: 17, iat: '2026', jti: null, role: 'user', exp: NOW + 60 }]])
  })

  it('is in the result only if the schema puts it out', async () => {
    const id = z.object({ sub: z.number().transform((id) => `user:${id}`), role: z.string() })
    expect(await check(id, { allowMistyped }, mistyped)).toStrictEqual({ sub: 'user:17', role: 'user', exp: NOW + 60 })
    expect(await check(z.object({ role: z.string() }), { allowMistyped }, mistyped)).toStrictEqual({ role: 'user', exp: NOW + 60 })
    expect(await check(z.looseObject({}), { allowMistyped }, mistyped)).toMatchObject({ iss: ['a'], sub: 17, iat: '2026', jti: null })
  })

  it('is not among the claims of an error', async () => {
    const error = await refusal(z.object({ role: z.literal('admin') }), { allowMistyped }, mistyped)
    expect(error).toMatchObject({ code: 'ERR_JWT_CLAIM', claim: 'role' })
    expect((error as JwtClaimError).claims()).toStrictEqual({ role: 'user', exp: NOW + 60 })
  })
})
