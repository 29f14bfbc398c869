/** `readTokens`: what counts as the token of a request (RFC 6750 §2.1, RFC 6265bis §5.8.3). The corpus has more that came near one somewhere. */
import { readTokens, type ReadTokensOptions, type RequestHeaders } from 'hs256/http'
import { describe, expect, it } from 'vitest'
import { GOOD as A, HOSTILE, listed, NOT_STRINGS, OTHER as B } from './support/http-tokens.ts'

const read = (headers: unknown, options?: unknown): readonly unknown[] =>
  readTokens(headers as RequestHeaders, options as ReadTokensOptions | undefined)

const bearer = (authorization: string): string | undefined => readTokens({ authorization }, { sources: ['bearer'] })[0]?.token

const cookie = (value: string, name = 'jwt'): string | undefined =>
  readTokens({ cookie: value }, { cookie: name, sources: ['cookie'] })[0]?.token

/** Rows of a table out of a text: each string as it is written, and with tokens for `$A` and `$B`. */
const spellings = (text: string): readonly (readonly [written: string, value: string])[] =>
  listed(text).map((written) => [written, written.replaceAll('$A', A).replaceAll('$B', B)] as const)

const BOTH = { authorization: `Bearer ${A}`, cookie: `jwt=${B}` }
const BY_COOKIE = { token: B, source: 'cookie' }
const BY_BEARER = { token: A, source: 'bearer' }

describe('readTokens', () => {
  it('finds nothing without headers', () => {
    for (const headers of [{}, new Headers(), ...['', undefined, []].map((value) => ({ cookie: value, authorization: value }))])
      expect(read(headers)).toEqual([])
  })

  it('finds one token for each source, in the order of sources, and only in these; by default the cookie’s first', () => {
    expect(read(BOTH)).toEqual([BY_COOKIE, BY_BEARER])
    expect(read(BOTH, { sources: ['bearer', 'cookie'] })).toEqual([BY_BEARER, BY_COOKIE])
    expect(read(BOTH, { sources: ['bearer'] })).toEqual([BY_BEARER])
    expect(read(BOTH, { sources: ['cookie'] })).toEqual([BY_COOKIE])
  })

  it('finds both, even if they are equal, and the token of one source if the other has none', () => {
    expect(read({ authorization: `Bearer ${A}`, cookie: `jwt=${A}` })).toHaveLength(2)
    expect(read({ ...BOTH, authorization: 'Basic eDp5' })).toEqual([BY_COOKIE])
    expect(read({ ...BOTH, cookie: `jwt=${A}; jwt=${B}` })).toEqual([BY_BEARER])
  })

  it('never reads a URL or any other header', () => {
    const others = 'cookie2 set-cookie jwt access_token sec-websocket-protocol'
    const elsewhere = `:path url referer x-access-token x-jwt proxy-authorization x-forwarded-authorization ${others}`.split(' ')
    for (const name of elsewhere)
      for (const value of [`Bearer ${A}`, `jwt=${A}`, `/?access_token=${A}`]) expect(read({ [name]: value }), name).toEqual([])
    expect(read(new Request(`https://orders.example/?access_token=${A}&jwt=${A}&token=${A}`).headers)).toEqual([])
  })
})

describe('readTokens of Authorization', () => {
  it('accepts every b64token of RFC 6750, without reading it', () => {
    for (const token of ['x', '.', '..', '0', 'a.b.c', 'a-._~+/', 'a=', 'a====', 'Bearer', '__proto__'])
      for (const scheme of ['Bearer ', 'bEARER   ']) expect(bearer(`${scheme}${token}`)).toBe(token)
  })

  it('finds none in a bare token', () => {
    expect(bearer(A)).toBeUndefined()
  })

  it.each([...HOSTILE, ...':,;*"\'\\<('])('finds none with %j for the space, beside it, at the start or at the end', (character) => {
    for (const separator of [character, ` ${character}`, `${character} `]) expect(bearer(`Bearer${separator}${A}`)).toBeUndefined()
    for (const text of [`${character}Bearer ${A}`, `Bearer ${A}${character}`, `Bea${character}rer ${A}`])
      expect(bearer(text)).toBeUndefined()
  })

  it.each(
    spellings(`
      XBearer $A | Authorization: Bearer $A | \uff22\uff45\uff41\uff52\uff45\uff52 $A | Bearer \u017f | Bearer \u212a | Bearer %65$A
      Bearer =$A | Bearer ==== | Bearer a=b | Bearer x $A | Bearer $A,$B | Basic eDp5, Bearer $A
    `),
  )('finds none in %s', (_written, authorization) => {
    expect(bearer(authorization)).toBeUndefined()
  })

  it('finds none in a repeated header, even if both are equal, nor in pieces that would make one', () => {
    for (const authorization of [
      [BOTH.authorization, BOTH.authorization],
      ['Bearer', A],
      ['Bearer ', A],
      [`Bearer ${A.slice(0, 9)}`, A.slice(9)],
    ])
      expect(read({ authorization })).toEqual([])
    expect(read({ authorization: `Bearer ${A}`, Authorization: `Bearer ${A}` })).toEqual([])
    const headers = new Headers({ authorization: `Bearer ${A}` })
    headers.append('Authorization', `Bearer ${B}`)
    expect(read(headers)).toEqual([])
  })
})

describe('readTokens of the cookie', () => {
  it.each(
    spellings(`
      theme=dark;jwt=$A;lang=de | theme=dark;   jwt=$A;   lang=de | ; jwt=$A | ;; ;jwt=$A; ; ; | jwt=$A; theme=dark; jwt=$A; jwt=$A
      xjwt=$B; jwt=$A; jwtx=$B; my-jwt=$B; jwt.sig=$B; __Secure-jwt=$B; JWT=$B | =jwt=$B; jwt=$A; =$B; $B | jwt; jwt=$A; jwt
      x=jwt=$B; jwt=$A; y="jwt=$B"; z=a jwt=$B | a="; jwt=$A; b=" | __proto__=$B; constructor=$B; jwt=$A; toString=$B
    `),
  )('finds it in %s', (_written, value) => {
    expect(cookie(value)).toBe(A)
  })

  it.each([...HOSTILE])('finds none with %j before the name, within it or after it', (character) => {
    for (const name of listed('_jwt | a=b;_jwt | a=b; _jwt | a=b_jwt | j_wt | jwt_'))
      expect(cookie(`${name.replace('_', character)}=${A}`)).toBeUndefined()
  })

  it.each(
    spellings(`
      .jwt=$A | =$A | =jwt=$A | $A | jwt[]=$A | jwt%3D$A | jwt\uff1d$A | jwt:$A | a=jwt=$A | $Version=1, jwt=$A | jwt=$A;jwt=$B
      jwt=$A; jwt=$A; jwt=$B | jwt=; jwt= | jwt=$A; jwt= | jwt=; jwt=$A | jwt=$A; jwt=$A ; | jwt=$A; jwt="$A"
    `),
  )('finds none in %s', (_written, value) => {
    expect(cookie(value)).toBeUndefined()
  })

  it('finds none after a space at the very start, in two values that differ only in case, and in two pieces', () => {
    for (const value of [` jwt=${A}`, `jwt=${A}; jwt=${A.toLowerCase()}`]) expect(cookie(value)).toBeUndefined()
    expect(read({ cookie: ['jwt', `=${A}`] })).toEqual([])
    expect(read({ cookie: ['jwt=', A] })).toEqual([])
  })

  it('returns the value verbatim: not trimmed, decoded or unquoted', () => {
    const spelled = spellings('"$A" | $A% | %65$A | $A= | = | j:$A | $A, jwt=$B | undefined | ""').map(([, value]) => value)
    for (const value of [...spelled, '\u00a0', `${A} `, ` ${A}`, `${A}\t`]) expect(cookie(`jwt=${value}`)).toBe(value)
  })

  it('finds none if two header lines differ, and one if they are equal', () => {
    for (const [first, second, token] of [
      [`jwt=${A}`, `jwt=${B}`, undefined],
      [`jwt=${A}`, 'jwt=', undefined],
      [`jwt=${A}`, `jwt=${A}`, A],
      ['theme=dark', `jwt=${A}`, A],
    ] as const) {
      const joined = `${first}; ${second}`
      const all = [{ cookie: [first, second] }, { cookie: first, Cookie: second }, { cookie: joined }, new Headers({ cookie: joined })]
      expect(all.map((headers) => readTokens(headers)[0]?.token)).toEqual([token, token, token, token])
    }
  })

  it.each(['__proto__', 'constructor', '__Host-jwt', "!#$%&'*+.^_`|~-", '0'])('may be called %s', (name) => {
    expect(cookie(`${name}=${A}; jwt=${B}`, name)).toBe(A)
    expect(cookie(`jwt=${B}`, name)).toBeUndefined()
  })

  it('compares the name as a string, not as a pattern', () => {
    for (const [name, written] of Object.entries({ 'j.t': 'jxt', 'jwt+': 'jwtt', 'x|jwt': 'jwt' }))
      expect(cookie(`${written}=${A}`, name)).toBeUndefined()
  })

  it('finds it among 20 000 others', { tags: 'large' }, () => {
    const others = 'a=b; '.repeat(20_000)
    expect(cookie(`jwt=${A}; ${others}jwt=${A}`)).toBe(A)
    expect(cookie(`jwt=${A}; ${others}jwt=${B}`)).toBeUndefined()
    expect(cookie(`jwt=${A}; `.repeat(20_000))).toBe(A)
  })
})

/** A proxy of a plain object that answers `get` as well, as node-mocks-http has it. */
const proxied = (headers: Readonly<Record<string, string>>): object =>
  new Proxy(headers, {
    get: (target, name) => (name === 'get' ? (header: string) => target[header.toLowerCase()] : Reflect.get(target, name)),
  })

describe('readTokens of headers', () => {
  const get = (name: string): string | null => ({ ...BOTH })[name] ?? null

  it.each<[string, unknown]>([
    ['Fetch', new Headers(BOTH)],
    ['another implementation of Fetch', { get, getSetCookie: () => [] }],
    ['an old implementation of Fetch, which has only its tag', { get, [Symbol.toStringTag]: 'Headers' }],
    ['no prototype', Object.assign(Object.create(null) as object, BOTH)],
    ['lists of one', { authorization: [`Bearer ${A}`], cookie: [`jwt=${B}`] }],
    ['any case', { aUTHORIZATIOn: `Bearer ${A}`, COOKIE: `jwt=${B}` }],
    ['a header called get', { get: 'x', ...BOTH }],
    ['headers called like members of every object', { ['__proto__']: 'x', constructor: 'x', ...BOTH }],
    ['an empty one in another case as well', { Authorization: undefined, Cookie: [], ...BOTH }],
    ['a proxy of a plain object that answers get', proxied(BOTH)],
    ['other headers that are not strings', { 'content-length': 5, ...BOTH }],
  ])('reads them of %s', (_what, headers) => {
    expect(read(headers)).toEqual([BY_COOKIE, BY_BEARER])
  })

  it('does not take a look-alike for the name of a header', () => {
    for (const name of ['authorization ', 'Author\u0131zation', 'authori\u017fation']) expect(read({ [name]: `Bearer ${A}` })).toEqual([])
    for (const name of ['cook\u0131e', ' cookie', 'cookie\0']) expect(read({ [name]: `jwt=${A}` })).toEqual([])
  })

  it.each<[string, unknown]>([
    ['a function', () => `Bearer ${A}`],
    ['a Fetch Request instead of its headers', new Request('https://orders.example')],
    ['a query', new URLSearchParams({ cookie: `jwt=${A}` })],
    ['a record whose own get is a function', { get: () => `jwt=${A}`, cookie: `jwt=${A}` }],
    ['a class with get', Object.assign(new (class Context {})(), { get: () => `jwt=${A}` })],
    ['an object that inherits them', Object.create(BOTH)],
    ['a cookie that is null in a list', { cookie: [null] }],
    ['an Authorization that is an object with toString', { authorization: { toString: () => `Bearer ${A}` } }],
    ['a list with a number', { authorization: [`Bearer ${A}`, 5] }],
    ['get that returns a number', { get: () => 5, [Symbol.toStringTag]: 'Headers' }],
  ])('throws a TypeError for %s', (_what, headers) => {
    expect(() => read(headers)).toThrow(TypeError)
  })

  const noNames = [...NOT_STRINGS, '', /jwt/, 'jwt=', 'jwt;', 'j wt', '\njwt', 'jwt\n', '"jwt"', 'jẃt'].map((name) => ({ cookie: name }))
  const noSources = [undefined, [], () => A, ['cookie', 'body'], ['cookie', 'cookie'], [''], ['toString'], ['Cookie'], [null]]

  it.each<unknown>([null, ['cookie'], { name: 'jwt' }, ...noNames, ...noSources.map((sources) => ({ sources }))])(
    'throws a TypeError for the options %j',
    (options) => {
      for (const wanted of [TypeError, /^(?:options|cookie|sources|unknown option) (?:must|is undefined|name)/])
        expect(() => read({}, options)).toThrow(wanted)
    },
  )
})
