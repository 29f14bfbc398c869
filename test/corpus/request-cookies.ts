/** The Cookie header: which cookie is the token, and which is not. */
import { but, requests, type Rule, type Tokens, type Verdict } from './case.ts'

const cookie: Rule = { attack: 27, kind: 'rfc', source: 'RFC 6265bis §5.8.3; CVE-2026-39410', verdict: '401 missing_token' }
const as = (verdict: Verdict, kind: Rule['kind'] = 'rfc'): Rule => ({ ...cookie, kind, verdict })
const header = (write: (tokens: Tokens) => unknown, options?: object) => ({
  request: (tokens: Tokens) => ({ method: 'GET', headers: { cookie: write(tokens) } }),
  ...(options && { options }),
})
const beside = (write: (tokens: Tokens) => readonly [cookie: string, bearer: string]) => ({
  request: (tokens: Tokens) => ({ method: 'GET', headers: { cookie: write(tokens)[0], authorization: `Bearer ${write(tokens)[1]}` } }),
})
const NAMES = [
  ...'JWT|Jwt|jwt2|xjwt|jwt-|jwt.|__Host-jwt|__Secure-jwt|jwt\0|\u00a0jwt|\tjwt'.split('|'),
  ...'\u2003jwt|\u0001jwt|"jwt"|jwt |jwt\t|%6Awt|jw%74||__proto__|ｊｗｔ'.split('|'),
]
export const requestCookies = [
  ...requests('Cookie', as('by cookie'), {
    alone: header(({ good }) => `jwt=${good}`),
    'first of more': header(({ good }) => `jwt=${good}; a=b`),
    'last of more': header(({ good }) => `a=b; c=d; jwt=${good}`),
    'without a space': header(({ good }) => `a=b;jwt=${good}`),
    'with more spaces': header(({ good }) => `a=b;    jwt=${good}`),
    'with a semicolon behind': header(({ good }) => `jwt=${good};`),
    'after nameless ones': header(({ good }) => `=x; y; ; jwt=${good}`),
    'after one without a value': header(({ good }) => `jwt2; jwt=${good}`),
    'after bad percent sequences': header(({ good }) => `a=%; b=%E0%A4%A; %zz=%; jwt=${good}`),
    'after __proto__': header(({ good }) => `__proto__=x; constructor=y; jwt=${good}`),
    'after 20 000 others': header(({ good }) => `${'a=b; '.repeat(20_000)}jwt=${good}`),
    'twice with one value': header(({ good }) => `jwt=${good}; jwt=${good}`),
    'in a list of headers': header(({ good }) => ['a=b', `jwt=${good}`]),
  }),
  ...requests('Cookie', but(as('by cookie', 'policy'), { source: 'ours: the order of sources' }), {
    'before Authorization': beside(({ good, other }) => [`jwt=${good}`, other]),
    'under another name': header(({ good }) => `session=${good}`, { cookie: 'session' }),
  }),
  ...requests('Cookie that is stale', but(as('by bearer', 'policy'), { source: 'ours: a stale cookie masks no good header' }), {
    'before a good header': beside(({ good, expired }) => [`jwt=${expired}`, good]),
    'forged, before a good header': beside(({ good, forged }) => [`jwt=${forged}`, good]),
    'tossed, before a good header': beside(({ good, other }) => [`jwt=${good}; jwt=${other}`, good]),
  }),
  ...requests('Cookie of another name', cookie, NAMES, (name) => header(({ good }) => `${name}=${good}`)),
  ...requests('Cookie', cookie, {
    'tossed, the good one first': header(({ good, other }) => `jwt=${good}; jwt=${other}`),
    'tossed, the good one last': header(({ good, forged }) => `jwt=${forged}; jwt=${good}`),
    'tossed by an empty one': header(({ good }) => `jwt=; jwt=${good}`),
    'tossed, the empty one last': header(({ good }) => `jwt=${good}; jwt=`),
    'tossed in a list of headers': header(({ good, other }) => [`jwt=${good}`, `jwt=${other}`]),
    empty: header(() => 'jwt='),
    'without a sign': header(() => 'jwt'),
    'within the value of another': header(({ good }) => `a="jwt=${good}"`),
    'with a comma between': header(({ good }) => `a=b, jwt=${good}`),
    nothing: header(() => ''),
    'semicolons alone': header(() => ';'.repeat(20_000)),
    'signs alone': header(() => '='.repeat(20_000)),
  }),
  ...requests('Cookie', as('401 invalid_token'), {
    'in quotes': header(({ good }) => `jwt="${good}"`),
    'percent-encoded': header(({ good }) => `jwt=${good.replaceAll('.', '%2E')}`),
    'with a space behind its name': header(({ good }) => `jwt= ${good}`),
    'with a space behind': header(({ good }) => `jwt=${good} ; a=b`),
    'with a second sign': header(({ good }) => `jwt==${good}`),
    'with Bearer in it': header(({ good }) => `jwt=Bearer ${good}`),
    forged: header(({ forged }) => `jwt=${forged}`),
  }),
  ...requests('Cookie', as('401 token_expired'), { expired: header(({ expired }) => `jwt=${expired}`) }),
]
