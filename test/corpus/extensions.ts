/** Header parameters that change the meaning of a token: `crit`, `b64`, `cty`, `typ`; and duplicate members. */
import { but, rule, tokens } from './case.ts'
import { withClaims } from './forge.ts'

const critical = rule(8, 'rfc', 'RFC 7515 §4.1.11; CVE-2026-32597, CVE-2026-35042', 'ERR_JWT_MALFORMED')
const none = but(critical, { source: 'RFC 7515 §4', verdict: 'accepted' })
const unencoded = but(critical, { kind: 'policy', source: 'RFC 7797 §3, §6' })
const detached = but(critical, { source: 'RFC 7515 Appendix F' })
const twice = rule(10, 'rfc', 'RFC 7515 §4; RFC 7519 §4', 'ERR_JWT_ALGORITHM')
const nested = rule(13, 'policy', 'RFC 7519 §5.2', 'ERR_JWT_MALFORMED')
const ofOtherType = but(nested, { source: 'RFC 8725 §3.11', verdict: 'ERR_JWT_CLAIM typ mismatch' })
const ofType = but(nested, { source: 'RFC 7515 §4.1.9', verdict: 'accepted' })

const header = (members: string) => ({ header: `{"alg":"HS256",${members}}` })
const withHeader = (members: string) => ({ token: header(members) })
const having = (parameter: string) => (value: unknown) => withHeader(`"${parameter}":${JSON.stringify(value)}`)
/** A token of this `typ`, where another is expected, or the same. */
const AT = { type: 'at+jwt' }
const ofTyp = (typ: string) => ({ ...having('typ')(typ), options: AT })
const OTHER_TYPES = 'JWT|at+jwt |at-jwt|jwt+at|application/x/at+jwt||text/at+jwt|at+jwt;x=1|at+jwt\0|at+ĵwt'.split('|')
const CRITS = [
  ...'["exp"] ["b64"] ["alg"] ["kid","kid"] ["x"] ["__proto__"] [] [""] [null] [5]'.split(' '),
  ...'[["exp"]] null false true 0 "" "exp" {} {"0":"exp","length":1}'.split(' '),
]
const MORE = [
  '"crit":["http://example/x"],"http://example/x":1',
  '"crit":["exp"],"exp":1800003600',
  '"crit":["b64"],"b64":false',
  '"crit":["x"],"crit":[]',
]

export const extensions = [
  ...tokens('crit', critical, CRITS, (crit) => withHeader(`"crit":${crit}`)),
  ...tokens('crit', critical, MORE, withHeader),
  ...tokens('crit', critical, {
    'with an unencoded payload': { token: { ...header('"crit":["b64"],"b64":false'), spell: (first) => `${first}.{"exp":1800003600}` } },
  }),
  ...tokens('crit that is none', none, ['"Crit":["x"]', '"x":{"crit":["x"]}', '"__proto__":{"crit":["x"]}'], withHeader),
  ...tokens('crit that is none', none, { 'in the claims': { token: { payload: '{"exp":1800003600,"crit":["exp"]}' } } }),
  ...tokens('b64 without crit', unencoded, ['false', 'true', 'null', '0', '"false"', '[]'], (b64) => withHeader(`"b64":${b64}`)),
  ...tokens('payload detached', detached, {
    'with the MAC of nothing': { token: { spell: (first) => `${first}.` } },
    'and unencoded, in two segments': { token: { ...header('"crit":["b64"],"b64":false'), spell: (first) => first } },
    'with the MAC of what is gone': {
      token: { join: (input, mac) => `${input.slice(0, input.indexOf('.'))}..${mac}` },
      verdict: 'ERR_JWT_SIGNATURE',
    },
  }),
  ...tokens('cty of a token', nested, ['JWT', 'jwt', 'Jwt', 'application/jwt', 'Application/JWT'], having('cty')),
  ...tokens('cty is not a string', but(nested, { kind: 'rfc', source: 'RFC 7515 §4.1.10' }), [null, 5, ['JWT'], {}, true], having('cty')),
  ...tokens('typ is not a string', but(nested, { kind: 'rfc', source: 'RFC 7515 §4.1.9' }), [null, 5, ['JWT'], {}, true], having('typ')),
  ...tokens('typ of another kind', ofOtherType, OTHER_TYPES, ofTyp),
  ...tokens('typ of the kind', ofType, ['at+jwt', 'AT+JWT', 'application/at+jwt', 'Application/AT+jwt'], ofTyp),
  ...tokens('typ of no kind', but(ofOtherType, 'ERR_JWT_CLAIM typ missing'), {
    'where one is expected': { token: { header: '{"alg":"HS256"}' }, options: AT },
    'but on __proto__': { ...withHeader('"__proto__":{"typ":"at+jwt"}'), options: AT },
  }),
  ...tokens('member twice', twice, ['"alg":"none"', '"x":1,"alg":"RS256"', '"\\u0061lg":"none"'], withHeader),
  ...tokens('member twice', but(twice, 'ERR_JWT_EXPIRED'), ['"exp":1', '"\\u0065xp":1'], (members) => withClaims(members)),
  ...tokens('member twice', but(twice, 'ERR_JWT_CLAIM aud mismatch'), {
    'aud, mine first': withClaims('"aud":"mine","aud":"other"', { audience: 'mine' }),
  }),
  ...tokens('member twice', but(twice, { kind: 'policy', verdict: 'accepted' }), {
    'alg, HS256 last': { token: { header: '{"alg":"none","alg":"HS256"}' } },
    'exp, past first': { token: { payload: '{"exp":1,"exp":1800003600}' } },
    'sub, the last counts': withClaims('"sub":"a","sub":"b"', { subject: 'b' }),
  }),
]
