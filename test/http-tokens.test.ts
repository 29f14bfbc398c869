/** `readTokens`: what counts as the token of a request, in every spelling that came near one somewhere (RFC 6750 §2.1, RFC 6265bis §5.8.3). */
import { readTokens, type ReadTokensOptions, type RequestHeaders } from 'hs256/http'
import { describe, expect, it } from 'vitest'
import { GOOD as A, HOSTILE, listed, NOT_STRINGS, OTHER as B, spellings } from './support/http-tokens.ts'

const read = (headers: unknown, options?: unknown): readonly unknown[] =>
  readTokens(headers as RequestHeaders, options as ReadTokensOptions | undefined)

/** A proxy of a plain object, which answers `get` as well. */
const proxied = (headers: Readonly<Record<string, string>>): object =>
  new Proxy(headers, {
    get: (target, name) => (name === 'get' ? (header: string) => target[header.toLowerCase()] : Reflect.get(target, name)),
  })

const bearer = (authorization: string): string | undefined => readTokens({ authorization }, { sources: ['bearer'] })[0]?.token

const cookie = (value: string, name = 'jwt'): string | undefined =>
  readTokens({ cookie: value }, { cookie: name, sources: ['cookie'] })[0]?.token

describe('readTokens', () => {
  it('finds nothing without headers', () => {
    for (const headers of [{}, new Headers(), ...['', undefined, []].map((value) => ({ cookie: value, authorization: value }))])
      expect(read(headers)).toEqual([])
  })

  it('finds one token for each source, in the order of sources, and only in these; by default the cookie’s first', () => {
    const headers = { authorization: `Bearer ${A}`, cookie: `jwt=${B}` }
    const [byCookie, byBearer] = [
      { token: B, source: 'cookie' },
      { token: A, source: 'bearer' },
    ]
    expect(read(headers)).toEqual([byCookie, byBearer])
    expect(read(headers, { sources: ['bearer', 'cookie'] })).toEqual([byBearer, byCookie])
    expect(read(headers, { sources: ['bearer'] })).toEqual([byBearer])
    expect(read(headers, { sources: ['cookie'] })).toEqual([byCookie])
  })

  it('finds both, even if they are equal', () => {
    expect(read({ authorization: `Bearer ${A}`, cookie: `jwt=${A}` })).toHaveLength(2)
  })

  it('finds the token of one source if the other has none', () => {
    expect(read({ authorization: 'Basic eDp5', cookie: `jwt=${A}` })).toEqual([{ token: A, source: 'cookie' }])
    expect(read({ authorization: `Bearer ${A}`, cookie: `jwt=${A}; jwt=${B}` })).toEqual([{ token: A, source: 'bearer' }])
  })

  it('never reads a URL or any other header', () => {
    const others = 'cookie2 set-cookie jwt access_token sec-websocket-protocol'
    const elsewhere = `:path url referer x-access-token x-jwt proxy-authorization x-forwarded-authorization ${others}`.split(' ')
    for (const name of elsewhere) expect(read({ [name]: `Bearer ${A}` }), name).toEqual([])
    for (const name of elsewhere) expect(read({ [name]: `jwt=${A}` }), name).toEqual([])
    const request = new Request(`https://orders.example/?access_token=${A}&jwt=${A}&token=${A}`)
    expect(read(request.headers)).toEqual([])
    expect(read({ ':path': `/?access_token=${A}`, url: `/?jwt=${A}` })).toEqual([])
  })

  it('does not change its arguments', () => {
    const options = Object.freeze({ cookie: 'jwt', sources: Object.freeze(['bearer', 'cookie'] as const) })
    const headers = Object.freeze({ cookie: Object.freeze([`jwt=${A}`]), authorization: Object.freeze([`Bearer ${B}`]) })
    expect(readTokens(headers, options)).toHaveLength(2)
  })
})

describe('readTokens of Authorization', () => {
  it.each(['Bearer ', 'bearer ', 'BEARER ', 'bEaReR ', 'Bearer  ', `Bearer${' '.repeat(1000)}`])('accepts a token after %j', (scheme) => {
    expect(bearer(`${scheme}${A}`)).toBe(A)
  })

  it('accepts every b64token of RFC 6750, without reading it', () => {
    for (const token of ['x', '.', '..', '0', 'a.b.c', 'a-._~+/', 'a=', 'a====', `${A}=`, 'Bearer', 'jwt', '__proto__', 'constructor'])
      expect(bearer(`Bearer ${token}`)).toBe(token)
  })

  it('finds none in a bare token', () => {
    expect(bearer(A)).toBeUndefined()
  })

  it.each(['', ' ', 'Bearer', 'Bearer ', `Bearer${' '.repeat(1000)}`, ` Bearer ${A}`, `Bearer ${A} `, `Bearer ${A}, `])(
    'finds none in %j',
    (authorization) => expect(bearer(authorization)).toBeUndefined(),
  )

  it.each([...HOSTILE, ...':,;*"\'\\<('])('finds none with %j for the space, beside it, at the start or at the end', (character) => {
    for (const separator of [character, ` ${character}`, `${character} `]) expect(bearer(`Bearer${separator}${A}`)).toBeUndefined()
    expect(bearer(`${character}Bearer ${A}`)).toBeUndefined()
    expect(bearer(`Bearer ${A}${character}`)).toBeUndefined()
    expect(bearer(`Bea${character}rer ${A}`)).toBeUndefined()
  })

  it.each(
    spellings(`
      Bearer$A | Bearer=$A | Basic dXNlcjpwYXNz | Basic $A | JWT $A | Token $A | Digest username="$A" | Negotiate $A | DPoP $A | undefined
      BearerX $A | XBearer $A | X-Bearer $A | Beare $A | Bearer Bearer $A | "Bearer" $A | Authorization: Bearer $A
      B\u0435arer $A | \u0392earer $A | Bearer\u0301 $A | \uff22\uff45\uff41\uff52\uff45\uff52 $A | 𝐁𝐞𝐚𝐫𝐞𝐫 $A
      Bearer "$A" | Bearer '$A' | Bearer <$A> | Bearer token="$A" | Bearer token=$A | Bearer user:$A | Bearer \u017f | Bearer \u212a
      Bearer =$A | Bearer ==== | Bearer a=b | Bearer $A x | Bearer x $A | Bearer $A $B | Bearer $A $A | Bearer $A, realm="x"
      Bearer $A; realm=x | Bearer $A, Bearer $B | Bearer $A, Bearer $A | Bearer $A,Bearer $B | Bearer $A,$B
      Basic eDp5, Bearer $A | Bearer $A, Basic eDp5
    `),
  )('finds none in %s', (_written, authorization) => {
    expect(bearer(authorization)).toBeUndefined()
  })

  it('finds none in a token that is spelled otherwise', () => {
    for (const token of [`%65${A.slice(1)}`, `\u0435${A.slice(1)}`, A.replace('.', '\uff0e')])
      expect(bearer(`Bearer ${token}`), token).toBeUndefined()
  })

  it('finds none in a repeated header, even if both are equal, nor in pieces that would make one', () => {
    const lists = [
      [`Bearer ${A}`, `Bearer ${B}`],
      ['Bearer', A],
      ['Bearer ', A],
      [`Bearer ${A.slice(0, 9)}`, A.slice(9)],
    ]
    for (const authorization of lists) expect(read({ authorization })).toEqual([])
    expect(read({ authorization: `Bearer ${A}`, Authorization: `Bearer ${A}` })).toEqual([])
    expect(read({ authorization: [`Bearer ${A}`], AUTHORIZATION: [`Basic eDp5`] })).toEqual([])
    const headers = new Headers({ authorization: `Bearer ${A}` })
    headers.append('Authorization', `Bearer ${B}`)
    expect(read(headers)).toEqual([])
  })
})

describe('readTokens of the cookie', () => {
  it.each(
    spellings(`
      jwt=$A | jwt=$A; theme=dark | theme=dark; jwt=$A | theme=dark; jwt=$A; lang=de | theme=dark;jwt=$A;lang=de
      theme=dark;   jwt=$A;   lang=de | jwt=$A; | ; jwt=$A | ;; ;jwt=$A; ; ; | jwt=$A; jwt=$A | jwt=$A; theme=dark; jwt=$A; jwt=$A
      xjwt=$B; jwt=$A; jwtx=$B; jwt2=$B; my-jwt=$B; jwt.sig=$B; __Host-jwt=$B; __Secure-jwt=$B | JWT=$B; jwt=$A; Jwt=$B; jwT=$B
      =jwt=$B; jwt=$A; =$B; $B | jwt; jwt=$A; jwt | \u00a0jwt=$B; jwt=$A | x=jwt=$B; jwt=$A; y="jwt=$B"; z=a jwt=$B
      a="; jwt=$A; b=" | a="x; jwt=$A; y" | a=%; b=%zz; jwt=$A; %=%E0%A4%A; c=%ff
      __proto__=$B; constructor=$B; jwt=$A; toString=$B; hasOwnProperty=$B
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
      theme=dark | jwt | jwt= | jwt=; jwt= | xjwt=$A | jwtx=$A | .jwt=$A | JWT=$A | Jwt=$A | =$A | =jwt=$A | $A | jwt =$A | jwt[]=$A
      %6Awt=$A | jwt%3D$A | jwt\uff1d$A | jw\u0442=$A | \uff4a\uff57\uff54=$A | "jwt"=$A | jwt:$A | a=b, jwt=$A | a=jwt=$A
      a="jwt=$A" | $Version=1, jwt=$A | jwt=$A; jwt=$B | jwt=$A;jwt=$B | jwt=$A; theme=dark; jwt=$B | jwt=$A; jwt=$A; jwt=$B
      jwt=$A; jwt= | jwt=; jwt=$A | jwt=$A; jwt=$A ; | jwt=$A; jwt="$A"
    `),
  )('finds none in %s', (_written, value) => {
    expect(cookie(value)).toBeUndefined()
  })

  it('finds none in nothing, after a space at the very start, and in two values that differ only in case', () => {
    expect(['', ` jwt=${A}`, `jwt=${A}; jwt=${A.toLowerCase()}`].map((value) => cookie(value))).toEqual([undefined, undefined, undefined])
  })

  it('returns the value verbatim: not trimmed, decoded or unquoted', () => {
    const spelled = spellings('"$A" | $A% | %E0%A4%A | $A= | = | == | j:$A | Bearer $A | $A, jwt=$B | $A,$B | undefined | null | " | ""')
    for (const value of [...spelled.map(([, value]) => value), '\u00a0', `${A} `, ` ${A}`, `${A}\t`, `%65${A.slice(1)}`])
      expect(cookie(`jwt=${value}`)).toBe(value)
  })

  it('finds none if two header lines differ, and one if they are equal', () => {
    for (const [first, second, token] of [
      [`jwt=${A}`, `jwt=${B}`, undefined],
      [`jwt=${A}`, 'jwt=', undefined],
      [`jwt=${A}`, `jwt=${A}`, A],
      ['theme=dark', `jwt=${A}`, A],
      [`jwt=${A}`, 'theme=dark', A],
    ] as const) {
      const joined = `${first}; ${second}`
      const all = [{ cookie: [first, second] }, { cookie: first, Cookie: second }, { cookie: joined }, new Headers({ cookie: joined })]
      expect(all.map((headers) => readTokens(headers)[0]?.token)).toEqual([token, token, token, token])
    }
  })

  it('makes no cookie of the pieces of two header lines', () => {
    expect(read({ cookie: ['jwt', `=${A}`] })).toEqual([])
    expect(read({ cookie: ['jwt=', A] })).toEqual([])
  })

  it.each(['__proto__', 'constructor', 'toString', '__Host-jwt', "!#$%&'*+.^_`|~-", 'a.b', '0'])('may be called %s', (name) => {
    expect(cookie(`${name}=${A}; jwt=${B}`, name)).toBe(A)
    expect(cookie(`jwt=${B}`, name)).toBeUndefined()
  })

  it('compares the name as a string, not as a pattern', () => {
    for (const [written, name] of [
      ['jxt', 'j.t'],
      ['jwtt', 'jwt+'],
      ['', 'jwt*'],
      ['jwt', 'x|jwt'],
    ] as const)
      expect(cookie(`${written}=${A}`, name)).toBeUndefined()
  })

  it('finds it among 20 000 others', { tags: 'large' }, () => {
    const others = Array.from({ length: 20_000 }, (_, index) => `c${index}=${index}`)
    expect(cookie([...others, `jwt=${A}`].join('; '))).toBe(A)
    expect(cookie([`jwt=${A}`, ...others].join('; '))).toBe(A)
    expect(cookie([`jwt=${A}`, ...others, `jwt=${B}`].join('; '))).toBeUndefined()
    expect(cookie(Array.from({ length: 20_000 }, () => `jwt=${A}`).join('; '))).toBe(A)
    expect(cookie(Array.from({ length: 20_000 }, (_, index) => `jwt=${index}`).join('; '))).toBeUndefined()
  })
})

describe('readTokens of headers', () => {
  const found = [
    { token: B, source: 'cookie' },
    { token: A, source: 'bearer' },
  ]

  const both = { authorization: `Bearer ${A}`, cookie: `jwt=${B}` }
  const get = (name: string): string | null => ({ ...both })[name] ?? null

  it.each<[string, unknown]>([
    ['Fetch', new Headers(both)],
    ['another implementation of Fetch', { get, getSetCookie: () => [] }],
    ['an old implementation of Fetch, which has only its tag', { get, [Symbol.toStringTag]: 'Headers' }],
    ['no prototype', Object.assign(Object.create(null) as object, both)],
    ['lists of one', { authorization: [`Bearer ${A}`], cookie: [`jwt=${B}`] }],
    ['lower case', both],
    ['title case', { Authorization: `Bearer ${A}`, Cookie: `jwt=${B}` }],
    ['upper case', { AUTHORIZATION: `Bearer ${A}`, COOKIE: `jwt=${B}` }],
    ['any case', { aUTHORIZATIOn: `Bearer ${A}`, cOOkie: `jwt=${B}` }],
    ['a header called get', { get: 'x', ...both }],
    ['headers called like members of every object', { ['__proto__']: 'x', constructor: 'x', ...both }],
    ['an empty one in another case as well', { Authorization: undefined, Cookie: [], ...both }],
    ['a proxy of a plain object that answers get, as node-mocks-http has it', proxied(both)],
    ['other headers that are not strings', { 'content-length': 5, ...both }],
  ])('reads them of %s', (_what, headers) => {
    expect(read(headers)).toEqual(found)
  })

  it('does not take a look-alike for the name of a header', () => {
    for (const name of ['authorization ', 'Author\u0131zation', 'authori\u017fation', 'cook\u0131e', ' cookie', 'cookie\0'])
      expect(read({ [name]: name.toLowerCase().startsWith('a') ? `Bearer ${A}` : `jwt=${A}` }), name).toEqual([])
  })

  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['a string', `jwt=${A}`],
    ['a number', 5],
    ['a function', () => `Bearer ${A}`],
    ['a Fetch Request instead of its headers', new Request('https://orders.example', { headers: { cookie: `jwt=${A}` } })],
    ['Node’s raw headers', ['cookie', `jwt=${A}`]],
    ['a Map', new Map([['cookie', `jwt=${A}`]])],
    ['a query', new URLSearchParams({ cookie: `jwt=${A}` })],
    ['a framework’s context', { get: () => `jwt=${A}`, has: () => true }],
    ['a record whose own get is a function', { get: () => `jwt=${A}`, cookie: `jwt=${A}` }],
    ['a class with get', Object.assign(new (class Context {})(), { get: () => `jwt=${A}` })],
    ['a list of entries', [['cookie', `jwt=${A}`]]],
    ['an object that inherits them', Object.create({ authorization: `Bearer ${A}`, cookie: `jwt=${B}` })],
    ['a cookie that is a number', { cookie: 5 }],
    ['a cookie that is an object', { cookie: { jwt: A } }],
    ['a cookie that is null in a list', { cookie: [null] }],
    ['an Authorization that is an object with toString', { authorization: { toString: () => `Bearer ${A}` } }],
    ['an Authorization that is true', { authorization: true }],
    ['a list with a number', { authorization: [`Bearer ${A}`, 5] }],
    ['get that returns a number', { get: () => 5, [Symbol.toStringTag]: 'Headers' }],
  ])('throws a TypeError for %s', (_what, headers) => {
    expect(() => read(headers)).toThrow(TypeError)
  })
})

describe('readTokens with a mistake in its options', () => {
  it.each<readonly [string, unknown]>([
    ['null', null],
    ['a string', 'jwt'],
    ['a list', ['cookie']],
    ['sources that are a function', { sources: () => A }],
    ['an unknown option', { name: 'jwt' }],
    ['a cookie without a name', { cookie: '' }],
    ['a cookie that is a RegExp', { cookie: /jwt/ }],
    ...NOT_STRINGS.map((name) => [`a cookie that is ${typeof name}`, { cookie: name }] as const),
    ...['jwt=', 'jwt;', 'jwt,', 'j wt', 'jwt\n', '"jwt"', 'jẃt'].map((name) => [`the cookie ${name}`, { cookie: name }] as const),
    ['sources that are undefined', { sources: undefined }],
    ['no source', { sources: [] }],
    ['a known and an unknown source', { sources: ['cookie', 'body'] }],
    ['the same source twice', { sources: ['cookie', 'cookie'] }],
    ...['', 'query', 'toString', '__proto__', 'Cookie', null].map((source) => [`the source ${source}`, { sources: [source] }] as const),
  ])('throws a TypeError for %s', (_what, options) => {
    const mistake = /^(?:options|cookie|sources|unknown option) (?:must|is undefined|name)/
    for (const headers of [{ cookie: `jwt=${A}` }, {}])
      for (const wanted of [TypeError, mistake]) expect(() => read(headers, options)).toThrow(wanted)
  })
})
