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

/** The time of verification, 1800000000, unless a row says otherwise. */
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
    outside('clockTolerance is not added', '"iat":1800000061', early('iat', '2027-01-15T08:01:01.000Z'), { clockTolerance: 30 }),
  ],
  maxAge: [
    inside('a millisecond younger than maxAge', '"iat":1799999940', 'accepted', { at: BEFORE, maxAge: '1m' }),
    on('exactly as old as maxAge', '"iat":1799999940', expired(NOW, 'iat'), { maxAge: '1m' }),
    outside('a millisecond older than maxAge', '"iat":1799999940', expired(NOW, 'iat'), { at: AFTER, maxAge: 60 }),
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
    on('the last of a list in the token', '"aud":["billing","orders"]', 'accepted', AUD),
    outside('present, and none expected (RFC 7519 §4.1.3)', '"aud":"orders"', mismatch('aud')),
    outside('present, none expected, ignoreAudience: false', '"aud":["orders"]', mismatch('aud'), { ignoreAudience: false }),
    outside('missing', '', missing('aud'), AUD),
    outside('the name of a list’s own member, length', '"aud":"length"', mismatch('aud'), AUD),
  ],
  subject: [
    inside('equal', '"sub":"u1"', 'accepted', { subject: 'u1' }),
    inside('nothing expected', '"sub":""', 'accepted'),
    on('equal once JSON is read', '"sub":"\\u0075\\u0031"', 'accepted', { subject: 'u1' }),
    outside('missing', '', missing('sub'), { subject: 'u1' }),
  ],
  type: [
    inside('nothing expected', '', 'accepted', { header: AT_JWT }),
    on('with application/ in the token', '', 'accepted', typed('application/at+jwt')),
    on('with application/ in the options', '', 'accepted', { header: AT_JWT, type: 'application/at+jwt' }),
    on('in another case, because media types are case-insensitive', '', 'accepted', { ...typed('Application/AT+JWT'), type: 'at+Jwt' }),
    outside('missing, where JWT is expected', '', missing('typ'), { type: 'JWT' }),
    outside('missing from the header, but in the claims', '"typ":"at+jwt"', missing('typ'), { type: 'at+jwt' }),
    outside('a different one', '', mismatch('typ'), typed('JWT')),
  ],
  required: [
    inside('all of a list', '"role":"admin","jti":"1"', 'accepted', { required: ['role', 'jti', 'exp'] }),
    on('null, false and an empty string', '"a":null,"b":false,"c":""', 'accepted', { required: ['a', 'b', 'c'] }),
    outside('the second of a list', '"role":"admin"', missing('jti'), { required: ['role', 'jti'] }),
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
    inside('0.499 s past exp, with a tolerance of half a second', PAST, 'accepted', { at: '08:00:00.499', clockTolerance: 0.5 }),
    on('0.5 s past exp, with a tolerance of half a second', PAST, expired(NOW), { at: '08:00:00.500', clockTolerance: 0.5 }),
    outside('no exp, which a tolerance does not replace', '{}', missing('exp'), { clockTolerance: '10m' }),
  ],
  'clockTolerance at its most, 600 s': [
    inside('9 min 59.999 s past exp', PAST, 'accepted', { at: '08:09:59.999', clockTolerance: 600 }),
    on('10 min past exp', PAST, expired(NOW), { at: '08:10:00.000', clockTolerance: '10m' }),
    outside('10 min 0.001 s past exp', PAST, expired(NOW), { at: '08:10:00.001', clockTolerance: '600s' }),
  ],
  'clockTolerance for nbf': [
    inside('4.999 s before nbf', '"nbf":1800000000', 'accepted', { at: '07:59:55.001', clockTolerance: 5 }),
    on('5 s before nbf', '"nbf":1800000000', 'accepted', { at: '07:59:55.000', clockTolerance: 5 }),
    outside('5.001 s before nbf', '"nbf":1800000000', early('nbf', NOW), { at: '07:59:54.999', clockTolerance: 5 }),
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
  ],
}

const ALL = Object.entries({ ...TABLE, ...LIMITS })

describe('the table', () => {
  it.each(ALL)('has rows inside, on and outside the boundary of %s', (_name, rows) => {
    expect(new Set(rows.map(({ side }) => side))).toEqual(new Set(['inside', 'on', 'outside']))
  })

  it('has rows for each rule, and for no other', () => {
    expect(Object.keys(TABLE)).toEqual(RULES)
  })
})

describe.each(ALL)('verify: %s', (_name, rows) => {
  it.each(rows)('$side: $fact', async ({ token, options, at, verdict }) => {
    expect(await judge(token, options, at)).toEqual(verdict)
  })
})

// options.test.ts has the other claims and options.
describe('verify: a polluted Object.prototype', () => {
  const anything: StandardSchema = { '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value: value as object }) } }

  it.each([
    ['exp of the wrong type', { exp: 'x' }, '{}', missing('exp'), {}],
    ['iat', { iat: 1_800_000_000 }, '', missing('iat'), { maxAge: '1m' }],
    ['sub', { sub: 's' }, '', missing('sub'), { subject: 's' }],
    ['jti of the wrong type', { jti: 1 }, '', 'accepted', {}],
    ['sub of the wrong type that is allowed', { sub: 1 }, '"sub":2', 'accepted', { allowMistyped: ['sub'], schema: anything } as object],
    ['allowMistyped', { allowMistyped: ['sub'], schema: anything }, '"sub":2', invalid('sub'), {}],
    ['options', { issuer: 'i', audience: 'a', subject: 's', type: 't', required: 'role', maxAge: 1, maxLength: 1 }, '', 'accepted', {}],
    ['clockTolerance', { clockTolerance: 1e6 }, '{"exp":1800000000}', expired(NOW), {}],
  ] as const)('does not give a token or a verifier an inherited %s', async (_what, members, claims, verdict, options) => {
    expect(await whilePolluted(members, () => judge(forge(payloadOf(claims)), options))).toEqual(verdict)
  })
})

describe('verify: NumericDate (RFC 7519 §2)', () => {
  const at = '2027-01-15T08:00:00.500Z'

  it.each<[claims: string, verdict: Verdict, options?: VerifyOptions]>([
    ['{"exp":1800000000.5}', expired('2027-01-15T08:00:00.500Z')],
    ['{"exp":-253402300799}', expired('-006060-01-02T00:00:01.000Z')],
    ['"nbf":1800000000.5', 'accepted'],
    ['"nbf":1800000000.501', early('nbf', '2027-01-15T08:00:00.501Z')],
    ['"nbf":-253402300799,"iat":-253402300799', 'accepted'],
    ['"nbf":253402300799', early('nbf', '9999-12-31T23:59:59.000Z')],
    ['"iat":1800000060.5', 'accepted'],
    ['"iat":1800000060.501', early('iat', '2027-01-15T08:01:00.501Z')],
    ['"iat":0', expired('1970-01-01T01:00:00.000Z', 'iat'), { maxAge: '1h' }],
    ['"iat":-3600', expired('1970-01-01T00:00:00.000Z', 'iat'), { maxAge: '1h' }],
    ['"iat":1799996400.5', expired('2027-01-15T08:00:00.500Z', 'iat'), { maxAge: '1h' }],
    ['"iat":1799996400.75', 'accepted', { maxAge: '1h' }],
  ])('a token with %s', async (claims, verdict, options) => {
    expect(await judge(forge(payloadOf(claims)), options, at)).toEqual(verdict)
    expect(await judge(forge(payloadOf(claims)), { ...options, requireExp: false }, at)).toEqual(verdict)
  })

  // The corpus has more of them, where they are required.
  it.each(['253402300799.5', '"1800003600"', 'null'])('a time of %s is invalid, required or not', async (time) => {
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
  it.each(['null', '0', '{"0":"a","length":1}', '["a"]'])('an iss, sub or jti of %s is invalid, expected or not', async (value) => {
    const expected = { iss: { issuer: 'a' }, sub: { subject: 'a' }, jti: { required: 'jti' } }
    for (const [claim, options] of Object.entries(expected)) {
      expect(await judge(forge(payloadOf(`"${claim}":${value}`)))).toEqual(invalid(claim))
      expect(await judge(forge(payloadOf(`"${claim}":${value}`)), options)).toEqual(invalid(claim))
    }
  })

  it.each(['null', '0', '{"0":"orders","length":1}', '["orders",5]'])('an aud of %s is invalid, expected, ignored or not', async (aud) => {
    const token = forge(payloadOf(`"aud":${aud}`))
    for (const options of [{}, AUD, { ignoreAudience: true }]) expect(await judge(token, options)).toEqual(invalid('aud'))
  })

  it('a type is checked before every rule: an invalid jti counts before an expired exp', async () => {
    for (const claims of ['{"exp":0,"jti":5}', '{"jti":5}']) expect(await judge(forge(claims))).toEqual(invalid('jti'))
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

  function tokenAgainst(broken: readonly string[]): string {
    const members = Object.entries(MEMBERS).map(([rule, [, right, wrong]]) => (broken.includes(rule) ? wrong : right))
    const payload = `{${members.filter((member) => member !== '').join()}}`
    return forge(payload, broken.includes('type') ? '{"alg":"HS256","typ":"JWT"}' : AT_JWT)
  }

  it('accepts a token that breaks no rule', async () => {
    expect(await judge(tokenAgainst([]), options)).toBe('accepted')
  })

  const pairs = RULES.flatMap((first, index) => RULES.slice(index + 1).map((second) => [first, second] as const))

  // An iat that is too new is never too old.
  it.each(pairs.filter((pair) => pair.join() !== 'iat,maxAge'))('checks %s before %s', async (first, second) => {
    expect(await judge(tokenAgainst([second]), options)).toMatchObject({ claim: MEMBERS[second]?.[0] })
    expect(await judge(tokenAgainst([first, second]), options)).toMatchObject({ claim: MEMBERS[first]?.[0] })
  })

  it('reports a header that is not supported before another algorithm', async () => {
    expect(await judge(forge('{"exp":0}', '{"alg":"none","crit":["exp"]}'))).toEqual(malformed)
  })
})
