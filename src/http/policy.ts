/** What a guard is told: the options of `authenticate`, read and checked before the request is looked at. */
import { readExpectations, type Expectations, type VerifyOptions } from '../jwt/expectations.ts'
import type { VerifiedJwt } from '../jwt/jwt.ts'
import type { ClaimsOf, Demanded, StandardSchema } from '../jwt/schema.ts'
import { expect, flag, readOptions, type Readers } from '../options.ts'
import { readRealm } from './challenge.ts'
import { readCookieName } from './cookie-name.ts'
import { readOrigins, type CrossOriginOptions } from './cross-origin.ts'
import { readSources, type ReadTokensOptions, type TokenSource } from './tokens.ts'

/** What `authenticate` takes beside request and keys. A schema's type alone types no claims: where `Schema` names one, `verify` must hold that schema. */
export type AuthenticateOptions<Schema extends StandardSchema = StandardSchema, Optional extends boolean = boolean> = ReadTokensOptions &
  CrossOriginOptions &
  Demanded<Schema, { readonly verify: { readonly schema: Schema } }> & {
    /** What is expected of the token. Default: what `verify` expects by default. */
    readonly verify?: VerifyOptions<Schema>
    /** Whether a request without a token passes as `anonymous`; a token that is refused is refused all the same. Default: `false`. */
    readonly optional?: Optional
    /**
     * Tells of a verified token whether it was revoked, by claims that a schema, if there is one, lets through. What it throws passes
     * through: an outage is neither a 401 nor a pass. Default: none is.
     */
    readonly isRevoked?: (jwt: VerifiedJwt<ClaimsOf<Schema>>) => boolean | Promise<boolean>
    /** What is protected, for the challenge. Default: `'jwt'`. */
    readonly realm?: string
  }

/**
 * The third argument of `authenticate`, which may be left out where the type of `Schema` says nothing of claims. An adapter hands options on
 * as a whole, or as `...rest` where they may be left out.
 */
export type AuthenticateArguments<Schema extends StandardSchema, Optional extends boolean> = [
  options?: AuthenticateOptions<Schema, Optional> | undefined,
] &
  Demanded<Schema, [options: AuthenticateOptions<Schema, Optional>]>

/** The options as read. */
export interface Policy {
  readonly verify: Expectations
  readonly optional: boolean
  readonly isRevoked: (jwt: VerifiedJwt<object>) => Promise<boolean>
  readonly realm: string
  readonly cookie: string
  readonly sources: readonly TokenSource[]
  readonly trustedOrigins: readonly string[]
}

const READERS: Readers<Policy> = {
  verify: readExpectations,
  optional: flag,
  isRevoked: revocation,
  realm: readRealm,
  cookie: readCookieName,
  sources: readSources,
  trustedOrigins: readOrigins,
}

const DEFAULTS = (): Policy => ({
  verify: readExpectations({}),
  optional: false,
  isRevoked: () => Promise.resolve(false),
  realm: 'jwt',
  cookie: 'jwt',
  sources: ['cookie', 'bearer'],
  trustedOrigins: [],
})

const IN_VERIFY = 'it belongs into verify'
const HINTS: Readonly<Record<string, string>> = {
  algorithms: 'HS256 is the only one',
  audience: IN_VERIFY,
  clockTolerance: IN_VERIFY,
  ignoreAudience: IN_VERIFY,
  issuer: IN_VERIFY,
  maxAge: IN_VERIFY,
  maxLength: IN_VERIFY,
  now: IN_VERIFY,
  required: IN_VERIFY,
  requireExp: IN_VERIFY,
  schema: IN_VERIFY,
  subject: IN_VERIFY,
  type: IN_VERIFY,
}

/**
 * Reads the options of `authenticate`.
 * @throws {TypeError} and {RangeError} where one is unknown, `undefined`, or of no use
 */
export function readPolicy(options: unknown): Policy {
  return readOptions(options, READERS, DEFAULTS, HINTS)
}

/** Reads the option `isRevoked`; an answer that is neither yes nor no, as from a look-up that was meant to be compared, opens no door. */
function revocation(value: unknown, name: string): Policy['isRevoked'] {
  expect(typeof value === 'function', name, 'a function')
  return async (jwt) => flag(await value(jwt), `answer of ${name}`)
}
