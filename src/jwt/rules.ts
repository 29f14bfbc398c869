/** The rules that claims are judged by, in their order: the first that refuses them decides the error. */
import { JwtClaimError, JwtExpiredError, JwtNotYetValidError } from '../errors.ts'
import { mediaType, type JwtHeader } from '../jws/header.ts'
import { own } from '../options.ts'
import type { JwtClaims, Registered, TypedClaims } from './claims.ts'
import type { Expectations } from './expectations.ts'

/** How far in the future an `iat` may lie, in seconds, for clocks that differ. */
const IAT_TOLERANCE = 60

/** Why claims are refused: which one, in what way, for a time at which instant, and in which words unless the usual ones. */
type Refusal = readonly [claim: string, reason: keyof typeof VERDICTS, instant?: number | undefined, verdict?: string]

const VERDICTS = {
  missing: 'has no',
  mismatch: 'has an unexpected',
  expired: 'has expired, by its',
  early: 'is not valid yet, by its',
}

type Rule = (registered: Registered, expected: Expectations, claims: JwtClaims, header: JwtHeader) => Refusal | false | undefined

/** Every rule, in the order in which they judge. The types of registered claims are right by then. */
export const RULES: Readonly<Record<string, Rule>> = {
  /** RFC 7519 §4.1.4: refused at the very second of `exp`. Policy: it is required. */
  exp: ({ exp }, { requireExp, clockTolerance, now }) =>
    exp === undefined ? requireExp && ['exp', 'missing'] : now - clockTolerance >= exp && ['exp', 'expired', exp],

  /** RFC 7519 §4.1.5: accepted from the very second of `nbf`. */
  nbf: ({ nbf }, { clockTolerance, now }) => nbf !== undefined && now + clockTolerance < nbf && ['nbf', 'early', nbf],

  /** Policy: issued at most a minute from now, or `clockTolerance` if that is more. */
  iat: ({ iat }, { clockTolerance, now }) =>
    iat !== undefined && now + Math.max(IAT_TOLERANCE, clockTolerance) < iat && ['iat', 'early', iat],

  /** Policy: refused at the very second at which it is `maxAge` old. */
  maxAge: ({ iat }, { maxAge, clockTolerance, now }) =>
    maxAge !== undefined &&
    (iat === undefined ? ['iat', 'missing'] : now - clockTolerance >= iat + maxAge && ['iat', 'expired', iat + maxAge]),

  /** RFC 7519 §4.1.1: the issuer is one of those expected. */
  issuer: ({ iss }, { issuer }) => unexpected('iss', iss, issuer),

  /** RFC 7519 §4.1.3: the verifier is among the audience; one that names none is not. */
  audience: ({ aud }, { audience, ignoreAudience }) =>
    aud !== undefined && audience === undefined && !ignoreAudience
      ? ['aud', 'mismatch', undefined, 'needs a verifier with the option audience, as it has an']
      : unexpected('aud', aud, audience),

  /** RFC 7519 §4.1.2: the subject is the expected one. */
  subject: ({ sub }, { subject }) => unexpected('sub', sub, subject),

  /** RFC 8725 §3.11: one kind of token does not pass for another. */
  type: (_registered, { type }, _claims, header) => type && unexpected('typ', mediaTypeOf(header), type),

  /** Policy: further claims that must be there. */
  required: (_registered, { required }, claims) => {
    const name = required?.find((claim) => !Object.hasOwn(claims, claim))
    return name !== undefined && [name, 'missing']
  },
}

function unexpected(
  claim: string,
  value: string | readonly string[] | undefined,
  expected: readonly string[] | undefined,
): Refusal | false {
  if (expected === undefined) return false
  if (value === undefined) return [claim, 'missing']
  const values = typeof value === 'string' ? [value] : value
  return !values.some((one) => expected.includes(one)) && [claim, 'mismatch']
}

function mediaTypeOf(header: JwtHeader): string | undefined {
  const typ = own(header, 'typ')
  return typ === undefined ? typ : mediaType(typ)
}

const ORDER = /* @__PURE__ */ Object.values(RULES)

/**
 * Judges claims by every rule.
 * @throws {JwtClaimError} for the first one that refuses them
 */
export function judge({ claims, registered }: TypedClaims, expected: Expectations, header: JwtHeader): void {
  for (const rule of ORDER) {
    const refusal = rule(registered, expected, claims, header)
    if (!refusal) continue
    const [claim, reason, instant, verdict = VERDICTS[reason]] = refusal
    const ClaimError = reason === 'expired' ? JwtExpiredError : reason === 'early' ? JwtNotYetValidError : JwtClaimError
    throw new ClaimError(`token ${verdict} ${claim}`, { claim, reason, claims, instant })
  }
}
