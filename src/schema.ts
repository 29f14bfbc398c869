/** Claims checked and typed by any Standard Schema v1: Zod, Valibot, ArkType, … */
import type { JwtClaims, RegisteredClaims } from './claims.ts'
import { JwtClaimError } from './errors.ts'
import { isPlainObject } from './object.ts'

/** A Standard Schema v1 whose output is a plain object. It may return a promise. */
export interface StandardSchema<Output extends object = object> {
  /** What Standard Schema v1 defines. */
  readonly '~standard': {
    /** The version of Standard Schema. */
    readonly version: 1
    /** The library's name. */
    readonly vendor: string
    /** Validates a value. */
    readonly validate: (value: unknown) => SchemaResult<Output> | Promise<SchemaResult<Output>>
    /** Type-only: the output's type is inferred from it. */
    readonly types?: { readonly input: unknown; readonly output: Output } | undefined
  }
}

/** The result of a schema: its output, or what is wrong. */
export type SchemaResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly SchemaIssue[] }

/** One thing that a schema found wrong. */
export interface SchemaIssue {
  /** What is wrong, in the schema's own words, which may quote values. */
  readonly message: string
  /** The path to the claim. */
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
}

/** The output type of a schema. */
export type SchemaOutput<Schema extends StandardSchema> = NonNullable<
  Schema['~standard']['types']
>['output']

/**
 * The type of `claims` with a schema: its output, and the registered claims that the output lacks.
 * If the output has no type (or `any`), it is {@link JwtClaims}, as without a schema.
 */
export type ClaimsOf<Schema extends StandardSchema> =
  unknown extends SchemaOutput<Schema>
    ? JwtClaims
    : [SchemaOutput<Schema>] extends [never]
      ? JwtClaims
      : WithRegistered<SchemaOutput<Schema>>

/** Distributes over a union of outputs. */
type WithRegistered<Output> = Output extends unknown
  ? Output & Omit<RegisteredClaims, NamedBy<Output>>
  : never

/** The keys of a type, except an index signature of `unknown`. */
type NamedBy<Output> = keyof {
  [Name in keyof Output as unknown extends Output[Name] ? Literal<Name> : Name]: true
}

/** A name, unless it is that of an index signature. */
type Literal<Name> = string extends Name ? never : Name

const REGISTERED = ['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti']

/** Validates claims with a schema. Pass a fresh copy, as it may change them. */
export type Validate = (claims: unknown) => SchemaResult<object> | Promise<SchemaResult<object>>

/** Reads the option `schema` once, so that a later change to it has no effect. */
export function readSchema(schema: unknown, name: string): Validate {
  const standard = (schema as Partial<StandardSchema> | null | undefined)?.['~standard']
  const validate = standard?.version === 1 ? standard.validate : undefined
  if (typeof validate !== 'function') throw new TypeError(`${name} must be a Standard Schema v1`)
  return (claims) => validate.call(standard, claims)
}

/**
 * Merges the registered claims and the output of a schema, which takes precedence.
 * @throws {JwtClaimError} if the schema rejected them
 * @throws {TypeError} if it is not for objects, or its output is not a plain object: merging would
 * lose a class's methods
 */
export function applySchema(
  claims: JwtClaims,
  result: SchemaResult<object>,
  schema: Validate,
): object {
  if (result.issues) {
    const { issues } = result
    const key = issues[0]?.path?.[0]
    if (key === undefined && !isForObjects(schema))
      throw new TypeError('schema must be for objects: this one rejects every token')
    const claim = key === undefined ? key : String(typeof key === 'object' ? key.key : key)
    const details = { claim, reason: 'invalid', claims, issues } as const
    throw new JwtClaimError('claims do not match the schema', details)
  }
  forObjects.set(schema, true)
  const output: unknown = result.value
  if (!isPlainObject(output)) throw new TypeError("the schema's output must be a plain object")
  const registered = REGISTERED.filter((name) => Object.hasOwn(claims, name))
  return { ...Object.fromEntries(registered.map((name) => [name, claims[name]])), ...output }
}

const forObjects: WeakMap<Validate, boolean> = /* @__PURE__ */ new WeakMap()

/** Whether a schema is for objects: it accepts an empty one, or no value of another type. */
function isForObjects(schema: Validate): boolean {
  const accepts = (value: unknown): boolean => {
    try {
      const result = schema(value)
      Promise.resolve(result).catch(() => {}) // an unhandled rejection would end the process
      return 'value' in result && result.issues === undefined // Valibot has both
    } catch {
      return false
    }
  }
  const found = forObjects.get(schema) ?? (accepts({}) || !['', 0, false, []].some(accepts))
  forObjects.set(schema, found)
  return found
}
