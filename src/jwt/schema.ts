/** Claims validated and typed by any Standard Schema v1: Zod, Valibot, ArkType, … */
import { JwtClaimError } from '../errors.ts'
import { expect, isPlainObject } from '../options.ts'
import { decodeClaims, type JwtClaims, type RegisteredClaims, type TypedClaims } from './claims.ts'

/** A schema that speaks Standard Schema v1 and whose output is a plain object. It may be a function, and may answer with a promise. */
export interface StandardSchema<Output extends object = object> {
  /** What Standard Schema v1 asks a library to give. */
  readonly '~standard': {
    /** The version of Standard Schema. */
    readonly version: 1
    /** The library's name. */
    readonly vendor: string
    /** Judges a value. */
    readonly validate: (value: unknown) => SchemaResult<Output> | Promise<SchemaResult<Output>>
    /** Exists in the type alone, from which the output's is inferred. */
    readonly types?: { readonly input: unknown; readonly output: Output } | undefined
  }
}

/** A schema's verdict: its output, or what it found wrong. */
export type SchemaResult<Output> = { readonly value: Output; readonly issues?: undefined } | { readonly issues: readonly SchemaIssue[] }

/** One thing that a schema found wrong. */
export interface SchemaIssue {
  /** What is wrong, in the schema's own words, which may quote values. */
  readonly message: string
  /** Where in the claims it is. */
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
}

/** The type of `claims` after a schema: its output, and the registered claims that it does not have. */
export type ClaimsOf<Schema extends StandardSchema> =
  NamesNoClaim<SchemaOutput<Schema>> extends true ? JwtClaims : WithRegistered<SchemaOutput<Schema>>

/** Each kind of output by itself, where it may be one of several. */
type WithRegistered<Output> = Output extends unknown ? Output & Omit<RegisteredClaims, NamedBy<Output>> : never

/** The members that a type says something of: an index signature of anything says nothing. */
type NamedBy<Output> = keyof { [Name in keyof Output as unknown extends Output[Name] ? Listed<Name> : Name]: true }

/** A name, where it is one. */
type Listed<Name> = string extends Name ? never : number extends Name ? never : Name

/** What must be there where the type of a schema says something of claims: a type alone validates nothing. Elsewhere, anything goes. */
export type Demanded<Schema extends StandardSchema, Demand> = NamesNoClaim<SchemaOutput<Schema>> extends true ? unknown : Demand

/** Whether the type of an output says nothing of claims: that of any schema, or of none at all. */
type NamesNoClaim<Output> = unknown extends Output ? true : [KeyOf<Output>] extends [never] ? true : false

/** The members of each kind of output. */
type KeyOf<Output> = Output extends unknown ? keyof Output : never

/** What a schema puts out. */
export type SchemaOutput<Schema extends StandardSchema> = NonNullable<Schema['~standard']['types']>['output']

/** Asks a schema about a payload, of which it gets claims of its own: what it does to them is nobody else's. */
export type Validate = (payload: Uint8Array) => unknown

/** Reads an option that is a schema, once: nobody takes it away while a key is looked up. */
export function readSchema(schema: unknown, name: string): Validate {
  const standard = (Object(schema) as Partial<StandardSchema>)['~standard']
  const validate = standard?.version === 1 ? standard.validate : undefined
  expect(typeof validate === 'function', name, 'a Standard Schema v1')
  return (payload) => validate.call(standard, decodeClaims(payload).claims)
}

/**
 * The claims after a schema's verdict: the registered ones, with its output on top.
 * @throws {JwtClaimError} where the schema refused them
 * @throws {TypeError} where its output is no plain object
 */
export function applyResult({ claims, registered }: TypedClaims, verdict: unknown): JwtClaims {
  const result = verdict as SchemaResult<object>
  if (result.issues) {
    const key = result.issues[0]?.path?.[0]
    const claim = key === undefined ? key : String(typeof key === 'object' ? key.key : key)
    throw new JwtClaimError('claims do not fit the schema', { claim, reason: 'invalid', claims, issues: result.issues })
  }
  expect(isPlainObject(result.value), 'output of the schema', 'a plain object') // the methods of another would be lost
  return { ...Object.fromEntries(Object.entries(registered).filter(([, value]) => value !== undefined)), ...result.value }
}
