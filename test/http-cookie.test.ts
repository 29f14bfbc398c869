/** The cookie of a token (RFC 6265bis §4.1): what it is by default, what each option makes of it, and what none of them may. */
import { JwtClaimError, JwtError, JwtMalformedError } from 'hs256'
import { clearTokenCookie, tokenCookie, tokenCookieParts, type ClearTokenCookieOptions, type TokenCookieOptions } from 'hs256/http'
import { describe, expect, it } from 'vitest'
import { forge } from './support/forge.ts'
import { INSTANTS } from './support/instants.ts'

const now = (): Date => new Date('2027-01-15T08:00:00Z')
const at = (time: string) => (): Date => new Date(time)

// exp 1800003600, an hour from now; exp 1800000000, now; without exp; exp 1800000000.5
const TOKEN = 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHAiOjE4MDAwMDM2MDAsInN1YiI6InUxIn0.dCHj3DhiqahR8vEnwbWt5oLwlvY4Wjl2NE4mAXVe4Rc'
const AT_EIGHT = 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHAiOjE4MDAwMDAwMDAsInN1YiI6InUxIn0.23PdIvcIlEhFgUbgktJIKvOVuxc6ECgxo6Cb9lpAoFw'
const WITHOUT_EXP = 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJ1MSJ9.SjS8DBX6CIsy24Ta7YlaU5SUTnVQ-tixpKA7CCcOPQk'
const AT_EIGHT_AND_A_HALF = 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHAiOjE4MDAwMDAwMDAuNX0.GVeVx_1m2sF9Ydi9jPm20var_Wg5lWPawJ9ESNnvBaI'

/** A token of so many characters. A segment of base64url never has 4n + 1: where the payload cannot have the length, the header helps. */
function ofLength(length: number): string {
  const most = Math.ceil((length - 65) * 0.75)
  const sizes = Array.from({ length: 32 }, (_, less) => 'x'.repeat(most - less))
  const headers = ['{"alg":"HS256"}', '{"alg":"HS256" }', '{"alg":"HS256"  }']
  const tokens = headers.flatMap((header) => sizes.map((padding) => forge(`{"exp":1800003600,"a":"${padding}"}`, header)))
  return tokens.find((token) => token.length === length) ?? expect.unreachable()
}

const set = (options: unknown = {}, token: unknown = TOKEN): string => {
  const isPlain = options !== null && Object.getPrototypeOf(options) === Object.prototype
  return tokenCookie(token as string, (isPlain ? { now, ...(options as object) } : options) as TokenCookieOptions)
}
const clear = (options?: unknown): string => clearTokenCookie(options as ClearTokenCookieOptions)

/** Both functions with these options. */
const each = [
  ['tokenCookie', set],
  ['clearTokenCookie', clear],
] as const

describe('tokenCookie', () => {
  it('keeps the token from other hosts, scripts, plain http and other sites’ requests, until it expires', () => {
    expect(set()).toBe(`jwt=${TOKEN}; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=3600`)
    expect(set({})).toBe(`jwt=${TOKEN}; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=3600`)
  })

  it('writes every attribute once, in one order', () => {
    const options = { maxAge: '1m', partitioned: true, sameSite: 'None', domain: 'example.com', path: '/app', cookie: 'session' }
    expect(set(options)).toBe(`session=${TOKEN}; Domain=example.com; Path=/app; HttpOnly; Secure; SameSite=None; Partitioned; Max-Age=60`)
  })

  it('leaves out attributes that are turned off', () => {
    expect(set({ httpOnly: false, secure: false })).toBe(`jwt=${TOKEN}; Path=/; SameSite=Lax; Max-Age=3600`)
    expect(set({ httpOnly: false, partitioned: false })).toBe(`jwt=${TOKEN}; Path=/; Secure; SameSite=Lax; Max-Age=3600`)
  })

  it.each(['Strict', 'Lax', 'None'])('writes SameSite=%s', (sameSite) => {
    expect(set({ sameSite })).toBe(`jwt=${TOKEN}; Path=/; HttpOnly; Secure; SameSite=${sameSite}; Max-Age=3600`)
  })

  it('reads the system’s clock by default', () => {
    const inAnHour = forge(`{"exp":${Math.floor(Date.now() / 1000) + 3600}}`)
    expect(tokenCookie(inAnHour)).toMatch(/; Max-Age=(?:3600|35\d\d)$/)
    expect(() => tokenCookie(forge('{"exp":1700000000}'))).toThrow(RangeError)
  })

  it('reads tokens of other libraries, of any algorithm: it checks no signature', () => {
    const token = 'eyJhbGciOiJSUzI1NiJ9.eyJleHAiOjE4MDAwMDM2MDB9.c2lnbmF0dXJl'
    expect(set({}, token)).toBe(`jwt=${token}; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=3600`)
  })

  it('takes nothing from a polluted Object.prototype', () => {
    const members = { exp: 4_000_000_000, secure: false, domain: 'evil.example', maxAge: 5, path: '/evil' }
    const line = set({}, WITHOUT_EXP)
    try {
      for (const [name, value] of Object.entries(members))
        Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true })
      expect(tokenCookie(WITHOUT_EXP)).toBe(line)
      expect(clearTokenCookie({})).toBe('jwt=; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=0')
    } finally {
      for (const name of Object.keys(members)) Reflect.deleteProperty(Object.prototype, name)
    }
  })

  it('does not change its options', () => {
    const options = Object.freeze({ cookie: 'session', domain: '.example.com', maxAge: '1h', now } as const)
    expect(tokenCookie(TOKEN, options)).toBe(tokenCookie(TOKEN, options))
  })
})

describe('tokenCookie of a token’s lifetime', () => {
  const maxAge = (token: string, time: string, options = {}): string | undefined =>
    /; Max-Age=(.*)$/.exec(set({ now: at(time), ...options }, token))?.[1]

  it.each([
    ['an hour before', TOKEN, '2027-01-15T08:00:00Z', '3600'],
    ['a second and a bit before, rounded up', AT_EIGHT, '2027-01-15T07:59:58.999Z', '2'],
    ['a second before', AT_EIGHT, '2027-01-15T07:59:59Z', '1'],
    ['a millisecond before, rounded up', AT_EIGHT, '2027-01-15T07:59:59.999Z', '1'],
    ['half a second before an exp with a fraction', AT_EIGHT_AND_A_HALF, '2027-01-15T08:00:00Z', '1'],
    ['a millisecond before an exp with a fraction', AT_EIGHT_AND_A_HALF, '2027-01-15T08:00:00.499Z', '1'],
  ])('is Max-Age %s', (_when, token, time, seconds) => {
    expect(maxAge(token, time)).toBe(seconds)
  })

  it.each([
    ['at the very second of exp', AT_EIGHT, '2027-01-15T08:00:00Z'],
    ['a millisecond later', AT_EIGHT, '2027-01-15T08:00:00.001Z'],
    ['an hour later', AT_EIGHT, '2027-01-15T09:00:00Z'],
    ['at an exp with a fraction', AT_EIGHT_AND_A_HALF, '2027-01-15T08:00:00.500Z'],
    ['of 1970', forge('{"exp":0}'), '2027-01-15T08:00:00Z'],
    ['before 1970', forge('{"exp":-1}'), '2027-01-15T08:00:00Z'],
  ])('is a RangeError %s', (_when, token, time) => {
    expect(() => set({ now: at(time) }, token)).toThrow(new RangeError('token has expired'))
    expect(() => set({ now: at(time), maxAge: '1h' }, token)).toThrow(new RangeError('token has expired'))
  })

  it.each([
    ['a second less', 34_559_999, '34559999'],
    ['exactly', 34_560_000, '34560000'],
    ['a second more', 34_560_001, '34560000'],
    ['ten years', 315_360_000, '34560000'],
  ])('is limited to the 400 days that browsers keep: %s', (_what, lifetime, seconds) => {
    expect(maxAge(forge(`{"exp":${1_800_000_000 + lifetime}}`), '2027-01-15T08:00:00Z')).toBe(seconds)
  })

  it('lasts as long as the browser’s session if the token has no exp', () => {
    expect(set({}, WITHOUT_EXP)).toBe(`jwt=${WITHOUT_EXP}; Path=/; HttpOnly; Secure; SameSite=Lax`)
    expect(set({}, forge('{"__proto__":{"exp":5}}'))).not.toContain('Max-Age')
  })

  it.each([
    [1, '1'],
    [0.001, '1'],
    [1.5, '2'],
    ['90s', '90'],
    ['15m', '900'],
    ['1d', '86400'],
    ['399d', '34473600'],
    ['400d', '34560000'],
    ['34560000s', '34560000'],
    [86_399.5, '86400'],
    [86_400, '86400'],
  ])('is overridden by maxAge: %s', (duration, seconds) => {
    expect(maxAge(TOKEN, '2027-01-15T08:00:00Z', { maxAge: duration })).toBe(seconds)
    expect(maxAge(WITHOUT_EXP, '2027-01-15T08:00:00Z', { maxAge: duration })).toBe(seconds)
  })

  it.each([0, -0, '0s', '0d', '34560001s', '401d', '58w', '253402300799s'])('rejects maxAge: %s', (duration) => {
    expect(() => set({ maxAge: duration })).toThrow(
      new RangeError('maxAge must be above 0 and at most 400 days: browsers keep no cookie longer'),
    )
  })

  it.each([86_400.5, 86_401, 900_000, 34_560_000, Infinity])('rejects maxAge as a bare number of more than a day: %s', (duration) => {
    expect(() => set({ maxAge: duration })).toThrow(
      new RangeError("maxAge is over 86400 seconds: write it with a unit, as in '1h' or '7d'"),
    )
  })

  it.each(INSTANTS)('is a length of time, which %s is not', (_name, make) => {
    expect(() => set({ maxAge: make(60_000) })).toThrow(TypeError)
    expect(() => set({ maxAge: make(60_000) })).toThrow('or set exp or nbf in the claims')
    expect(maxAge(TOKEN, '2027-01-15T08:00:00Z', { now: () => make(1_800_003_500_001) })).toBe('100')
  })

  it.each<[unknown]>([
    [undefined],
    [null],
    [''],
    [-1],
    [NaN],
    [-Infinity],
    ['1'],
    ['1h; Domain=evil.example'],
    ['1h\r\n'],
    ['1.5h'],
    ['-1h'],
    [[60]],
    [new Date(60)],
    [5n],
    [true],
  ])('rejects maxAge: %s', (duration) => {
    expect(() => set({ maxAge: duration })).toThrow(TypeError)
  })
})

describe('tokenCookie of 4096 bytes, the most that browsers keep of name and value', () => {
  it.each([4092, 4093])('accepts a token of %s characters under a name of three', (length) => {
    expect(set({}, ofLength(length))).toHaveLength(length + 'jwt=; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=3600'.length)
  })

  it('rejects one more, and says what to do', () => {
    const message = 'cookie has 4097 bytes; browsers keep at most 4096: put less in the claims'
    expect(() => set({}, ofLength(4094))).toThrow(new RangeError(message))
    expect(() => set({ cookie: 'jwt2' }, ofLength(4093))).toThrow(new RangeError(message))
  })

  it('counts the name', () => {
    const token = ofLength(4000)
    expect(set({ cookie: 'n'.repeat(95) }, token)).toContain(token)
    expect(set({ cookie: 'n'.repeat(96) }, token)).toContain(token)
    expect(() => set({ cookie: 'n'.repeat(97) }, token)).toThrow(RangeError)
  })

  it('does not count the attributes', () => {
    expect(set({ path: `/${'p'.repeat(1000)}`, domain: 'example.com' }, ofLength(4093))).toContain('; Domain=example.com; ')
  })
})

describe('tokenCookie of something that is not a token', () => {
  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['a number', 5],
    ['an object with toString', { toString: () => TOKEN }],
    ['a String object', Object(TOKEN)],
    ['a list', [TOKEN]],
    ['the empty string', ''],
    ['two segments', 'a.b'],
    ['an attribute at the end', `${TOKEN}; Domain=evil.example`],
    ['a semicolon at the end', `${TOKEN};`],
    ['CR LF and a header at the end', `${TOKEN}\r\nSet-Cookie: admin=1`],
    ['a line end at the end', `${TOKEN}\n`],
    ['NUL at the end', `${TOKEN}\0`],
    ['a comma at the end', `${TOKEN},`],
    ['a space at the end', `${TOKEN} `],
    ['a space at the start', ` ${TOKEN}`],
    ['quotes around', `"${TOKEN}"`],
    ['a backslash', `${TOKEN}\\`],
    ['an equals sign at the end', `${TOKEN}=`],
    ['Bearer at the start', `Bearer ${TOKEN}`],
    ['a letter outside ASCII', `${TOKEN.slice(0, -1)}\u0416`],
    ['a full-width full stop', TOKEN.replace('.', '\uff0e')],
    ['a percent sequence', TOKEN.replace('.', '%2E')],
    ['a payload that is not an object', forge('[]')],
  ])('rejects %s', (_what, token) => {
    const run = (): unknown => tokenCookie(token as string, { now })
    expect(run).toThrow(JwtMalformedError)
    expect(run).not.toThrow(/eyJ|evil|admin/)
  })

  it('rejects an exp that is not a time as a JwtClaimError', () => {
    expect(() => set({}, forge('{"exp":"5"}'))).toThrow(JwtClaimError)
    expect(() => set({}, forge('{"exp":null}'))).toThrow(JwtClaimError)
    expect(() => set({}, forge('{"exp":1800003600000}'))).toThrow(JwtClaimError)
    expect(() => set({}, forge('{"exp":1e999}'))).toThrow(JwtError)
  })
})

describe('clearTokenCookie', () => {
  it('removes the default cookie of tokenCookie', () => {
    expect(clear()).toBe('jwt=; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=0')
    expect(clear({})).toBe('jwt=; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=0')
  })

  it.each([
    {},
    { cookie: 'session' },
    { cookie: '__Host-jwt' },
    { domain: 'example.com', path: '/app' },
    { secure: false, httpOnly: false, sameSite: 'Strict' },
    { sameSite: 'None', partitioned: true },
  ] as const)('has the attributes of the cookie that it removes, with the same options: %j', (options) => {
    const expected = tokenCookie(TOKEN, { ...options, now })
      .replace(TOKEN, '')
      .replace('Max-Age=3600', 'Max-Age=0')
    expect(clearTokenCookie(options)).toBe(expected)
    expect(clearTokenCookie({ ...options, now })).toBe(expected)
  })

  it('rejects maxAge', () => {
    expect(() => clear({ maxAge: '1h' })).toThrow(TypeError)
    expect(() => clear({ maxAge: 0 })).toThrow(TypeError)
  })
})

describe.each(each)('%s: the name', (_name, write) => {
  it.each(['jwt', 'J', '0', 'a.b', 'a-b_c', "!#$%&'*+.^_`|~-", '__proto__', 'constructor', '__Hosts-x', '__Secur-x', 'x__Host-y', '$Path'])(
    'may be %s',
    (name) => {
      expect(write({ cookie: name }).startsWith(`${name}=`)).toBe(true)
      expect(write({ cookie: name, secure: false })).not.toContain('Secure;')
    },
  )

  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['empty', ''],
    ['a number', 5],
    ['a list', ['jwt']],
    ['an object with toString', { toString: () => 'jwt' }],
    ['with an equals sign', 'jwt=x; a'],
    ['an equals sign', '='],
    ['with a semicolon', 'jwt; Domain=evil.example'],
    ['with a comma', 'jwt,a'],
    ['with a space', 'jwt x'],
    ['with a space at its start', ' jwt'],
    ['with a tab', 'jwt\t'],
    ['with CR LF and a header', 'x\r\nSet-Cookie: admin'],
    ['with a line end at its end', 'jwt\n'],
    ['with NUL', 'jwt\0'],
    ['with DEL', 'jwt\u007f'],
    ['with quotes', '"jwt"'],
    ['with a backslash', 'jwt\\'],
    ['with a slash', 'a/b'],
    ['with a colon', 'a:b'],
    ['with an at sign', 'a@b'],
    ['with brackets', 'a[b]'],
    ['with parentheses', 'a(b)'],
    ['with braces', 'a{b}'],
    ['with angle brackets', 'a<b>'],
    ['with a question mark', 'a?b'],
    ['with an umlaut', 'jẅt'],
    ['with a no-break space', '\u00a0jwt'],
    ['with a letter whose low byte is a semicolon', 'jwt\u013b'],
    ['with letters whose low bytes are CR LF', 'jwt\u010d\u010a'],
    ['with a Kelvin sign', '\u212a'],
    ['with a lone surrogate', 'jwt\ud800'],
  ])('is a TypeError if it is %s', (_what, name) => {
    expect(() => write({ cookie: name })).toThrow(TypeError)
  })
})

describe.each(each)('%s: a name with a prefix', (_name, write) => {
  const hostHttps = ['__Host-Http-jwt', '__host-http-jwt', '__HOST-HTTP-jwt', '__Host-Http-']
  const hosts = ['__Host-jwt', '__host-jwt', '__HOST-jwt', '__hOsT-jwt', '__Host-', '__Host-__Secure-jwt', ...hostHttps]
  const https = ['__Http-jwt', '__http-jwt', '__HTTP-jwt', '__hTtP-jwt', '__Http-', '__Http-Host-jwt']
  const secures = ['__Secure-jwt', '__secure-jwt', '__SECURE-jwt', '__sEcUrE-jwt', '__Secure-', '__Secure-__Host-jwt']

  it.each(hosts)('%s needs Secure, no Domain and Path=/', (name) => {
    expect(write({ cookie: name })).toMatch(/^[^;]+; Path=\/; HttpOnly; Secure; SameSite=Lax; Max-Age=\d+$/)
    expect(write({ cookie: name, path: '/', secure: true })).toContain('; Path=/; ')
    expect(() => write({ cookie: name, secure: false })).toThrow(TypeError)
    expect(() => write({ cookie: name, domain: 'example.com' })).toThrow(TypeError)
    expect(() => write({ cookie: name, path: '/app' })).toThrow(TypeError)
    expect(() => write({ cookie: name, path: '//' })).toThrow(TypeError)
  })

  it.each([...secures, ...https])('%s needs Secure, but may have a domain and a path', (name) => {
    expect(write({ cookie: name, domain: 'example.com', path: '/app' })).toContain('; Domain=example.com; Path=/app; HttpOnly; Secure; ')
    expect(() => write({ cookie: name, secure: false })).toThrow(TypeError)
  })

  it.each([...https, ...hostHttps])('%s needs HttpOnly', (name) => {
    expect(write({ cookie: name, httpOnly: true })).toContain('; HttpOnly; ')
    expect(() => write({ cookie: name, httpOnly: false })).toThrow(
      new TypeError('httpOnly must be true with the prefix __Http- or __Host-Http-'),
    )
  })

  it.each([...secures, '__Host-jwt', '__Host-Https-jwt', '__Host-jwt-Http-', '__Host-__Http-jwt', '__Https-jwt'])(
    '%s does not need HttpOnly',
    (name) => {
      expect(write({ cookie: name, httpOnly: false })).not.toContain('HttpOnly')
    },
  )

  it.each(['a__Secure-jwt', 'a__Host-jwt', '_Secure-jwt', '__Securejwt', 'a__Http-jwt', '__HostHttp-jwt'])(
    '%s needs nothing, because it only looks like a prefix',
    (name) => {
      expect(write({ cookie: name, secure: false, domain: 'example.com' })).not.toContain('Secure;')
    },
  )
})

describe.each(each)('%s: the domain', (_name, write) => {
  it.each([
    ['example.com', 'example.com'],
    ['.example.com', 'example.com'],
    ['a.b.c.example', 'a.b.c.example'],
    ['localhost', 'localhost'],
    ['example.localhost', 'example.localhost'],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
    ['Example.COM', 'Example.COM'],
    ['1.example', '1.example'],
    [`${'a'.repeat(63)}.example`, `${'a'.repeat(63)}.example`],
    [`${'a.'.repeat(126)}a`, `${'a.'.repeat(126)}a`],
    [`.${'a.'.repeat(126)}a`, `${'a.'.repeat(126)}a`],
  ])('may be %s', (domain, written) => {
    expect(write({ domain })).toContain(`; Domain=${written}; Path=/; `)
  })

  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['empty', ''],
    ['a dot', '.'],
    ['a number', 5],
    ['a list', ['example.com']],
    ['with two dots at its start', '..example.com'],
    ['with a dot at its end', 'example.com.'],
    ['with an empty label', 'example..com'],
    ['a label of 64 characters', `${'a'.repeat(64)}.example`],
    ['254 characters', `${'a.'.repeat(126)}aa`],
    ['254 characters after a dot', `.${'a.'.repeat(126)}aa`],
    ['1025 characters', `${'a.'.repeat(512)}a`],
    ['with a semicolon', 'example.com; Path=/evil'],
    ['with a comma', 'example.com, evil.example'],
    ['with CR LF and a header', 'example.com\r\nSet-Cookie: admin=1'],
    ['with a line end at its end', 'example.com\n'],
    ['with only LF', '\nexample.com'],
    ['with NUL', 'example.com\0'],
    ['with a space', 'example .com'],
    ['with a space at its end', 'example.com '],
    ['with a tab', 'example.com\t'],
    ['with an equals sign', 'a=b.example'],
    ['with a port', 'example.com:443'],
    ['with a scheme', 'https://example.com'],
    ['with a path', 'example.com/'],
    ['with a user', 'user@example.com'],
    ['with a wildcard', '*.example.com'],
    ['with an underscore', 'a_b.example'],
    ['with a percent sequence', 'example%2ecom'],
    ['an IPv6 address', '[::1]'],
    ['with quotes', '"example.com"'],
    ['with a backslash', 'example.com\\'],
    ['with an umlaut', 'bücher.example'],
    ['with a full-width full stop', 'example\uff0ecom'],
    ['with a soft hyphen', 'exam\u00adple.com'],
    ['with a Kelvin sign', 'boo\u212a.example'],
    ['with a long s', 'u\u017fer.example'],
    ['with a letter whose low byte is a semicolon', 'example.com\u013b'],
  ])('is a TypeError if it is %s', (_what, domain) => {
    expect(() => write({ domain })).toThrow(TypeError)
  })
})

describe.each(each)('%s: the path', (_name, write) => {
  it.each([
    ['/'],
    ['//'],
    ['/app'],
    ['/app/'],
    ['/a%20b'],
    ['/a,b'],
    ['/a=b'],
    ["/!#$%&'()*+-.:<>?@[]^_`{|}~"],
    ['/"a"'],
    ['/a\\b'],
    ['/Max-Age=0'],
    [`/${'p'.repeat(1022)}`],
    [`/${'p'.repeat(1023)}`],
  ])('may be %s', (path) => {
    expect(write({ path })).toContain(`; Path=${path}; HttpOnly; `)
  })

  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['empty', ''],
    ['a number', 5],
    ['a list', ['/']],
    ['without a slash', 'app'],
    ['with a dot at its start', './app'],
    ['with a space at its start', ' /app'],
    ['with a space at its end, which browsers cut off', '/app '],
    ['with a space, which no request’s path has', '/a b'],
    ['1025 characters', `/${'p'.repeat(1024)}`],
    ['with a semicolon', '/; Domain=evil.example'],
    ['a semicolon at the end', '/app;'],
    ['with CR LF and a header', '/\r\nSet-Cookie: admin=1'],
    ['with a line end at its end', '/app\n'],
    ['with CR', '/a\rb'],
    ['with NUL', '/a\0b'],
    ['with a tab', '/a\tb'],
    ['with DEL', '/a\u007f'],
    ['with an umlaut', '/größe'],
    ['with a no-break space', '/a\u00a0b'],
    ['with a letter whose low byte is a semicolon', '/a\u013bb'],
    ['with letters whose low bytes are CR LF', '/a\u010d\u010a'],
    ['with an emoji', '/😀'],
    ['a URL', 'https://example.com/app'],
  ])('is a TypeError if it is %s', (_what, path) => {
    expect(() => write({ path })).toThrow(TypeError)
  })
})

describe.each(each)('%s: the other options', (_name, write) => {
  it.each<[string, unknown]>([
    ['the name of other libraries', { name: 'jwt' }],
    ['sameSite with a long s', { sameSite: '\u017ftrict' }],
    ['sameSite with an attribute at its end', { sameSite: 'Lax; Domain=evil.example' }],
    ['sameSite with a line end at its end', { sameSite: 'Lax\n' }],
    ['sameSite with a word at its start', { sameSite: 'x Lax' }],
    ['sameSite with NUL', { sameSite: 'Lax\0' }],
    ['sameSite that is true', { sameSite: true }],
    ['sameSite that is false', { sameSite: false }],
    ['sameSite that is undefined', { sameSite: undefined }],
    ['sameSite that is empty', { sameSite: '' }],
    ['sameSite that is a list', { sameSite: ['Lax'] }],
    ['sameSite that is another word', { sameSite: 'Default' }],
    ['SameSite=None without Secure', { sameSite: 'None', secure: false }],
    ['Partitioned without Secure', { partitioned: true, secure: false }],
    ['secure that is a string', { secure: 'false' }],
    ['secure that is zero', { secure: 0 }],
    ['secure that is null', { secure: null }],
    ['secure that is undefined', { secure: undefined }],
    ['httpOnly that is a string', { httpOnly: 'true' }],
    ['httpOnly that is undefined', { httpOnly: undefined }],
    ['partitioned that is a number', { partitioned: 1 }],
    ['partitioned that is undefined', { partitioned: undefined }],
    ['now that is a Date', { now: new Date() }],
    ['now that returns an invalid Date', { now: () => new Date(NaN) }],
    ['now that returns a number', { now: () => 1_800_000_000 }],
    ['now that is undefined', { now: undefined }],
    ['an unknown option', { expires: new Date() }],
    ['an option in another case', { Secure: true }],
    ['a value', { value: 'x' }],
    ['null', null],
    ['a list', ['jwt']],
    ['a string', 'jwt'],
    ['a function', () => ({})],
  ])('are a TypeError: %s', (_what, options) => {
    expect(() => write(options)).toThrow(TypeError)
  })

  it('may be sameSite in any letter case', () => {
    for (const sameSite of ['Strict', 'strict', 'STRICT', 'sTRICt']) expect(write({ sameSite })).toContain('; SameSite=Strict; Max-Age=')
    for (const sameSite of ['Lax', 'lax', 'LAX']) expect(write({ sameSite })).toContain('; SameSite=Lax; Max-Age=')
    for (const sameSite of ['None', 'none', 'NONE']) expect(write({ sameSite })).toContain('; Secure; SameSite=None; Max-Age=')
    for (const sameSite of ['none', 'NONE']) expect(() => write({ sameSite, secure: false })).toThrow(TypeError)
  })

  it('name the option of the cookie’s name if it is called name', () => {
    expect(() => write({ name: 'session' })).toThrow(new TypeError('unknown option name: use cookie'))
  })

  it('may be SameSite=None and Partitioned with Secure', () => {
    expect(write({ sameSite: 'None' })).toContain('; Secure; SameSite=None; Max-Age=')
    expect(write({ partitioned: true })).toContain('; Secure; SameSite=Lax; Partitioned; Max-Age=')
  })

  it('name what is wrong', () => {
    const secure = new TypeError('secure must be true with a __ prefix, sameSite None or partitioned')
    expect(() => write({ sameSite: 'None', secure: false })).toThrow(secure)
    expect(() => write({ partitioned: true, secure: false })).toThrow(secure)
    expect(() => write({ cookie: '__Secure-jwt', secure: false })).toThrow(secure)
    expect(() => write({ cookie: '__Host-jwt', secure: false })).toThrow(secure)
    const host = new TypeError('a __Host- cookie cannot have a domain or a path other than /')
    expect(() => write({ cookie: '__Host-jwt', domain: 'example.com' })).toThrow(host)
    expect(() => write({ cookie: '__Host-jwt', path: '/a' })).toThrow(host)
  })

  it('are not inherited', () => {
    expect(() => write(Object.create({ secure: false }))).toThrow(TypeError)
  })
})

describe('tokenCookieParts', () => {
  const parts = (options: object = {}, token = TOKEN): unknown => tokenCookieParts(token, { now, ...options })
  const BY_DEFAULT = { path: '/', httpOnly: true, secure: true, sameSite: 'lax' }

  it('has the name, the token, and the attributes under the names of frameworks', () => {
    expect(parts()).toStrictEqual({ name: 'jwt', value: TOKEN, attributes: { ...BY_DEFAULT, maxAge: 3600 } })
    expect(parts({ cookie: '__Host-jwt' }, WITHOUT_EXP)).toStrictEqual({ name: '__Host-jwt', value: WITHOUT_EXP, attributes: BY_DEFAULT })
  })

  it('has every attribute that the options set', () => {
    const options = { maxAge: '1m', partitioned: true, sameSite: 'None', domain: '.example.com', path: '/app', cookie: 'session' }
    expect(parts(options)).toStrictEqual({
      name: 'session',
      value: TOKEN,
      attributes: { domain: 'example.com', path: '/app', httpOnly: true, secure: true, sameSite: 'none', partitioned: true, maxAge: 60 },
    })
    expect(parts({ httpOnly: false, secure: false, partitioned: false, sameSite: 'STRICT' })).toStrictEqual({
      name: 'jwt',
      value: TOKEN,
      attributes: { path: '/', httpOnly: false, secure: false, sameSite: 'strict', maxAge: 3600 },
    })
  })

  it('rejects what tokenCookie rejects, with the same error', () => {
    const expired = new RangeError('token has expired')
    expect(() => parts({}, AT_EIGHT)).toThrow(expired)
    expect(() => parts({}, ofLength(4094))).toThrow(RangeError)
    expect(() => parts({}, `${TOKEN}; Domain=evil.example`)).toThrow(JwtMalformedError)
    expect(() => parts({ name: 'session' })).toThrow(new TypeError('unknown option name: use cookie'))
    expect(() => parts({ sameSite: 'none', secure: false })).toThrow(TypeError)
    expect(() => tokenCookieParts('session', TOKEN as never)).toThrow('pass the token first, then { cookie')
    const unchecked = tokenCookieParts as (...args: readonly unknown[]) => unknown
    expect(() => unchecked(TOKEN, { now }, () => {})).toThrow('callbacks are not supported')
  })
})
