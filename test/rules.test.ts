/**
 * Every rule of `verify`, three times: just inside, exactly on and just outside its boundary. Where a rule has no number, *inside* is the
 * plain case, *on* the least that still decides as it does, *outside* what comes near without being it.
 */
import { createKey, JwtClaimError, JwtError, JwtExpiredError, JwtNotYetValidError, type StandardSchema, type VerifyOptions } from 'hs256'
import { describe, expect, it } from 'vitest'
import { verify } from './support/engine.ts'
import { forge, SECRET } from './support/forge.ts'
import { whilePolluted } from './support/polluted.ts'
import { RULES } from './support/rules.ts'

const key = createKey(SECRET)

const T = 1_800_000_000 // 2027-01-15T08:00:00Z, the time of verification unless a row says otherwise
const NOW = '2027-01-15T08:00:00.000Z'

/** What an error of `verify` says of its cause, or `'accepted'`. */
type Verdict = 'accepted' | { code: string; claim?: string | undefined; reason?: string; expiredAt?: string; validFrom?: string }

async function judge(token: string, options: VerifyOptions<StandardSchema> = {}, at = NOW): Promise<Verdict> {
  try {
    await verify(token, key, { now: () => new Date(at), ...options } as VerifyOptions)
    return 'accepted'
  } catch (error) {
    if (!(error instanceof JwtError)) throw error
    return {
      code: error.code,
      ...(error instanceof JwtClaimError && { claim: error.claim, reason: error.reason }),
      ...(error instanceof JwtExpiredError && { expiredAt: error.expiredAt.toISOString() }),
      ...(error instanceof JwtNotYetValidError && { validFrom: error.validFrom.toISOString() }),
    }
  }
}

const missing = (claim: string): Verdict => ({ code: 'ERR_JWT_CLAIM', claim, reason: 'missing' })
const invalid = (claim: string): Verdict => ({ code: 'ERR_JWT_CLAIM', claim, reason: 'invalid' })
const mismatch = (claim: string): Verdict => ({ code: 'ERR_JWT_CLAIM', claim, reason: 'mismatch' })
const expired = (expiredAt: string, claim = 'exp'): Verdict => ({ code: 'ERR_JWT_EXPIRED', claim, reason: 'expired', expiredAt })
const early = (claim: string, validFrom: string): Verdict => ({ code: 'ERR_JWT_NOT_YET_VALID', claim, reason: 'early', validFrom })
const malformed: Verdict = { code: 'ERR_JWT_MALFORMED' }

const EXP = '"exp":1800003600'

interface Circumstances extends VerifyOptions {
  readonly header?: string
  /** The time of day. */
  readonly at?: string
}

/** Writes a payload: JSON as it is, or claims beside an exp that is an hour from now. */
const payloadOf = (claims: string): string => (claims.startsWith('{') ? claims : `{${EXP}${claims && `,${claims}`}}`)

function rowOf(side: 'inside' | 'on' | 'outside') {
  return (fact: string, claims: string, verdict: Verdict, { header, at = '08:00:00.000', ...options }: Circumstances = {}) => {
    return { side, fact, token: forge(payloadOf(claims), header), verdict, options, at: `2027-01-15T${at}Z` }
  }
}
type Row = ReturnType<ReturnType<typeof rowOf>>

/** The claims that `allowMistyped` may name. */
const ALL = ['iss', 'sub', 'iat', 'jti']
const anything: StandardSchema = { '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value: value as object }) } }

/** Options that allow these claims to have the wrong type, for a schema that accepts all claims. */
const lenient = (allowMistyped: readonly string[], more: VerifyOptions = {}): VerifyOptions =>
  ({ ...more, allowMistyped, schema: anything }) as object

const inside = rowOf('inside')
const on = rowOf('on')
const outside = rowOf('outside')

const BEFORE = '07:59:59.999'
const AFTER = '08:00:00.001'
const PAST = '{"exp":1800000000}'
const ISS = { issuer: 'https://auth.example' }
const AUD = { audience: 'orders' }
const AT_JWT = '{"alg":"HS256","typ":"at+jwt"}'
const typed = (typ: string): Circumstances => ({ header: `{"alg":"HS256","typ":"${typ}"}`, type: 'at+jwt' })

/** For each rule of `verify`, by its name in `RULES`, its rows. */
const TABLE: Readonly<Record<string, readonly Row[]>> = {
  exp: [
    inside('a millisecond before exp', PAST, 'accepted', { at: BEFORE }),
    on('at the second of exp', PAST, expired(NOW)),
    inside('requireExp: false and no exp', '{}', 'accepted', { requireExp: false }),
    on('requireExp: false and an exp that has passed', PAST, expired(NOW), { requireExp: false }),
    outside('no exp', '{}', missing('exp')),
    outside('no exp, requireExp: true', '{}', missing('exp'), { requireExp: true }),
  ],
  nbf: [
    inside('a millisecond past nbf', '"nbf":1800000000', 'accepted', { at: AFTER }),
    on('at the second of nbf', '"nbf":1800000000', 'accepted'),
    outside('a millisecond before nbf', '"nbf":1800000000', early('nbf', NOW), { at: BEFORE }),
  ],
  iat: [
    inside('issued in 59.999 s', '"iat":1800000060', 'accepted', { at: AFTER }),
    on('issued in 60 s', '"iat":1800000060', 'accepted'),
    outside('issued in 60.001 s', '"iat":1800000060', early('iat', '2027-01-15T08:01:00.000Z'), { at: BEFORE }),
    outside('issued in 61 s', '"iat":1800000061', early('iat', '2027-01-15T08:01:01.000Z')),
  ],
  maxAge: [
    inside('a millisecond younger than maxAge', '"iat":1799999940', 'accepted', { at: BEFORE, maxAge: '1m' }),
    on('exactly as old as maxAge', '"iat":1799999940', expired(NOW, 'iat'), { maxAge: '1m' }),
    outside('a millisecond older than maxAge', '"iat":1799999940', expired(NOW, 'iat'), { at: AFTER, maxAge: 60 }),
    outside('no iat', '', missing('iat'), { maxAge: '1m' }),
    outside('maxAge: 0', '"iat":1800000000', expired(NOW, 'iat'), { maxAge: 0 }),
    inside('an iat of 1970 and no maxAge', '"iat":0', 'accepted'),
  ],
  issuer: [
    inside('equal', '"iss":"https://auth.example"', 'accepted', ISS),
    inside('nothing expected', '"iss":"anyone"', 'accepted'),
    on('the last of a list', '"iss":"b"', 'accepted', { issuer: ['a', 'b'] }),
    outside('missing', '', missing('iss'), ISS),
    outside('in another case', '"iss":"https://Auth.example"', mismatch('iss'), ISS),
    outside('with an extra slash', '"iss":"https://auth.example/"', mismatch('iss'), ISS),
    outside('composed, where decomposed is expected', '"iss":"caf\u00e9"', mismatch('iss'), { issuer: 'cafe\u0301' }),
  ],
  audience: [
    inside('equal', '"aud":"orders"', 'accepted', AUD),
    inside('neither expected nor present', '', 'accepted'),
    inside('ignored', '"aud":"orders"', 'accepted', { ignoreAudience: true }),
    inside('ignored and not present', '', 'accepted', { ignoreAudience: true }),
    on('the last of a list in the token', '"aud":["billing","orders"]', 'accepted', AUD),
    on('one of a list in the options', '"aud":"orders"', 'accepted', { audience: ['billing', 'orders'] }),
    on('two lists with one in common', '"aud":["a","orders"]', 'accepted', { audience: ['orders', 'b'] }),
    outside('present, and none expected (RFC 7519 §4.1.3)', '"aud":"orders"', mismatch('aud')),
    outside('present, none expected, ignoreAudience: false', '"aud":["orders"]', mismatch('aud'), { ignoreAudience: false }),
    outside('an empty string, and none expected', '"aud":""', mismatch('aud')),
    outside('an empty list, and none expected', '"aud":[]', mismatch('aud')),
    outside('missing', '', missing('aud'), AUD),
    outside('an empty list', '"aud":[]', mismatch('aud'), AUD),
    outside('in another case', '"aud":"Orders"', mismatch('aud'), AUD),
    outside('the name of a list’s own member, length', '"aud":"length"', mismatch('aud'), AUD),
  ],
  subject: [
    inside('equal', '"sub":"u1"', 'accepted', { subject: 'u1' }),
    inside('nothing expected', '"sub":""', 'accepted'),
    on('equal once JSON is read', '"sub":"\\u0075\\u0031"', 'accepted', { subject: 'u1' }),
    outside('missing', '', missing('sub'), { subject: 'u1' }),
    outside('in another case', '"sub":"U1"', mismatch('sub'), { subject: 'u1' }),
  ],
  type: [
    inside('equal', '', 'accepted', typed('at+jwt')),
    inside('nothing expected', '', 'accepted', { header: AT_JWT }),
    on('with application/ in the token', '', 'accepted', typed('application/at+jwt')),
    on('with application/ in the options', '', 'accepted', { header: AT_JWT, type: 'application/at+jwt' }),
    on('with application/ in both', '', 'accepted', { ...typed('application/at+jwt'), type: 'application/at+jwt' }),
    on('in another case, because media types are case-insensitive', '', 'accepted', { ...typed('Application/AT+JWT'), type: 'at+Jwt' }),
    outside('missing', '', missing('typ'), { type: 'at+jwt' }),
    outside('missing, where JWT is expected', '', missing('typ'), { type: 'JWT' }),
    outside('missing from the header, but in the claims', '"typ":"at+jwt"', missing('typ'), { type: 'at+jwt' }),
    outside('inherited', '', missing('typ'), { header: '{"alg":"HS256","__proto__":{"typ":"at+jwt"}}', type: 'at+jwt' }),
    outside('a different one', '', mismatch('typ'), typed('JWT')),
    outside('with application/ twice', '', mismatch('typ'), typed('application/application/at+jwt')),
    outside('a suffix of the expected one', '', mismatch('typ'), typed('jwt')),
  ],
  required: [
    inside('present', '"role":"admin"', 'accepted', { required: 'role' }),
    inside('all of a list', '"role":"admin","jti":"1"', 'accepted', { required: ['role', 'jti', 'exp'] }),
    on('null', '"role":null', 'accepted', { required: 'role' }),
    on('false', '"role":false', 'accepted', { required: ['role'] }),
    on('an empty string', '"role":""', 'accepted', { required: ['role'] }),
    on('an own toString and __proto__', '"toString":0,"__proto__":{}', 'accepted', { required: ['toString', '__proto__'] }),
    outside('missing', '', missing('role'), { required: 'role' }),
    outside('the second of a list', '"role":"admin"', missing('jti'), { required: ['role', 'jti'] }),
    outside('inherited by every object', '', missing('toString'), { required: 'toString' }),
    outside('in the header only', '', missing('role'), { header: '{"alg":"HS256","role":"admin"}', required: 'role' }),
    outside('within another claim', '"user":{"role":"admin"}', missing('user.role'), { required: 'user.role' }),
  ],
}

/** What moves the boundaries of other rules, or is checked before all of them. */
const LIMITS: Readonly<Record<string, readonly Row[]>> = {
  'clockTolerance for exp': [
    inside('4.999 s past exp', PAST, 'accepted', { at: '08:00:04.999', clockTolerance: 5 }),
    on('5 s past exp', PAST, expired(NOW), { at: '08:00:05.000', clockTolerance: '5s' }),
    outside('5.001 s past exp', PAST, expired(NOW), { at: '08:00:05.001', clockTolerance: 5 }),
    outside('no exp, which a tolerance does not replace', '{}', missing('exp'), { clockTolerance: '10m' }),
  ],
  'clockTolerance at its most, 600 s': [
    inside('9 min 59.999 s past exp', PAST, 'accepted', { at: '08:09:59.999', clockTolerance: 600 }),
    on('10 min past exp', PAST, expired(NOW), { at: '08:10:00.000', clockTolerance: '10m' }),
    outside('10 min 0.001 s past exp', PAST, expired(NOW), { at: '08:10:00.001', clockTolerance: '600s' }),
  ],
  'clockTolerance with a fraction': [
    inside('0.499 s past exp', PAST, 'accepted', { at: '08:00:00.499', clockTolerance: 0.5 }),
    on('0.5 s past exp', PAST, expired(NOW), { at: '08:00:00.500', clockTolerance: 0.5 }),
    outside('0.501 s past exp', PAST, expired(NOW), { at: '08:00:00.501', clockTolerance: 0.5 }),
  ],
  'clockTolerance for nbf': [
    inside('4.999 s before nbf', '"nbf":1800000000', 'accepted', { at: '07:59:55.001', clockTolerance: 5 }),
    on('5 s before nbf', '"nbf":1800000000', 'accepted', { at: '07:59:55.000', clockTolerance: 5 }),
    outside('5.001 s before nbf', '"nbf":1800000000', early('nbf', NOW), { at: '07:59:54.999', clockTolerance: 5 }),
  ],
  'clockTolerance for maxAge': [
    inside('4.999 s too old', '"iat":1799999940', 'accepted', { at: '08:00:04.999', maxAge: '1m', clockTolerance: 5 }),
    on('5 s too old', '"iat":1799999940', expired(NOW, 'iat'), { at: '08:00:05.000', maxAge: '1m', clockTolerance: 5 }),
    outside('5.001 s too old', '"iat":1799999940', expired(NOW, 'iat'), { at: '08:00:05.001', maxAge: '1m', clockTolerance: 5 }),
  ],
  'clockTolerance for iat, below a minute: the two are not added up': [
    inside('issued in 59 s', '"iat":1800000059', 'accepted', { clockTolerance: 30 }),
    on('issued in 60 s', '"iat":1800000060', 'accepted', { clockTolerance: 30 }),
    outside('issued in 61 s', '"iat":1800000061', early('iat', '2027-01-15T08:01:01.000Z'), { clockTolerance: 30 }),
  ],
  'clockTolerance for iat, above a minute': [
    inside('issued in 89.999 s', '"iat":1800000090', 'accepted', { at: AFTER, clockTolerance: '90s' }),
    on('issued in 90 s', '"iat":1800000090', 'accepted', { clockTolerance: '90s' }),
    outside('issued in 90.001 s', '"iat":1800000090', early('iat', '2027-01-15T08:01:30.000Z'), { at: BEFORE, clockTolerance: '90s' }),
  ],
  'numbers, which must be below 2^53': [
    inside('2^53 - 1', '"id":9007199254740991', 'accepted'),
    inside('-(2^53 - 1)', '"id":-9007199254740991', 'accepted'),
    inside('more digits in a string', '"id":"9007199254740993","text":": 9007199254740993, [1e400"', 'accepted'),
    on('2^53', '"id":9007199254740992', invalid('id')),
    on('-2^53', '"id":-9007199254740992', invalid('id')),
    on('a fraction that is rounded to 2^53', '"id":9007199254740991.9', invalid('id')),
    outside('first in a list', '"ids":[ 9007199254740993]', invalid('ids')),
    outside('in an object in a list', '"user":{"list":[null,{"id":-9007199254740993}]}', invalid('user')),
    outside('in a claim without a name', '"":9007199254740993', invalid('')),
    outside('in the second of two claims', '"a":[1e15,"1e16"],"b":1e16,"c":1', invalid('b')),
    outside('in a token that has expired', '{"exp":0,"id":9007199254740993}', invalid('id')),
    outside('in the header', '', malformed, { header: '{"alg":"HS256","x":[{"id":9007199254740993}]}' }),
    inside('2^53 - 1 in the header', '', 'accepted', { header: '{"alg":"HS256","x":9007199254740991}' }),
  ],
  allowMistyped: [
    inside('a numeric sub', '"sub":1', 'accepted', lenient(['sub'])),
    on('null, true, a list and an object', '"iss":null,"sub":true,"iat":[],"jti":{}', 'accepted', lenient(ALL)),
    on('an iat in milliseconds, which would be in the future', '"iat":1900000000000', 'accepted', lenient(['iat'])),
    outside('a numeric jti, where only sub is allowed', '"sub":1,"jti":2', invalid('jti'), lenient(['sub'])),
    outside('a numeric aud', '"aud":5', invalid('aud'), lenient(ALL)),
    outside('an exp as text', '{"exp":"1800003600","sub":1}', invalid('exp'), lenient(ALL)),
    outside('an iat that is in the future', '"iat":1800000061', early('iat', '2027-01-15T08:01:01.000Z'), lenient(ALL)),
    outside('a number of 2^53 or more', '"sub":9007199254740993', invalid('sub'), lenient(ALL)),
    outside('a numeric sub, and no iss where one is expected', '"sub":1', missing('iss'), lenient(['sub'], { issuer: 'a' })),
  ],
  maxLength: [
    inside('a character shorter than maxLength', '', 'accepted', { maxLength: 90 }),
    on('exactly maxLength', '', 'accepted', { maxLength: 89 }),
    outside('a character longer than maxLength', '', malformed, { maxLength: 88 }),
  ],
  'maxLength by default, 65 536': [
    inside('65 535 characters', `"a":"${'a'.repeat(49_077)}"`, 'accepted'),
    on('65 536 characters', `"a":"${'a'.repeat(49_078)}"`, 'accepted'),
    outside('65 537 characters', `"a":"${'a'.repeat(49_079)}"`, malformed),
    inside('65 537 characters, and maxLength: 70 000', `"a":"${'a'.repeat(49_079)}"`, 'accepted', { maxLength: 70_000 }),
  ],
}

const sidesOf = (rows: readonly Row[] | undefined): unknown => new Set(rows?.map(({ side }) => side))
const ALL_SIDES = new Set(['inside', 'on', 'outside'])

describe('the table', () => {
  it.each(RULES)('has rows inside, on and outside the boundary of the rule %s', (rule) => {
    expect(sidesOf(TABLE[rule])).toEqual(ALL_SIDES)
  })

  it.each(Object.keys(LIMITS))('has rows inside, on and outside the boundary of %s', (limit) => {
    expect(sidesOf(LIMITS[limit])).toEqual(ALL_SIDES)
  })

  it('has no rows for rules that no longer exist', () => {
    expect(Object.keys(TABLE)).toEqual(RULES)
  })
})

for (const [name, rows] of [...Object.entries(TABLE), ...Object.entries(LIMITS)]) {
  describe(`verify: ${name}`, () => {
    it.each(rows)('$side: $fact', async ({ token, options, at, verdict }) => {
      expect(await judge(token, options, at)).toEqual(verdict)
    })
  })
}

describe('verify: a polluted Object.prototype', () => {
  it.each([
    ['exp', { exp: 1_900_000_000 }, '{}', missing('exp'), {}],
    ['exp of the wrong type', { exp: 'x' }, '{}', missing('exp'), {}],
    ['nbf', { nbf: 1_900_000_000 }, '', 'accepted', {}],
    ['iat', { iat: 1_800_000_000 }, '', missing('iat'), { maxAge: '1m' }],
    ['iss', { iss: 'i' }, '', missing('iss'), { issuer: 'i' }],
    ['aud', { aud: 'a' }, '', missing('aud'), { audience: 'a' }],
    ['sub', { sub: 's' }, '', missing('sub'), { subject: 's' }],
    ['jti of the wrong type', { jti: 1 }, '', 'accepted', {}],
    ['sub of the wrong type, where it is allowed', { sub: 1 }, '"sub":2', 'accepted', lenient(['sub'])],
    ['allowMistyped', { allowMistyped: ['sub'], schema: anything }, '"sub":2', invalid('sub'), {}],
    ['typ', { typ: 't' }, '', missing('typ'), { type: 't' }],
    ['a required name', { role: 'admin' }, '', missing('role'), { required: 'role' }],
    ['options', { issuer: 'i', audience: 'a', subject: 's', type: 't', required: 'role', maxAge: 1, maxLength: 1 }, '', 'accepted', {}],
    ['requireExp', { requireExp: false }, '{}', missing('exp'), {}],
    ['ignoreAudience', { ignoreAudience: true }, '"aud":"a"', mismatch('aud'), {}],
    ['clockTolerance', { clockTolerance: 1e6 }, '{"exp":1800000000}', expired(NOW), {}],
  ] as const)('does not give a token or a verifier an inherited %s', async (_what, members, claims, verdict, options) => {
    expect(await whilePolluted(members, () => judge(forge(payloadOf(claims)), options))).toEqual(verdict)
  })

  it('does not give a token an inherited alg', async () => {
    expect(await whilePolluted({ alg: 'HS256' }, () => judge(forge('', '{"typ":"JWT"}')))).toEqual(malformed)
  })
})

describe('verify: NumericDate (RFC 7519 §2)', () => {
  const at = '2027-01-15T08:00:00.500Z'

  it.each<[claims: string, verdict: Verdict, options?: VerifyOptions]>([
    ['{"exp":1800000000.501}', 'accepted'],
    ['{"exp":1800000000.5}', expired('2027-01-15T08:00:00.500Z')],
    ['{"exp":1800000000.499}', expired('2027-01-15T08:00:00.499Z')],
    ['{"exp":0}', expired('1970-01-01T00:00:00.000Z')],
    ['{"exp":-1.5}', expired('1969-12-31T23:59:58.500Z')],
    ['{"exp":253402300799}', 'accepted'],
    ['{"exp":-253402300799}', expired('-006060-01-02T00:00:01.000Z')],
    ['"nbf":1800000000.5', 'accepted'],
    ['"nbf":1800000000.501', early('nbf', '2027-01-15T08:00:00.501Z')],
    ['"nbf":0,"iat":0', 'accepted'],
    ['"nbf":-253402300799,"iat":-253402300799', 'accepted'],
    ['"nbf":253402300799', early('nbf', '9999-12-31T23:59:59.000Z')],
    ['"iat":1800000060.5', 'accepted'],
    ['"iat":1800000060.501', early('iat', '2027-01-15T08:01:00.501Z')],
    ['"iat":253402300799', early('iat', '9999-12-31T23:59:59.000Z')],
    ['"iat":0', expired('1970-01-01T01:00:00.000Z', 'iat'), { maxAge: '1h' }],
    ['"iat":-3600', expired('1970-01-01T00:00:00.000Z', 'iat'), { maxAge: '1h' }],
    ['"iat":1799996400.5', expired('2027-01-15T08:00:00.500Z', 'iat'), { maxAge: '1h' }],
    ['"iat":1799996400.75', 'accepted', { maxAge: '1h' }],
  ])('a token with %s', async (claims, verdict, options) => {
    expect(await judge(forge(payloadOf(claims)), options, at)).toEqual(verdict)
    expect(await judge(forge(payloadOf(claims)), { ...options, requireExp: false }, at)).toEqual(verdict)
  })

  const beyond = ['253402300799.5', '253402300800', '-253402300800', '1800003600000', '1e308', '1e400', '-1e400']
  const others = ['"1800003600"', '"2027-01-15T09:00:00Z"', '""', 'null', 'true', '[]', '[1800003600]', '{}', '{"valueOf":1800003600}']

  it.each([...beyond, ...others])('a time of %s is invalid, required or not', async (time) => {
    for (const claim of ['exp', 'nbf', 'iat']) {
      const token = forge(claim === 'exp' ? `{"exp":${time}}` : payloadOf(`"${claim}":${time}`))
      expect(await judge(token)).toEqual(invalid(claim))
      expect(await judge(token, { requireExp: false })).toEqual(invalid(claim))
    }
  })

  it('the last of duplicate members wins (RFC 7515 §4)', async () => {
    expect(await judge(forge('{"exp":0,"exp":1800003600}'))).toBe('accepted')
    expect(await judge(forge('{"exp":1800003600,"exp":0}'))).toEqual(expired('1970-01-01T00:00:00.000Z'))
  })
})

describe('verify: types of the other registered claims', () => {
  const wrong = ['null', '0', '1', 'true', '{}', '{"0":"orders","length":1}']

  it.each([...wrong, '[]', '["a"]'])('an iss, sub or jti of %s is invalid, expected or not', async (value) => {
    const expected = { iss: { issuer: 'a' }, sub: { subject: 'a' }, jti: { required: 'jti' } }
    for (const [claim, options] of Object.entries(expected)) {
      expect(await judge(forge(payloadOf(`"${claim}":${value}`)))).toEqual(invalid(claim))
      expect(await judge(forge(payloadOf(`"${claim}":${value}`)), options)).toEqual(invalid(claim))
    }
  })

  it.each([...wrong, '[5]', '["orders",5]', '[["orders"]]'])('an aud of %s is invalid, expected, ignored or not', async (aud) => {
    const token = forge(payloadOf(`"aud":${aud}`))
    for (const options of [{}, AUD, { ignoreAudience: true }]) expect(await judge(token, options)).toEqual(invalid('aud'))
  })

  it('a type is checked before every rule: an invalid jti counts before an expired exp', async () => {
    expect(await judge(forge('{"exp":0,"jti":5}'))).toEqual(invalid('jti'))
    expect(await judge(forge('{"jti":5}'))).toEqual(invalid('jti'))
  })
})

describe('verify: the order of rules', () => {
  const options: VerifyOptions = { ...ISS, ...AUD, maxAge: '1m', subject: 'u1', type: 'at+jwt', required: 'role' }
  // For each rule: its claim, what it accepts, and what it rejects. The last of two iat wins.
  const MEMBERS: Readonly<Record<string, readonly [claim: string, right: string, wrong: string]>> = {
    exp: ['exp', EXP, '"exp":0'],
    nbf: ['nbf', '"nbf":0', '"nbf":1800000060'],
    iat: ['iat', '"iat":1800000000', '"iat":1800000061'],
    maxAge: ['iat', '', '"iat":0'],
    issuer: ['iss', '"iss":"https://auth.example"', '"iss":"x"'],
    audience: ['aud', '"aud":"orders"', '"aud":"x"'],
    subject: ['sub', '"sub":"u1"', '"sub":"x"'],
    type: ['typ', '', ''],
    required: ['role', '"role":"admin"', ''],
  }
  const rules = Object.keys(MEMBERS)

  function tokenAgainst(broken: readonly string[]): string {
    const members = Object.entries(MEMBERS).map(([rule, [, right, wrong]]) => (broken.includes(rule) ? wrong : right))
    const payload = `{${members.filter((member) => member !== '').join()}}`
    return forge(payload, broken.includes('type') ? '{"alg":"HS256","typ":"JWT"}' : AT_JWT)
  }

  it('is the documented one', () => {
    expect(RULES).toEqual(rules)
  })

  it('accepts a token that breaks no rule', async () => {
    expect(await judge(tokenAgainst([]), options)).toBe('accepted')
  })

  const pairs = rules.flatMap((first, index) => rules.slice(index + 1).map((second) => [first, second] as const))

  // An iat that is too new is never too old.
  it.each(pairs.filter((pair) => pair.join() !== 'iat,maxAge'))('checks %s before %s', async (first, second) => {
    expect(await judge(tokenAgainst([second]), options)).toMatchObject({ claim: MEMBERS[second]?.[0] })
    expect(await judge(tokenAgainst([first, second]), options)).toMatchObject({ claim: MEMBERS[first]?.[0] })
  })

  it('shows one error after the other when everything is wrong and is corrected step by step', async () => {
    const found: unknown[] = []
    for (let fixed = 0; fixed <= rules.length; fixed++) {
      const verdict = await judge(tokenAgainst(rules.slice(fixed).filter((rule) => rule !== 'maxAge')), options)
      found.push(verdict === 'accepted' ? verdict : verdict.claim)
    }
    expect(found).toEqual(['exp', 'nbf', 'iat', 'iss', 'iss', 'aud', 'sub', 'typ', 'role', 'accepted'])
  })
})

describe('verify: the order of steps', () => {
  const tamper = (token: string): string => `${token.slice(0, -43)}${'A'.repeat(43)}`

  it.each([
    ['expired', '{"exp":0}'],
    ['of the wrong types', '{"exp":"x","aud":5}'],
    ['rounded', `{${EXP},"id":9007199254740993}`],
    ['not JSON', 'prose'],
  ])('reports the signature of a forged token whose claims are %s', async (_what, claims) => {
    expect(await judge(tamper(forge(claims)))).toEqual({ code: 'ERR_JWT_SIGNATURE' })
    expect(await judge(forge(claims))).not.toEqual({ code: 'ERR_JWT_SIGNATURE' })
  })

  it('reports the algorithm of a forged token with another alg', async () => {
    expect(await judge(tamper(forge('{"exp":0}', '{"alg":"none"}')))).toEqual({ code: 'ERR_JWT_ALGORITHM' })
    expect(await judge(forge('{"exp":0}', '{"alg":"HS384"}'))).toEqual({ code: 'ERR_JWT_ALGORITHM' })
  })

  it('reports a key that was not found for a forged token with another kid', async () => {
    const named = createKey(SECRET, { kid: 'a' })
    const token = tamper(forge('{"exp":0}', '{"alg":"HS256","kid":"b"}'))
    await expect(verify(token, named)).rejects.toMatchObject({ code: 'ERR_JWT_KEY_NOT_FOUND' })
  })

  it('reports as malformed a token that is both too long and expired, or whose header is not supported', async () => {
    expect(await judge(forge('{"exp":0}'), { maxLength: 10 })).toEqual(malformed)
    expect(await judge(forge('{"exp":0}', '{"alg":"none","crit":["exp"]}'))).toEqual(malformed)
  })

  it('checks every rule before the schema, which never sees an expired token', async () => {
    const seen: unknown[] = []
    const validate = (value: unknown) => (seen.push(value), { issues: [{ message: 'no', path: ['role'] }] })
    const schema: StandardSchema = { '~standard': { version: 1, vendor: 'test', validate } }
    expect(await judge(forge('{"exp":0}'), { schema })).toEqual(expired('1970-01-01T00:00:00.000Z'))
    expect(await judge(forge(`{${EXP}}`), { schema, required: 'x' })).toEqual(missing('x'))
    expect(seen).toEqual([])
    expect(await judge(forge(`{${EXP}}`), { schema })).toEqual(invalid('role'))
    expect(seen).toEqual([{ exp: T + 3600 }])
  })
})

describe('verify: the clock', () => {
  it('is read once', async () => {
    let reads = 0
    const now = (): Date => new Date(T * 1000 + reads++)
    await verify(forge(`{${EXP},"nbf":1800000000,"iat":1800000000}`), key, { now, maxAge: '1h', clockTolerance: 1 })
    expect(reads).toBe(1)
  })

  it('is the system’s by default', async () => {
    const seconds = Date.now() / 1000
    const early = forge({ exp: seconds + 120, nbf: seconds + 60 })
    await expect(verify(forge({ exp: seconds + 60, nbf: seconds - 1 }), key)).resolves.toMatchObject({ key })
    await expect(verify(forge({ exp: seconds - 0.5 }), key)).rejects.toMatchObject({ code: 'ERR_JWT_EXPIRED' })
    await expect(verify(early, key)).rejects.toMatchObject({ code: 'ERR_JWT_NOT_YET_VALID' })
  })
})
