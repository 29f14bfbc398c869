/** Claims to sign and the options for it, both determined by a seed. */
import type { Order } from '../reference/sign.ts'
import { Random } from './random.ts'

const NUMBERS = [0, -0, 1, -1, 0.5, 1e15, 1e16, -1e16, 2 ** 53 - 1, 2 ** 53, 2 ** 53 + 2, 1 - 2 ** 53, -(2 ** 53), 2 ** 52 + 0.5, 1e21, 1e300, 5e-324, Number.MAX_VALUE, NaN, Infinity, -Infinity] // prettier-ignore
const TIMES = [1_800_003_600, 1_800_003_600.75, 1_799_999_999.25, -0.5, 0, 253_402_300_799, 253_402_300_799.5, 253_402_300_800, -253_402_300_799.5, 1_800_000_000_000, NaN] // prettier-ignore
const DATES = [new Date(1_800_003_600_999), new Date(1_799_999_999_001), new Date(-1), new Date(NaN)]
const OTHERS = ['', 'a', '\ud800', '9007199254740993', null, true, undefined, 5n, [], {}, ['orders'], ['orders', 5], new Map()]
const DURATIONS = [1, 59.5, 86_400, '1s', '90s', '15m', '12h', '30d', '400000w', 'never']
const NO_DURATIONS = [0, 0.999, '0s', 86_401, 3_600_000, 1_800_003_600, -1, NaN, Infinity, '1', '1.5h', '99999999999w', DATES[0]]
const HEADERS = [{}, { x: [1, null] }, { cty: 'twilio-fpa;v=1' }, { cty: 'JWT' }, { cty: 'application/jwt' }, { cty: 5 }, { kid: 'a' }, { alg: 'none' }, { x: 2 ** 53 }, { x: { y: 1 - 2 ** 53 } }, 'x'] // prettier-ignore
const NAMES = ['exp', 'nbf', 'iat', 'iss', 'sub', 'aud', 'jti', 'id', '7', '__proto__', 'toString']

/** Makes claims and options for a signature. */
export function orderOf(seed: number): Order {
  const random = new Random(seed)
  const now = 1_800_000_000 + random.pick([0, 0.25, 0.999])
  const members = Array.from({ length: random.below(4) }, () => random.pick(NAMES)).map((name) => [name, valueOf(random, name)] as const)
  const claims: object = Object.fromEntries(members)
  const options = {
    ...(random.percent(Object.hasOwn(claims, 'exp') ? 5 : 95) && { expiresIn: durationOf(random) }),
    ...(random.percent(Object.hasOwn(claims, 'nbf') ? 5 : 20) && { notBefore: durationOf(random) }),
    ...(random.percent(10) && { type: random.pick(['at+jwt', 'JWT', '', 5]) }),
    ...(random.percent(20) && { header: random.pick(HEADERS) }),
  }
  return { claims: random.percent(97) ? claims : random.pick(OTHERS), options, now }
}

function durationOf(random: Random): unknown {
  return random.pick<unknown>(random.percent(85) ? DURATIONS : NO_DURATIONS)
}

function valueOf(random: Random, name: string): unknown {
  if (['exp', 'nbf', 'iat'].includes(name) && random.percent(80)) return random.pick([...TIMES, ...DATES])
  if (random.percent(40)) return random.pick<unknown>(random.percent(40) ? OTHERS : ['a', 'orders'])
  const number = random.percent(70) ? random.pick(NUMBERS) : (random.below(2 ** 31) - 2 ** 30) * 2 ** random.below(30)
  return random.pick<unknown>([number, [number], { a: [0, { b: number }] }, { __proto__: null, c: number }, String(number)])
}
