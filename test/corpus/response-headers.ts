/** Headers that the library writes, Set-Cookie and WWW-Authenticate: no input may add a second line. */
import { but, challenges, cookies, rule } from './case.ts'
import { OTHER_SECRET } from './forge.ts'

const injected = rule(28, 'rfc', 'RFC 6265bis §4.1.1; CVE-2024-47764, CVE-2026-47675, CVE-2026-29086', 'TypeError')
const mistaken = but(injected, { kind: 'policy' })
const prefixed = but(injected, { source: 'RFC 6265bis §4.1.3, §5.7' })
const httpOnly = but(prefixed, { kind: 'policy', source: 'draft-ietf-httpbis-layered-cookies' })
const kept = but(injected, { kind: 'policy', source: 'RFC 6265bis §5.5–5.6', verdict: 'RangeError' })
const challenged = rule(29, 'rfc', 'RFC 6750 §3; RFC 6749 §3.3', 'TypeError')

const BREAKS = ['\r\n', '\n', '\r', '\0', ';', '; Domain=evil.example', ',', ' ', '\t', '"', '\\', '\u00e9', '\u2028', '\x7f', '\x1f']
const NOT_IN_PATHS = BREAKS.filter((text) => ![',', '"', '\\'].includes(text))
const NOT_TEXTS: readonly unknown[] = [undefined, null, 5, true, [], ['jwt'], {}, '']
const NOT_IN_REALMS = ['\r\n', '\n', '\r', '\0', '"', '\\', '\t', '\u00e9', '\u2028', '\x7f', '\x1f', '", error="x', '😀']
const DOMAINS = '. ..example.com a..b https://example.com example.com:443 example.com/ *.example.com exämple.com [::1]'.split(' ')
const NAMES = ['a"b', 'a\\b', 'a\r\nSet-Cookie: jwt=x', 'a\0b', 'é', '\u2028', '", realm="evil', '\ud800', '__proto__', 'x'.repeat(5000)]
const PATHS = ['app', 'https://example.com/', '\\', `/${'a'.repeat(1024)}`]
const SAME_SITES = '\u017ftrict|lax;|Lax;|Lax; Domain=evil.example|Lax\r\n| Lax|none |Default|no_restriction'.split('|')
const flags = (name: string, ...values: readonly unknown[]) => values.map((value) => ({ [name]: value }))
const FLAGS = [...flags('secure', undefined, 0, 'false'), ...flags('httpOnly', 'true', 1), ...flags('partitioned', null, 'yes')]
const named = (option: string) => (value: unknown) => ({ options: { [option]: value } })

export const responseHeaders = [
  ...cookies('cookie name', injected, BREAKS, (text) => ({ options: { cookie: `jwt${text}` } })),
  ...cookies('cookie name', injected, ['=', 'jwt=x', '(', ')', '<', '@', ':', '/', '[', '?', '{', '}'], named('cookie')),
  ...cookies('cookie name is not a string', mistaken, NOT_TEXTS, named('cookie')),
  ...cookies('cookie domain', injected, BREAKS, (text) => ({ options: { domain: `example.com${text}` } })),
  ...cookies('cookie domain', injected, [...DOMAINS, 'a'.repeat(64), `${'a.'.repeat(127)}a`], named('domain')),
  ...cookies('cookie domain is not a string', mistaken, NOT_TEXTS, named('domain')),
  ...cookies('cookie path', injected, NOT_IN_PATHS, (text) => ({ options: { path: `/app${text}` } })),
  ...cookies('cookie path', mistaken, PATHS, named('path')),
  ...cookies('cookie path is not a string', mistaken, NOT_TEXTS, named('path')),
  ...cookies('cookie SameSite', injected, SAME_SITES, named('sameSite')),
  ...cookies('cookie SameSite is not a string', mistaken, NOT_TEXTS, named('sameSite')),
  ...cookies('cookie flag', mistaken, FLAGS, (options) => ({ options })),
  ...cookies('cookie prefix', prefixed, {
    '__Host- with a domain': { options: { cookie: '__Host-jwt', domain: 'example.com' } },
    '__Host- with a path': { options: { cookie: '__Host-jwt', path: '/app' } },
    '__Host- without Secure': { options: { cookie: '__Host-jwt', secure: false } },
    '__Secure- without Secure': { options: { cookie: '__Secure-jwt', secure: false } },
    '__HOST- in capitals, with a domain': { options: { cookie: '__HOST-jwt', domain: 'example.com' } },
    '__secure- in lower case, without Secure': { options: { cookie: '__secure-jwt', secure: false } },
    'SameSite=None without Secure': { options: { sameSite: 'None', secure: false } },
    'SameSite=None in lower case without Secure': { options: { sameSite: 'none', secure: false } },
    'Partitioned without Secure': { options: { partitioned: true, secure: false } },
  }),
  ...cookies('cookie prefix', httpOnly, {
    '__Http- without HttpOnly': { options: { cookie: '__Http-jwt', httpOnly: false } },
    '__Http- without Secure': { options: { cookie: '__Http-jwt', secure: false } },
    '__Host-Http- without HttpOnly': { options: { cookie: '__Host-Http-jwt', httpOnly: false } },
    '__HOST-http- in mixed case, without HttpOnly': { options: { cookie: '__HOST-http-jwt', httpOnly: false } },
    '__Host-Http- with a domain': { options: { cookie: '__Host-Http-jwt', domain: 'example.com' } },
  }),
  ...cookies('cookie that browsers do not keep', kept, {
    'expired token': { options: {}, token: { payload: '{"exp":1800000000}' } },
    'over 4096 bytes': { options: {}, token: { payload: `{"exp":1800003600,"x":"${'x'.repeat(3000)}"}` } },
  }),
  ...cookies('cookie of no token', but(kept, { attack: 25, verdict: 'ERR_JWT_MALFORMED' }), {
    'but two lines': { options: {}, token: { join: (input, mac) => `${input}.${mac}\r\nSet-Cookie: jwt=x` } },
    'but an attribute': { options: {}, token: { join: (input, mac) => `${input}.${mac}; Domain=evil.example` } },
    'but nothing': { options: {}, token: { join: () => '' } },
  }),
  ...cookies('cookie', but(prefixed, 'accepted'), {
    plain: { options: {} },
    'for a parent domain': { options: { domain: 'example.com', maxAge: '12h' } },
    '__Host-': { options: { cookie: '__Host-jwt' } },
    '__Secure- with a domain': { options: { cookie: '__Secure-jwt', domain: '.example.com' } },
    'for other sites': { options: { sameSite: 'None', partitioned: true } },
    'for other sites, in lower case': { options: { sameSite: 'none', partitioned: true } },
    'of every letter of a name': { options: { cookie: "!#$%&'*+-.^_`|~09azAZ" } },
    'of a forger, whom it does not know': { options: {}, token: { secret: OTHER_SECRET } },
    'of a token without exp': { options: {}, token: { payload: '{}' } },
  }),
  ...cookies('cookie', but(httpOnly, 'accepted'), {
    '__Http- with a domain': { options: { cookie: '__Http-jwt', domain: '.example.com' } },
    '__Host-Http-': { options: { cookie: '__Host-Http-jwt' } },
  }),
  ...challenges('realm', challenged, NOT_IN_REALMS, (text) => ({ options: { realm: `orders${text}` } })),
  ...challenges('realm is not a string', but(challenged, { kind: 'policy' }), NOT_TEXTS, named('realm')),
  ...challenges('scope', challenged, [...NOT_IN_REALMS, ' ', '  write'], (text) => ({ options: { scope: `read${text}` } })),
  ...challenges('scope is not a string', but(challenged, { kind: 'policy' }), NOT_TEXTS, named('scope')),
  ...challenges('challenge of a claim whose name', but(challenged, 'accepted'), NAMES, (required) => ({ required })),
  ...challenges('challenge', but(challenged, 'accepted'), {
    plain: {},
    'with all': { options: { realm: "orders & reports' (1)", scope: 'read:all write' } },
  }),
]
