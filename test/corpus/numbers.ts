/** Numbers of 2^53 or more: JavaScript rounds them, so two identities could become one. The same digits in a string are harmless. */
import { but, challenges, cookies, tokens, type Rule, type TokenCase, type Verdict } from './case.ts'
import { SUBJECT } from './forge.ts'
import { HARMLESS, LONG, PLACES, SHORT, SUPERSEDED } from './number-texts.ts'

const rounded: Rule = { attack: 32, kind: 'policy', source: 'RFC 8259 §6; RFC 7493 §2.2', verdict: 'ERR_JWT_CLAIM id invalid' }
const exact = but(rounded, { kind: 'rfc', source: 'RFC 8259 §6', verdict: 'accepted' })
const as = (verdict: Verdict): Rule => ({ ...rounded, verdict })

/** A case with the same verdict from `decodeUnverified`. */
const told = (verdict: Verdict, one: Omit<TokenCase, 'decoded' | 'door' | 'name' | keyof Rule>) => ({ ...one, decoded: verdict })
const payload = (members: string, verdict: Verdict = 'ERR_JWT_CLAIM id invalid') =>
  told(verdict, { token: { payload: `{"exp":1800003600,"sub":"${SUBJECT}",${members}}` } })
const header = (members: string, verdict: Verdict = 'ERR_JWT_MALFORMED') =>
  told(verdict, { token: { header: `{"alg":"HS256",${members}}` } })
const NAMES = ['__proto__', 'toString', 'constructor', '', '7', 'a.b']

export const numbers = [
  ...tokens('number that is rounded', rounded, LONG, (number) => payload(`"id":${number}`)),
  ...tokens('number that is exact, or rounded as fractions are', exact, SHORT, (number) => payload(`"id":${number}`, 'accepted')),
  ...['9007199254740993', '-1e400'].flatMap((number) => [
    ...tokens(`${number}, which is rounded,`, rounded, PLACES, (place) => payload(place.replaceAll('#', number))),
    ...tokens(`${number}, which is harmless,`, exact, HARMLESS, (place) => payload(place.replaceAll('#', number), 'accepted')),
    ...tokens(`${number}, which is superseded,`, but(exact, { kind: 'policy', source: 'RFC 7519 §4' }), SUPERSEDED, (place) =>
      payload(place.replaceAll('#', number), 'accepted'),
    ),
    ...tokens(`${number} in the header,`, as('ERR_JWT_MALFORMED'), PLACES, (place) => header(place.replaceAll('#', number))),
    ...tokens(`${number} in the header, which is harmless,`, exact, HARMLESS, (place) => header(place.replaceAll('#', number), 'accepted')),
    ...tokens(`${number} in the header, which is superseded,`, but(exact, { kind: 'policy', source: 'RFC 7515 §4' }), SUPERSEDED, (place) =>
      header(place.replaceAll('#', number), 'accepted'),
    ),
  ]),
  ...tokens(
    '9007199254740991, which is exact,',
    but(exact, { kind: 'policy' }), // some places have duplicate members
    PLACES,
    (place) => payload(place.replaceAll('#', '9007199254740991'), 'accepted'),
  ),
  ...NAMES.flatMap((name) =>
    tokens('number that is rounded in the claim', as(`ERR_JWT_CLAIM ${name} invalid`), {
      [JSON.stringify(name)]: payload(`"${name}":9007199254740993`, `ERR_JWT_CLAIM ${name} invalid`),
    }),
  ),
  ...tokens('number that is rounded in the header', as('ERR_JWT_MALFORMED'), LONG, (number) => header(`"x":${number}`)),
  ...tokens('number that is exact in the header', exact, SHORT, (number) => header(`"x":${number}`, 'accepted')),
  ...['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti'].flatMap((name) =>
    tokens('number that is rounded as the registered claim', as(`ERR_JWT_CLAIM ${name} invalid`), {
      [name]: payload(`"${name}":9007199254740993`, `ERR_JWT_CLAIM ${name} invalid`),
    }),
  ),
  ...tokens('number that is rounded counts more than', rounded, {
    'a type that is wrong': payload('"iss":5,"id":9007199254740993'),
    'an exp that is past': payload('"exp":1,"id":9007199254740993'),
    'a claim that is missing': { ...payload('"id":9007199254740993'), options: { issuer: 'a' } },
    'a schema that accepts it': {
      ...payload('"id":9007199254740993'),
      options: { schema: { '~standard': { version: 1, vendor: 'test', validate: (value: unknown) => ({ value }) } } },
    },
  }),
  ...tokens('number that is rounded counts less than', as('ERR_JWT_SIGNATURE'), {
    'the MAC': { token: { payload: `{"exp":1800003600,"id":9007199254740993}`, mac: () => 'A'.repeat(43) } },
  }),
  ...cookies('cookie of a token with a number that is rounded', rounded, {
    'in its claims': { options: {}, token: { payload: '{"exp":1800003600,"id":9007199254740993}' } },
  }),
  ...cookies('cookie of a token with a number that is rounded', as('ERR_JWT_MALFORMED'), {
    'in its header': { options: {}, token: { header: '{"alg":"HS256","id":9007199254740993}' } },
  }),
  ...challenges(
    'challenge of a rounded number in a claim whose name',
    but(as('accepted'), { attack: 29, source: 'RFC 6750 §3' }),
    ['a\\"b', 'a\\\\b', 'a\\r\\nSet-Cookie: jwt=x', 'a\\u0000b', 'é', '\\", realm=\\"evil', '\\ud800', '__proto__'],
    (name) => ({ token: { payload: `{"exp":1800003600,"${name}":9007199254740993}` } }),
  ),
]
