/** Durations, wherever one is taken: values that are none, milliseconds and points in time. */
import { claimSets, cookies, optionSets, rule, tokens, type Verdict } from './case.ts'
import { NOW, SUBJECT } from './forge.ts'

const as = (verdict: Verdict) => rule(33, 'policy', 'docs/decisions.md#strict-defaults', verdict)

const INSTANT = NOW + 3600
// prettier-ignore
const NO_DURATIONS: readonly unknown[] = [
  undefined, null, '', NaN, -Infinity, -1, -0.001, '-1s', '1', '120', '1 h', '1.5h', '1hour', '1H', ' 1h', '1h\n', '1e3s', '１h', '99999999999w', 'Never',
  true, false, [], [60], {}, 5n, new Date(INSTANT * 1000),
  { epochMilliseconds: INSTANT * 1000, [Symbol.toStringTag]: 'Temporal.Instant' }, () => 5,
]
/** Milliseconds, or points in time. A bare number is at most a day. */
const TOO_LONG: readonly unknown[] = [86_401, 86_400.001, 300_000, 3_600_000, INSTANT, INSTANT * 1000, 2 ** 53, 1e300, Infinity]
const NOTHING: readonly unknown[] = [0, '0s', '0w']
const GOOD: readonly unknown[] = [1, 1.5, 86_400, '1s', '86401s', '12h', '30d', '300d']

const option = (name: string) => (value: unknown) => ({ options: { [name]: value } })
const signed = (make: (value: unknown) => object) => (value: unknown) => ({ claims: () => ({ sub: SUBJECT }), options: make(value) })
const expiresIn = signed((value) => ({ expiresIn: value }))
const notBefore = signed((value) => ({ expiresIn: '1h', notBefore: value }))
const aged = (maxAge: unknown) => ({ token: { payload: '{"exp":1800003600,"iat":1800000000}' }, options: { maxAge } })

export const durations = [
  ...claimSets('expiresIn', as('TypeError'), [...NO_DURATIONS, 'never '], expiresIn),
  ...claimSets('expiresIn', as('RangeError'), [...TOO_LONG, ...NOTHING, 0.999, 5e-324], expiresIn),
  ...claimSets('expiresIn', as('accepted'), [...GOOD, '400000w', 'never'], expiresIn),
  ...claimSets('notBefore', as('TypeError'), [...NO_DURATIONS, 'never'], notBefore),
  ...claimSets('notBefore', as('RangeError'), TOO_LONG, notBefore),
  ...claimSets('notBefore', as('accepted'), NOTHING, notBefore),
  ...claimSets('notBefore', as('ERR_JWT_NOT_YET_VALID'), [...GOOD, 0.001], notBefore),
  ...optionSets('option maxAge', as('TypeError'), NO_DURATIONS, option('maxAge')),
  ...optionSets('option maxAge', as('RangeError'), TOO_LONG, option('maxAge')),
  ...tokens('option maxAge', as('accepted'), [...GOOD, 0.001], aged),
  ...optionSets('option clockTolerance', as('TypeError'), NO_DURATIONS, option('clockTolerance')),
  ...optionSets('option clockTolerance', as('RangeError'), [...TOO_LONG, 601, 600.001, 5000, 86_400, '601s', '11m', '1h', '1d'], option('clockTolerance')), // prettier-ignore
  ...optionSets('option clockTolerance', as('accepted'), [...NOTHING, 0.5, 10, 600, '600s', '10m'], option('clockTolerance')),
  ...cookies('cookie maxAge', as('TypeError'), [...NO_DURATIONS, '1; Domain=x'], option('maxAge')),
  ...cookies('cookie maxAge', as('RangeError'), [...TOO_LONG, ...NOTHING, '401d', '34560001s'], option('maxAge')),
  ...cookies('cookie maxAge', as('accepted'), [...GOOD, 0.001, '400d', '34560000s'], option('maxAge')),
]
