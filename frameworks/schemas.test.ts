/** Schema libraries other than those of docs/typed-claims.md: which work as they are, which with one more call, and which do not. */
import { a } from '@arrirpc/schema'
import { Schema } from 'effect'
import { createKey, JwtClaimError, sign, verify, type StandardSchema } from 'hs256'
import { createVerifierSync, verifySync } from 'hs256/sync'
import Joi from 'joi'
import * as superstruct from 'superstruct'
import * as S from 'sury'
import { Type } from 'typebox'
import { describe, expect, expectTypeOf, it } from 'vitest'
import * as yup from 'yup'
import * as mini from 'zod/mini'
import { z as z3 } from 'zod/v3'

const key = createKey('a secret of more than thirty-two bytes')
const issue = async (claims: object): Promise<string> => sign({ sub: 'u1', ...claims }, key, { expiresIn: '1h' })
const roles = ['admin', 'user'] as const

const effect = Schema.Struct({ sub: Schema.String, role: Schema.Literals(roles) })
const joi = Joi.object<{ sub: string; role: 'admin' | 'user' }>({
  sub: Joi.string().required(),
  role: Joi.string()
    .valid(...roles)
    .required(),
})
const makeSury = S.schema as unknown as (shape: object) => StandardSchema // its own types refer to themselves
const sury = makeSury({ sub: S.string, role: S.union(['admin', 'user']) })
const yupSchema = yup.object({ sub: yup.string().required(), role: yup.string().oneOf(roles).required() })

const SYNC: Readonly<Record<string, StandardSchema>> = {
  'Effect, through toStandardSchemaV1': Schema.toStandardSchemaV1(effect),
  'Joi, with unknown()': joi.unknown(),
  Sury: sury,
  'Zod mini': mini.object({ sub: mini.string(), role: mini.enum(roles) }),
  'Zod 3': z3.object({ sub: z3.string(), role: z3.enum(roles) }),
  Arri: a.object({ sub: a.string(), role: a.enumerator([...roles]) }),
}

describe.each(Object.entries(SYNC))('%s', (_name, schema) => {
  it('accepts and rejects claims, with and without promises', async () => {
    const [good, bad] = [await issue({ role: 'admin' }), await issue({ role: 'root' })]
    expect((await verify(good, key, { schema })).claims).toMatchObject({ sub: 'u1', role: 'admin' })
    expect(verifySync(good, key, { schema }).claims).toMatchObject({ sub: 'u1', role: 'admin' })
    const rejected = { code: 'ERR_JWT_CLAIM', claim: 'role', reason: 'invalid' }
    await expect(verify(bad, key, { schema })).rejects.toMatchObject(rejected)
    expect(() => verifySync(bad, key, { schema })).toThrow(JwtClaimError)
  })
})

describe('Yup', () => {
  it('accepts and rejects claims with promises, and converts values unless it is strict', async () => {
    expect((await verify(await issue({ role: 'admin' }), key, { schema: yupSchema })).claims.role).toBe('admin')
    await expect(verify(await issue({ role: 'root' }), key, { schema: yupSchema })).rejects.toThrow(JwtClaimError)
    const level = yup.object({ level: yup.number().required() })
    expect((await verify(await issue({ level: '5' }), key, { schema: level })).claims.level).toBe(5)
    await expect(verify(await issue({ level: '5' }), key, { schema: level.strict() })).rejects.toThrow(JwtClaimError)
  })

  it('is rejected by hs256/sync, because it always returns a promise', async () => {
    const token = await issue({ role: 'admin' })
    expect(() => verifySync(token, key, { schema: yupSchema })).toThrow(TypeError)
  })
})

describe('Joi', () => {
  it('rejects every token without unknown(), because of exp and iat', async () => {
    const error = { code: 'ERR_JWT_CLAIM', claim: 'iat', reason: 'invalid' }
    await expect(verify(await issue({ role: 'admin' }), key, { schema: joi })).rejects.toMatchObject(error)
  })
})

describe('a schema that is not a Standard Schema', () => {
  it.each<[string, unknown]>([
    ['Effect, as it is', effect],
    ['TypeBox', Type.Object({ sub: Type.String() })],
    ['superstruct', superstruct.object({ sub: superstruct.string() })],
  ])('is a TypeError when the verifier is made: %s', (_name, schema) => {
    expect(() => createVerifierSync(key, { schema: schema as StandardSchema })).toThrow('Standard Schema')
  })
})

it('the claims have the type of the schema', async () => {
  const token = await issue({ role: 'admin' })
  expectTypeOf(verifySync(token, key, { schema: Schema.toStandardSchemaV1(effect) }).claims.role).toEqualTypeOf<'admin' | 'user'>()
  expectTypeOf(verifySync(token, key, { schema: joi.unknown() }).claims.role).toEqualTypeOf<'admin' | 'user'>()
  expectTypeOf((await verify(token, key, { schema: yupSchema })).claims.role).toEqualTypeOf<'admin' | 'user'>()
})
