/** The options of `verify`: what is expected of a token, read and checked before the token is looked at. */
import { MAX_LENGTH } from '../jws/compact.ts'
import { mediaType } from '../jws/header.ts'
import { expect, flag, readOptions, text, texts, type Readers } from '../options.ts'
import { readClock, systemTime, toSeconds, type Duration } from '../time.ts'
import { readSchema, type Demanded, type StandardSchema, type Validate } from './schema.ts'

/** What `verify` may be told to expect. Naming a value makes its claim required. */
export interface VerifyOptions<Schema extends StandardSchema = StandardSchema> {
  /** Who must have issued the token: one of these is the token's `iss` (RFC 7519 §4.1.1). Default: anyone. */
  readonly issuer?: string | readonly string[]
  /** Who the verifier is: one of these is in the token's `aud`. Default: a token with an `aud` is refused (RFC 7519 §4.1.3). */
  readonly audience?: string | readonly string[]
  /** Whether a token with an `aud` is accepted by a verifier that names no `audience`. Default: `false`. */
  readonly ignoreAudience?: boolean
  /** Whom the token must be about: its `sub` (RFC 7519 §4.1.2). Default: anyone. */
  readonly subject?: string
  /** The kind of token: its `typ`, compared as a media type (RFC 7515 §4.1.9), so that one kind does not pass for another. Default: any. */
  readonly type?: string
  /** Names of further claims that the token must have (policy). Default: none. */
  readonly required?: string | readonly string[]
  /** Whether the token must have an `exp` (policy; RFC 7519 §4.1.4 leaves it open). Default: `true`. */
  readonly requireExp?: boolean
  /** The longest time since the token's `iat`, which it makes required (policy). Default: no limit beside `exp`. */
  readonly maxAge?: Duration
  /** How far clocks may differ (RFC 7519 §4.1.4–5), for `exp`, `nbf`, `maxAge`, and above a minute for `iat`. Default: 0. */
  readonly clockTolerance?: Duration
  /** The longest token in characters; a longer one is refused unread (policy). Default: 65 536. */
  readonly maxLength?: number
  /** The clock, read once. Default: the system's. */
  readonly now?: () => Date
  /** A Standard Schema v1 (Zod, Valibot, ArkType, …) that sees all claims and decides their type. Default: none, other claims are `unknown`. */
  readonly schema?: Schema
}

/** The third argument of `verify`. A schema's type alone types no claims: where `Schema` names one, the options must hold it. */
export type VerifyArguments<Schema extends StandardSchema> = [options?: VerifyOptions<Schema> | undefined] &
  Demanded<Schema, [options: { readonly schema: Schema }]>

/** The options as read: lists are lists, durations are seconds, and defaults are filled in. */
export interface Expectations {
  readonly issuer: readonly string[] | undefined
  readonly audience: readonly string[] | undefined
  readonly ignoreAudience: boolean
  readonly subject: readonly string[] | undefined
  readonly type: readonly string[] | undefined
  readonly required: readonly string[] | undefined
  readonly requireExp: boolean
  readonly maxAge: number | undefined
  readonly clockTolerance: number
  readonly maxLength: number
  /** The instant of verification, in seconds. */
  readonly now: number
  readonly schema: Validate | undefined
}

const READERS: Readers<Expectations> = {
  issuer: texts,
  audience: texts,
  ignoreAudience: flag,
  subject: (value, name) => [text(value, name)],
  type: (value, name) => [mediaType(text(value, name))],
  required: texts,
  requireExp: flag,
  maxAge: toSeconds,
  clockTolerance: toSeconds,
  maxLength: wholeNumber,
  now: readClock,
  schema: readSchema,
}

/**
 * Reads the options of `verify`.
 * @throws {TypeError} where one is unknown, `undefined`, of no use, or contradicts another
 */
export function readExpectations(options: unknown): Expectations {
  const expected = readOptions(options, READERS, () => ({
    issuer: undefined,
    audience: undefined,
    ignoreAudience: false,
    subject: undefined,
    type: undefined,
    required: undefined,
    requireExp: true,
    maxAge: undefined,
    clockTolerance: 0,
    maxLength: MAX_LENGTH,
    now: systemTime(),
    schema: undefined,
  }))
  expect(!expected.ignoreAudience || !expected.audience, 'ignoreAudience', 'left out beside audience')
  return expected
}

function wholeNumber(value: unknown, name: string): number {
  expect(Number.isSafeInteger(value) && Number(value) > 0, name, 'a whole number from 1')
  return value as number
}
