/** Numbers of 2^53 or more: JavaScript rounds them, so two identities could become one. The same digits in a string are harmless. */
import { schemaOf } from '../support/schemas.ts'
import { but, challenges, claimSets, cookies, rule, tokens, type Rule, type Verdict } from './case.ts'
import { SUBJECT, type Recipe } from './forge.ts'

const as = (verdict: Verdict): Rule => rule(32, 'policy', 'RFC 8259 §6; RFC 7493 §2.2', verdict)
const rounded = as('ERR_JWT_CLAIM id invalid')
const malformed = as('ERR_JWT_MALFORMED')
const exact = but(rounded, { kind: 'rfc', source: 'RFC 8259 §6', verdict: 'accepted' })
const superseded = but(exact, { kind: 'policy', source: 'RFC 7519 §4' })
const challenged = but(exact, { attack: 29, kind: 'policy', source: 'RFC 6750 §3' })

/** 2^53 − 1 is the last number that no other one is rounded to. */
// prettier-ignore
const LONG: readonly string[] = [
  '9007199254740992', '9007199254740993', '-9007199254740992', '-9007199254740993', '9007199254740991.5',
  '9007199254740992.0', '9007199254740991.99999999999999999999', '90071992547409915e-1', '9007199254740992e0',
  '9.007199254740993e15', '9.007199254740993E+15', '-0.9007199254740993e16', '0.00000000000000009007199254740993e32',
  '9007199254740993000000000e-9', '1e16', '1E16', '1e+16', '-1e16', '9999999999999999', '10000000000000000',
  '18446744073709551615', '123456789012345678901234567890', '1e21', '1.7976931348623157e308', '1e400', '-1e400',
  '1e99999999999999999999', '1234567890123456789012345678901234567890.5',
]
// prettier-ignore
const SHORT: readonly string[] = [
  '9007199254740991', '-9007199254740991', '9007199254740990', '999999999999999', '1000000000000000',
  '1000000000000000.0', '9007199254740991.0', '4503599627370497.5', '1e15', '1E15', '-1e15', '9.007199254740991e15',
  '90071992547409910e-1', '0.0000000000000001', '0.12345678901234567890123456789', '1234567890123456789e-4', '5e-324',
  '1e-400', '0e400', '-0', '-0.0e99',
]

/** Members in which the number that stands for `#` counts. */
const PLACES: readonly string[] = [
  ...'"id":[#]|"id":[0,"a",null,#]|"id":{"a":#}|"id":[[],{},{"a":[{"b":[#,1]}]}]|"id": #|"id"\t:\r\n \t # \n|"id":[1 ,\n\n#\t]'.split('|'),
  ...'"id":1,"id":#|"id":1,"\\u0069d":#|"id":{"a":"x","a":#}|"a":1,"id":#|"a":"\\",","id":#'.split('|'),
  `"id":${'['.repeat(2000)}#${']'.repeat(2000)}`,
]

/** Members in which the same digits are not a number. */
const HARMLESS: readonly string[] = '"id":"#"|"id":"{\\"a\\":#,[#]}"|"id":["[#","#"]|"#":"x"|"id":[{"#":1,",#":2}]'.split('|')

/** Duplicate members: the last one counts, and it is not the long number. */
const SUPERSEDED: readonly string[] = '"id":#,"id":"#"|"\\u0069d":#,"id":1|"id":{"a":#,"a":1}|"id":{"a":[#]},"id":{"b":1}'.split('|')

/** Members in the payload, or in the header. */
const payload = (members: string): Recipe => ({ payload: `{"exp":1800003600,"sub":"${SUBJECT}",${members}}` })
const header = (members: string): Recipe => ({ header: `{"alg":"HS256",${members}}` })
/** Cases with the same verdict from `decodeUnverified`: of numbers as a member, and of one that stands for `#`. */
const numbersAs = (name: string, topic: string, shared: Rule, texts: readonly string[], part: typeof payload) =>
  tokens(topic, shared, texts, (number) => ({ token: part(`"${name}":${number}`), decoded: shared.verdict }))
const placed = (number: string, topic: string, shared: Rule, places: readonly string[], part: typeof payload) =>
  tokens(`${number}${topic}`, shared, places, (place) => ({ token: part(place.replaceAll('#', number)), decoded: shared.verdict }))
/** Cases of a number as the claim of each name, by its label. */
const named = (topic: string, names: Readonly<Record<string, string>>) =>
  Object.entries(names).flatMap(([label, name]) => {
    const invalid = as(`ERR_JWT_CLAIM ${name} invalid`)
    return tokens(topic, invalid, { [label]: { token: payload(`"${name}":9007199254740993`), decoded: invalid.verdict } })
  })

const NAMES = ['__proto__', 'toString', 'constructor', '', '7', 'a.b']
const REGISTERED = ['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti']
const OF_CHALLENGES = ['a\\"b', 'a\\\\b', 'a\\r\\nSet-Cookie: jwt=x', 'a\\u0000b', 'é', '\\", realm=\\"evil', '\\ud800', '__proto__']
const beside = (members: string, options?: object) => ({
  token: payload(`${members}"id":9007199254740993`),
  ...(options && { options }),
  decoded: rounded.verdict,
})

export const numbers = [
  ...numbersAs('id', 'number that is rounded', rounded, LONG, payload),
  ...numbersAs('id', 'number that is exact, or rounded as fractions are', exact, SHORT, payload),
  ...['9007199254740993', '-1e400'].flatMap((number) => [
    ...placed(number, ', which is rounded,', rounded, PLACES, payload),
    ...placed(number, ', which is harmless,', exact, HARMLESS, payload),
    ...placed(number, ', which is superseded,', superseded, SUPERSEDED, payload),
    ...placed(number, ' in the header,', malformed, PLACES, header),
    ...placed(number, ' in the header, which is harmless,', exact, HARMLESS, header),
    ...placed(number, ' in the header, which is superseded,', but(superseded, { source: 'RFC 7515 §4' }), SUPERSEDED, header),
  ]),
  // Some places have duplicate members.
  ...placed('9007199254740991', ', which is exact,', but(exact, { kind: 'policy' }), PLACES, payload),
  ...named('number that is rounded in the claim', Object.fromEntries(NAMES.map((name) => [JSON.stringify(name), name]))),
  ...numbersAs('x', 'number that is rounded in the header', malformed, LONG, header),
  ...numbersAs('x', 'number that is exact in the header', exact, SHORT, header),
  ...named('number that is rounded as the registered claim', Object.fromEntries(REGISTERED.map((name) => [name, name]))),
  ...tokens('number that is rounded counts more than', rounded, {
    'a type that is wrong': beside('"iss":5,'),
    'an exp that is past': beside('"exp":1,'),
    'a claim that is missing': beside('', { issuer: 'a' }),
    'a schema that accepts it': beside('', { schema: schemaOf((value) => ({ value })) }),
  }),
  ...tokens('number that is rounded counts less than', as('ERR_JWT_SIGNATURE'), {
    'the MAC': { token: { payload: `{"exp":1800003600,"id":9007199254740993}`, mac: () => 'A'.repeat(43) } },
  }),
  ...cookies('cookie of a token with a number that is rounded', rounded, {
    'in its claims': { options: {}, token: { payload: '{"exp":1800003600,"id":9007199254740993}' } },
    'in its header': { ...malformed, options: {}, token: header('"id":9007199254740993') },
  }),
  ...challenges('challenge of a rounded number in a claim whose name', challenged, OF_CHALLENGES, (name) => ({
    token: { payload: `{"exp":1800003600,"${name}":9007199254740993}` },
  })),
]

const refused = as('TypeError')
const deep = but(refused, { attack: 16, source: 'far from the depth at which engines run out of stack', verdict: 'RangeError' })
const LIMIT = 2 ** 53
const ROUNDED = [LIMIT, -LIMIT, LIMIT + 2, 1e16, -1e16, 2 ** 64, 1e21, Number.MAX_VALUE, -Number.MAX_VALUE]
const EXACT = [LIMIT - 1, 1 - LIMIT, 1e15, -1e15, 2 ** 52 + 0.5, 0.1, 5e-324, 1e-7, -0]
const signing = (claims: unknown, header?: object) => ({ claims: () => claims, options: { expiresIn: '1h', ...(header && { header }) } })

/** Lists and objects in each other, this many levels below the claims. */
const NESTED: Readonly<Record<string, (levels: number) => string>> = {
  lists: (levels) => `{"id":${'['.repeat(levels)}${']'.repeat(levels)}}`,
  objects: (levels) => `{"id":${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}}`,
}

/** `sign` rejects those that `verify` would reject. */
export const numbersToSign = [
  ...claimSets('number to sign that is rounded', refused, ROUNDED, (id) => signing({ id })),
  ...claimSets('number to sign that is rounded', refused, {
    'in a list': signing({ id: [0, LIMIT] }),
    'in objects in lists': signing({ id: [{ a: [{ b: -LIMIT }] }] }),
    'by toJSON': signing({ id: { toJSON: () => LIMIT } }),
    'in a claim named __proto__': signing(JSON.parse(`{"__proto__":${LIMIT}}`)),
    'in the header': signing({}, { x: LIMIT }),
    'in objects in the header': signing({}, { x: { y: [-LIMIT] } }),
  }),
  ...claimSets('number to sign that is exact', exact, EXACT, (id) => signing({ id, list: [{ id }] }, { x: id })),
  ...claimSets('1001 levels to sign', deep, NESTED, (nest) => signing(JSON.parse(nest(1001)))),
  ...claimSets('1000 levels to sign', but(deep, 'accepted'), NESTED, (nest) => signing(JSON.parse(nest(1000)))),
]
