/** `aud`: for whom a token is meant. */
import { but, tokens, type Rule, type Verdict } from './case.ts'
import { withClaim as typed, withClaims as claims } from './forge.ts'

const audience: Rule = {
  attack: 20,
  kind: 'rfc',
  source: 'RFC 7519 §4.1.3; CVE-2020-26160, CVE-2025-62610',
  verdict: 'ERR_JWT_CLAIM aud mismatch',
}
const AUD = { audience: 'orders' }
const as = (rule: Rule, verdict: Verdict): Rule => ({ ...rule, verdict })
const NO_LISTS = [
  ...'null 5 true {} {"0":"orders","length":1} [5]'.split(' '),
  ...'[null] ["orders",5] ["orders",null] [["orders"]] [{"0":"orders"}] ["orders",{}]'.split(' '),
]
export const audiences = [
  ...tokens(
    'aud of another',
    audience,
    ['order', 'orders2', 'xorders', 'Orders', 'ORDERS', ' orders', 'orders ', 'orders\0', 'orders,reports', 'оrders', '', '*'],
    (aud) => claims(`"aud":${JSON.stringify(aud)}`, AUD),
  ),
  ...tokens('aud of another', audience, {
    'a list of others': claims('"aud":["reports","billing"]', AUD),
    'an empty list': claims('"aud":[]', AUD),
    'a list of letters': claims('"aud":["o","r","d","e","r","s"]', AUD),
    'a list of an empty text': claims('"aud":[""]', AUD),
  }),
  ...tokens('aud is not a string and no list', as(audience, 'ERR_JWT_CLAIM aud invalid'), NO_LISTS, typed('aud', AUD)),
  ...tokens(
    'aud is not a string and no list, where it does not count',
    as(audience, 'ERR_JWT_CLAIM aud invalid'),
    NO_LISTS.slice(0, 6),
    typed('aud', { ignoreAudience: true }),
  ),
  ...tokens('aud of whoever it is, where none is named', audience, ['"orders"', '["orders"]', '[]', '""'], typed('aud', {})),
  ...tokens('aud is missing', as(audience, 'ERR_JWT_CLAIM aud missing'), {
    plainly: claims('', AUD),
    'but on __proto__': claims('"__proto__":{"aud":"orders"}', AUD),
    'but in another letter case': claims('"AUD":"orders"', AUD),
  }),
  ...tokens('aud as expected', as(audience, 'accepted'), {
    exactly: claims('"aud":"orders"', AUD),
    'one of its list': claims('"aud":["reports","orders"]', AUD),
    'one of both lists': claims('"aud":["reports","orders"]', { audience: ['billing', 'orders'] }),
  }),
  ...tokens('aud as expected', but(as(audience, 'accepted'), { kind: 'policy' }), {
    'not to count': claims('"aud":["reports"]', { ignoreAudience: true }),
  }),
]
