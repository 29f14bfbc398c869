/** The rules for claims. The first failing rule determines the error. */
import { early, expired, missing } from './claims.ts'
import type { JwtClaims, Registered, TypedClaims } from './claims.ts'
import { JwtClaimError } from './errors.ts'
import type { Expectations } from './expectations.ts'
import { mediaType } from './jws.ts'
import type { VerifiedJwt } from './jwt.ts'
import { own } from './object.ts'

/** How many seconds in the future an `iat` may be, because clocks differ. */
const IAT_TOLERANCE = 60

/** What a rule reads besides the registered claims. */
type Token = Pick<TypedClaims & VerifiedJwt, 'claims' | 'header'> & { readonly now: number }

/** Throws if the rule fails. */
type Rule = (registered: Registered, expected: Expectations, token: Token) => void

/** All rules, in the order in which they are checked. */
export const RULES: Readonly<Record<string, Rule>> = {
  /** RFC 7519 §4.1.4: rejected from the second of `exp` on. Policy: `exp` is required. */
  exp({ exp }, { requireExp, clockTolerance }, { claims, now }) {
    if (exp === undefined && requireExp) {
      const details = { claim: 'exp', reason: 'missing', claims } as const
      throw new JwtClaimError('token has no exp: set requireExp to false to accept it', details)
    }
    if (exp !== undefined && now - clockTolerance >= exp) throw expired('exp', exp, claims)
  },

  /** RFC 7519 §4.1.5: accepted from the very second of `nbf`. */
  nbf({ nbf = -Infinity }, { clockTolerance }, { claims, now }) {
    if (now + clockTolerance < nbf) throw early('nbf', nbf, claims)
  },

  /** Policy: at most a minute in the future, or `clockTolerance` if that is more. */
  iat({ iat = -Infinity }, { clockTolerance }, { claims, now }) {
    const tolerance = Math.max(IAT_TOLERANCE, clockTolerance)
    if (now + tolerance < iat) throw early('iat', iat, claims)
  },

  /** Policy: rejected as soon as it is `maxAge` old. */
  maxAge({ iat }, { maxAge, clockTolerance }, { claims, now }) {
    if (maxAge === undefined) return
    if (iat === undefined) throw missing('iat', claims)
    if (now - clockTolerance >= iat + maxAge) throw expired('iat', iat + maxAge, claims)
  },

  /** RFC 7519 §4.1.1: the issuer is one of those expected. */
  issuer({ iss }, { issuer }, { claims }) {
    if (issuer !== undefined) requireOneOf('iss', iss, issuer, claims)
  },

  /** RFC 7519 §4.1.3: `aud` names the verifier. A verifier without names rejects any `aud`. */
  audience({ aud }, { audience, ignoreAudience }, { claims }) {
    if (audience !== undefined) return requireOneOf('aud', aud, audience, claims)
    if (aud === undefined || ignoreAudience) return
    const details = { claim: 'aud', reason: 'mismatch', claims } as const
    throw new JwtClaimError('token has an aud: set the audience option', details)
  },

  /** RFC 7519 §4.1.2: the subject is the expected one. */
  subject({ sub }, { subject }, { claims }) {
    if (subject !== undefined) requireOneOf('sub', sub, subject, claims)
  },

  /** RFC 8725 §3.11: one kind of token does not pass for another. */
  type(_registered, { type }, { claims, header }) {
    if (type === undefined) return
    const typ = own(header, 'typ')
    requireOneOf('typ', typ === undefined ? typ : mediaType(typ), type, claims)
  },

  /** Policy: further claims that must be present. */
  required(_registered, { required }, { claims }) {
    const absent = required?.find((name) => !Object.hasOwn(claims, name))
    if (absent !== undefined) throw missing(absent, claims)
  },
}

/** Throws unless the value, or one of the values, is expected. */
function requireOneOf(
  claim: string,
  value: string | readonly string[] | undefined,
  expected: readonly string[],
  claims: JwtClaims,
) {
  if (value === undefined) throw missing(claim, claims)
  const values = typeof value === 'string' ? [value] : value
  for (const one of values) if (expected.includes(one)) return
  const details = { claim, reason: 'mismatch', claims } as const
  throw new JwtClaimError(`token has an unexpected ${claim}`, details)
}

const IN_ORDER = /* @__PURE__ */ Object.values(RULES)

/** Checks every rule. The MAC is verified already, so the result is typed as a verified token. */
export function checkRules(
  { claims, registered }: TypedClaims,
  { header, key }: Pick<VerifiedJwt, 'header' | 'key'>,
  expected: Expectations,
  now: number,
): VerifiedJwt<JwtClaims> {
  const token = { claims, header, now }
  for (const rule of IN_ORDER) rule(registered, expected, token)
  return { claims, header, key } as VerifiedJwt<JwtClaims> // the missing member is type-only
}
