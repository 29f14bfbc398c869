/** Which origins may send a cookie, and which requests may come without an origin. */
import { but, requests, type Rule, type Tokens } from './case.ts'

const crossOrigin: Rule = { attack: 27, kind: 'policy', source: 'Fetch Metadata; RFC 6454 §7', verdict: '403 cross_origin' }

const header = (write: (tokens: Tokens) => unknown, options?: object) => ({
  request: (tokens: Tokens) => ({ method: 'GET', headers: { cookie: write(tokens) } }),
  ...(options && { options }),
})
const post = (headers: object, options?: object, method = 'POST') => ({
  request: ({ good }: Tokens) => ({ method, headers: { cookie: `jwt=${good}`, host: 'orders.example', ...headers } }),
  ...(options && { options }),
})
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
    'cross-site': post({ 'sec-fetch-site': 'cross-site' }),
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
    'of one almost trusted': post({ 'sec-fetch-site': 'cross-site', origin: 'https://app.example.evil' }, trusted),
    'of one trusted by another scheme': post({ 'sec-fetch-site': 'cross-site', origin: 'http://app.example' }, trusted),
    'of two Origins': post({ origin: ['https://orders.example', 'https://evil.example'] }),
    'by a method of lower case': post({ 'sec-fetch-site': 'cross-site' }, undefined, 'post'),
    'by a method with a dotless i': post({ 'sec-fetch-site': 'cross-site' }, undefined, 'opt\u0131ons'),
    'by a url beside a Host': at('https://app.example/', { host: 'orders.example' }),
    'by the user of a url': at('https://app.example@orders.example/'),
    'by a url of another scheme': at('ftp://app.example/'),
    'by a url that is a path': at('//app.example/'),
    'by a WebSocket': post({ 'sec-fetch-site': 'cross-site', upgrade: 'websocket' }, undefined, 'GET'),
  }),
  ...requests('Cookie from where it may', but(crossOrigin, 'by cookie'), {
    'same-origin': post({ 'sec-fetch-site': 'same-origin' }),
    'typed in': post({ 'sec-fetch-site': 'none' }),
    trusted: post({ 'sec-fetch-site': 'cross-site', origin: 'https://app.example' }, trusted),
    'of its own Origin': post({ origin: 'https://orders.example' }),
    'no browser': post({}),
    'a safe method': post({ 'sec-fetch-site': 'cross-site' }, undefined, 'HEAD'),
    'a safe method of lower case': post({ 'sec-fetch-site': 'cross-site' }, undefined, 'get'),
    'of its own url, without a Host': at('https://app.example/'),
  }),
  ...requests('Nobody', but(crossOrigin, 'anonymous'), {
    'where that is allowed': { request: () => ({ method: 'GET', headers: {} }), options: { optional: true } },
  }),
  ...requests('Nobody', but(crossOrigin, '401 invalid_token'), {
    'with a forged token, although optional': { ...header(({ forged }) => `jwt=${forged}`), options: { optional: true } },
  }),
  ...requests('Preflight', but(crossOrigin, { source: 'Fetch §3.3.2', verdict: 'preflight' }), {
    true: preflight('OPTIONS'),
    'of lower case': preflight('options'),
  }),
  ...requests('Preflight', but(crossOrigin, { source: 'Fetch §3.3.2', verdict: '401 missing_token' }), {
    'without Origin': preflight('OPTIONS', {}),
    'of another method': preflight('POST'),
  }),
]
