/** NumericDate and the clock: types, limits, and the exact second. */
import { but, rule, tokens, type Rule, type Verdict } from './case.ts'
import { clock, NOW, withClaim } from './forge.ts'

const type = rule(17, 'rfc', 'RFC 7519 §2, §4.1.4–6; CVE-2026-44459, CVE-2026-25537', 'ERR_JWT_CLAIM exp invalid')
const past = but(type, { source: 'RFC 7519 §4.1.4', verdict: 'ERR_JWT_EXPIRED' })
const milliseconds = but(type, { kind: 'policy', source: 'RFC 7519 §2' })
const second = rule(18, 'rfc', 'RFC 7519 §4.1.4', 'ERR_JWT_EXPIRED')
const early = but(second, { source: 'RFC 7519 §4.1.5', verdict: 'ERR_JWT_NOT_YET_VALID' })

const NO_NUMBERS = ['"1800003600"', '"2027-01-16"', 'null', 'true', 'false', '[]', '[1800003600]', '{}', '""', '{"valueOf":1800003600}']
const NO_EXPS = ['{}', '{"__proto__":{"exp":1800003600}}', '{"Exp":1800003600,"EXP":1800003600}', '{"exp ":1800003600}']
const NOT_FINITE = ['1e400', '-1e400']
const TOO_LARGE = ['1800003600000', '253402300800', '-253402300800', '1e300', '9007199254740993']

const PAST = ['0', '-0', '-1', '-1.5', '1e-400', '5e-324', '1', '1799999999.999', '-253402300799']

const plain = (payload: string) => ({ token: { payload } })
const exp = (value: string) => plain(`{"exp":${value}}`)
const at = (seconds: number, payload: string, options: object = {}) => ({ ...plain(payload), options: { now: clock(seconds), ...options } })
const EXP = '{"exp":1800000100}'
const NBF = '{"nbf":1800000100,"exp":1900000000}'
const IAT = '{"iat":1800000100,"exp":1900000000}'
const accepted = (base: Rule): Rule => but(base, 'accepted')
const policy = (base: Rule, source: string, verdict: Verdict = base.verdict): Rule => but(base, { kind: 'policy', source, verdict })
const future = policy(early, 'RFC 7519 §4.1.6 leaves it open')
const old = policy(second, 'ours, from iat')

export const times = [
  ...tokens('exp', type, [...NO_NUMBERS, ...NOT_FINITE], exp),
  ...tokens('exp', milliseconds, TOO_LARGE, exp),
  ...(['nbf', 'iat'] as const).flatMap((name) => [
    ...tokens(name, but(type, `ERR_JWT_CLAIM ${name} invalid`), [...NO_NUMBERS, ...NOT_FINITE], withClaim(name)),
    ...tokens(name, but(milliseconds, `ERR_JWT_CLAIM ${name} invalid`), TOO_LARGE, withClaim(name)),
    ...tokens(name, accepted(type), ['0', '-0', '-1', '1799999999.5', '1.7e9', '1E0', '-5e-324'], withClaim(name)),
  ]),
  ...tokens('exp', past, PAST, exp),
  ...tokens('exp', accepted(type), ['1800000000.001', '18000036e2', '253402300799', '1800003600.0'], exp),
  ...tokens('exp that is missing', policy(type, 'RFC 7519 §4.1.4 leaves it open', 'ERR_JWT_CLAIM exp missing'), NO_EXPS, plain),
  ...tokens('exp to the second', second, {
    'at its second': at(1_800_000_100, EXP),
    'a millisecond after': at(1_800_000_100.001, EXP),
    'a year after': at(1_831_536_100, EXP),
    'a fraction, at it': at(1_800_000_100.5, '{"exp":1800000100.5}'),
    'tolerance exactly reached': at(1_800_000_110, EXP, { clockTolerance: 10 }),
    'tolerance exceeded': at(1_800_000_111, EXP, { clockTolerance: 10 }),
  }),
  ...tokens('exp to the second', accepted(second), {
    'a millisecond before': at(1_800_000_099.999, EXP),
    'a second before': at(1_800_000_099, EXP),
    'a fraction, a millisecond before': at(1_800_000_100.499, '{"exp":1800000100.5}'),
    'within tolerance': at(1_800_000_109, EXP, { clockTolerance: 10 }),
  }),
  ...tokens('nbf to the second', early, {
    'a second before': at(1_800_000_099, NBF),
    'a millisecond before': at(1_800_000_099.999, NBF),
    'just outside tolerance': at(1_800_000_089, NBF, { clockTolerance: 10 }),
    'a fraction before': at(1_800_000_100, '{"nbf":1800000100.5,"exp":1900000000}'),
  }),
  ...tokens('nbf to the second', accepted(early), {
    'at its second': at(1_800_000_100, NBF),
    'a second after': at(1_800_000_101, NBF),
    'tolerance exactly reached': at(1_800_000_090, NBF, { clockTolerance: 10 }),
  }),
  ...tokens('nbf after exp', second, {
    'after both': at(NOW, '{"exp":1799999990,"nbf":1799999995}'),
    'between them': at(1_799_999_992, '{"exp":1799999990,"nbf":1799999995}'),
  }),
  ...tokens('iat in the future', future, {
    'by 61 seconds': at(1_800_000_039, IAT),
    'by a millisecond over a minute': at(1_800_000_039.999, IAT),
    'outside a tolerance of two minutes': at(1_799_999_979, IAT, { clockTolerance: '2m' }),
  }),
  ...tokens('iat in the future', accepted(future), {
    'by a minute': at(1_800_000_040, IAT),
    'by two minutes, within tolerance': at(1_799_999_980, IAT, { clockTolerance: '2m' }),
    'by a minute, where tolerance is less': at(1_800_000_040, IAT, { clockTolerance: 1 }),
  }),
  ...tokens('maxAge', old, {
    'at its second': at(1_800_000_160, IAT, { maxAge: '1m' }),
    'tolerance exactly reached': at(1_800_000_165, IAT, { maxAge: '1m', clockTolerance: 5 }),
    'of nothing': at(1_800_000_100, IAT, { maxAge: 0 }),
  }),
  ...tokens('maxAge', accepted(old), {
    'a millisecond before': at(1_800_000_159.999, IAT, { maxAge: '1m' }),
    'within tolerance': at(1_800_000_164, IAT, { maxAge: '1m', clockTolerance: 5 }),
  }),
  ...tokens('maxAge', but(old, 'ERR_JWT_CLAIM iat missing'), {
    'without iat': at(NOW, EXP, { maxAge: '1m' }),
    'with iat on __proto__': at(NOW, '{"exp":1800000100,"__proto__":{"iat":1800000000}}', { maxAge: '1m' }),
  }),
]
