/** The rules for claims. */
import { early, expired, missing, type JwtClaims, type Registered } from './claims.ts'
import { JwtClaimError } from './errors.ts'
import type { Expectations } from './expectations.ts'
import { mediaType } from './jws.ts'
import type { VerifiedJwt } from './jwt.ts'
import { own } from './object.ts'

/** How many seconds in the future an `iat` may be, because clocks differ. */
const IAT_TOLERANCE = 60

/**
 * Checks every rule. The first one that fails determines the error.
 * @param jwt a token whose MAC is verified
 * @returns the same token, typed as verified
 */
export function checkRules(
  jwt: Pick<VerifiedJwt<JwtClaims>, 'claims' | 'header' | 'key'>,
  registered: Registered,
  expected: Expectations,
  now: number,
): VerifiedJwt<JwtClaims> {
  const { claims, header } = jwt
  requireTimes(claims, registered, expected, now)
  requireParties(claims, registered, expected)

  // RFC 8725 §3.11: one kind of token does not pass for another.
  const { type, required } = expected
  if (type !== undefined) {
    const typ = own(header, 'typ')
    requireOneOf('typ', typ === undefined ? typ : mediaType(typ), type, claims)
  }

  // Policy: further claims that must be present.
  const absent = required?.find((name) => !Object.hasOwn(claims, name))
  if (absent !== undefined) throw missing(absent, claims)
  return jwt as VerifiedJwt<JwtClaims> // the missing member is type-only
}

function requireTimes(
  claims: JwtClaims,
  { exp, nbf = -Infinity, iat }: Registered,
  { requireExp, clockTolerance, maxAge }: Expectations,
  now: number,
): void {
  // RFC 7519 §4.1.4: rejected from the second of `exp` on. Policy: `exp` is required.
  if (exp !== undefined) {
    if (now - clockTolerance >= exp) throw expired('exp', exp, claims)
  } else if (requireExp) {
    const details = { claim: 'exp', reason: 'missing', claims } as const
    throw new JwtClaimError('token has no exp: set requireExp to false to accept it', details)
  }

  // RFC 7519 §4.1.5: accepted from the very second of `nbf`.
  if (now + clockTolerance < nbf) throw early('nbf', nbf, claims)

  // Policy: at most a minute in the future, or `clockTolerance` if that is more.
  const ahead = Math.max(IAT_TOLERANCE, clockTolerance)
  const issued = iat ?? -Infinity
  if (now + ahead < issued) throw early('iat', issued, claims)

  // Policy: rejected as soon as it is `maxAge` old.
  if (maxAge === undefined) return
  if (iat === undefined) throw missing('iat', claims)
  if (now - clockTolerance >= iat + maxAge) throw expired('iat', iat + maxAge, claims)
}

function requireParties(
  claims: JwtClaims,
  { iss, aud, sub }: Registered,
  expected: Expectations,
): void {
  // RFC 7519 §4.1.1: the issuer is one of those expected.
  if (expected.issuer !== undefined) requireOneOf('iss', iss, expected.issuer, claims)

  // RFC 7519 §4.1.3: `aud` names the verifier. A verifier without names rejects any `aud`.
  if (expected.audience !== undefined) requireOneOf('aud', aud, expected.audience, claims)
  else if (aud !== undefined && !expected.ignoreAudience) {
    const details = { claim: 'aud', reason: 'mismatch', claims } as const
    throw new JwtClaimError('token has an aud: set the audience option', details)
  }

  // RFC 7519 §4.1.2: the subject is the expected one.
  if (expected.subject !== undefined) requireOneOf('sub', sub, expected.subject, claims)
}

/** Throws unless the value, or one of the values, is expected. */
function requireOneOf(
  claim: string,
  value: string | readonly string[] | undefined,
  expected: readonly string[],
  claims: JwtClaims,
): void {
  if (value === undefined) throw missing(claim, claims)
  const isExpected = (one: string): boolean => expected.includes(one)
  if (typeof value === 'string' ? isExpected(value) : value.some(isExpected)) return
  const details = { claim, reason: 'mismatch', claims } as const
  throw new JwtClaimError(`token has an unexpected ${claim}`, details)
}
