/**
 * Every rule of `verify`, three times: just inside, exactly on and just outside its boundary. Where a rule has no number, *inside* is the
 * plain case, *on* the least that still decides as it does, *outside* what comes near without being it.
 */
import { createKey, JwtClaimError, JwtError, JwtExpiredError, JwtNotYetValidError, type StandardSchema, type VerifyOptions } from 'hs256'
import { describe, expect, it } from 'vitest'
import { RULES } from '../src/rules.ts'
import { bytesOf, utf16 } from './support/bytes.ts'
import { verify } from './support/engine.ts'
import { forge, SECRET } from './support/forge.ts'

const key = createKey(SECRET)

const T = 1_800_000_000 // 2027-01-15T08:00:00Z, the time of verification unless a row says otherwise
const NOW = '2027-01-15T08:00:00.000Z'

/** Why `verify` refuses, as far as it tells; `'accepted'` where it does not. */
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

interface Circumstances extends VerifyOptions {
  readonly header?: string
  readonly at?: string
}

interface Row {
  readonly side: 'inside' | 'on' | 'outside'
  readonly fact: string
  readonly token: string
  readonly verdict: Verdict
  readonly options: VerifyOptions
  readonly at: string | undefined
}

function rowOf(side: Row['side']) {
  return (fact: string, payload: string, verdict: Verdict, { header, at, ...options }: Circumstances = {}): Row => {
    return { side, fact, token: forge(payload, header), verdict, options, at }
  }
}

/** The claims that `allowMistyped` may name. */
const ALL = ['iss', 'sub', 'iat', 'jti']
const anything: StandardSchema = { '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value: value as object }) } }

/** Options that allow these claims to have the wrong type, for a schema that accepts all claims. */
const lenient = (allowMistyped: readonly string[], more: VerifyOptions = {}): VerifyOptions =>
  ({ ...more, allowMistyped, schema: anything }) as object

const inside = rowOf('inside')
const on = rowOf('on')
const outside = rowOf('outside')

const EXP = '"exp":1800003600'
const AT_JWT = '{"alg":"HS256","typ":"at+jwt"}'

/** For each rule of `verify`, by its name in `RULES`, its rows. */
const TABLE: Readonly<Record<string, readonly Row[]>> = {
  exp: [
    inside('a millisecond before exp', '{"exp":1800000000}', 'accepted', { at: '2027-01-15T07:59:59.999Z' }),
    on('at the second of exp', '{"exp":1800000000}', expired(NOW)),
    outside('a millisecond past exp', '{"exp":1800000000}', expired(NOW), { at: '2027-01-15T08:00:00.001Z' }),
    inside('requireExp: false and no exp', '{}', 'accepted', { requireExp: false }),
    on('requireExp: false and an exp that has passed', '{"exp":1800000000}', expired(NOW), { requireExp: false }),
    outside('no exp', '{}', missing('exp')),
    outside('no exp, requireExp: true', '{}', missing('exp'), { requireExp: true }),
    outside('an exp that is inherited', `{"__proto__":{${EXP}}}`, missing('exp')),
    outside('EXP instead of exp', '{"EXP":1800003600}', missing('exp')),
  ],
  nbf: [
    inside('a millisecond past nbf', `{${EXP},"nbf":1800000000}`, 'accepted', { at: '2027-01-15T08:00:00.001Z' }),
    on('at the second of nbf', `{${EXP},"nbf":1800000000}`, 'accepted'),
    outside('a millisecond before nbf', `{${EXP},"nbf":1800000000}`, early('nbf', NOW), { at: '2027-01-15T07:59:59.999Z' }),
    outside('a second before nbf', `{${EXP},"nbf":1800000001}`, early('nbf', '2027-01-15T08:00:01.000Z')),
  ],
  iat: [
    inside('issued now', `{${EXP},"iat":1800000000}`, 'accepted'),
    inside('issued in 59.999 s', `{${EXP},"iat":1800000060}`, 'accepted', { at: '2027-01-15T08:00:00.001Z' }),
    on('issued in 60 s', `{${EXP},"iat":1800000060}`, 'accepted'),
    outside('issued in 60.001 s', `{${EXP},"iat":1800000060}`, early('iat', '2027-01-15T08:01:00.000Z'), {
      at: '2027-01-15T07:59:59.999Z',
    }),
    outside('issued in 61 s', `{${EXP},"iat":1800000061}`, early('iat', '2027-01-15T08:01:01.000Z')),
  ],
  maxAge: [
    inside('a millisecond younger than maxAge', `{${EXP},"iat":1799999940}`, 'accepted', { at: '2027-01-15T07:59:59.999Z', maxAge: '1m' }),
    on('exactly as old as maxAge', `{${EXP},"iat":1799999940}`, expired(NOW, 'iat'), { maxAge: '1m' }),
    outside('a millisecond older than maxAge', `{${EXP},"iat":1799999940}`, expired(NOW, 'iat'), {
      at: '2027-01-15T08:00:00.001Z',
      maxAge: 60,
    }),
    outside('no iat', `{${EXP}}`, missing('iat'), { maxAge: '1m' }),
    outside('maxAge: 0', `{${EXP},"iat":1800000000}`, expired(NOW, 'iat'), { maxAge: 0 }),
    inside('an iat of 1970 and no maxAge', `{${EXP},"iat":0}`, 'accepted'),
  ],
  issuer: [
    inside('equal', `{${EXP},"iss":"https://auth.example"}`, 'accepted', { issuer: 'https://auth.example' }),
    inside('nothing expected', `{${EXP},"iss":"anyone"}`, 'accepted'),
    on('the last of a list', `{${EXP},"iss":"https://auth.example"}`, 'accepted', {
      issuer: ['https://old.example', 'https://auth.example'],
    }),
    outside('missing', `{${EXP}}`, missing('iss'), { issuer: 'https://auth.example' }),
    outside('in another case', `{${EXP},"iss":"https://Auth.example"}`, mismatch('iss'), { issuer: 'https://auth.example' }),
    outside('with an extra slash', `{${EXP},"iss":"https://auth.example/"}`, mismatch('iss'), { issuer: 'https://auth.example' }),
    outside('that begins with the expected one', `{${EXP},"iss":"https://auth.example.evil"}`, mismatch('iss'), {
      issuer: 'https://auth.example',
    }),
    outside('a prefix of the expected one', `{${EXP},"iss":"https://auth"}`, mismatch('iss'), { issuer: 'https://auth.example' }),
    outside('empty', `{${EXP},"iss":""}`, mismatch('iss'), { issuer: 'https://auth.example' }),
    outside('the list joined to a string', `{${EXP},"iss":"a,b"}`, mismatch('iss'), { issuer: ['a', 'b'] }),
    outside('a list (CVE-2025-30144)', `{${EXP},"iss":["https://auth.example"]}`, invalid('iss'), { issuer: 'https://auth.example' }),
    outside('composed, where decomposed is expected', `{${EXP},"iss":"caf\u00e9"}`, mismatch('iss'), { issuer: 'cafe\u0301' }),
    outside('inherited', `{${EXP},"__proto__":{"iss":"https://auth.example"}}`, missing('iss'), { issuer: 'https://auth.example' }),
  ],
  audience: [
    inside('equal', `{${EXP},"aud":"orders"}`, 'accepted', { audience: 'orders' }),
    inside('neither expected nor present', `{${EXP}}`, 'accepted'),
    inside('ignored', `{${EXP},"aud":"orders"}`, 'accepted', { ignoreAudience: true }),
    inside('ignored and not present', `{${EXP}}`, 'accepted', { ignoreAudience: true }),
    on('the last of a list in the token', `{${EXP},"aud":["billing","orders"]}`, 'accepted', { audience: 'orders' }),
    on('one of a list in the options', `{${EXP},"aud":"orders"}`, 'accepted', { audience: ['billing', 'orders'] }),
    on('two lists with one in common', `{${EXP},"aud":["a","orders"]}`, 'accepted', { audience: ['orders', 'b'] }),
    outside('present, and none expected (RFC 7519 §4.1.3)', `{${EXP},"aud":"orders"}`, mismatch('aud')),
    outside('present, none expected, ignoreAudience: false', `{${EXP},"aud":["orders"]}`, mismatch('aud'), { ignoreAudience: false }),
    outside('an empty string, and none expected', `{${EXP},"aud":""}`, mismatch('aud')),
    outside('an empty list, and none expected', `{${EXP},"aud":[]}`, mismatch('aud')),
    outside('missing', `{${EXP}}`, missing('aud'), { audience: 'orders' }),
    outside('an empty list', `{${EXP},"aud":[]}`, mismatch('aud'), { audience: 'orders' }),
    outside('in another case', `{${EXP},"aud":"Orders"}`, mismatch('aud'), { audience: 'orders' }),
    outside('that begins with the expected one', `{${EXP},"aud":"orders2"}`, mismatch('aud'), { audience: 'orders' }),
    outside('a prefix of the expected one', `{${EXP},"aud":["order"]}`, mismatch('aud'), { audience: 'orders' }),
    outside('two lists with none in common', `{${EXP},"aud":["a","b"]}`, mismatch('aud'), { audience: ['c', 'd'] }),
    outside('a list joined to a string', `{${EXP},"aud":"orders,billing"}`, mismatch('aud'), { audience: ['orders', 'billing'] }),
    outside('the name of a list’s own member, length', `{${EXP},"aud":"length"}`, mismatch('aud'), { audience: 'orders' }),
    outside('inherited', `{${EXP},"__proto__":{"aud":"orders"}}`, missing('aud'), { audience: 'orders' }),
  ],
  subject: [
    inside('equal', `{${EXP},"sub":"u1"}`, 'accepted', { subject: 'u1' }),
    inside('nothing expected', `{${EXP},"sub":""}`, 'accepted'),
    on('equal once JSON is read', `{${EXP},"sub":"\\u0075\\u0031"}`, 'accepted', { subject: 'u1' }),
    outside('missing', `{${EXP}}`, missing('sub'), { subject: 'u1' }),
    outside('in another case', `{${EXP},"sub":"U1"}`, mismatch('sub'), { subject: 'u1' }),
    outside('that begins with the expected one', `{${EXP},"sub":"u10"}`, mismatch('sub'), { subject: 'u1' }),
    outside('with an extra space', `{${EXP},"sub":"u1 "}`, mismatch('sub'), { subject: 'u1' }),
    outside('with an extra NUL', `{${EXP},"sub":"u1\\u0000"}`, mismatch('sub'), { subject: 'u1' }),
    outside('U+FFFD for a lone surrogate', `{${EXP},"sub":"\\ud800"}`, mismatch('sub'), { subject: '\ufffd' }),
    outside('a number that reads the same', `{${EXP},"sub":1}`, invalid('sub'), { subject: '1' }),
  ],
  type: [
    inside('equal', `{${EXP}}`, 'accepted', { header: AT_JWT, type: 'at+jwt' }),
    inside('nothing expected', `{${EXP}}`, 'accepted', { header: AT_JWT }),
    on('with application/ in the token', `{${EXP}}`, 'accepted', { header: '{"alg":"HS256","typ":"application/at+jwt"}', type: 'at+jwt' }),
    on('with application/ in the options', `{${EXP}}`, 'accepted', { header: AT_JWT, type: 'application/at+jwt' }),
    on('with application/ in both', `{${EXP}}`, 'accepted', {
      header: '{"alg":"HS256","typ":"application/at+jwt"}',
      type: 'application/at+jwt',
    }),
    on('in another case, because media types are case-insensitive', `{${EXP}}`, 'accepted', {
      header: '{"alg":"HS256","typ":"Application/AT+JWT"}',
      type: 'at+Jwt',
    }),
    outside('missing', `{${EXP}}`, missing('typ'), { type: 'at+jwt' }),
    outside('missing, where JWT is expected', `{${EXP}}`, missing('typ'), { type: 'JWT' }),
    outside('missing from the header, but in the claims', `{${EXP},"typ":"at+jwt"}`, missing('typ'), { type: 'at+jwt' }),
    outside('inherited', `{${EXP}}`, missing('typ'), { header: '{"alg":"HS256","__proto__":{"typ":"at+jwt"}}', type: 'at+jwt' }),
    outside('a different one', `{${EXP}}`, mismatch('typ'), { header: '{"alg":"HS256","typ":"JWT"}', type: 'at+jwt' }),
    outside('empty', `{${EXP}}`, mismatch('typ'), { header: '{"alg":"HS256","typ":""}', type: 'at+jwt' }),
    outside('of another top-level type', `{${EXP}}`, mismatch('typ'), { header: '{"alg":"HS256","typ":"text/at+jwt"}', type: 'at+jwt' }),
    outside('with application/ twice', `{${EXP}}`, mismatch('typ'), {
      header: '{"alg":"HS256","typ":"application/application/at+jwt"}',
      type: 'at+jwt',
    }),
    outside('with an extra space', `{${EXP}}`, mismatch('typ'), { header: '{"alg":"HS256","typ":"at+jwt "}', type: 'at+jwt' }),
    outside('a suffix of the expected one', `{${EXP}}`, mismatch('typ'), { header: '{"alg":"HS256","typ":"jwt"}', type: 'at+jwt' }),
  ],
  required: [
    inside('present', `{${EXP},"role":"admin"}`, 'accepted', { required: 'role' }),
    inside('all of a list', `{${EXP},"role":"admin","jti":"1"}`, 'accepted', { required: ['role', 'jti', 'exp'] }),
    on('null', `{${EXP},"role":null}`, 'accepted', { required: 'role' }),
    on('false', `{${EXP},"role":false}`, 'accepted', { required: ['role'] }),
    on('an empty string', `{${EXP},"role":""}`, 'accepted', { required: ['role'] }),
    on('an own toString and __proto__', `{${EXP},"toString":0,"__proto__":{}}`, 'accepted', { required: ['toString', '__proto__'] }),
    outside('missing', `{${EXP}}`, missing('role'), { required: 'role' }),
    outside('the second of a list', `{${EXP},"role":"admin"}`, missing('jti'), { required: ['role', 'jti'] }),
    outside('in another case', `{${EXP},"Role":"admin"}`, missing('role'), { required: 'role' }),
    outside('inherited by every object: toString', `{${EXP}}`, missing('toString'), { required: 'toString' }),
    outside('inherited by every object: __proto__', `{${EXP}}`, missing('__proto__'), { required: '__proto__' }),
    outside('inherited from the payload', `{${EXP},"__proto__":{"role":"admin"}}`, missing('role'), { required: 'role' }),
    outside('in the header only', `{${EXP}}`, missing('role'), { header: '{"alg":"HS256","role":"admin"}', required: 'role' }),
    outside('within another claim', `{${EXP},"user":{"role":"admin"}}`, missing('user.role'), { required: 'user.role' }),
  ],
}

/** What moves the boundaries of other rules, or stands before all of them. */
const LIMITS: Readonly<Record<string, readonly Row[]>> = {
  'clockTolerance for exp': [
    inside('4.999 s past exp', '{"exp":1800000000}', 'accepted', { at: '2027-01-15T08:00:04.999Z', clockTolerance: 5 }),
    on('5 s past exp', '{"exp":1800000000}', expired(NOW), { at: '2027-01-15T08:00:05.000Z', clockTolerance: '5s' }),
    outside('5.001 s past exp', '{"exp":1800000000}', expired(NOW), { at: '2027-01-15T08:00:05.001Z', clockTolerance: 5 }),
    outside('no exp, which a tolerance does not replace', '{}', missing('exp'), { clockTolerance: '10m' }),
  ],
  'clockTolerance at its most, 600 s': [
    inside('9 min 59.999 s past exp', '{"exp":1800000000}', 'accepted', { at: '2027-01-15T08:09:59.999Z', clockTolerance: 600 }),
    on('10 min past exp', '{"exp":1800000000}', expired(NOW), { at: '2027-01-15T08:10:00.000Z', clockTolerance: '10m' }),
    outside('10 min 0.001 s past exp', '{"exp":1800000000}', expired(NOW), { at: '2027-01-15T08:10:00.001Z', clockTolerance: '600s' }),
  ],
  'clockTolerance for nbf': [
    inside('4.999 s before nbf', `{${EXP},"nbf":1800000000}`, 'accepted', { at: '2027-01-15T07:59:55.001Z', clockTolerance: 5 }),
    on('5 s before nbf', `{${EXP},"nbf":1800000000}`, 'accepted', { at: '2027-01-15T07:59:55.000Z', clockTolerance: 5 }),
    outside('5.001 s before nbf', `{${EXP},"nbf":1800000000}`, early('nbf', NOW), { at: '2027-01-15T07:59:54.999Z', clockTolerance: 5 }),
  ],
  'clockTolerance for maxAge': [
    inside('4.999 s too old', `{${EXP},"iat":1799999940}`, 'accepted', { at: '2027-01-15T08:00:04.999Z', maxAge: '1m', clockTolerance: 5 }),
    on('5 s too old', `{${EXP},"iat":1799999940}`, expired(NOW, 'iat'), {
      at: '2027-01-15T08:00:05.000Z',
      maxAge: '1m',
      clockTolerance: 5,
    }),
    outside('5.001 s too old', `{${EXP},"iat":1799999940}`, expired(NOW, 'iat'), {
      at: '2027-01-15T08:00:05.001Z',
      maxAge: '1m',
      clockTolerance: 5,
    }),
  ],
  'clockTolerance for iat, below a minute': [
    inside('issued in 59 s', `{${EXP},"iat":1800000059}`, 'accepted', { clockTolerance: 30 }),
    on('issued in 60 s', `{${EXP},"iat":1800000060}`, 'accepted', { clockTolerance: 30 }),
    outside(
      'issued in 61 s: minute and tolerance are not added up',
      `{${EXP},"iat":1800000061}`,
      early('iat', '2027-01-15T08:01:01.000Z'),
      {
        clockTolerance: 30,
      },
    ),
  ],
  'clockTolerance for iat, above a minute': [
    inside('issued in 89.999 s', `{${EXP},"iat":1800000090}`, 'accepted', { at: '2027-01-15T08:00:00.001Z', clockTolerance: '90s' }),
    on('issued in 90 s', `{${EXP},"iat":1800000090}`, 'accepted', { clockTolerance: '90s' }),
    outside('issued in 90.001 s', `{${EXP},"iat":1800000090}`, early('iat', '2027-01-15T08:01:30.000Z'), {
      at: '2027-01-15T07:59:59.999Z',
      clockTolerance: '90s',
    }),
  ],
  'numbers, which must be below 2^53': [
    inside('2^53 - 1', `{${EXP},"id":9007199254740991}`, 'accepted'),
    inside('-(2^53 - 1)', `{${EXP},"id":-9007199254740991}`, 'accepted'),
    inside('an exponent', `{${EXP},"id":9.007199254740991e15}`, 'accepted'),
    inside('16 digits', `{${EXP},"id":1000000000000000}`, 'accepted'),
    inside('a long fraction', `{${EXP},"id":0.12345678901234567890123}`, 'accepted'),
    inside('nearly 0', `{${EXP},"id":1e-400}`, 'accepted'),
    inside('more digits in a string', `{${EXP},"id":"9007199254740993","text":": 9007199254740993, [1e400"}`, 'accepted'),
    inside('more digits in a name', `{${EXP},":9007199254740993":{",1e400":1}}`, 'accepted'),
    inside('more digits, but a duplicate that wins', `{${EXP},"id":9007199254740993,"id":1}`, 'accepted'),
    on('2^53', `{${EXP},"id":9007199254740992}`, invalid('id')),
    on('-2^53', `{${EXP},"id":-9007199254740992}`, invalid('id')),
    on('2^53 with an exponent', `{${EXP},"id":9.007199254740992e15}`, invalid('id')),
    on('2^53 with an exponent in upper case', `{${EXP},"id":9007199254740992E0}`, invalid('id')),
    on('2^53 with a fraction', `{${EXP},"id":9007199254740992.0}`, invalid('id')),
    on('a fraction that is rounded to 2^53', `{${EXP},"id":9007199254740991.9}`, invalid('id')),
    outside('2^53 + 1, which JavaScript reads as 2^53', `{${EXP},"id":9007199254740993}`, invalid('id')),
    outside('-(2^53 + 1)', `{${EXP},"id":-9007199254740993}`, invalid('id')),
    outside('infinite', `{${EXP},"id":1e400}`, invalid('id')),
    outside('infinite, below 0', `{${EXP},"id":-1E400}`, invalid('id')),
    outside('large, of a single digit', `{${EXP},"id":1e16}`, invalid('id')),
    outside('in a list', `{${EXP},"ids":[1,9007199254740993]}`, invalid('ids')),
    outside('first in a list', `{${EXP},"ids":[ 9007199254740993]}`, invalid('ids')),
    outside('in an object in a list', `{${EXP},"user":{"list":[null,{"id":-9007199254740993}]}}`, invalid('user')),
    outside('after white space', `{${EXP},"id"\t:\r\n\t 9007199254740993}`, invalid('id')),
    outside('in a claim without a name', `{${EXP},"":9007199254740993}`, invalid('')),
    outside('in __proto__', `{${EXP},"__proto__":{"id":9007199254740993}}`, invalid('__proto__')),
    outside('a duplicate that wins', `{${EXP},"id":1,"id":9007199254740993}`, invalid('id')),
    outside('in the second of two claims', `{${EXP},"a":[1e15,"1e16"],"b":1e16,"c":1}`, invalid('b')),
    outside('in a registered claim', `{${EXP},"sub":9007199254740993}`, invalid('sub')),
    outside('in a token that has expired', '{"exp":0,"id":9007199254740993}', invalid('id')),
    outside('beside a claim of the wrong type', `{${EXP},"iss":5,"id":9007199254740993}`, invalid('id')),
    outside('in the header', `{${EXP}}`, malformed, { header: '{"alg":"HS256","x":[{"id":9007199254740993}]}' }),
    outside('in the header, infinite', `{${EXP}}`, malformed, { header: '{"alg":"HS256","x":1e400}' }),
    inside('2^53 - 1 in the header', `{${EXP}}`, 'accepted', { header: '{"alg":"HS256","x":9007199254740991}' }),
  ],
  allowMistyped: [
    inside('a numeric sub', `{${EXP},"sub":1}`, 'accepted', lenient(['sub'])),
    inside('a sub of the right type', `{${EXP},"sub":"u1"}`, 'accepted', lenient(['sub'])),
    inside('no sub', `{${EXP}}`, 'accepted', lenient(['sub'])),
    on('null, true, a list and an object', `{${EXP},"iss":null,"sub":true,"iat":[],"jti":{}}`, 'accepted', lenient(ALL)),
    on('an iat as text', `{${EXP},"iat":"2027-01-15"}`, 'accepted', lenient(['iat'])),
    on('an iat in milliseconds, which would be in the future', `{${EXP},"iat":1900000000000}`, 'accepted', lenient(['iat'])),
    outside('a numeric jti, where only sub is allowed', `{${EXP},"sub":1,"jti":2}`, invalid('jti'), lenient(['sub'])),
    outside('a numeric aud', `{${EXP},"aud":5}`, invalid('aud'), lenient(ALL)),
    outside('an exp as text', '{"exp":"1800003600","sub":1}', invalid('exp'), lenient(ALL)),
    outside('an nbf as text', `{${EXP},"nbf":"0","sub":1}`, invalid('nbf'), lenient(ALL)),
    outside('no exp', '{"sub":1}', missing('exp'), lenient(ALL)),
    outside('an iat of the right type that is in the future', `{${EXP},"iat":1800000061}`, early('iat', '2027-01-15T08:01:01.000Z'), lenient(ALL)), // prettier-ignore
    outside('a number of 2^53 or more', `{${EXP},"sub":9007199254740993}`, invalid('sub'), lenient(ALL)),
    outside('a numeric sub, and no iss where one is expected', `{${EXP},"sub":1}`, missing('iss'), lenient(['sub'], { issuer: 'a' })),
  ],
  maxLength: [
    inside('a character shorter than maxLength', '{"exp":1800003600}', 'accepted', { maxLength: 90 }),
    on('exactly maxLength', '{"exp":1800003600}', 'accepted', { maxLength: 89 }),
    outside('a character longer than maxLength', '{"exp":1800003600}', malformed, { maxLength: 88 }),
  ],
  'maxLength by default, 65 536': [
    inside('65 535 characters', `{${EXP},"a":"${'a'.repeat(49_077)}"}`, 'accepted'),
    on('65 536 characters', `{${EXP},"a":"${'a'.repeat(49_078)}"}`, 'accepted'),
    outside('65 537 characters', `{${EXP},"a":"${'a'.repeat(49_079)}"}`, malformed),
    inside('65 537 characters, and maxLength: 70 000', `{${EXP},"a":"${'a'.repeat(49_079)}"}`, 'accepted', { maxLength: 70_000 }),
  ],
}

const sidesOf = (rows: readonly Row[] | undefined): unknown => new Set(rows?.map(({ side }) => side))
const ALL_SIDES = new Set(['inside', 'on', 'outside'])

describe('the table', () => {
  it.each(Object.keys(RULES))('has rows inside, on and outside the boundary of the rule %s', (rule) => {
    expect(sidesOf(TABLE[rule])).toEqual(ALL_SIDES)
  })

  it.each(Object.keys(LIMITS))('has rows inside, on and outside the boundary of %s', (limit) => {
    expect(sidesOf(LIMITS[limit])).toEqual(ALL_SIDES)
  })

  it('has no rows for rules that no longer exist', () => {
    expect(Object.keys(TABLE)).toEqual(Object.keys(RULES))
  })
})

for (const [name, rows] of [...Object.entries(TABLE), ...Object.entries(LIMITS)]) {
  describe(`verify: ${name}`, () => {
    it.each(rows)('$side: $fact', async ({ token, options, at, verdict }) => {
      expect(await judge(token, options, at)).toEqual(verdict)
    })
  })
}

describe('verify rejects a payload that is not a JSON object in UTF-8', () => {
  const json = new TextEncoder().encode(`{${EXP}}`)

  it.each([
    ['empty', ''],
    ['a list', `[{${EXP}}]`],
    ['an empty list', '[]'],
    ['null', 'null'],
    ['a number', '1800003600'],
    ['a string', '"prose"'],
    ['a token in quotes', `"${forge(`{${EXP}}`)}"`],
    ['a token', forge(`{${EXP}}`)],
    ['two objects', `{${EXP}}{${EXP}}`],
    ['an object followed by another byte', `{${EXP}}\0`],
    ['a trailing comma', `{${EXP},}`],
    ['single quotes', "{'exp':1800003600}"],
    ['NaN', `{${EXP},"a":NaN}`],
    ['an object after a byte order mark', Uint8Array.of(0xef, 0xbb, 0xbf, ...json)],
    ['UTF-16', utf16(`{${EXP}}`)],
    ['a byte that is not UTF-8', bytesOf(json.subarray(0, -1), ',"sub":"', 0xff, '"}')],
    ['an overlong slash', bytesOf(json.subarray(0, -1), ',"sub":"', 0xc0, 0xaf, '"}')],
    ['an encoded surrogate', bytesOf(json.subarray(0, -1), ',"sub":"', 0xed, 0xa0, 0x80, '"}')],
    ['an object cut off within a character', bytesOf(json.subarray(0, -1), ',"sub":"', 0xe2, 0x82)],
  ])('%s', async (_what, payload) => {
    expect(await judge(forge(payload))).toEqual(malformed)
  })

  it('whitespace of JSON around an object is accepted', async () => {
    expect(await judge(forge(` \t\r\n{${EXP}}\n`))).toBe('accepted')
  })
})

describe('verify: a polluted Object.prototype', () => {
  /** Judges while every object inherits the members. */
  async function judgePolluted(members: object, token: string, options?: VerifyOptions): Promise<Verdict> {
    try {
      for (const [name, value] of Object.entries(members)) Object.defineProperty(Object.prototype, name, { value, configurable: true })
      return await judge(token, options)
    } finally {
      for (const name of Object.keys(members)) Reflect.deleteProperty(Object.prototype, name)
    }
  }

  it.each([
    ['exp', { exp: 1_900_000_000 }, '{}', missing('exp'), {}],
    ['exp of the wrong type', { exp: 'x' }, '{}', missing('exp'), {}],
    ['nbf', { nbf: 1_900_000_000 }, `{${EXP}}`, 'accepted', {}],
    ['iat', { iat: 1_800_000_000 }, `{${EXP}}`, missing('iat'), { maxAge: '1m' }],
    ['iss', { iss: 'i' }, `{${EXP}}`, missing('iss'), { issuer: 'i' }],
    ['aud', { aud: 'a' }, `{${EXP}}`, missing('aud'), { audience: 'a' }],
    ['sub', { sub: 's' }, `{${EXP}}`, missing('sub'), { subject: 's' }],
    ['jti of the wrong type', { jti: 1 }, `{${EXP}}`, 'accepted', {}],
    ['sub of the wrong type, where it is allowed', { sub: 1 }, `{${EXP},"sub":2}`, 'accepted', lenient(['sub'])],
    ['allowMistyped', { allowMistyped: ['sub'], schema: anything }, `{${EXP},"sub":2}`, invalid('sub'), {}],
    ['typ', { typ: 't' }, `{${EXP}}`, missing('typ'), { type: 't' }],
    ['a required name', { role: 'admin' }, `{${EXP}}`, missing('role'), { required: 'role' }],
    [
      'options',
      { issuer: 'i', audience: 'a', subject: 's', type: 't', required: 'role', maxAge: 1, maxLength: 1 },
      `{${EXP}}`,
      'accepted',
      {},
    ],
    ['requireExp', { requireExp: false }, '{}', missing('exp'), {}],
    ['ignoreAudience', { ignoreAudience: true }, `{${EXP},"aud":"a"}`, mismatch('aud'), {}],
    ['clockTolerance', { clockTolerance: 1e6 }, '{"exp":1800000000}', expired(NOW), {}],
  ] as const)('does not give a token or a verifier an inherited %s', async (_what, members, payload, verdict, options) => {
    expect(await judgePolluted(members, forge(payload), options)).toEqual(verdict)
  })

  it('does not give a token an inherited alg', async () => {
    expect(await judgePolluted({ alg: 'HS256' }, forge(`{${EXP}}`, '{"typ":"JWT"}'))).toEqual(malformed)
  })
})

describe('verify: NumericDate (RFC 7519 §2)', () => {
  const at = '2027-01-15T08:00:00.500Z'

  it.each([
    ['1800000000.501', 'accepted'],
    ['1800000000.5', expired('2027-01-15T08:00:00.500Z')],
    ['1800000000.499', expired('2027-01-15T08:00:00.499Z')],
    ['1.8000000006e9', 'accepted'],
    ['0', expired('1970-01-01T00:00:00.000Z')],
    ['-0', expired('1970-01-01T00:00:00.000Z')],
    ['-1.5', expired('1969-12-31T23:59:58.500Z')],
    ['1e-400', expired('1970-01-01T00:00:00.000Z')],
    ['253402300799', 'accepted'],
    ['253402300799.5', invalid('exp')],
    ['253402300800', invalid('exp')],
    ['-253402300799', expired('-006060-01-02T00:00:01.000Z')],
    ['-253402300800', invalid('exp')],
    ['1800003600000', invalid('exp')],
    ['1e400', invalid('exp')],
    ['-1e400', invalid('exp')],
    ['1e308', invalid('exp')],
    ['"1800003600"', invalid('exp')],
    ['"2027-01-15T09:00:00Z"', invalid('exp')],
    ['""', invalid('exp')],
    ['null', invalid('exp')],
    ['true', invalid('exp')],
    ['[1800003600]', invalid('exp')],
    ['{}', invalid('exp')],
    ['{"valueOf":1800003600}', invalid('exp')],
  ] as const)('an exp of %s', async (exp, verdict) => {
    expect(await judge(forge(`{"exp":${exp}}`), {}, at)).toEqual(verdict)
    expect(await judge(forge(`{"exp":${exp}}`), { requireExp: false }, at)).toEqual(verdict)
  })

  it.each([
    ['1800000000.5', 'accepted'],
    ['1800000000.501', early('nbf', '2027-01-15T08:00:00.501Z')],
    ['0', 'accepted'],
    ['-0', 'accepted'],
    ['-1', 'accepted'],
    ['-253402300799', 'accepted'],
    ['253402300799', early('nbf', '9999-12-31T23:59:59.000Z')],
    ['-253402300800', invalid('nbf')],
    ['253402300800', invalid('nbf')],
    ['1800000000000', invalid('nbf')],
    ['1e400', invalid('nbf')],
    ['-1e400', invalid('nbf')],
    ['"0"', invalid('nbf')],
    ['null', invalid('nbf')],
    ['false', invalid('nbf')],
    ['[]', invalid('nbf')],
  ] as const)('an nbf of %s', async (nbf, verdict) => {
    expect(await judge(forge(`{${EXP},"nbf":${nbf}}`), {}, at)).toEqual(verdict)
  })

  it.each([
    ['1800000060.5', 'accepted'],
    ['1800000060.501', early('iat', '2027-01-15T08:01:00.501Z')],
    ['0', 'accepted'],
    ['-0', 'accepted'],
    ['-253402300799', 'accepted'],
    ['253402300799', early('iat', '9999-12-31T23:59:59.000Z')],
    ['-253402300800', invalid('iat')],
    ['1800000000000', invalid('iat')],
    ['1e400', invalid('iat')],
    ['"1800000000"', invalid('iat')],
    ['null', invalid('iat')],
    ['{}', invalid('iat')],
  ] as const)('an iat of %s', async (iat, verdict) => {
    expect(await judge(forge(`{${EXP},"iat":${iat}}`), {}, at)).toEqual(verdict)
  })

  it.each([
    ['0', expired('1970-01-01T01:00:00.000Z', 'iat')],
    ['-0', expired('1970-01-01T01:00:00.000Z', 'iat')],
    ['-3600', expired('1970-01-01T00:00:00.000Z', 'iat')],
    ['1799996400.5', expired('2027-01-15T08:00:00.500Z', 'iat')],
    ['1799996400.75', 'accepted'],
  ] as const)('an iat of %s, for maxAge', async (iat, verdict) => {
    expect(await judge(forge(`{${EXP},"iat":${iat}}`), { maxAge: '1h' }, at)).toEqual(verdict)
  })

  it('a tolerance may have a fraction', async () => {
    expect(await judge(forge('{"exp":1800000000}'), { clockTolerance: 0.5 }, '2027-01-15T08:00:00.499Z')).toBe('accepted')
    expect(await judge(forge('{"exp":1800000000}'), { clockTolerance: 0.5 }, '2027-01-15T08:00:00.500Z')).toEqual(expired(NOW))
  })

  it('the last of duplicate members wins (RFC 7515 §4)', async () => {
    expect(await judge(forge('{"exp":0,"exp":1800003600}'))).toBe('accepted')
    expect(await judge(forge('{"exp":1800003600,"exp":0}'))).toEqual(expired('1970-01-01T00:00:00.000Z'))
  })
})

describe('verify: types of the other registered claims', () => {
  const wrong = ['null', '0', '1', 'true', '{}', '{"0":"orders","length":1}']

  it.each([...wrong, '[]', '["a"]'])('an iss, sub or jti of %s is invalid, expected or not', async (value) => {
    for (const claim of ['iss', 'sub', 'jti']) expect(await judge(forge(`{${EXP},"${claim}":${value}}`))).toEqual(invalid(claim))
    expect(await judge(forge(`{${EXP},"iss":${value}}`), { issuer: 'a' })).toEqual(invalid('iss'))
    expect(await judge(forge(`{${EXP},"sub":${value}}`), { subject: 'a' })).toEqual(invalid('sub'))
    expect(await judge(forge(`{${EXP},"jti":${value}}`), { required: 'jti' })).toEqual(invalid('jti'))
  })

  it.each([...wrong, '[5]', '[null]', '["orders",5]', '[["orders"]]', '["orders",["orders"]]', '[{}]'])(
    'an aud of %s is invalid, expected, ignored or not',
    async (aud) => {
      const token = forge(`{${EXP},"aud":${aud}}`)
      expect(await judge(token)).toEqual(invalid('aud'))
      expect(await judge(token, { audience: 'orders' })).toEqual(invalid('aud'))
      expect(await judge(token, { ignoreAudience: true })).toEqual(invalid('aud'))
    },
  )

  it('a type is checked before every rule: an invalid jti counts before an expired exp', async () => {
    expect(await judge(forge('{"exp":0,"jti":5}'))).toEqual(invalid('jti'))
    expect(await judge(forge('{"jti":5}'))).toEqual(invalid('jti'))
  })
})

describe('verify: the order of rules', () => {
  const options: VerifyOptions = {
    maxAge: '1m',
    issuer: 'https://auth.example',
    audience: 'orders',
    subject: 'u1',
    type: 'at+jwt',
    required: 'role',
  }
  // For each rule its claim, what it is content with, and what it refuses. Of an iat that comes twice the last one counts.
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
    expect(Object.keys(RULES)).toEqual(rules)
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
    ['not valid yet', `{${EXP},"nbf":1900000000}`],
    ['without exp', '{}'],
    ['of the wrong types', '{"exp":"x","aud":5}'],
    ['rounded', `{${EXP},"id":9007199254740993}`],
    ['not JSON', 'prose'],
    ['not an object', '[]'],
    ['not UTF-8', Uint8Array.of(0x7b, 0xff, 0x7d)],
    ['empty', ''],
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
    await expect(verify(tamper(forge('{"exp":0}', '{"alg":"HS256","kid":"b"}')), named)).rejects.toMatchObject({
      code: 'ERR_JWT_KEY_NOT_FOUND',
    })
  })

  it('reports as malformed a token that is both too long and expired, or whose header is not supported', async () => {
    expect(await judge(forge('{"exp":0}'), { maxLength: 10 })).toEqual(malformed)
    expect(await judge(forge('{"exp":0}', '{"alg":"none","crit":["exp"]}'))).toEqual(malformed)
  })

  it('checks every rule before the schema, which never sees an expired token', async () => {
    const seen: unknown[] = []
    const schema = {
      '~standard': {
        version: 1 as const,
        vendor: 'test',
        validate: (value: unknown) => {
          seen.push(value)
          return { issues: [{ message: 'no', path: ['role'] }] }
        },
      },
    }
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
    await expect(verify(forge(`{"exp":${seconds + 60},"nbf":${seconds - 1}}`), key)).resolves.toMatchObject({ key })
    await expect(verify(forge(`{"exp":${seconds - 0.5}}`), key)).rejects.toMatchObject({ code: 'ERR_JWT_EXPIRED' })
    await expect(verify(forge(`{"exp":${seconds + 120},"nbf":${seconds + 60}}`), key)).rejects.toMatchObject({
      code: 'ERR_JWT_NOT_YET_VALID',
    })
  })
})
