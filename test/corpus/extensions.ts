/** Header parameters that change the meaning of a token: `crit`, `b64`, `cty`, `typ`; and duplicate members. */
import { but, tokens, type Rule } from './case.ts'

const critical: Rule = { attack: 8, kind: 'rfc', source: 'RFC 7515 §4.1.11; CVE-2026-32597, CVE-2026-35042', verdict: 'ERR_JWT_MALFORMED' }
const none = but(critical, { source: 'RFC 7515 §4', verdict: 'accepted' })
const unencoded = but(critical, { kind: 'policy', source: 'RFC 7797 §3, §6' })
const twice: Rule = { attack: 10, kind: 'rfc', source: 'RFC 7515 §4; RFC 7519 §4', verdict: 'ERR_JWT_ALGORITHM' }
const nested: Rule = { attack: 13, kind: 'policy', source: 'RFC 7519 §5.2', verdict: 'ERR_JWT_MALFORMED' }

const header = (members: string): { readonly header: string } => ({ header: `{"alg":"HS256",${members}}` })
const having = (parameter: string) => (value: unknown) => ({ token: header(`"${parameter}":${JSON.stringify(value)}`) })
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
  ...tokens('crit', critical, CRITS, (crit) => ({ token: header(`"crit":${crit}`) })),
  ...tokens('crit', critical, MORE, (members) => ({ token: header(members) })),
  ...tokens('crit', critical, {
    'with an unencoded payload': { token: { ...header('"crit":["b64"],"b64":false'), spell: (first) => `${first}.{"exp":1800003600}` } },
  }),
  ...tokens('crit that is none', none, ['"Crit":["x"]', '"x":{"crit":["x"]}', '"__proto__":{"crit":["x"]}'], (members) => ({
    token: header(members),
  })),
  ...tokens('crit that is none', none, { 'in the claims': { token: { payload: '{"exp":1800003600,"crit":["exp"]}' } } }),
  ...tokens('b64 without crit', unencoded, ['false', 'true', 'null', '0', '"false"', '[]'], (b64) => ({ token: header(`"b64":${b64}`) })),
  ...tokens('payload detached', but(critical, { source: 'RFC 7515 Appendix F' }), {
    'with the MAC of nothing': { token: { spell: (first) => `${first}.` } },
    'and unencoded, in two segments': { token: { ...header('"crit":["b64"],"b64":false'), spell: (first) => first } },
  }),
  ...tokens('payload detached', but(critical, { source: 'RFC 7515 Appendix F', verdict: 'ERR_JWT_SIGNATURE' }), {
    'with the MAC of what is gone': { token: { join: (input, mac) => `${input.slice(0, input.indexOf('.'))}..${mac}` } },
  }),
  ...tokens('cty of a token', nested, ['JWT', 'jwt', 'Jwt', 'application/jwt', 'Application/JWT'], having('cty')),
  ...tokens('cty is not a string', but(nested, { kind: 'rfc', source: 'RFC 7515 §4.1.10' }), [null, 5, ['JWT'], {}, true], having('cty')),
  ...tokens('typ is not a string', but(nested, { kind: 'rfc', source: 'RFC 7515 §4.1.9' }), [null, 5, ['JWT'], {}, true], having('typ')),
  ...tokens(
    'typ of another kind',
    but(nested, { source: 'RFC 8725 §3.11', verdict: 'ERR_JWT_CLAIM typ mismatch' }),
    ['JWT', 'at+jwt ', 'at-jwt', 'jwt+at', 'application/x/at+jwt', '', 'text/at+jwt', 'at+jwt;x=1', 'at+jwt\0', 'at+ĵwt'],
    (typ) => ({ ...having('typ')(typ), options: { type: 'at+jwt' } }),
  ),
  ...tokens(
    'typ of the kind',
    but(nested, { source: 'RFC 7515 §4.1.9', verdict: 'accepted' }),
    ['at+jwt', 'AT+JWT', 'application/at+jwt', 'Application/AT+jwt'],
    (typ) => ({ ...having('typ')(typ), options: { type: 'at+jwt' } }),
  ),
  ...tokens('typ of no kind', but(nested, { source: 'RFC 8725 §3.11', verdict: 'ERR_JWT_CLAIM typ missing' }), {
    'where one is expected': { token: { header: '{"alg":"HS256"}' }, options: { type: 'at+jwt' } },
    'but on __proto__': { token: { header: '{"alg":"HS256","__proto__":{"typ":"at+jwt"}}' }, options: { type: 'at+jwt' } },
  }),
  ...tokens('member twice', twice, ['"alg":"none"', '"x":1,"alg":"RS256"', '"\\u0061lg":"none"'], (members) => ({
    token: header(members),
  })),
  ...tokens('member twice', but(twice, 'ERR_JWT_EXPIRED'), ['"exp":1', '"\\u0065xp":1'], (members) => ({
    token: { payload: `{"exp":1800003600,${members}}` },
  })),
  ...tokens('member twice', but(twice, 'ERR_JWT_CLAIM aud mismatch'), {
    'aud, mine first': { token: { payload: '{"exp":1800003600,"aud":"mine","aud":"other"}' }, options: { audience: 'mine' } },
  }),
  ...tokens('member twice', but(twice, { kind: 'policy', verdict: 'accepted' }), {
    'alg, HS256 last': { token: { header: '{"alg":"none","alg":"HS256"}' } },
    'exp, past first': { token: { payload: '{"exp":1,"exp":1800003600}' } },
    'sub, the last counts': { token: { payload: '{"exp":1800003600,"sub":"a","sub":"b"}' }, options: { subject: 'b' } },
  }),
]
