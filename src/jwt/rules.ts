/** The rules that claims are judged by, in their order: the first that refuses them decides the error. */
import { JwtClaimError, JwtExpiredError, JwtNotYetValidError, type ClaimErrorReason } from '../errors.ts'
import { mediaType, type JwtHeader } from '../jws/header.ts'
import { own } from '../options.ts'
import { pickRegistered, type JwtClaims, type RegisteredClaims } from './claims.ts'
import type { Expectations } from './expectations.ts'

/** How far in the future an `iat` may lie, in seconds, for clocks that differ. */
const IAT_TOLERANCE = 60

/** Why claims are refused: which one, in what way, with which words, and for a time at which instant. */
type Refusal = readonly [claim: string, reason: ClaimErrorReason, message: string, instant?: number]

type Rule = (registered: RegisteredClaims, expected: Expectations, claims: JwtClaims, header: JwtHeader) => Refusal | false | undefined

/** Every rule, in the order in which they judge. The types of registered claims are right by then. */
export const RULES: Readonly<Record<string, Rule>> = {
  /** RFC 7519 §4.1.4: refused at the very second of `exp`. Policy: it is required. */
  exp: ({ exp }, { requireExp, clockTolerance, now }) =>
    exp === undefined ? requireExp && missing('exp') : expired('exp', exp, now - clockTolerance),

  /** RFC 7519 §4.1.5: accepted from the very second of `nbf`. */
  nbf: ({ nbf }, { clockTolerance, now }) => early('nbf', nbf, now + clockTolerance),

  /** Policy: issued at most a minute from now, or `clockTolerance` if that is more. */
  iat: ({ iat }, { clockTolerance, now }) => early('iat', iat, now + Math.max(IAT_TOLERANCE, clockTolerance)),

  /** Policy: refused at the very second at which it is `maxAge` old. */
  maxAge: ({ iat }, { maxAge, clockTolerance, now }) =>
    maxAge !== undefined && (iat === undefined ? missing('iat') : expired('iat', iat + maxAge, now - clockTolerance)),

  /** RFC 7519 §4.1.1: the issuer is one of those expected. */
  issuer: ({ iss }, { issuer }) => unexpected('iss', iss, issuer),

  /** RFC 7519 §4.1.3: the verifier is among the audience; one that names none is not. */
  audience: ({ aud }, { audience, ignoreAudience }) =>
    audience === undefined && aud !== undefined && !ignoreAudience
      ? ['aud', 'mismatch', 'aud is there, and no option audience']
      : unexpected('aud', aud, audience),

  /** RFC 7519 §4.1.2: the subject is the expected one. */
  subject: ({ sub }, { subject }) => unexpected('sub', sub, subject),

  /** RFC 8725 §3.11: one kind of token does not pass for another. */
  type: (_registered, { type }, _claims, header) => unexpected('typ', mediaType(own(header, 'typ')), type),

  /** Policy: further claims that must be there. */
  required: (_registered, { required }, claims) => {
    const name = required.find((claim) => !Object.hasOwn(claims, claim))
    return name !== undefined && missing(name)
  },
}

/**
 * Judges claims by every rule.
 * @throws {JwtClaimError} for the first one that refuses them
 */
export function judge(claims: JwtClaims, expected: Expectations, header: JwtHeader): void {
  const registered = pickRegistered(claims)
  for (const rule of Object.values(RULES)) {
    const refusal = rule(registered, expected, claims, header)
    if (!refusal) continue
    const [claim, reason, message, instant] = refusal
    const ClaimError = reason === 'expired' ? JwtExpiredError : reason === 'early' ? JwtNotYetValidError : JwtClaimError
    throw new ClaimError(message, { claim, reason, claims, instant })
  }
}

function missing(claim: string): Refusal {
  return [claim, 'missing', `${claim} is missing`]
}

function expired(claim: string, instant: number, now: number): Refusal | false {
  return now >= instant && [claim, 'expired', 'token has expired', instant]
}

function early(claim: string, instant: number | undefined, now: number): Refusal | false {
  return instant !== undefined && now < instant && [claim, 'early', 'token is not valid yet', instant]
}

function unexpected(claim: string, value: Texts, expected: Texts): Refusal | false {
  if (expected === undefined) return false
  if (value === undefined) return missing(claim)
  const found = [value].flat().some((one) => [expected].flat().includes(one))
  return !found && [claim, 'mismatch', `${claim} is not the expected one`]
}

type Texts = string | readonly string[] | undefined
