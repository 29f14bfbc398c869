/** What holds of `hs256/http` for anything. A failure prints its seed and path: `fc.assert(…, { seed, path })` runs it again. */
import fc from 'fast-check'
import { createKey, JwtError, verify } from 'hs256'
import {
  authenticate,
  challenge,
  clearTokenCookie,
  forbidden,
  isCrossOrigin,
  readTokens,
  tokenCookie,
  unauthorized,
  type HttpRequest,
  type RequestHeaders,
} from 'hs256/http'
import { describe, expect, it, vi } from 'vitest'
import { base64url } from './bytes.ts'
import { macOf } from './mac.ts'
import { runs } from './runs.ts'

const numRuns = runs(100)
vi.setConfig({ testTimeout: 10_000 + 20 * numRuns })

const SECRET = 'correct horse battery staple, 32+'
const key = createKey(SECRET)
const now = (): Date => new Date('2027-01-15T08:00:00Z')

const TOKEN = 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHAiOjE4MDAwMDM2MDAsInN1YiI6InUxIn0.dCHj3DhiqahR8vEnwbWt5oLwlvY4Wjl2NE4mAXVe4Rc'

function forge(payload: string): string {
  const signingInput = [`{"alg":"HS256"}`, payload].map((part) => base64url(part)).join('.')
  return `${signingInput}.${macOf(signingInput, SECRET)}`
}

/** Any text: lone surrogates, NUL and the names that every object inherits included. */
const text = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), fc.constantFrom('__proto__', 'toString'))

/** Texts put together of what means something in these headers. */
const pieces = (...words: readonly string[]): fc.Arbitrary<string> =>
  fc.array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...words) }, text), { maxLength: 8 }).map((parts) => parts.join(''))
const SEPARATORS = [' ', '  ', ';', '; ', ',', ', ', '=', '"', '\t', '\r\n', '\0', '\u00a0', '%3D', '.']
const cookies = pieces('jwt', 'JWT', 'jwt=', 'jwt=', 'jwtx=', `jwt=${TOKEN}`, TOKEN, '__proto__=', ...SEPARATORS)
const authorizations = pieces('Bearer', 'bearer ', 'Bearer ', `Bearer ${TOKEN}`, TOKEN, 'Basic ', 'a=', ...SEPARATORS)
const header = fc.oneof(cookies, authorizations, text)
const values = fc.oneof(header, fc.array(header, { maxLength: 3 }), fc.constant(undefined))
const sites = fc.oneof(fc.constantFrom('same-origin', 'same-site', 'cross-site', 'none'), text)
const origins = fc.oneof(pieces('https://', 'http://', 'orders.example', 'app.example', ':443', 'null', '/'), text)

/** Headers as Node gives them, in any letter case, of any text. */
const headerSets: fc.Arbitrary<RequestHeaders> = fc.dictionary(
  fc.oneof(
    fc.constantFrom('cookie', 'Cookie', 'COOKIE', 'authorization', 'Authorization', 'AUTHORIZATION'),
    fc.constantFrom('host', 'origin', 'Origin', 'sec-fetch-site', 'Sec-Fetch-Site', 'upgrade', 'access-control-request-method'),
    text,
  ),
  fc.oneof(values, sites, origins),
)
const sources = fc.subarray(['cookie', 'bearer'] as const, { minLength: 1 })
const methods = fc.oneof(fc.constantFrom('GET', 'POST', 'OPTIONS', 'HEAD', 'DELETE'), text)

/** All texts of a header, however its name is written. */
function textsOf(headers: RequestHeaders, name: string): readonly string[] {
  return Object.entries(headers)
    .filter(([key]) => key.toLowerCase() === name)
    .flatMap(([, value]) => (value as string | readonly string[] | undefined) ?? [])
}

describe('readTokens', () => {
  it('never throws, finds at most one for each source, and what it finds stood in that source’s header', () => {
    fc.assert(
      fc.property(headerSets, sources, (headers, sources) => {
        const found = readTokens(headers, { sources })
        expect(found.map(({ source }) => source)).toEqual(sources.filter((source) => found.some((token) => token.source === source)))
        for (const { token, source } of found) {
          expect(token).not.toBe('')
          expect(token).not.toContain(';')
          const written = textsOf(headers, source === 'cookie' ? 'cookie' : 'authorization')
          expect(written.some((value) => value.includes(token))).toBe(true)
        }
      }),
      { numRuns: numRuns * 5 },
    )
  })

  it('finds of Fetch what it finds of Node', () => {
    const sendable = fc.oneof(cookies, authorizations).filter((value) => /^(?:[!-~](?:[ -~]*[!-~])?)?$/.test(value))
    fc.assert(
      fc.property(sendable, sendable, (cookie, authorization) => {
        const found = readTokens({ cookie, authorization })
        expect(readTokens(new Headers({ cookie, authorization }))).toEqual(found)
        expect(readTokens({ Cookie: [cookie], Authorization: [authorization] })).toEqual(found)
      }),
      { numRuns: numRuns * 2 },
    )
  })

  it('takes for a bearer token what RFC 6750 §2.1 does, and nothing else', () => {
    fc.assert(
      fc.property(fc.oneof(authorizations, text), (authorization) => {
        const [found] = readTokens({ authorization }, { sources: ['bearer'] })
        const [scheme = '', ...rest] = authorization.split(' ')
        const credentials = rest.filter((word, index) => word !== '' || index === rest.length - 1)
        const isBearer = /^[bB][eE][aA][rR][eE][rR]$/.test(scheme)
        const token = credentials.length === 1 && /^[A-Za-z0-9._~+/-]+=*$/.test(credentials[0]!) ? credentials[0] : undefined
        expect(found?.token).toBe(isBearer ? token : undefined)
      }),
      { numRuns: numRuns * 5 },
    )
  })

  it('takes for the cookie what RFC 6265bis §5.8.3 writes, where it is one', () => {
    const names = fc.constantFrom('jwt', 'JWT', 'jwtx', 'xjwt', '__Host-jwt', '', '\u00a0jwt', 'jwt ')
    const value = fc.string({ unit: fc.constantFrom('a', 'b', '=', '"', ' ', '%', '.'), maxLength: 3 })
    fc.assert(
      fc.property(fc.array(fc.tuple(names, value)), (pairs) => {
        const cookie = pairs.map(([name, value]) => `${name}=${value}`).join('; ')
        const mine = new Set(pairs.filter(([name]) => name === 'jwt').map(([, value]) => value))
        const [only] = mine
        const [found] = readTokens({ cookie }, { sources: ['cookie'] })
        expect(found?.token).toBe(mine.size === 1 && only !== '' ? only : undefined)
      }),
      { numRuns: numRuns * 3 },
    )
  })
})

describe('isCrossOrigin', () => {
  it('never throws, and lets nothing pass that says it is from elsewhere', () => {
    const requests = fc.record({ 'sec-fetch-site': sites, origin: origins, host: origins }, { requiredKeys: [] })
    const trustedOrigins = ['https://app.example']
    fc.assert(
      fc.property(methods, requests, (method, headers) => {
        if (isCrossOrigin(method, headers, { trustedOrigins })) return
        const { 'sec-fetch-site': site, origin, host } = headers
        const own = [`https://${host?.toLowerCase()}`, `http://${host?.toLowerCase()}`]
        const saysOtherwise = site === undefined ? origin !== undefined && !own.includes(origin) : !['same-origin', 'none'].includes(site)
        expect(['GET', 'HEAD', 'OPTIONS', 'TRACE'].includes(method) || origin === 'https://app.example' || !saysOtherwise).toBe(true)
      }),
      { numRuns: numRuns * 5 },
    )
  })
})

describe('authenticate', () => {
  it('answers any headers with a verdict, and lets in nobody without a token that verifies', async () => {
    await fc.assert(
      fc.asyncProperty(methods, headerSets, fc.boolean(), async (method, headers, optional) => {
        const result = await authenticate({ method, headers } as HttpRequest, key, { verify: { now }, optional })
        const written = [...textsOf(headers, 'cookie'), ...textsOf(headers, 'authorization')].join('\n')
        if (result.status === 'authenticated') expect(written).toContain(TOKEN)
        if (result.status === 'anonymous') expect(optional).toBe(true)
        if (result.status === 'preflight') expect(method).toBe('OPTIONS')
        if (result.status === 'denied') {
          expect([401, 403]).toContain(result.response.status)
          expect(new Response(result.response.body, result.response).status).toBe(result.response.status)
        }
      }),
      { numRuns: numRuns * 3 },
    )
  })
})

/**
 * RFC 9110 §11.6.1 and §5.6: `challenge = auth-scheme 1*SP #auth-param`, `auth-param = token "=" quoted-string`, where
 * `quoted-string = DQUOTE *( HTAB / SP / %x21 / %x23-5B / %x5D-7E / obs-text ) DQUOTE`, here without escapes, tabs and obs-text, as RFC 6750
 * §3 wants it.
 */
const CHALLENGE = /^Bearer [a-z_]+="[ !#-[\]-~]*"(?:, [a-z_]+="[ !#-[\]-~]*")*$/

const parametersOf = (value: string): readonly (readonly [string, string])[] =>
  [...value.matchAll(/([a-z_]+)="([^"]*)"/g)].map(([, name = '', parameter = '']) => [name, parameter])

describe('challenge', () => {
  it('is one challenge of RFC 9110, whatever a claim is called', async () => {
    await fc.assert(
      fc.asyncProperty(
        text.filter((claim) => claim !== '' && !['exp', 'sub'].includes(claim)),
        async (claim) => {
          const error: unknown = await verify(TOKEN, key, { now, required: claim }).catch((thrown: unknown) => thrown)
          const value = challenge(error as JwtError)
          expect(value).toMatch(CHALLENGE)
          expect(parametersOf(value).map(([name]) => name)).toEqual(['realm', 'error', 'error_description'])
          expect(new Headers({ 'WWW-Authenticate': value }).get('WWW-Authenticate')).toBe(value)
          const { body } = unauthorized(error as JwtError)
          expect(JSON.parse(body)).toEqual({ error: 'invalid_token', message: `token has no ${claim}` })
        },
      ),
      { numRuns: numRuns * 3 },
    )
  })

  it('is one challenge of RFC 9110 or a TypeError, whatever realm and scope are', () => {
    const words = pieces('read', 'write', 'orders', '"', '\\', '\r\n', ', error="x"', ...SEPARATORS)
    fc.assert(
      fc.property(fc.record({ realm: words, scope: words }, { requiredKeys: [] }), fc.func(fc.boolean()), (options, pick) => {
        try {
          const value = pick() ? challenge(undefined, options) : String(forbidden(options).headers['WWW-Authenticate'])
          expect(value).toMatch(CHALLENGE)
          const parameters = new Map(parametersOf(value))
          expect(parameters.get('realm')).toBe(options.realm ?? 'jwt')
          expect(parameters.get('scope')).toBe(options.scope)
        } catch (error) {
          if (!(error instanceof TypeError)) throw error
          expect(error.message).toMatch(/^(?:realm|scope) must be /)
        }
      }),
      { numRuns: numRuns * 3 },
    )
  })
})

/**
 * RFC 6265bis §4.1.1:
 *
 *     set-cookie-string = BWS cookie-pair *( BWS ";" OWS cookie-av )
 *     cookie-pair       = cookie-name BWS "=" BWS cookie-value
 *     cookie-name       = token                                   ; RFC 9110 §5.6.2
 *     cookie-value      = *cookie-octet                           ; here of a compact JWT, or empty
 *     cookie-av         = expires-av / max-age-av / domain-av / path-av / secure-av / httponly-av / samesite-av / extension-av
 *     max-age-av        = "Max-Age" BWS "=" BWS non-zero-digit *DIGIT, or 0 to remove (§5.6.2)
 *     domain-value      = <subdomain>                             ; RFC 1034 §3.5
 *     path-value        = *av-octet                               ; %x20-3A / %x3C-7E
 *     samesite-value    = "Strict" / "Lax" / "None"
 */
const SET_COOKIE = new RegExp(
  [
    /^(?<name>[!#$%&'*+.^_`|~0-9A-Za-z-]+)=(?<value>(?:[\w-]+\.[\w-]+\.[\w-]+)?)/,
    /(?:; Domain=(?<domain>[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})*))?/,
    /; Path=(?<path>\/[ -:<-~]*)/,
    /(?<httpOnly>; HttpOnly)?/,
    /(?<secure>; Secure)?/,
    /; SameSite=(?<sameSite>Strict|Lax|None)/,
    /(?<partitioned>; Partitioned)?/,
    /(?:; Max-Age=(?<maxAge>0|[1-9]\d*))?$/,
  ]
    .map(({ source }) => source)
    .join(''),
)

/** What a browser makes of a line (RFC 6265bis §5.6): split at semicolons, white space cut off, names without letter case, the last wins. */
function parse(line: string): Readonly<Record<string, string | true>> {
  const [pair = '', ...rest] = line.split(';')
  const cut = (value: string): string => value.replaceAll(/^[ \t]+|[ \t]+$/g, '')
  const at = pair.indexOf('=')
  const attributes = rest.map((attribute) => {
    const [name = '', ...value] = attribute.split('=')
    return [cut(name).toLowerCase(), value.length === 0 ? true : cut(value.join('='))] as const
  })
  return { ...Object.fromEntries(attributes), name: cut(pair.slice(0, at)), value: cut(pair.slice(at + 1)) }
}

const cookieOptions = fc.record(
  {
    name: fc.oneof(pieces('jwt', '__Host-', '__secure-', '__HOST-', '='), fc.constantFrom('jwt', '__Host-jwt', '__Secure-jwt')),
    domain: fc.oneof(pieces('example', '.', '.com', 'a', ...SEPARATORS), fc.constantFrom('example.com', '.example.com')),
    path: fc.oneof(pieces('/', 'app', 'a', '; Domain=x', ...SEPARATORS), fc.constantFrom('/', '/app')),
    secure: fc.boolean(),
    httpOnly: fc.boolean(),
    sameSite: fc.oneof({ weight: 4, arbitrary: fc.constantFrom('Strict', 'Lax', 'None') }, pieces('Lax', 'None', ';', ' ')),
    partitioned: fc.boolean(),
    maxAge: fc.oneof(fc.integer({ min: -2, max: 40_000_000 }), fc.double({ min: 0, max: 3 }), pieces('1', '5', 'h', 'd', ';')),
  },
  { requiredKeys: [] },
)

interface AnyOptions {
  readonly [name: string]: unknown
}

/** What a browser must read back from the line that these options make. */
function wanted({ domain, path = '/', secure = true, httpOnly = true, sameSite = 'Lax', partitioned = false, ...options }: AnyOptions) {
  return {
    name: options['name'] ?? 'jwt',
    ...(domain !== undefined && { domain: (domain as string).replace(/^\./, '') }),
    path,
    ...(httpOnly === true && { httponly: true }),
    ...(secure === true && { secure: true }),
    samesite: sameSite,
    ...(partitioned === true && { partitioned: true }),
  }
}

function outcome(run: () => string): unknown {
  try {
    return run()
  } catch (error) {
    return error
  }
}

function expectCookie(line: string, value: string, options: AnyOptions): void {
  expect(line).toMatch(SET_COOKIE)
  const { 'max-age': maxAge, ...read } = parse(line)
  expect(read).toEqual({ ...wanted(options), value })
  if (maxAge !== undefined) expect(Number(maxAge)).toBeLessThanOrEqual(34_560_000)
  const { name, secure, domain, path, samesite, partitioned } = read
  if (/^__(?:host|secure)-/i.test(String(name)) || samesite === 'None' || partitioned === true) expect(secure).toBe(true)
  if (/^__host-/i.test(String(name))) expect([domain, path]).toEqual([undefined, '/'])
  expect(new Headers({ 'set-cookie': line }).getSetCookie()).toEqual([line])
}

describe('tokenCookie', () => {
  const tokens = fc.oneof(
    { weight: 3, arbitrary: fc.constant(TOKEN) },
    fc
      .dictionary(fc.constantFrom('exp', 'sub', 'a', '__proto__'), fc.oneof(fc.jsonValue(), fc.integer({ max: 2 ** 31 }), text))
      .map((claims) => forge(JSON.stringify(claims))),
    fc.constant(forge('{}')),
    fc.tuple(fc.constant(TOKEN), text).map((parts) => parts.join('')),
    text,
  )

  it('writes one line of RFC 6265bis that says what its options say, or throws', () => {
    fc.assert(
      fc.property(tokens, cookieOptions, (token, options) => {
        let line
        try {
          line = tokenCookie(token, { now, ...options } as never)
        } catch (error) {
          expect(error instanceof TypeError || error instanceof RangeError || error instanceof JwtError, String(error)).toBe(true)
          return
        }
        expectCookie(line, token, options)
        expect((options.name ?? 'jwt').length + token.length).toBeLessThanOrEqual(4096)
      }),
      { numRuns: numRuns * 10 },
    )
  })

  it('is removed by clearTokenCookie with the same options, of which both say the same', () => {
    fc.assert(
      fc.property(cookieOptions, ({ maxAge: _none, ...options }) => {
        const set = outcome(() => tokenCookie(TOKEN, { now, ...options } as never))
        const cleared = outcome(() => clearTokenCookie(options as never))
        if (typeof cleared !== 'string') {
          expect(set).toEqual(cleared)
          return
        }
        expectCookie(cleared, '', options)
        expect(cleared).toBe(
          String(set)
            .replace(TOKEN, '')
            .replace(/; Max-Age=\d+$/, '; Max-Age=0'),
        )
      }),
      { numRuns: numRuns * 5 },
    )
  })

  it('writes what readTokens reads', () => {
    fc.assert(
      fc.property(fc.constantFrom('jwt', '__Host-jwt', "!#$%&'*+.^_`|~-"), fc.constantFrom(TOKEN, forge('{}')), (name, token) => {
        const [pair = ''] = tokenCookie(token, { name, now }).split(';')
        expect(readTokens({ cookie: `a=b; ${pair}` }, { cookie: name })).toEqual([{ token, source: 'cookie' }])
      }),
      { numRuns: 10 },
    )
  })
})
