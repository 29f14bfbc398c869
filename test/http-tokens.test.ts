/** `readTokens`: what counts as the token of a request, in every spelling that came near one somewhere (RFC 6750 §2.1, RFC 6265bis §5.8.3). */
import { readTokens, type ReadTokensOptions, type RequestHeaders } from 'hs256/http'
import { describe, expect, it } from 'vitest'

const A = 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHAiOjE4MDAwMDM2MDAsInN1YiI6InUxIn0.dCHj3DhiqahR8vEnwbWt5oLwlvY4Wjl2NE4mAXVe4Rc'
const B = 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHAiOjE4MDAwMDM2MDAsInN1YiI6InUyIn0.8l1vmpuDjYCvzjsomNcLGo_55qX-si9rxkSfQ37_XRs'

const read = (headers: unknown, options?: unknown): readonly unknown[] =>
  readTokens(headers as RequestHeaders, options as ReadTokensOptions | undefined)

/** A proxy of a plain object, which answers `get` as well. */
const proxied = (headers: Readonly<Record<string, string>>): object =>
  new Proxy(headers, {
    get: (target, name) => (name === 'get' ? (header: string) => target[header.toLowerCase()] : Reflect.get(target, name)),
  })

/** The token of this `Authorization`, by itself. */
const bearer = (authorization: string): string | undefined => readTokens({ authorization }, { sources: ['bearer'] })[0]?.token

/** The token of this `Cookie`, by itself. */
const cookie = (value: string, name = 'jwt'): string | undefined =>
  readTokens({ cookie: value }, { cookie: name, sources: ['cookie'] })[0]?.token

describe('readTokens', () => {
  it('finds nothing without headers', () => {
    expect(read({})).toEqual([])
    expect(read(new Headers())).toEqual([])
    expect(read({ cookie: '', authorization: '' })).toEqual([])
    expect(read({ cookie: undefined, authorization: undefined })).toEqual([])
    expect(read({ cookie: [], authorization: [] })).toEqual([])
  })

  it('finds one token for each source, the cookie’s first', () => {
    expect(read({ authorization: `Bearer ${A}`, cookie: `jwt=${B}` })).toEqual([
      { token: B, source: 'cookie' },
      { token: A, source: 'bearer' },
    ])
  })

  it('finds them in the order of sources, and only in these', () => {
    const headers = { authorization: `Bearer ${A}`, cookie: `jwt=${B}` }
    expect(read(headers, { sources: ['bearer', 'cookie'] })).toEqual([
      { token: A, source: 'bearer' },
      { token: B, source: 'cookie' },
    ])
    expect(read(headers, { sources: ['bearer'] })).toEqual([{ token: A, source: 'bearer' }])
    expect(read(headers, { sources: ['cookie'] })).toEqual([{ token: B, source: 'cookie' }])
  })

  it('finds both, even if they are equal', () => {
    expect(read({ authorization: `Bearer ${A}`, cookie: `jwt=${A}` })).toHaveLength(2)
  })

  it('finds the token of one source if the other has none', () => {
    expect(read({ authorization: 'Basic eDp5', cookie: `jwt=${A}` })).toEqual([{ token: A, source: 'cookie' }])
    expect(read({ authorization: `Bearer ${A}`, cookie: `jwt=${A}; jwt=${B}` })).toEqual([{ token: A, source: 'bearer' }])
  })

  it('never reads a URL or any other header', () => {
    const elsewhere = [
      ':path',
      'url',
      'referer',
      'x-access-token',
      'x-jwt',
      'proxy-authorization',
      'x-forwarded-authorization',
      'cookie2',
      'set-cookie',
      'jwt',
      'access_token',
      'sec-websocket-protocol',
    ]
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
  it.each([
    ['Bearer', `Bearer ${A}`],
    ['bearer', `bearer ${A}`],
    ['BEARER', `BEARER ${A}`],
    ['bEaReR', `bEaReR ${A}`],
    ['two spaces', `Bearer  ${A}`],
    ['a thousand spaces', `Bearer${' '.repeat(1000)}${A}`],
  ])('accepts %s', (_what, authorization) => {
    expect(bearer(authorization)).toBe(A)
  })

  it('accepts every b64token of RFC 6750, without reading it', () => {
    for (const token of ['x', '.', '..', '0', 'a.b.c', 'a-._~+/', 'a=', 'a====', `${A}=`, 'Bearer', 'jwt', '__proto__', 'constructor']) {
      expect(bearer(`Bearer ${token}`)).toBe(token)
    }
  })

  it.each([
    ['nothing', ''],
    ['a space', ' '],
    ['only the scheme', 'Bearer'],
    ['the scheme and a space', 'Bearer '],
    ['the scheme and many spaces', `Bearer${' '.repeat(1000)}`],
    ['no space', `Bearer${A}`],
    ['a bare token', A],
    ['a space at the start', ` Bearer ${A}`],
    ['a space at the end', `Bearer ${A} `],
    ['a tab for the space', `Bearer\t${A}`],
    ['a space and a tab', `Bearer \t${A}`],
    ['a tab and a space', `Bearer\t ${A}`],
    ['a tab at the end', `Bearer ${A}\t`],
    ['a vertical tab for the space', `Bearer\v${A}`],
    ['a form feed for the space', `Bearer\f${A}`],
    ['CR for the space', `Bearer\r${A}`],
    ['LF for the space', `Bearer\n${A}`],
    ['CR LF for the space', `Bearer\r\n${A}`],
    ['CR LF and a space (obs-fold)', `Bearer\r\n ${A}`],
    ['CR LF at the end', `Bearer ${A}\r\n`],
    ['LF at the end', `Bearer ${A}\n`],
    ['NUL for the space', `Bearer\0${A}`],
    ['NUL at the end', `Bearer ${A}\0`],
    ['NUL at the start', `\0Bearer ${A}`],
    ['a no-break space', `Bearer\u00a0${A}`],
    ['a no-break space after the space', `Bearer \u00a0${A}`],
    ['a no-break space at the end', `Bearer ${A}\u00a0`],
    ['an en quad', `Bearer\u2000${A}`],
    ['a zero-width space', `Bearer\u200b${A}`],
    ['a zero-width space after the space', `Bearer \u200b${A}`],
    ['a line separator', `Bearer\u2028${A}`],
    ['a line separator at the end', `Bearer ${A}\u2028`],
    ['a narrow no-break space', `Bearer\u202f${A}`],
    ['an ideographic space', `Bearer\u3000${A}`],
    ['a BOM at the start', `\ufeffBearer ${A}`],
    ['a BOM after the space', `Bearer \ufeff${A}`],
    ['a next line (C1)', `Bearer\u0085${A}`],
    ['a colon', `Bearer: ${A}`],
    ['an equals sign', `Bearer=${A}`],
    ['a comma', `Bearer,${A}`],
    ['Basic', 'Basic dXNlcjpwYXNz'],
    ['Basic with a token', `Basic ${A}`],
    ['JWT', `JWT ${A}`],
    ['Token', `Token ${A}`],
    ['Digest', `Digest username="${A}"`],
    ['Negotiate', `Negotiate ${A}`],
    ['DPoP', `DPoP ${A}`],
    ['a scheme that begins with it', `BearerX ${A}`],
    ['a scheme that ends with it', `XBearer ${A}`],
    ['a scheme with a hyphen before it', `X-Bearer ${A}`],
    ['Beare', `Beare ${A}`],
    ['the scheme twice', `Bearer Bearer ${A}`],
    ['the scheme quoted', `"Bearer" ${A}`],
    ['a Cyrillic e', `B\u0435arer ${A}`],
    ['a Greek capital beta', `\u0392earer ${A}`],
    ['full-width letters', `\uff22\uff45\uff41\uff52\uff45\uff52 ${A}`],
    ['a soft hyphen within', `Bea\u00adrer ${A}`],
    ['a combining mark', `Bearer\u0301 ${A}`],
    ['mathematical letters', `𝐁𝐞𝐚𝐫𝐞𝐫 ${A}`],
    ['a quoted token', `Bearer "${A}"`],
    ['a token in single quotes', `Bearer '${A}'`],
    ['a token in angle brackets', `Bearer <${A}>`],
    ['an opening quote', `Bearer "${A}`],
    ['a named token', `Bearer token="${A}"`],
    ['a token with a name and equals sign', `Bearer token=${A}`],
    ['a stray word at the end', `Bearer ${A} x`],
    ['a stray word at the start', `Bearer x ${A}`],
    ['two tokens', `Bearer ${A} ${B}`],
    ['two tokens that are equal', `Bearer ${A} ${A}`],
    ['a comma at the end', `Bearer ${A},`],
    ['a comma at the start', `,Bearer ${A}`],
    ['a list of two', `Bearer ${A}, Bearer ${B}`],
    ['a list of two that are equal', `Bearer ${A}, Bearer ${A}`],
    ['a list without spaces', `Bearer ${A},Bearer ${B}`],
    ['a list of tokens', `Bearer ${A},${B}`],
    ['a list with an empty member', `Bearer ${A}, `],
    ['a list that begins with Basic', `Basic eDp5, Bearer ${A}`],
    ['a list that ends with Basic', `Bearer ${A}, Basic eDp5`],
    ['a parameter at the end', `Bearer ${A}, realm="x"`],
    ['a semicolon at the end', `Bearer ${A};`],
    ['a parameter after a semicolon', `Bearer ${A}; realm=x`],
    ['an equals sign at the start', `Bearer =${A}`],
    ['only equals signs', 'Bearer ===='],
    ['an equals sign within', 'Bearer a=b'],
    ['a percent sequence', `Bearer %65${A.slice(1)}`],
    ['a letter of another alphabet', `Bearer \u0435${A.slice(1)}`],
    ['a full-width full stop', `Bearer ${A.replace('.', '\uff0e')}`],
    ['a long s, which some match with s', 'Bearer \u017f'],
    ['a Kelvin sign, which some match with k', 'Bearer \u212a'],
    ['a lone surrogate', `Bearer ${A}\ud800`],
    ['an asterisk', `Bearer ${A}*`],
    ['a backslash', `Bearer ${A}\\`],
    ['a colon in the token', `Bearer user:${A}`],
    ['the whole header line', `Authorization: Bearer ${A}`],
    ['the string undefined', `undefined`],
  ])('finds none in %s', (_what, authorization) => {
    expect(bearer(authorization)).toBeUndefined()
  })

  it('finds none in a repeated header, even if both are equal', () => {
    expect(read({ authorization: [`Bearer ${A}`, `Bearer ${B}`] })).toEqual([])
    expect(read({ authorization: [`Bearer ${A}`, `Bearer ${A}`] })).toEqual([])
    expect(read({ authorization: [`Bearer ${A}`, ''] })).toEqual([])
    expect(read({ authorization: `Bearer ${A}`, Authorization: `Bearer ${A}` })).toEqual([])
    expect(read({ authorization: [`Bearer ${A}`], AUTHORIZATION: [`Basic eDp5`] })).toEqual([])
    const headers = new Headers({ authorization: `Bearer ${A}` })
    headers.append('Authorization', `Bearer ${B}`)
    expect(read(headers)).toEqual([])
  })

  it('finds none in a list of pieces that would make one', () => {
    expect(read({ authorization: ['Bearer', A] })).toEqual([])
    expect(read({ authorization: ['Bearer ', A] })).toEqual([])
    expect(read({ authorization: [`Bearer ${A.slice(0, 9)}`, A.slice(9)] })).toEqual([])
  })
})

describe('readTokens of the cookie', () => {
  it.each([
    ['alone', `jwt=${A}`],
    ['first', `jwt=${A}; theme=dark`],
    ['last', `theme=dark; jwt=${A}`],
    ['in the middle', `theme=dark; jwt=${A}; lang=de`],
    ['without spaces', `theme=dark;jwt=${A};lang=de`],
    ['with more spaces', `theme=dark;   jwt=${A};   lang=de`],
    ['before a semicolon at the end', `jwt=${A};`],
    ['after a semicolon at the beginning', `; jwt=${A}`],
    ['among empty ones', `;; ;jwt=${A}; ; ;`],
    ['twice, with one value', `jwt=${A}; jwt=${A}`],
    ['three times, with one value', `jwt=${A}; theme=dark; jwt=${A}; jwt=${A}`],
    ['next to longer names', `xjwt=${B}; jwt=${A}; jwtx=${B}; jwt2=${B}; my-jwt=${B}; jwt.sig=${B}; __Host-jwt=${B}; __Secure-jwt=${B}`],
    ['next to names in another case', `JWT=${B}; jwt=${A}; Jwt=${B}; jwT=${B}`],
    ['next to a nameless cookie', `=jwt=${B}; jwt=${A}; =${B}; ${B}`],
    ['next to a bare name', `jwt; jwt=${A}; jwt`],
    ['next to one whose value contains the name', `x=jwt=${B}; jwt=${A}; y="jwt=${B}"; z=a jwt=${B}`],
    ['next to names that every object inherits', `__proto__=${B}; constructor=${B}; jwt=${A}; toString=${B}; hasOwnProperty=${B}`],
    ['next to one with a no-break space before its name', `\u00a0jwt=${B}; jwt=${A}`],
    ['next to bad percent sequences', `a=%; b=%zz; jwt=${A}; %=%E0%A4%A; c=%ff`],
    ['next to quotes that never close', `a="; jwt=${A}; b="`],
    ['next to a quoted value with a semicolon', `a="x; jwt=${A}; y"`],
  ])('finds it %s', (_where, value) => {
    expect(cookie(value)).toBe(A)
  })

  it.each([
    ['no cookie', ''],
    ['another one', 'theme=dark'],
    ['only the name', 'jwt'],
    ['an empty value', 'jwt='],
    ['an empty value twice', 'jwt=; jwt='],
    ['a prefix', `xjwt=${A}`],
    ['a suffix', `jwtx=${A}`],
    ['a dot in front', `.jwt=${A}`],
    ['upper case', `JWT=${A}`],
    ['title case', `Jwt=${A}`],
    ['nameless', `=${A}`],
    ['nameless, with the name in its value', `=jwt=${A}`],
    ['without a name and an equals sign', A],
    ['a space before the equals sign', `jwt =${A}`],
    ['a tab before the name', `\tjwt=${A}`],
    ['a tab after the semicolon', `a=b;\tjwt=${A}`],
    ['a space before the name at the very start', ` jwt=${A}`],
    ['a no-break space before the name', `\u00a0jwt=${A}`],
    ['a no-break space after a semicolon', `a=b; \u00a0jwt=${A}`],
    ['a BOM before the name', `\ufeffjwt=${A}`],
    ['a zero-width space before the name', `\u200bjwt=${A}`],
    ['an ideographic space before the name', `a=b;\u3000jwt=${A}`],
    ['a line separator before the name', `\u2028jwt=${A}`],
    ['a vertical tab before the name', `\vjwt=${A}`],
    ['LF before the name', `a=b;\njwt=${A}`],
    ['CR LF before the name', `a=b\r\njwt=${A}`],
    ['NUL before the name', `\0jwt=${A}`],
    ['NUL in the name', `j\0wt=${A}`],
    ['NUL after the name', `jwt\0=${A}`],
    ['a soft hyphen in the name', `j\u00adwt=${A}`],
    ['a percent sequence in the name', `%6Awt=${A}`],
    ['another for the equals sign', `jwt%3D${A}`],
    ['a full-width equals sign', `jwt\uff1d${A}`],
    ['a Cyrillic letter in the name', `jw\u0442=${A}`],
    ['full-width letters', `\uff4a\uff57\uff54=${A}`],
    ['a quoted name', `"jwt"=${A}`],
    ['a name in brackets', `jwt[]=${A}`],
    ['a colon for the equals sign', `jwt:${A}`],
    ['a comma for the semicolon', `a=b, jwt=${A}`],
    ['the value of another', `a=jwt=${A}`],
    ['the quoted value of another', `a="jwt=${A}"`],
    ['an attribute of RFC 2109', `$Version=1, jwt=${A}`],
    ['two values', `jwt=${A}; jwt=${B}`],
    ['two values without a space', `jwt=${A};jwt=${B}`],
    ['two values with another between', `jwt=${A}; theme=dark; jwt=${B}`],
    ['three, two of one value', `jwt=${A}; jwt=${A}; jwt=${B}`],
    ['a value and an empty one', `jwt=${A}; jwt=`],
    ['an empty one and a value', `jwt=; jwt=${A}`],
    ['a value and the same with a space', `jwt=${A}; jwt=${A} ;`],
    ['a value and the same in quotes', `jwt=${A}; jwt="${A}"`],
    ['two values that differ only in case', `jwt=${A}; jwt=${A.toLowerCase()}`],
  ])('finds none in %s', (_what, value) => {
    expect(cookie(value)).toBeUndefined()
  })

  it('returns the value verbatim: not trimmed, decoded or unquoted', () => {
    for (const value of [
      `"${A}"`,
      `${A} `,
      ` ${A}`,
      `${A}\t`,
      `%65${A.slice(1)}`,
      `${A}%`,
      '%E0%A4%A',
      `${A}=`,
      '=',
      '==',
      `j:${A}`,
      `Bearer ${A}`,
      `${A}, jwt=${B}`,
      `${A},${B}`,
      'undefined',
      'null',
      '\u00a0',
      '"',
      '""',
    ]) {
      expect(cookie(`jwt=${value}`)).toBe(value)
    }
  })

  it('finds none if two header lines differ, and one if they are equal', () => {
    const lines = (first: string, second: string): readonly unknown[] => {
      const joined = `${first}; ${second}`
      const all = [{ cookie: [first, second] }, { cookie: first, Cookie: second }, { cookie: joined }, new Headers({ cookie: joined })]
      return all.map((headers) => readTokens(headers)[0]?.token)
    }
    expect(lines(`jwt=${A}`, `jwt=${B}`)).toEqual([undefined, undefined, undefined, undefined])
    expect(lines(`jwt=${A}`, 'jwt=')).toEqual([undefined, undefined, undefined, undefined])
    expect(lines(`jwt=${A}`, `jwt=${A}`)).toEqual([A, A, A, A])
    expect(lines('theme=dark', `jwt=${A}`)).toEqual([A, A, A, A])
    expect(lines(`jwt=${A}`, 'theme=dark')).toEqual([A, A, A, A])
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
    expect(cookie(`jxt=${A}`, 'j.t')).toBeUndefined()
    expect(cookie(`jwtt=${A}`, 'jwt+')).toBeUndefined()
    expect(cookie(`=${A}`, 'jwt*')).toBeUndefined()
    expect(cookie(`jwt=${A}`, 'x|jwt')).toBeUndefined()
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

  it.each<[string, unknown]>([
    ['Fetch', new Headers({ Authorization: `Bearer ${A}`, Cookie: `jwt=${B}` })],
    ['another implementation of Fetch', { get: (name: string) => ({ authorization: `Bearer ${A}`, cookie: `jwt=${B}` })[name] ?? null, getSetCookie: () => [] }], // prettier-ignore
    ['no prototype', Object.assign(Object.create(null) as object, { authorization: `Bearer ${A}`, cookie: `jwt=${B}` })],
    ['lists of one', { authorization: [`Bearer ${A}`], cookie: [`jwt=${B}`] }],
    ['lower case', { authorization: `Bearer ${A}`, cookie: `jwt=${B}` }],
    ['title case', { Authorization: `Bearer ${A}`, Cookie: `jwt=${B}` }],
    ['upper case', { AUTHORIZATION: `Bearer ${A}`, COOKIE: `jwt=${B}` }],
    ['any case', { aUTHORIZATIOn: `Bearer ${A}`, cOOkie: `jwt=${B}` }],
    ['a header called get', { get: 'x', authorization: `Bearer ${A}`, cookie: `jwt=${B}` }],
    ['headers called like members of every object', { ['__proto__']: 'x', constructor: 'x', authorization: `Bearer ${A}`, cookie: `jwt=${B}` }], // prettier-ignore
    ['an empty one in another case as well', { Authorization: undefined, authorization: `Bearer ${A}`, Cookie: [], cookie: `jwt=${B}` }],
    [
      'a proxy of a plain object that answers get, as node-mocks-http has it',
      proxied({ authorization: `Bearer ${A}`, cookie: `jwt=${B}` }),
    ],
    ['other headers that are not strings', { 'content-length': 5, authorization: `Bearer ${A}`, cookie: `jwt=${B}` }],
  ])('reads them of %s', (_what, headers) => {
    expect(read(headers)).toEqual(found)
  })

  it('does not take a look-alike for the name of a header', () => {
    for (const name of ['authorization ', 'Author\u0131zation', 'authori\u017fation', 'cook\u0131e', ' cookie', 'cookie\0']) {
      expect(read({ [name]: name.toLowerCase().startsWith('a') ? `Bearer ${A}` : `jwt=${A}` }), name).toEqual([])
    }
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
    [
      'a class with get',
      new (class Context {
        get = (): string => `jwt=${A}`
      })(),
    ],
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
  it.each<[string, unknown]>([
    ['null', null],
    ['a string', 'jwt'],
    ['a list', ['cookie']],
    ['an unknown option', { name: 'jwt' }],
    ['a cookie that is undefined', { cookie: undefined }],
    ['a cookie that is null', { cookie: null }],
    ['a cookie without a name', { cookie: '' }],
    ['a cookie that is a list', { cookie: ['jwt'] }],
    ['a cookie with an equals sign', { cookie: 'jwt=' }],
    ['a cookie with a semicolon', { cookie: 'jwt;' }],
    ['a cookie with a comma', { cookie: 'jwt,' }],
    ['a cookie with a space', { cookie: 'j wt' }],
    ['a cookie with a line end at its end', { cookie: 'jwt\n' }],
    ['a cookie with quotes', { cookie: '"jwt"' }],
    ['a cookie with a letter outside ASCII', { cookie: 'jẃt' }],
    ['a cookie that is a RegExp', { cookie: /jwt/ }],
    ['sources that are undefined', { sources: undefined }],
    ['no source', { sources: [] }],
    ['an empty source', { sources: [''] }],
    ['an unknown source', { sources: ['query'] }],
    ['a known and an unknown source', { sources: ['cookie', 'body'] }],
    ['the same source twice', { sources: ['cookie', 'cookie'] }],
    ['a source named like a member of every object', { sources: ['toString'] }],
    ['a source called __proto__', { sources: ['__proto__'] }],
    ['a source in another case', { sources: ['Cookie'] }],
    ['a source that is null', { sources: [null] }],
    ['a function', { sources: () => A }],
  ])('throws a TypeError for %s', (_what, options) => {
    const mistake = /^(?:options|cookie|sources|unknown option) (?:must|is undefined|name)/
    for (const headers of [{ cookie: `jwt=${A}` }, {}]) {
      expect(() => read(headers, options)).toThrow(TypeError)
      expect(() => read(headers, options)).toThrow(mistake)
    }
  })
})
