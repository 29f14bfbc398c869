/** `iss`, `sub`, `jti` and required claims: one identity must not pass for another. */
import { but, tokens, type Rule, type Verdict } from './case.ts'
import { withClaim as typed, withClaims as claims } from './forge.ts'

const issuer: Rule = {
  attack: 20,
  kind: 'rfc',
  source: 'RFC 7519 §4.1.1; CVE-2025-30144, CVE-2024-53861',
  verdict: 'ERR_JWT_CLAIM iss mismatch',
}
const inherited: Rule = { attack: 21, kind: 'policy', source: 'CWE-1321', verdict: 'ERR_JWT_CLAIM toString missing' }

const ISS = { issuer: 'https://auth.example' }
const as = (rule: Rule, verdict: Verdict): Rule => ({ ...rule, verdict })
const NO_TEXTS = ['null', '5', 'true', '{}', '{"0":"https://auth.example","length":1}', '["https://auth.example"]', '[]']
const MEMBERS = ['toString', '__proto__', 'constructor', 'hasOwnProperty', 'valueOf', 'isPrototypeOf', '__defineGetter__']

export const identities = [
  ...tokens(
    'iss of another',
    issuer,
    [
      ...'https://auth.exampl https://auth.example/ https://auth.example.evil HTTPS://AUTH.EXAMPLE http://auth.example'.split(' '),
      ...' https://auth.example|https://auth.example\0|https://аuth.example||a'.split('|'),
    ],
    (iss) => claims(`"iss":${JSON.stringify(iss)}`, ISS),
  ),
  ...tokens('iss is not a string', as(issuer, 'ERR_JWT_CLAIM iss invalid'), NO_TEXTS, typed('iss', ISS)),
  ...tokens('iss is not a string, and none is expected', as(issuer, 'ERR_JWT_CLAIM iss invalid'), NO_TEXTS.slice(0, 4), typed('iss', {})),
  ...tokens('iss is missing', as(issuer, 'ERR_JWT_CLAIM iss missing'), {
    plainly: claims('', ISS),
    'but on __proto__': claims('"__proto__":{"iss":"https://auth.example"}', ISS),
    'but in another letter case': claims('"Iss":"https://auth.example"', ISS),
  }),
  ...tokens('iss as expected', as(issuer, 'accepted'), { exactly: claims('"iss":"https://auth.example"', ISS) }),
  ...tokens('iss as expected', but(as(issuer, 'accepted'), { kind: 'policy' }), {
    'one of a list': claims('"iss":"https://auth.example"', { issuer: ['b', 'https://auth.example'] }),
  }),
  ...tokens('iss of another', but(issuer, { kind: 'policy' }), {
    'than all of a list': claims('"iss":"c"', { issuer: ['a', 'b'] }),
    'a list joined': claims('"iss":"a,b"', { issuer: ['a', 'b'] }),
    'an expression of the option': claims('"iss":"https://authxexample"', ISS),
  }),
  ...tokens(
    'sub of another',
    but(issuer, { source: 'RFC 7519 §4.1.2', verdict: 'ERR_JWT_CLAIM sub mismatch' }),
    ['u', 'u11', 'U1', ' u1', 'u1\0', ''],
    (sub) => claims(`"sub":${JSON.stringify(sub)}`, { subject: 'u1' }),
  ),
  ...Object.entries({ sub: '§4.1.2', jti: '§4.1.7' }).flatMap(([name, section]) => {
    const rule = but(issuer, { source: `RFC 7519 ${section}`, verdict: `ERR_JWT_CLAIM ${name} invalid` })
    return tokens(`${name} is not a string`, rule, NO_TEXTS, typed(name, {}))
  }),
  ...tokens('sub is missing', but(issuer, { source: 'RFC 7519 §4.1.2', verdict: 'ERR_JWT_CLAIM sub missing' }), {
    plainly: claims('', { subject: 'u1' }),
    'but on __proto__': claims('"__proto__":{"sub":"u1"}', { subject: 'u1' }),
    'but on constructor.prototype': claims('"constructor":{"prototype":{"sub":"u1"}}', { subject: 'u1' }),
  }),
  ...MEMBERS.flatMap((name) =>
    tokens('claim that every object inherits, as a required one', as(inherited, `ERR_JWT_CLAIM ${name} missing`), {
      [name]: claims('', { required: name }),
    }),
  ),
  ...tokens('claim that every object inherits, as a required one', as(inherited, 'accepted'), {
    'which is its own': claims('"toString":"x","hasOwnProperty":null', { required: ['toString', 'hasOwnProperty'] }),
    'which is __proto__ itself': claims('"__proto__":{}', { required: '__proto__' }),
  }),
  ...tokens(
    'required claim',
    but(inherited, { attack: 19, source: 'ours: RFC 7519 §4 leaves it open', verdict: 'ERR_JWT_CLAIM role missing' }),
    {
      missing: claims('"Role":"admin"', { required: ['exp', 'role'] }),
      'missing, but on __proto__': claims('"__proto__":{"role":"admin"}', { required: 'role' }),
    },
  ),
]
