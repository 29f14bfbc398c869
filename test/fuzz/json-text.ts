/** Headers and claims: objects with relevant members, as JSON, which `JSON.stringify` may not write. */
import fc from 'fast-check'
import { digits } from '../properties/arbitraries.ts'
import { mostly } from './layers.ts'

const TEXTS = ['"a"', '"orders"', '"HS256"', '"JWT"', '""', '"\\u0061"', '"é😀"', '"\uFFFD"', '"\\ud800"', '"a\\u0000"', '"application/jwt"', '"at+jwt"', '"none"', '"hs256"', '"RS256"', '"https://auth.example"'] // prettier-ignore
const TIMES = ['1800000000', '1800000001', '1799999999', '1800000060', '1800000061', '1799999990', '1800000010', '1800003600', '1799999999.999', '1800000000.001', '18e8', '1.8000036e9', '0', '-0', '-1', '1e400', '-1e400', '5e-324', '1800003600000', '253402300799', '253402300800', '9007199254740993'] // prettier-ignore
/** Numbers at 2^53, where JavaScript begins to round, in all ways in which JSON may write them. */
const LIMITS = ['9007199254740990', '9007199254740991', '9007199254740992', '9007199254740993', '9007199254740991.5', '9007199254740991.4999999999999999', '9007199254740991.0', '9007199254740992.0', '9.007199254740991e15', '9.007199254740992E+15', '90071992547409915e-1', '90071992547409914e-1', '0.009007199254740993e18', '900719925474099e1', '1e15', '1e16', '1E15', '999999999999999', '1000000000000000', '9999999999999999', '1e21', '0e400', '0.0e99', '1e-400', '1e400', '123456789012345678901234567890e-20', '0.12345678901234567890123456789', '4503599627370497.5'] // prettier-ignore
const OTHERS = ['null', 'true', 'false', '{}', '[]', '["a"]', '["orders","a"]', '["orders",5]', '[["orders"]]', '{"0":"orders","length":1}', '5', '-1.5e3', '[null]', '{"__proto__":{"exp":1}}'] // prettier-ignore
const BROKEN = ['NaN', 'undefined', '01', '+1', '1.', '.5', "'a'", '"\n"', '"\\x41"', '[1,]', '{"a":1,}', '"a', '0x10', '[1', '1n', ''] // prettier-ignore

/** Where a number may be: deep in lists and objects, or in a string or a name, where it is harmless. */
const HOLDERS = ['[#]', '[1,[[ #]]]', '{"id":\t#}', '{"a":{"b":[0,{"c":#}]}}', '{"id":#,"id":1}', '{"id":1,"\\u0069d":#}', '"#"', '"[#]"', '{"#":1}', '{"__proto__":#}', '{"a":":#"}', '"\\",#"'] // prettier-ignore

const HEADER_NAMES = ['alg', 'typ', 'kid', 'cty', 'crit', 'b64', 'jwk', 'jku', 'x5u', 'Alg', '__proto__', '\\u0061lg', 'x', 'zip', 'enc', 'toString'] // prettier-ignore
const CLAIM_NAMES = ['exp', 'nbf', 'iat', 'iss', 'sub', 'aud', 'jti', 'Exp', '__proto__', 'e\\u0078p', 'role', 'toString', 'constructor', 'a', 'id', '7', '9007199254740993'] // prettier-ignore
const TIME_NAMES = ['exp', 'nbf', 'iat', 'e\\u0078p', 'Exp']

const numbers = fc
  .tuple(
    mostly(60, fc.constant('#'), fc.constantFrom(...HOLDERS)),
    fc.oneof(fc.constantFrom(...LIMITS, ...LIMITS.map((one) => `-${one}`)), digits),
  )
  .map(([holder, number]) => holder.replaceAll('#', number))
const values = fc.oneof(
  { weight: 10, arbitrary: fc.constantFrom(...TEXTS) },
  { weight: 6, arbitrary: fc.constantFrom(...OTHERS, ...TIMES) },
  { weight: 4, arbitrary: numbers },
  { weight: 1, arbitrary: fc.constantFrom(...BROKEN) },
)

const members = (names: readonly string[], values: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(fc.constantFrom(...names), values).map(([name, value]) => `"${name}":${value}`)
/** A member that is there in this percentage of cases, most often with one of its usual values. */
const member = (percent: number, name: string, ...usual: readonly string[]): fc.Arbitrary<readonly string[]> =>
  mostly<readonly string[]>(percent, fc.tuple(members([name], mostly(95, fc.constantFrom(...usual), values))), fc.constant([]))

/** An object of these members, and in this percentage of cases of others before or behind them, which may have the same names. */
const objects = (percent: number, others: fc.Arbitrary<string>, ...known: readonly fc.Arbitrary<readonly string[]>[]) => {
  const more = mostly<readonly string[]>(100 - percent, fc.constant([]), fc.array(others, { minLength: 1, maxLength: 3 }))
  return fc.tuple(more, ...known, more).map((parts) => `{${parts.flat().join()}}`)
}

/** The JSON of headers. */
export const headers = objects(6, members(HEADER_NAMES, values), member(98, 'alg', '"HS256"'), member(50, 'typ', '"JWT"'))

/** The JSON of claims. */
export const claims = objects(
  18,
  fc.oneof(members(CLAIM_NAMES, values), members(TIME_NAMES, fc.constantFrom(...TIMES))),
  member(95, 'exp', '1800003600'),
  member(30, 'iat', '1800000000'),
  member(30, 'iss', '"https://auth.example"'),
  member(40, 'aud', '"orders"', '["orders"]', '["a","orders"]', '"a"'),
  member(30, 'sub', '"a"'),
  member(5, 'jti', '"a"'),
  mostly<readonly string[]>(90, fc.constant([]), fc.tuple(members(['iss', 'sub', 'iat', 'jti'], fc.constantFrom(...OTHERS)))),
)
