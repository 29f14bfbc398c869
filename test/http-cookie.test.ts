/** The cookie of a token (RFC 6265bis §4.1): what it is by default, what each option makes of it, and what none of them may. */
import { JwtClaimError, JwtError, JwtMalformedError } from 'hs256'
import { clearTokenCookie, tokenCookie, tokenCookieParts, type ClearTokenCookieOptions, type TokenCookieOptions } from 'hs256/http'
import { describe, expect, it } from 'vitest'
import { forge } from './support/forge.ts'
import { EXPIRED as AT_EIGHT, GOOD as TOKEN, HOSTILE, listed, NOT_STRINGS, now, withEach } from './support/http-tokens.ts'
import { INSTANTS } from './support/instants.ts'
import { whilePolluted } from './support/polluted.ts'

const at = (time: string) => (): Date => new Date(time)

// Without exp; exp 1800000000.5
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

const each = [
  ['tokenCookie', set],
  ['clearTokenCookie', clear],
] as const

describe('tokenCookie', () => {
  it('keeps the token from other hosts, scripts, plain http and other sites’ requests, until it expires', () => {
    for (const line of [set(), set({})]) expect(line).toBe(`jwt=${TOKEN}; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=3600`)
  })

  it('writes every attribute once, in one order', () => {
    const options = { maxAge: '1m', partitioned: true, sameSite: 'None', domain: 'example.com', path: '/app', cookie: 'session' }
    expect(set(options)).toBe(`session=${TOKEN}; Domain=example.com; Path=/app; HttpOnly; Secure; SameSite=None; Partitioned; Max-Age=60`)
  })

  it('leaves out attributes that are turned off', () => {
    expect(set({ httpOnly: false, secure: false })).toBe(`jwt=${TOKEN}; Path=/; SameSite=Lax; Max-Age=3600`)
    expect(set({ httpOnly: false, partitioned: false })).toBe(`jwt=${TOKEN}; Path=/; Secure; SameSite=Lax; Max-Age=3600`)
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

  it('takes nothing from a polluted Object.prototype', async () => {
    const members = { exp: 4_000_000_000, secure: false, domain: 'evil.example', maxAge: 5, path: '/evil' }
    const line = set({}, WITHOUT_EXP)
    await whilePolluted(members, () => {
      expect(tokenCookie(WITHOUT_EXP)).toBe(line)
      expect(clearTokenCookie({})).toBe('jwt=; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=0')
    })
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
    ['an hour before', TOKEN, '08:00:00', '3600'],
    ['a second and a bit before, rounded up', AT_EIGHT, '07:59:58.999', '2'],
    ['a second before', AT_EIGHT, '07:59:59', '1'],
    ['a millisecond before, rounded up', AT_EIGHT, '07:59:59.999', '1'],
    ['half a second before an exp with a fraction', AT_EIGHT_AND_A_HALF, '08:00:00', '1'],
    ['a millisecond before an exp with a fraction', AT_EIGHT_AND_A_HALF, '08:00:00.499', '1'],
  ])('is the time that is left %s', (_when, token, time, seconds) => {
    expect(maxAge(token, `2027-01-15T${time}Z`)).toBe(seconds)
  })

  it.each([
    ['at the very second of exp', AT_EIGHT, '08:00:00'],
    ['a millisecond later', AT_EIGHT, '08:00:00.001'],
    ['an hour later', AT_EIGHT, '09:00:00'],
    ['at an exp with a fraction', AT_EIGHT_AND_A_HALF, '08:00:00.500'],
    ['of 1970', forge('{"exp":0}'), '08:00:00'],
    ['before 1970', forge('{"exp":-1}'), '08:00:00'],
  ])('is a RangeError %s', (_when, token, time) => {
    for (const options of [{}, { maxAge: '1h' }])
      expect(() => maxAge(token, `2027-01-15T${time}Z`, options)).toThrow(new RangeError('token has expired'))
  })

  it.each([34_559_999, 34_560_000, 34_560_001, 315_360_000])('is limited to the 400 days that browsers keep: %s', (lifetime) => {
    expect(maxAge(forge(`{"exp":${1_800_000_000 + lifetime}}`), '2027-01-15T08:00:00Z')).toBe(String(Math.min(lifetime, 34_560_000)))
  })

  it('lasts as long as the browser’s session if the token has no exp', () => {
    expect(set({}, WITHOUT_EXP)).toBe(`jwt=${WITHOUT_EXP}; Path=/; HttpOnly; Secure; SameSite=Lax`)
    expect(set({}, forge('{"__proto__":{"exp":5}}'))).not.toContain('Max-Age')
  })

  const SECONDS = { '90s': '90', '15m': '900', '1d': '86400', '399d': '34473600', '400d': '34560000', '34560000s': '34560000' }
  const rounded = [0.001, 1, 1.5, 86_399.5, 86_400].map((duration) => [duration, String(Math.ceil(duration))] as const)

  it.each([...Object.entries(SECONDS), ...rounded])('is overridden by maxAge: %s', (duration, seconds) => {
    for (const token of [TOKEN, WITHOUT_EXP]) expect(maxAge(token, '2027-01-15T08:00:00Z', { maxAge: duration })).toBe(seconds)
  })

  const outside = [0, -0, '0s', '0d', '34560001s', '401d', '58w', '253402300799s'].map(
    (duration) => [duration, 'maxAge must be above 0 and at most 400 days: browsers keep no cookie longer'] as const,
  )
  const bare = [86_400.5, 86_401, 900_000, 34_560_000, Infinity].map(
    (duration) => [duration, "maxAge is over 86400 seconds: write it with a unit, as in '1h' or '7d'"] as const,
  )

  it.each([...outside, ...bare])('is not %s: %s', (duration, message) => {
    expect(() => set({ maxAge: duration })).toThrow(new RangeError(message))
  })

  it.each(INSTANTS)('is a length of time, which %s is not', (_name, make) => {
    expect(() => set({ maxAge: make(60_000) })).toThrow(TypeError)
    expect(() => set({ maxAge: make(60_000) })).toThrow('or set exp or nbf in the claims')
    expect(maxAge(TOKEN, '2027-01-15T08:00:00Z', { now: () => make(1_800_003_500_001) })).toBe('100')
  })

  const durations = ['', '1', '1.5h', '-1h', '1h\r\n', '1h; Domain=evil.example']

  it.each([...durations, undefined, null, -1, NaN, -Infinity, [60], new Date(60), 5n, true])('rejects maxAge: %s', (duration) => {
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

  it('counts the name, and no attributes', () => {
    const token = ofLength(4000)
    for (const length of [95, 96]) expect(set({ cookie: 'n'.repeat(length) }, token)).toContain(token)
    expect(() => set({ cookie: 'n'.repeat(97) }, token)).toThrow(RangeError)
    expect(set({ path: `/${'p'.repeat(1000)}`, domain: 'example.com' }, ofLength(4093))).toContain('; Domain=example.com; ')
  })
})

describe('tokenCookie of something that is not a token', () => {
  const longer = [`${TOKEN}; Domain=evil.example`, `${TOKEN}\r\nSet-Cookie: admin=1`, `"${TOKEN}"`, `${TOKEN}=`, `Bearer ${TOKEN}`]
  const respelled = [`${TOKEN.slice(0, -1)}\u0416`, TOKEN.replace('.', '\uff0e'), TOKEN.replace('.', '%2E'), '', 'a.b', forge('[]')]
  const objects = [{ toString: () => TOKEN }, Object(TOKEN), [TOKEN]]

  it.each<unknown>([...NOT_STRINGS, ...objects, ...longer, ...respelled, ...withEach([...HOSTILE, ...' ;,"\\'], TOKEN)])(
    'rejects %j',
    (token) => {
      const run = (): unknown => tokenCookie(token as string, { now })
      expect(run).toThrow(JwtMalformedError)
      expect(run).not.toThrow(/eyJ|evil|admin/)
    },
  )

  it('rejects an exp that is not a time as a JwtClaimError', () => {
    for (const exp of ['"5"', 'null', '1800003600000']) expect(() => set({}, forge(`{"exp":${exp}}`))).toThrow(JwtClaimError)
    expect(() => set({}, forge('{"exp":1e999}'))).toThrow(JwtError)
  })
})

describe('clearTokenCookie', () => {
  it('removes the default cookie of tokenCookie', () => {
    for (const line of [clear(), clear({})]) expect(line).toBe('jwt=; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=0')
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
    for (const all of [options, { ...options, now }]) expect(clearTokenCookie(all)).toBe(expected)
  })

  it('rejects maxAge', () => {
    for (const maxAge of ['1h', 0]) expect(() => clear({ maxAge })).toThrow(TypeError)
  })
})

describe.each(each)('%s: the name', (_name, write) => {
  it.each(listed("jwt | J | 0 | a.b | a-b_c | !#$%&'*+.^_`|~- | __proto__ | constructor | __Hosts-x | __Secur-x | x__Host-y | $Path"))(
    'may be %s',
    (name) => {
      expect(write({ cookie: name }).startsWith(`${name}=`)).toBe(true)
      expect(write({ cookie: name, secure: false })).not.toContain('Secure;')
    },
  )

  const longer = ['', '=', 'jwt=x; a', 'jwt; Domain=evil.example', 'x\r\nSet-Cookie: admin']

  it.each([...NOT_STRINGS, ...longer, ...withEach([...HOSTILE, ...'=;, "\\/:@[](){}<>?'], 'jwt')])('is a TypeError if it is %j', (name) => {
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
    for (const wrong of [{ secure: false }, { domain: 'example.com' }, { path: '/app' }, { path: '//' }])
      expect(() => write({ cookie: name, ...wrong })).toThrow(TypeError)
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
    (name) => expect(write({ cookie: name, httpOnly: false })).not.toContain('HttpOnly'),
  )

  it.each(['a__Secure-jwt', 'a__Host-jwt', '_Secure-jwt', '__Securejwt', 'a__Http-jwt', '__HostHttp-jwt'])(
    '%s needs nothing, because it only looks like a prefix',
    (name) => expect(write({ cookie: name, secure: false, domain: 'example.com' })).not.toContain('Secure;'),
  )
})

describe.each(each)('%s: the domain', (_name, write) => {
  const same = listed('example.com | a.b.c.example | localhost | example.localhost | xn--bcher-kva.example | Example.COM | 1.example')
  const longest = [`${'a'.repeat(63)}.example`, `${'a.'.repeat(126)}a`]

  it.each([...same, ...longest])('may be %s, also with a dot in front, which is not written', (domain) => {
    for (const dot of ['', '.']) expect(write({ domain: `${dot}${domain}` })).toContain(`; Domain=${domain}; Path=/; `)
  })

  const unlike = listed(`
    . | ..example.com | example.com. | example..com | example%2ecom | *.example.com | [::1] | user@example.com | https://example.com
    example.com:443 | example.com; Path=/evil | example.com, evil.example | boo\u212a.example | u\u017fer.example
  `)
  const tooLong = [`${'a'.repeat(64)}.example`, `${'a.'.repeat(126)}aa`, `.${'a.'.repeat(126)}aa`, `${'a.'.repeat(512)}a`]
  const longer = ['', 'example.com\r\nSet-Cookie: admin=1', ...withEach([...HOSTILE, ...'=;, /:@*_%"\\'], 'example.com')]

  it.each([...NOT_STRINGS, ...unlike, ...tooLong, ...longer])('is a TypeError if it is %j', (domain) => {
    expect(() => write({ domain })).toThrow(TypeError)
  })
})

describe.each(each)('%s: the path', (_name, write) => {
  const longest = [`/${'p'.repeat(1022)}`, `/${'p'.repeat(1023)}`]
  const accepted = listed(`/ | // | /app | /app/ | /a%20b | /a,b | /a=b | /"a" | /Max-Age=0 | /a\\b | /!#$%&'()*+-.:<>?@[]^_\`{|}~`)

  it.each([...accepted, ...longest])('may be %s', (path) => {
    expect(write({ path })).toContain(`; Path=${path}; HttpOnly; `)
  })

  const unlike = ['', 'app', './app', 'https://example.com/app', `/${'p'.repeat(1024)}`]
  const longer = ['/; Domain=evil.example', '/\r\nSet-Cookie: admin=1', ...withEach([...HOSTILE, ...' ;'], '/app')]

  it.each([...NOT_STRINGS, ...unlike, ...longer])('is a TypeError if it is %j', (path) => {
    expect(() => write({ path })).toThrow(TypeError)
  })
})

describe.each(each)('%s: the other options', (_name, write) => {
  const WRONG: Readonly<Record<string, readonly unknown[]>> = {
    sameSite: ['', 'Default', 'x Lax', 'Lax\n', 'Lax\0', 'Lax; Domain=evil.example', '\u017ftrict', ['Lax'], true, false, undefined],
    secure: ['false', 0, null, undefined],
    httpOnly: ['true', undefined],
    partitioned: [1, undefined],
    now: [new Date(), () => new Date(NaN), () => 1_800_000_000, undefined],
    name: ['jwt'], // of other libraries
    expires: [new Date()],
    Secure: [true],
    value: ['x'],
  }
  const wrong = Object.entries(WRONG).flatMap(([name, values]) => values.map((value) => [name, value] as const))

  it.each(wrong)('are a TypeError if %s is %j', (name, value) => {
    expect(() => write({ [name]: value })).toThrow(TypeError)
  })

  it.each([null, 'jwt', ['jwt'], () => ({}), Object.create({ secure: false })])('are a TypeError if they are %j', (options) => {
    expect(() => write(options)).toThrow(TypeError)
  })

  it('may be sameSite in any letter case', () => {
    for (const site of ['Strict', 'Lax', 'None'])
      for (const sameSite of [site, site.toLowerCase(), site.toUpperCase(), site.replace(/(?<=.)./g, (letter) => letter.toUpperCase())])
        expect(write({ sameSite })).toContain(`; Path=/; HttpOnly; Secure; SameSite=${site}; Max-Age=`)
    for (const sameSite of ['none', 'NONE']) expect(() => write({ sameSite, secure: false })).toThrow(TypeError)
  })

  it('may be Partitioned with Secure', () => {
    expect(write({ partitioned: true })).toContain('; Secure; SameSite=Lax; Partitioned; Max-Age=')
  })

  const insecure = [{ sameSite: 'None' }, { partitioned: true }, { cookie: '__Secure-jwt' }, { cookie: '__Host-jwt' }]
  const hosted = [{ domain: 'example.com' }, { path: '/a' }]

  it.each<readonly [object, string]>([
    [{ name: 'session' }, 'unknown option name: use cookie'],
    ...insecure.map(
      (options) => [{ ...options, secure: false }, 'secure must be true with a __ prefix, sameSite None or partitioned'] as const,
    ),
    ...hosted.map(
      (options) => [{ cookie: '__Host-jwt', ...options }, 'a __Host- cookie cannot have a domain or a path other than /'] as const,
    ),
  ])('name what is wrong: %j', (options, message) => {
    expect(() => write(options)).toThrow(new TypeError(message))
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
    const all = { domain: 'example.com', path: '/app', httpOnly: true, secure: true, sameSite: 'none', partitioned: true, maxAge: 60 }
    expect(parts(options)).toStrictEqual({ name: 'session', value: TOKEN, attributes: all })
    const open = { httpOnly: false, secure: false }
    const attributes = { path: '/', ...open, sameSite: 'strict', maxAge: 3600 }
    expect(parts({ ...open, partitioned: false, sameSite: 'STRICT' })).toStrictEqual({ name: 'jwt', value: TOKEN, attributes })
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
