/** Where a request may carry a token: in `Authorization`, never in the URL. */
import { but, filled, requests, type Rule, type Tokens, type Verdict } from './case.ts'

const bearer: Rule = {
  attack: 26,
  kind: 'rfc',
  source: 'RFC 6750 §2.1; RFC 9110 §5.3, §11.6.2; CVE-2026-47673',
  verdict: '401 missing_token',
}
const url = but(bearer, { attack: 30, source: 'RFC 6750 §5.3' })

const as = (verdict: Verdict, kind: Rule['kind'] = 'rfc'): Rule => ({ ...bearer, kind, verdict })
const authorization = (write: (token: string) => unknown) => ({
  request: ({ good }: Tokens) => ({ method: 'GET', headers: { authorization: write(good) } }),
})
const written = (form: string) => ({ request: (tokens: Tokens) => ({ method: 'GET', headers: { authorization: filled(form, tokens) } }) })
const scheme = (name: string) => written(`${name} GOOD`)
const get = (headers: (tokens: Tokens) => object) => ({ request: (tokens: Tokens) => ({ method: 'GET', headers: headers(tokens) }) })
/** A request of Node, with these names in its `rawHeaders`. */
const raw = (...names: readonly string[]) => ({
  request: ({ good }: Tokens) => {
    const value = `Bearer ${good}`
    return { method: 'GET', headers: { authorization: value }, rawHeaders: names.flatMap((name) => [name, value]) }
  },
})
const SCHEMES = ['Basic', 'Token', 'JWT', 'Bearer2', 'XBearer', 'Bear', 'Beareг', 'DPoP', 'Negotiate', 'bearer:', 'Bearer=', '']
const FORMS = [
  ...'GOOD|BearerGOOD|Bearer|Bearer |Bearer\tGOOD|Bearer\u00a0GOOD|Bearer\r\n GOOD| Bearer GOOD|Bearer GOOD |Bearer GOOD\0'.split('|'),
  ...'Bearer GOOD\n|Bearer GOOD x|Bearer GOOD, realm="x"|Bearer "GOOD"|Bearer token="GOOD"|Bearer <GOOD>|Bearer: GOOD'.split('|'),
  ..."Bearer 'GOOD'|Bearer Bearer GOOD|Bearer%20GOOD|Bearer GOOD, Bearer GOOD|Basic dTpw, Bearer GOOD|, Bearer GOOD|".split('|'),
]

export const authorizations = [
  ...requests('Authorization of the scheme', as('by bearer'), ['Bearer', 'bearer', 'BEARER', 'bEaReR', 'Bearer   '], scheme),
  ...requests('Authorization', as('by bearer'), { 'sent once': raw('Host', 'Authorization', 'Proxy-Authorization') }),
  ...requests('Authorization of another scheme', bearer, SCHEMES, scheme),
  ...requests('Authorization', bearer, FORMS, written),
  ...requests('Authorization', bearer, {
    'sent twice': authorization((token) => [`Bearer ${token}`, `Bearer ${token}`]),
    'sent twice, one of them empty': authorization((token) => [`Bearer ${token}`, '']),
    'sent twice, of which headers have the first': raw('Authorization', 'Authorization'),
    'sent twice, in other letter case': raw('authorization', 'AUTHORIZATION'),
    'sent twice, with others between': raw('Authorization', 'Host', 'Cookie', 'aUTHORIZATIOn'),
    undefined: authorization(() => undefined),
    'an empty list': authorization(() => []),
    'very long spaces': authorization((token) => `Bearer ${' '.repeat(100_000)},${token}`),
    'very many schemes': authorization(() => 'Bearer '.repeat(50_000)),
  }),
  ...requests('Authorization twice, by letter case', bearer, {
    'of one request': get(({ good, other }) => ({ Authorization: `Bearer ${good}`, authorization: `Bearer ${other}` })),
  }),
  ...requests('Authorization', as('401 invalid_token'), ['Bearer FORGED', 'Bearer GOOD==', 'Bearer a.b-c_d~e+f/g='], written),
  ...requests('Authorization', as('401 invalid_token'), { 'cut off': authorization((token) => `Bearer ${token.slice(0, -1)}`) }),
  ...requests('Authorization', as('401 token_expired'), ['Bearer EXPIRED'], written),
  ...requests('headers that are none', but(as('TypeError', 'policy'), { attack: 25 }), {
    undefined: { request: () => ({ method: 'GET' }) },
    null: { request: () => ({ method: 'GET', headers: null }) },
    'a text': { request: ({ good }) => ({ method: 'GET', headers: `authorization: Bearer ${good}` }) },
    'a list': { request: ({ good }) => ({ method: 'GET', headers: ['authorization', `Bearer ${good}`] }) },
    'a Map': { request: ({ good }) => ({ method: 'GET', headers: new Map([['authorization', `Bearer ${good}`]]) }) },
    'a number in them': { request: () => ({ method: 'GET', headers: { authorization: 5 } }) },
    'a nested list in them': { request: ({ good }) => ({ method: 'GET', headers: { authorization: [[`Bearer ${good}`]] } }) },
    'no method': { request: () => ({ headers: {} }) },
  }),
  ...requests('token in the URL', url, {
    'as access_token': { request: ({ good }) => ({ method: 'GET', url: `/?access_token=${good}`, headers: {} }) },
    'as token': { request: ({ good }) => ({ method: 'GET', url: `/?token=${good}`, headers: { host: 'a.example' } }) },
    'as jwt': { request: ({ good }) => ({ method: 'GET', url: `/?jwt=${good}`, query: { jwt: good }, headers: {} }) },
    'as the fragment': { request: ({ good }) => ({ method: 'GET', url: `/#${good}`, headers: {} }) },
    'in the Referer': { request: ({ good }) => ({ method: 'GET', headers: { referer: `https://a.example/?access_token=${good}` } }) },
    'in the path of HTTP/2': { request: ({ good }) => ({ method: 'GET', headers: { ':path': `/?access_token=${good}` } }) },
    'in the body': {
      request: ({ good }) => ({ method: 'POST', body: { access_token: good }, headers: { 'content-type': 'application/json' } }),
    },
    'in another header': get(({ good }) => ({ 'x-access-token': good, 'proxy-authorization': `Bearer ${good}` })),
  }),
]
