/** `iss`, `sub`, `aud`, `jti` and required claims: one identity must not pass for another, nor a token for one that others accept. */
import { but, rule, tokens } from './case.ts'
import { withClaim as typed, withClaims as claims } from './forge.ts'

const issuer = rule(20, 'rfc', 'RFC 7519 §4.1.1; CVE-2025-30144, CVE-2024-53861', 'ERR_JWT_CLAIM iss mismatch')
const subject = but(issuer, { source: 'RFC 7519 §4.1.2', verdict: 'ERR_JWT_CLAIM sub mismatch' })
const inherited = rule(21, 'policy', 'CWE-1321', 'accepted')
const required = but(inherited, { attack: 19, source: 'ours: RFC 7519 §4 leaves it open', verdict: 'ERR_JWT_CLAIM role missing' })
const audience = rule(20, 'rfc', 'RFC 7519 §4.1.3; CVE-2020-26160, CVE-2025-62610', 'ERR_JWT_CLAIM aud mismatch')

const ISS = { issuer: 'https://auth.example' }
const AUD = { audience: 'orders' }
const NO_TEXTS = ['null', '5', 'true', '{}', '{"0":"https://auth.example","length":1}', '["https://auth.example"]', '[]']
const OTHER_ISSUERS = [
  ...'https://auth.exampl https://auth.example/ https://auth.example.evil HTTPS://AUTH.EXAMPLE http://auth.example'.split(' '),
  ...' https://auth.example|https://auth.example\0|https://аuth.example||a'.split('|'),
]
const MEMBERS = ['toString', '__proto__', 'constructor', 'hasOwnProperty', 'valueOf', 'isPrototypeOf', '__defineGetter__']
const OTHERS = ['order', 'orders2', 'xorders', 'Orders', 'ORDERS', ' orders', 'orders ', 'orders\0', 'orders,reports', 'оrders', '', '*']
const NO_LISTS = [
  ...'null 5 true {} {"0":"orders","length":1} [5]'.split(' '),
  ...'[null] ["orders",5] ["orders",null] [["orders"]] [{"0":"orders"}] ["orders",{}]'.split(' '),
]
/** Tokens with a claim of this text. */
const saying = (name: string, options: object) => (text: string) => claims(`"${name}":${JSON.stringify(text)}`, options)

export const identities = [
  ...tokens('iss of another', issuer, OTHER_ISSUERS, saying('iss', ISS)),
  ...tokens('iss is not a string', but(issuer, 'ERR_JWT_CLAIM iss invalid'), NO_TEXTS, typed('iss', ISS)),
  ...tokens('iss is not a string, and none is expected', but(issuer, 'ERR_JWT_CLAIM iss invalid'), NO_TEXTS.slice(0, 4), typed('iss', {})),
  ...tokens('iss is missing', but(issuer, 'ERR_JWT_CLAIM iss missing'), {
    plainly: claims('', ISS),
    'but on __proto__': claims('"__proto__":{"iss":"https://auth.example"}', ISS),
    'but in another letter case': claims('"Iss":"https://auth.example"', ISS),
  }),
  ...tokens('iss as expected', but(issuer, 'accepted'), {
    exactly: claims('"iss":"https://auth.example"', ISS),
    'one of a list': { ...claims('"iss":"https://auth.example"', { issuer: ['b', 'https://auth.example'] }), kind: 'policy' },
  }),
  ...tokens('iss of another', but(issuer, { kind: 'policy' }), {
    'than all of a list': claims('"iss":"c"', { issuer: ['a', 'b'] }),
    'a list joined': claims('"iss":"a,b"', { issuer: ['a', 'b'] }),
    'an expression of the option': claims('"iss":"https://authxexample"', ISS),
  }),
  ...tokens('sub of another', subject, ['u', 'u11', 'U1', ' u1', 'u1\0', ''], saying('sub', { subject: 'u1' })),
  ...Object.entries({ sub: '§4.1.2', jti: '§4.1.7' }).flatMap(([name, section]) => {
    const mistyped = but(issuer, { source: `RFC 7519 ${section}`, verdict: `ERR_JWT_CLAIM ${name} invalid` })
    return tokens(`${name} is not a string`, mistyped, NO_TEXTS, typed(name, {}))
  }),
  ...tokens('sub is missing', but(subject, 'ERR_JWT_CLAIM sub missing'), {
    plainly: claims('', { subject: 'u1' }),
    'but on __proto__': claims('"__proto__":{"sub":"u1"}', { subject: 'u1' }),
    'but on constructor.prototype': claims('"constructor":{"prototype":{"sub":"u1"}}', { subject: 'u1' }),
  }),
  ...MEMBERS.flatMap((name) =>
    tokens('claim that every object inherits, as a required one', but(inherited, `ERR_JWT_CLAIM ${name} missing`), {
      [name]: claims('', { required: name }),
    }),
  ),
  ...tokens('claim that every object inherits, as a required one', inherited, {
    'which is its own': claims('"toString":"x","hasOwnProperty":null', { required: ['toString', 'hasOwnProperty'] }),
    'which is __proto__ itself': claims('"__proto__":{}', { required: '__proto__' }),
  }),
  ...tokens('required claim', required, {
    missing: claims('"Role":"admin"', { required: ['exp', 'role'] }),
    'missing, but on __proto__': claims('"__proto__":{"role":"admin"}', { required: 'role' }),
  }),
]

export const audiences = [
  ...tokens('aud of another', audience, OTHERS, saying('aud', AUD)),
  ...tokens('aud of another', audience, {
    'a list of others': claims('"aud":["reports","billing"]', AUD),
    'an empty list': claims('"aud":[]', AUD),
    'a list of letters': claims('"aud":["o","r","d","e","r","s"]', AUD),
    'a list of an empty text': claims('"aud":[""]', AUD),
  }),
  ...tokens('aud is not a string and no list', but(audience, 'ERR_JWT_CLAIM aud invalid'), NO_LISTS, typed('aud', AUD)),
  ...tokens(
    'aud is not a string and no list, where it does not count',
    but(audience, 'ERR_JWT_CLAIM aud invalid'),
    NO_LISTS.slice(0, 6),
    typed('aud', { ignoreAudience: true }),
  ),
  ...tokens('aud of whoever it is, where none is named', audience, ['"orders"', '["orders"]', '[]', '""'], typed('aud', {})),
  ...tokens('aud is missing', but(audience, 'ERR_JWT_CLAIM aud missing'), {
    plainly: claims('', AUD),
    'but on __proto__': claims('"__proto__":{"aud":"orders"}', AUD),
    'but in another letter case': claims('"AUD":"orders"', AUD),
  }),
  ...tokens('aud as expected', but(audience, 'accepted'), {
    exactly: claims('"aud":"orders"', AUD),
    'one of its list': claims('"aud":["reports","orders"]', AUD),
    'one of both lists': claims('"aud":["reports","orders"]', { audience: ['billing', 'orders'] }),
    'not to count': { ...claims('"aud":["reports"]', { ignoreAudience: true }), kind: 'policy' },
  }),
]
