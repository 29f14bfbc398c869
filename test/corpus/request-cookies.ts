/** The Cookie header: which cookie is the token, and which is not; and from where it may come. */
import { but, filled, requests, rule, type Tokens } from './case.ts'

const cookie = rule(27, 'rfc', 'RFC 6265bis §5.8.3; CVE-2026-39410', '401 missing_token')
const found = but(cookie, 'by cookie')
const invalid = but(cookie, '401 invalid_token')
const first = but(found, { kind: 'policy', source: 'ours: the order of sources' })
const stale = but(cookie, { kind: 'policy', source: 'ours: a stale cookie masks no good header', verdict: 'by bearer' })
const crossOrigin = rule(27, 'policy', 'Fetch Metadata; RFC 6454 §7', '403 cross_origin')
const preflighted = but(crossOrigin, { source: 'Fetch §3.3.2', verdict: 'preflight' })

const get = (headers: (tokens: Tokens) => object, options?: object) => ({
  request: (tokens: Tokens) => ({ method: 'GET', headers: headers(tokens) }),
  ...(options && { options }),
})
const header = (form: string, options?: object) => get((tokens) => ({ cookie: filled(form, tokens) }), options)
const listed = (...forms: readonly string[]) => get((tokens) => ({ cookie: forms.map((form) => filled(form, tokens)) }))
const beside = (form: string, bearer: string) =>
  get((tokens) => ({ cookie: filled(form, tokens), authorization: filled(`Bearer ${bearer}`, tokens) }))
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
  ...requests('Cookie', found, FOUND, (form) => header(form)),
  ...requests('Cookie', found, {
    'after 20 000 others': header(`${'a=b; '.repeat(20_000)}jwt=GOOD`),
    'in a list of headers': listed('a=b', 'jwt=GOOD'),
  }),
  ...requests('Cookie', first, {
    'before Authorization': beside('jwt=GOOD', 'OTHER'),
    'under another name': header('session=GOOD', { cookie: 'session' }),
  }),
  ...requests('Cookie that is stale, before a good header', stale, ['jwt=EXPIRED', 'jwt=FORGED', 'jwt=GOOD; jwt=OTHER'], (form) =>
    beside(form, 'GOOD'),
  ),
  ...requests('Cookie of another name', cookie, NAMES, (name) => header(`${name}=GOOD`)),
  ...requests('Cookie', cookie, NOT_FOUND, (form) => header(form)),
  ...requests('Cookie', cookie, {
    'tossed in a list of headers': listed('jwt=GOOD', 'jwt=OTHER'),
    'semicolons alone': header(';'.repeat(20_000)),
    'signs alone': header('='.repeat(20_000)),
  }),
  ...requests('Cookie', invalid, INVALID, (form) => header(form)),
  ...requests('Cookie', invalid, { 'percent-encoded': get(({ good }) => ({ cookie: `jwt=${good.replaceAll('.', '%2E')}` })) }),
  ...requests('Cookie', but(cookie, '401 token_expired'), ['jwt=EXPIRED'], (form) => header(form)),
]

const by = (method: string, headers: object, options?: object) => ({
  request: ({ good }: Tokens) => ({ method, headers: { cookie: `jwt=${good}`, host: 'orders.example', ...headers } }),
  ...(options && { options }),
})
const post = (headers: object, options?: object) => by('POST', headers, options)
const CROSS_SITE = { 'sec-fetch-site': 'cross-site' }
/** A request from https://app.example with this url. */
const at = (url: string, headers: object = {}) => ({
  request: ({ good }: Tokens) => ({ method: 'POST', url, headers: { cookie: `jwt=${good}`, origin: 'https://app.example', ...headers } }),
})
const preflight = (method: string, headers: object = { origin: 'https://a.example' }) => ({
  request: () => ({ method, headers: { ...headers, 'access-control-request-method': 'POST' } }),
})
const trusted = { trustedOrigins: ['https://app.example'] }

export const origins = [
  ...requests('Cookie from another origin', crossOrigin, {
    'cross-site': post(CROSS_SITE),
    'same-site': post({ 'sec-fetch-site': 'same-site', origin: 'https://app.example' }),
    'with an unknown Sec-Fetch-Site': post({ 'sec-fetch-site': 'Same-Origin' }),
    'with an empty Sec-Fetch-Site': post({ 'sec-fetch-site': '' }),
    'by Origin': post({ origin: 'https://evil.example' }),
    'by Origin null': post({ origin: 'null' }),
    'by an Origin that ends alike': post({ origin: 'https://evilorders.example' }),
    'by an Origin that begins alike': post({ origin: 'https://orders.example.evil' }),
    'by another port': post({ origin: 'https://orders.example:8443' }),
    'by another scheme': post({ origin: 'file://orders.example' }),
    'by user info': post({ origin: 'https://orders.example@evil.example' }),
    'of one almost trusted': post({ ...CROSS_SITE, origin: 'https://app.example.evil' }, trusted),
    'of one trusted by another scheme': post({ ...CROSS_SITE, origin: 'http://app.example' }, trusted),
    'of two Origins': post({ origin: ['https://orders.example', 'https://evil.example'] }),
    'by a method of lower case': by('post', CROSS_SITE),
    'by a method with a dotless i': by('opt\u0131ons', CROSS_SITE),
    'by a url beside a Host': at('https://app.example/', { host: 'orders.example' }),
    'by the user of a url': at('https://app.example@orders.example/'),
    'by a url of another scheme': at('ftp://app.example/'),
    'by a url that is a path': at('//app.example/'),
    'by a WebSocket': by('GET', { ...CROSS_SITE, upgrade: 'websocket' }),
  }),
  ...requests('Cookie from where it may', but(crossOrigin, 'by cookie'), {
    'same-origin': post({ 'sec-fetch-site': 'same-origin' }),
    'typed in': post({ 'sec-fetch-site': 'none' }),
    trusted: post({ ...CROSS_SITE, origin: 'https://app.example' }, trusted),
    'of its own Origin': post({ origin: 'https://orders.example' }),
    'no browser': post({}),
    'a safe method': by('HEAD', CROSS_SITE),
    'a safe method of lower case': by('get', CROSS_SITE),
    'of its own url, without a Host': at('https://app.example/'),
  }),
  ...requests('Nobody', but(crossOrigin, 'anonymous'), {
    'where that is allowed': get(() => ({}), { optional: true }),
    'with a forged token, although optional': { ...header('jwt=FORGED', { optional: true }), verdict: '401 invalid_token' },
  }),
  ...requests('Preflight', preflighted, {
    true: preflight('OPTIONS'),
    'of lower case': preflight('options'),
    'without Origin': { ...preflight('OPTIONS', {}), verdict: '401 missing_token' },
    'of another method': { ...preflight('POST'), verdict: '401 missing_token' },
  }),
]
