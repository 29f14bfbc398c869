/** The Cookie header: which cookie is the token, and which is not. */
import { but, filled, requests, type Rule, type Tokens, type Verdict } from './case.ts'

const cookie: Rule = { attack: 27, kind: 'rfc', source: 'RFC 6265bis §5.8.3; CVE-2026-39410', verdict: '401 missing_token' }
const as = (verdict: Verdict, kind: Rule['kind'] = 'rfc'): Rule => ({ ...cookie, kind, verdict })
const header = (form: string | readonly string[], options?: object) => ({
  request: (tokens: Tokens) => ({
    method: 'GET',
    headers: { cookie: typeof form === 'string' ? filled(form, tokens) : form.map((one) => filled(one, tokens)) },
  }),
  ...(options && { options }),
})
const beside = (cookie: string, bearer: string) => ({
  request: (tokens: Tokens) => ({
    method: 'GET',
    headers: { cookie: filled(cookie, tokens), authorization: filled(`Bearer ${bearer}`, tokens) },
  }),
})
const NAMES = [
  ...'JWT|Jwt|jwt2|xjwt|jwt-|jwt.|__Host-jwt|__Secure-jwt|jwt\0|\u00a0jwt|\tjwt'.split('|'),
  ...'\u2003jwt|\u0001jwt|"jwt"|jwt |jwt\t|%6Awt|jw%74||__proto__|ｊｗｔ'.split('|'),
]
/** Cookie headers, with the names of tokens in place of them. */
const FOUND = [
  ...'jwt=GOOD|jwt=GOOD; a=b|a=b; c=d; jwt=GOOD|a=b;jwt=GOOD|a=b;    jwt=GOOD|jwt=GOOD;|=x; y; ; jwt=GOOD|jwt2; jwt=GOOD'.split('|'),
  ...'a=%; b=%E0%A4%A; %zz=%; jwt=GOOD|__proto__=x; constructor=y; jwt=GOOD|jwt=GOOD; jwt=GOOD'.split('|'),
]
const NOT_FOUND = 'jwt=GOOD; jwt=OTHER|jwt=FORGED; jwt=GOOD|jwt=; jwt=GOOD|jwt=GOOD; jwt=|jwt=|jwt|a="jwt=GOOD"|a=b, jwt=GOOD|'.split('|')
const INVALID = ['jwt="GOOD"', 'jwt= GOOD', 'jwt=GOOD ; a=b', 'jwt==GOOD', 'jwt=Bearer GOOD', 'jwt=FORGED']

export const requestCookies = [
  ...requests('Cookie', as('by cookie'), FOUND, (form) => header(form)),
  ...requests('Cookie', as('by cookie'), {
    'after 20 000 others': header(`${'a=b; '.repeat(20_000)}jwt=GOOD`),
    'in a list of headers': header(['a=b', 'jwt=GOOD']),
  }),
  ...requests('Cookie', but(as('by cookie', 'policy'), { source: 'ours: the order of sources' }), {
    'before Authorization': beside('jwt=GOOD', 'OTHER'),
    'under another name': header('session=GOOD', { cookie: 'session' }),
  }),
  ...requests(
    'Cookie that is stale, before a good header',
    but(as('by bearer', 'policy'), { source: 'ours: a stale cookie masks no good header' }),
    ['jwt=EXPIRED', 'jwt=FORGED', 'jwt=GOOD; jwt=OTHER'],
    (cookie) => beside(cookie, 'GOOD'),
  ),
  ...requests('Cookie of another name', cookie, NAMES, (name) => header(`${name}=GOOD`)),
  ...requests('Cookie', cookie, NOT_FOUND, (form) => header(form)),
  ...requests('Cookie', cookie, {
    'tossed in a list of headers': header(['jwt=GOOD', 'jwt=OTHER']),
    'semicolons alone': header(';'.repeat(20_000)),
    'signs alone': header('='.repeat(20_000)),
  }),
  ...requests('Cookie', as('401 invalid_token'), INVALID, (form) => header(form)),
  ...requests('Cookie', as('401 invalid_token'), {
    'percent-encoded': { request: ({ good }: Tokens) => ({ method: 'GET', headers: { cookie: `jwt=${good.replaceAll('.', '%2E')}` } }) },
  }),
  ...requests('Cookie', as('401 token_expired'), ['jwt=EXPIRED'], (form) => header(form)),
]
