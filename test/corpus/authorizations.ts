/** Where a request may carry a token: in `Authorization`, never in the URL. */
import { but, requests, type Rule, type Tokens, type Verdict } from './case.ts'

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
const scheme = (name: string) => authorization((token) => `${name} ${token}`)
const get = (headers: (tokens: Tokens) => object) => ({ request: (tokens: Tokens) => ({ method: 'GET', headers: headers(tokens) }) })
/** A request of Node, with these names in its `rawHeaders`. */
const raw = (...names: readonly string[]) => ({
  request: ({ good }: Tokens) => {
    const value = `Bearer ${good}`
    return { method: 'GET', headers: { authorization: value }, rawHeaders: names.flatMap((name) => [name, value]) }
  },
})
const SCHEMES = ['Basic', 'Token', 'JWT', 'Bearer2', 'XBearer', 'Bear', 'Beareг', 'DPoP', 'Negotiate', 'bearer:', 'Bearer=', '']

export const authorizations = [
  ...requests('Authorization', as('by bearer'), ['Bearer', 'bearer', 'BEARER', 'bEaReR'], scheme),
  ...requests('Authorization', as('by bearer'), { 'with more spaces': authorization((token) => `Bearer    ${token}`) }),
  ...requests('Authorization', as('by bearer'), { 'sent once': raw('Host', 'Authorization', 'Proxy-Authorization') }),
  ...requests('Authorization of another scheme', bearer, SCHEMES, scheme),
  ...requests('Authorization', bearer, {
    'without a scheme': authorization((token) => token),
    'without a space': authorization((token) => `Bearer${token}`),
    'without a token': authorization(() => 'Bearer'),
    'without a token, with a space': authorization(() => 'Bearer '),
    'with a tab': authorization((token) => `Bearer\t${token}`),
    'with a no-break space': authorization((token) => `Bearer\u00a0${token}`),
    'with a line end': authorization((token) => `Bearer\r\n ${token}`),
    'with a space before': authorization((token) => ` Bearer ${token}`),
    'with a space behind': authorization((token) => `Bearer ${token} `),
    'with a NUL behind': authorization((token) => `Bearer ${token}\0`),
    'with a line end behind': authorization((token) => `Bearer ${token}\n`),
    'with a word behind': authorization((token) => `Bearer ${token} x`),
    'with a parameter behind': authorization((token) => `Bearer ${token}, realm="x"`),
    'with the token quoted': authorization((token) => `Bearer "${token}"`),
    'with the token in single quotes': authorization((token) => `Bearer '${token}'`),
    'with the token as a parameter': authorization((token) => `Bearer token="${token}"`),
    'with the token in angle brackets': authorization((token) => `Bearer <${token}>`),
    'with a colon': authorization((token) => `Bearer: ${token}`),
    'with Bearer twice': authorization((token) => `Bearer Bearer ${token}`),
    'percent-encoded': authorization((token) => `Bearer%20${token}`),
    'a list of two': authorization((token) => `Bearer ${token}, Bearer ${token}`),
    'a list of two schemes': authorization((token) => `Basic dTpw, Bearer ${token}`),
    'with an empty element': authorization((token) => `, Bearer ${token}`),
    'sent twice': authorization((token) => [`Bearer ${token}`, `Bearer ${token}`]),
    'sent twice, one of them empty': authorization((token) => [`Bearer ${token}`, '']),
    'sent twice, of which headers have the first': raw('Authorization', 'Authorization'),
    'sent twice, in other letter case': raw('authorization', 'AUTHORIZATION'),
    'sent twice, with others between': raw('Authorization', 'Host', 'Cookie', 'aUTHORIZATIOn'),
    'an empty text': authorization(() => ''),
    undefined: authorization(() => undefined),
    'an empty list': authorization(() => []),
    'very long spaces': authorization((token) => `Bearer ${' '.repeat(100_000)},${token}`),
    'very many schemes': authorization(() => 'Bearer '.repeat(50_000)),
  }),
  ...requests('Authorization twice, by letter case', bearer, {
    'of one request': get(({ good, other }) => ({ Authorization: `Bearer ${good}`, authorization: `Bearer ${other}` })),
  }),
  ...requests('Authorization', as('401 invalid_token'), {
    'of a forged token': get(({ forged }) => ({ authorization: `Bearer ${forged}` })),
    'with padding': authorization((token) => `Bearer ${token}==`),
    'of letters of b64token': authorization(() => 'Bearer a.b-c_d~e+f/g='),
    'cut off': authorization((token) => `Bearer ${token.slice(0, -1)}`),
  }),
  ...requests('Authorization', as('401 token_expired'), {
    'of an expired token': get(({ expired }) => ({ authorization: `Bearer ${expired}` })),
  }),
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
