/** Claims to sign, and the options for it. */
import fc from 'fast-check'
import { exactNumbers, roundedNumbers } from '../properties/arbitraries.ts'
import type { Order } from '../reference/sign.ts'
import { mostly, some } from './layers.ts'

const NUMBERS = [0, -0, 1, -1, 0.5, 1e15, 1e16, -1e16, 2 ** 53 - 1, 2 ** 53, 2 ** 53 + 2, 1 - 2 ** 53, -(2 ** 53), 2 ** 52 + 0.5, 1e21, 1e300, 5e-324, Number.MAX_VALUE, NaN, Infinity, -Infinity] // prettier-ignore
const TIMES = [1_800_003_600, 1_800_003_600.75, 1_799_999_999.25, -0.5, 0, 253_402_300_799, 253_402_300_799.5, 253_402_300_800, -253_402_300_799.5, 1_800_000_000_000, NaN] // prettier-ignore
const DATES = [new Date(1_800_003_600_999), new Date(1_799_999_999_001), new Date(-1), new Date(NaN)]
const OTHERS = ['', 'a', '\ud800', '9007199254740993', null, true, undefined, 5n, [], {}, ['orders'], ['orders', 5], new Map()]
const DURATIONS = [1, 59.5, 86_400, '1s', '90s', '15m', '12h', '30d', '400000w', 'never']
const NO_DURATIONS = [0, 0.999, '0s', 86_401, 3_600_000, 1_800_003_600, -1, NaN, Infinity, '1', '1.5h', '99999999999w', DATES[0]]
const HEADERS = [{}, { x: [1, null] }, { cty: 'twilio-fpa;v=1' }, { cty: 'JWT' }, { cty: 'application/jwt' }, { cty: 5 }, { kid: 'a' }, { alg: 'none' }, { x: 2 ** 53 }, { x: { y: 1 - 2 ** 53 } }, 'x'] // prettier-ignore
const NAMES = ['exp', 'nbf', 'iat', 'iss', 'sub', 'aud', 'jti', 'id', '7', '__proto__', 'toString']

const numbers = fc.oneof(fc.constantFrom(...NUMBERS), exactNumbers, roundedNumbers)
const values = fc.oneof(
  { weight: 2, arbitrary: numbers },
  { weight: 2, arbitrary: fc.anything({ maxDepth: 3, maxKeys: 2, withNullPrototype: true, values: [numbers, numbers.map(String)] }) },
  { weight: 1, arbitrary: fc.constantFrom('a', 'orders') },
  { weight: 1, arbitrary: fc.constantFrom<unknown[]>(...OTHERS) },
)
const members = fc.oneof(
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom('exp', 'nbf', 'iat'), fc.constantFrom<unknown[]>(...TIMES, ...DATES)) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom(...NAMES), values) },
)
const claimSets = fc.array(members, { maxLength: 3 }).map((entries) => Object.fromEntries<unknown>(entries))

const durations = mostly<unknown>(85, fc.constantFrom(...DURATIONS), fc.constantFrom<unknown[]>(...NO_DURATIONS))
const options = some({
  notBefore: [15, durations],
  type: [10, fc.constantFrom('at+jwt', 'JWT', '', 5)],
  header: [20, fc.constantFrom<unknown[]>(...HEADERS)],
})

/** Most often with one lifetime, of the claims or of the options. */
export const orders: fc.Arbitrary<Order> = fc
  .record({
    claims: mostly<unknown>(97, claimSets, fc.constantFrom<unknown[]>(...OTHERS)),
    options,
    expiresIn: durations,
    hasOne: mostly(95, fc.constant(true), fc.constant(false)),
    now: fc.constantFrom(1_800_000_000, 1_800_000_000.25, 1_800_000_000.999),
  })
  .map(({ claims, options, expiresIn, hasOne, now }) => {
    const hasExp = Object.hasOwn(Object(claims) as object, 'exp')
    return { claims, options: { ...options, ...(hasExp !== hasOne && { expiresIn }) }, now }
  })
