/** `kid`, and keys in the token: only the verifier decides which key is used. */
import { base64url } from '../support/bytes.ts'
import { but, rule, tokens, type MakeKey } from './case.ts'
import { OTHER_SECRET, SECRET } from './forge.ts'

const unknown = rule(7, 'policy', 'RFC 8725 §3.10; RFC 7515 §4.1.4', 'ERR_JWT_KEY_NOT_FOUND')
const mistyped = but(unknown, { kind: 'rfc', source: 'RFC 7515 §4.1.4', verdict: 'ERR_JWT_MALFORMED' })
const none = but(unknown, { attack: 4, source: 'CVE-2026-44351, CVE-2026-45363', verdict: 'TypeError' })
const embedded = rule(9, 'rfc', 'RFC 8725 §3.10; CVE-2018-0114', 'ERR_JWT_SIGNATURE')
const ignored = but(embedded, { source: 'RFC 7515 §4.1', verdict: 'accepted' })

const withKid = (kid: unknown) => ({ header: JSON.stringify({ alg: 'HS256', kid }) })
const kidFor = (keys: (make: MakeKey) => unknown) => (kid: unknown) => ({ token: withKid(kid), keys })
const mine = (make: MakeKey): unknown => make(SECRET, { kid: 'mine' })
const other = (make: MakeKey): unknown => make(OTHER_SECRET, { kid: 'other' })
type Header = Readonly<Record<'kid', string>>
/** Looks up keys in the wrong way: in an object with inherited members. */
const carelessly = (make: MakeKey) => (header: Header) => Reflect.get({ mine: mine(make) }, header.kid) as unknown
const carefully = (make: MakeKey) => (header: Header) => new Map([['mine', mine(make)]]).get(header.kid)

const MEMBERS = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf']
const INHERITED = ['constructor', 'toString', 'hasOwnProperty', 'valueOf', 'isPrototypeOf']
const STRANGERS = "| |Mine|mine |mine\0|mіne|../../dev/null|mine' OR '1'='1|https://attacker.example/jwks.json|*|0".split('|')
const jwk = { kty: 'oct', k: base64url(OTHER_SECRET) }
const EMBEDDED: Readonly<Record<string, object>> = {
  jwk: { jwk },
  'jwk of the same kid': { kid: 'mine', jwk: { ...jwk, kid: 'mine' } },
  jku: { jku: 'https://attacker.example/jwks.json' },
  'jku of a file': { jku: 'file:///dev/zero' },
  x5u: { x5u: 'https://attacker.example/cert.pem' },
  x5c: { x5c: [btoa(OTHER_SECRET)] },
  x5t: { x5t: base64url(OTHER_SECRET) },
  'kid as a path': { kid: '/dev/null' },
  'kid as a JWK': { kid: JSON.stringify(jwk) },
}
const brought = (secret: string) => (members: object) => ({ token: { header: JSON.stringify({ alg: 'HS256', ...members }), secret } })

export const keyIds = [
  ...tokens('kid of a prototype, in a list', unknown, MEMBERS, (kid) => ({ token: withKid(kid), keys: (make) => [mine(make)] })),
  ...tokens('kid of a prototype, looked up with care', unknown, MEMBERS, kidFor(carefully)),
  ...tokens('kid of a prototype, looked up without care', but(unknown, 'TypeError'), INHERITED, kidFor(carelessly)),
  ...tokens('kid of a stranger', unknown, STRANGERS, kidFor(mine)),
  ...tokens('kid of a stranger', unknown, {
    'very long': { token: withKid('k'.repeat(40_000)), keys: mine },
    'although its MAC is right for another': {
      token: { ...withKid('other'), secret: SECRET },
      keys: (make) => [mine(make), make(OTHER_SECRET, { kid: 'third' })],
    },
    'looked up as undefined': { token: {}, keys: () => () => undefined },
    'looked up as a missing member': { token: withKid('gone'), keys: carelessly },
  }),
  ...tokens('kid is not a string', mistyped, [null, 0, 5, true, false, ['mine'], [], {}, { kid: 'mine' }], kidFor(mine)),
  ...tokens('kid that fits', but(unknown, { kind: 'rfc', verdict: 'accepted' }), {
    exactly: { token: withKid('mine'), keys: mine },
    'one of two': { token: withKid('mine'), keys: (make) => [other(make), mine(make)] },
    'any, if the token lacks a kid': { token: {}, keys: (make) => [other(make), mine(make)] },
    'any, if the key lacks one': { token: withKid('whatever') },
  }),
  ...tokens('kid of a key with another secret', but(embedded, { attack: 7 }), {
    'although a third has made the MAC': { token: withKid('other'), keys: (make) => [other(make), mine(make)] },
  }),
  ...tokens('keys that are none', none, [[], undefined, SECRET], (keys) => ({ token: {}, keys: () => keys })),
  ...tokens('keys that are none, looked up', none, [[], null, SECRET], (keys) => ({ token: {}, keys: () => () => keys })),
  ...tokens('keys that are none', none, {
    'looked up as an empty text': { token: { secret: '' }, keys: () => () => '' },
    'a list with a gap': { token: {}, keys: (make) => [mine(make), undefined] },
    seventeen: { token: {}, keys: (make) => Array.from({ length: 17 }, (_, i) => make(SECRET, { kid: `${i}` })) },
    'two of one kid': { token: {}, keys: (make) => [mine(make), make(OTHER_SECRET, { kid: 'mine' })] },
    'one that may only sign': { token: {}, keys: (make) => make({ kty: 'oct', k: base64url(SECRET), key_ops: ['sign'] }) },
  }),
  ...tokens('key that the token brings along', embedded, EMBEDDED, brought(OTHER_SECRET)),
  ...tokens('key that the token brings along, beside a MAC that is right', ignored, EMBEDDED, brought(SECRET)),
]
