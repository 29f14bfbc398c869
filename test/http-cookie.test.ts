/** The cookie of a token (RFC 6265bis §4.1): what it is by default, what each option makes of it, and what none of them may. */
import { JwtClaimError, JwtMalformedError } from 'hs256'
import { clearTokenCookie, tokenCookie, tokenCookieParts, type ClearTokenCookieOptions, type TokenCookieOptions } from 'hs256/http'
import { describe, expect, it } from 'vitest'
import { forge } from './support/forge.ts'
import { EXPIRED as AT_EIGHT, GOOD as TOKEN, HOSTILE, listed, NOT_STRINGS, now, withEach } from './support/http-tokens.ts'
import { whilePolluted } from './support/polluted.ts'

const WITHOUT_EXP = forge({ sub: 'u1' })
const AT_EIGHT_AND_A_HALF = forge({ exp: 1_800_000_000.5 })

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
    expect(set()).toBe(`jwt=${TOKEN}; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=3600`)
  })

  it('writes every attribute once, in one order', () => {
    const options = { maxAge: '1m', partitioned: true, sameSite: 'None', domain: 'example.com', path: '/app', cookie: 'session' }
    expect(set(options)).toBe(`session=${TOKEN}; Domain=example.com; Path=/app; HttpOnly; Secure; SameSite=None; Partitioned; Max-Age=60`)
  })

  it('leaves out attributes that are turned off', () => {
    expect(set({ httpOnly: false, secure: false, partitioned: false })).toBe(`jwt=${TOKEN}; Path=/; SameSite=Lax; Max-Age=3600`)
  })

  it('reads the system’s clock by default', () => {
    const inAnHour = forge(`{"exp":${Math.floor(Date.now() / 1000) + 3600}}`)
    expect(tokenCookie(inAnHour)).toMatch(/; Max-Age=(?:3600|35\d\d)$/)
    expect(() => tokenCookie(forge('{"exp":1700000000}'))).toThrow(RangeError)
  })

  it('takes nothing from a polluted Object.prototype', async () => {
    const members = { exp: 4_000_000_000, secure: false, domain: 'evil.example', maxAge: 5, path: '/evil', partitioned: true }
    const line = set({}, WITHOUT_EXP)
    await whilePolluted(members, () => {
      expect(tokenCookie(WITHOUT_EXP)).toBe(line)
      expect(clearTokenCookie({})).toBe('jwt=; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=0')
    })
  })

  const longer = [`${TOKEN}; Domain=evil.example`, `${TOKEN}\r\nSet-Cookie: admin=1`, `"${TOKEN}"`, `Bearer ${TOKEN}`, 'a.b', forge('[]')]
  const objects = [{ toString: () => TOKEN }, Object(TOKEN), [TOKEN]]

  it.each<unknown>([...NOT_STRINGS, ...objects, ...longer, ...withEach([...HOSTILE, ...' ;,"\\'], TOKEN)])('rejects %j', (token) => {
    const run = (): unknown => tokenCookie(token as string, { now })
    expect(run).toThrow(JwtMalformedError)
    expect(run).not.toThrow(/eyJ|evil|admin/)
  })

  it('rejects an exp that is not a time as a JwtClaimError', () => {
    for (const exp of ['"5"', 'null', '1800003600000']) expect(() => set({}, forge(`{"exp":${exp}}`))).toThrow(JwtClaimError)
  })
})

describe('tokenCookie of a token’s lifetime', () => {
  const maxAge = (token: string, time: string, options = {}): string | undefined =>
    /; Max-Age=(.*)$/.exec(set({ now: () => new Date(`2027-01-15T${time}Z`), ...options }, token))?.[1]

  it.each([
    ['a second and a bit before, rounded up', AT_EIGHT, '07:59:58.999', '2'],
    ['a second before', AT_EIGHT, '07:59:59', '1'],
    ['a millisecond before, rounded up', AT_EIGHT, '07:59:59.999', '1'],
    ['a millisecond before an exp with a fraction', AT_EIGHT_AND_A_HALF, '08:00:00.499', '1'],
  ])('is the time that is left %s', (_when, token, time, seconds) => {
    expect(maxAge(token, time)).toBe(seconds)
  })

  it.each([
    ['at the very second of exp', AT_EIGHT, '08:00:00'],
    ['a millisecond later', AT_EIGHT, '08:00:00.001'],
    ['at an exp with a fraction', AT_EIGHT_AND_A_HALF, '08:00:00.500'],
    ['of 1970', forge('{"exp":0}'), '08:00:00'],
  ])('is a RangeError %s', (_when, token, time) => {
    for (const options of [{}, { maxAge: '1h' }]) expect(() => maxAge(token, time, options)).toThrow(new RangeError('token has expired'))
  })

  it.each([34_559_999, 34_560_000, 34_560_001, 315_360_000])('is limited to the 400 days that browsers keep: %s', (lifetime) => {
    expect(maxAge(forge(`{"exp":${1_800_000_000 + lifetime}}`), '08:00:00')).toBe(String(Math.min(lifetime, 34_560_000)))
  })

  it('lasts as long as the browser’s session if the token has no exp', () => {
    expect(set({}, WITHOUT_EXP)).toBe(`jwt=${WITHOUT_EXP}; Path=/; HttpOnly; Secure; SameSite=Lax`)
    expect(set({}, forge('{"__proto__":{"exp":5}}'))).not.toContain('Max-Age')
  })

  // The corpus has each that is none, or too long.
  it.each([TOKEN, WITHOUT_EXP])('is overridden by maxAge, rounded up: %s', (token) => {
    const written = ['15m', '400d', '34560000s', 0.001, 1.5, 86_400].map((duration) => maxAge(token, '08:00:00', { maxAge: duration }))
    expect(written).toEqual(['900', '34560000', '34560000', '1', '2', '86400'])
  })
})

describe('tokenCookie of 4096 bytes, the most that browsers keep of name and value', () => {
  const token = forge(`{"exp":1800003600,"a":"${'x'.repeat(2900)}"}`)
  const sized = (bytes: number): TokenCookieOptions => ({ cookie: 'n'.repeat(bytes - token.length) })

  it.each([4095, 4096])('accepts %s bytes, and does not count the attributes', (bytes) => {
    const line = set({ ...sized(bytes), path: `/${'p'.repeat(1000)}` }, token)
    expect(line.indexOf(';')).toBe(bytes + '='.length)
  })

  it('rejects one more, and says what to do', () => {
    const message = 'cookie has 4097 bytes; browsers keep at most 4096: put less in the claims'
    expect(() => set(sized(4097), token)).toThrow(new RangeError(message))
  })
})

describe('clearTokenCookie', () => {
  it('removes the default cookie of tokenCookie', () => {
    expect(clear()).toBe('jwt=; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=0')
  })

  it('has the attributes of the cookie that it removes, with the same options', () => {
    const options = { cookie: 'session', domain: 'example.com', path: '/app', sameSite: 'None', partitioned: true, now }
    expect(clear(options)).toBe(set(options).replace(TOKEN, '').replace('Max-Age=3600', 'Max-Age=0'))
  })
})

const NAMES = listed("jwt | J | 0 | a-b_c | !#$%&'*+.^_`|~- | __proto__ | constructor | $Path")
const NO_NAMES = ['', '=', 'jwt=x; a', 'jwt; Domain=evil.example', ...withEach([...HOSTILE, ...'=;, "\\/:@[](){}<>?'], 'jwt')]

const DOMAINS = listed('example.com | a.b.c.example | localhost | xn--bcher-kva.example | Example.COM | 1.example')
const LONGEST_DOMAINS = [`${'a'.repeat(63)}.example`, `${'a.'.repeat(126)}a`]
const NO_DOMAINS = listed('example.com. | user@example.com | boo\u212a.example | u\u017fer.example')
const TOO_LONG = [`${'a'.repeat(64)}.example`, `${'a.'.repeat(126)}aa`, `.${'a.'.repeat(126)}aa`]

const PATHS = listed(`/ | // | /app/ | /a%20b | /a,b | /a=b | /"a" | /Max-Age=0 | /a\\b | /!#$%&'()*+-.:<>?@[]^_\`{|}~`)
const NO_PATHS = ['', 'app', './app', 'https://example.com/app', '/; Domain=evil.example', `/${'p'.repeat(1024)}`]

describe.each([
  ['name', 'cookie', NAMES, NO_NAMES, (name: string) => `${name}=`],
  [
    'domain, also with a dot in front, which is not written',
    'domain',
    [...DOMAINS, ...LONGEST_DOMAINS].flatMap((domain) => [domain, `.${domain}`]),
    [...NO_DOMAINS, ...TOO_LONG, ...withEach([...HOSTILE, ...'=;, /:@*_%"\\'], 'example.com')],
    (domain: string) => `; Domain=${domain.replace(/^\./, '')}; Path=/; `,
  ],
  [
    'path',
    'path',
    [...PATHS, `/${'p'.repeat(1023)}`],
    [...NO_PATHS, ...withEach([...HOSTILE, ...' ;'], '/app')],
    (path: string) => `; Path=${path}; HttpOnly; `,
  ],
] as const)('the %s of a cookie', (_what, option, good, bad, written) => {
  it.each(good)('may be %s', (value) => {
    for (const [, write] of each) expect(write({ [option]: value })).toContain(written(value))
  })

  it.each([...NOT_STRINGS, ...bad])('is a TypeError if it is %j', (value) => {
    for (const [, write] of each) expect(() => write({ [option]: value })).toThrow(TypeError)
  })
})

describe.each(each)('%s: a name with a prefix', (_name, write) => {
  const hostHttps = ['__Host-Http-jwt', '__hOsT-hTtP-jwt', '__Host-Http-']
  const hosts = ['__Host-jwt', '__hOsT-jwt', '__Host-', '__Host-__Secure-jwt', ...hostHttps]
  const https = ['__Http-jwt', '__hTtP-jwt', '__Http-', '__Http-Host-jwt']
  const secures = ['__Secure-jwt', '__sEcUrE-jwt', '__Secure-', '__Secure-__Host-jwt']

  it.each(hosts)('%s needs Secure, no Domain and Path=/', (name) => {
    expect(write({ cookie: name, path: '/', secure: true })).toMatch(/^[^;]+; Path=\/; HttpOnly; Secure; SameSite=Lax; Max-Age=\d+$/)
    for (const wrong of [{ secure: false }, { domain: 'example.com' }, { path: '/app' }, { path: '//' }])
      expect(() => write({ cookie: name, ...wrong })).toThrow(TypeError)
  })

  it.each([...secures, ...https])('%s needs Secure, but may have a domain and a path', (name) => {
    expect(write({ cookie: name, domain: 'example.com', path: '/app' })).toContain('; Domain=example.com; Path=/app; HttpOnly; Secure; ')
    expect(() => write({ cookie: name, secure: false })).toThrow(TypeError)
  })

  it.each([...https, ...hostHttps])('%s needs HttpOnly', (name) => {
    expect(() => write({ cookie: name, httpOnly: false })).toThrow(
      new TypeError('httpOnly must be true with the prefix __Http- or __Host-Http-'),
    )
  })

  it.each([...secures, '__Host-jwt', '__Host-Https-jwt', '__Host-jwt-Http-', '__Host-__Http-jwt'])('%s does not need HttpOnly', (name) => {
    expect(write({ cookie: name, httpOnly: false })).not.toContain('HttpOnly')
  })

  it.each(['a__Secure-jwt', 'a__Host-jwt', '_Secure-jwt', '__Securejwt', 'a__Http-jwt', '__HostHttp-jwt'])(
    '%s needs nothing, because it only looks like a prefix',
    (name) => {
      const open = { secure: false, httpOnly: false, domain: 'example.com' }
      expect(write({ cookie: name, ...open })).toContain('; Domain=example.com; Path=/; SameSite=Lax; ')
    },
  )
})

describe.each(each)('%s: the other options', (_name, write) => {
  const noClocks = [new Date(), () => new Date(NaN), () => 1_800_000_000, undefined].map((clock) => ({ now: clock }))
  const others = [{ sameSite: 'x Lax' }, { sameSite: ['Lax'] }, { Secure: true }, null, 'jwt', ['jwt'], Object.create({ secure: false })]

  it.each([...noClocks, ...others])('are a TypeError if they are %j', (options) => expect(() => write(options)).toThrow(TypeError))

  it('may be sameSite in any letter case', () => {
    for (const site of ['Strict', 'Lax', 'None'])
      for (const sameSite of [site, site.toLowerCase(), site.toUpperCase()])
        expect(write({ sameSite })).toContain(`; Path=/; HttpOnly; Secure; SameSite=${site}; Max-Age=`)
    for (const sameSite of ['None', 'none', 'NONE']) expect(() => write({ sameSite, secure: false })).toThrow(TypeError)
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
  })
})
