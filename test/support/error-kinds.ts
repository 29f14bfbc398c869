/** Ways a token can be wrong, each with a token that is, and what its error must be. */
import * as hs256 from 'hs256'
import { base64url } from './bytes.ts'
import { forge } from './forge.ts'
import { outcome } from './outcome.ts'
import { schemaOf } from './schemas.ts'

export const SECRET = 's3cret-of-more-than-thirty-two-bytes'
/** Not written in one piece, because reporters show lines around a stack frame. */
export const addressOf = (name: string): string => [name, 'example.com'].join('@')
/** What nothing may show of an error of the library: an e-mail address, which is in every claim, and in the header. */
export const NEEDLE: string = addressOf('zoe')
const TEXTS = { sub: NEEDLE, iss: NEEDLE, aud: NEEDLE, jti: NEEDLE, role: NEEDLE }
export const CLAIMS = { ...TEXTS, exp: 4_012_345_678, iat: 1_712_345_678 }
export const CLASSES = [
  'JwtError',
  'JwtMalformedError',
  'JwtAlgorithmError',
  'JwtKeyNotFoundError',
  'JwtSignatureError',
  'JwtClaimError',
  'JwtExpiredError',
  'JwtNotYetValidError',
] as const
type ClassName = (typeof CLASSES)[number]
export type Library = typeof hs256

/** A token whose every value is a needle, unless said otherwise. */
export const tokenOf = (claims: object = {}, header: object = {}, secret: string = SECRET): string =>
  forge({ ...CLAIMS, ...claims }, { alg: 'HS256', kid: NEEDLE, ...header }, secret)

const quoting = schemaOf((value) => ({ issues: [{ message: `refused ${JSON.stringify(value)}`, path: ['role'] }] }))

export interface Kind {
  readonly what: string
  readonly is: readonly [ClassName, ...ClassName[]]
  readonly code: string
  readonly token?: string
  readonly claim?: string
  readonly reason?: string
  readonly options?: object
  readonly kid?: string
}

export const BASE = { audience: NEEDLE }
const MALFORMED = { is: ['JwtMalformedError', 'JwtError'], code: 'ERR_JWT_MALFORMED' } as const
const CLAIM = { is: ['JwtClaimError', 'JwtError'], code: 'ERR_JWT_CLAIM' } as const
const INVALID = { ...CLAIM, reason: 'invalid' }
const MISMATCH = { ...CLAIM, reason: 'mismatch' }
const EXPIRED = { is: ['JwtExpiredError', 'JwtClaimError', 'JwtError'], code: 'ERR_JWT_EXPIRED', reason: 'expired' } as const
const EARLY = { is: ['JwtNotYetValidError', 'JwtClaimError', 'JwtError'], code: 'ERR_JWT_NOT_YET_VALID', reason: 'early' } as const

const LARGE = 4_012_345_678_000_000_000

export const KINDS: readonly Kind[] = [
  { what: 'padding', ...MALFORMED, token: `${tokenOf()}=` },
  { what: 'a header that is not JSON', ...MALFORMED, token: tokenOf().replace(/^[^.]*/, base64url(`{"alg":${NEEDLE}}`)) },
  { what: 'an alg that is not a string', ...MALFORMED, token: tokenOf({}, { alg: [NEEDLE] }) },
  { what: 'crit', ...MALFORMED, token: tokenOf({}, { crit: [NEEDLE] }) },
  { what: 'too long', ...MALFORMED, options: { maxLength: 10 } },
  { what: 'a number of 2^53 or more in the header', ...MALFORMED, token: tokenOf({}, { id: LARGE }) },
  { what: 'another alg', is: ['JwtAlgorithmError', 'JwtError'], code: 'ERR_JWT_ALGORITHM', token: tokenOf({}, { alg: NEEDLE }) },
  { what: 'another kid', is: ['JwtKeyNotFoundError', 'JwtError'], code: 'ERR_JWT_KEY_NOT_FOUND', kid: 'mine' },
  { what: 'another MAC', is: ['JwtSignatureError', 'JwtError'], code: 'ERR_JWT_SIGNATURE', token: tokenOf({}, {}, 'another') },
  { what: 'a claim of the wrong type', ...INVALID, token: tokenOf({ sub: [NEEDLE] }), claim: 'sub' },
  { what: 'milliseconds', ...INVALID, token: tokenOf({ exp: 4_012_345_678_000 }), claim: 'exp' },
  { what: 'a number of 2^53 or more', ...INVALID, token: tokenOf({ user: [{ id: LARGE }] }), claim: 'user' },
  { what: 'no exp', ...CLAIM, token: tokenOf({ exp: undefined }), claim: 'exp', reason: 'missing' },
  { what: 'another issuer', ...MISMATCH, options: { ...BASE, issuer: 'x' }, claim: 'iss' },
  { what: 'another audience', ...MISMATCH, options: { audience: 'x' }, claim: 'aud' },
  { what: 'another subject', ...MISMATCH, options: { ...BASE, subject: 'x' }, claim: 'sub' },
  { what: 'another typ', ...MISMATCH, token: tokenOf({}, { typ: NEEDLE }), options: { ...BASE, type: 'x' }, claim: 'typ' },
  { what: 'no required claim', ...CLAIM, options: { ...BASE, required: 'tenant' }, claim: 'tenant', reason: 'missing' },
  { what: 'a schema that rejects', ...INVALID, options: { ...BASE, schema: quoting }, claim: 'role' },
  { what: 'an expired token', ...EXPIRED, token: tokenOf({ exp: 1_712_345_679 }), claim: 'exp' },
  { what: 'past maxAge', ...EXPIRED, options: { ...BASE, maxAge: '1h' }, claim: 'iat' },
  { what: 'before nbf', ...EARLY, token: tokenOf({ nbf: 4_012_345_670 }), claim: 'nbf' },
  { what: 'before iat', ...EARLY, token: tokenOf({ iat: 4_012_345_670 }), claim: 'iat' },
]

/** The error of this kind, or of the kind of this name. */
export async function raise(kind: Kind | string, library: Library = hs256): Promise<Error> {
  const { kid, token = tokenOf(), options = BASE } = typeof kind === 'string' ? KINDS.find(({ what }) => what === kind)! : kind
  const key = library.createKey(SECRET, kid === undefined ? {} : { kid })
  return (await outcome(() => library.verify(token, key, options))) as Error
}

/** What an error says of its classes: the names of those it is an instance of. */
export const classesOf = (error: unknown, library: Library = hs256): readonly string[] =>
  CLASSES.filter((name) => error instanceof library[name])
