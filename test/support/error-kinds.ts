/** Every way a token can be wrong, as a token that is, and what its error must be. */
import * as hs256 from 'hs256'
import { base64url } from './bytes.ts'
import { forge } from './forge.ts'

export const SECRET = 's3cret-of-more-than-thirty-two-bytes'
export const CLAIMS = {
  sub: 'l34k-sub',
  iss: 'l34k-iss',
  aud: 'l34k-aud',
  jti: 'l34k-jti',
  role: 'l34k-role',
  exp: 4_012_345_678,
  iat: 1_712_345_678,
}
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
export type ClassName = (typeof CLASSES)[number]
export type Library = typeof hs256

/** A token whose every value is a needle, unless said otherwise. */
export const tokenOf = (claims: object, header: object = {}, secret: string = SECRET): string =>
  forge(claims, { alg: 'HS256', kid: 'l34k-kid', ...header }, secret)

const validate = (value: unknown) => ({ issues: [{ message: `refused ${JSON.stringify(value)}`, path: ['role'] }] })
const quoting = { '~standard': { version: 1, vendor: 'test', validate } } as const

export interface Kind {
  readonly what: string
  readonly is: readonly ClassName[]
  readonly code: string
  readonly token: string
  readonly members?: object
  readonly options?: object
  readonly kid?: string
}

export const BASE = { audience: 'l34k-aud' }
const claim = (name: string, reason: string): object => ({ claim: name, reason })
const MALFORMED = { is: ['JwtMalformedError', 'JwtError'], code: 'ERR_JWT_MALFORMED' } as const
const CLAIM = { is: ['JwtClaimError', 'JwtError'], code: 'ERR_JWT_CLAIM' } as const
const EXPIRED = { is: ['JwtExpiredError', 'JwtClaimError', 'JwtError'], code: 'ERR_JWT_EXPIRED' } as const
const EARLY = { is: ['JwtNotYetValidError', 'JwtClaimError', 'JwtError'], code: 'ERR_JWT_NOT_YET_VALID' } as const

const LARGE = 4_012_345_678_000_000_000
const TYPED = tokenOf(CLAIMS, { typ: 'l34k-typ' })
const expecting = (options: object) => ({ token: tokenOf(CLAIMS), options: { ...BASE, ...options } })

export const KINDS: readonly Kind[] = [
  { what: 'two segments', ...MALFORMED, token: tokenOf(CLAIMS).replace(/\.[^.]*$/, '') },
  { what: 'padding', ...MALFORMED, token: `${tokenOf(CLAIMS)}=` },
  { what: 'a header that is not JSON', ...MALFORMED, token: tokenOf(CLAIMS).replace(/^[^.]*/, base64url('{"alg":l34k-alg}')) },
  { what: 'an alg that is not a string', ...MALFORMED, token: tokenOf(CLAIMS, { alg: ['l34k-alg'] }) },
  { what: 'crit', ...MALFORMED, token: tokenOf(CLAIMS, { crit: ['l34k-crit'] }) },
  { what: 'a payload that is not an object', ...MALFORMED, token: tokenOf(['l34k-list']) },
  { what: 'too long', ...MALFORMED, token: tokenOf(CLAIMS), options: { maxLength: 10 } },
  { what: 'a number of 2^53 or more in the header', ...MALFORMED, token: tokenOf(CLAIMS, { id: LARGE }) },
  { what: 'another alg', is: ['JwtAlgorithmError', 'JwtError'], code: 'ERR_JWT_ALGORITHM', token: tokenOf(CLAIMS, { alg: 'l34k-alg' }) },
  { what: 'another kid', is: ['JwtKeyNotFoundError', 'JwtError'], code: 'ERR_JWT_KEY_NOT_FOUND', token: tokenOf(CLAIMS), kid: 'mine' },
  { what: 'another MAC', is: ['JwtSignatureError', 'JwtError'], code: 'ERR_JWT_SIGNATURE', token: tokenOf(CLAIMS, {}, 'another') },
  { what: 'a claim of the wrong type', ...CLAIM, token: tokenOf({ ...CLAIMS, sub: ['l34k-sub'] }), members: claim('sub', 'invalid') },
  { what: 'milliseconds', ...CLAIM, token: tokenOf({ ...CLAIMS, exp: 4_012_345_678_000 }), members: claim('exp', 'invalid') },
  { what: 'a number of 2^53 or more', ...CLAIM, token: tokenOf({ ...CLAIMS, user: [{ id: LARGE }] }), members: claim('user', 'invalid') },
  { what: 'no exp', ...CLAIM, token: tokenOf({ ...CLAIMS, exp: undefined }), members: claim('exp', 'missing') },
  { what: 'another issuer', ...CLAIM, token: tokenOf(CLAIMS), options: { ...BASE, issuer: 'x' }, members: claim('iss', 'mismatch') },
  { what: 'another audience', ...CLAIM, token: tokenOf(CLAIMS), options: { audience: 'x' }, members: claim('aud', 'mismatch') },
  { what: 'an unexpected audience', ...CLAIM, token: tokenOf(CLAIMS), options: {}, members: claim('aud', 'mismatch') },
  { what: 'another subject', ...CLAIM, token: tokenOf(CLAIMS), options: { ...BASE, subject: 'x' }, members: claim('sub', 'mismatch') },
  { what: 'another typ', ...CLAIM, token: TYPED, options: { ...BASE, type: 'x' }, members: claim('typ', 'mismatch') },
  { what: 'no required claim', ...CLAIM, ...expecting({ required: 'tenant' }), members: claim('tenant', 'missing') },
  { what: 'a schema that rejects', ...CLAIM, ...expecting({ schema: quoting }), members: claim('role', 'invalid') },
  { what: 'past exp', ...EXPIRED, token: tokenOf({ ...CLAIMS, exp: 1_712_345_679 }), members: claim('exp', 'expired') },
  { what: 'past maxAge', ...EXPIRED, token: tokenOf(CLAIMS), options: { ...BASE, maxAge: '1h' }, members: claim('iat', 'expired') },
  { what: 'before nbf', ...EARLY, token: tokenOf({ ...CLAIMS, nbf: 4_012_345_670 }), members: claim('nbf', 'early') },
  { what: 'before iat', ...EARLY, token: tokenOf({ ...CLAIMS, iat: 4_012_345_670 }), members: claim('iat', 'early') },
]

export async function raise(kind: Kind, library: Library = hs256): Promise<Error> {
  const named = library.createKey(SECRET, kind.kid === undefined ? {} : { kid: kind.kid })
  const error: unknown = await library.verify(kind.token, named, kind.options ?? BASE).catch((reason: unknown) => reason)
  return error as Error
}

/** What an error says of its classes: the names of those it is an instance of. */
export const classesOf = (error: unknown, library: Library = hs256): readonly string[] =>
  CLASSES.filter((name) => error instanceof library[name])
