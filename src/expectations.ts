/** The options of `verify`: each with its reader and default, and which ones conflict. */
import { MAX_LENGTH, mediaType } from './jws.ts'
import { REMEMBER_OPTION } from './memory.ts'
import { defineOptions, joinOptions, readOptions, type OptionsOf } from './options.ts'
import { readBoolean, readCount, readString, readStrings } from './options.ts'
import { readSchema } from './schema.ts'
import { readClock, readDuration, readTolerance, systemClock } from './time.ts'

/** The options of `verify`. */
export const VERIFY_OPTIONS = /* @__PURE__ */ defineOptions({
  issuer: [readStrings, undefined],
  audience: [readStrings, undefined],
  ignoreAudience: [readBoolean, false],
  subject: [(value, name) => [readString(value, name)], undefined],
  type: [(value, name) => [mediaType(readString(value, name))], undefined],
  required: [readStrings, undefined],
  requireExp: [readBoolean, true],
  maxAge: [readDuration, undefined],
  clockTolerance: [readTolerance, 0],
  maxLength: [readCount, MAX_LENGTH],
  now: [readClock, systemClock],
  schema: [readSchema, undefined],
  allowMistyped: [readStrings, []],
})

/** The options of a verifier that is made once. */
const VERIFIER_OPTIONS = /* @__PURE__ */ joinOptions(VERIFY_OPTIONS, REMEMBER_OPTION)

/** The normalized options of `verify`: single values are lists, and durations are seconds. */
export type Expectations = OptionsOf<typeof VERIFY_OPTIONS>

/** @throws {TypeError} if an option is unknown, `undefined`, not valid, or contradicts another */
export function readExpectations(options: unknown): Expectations {
  return requireConsistent(readOptions(options, VERIFY_OPTIONS))
}

/** Reads the options of `createVerifier`; otherwise as {@link readExpectations}. */
export function readVerifierOptions(options: unknown): OptionsOf<typeof VERIFIER_OPTIONS> {
  return requireConsistent(readOptions(options, VERIFIER_OPTIONS))
}

function requireConsistent<Options extends Expectations>(expected: Options): Options {
  const { issuer: iss, subject: sub, maxAge: iat, required } = expected
  if (expected.ignoreAudience && expected.audience !== undefined)
    throw new TypeError('ignoreAudience cannot be combined with audience')
  const needs: Readonly<Record<string, unknown>> = { iss, sub, iat, jti: undefined }
  for (const claim of expected.allowMistyped) {
    if (!Object.hasOwn(needs, claim))
      throw new TypeError("allowMistyped must be a list of 'iss', 'sub', 'iat' or 'jti'")
    if (needs[claim] !== undefined || required?.includes(claim) === true)
      throw new TypeError(`allowMistyped cannot contain ${claim}: another option requires it`)
    if (expected.schema === undefined)
      throw new TypeError('allowMistyped needs a schema: only the schema sees such a claim')
  }
  return expected
}
