/** Where a request may carry a token: in `Authorization`, never in the URL. */
import { but, filled, requests, rule, type Tokens } from './case.ts'

const bearer = rule(26, 'rfc', 'RFC 6750 §2.1; RFC 9110 §5.3, §11.6.2; CVE-2026-47673', '401 missing_token')
const found = but(bearer, 'by bearer')
const invalid = but(bearer, '401 invalid_token')
const mistaken = but(bearer, { attack: 25, kind: 'policy', verdict: 'TypeError' })
const inUrl = but(bearer, { attack: 30, source: 'RFC 6750 §5.3' })

/** A GET request with these headers, or to this URL. */
const get = (headers: (tokens: Tokens) => unknown) => ({ request: (tokens: Tokens) => ({ method: 'GET', headers: headers(tokens) }) })
const to = (url: (token: string) => string, headers: object = {}) => ({
  request: ({ good }: Tokens) => ({ method: 'GET', url: url(good), headers }),
})
const authorization = (write: (token: string) => unknown) => get(({ good }) => ({ authorization: write(good) }))
const written = (form: string) => get((tokens) => ({ authorization: filled(form, tokens) }))
const scheme = (name: string) => written(`${name} GOOD`)
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
  ...requests('Authorization of the scheme', found, ['Bearer', 'bearer', 'BEARER', 'bEaReR', 'Bearer   '], scheme),
  ...requests('Authorization', found, { 'sent once': raw('Host', 'Authorization', 'Proxy-Authorization') }),
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
  ...requests('Authorization', invalid, ['Bearer FORGED', 'Bearer GOOD==', 'Bearer a.b-c_d~e+f/g='], written),
  ...requests('Authorization', invalid, { 'cut off': authorization((token) => `Bearer ${token.slice(0, -1)}`) }),
  ...requests('Authorization', but(bearer, '401 token_expired'), ['Bearer EXPIRED'], written),
  ...requests('headers that are none', mistaken, {
    undefined: { request: () => ({ method: 'GET' }) },
    null: get(() => null),
    'a text': get(({ good }) => `authorization: Bearer ${good}`),
    'a list': get(({ good }) => ['authorization', `Bearer ${good}`]),
    'a Map': get(({ good }) => new Map([['authorization', `Bearer ${good}`]])),
    'a number in them': authorization(() => 5),
    'a nested list in them': authorization((token) => [[`Bearer ${token}`]]),
    'no method': { request: () => ({ headers: {} }) },
  }),
  ...requests('token in the URL', inUrl, {
    'as access_token': to((token) => `/?access_token=${token}`),
    'as token': to((token) => `/?token=${token}`, { host: 'a.example' }),
    'as jwt': { request: ({ good }) => ({ method: 'GET', url: `/?jwt=${good}`, query: { jwt: good }, headers: {} }) },
    'as the fragment': to((token) => `/#${token}`),
    'in the Referer': get(({ good }) => ({ referer: `https://a.example/?access_token=${good}` })),
    'in the path of HTTP/2': get(({ good }) => ({ ':path': `/?access_token=${good}` })),
    'in the body': {
      request: ({ good }) => ({ method: 'POST', body: { access_token: good }, headers: { 'content-type': 'application/json' } }),
    },
    'in another header': get(({ good }) => ({ 'x-access-token': good, 'proxy-authorization': `Bearer ${good}` })),
  }),
]
