/** `isCrossOrigin`: which requests a page of another origin may have made (Fetch Metadata, RFC 6454 §7). */
import { isCrossOrigin, type CrossOriginOptions, type RequestHeaders } from 'hs256/http'
import { describe, expect, it } from 'vitest'

const trusted = { trustedOrigins: ['https://app.example', 'https://admin.example:8443', 'http://[::1]:3000', 'capacitor://localhost'] }

/** The answer for a POST to `orders.example`, of plain headers and of Fetch's, which must agree. */
function post(headers: Readonly<Record<string, string>>, options?: CrossOriginOptions, method: string | undefined = 'POST'): boolean {
  const all = { host: 'orders.example', ...headers }
  const answer = isCrossOrigin(method, all, options)
  const lists = Object.fromEntries(Object.entries(all).map(([name, value]) => [name.toUpperCase(), [value]]))
  expect(isCrossOrigin(method, lists, options)).toBe(answer)
  if (Object.values(all).every((value) => /^[ -~]*$/.test(value) && value === value.trim())) {
    expect(isCrossOrigin(method, new Headers(all), options)).toBe(answer)
  }
  return answer
}

describe('isCrossOrigin by method', () => {
  it.each(['GET', 'HEAD', 'OPTIONS', 'TRACE'])('is false for %s, which changes nothing', (method) => {
    expect(post({ 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, {}, method)).toBe(false)
    expect(post({ origin: 'null' }, {}, method)).toBe(false)
    expect(post({ origin: 'https://evil.example' }, trusted, method)).toBe(false)
  })

  it.each(['get', 'Get', 'head', 'options', 'tRACE'])('is false for %s, because frameworks lower-case methods', (method) => {
    expect(post({ 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, {}, method)).toBe(false)
  })

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'CONNECT', 'PROPFIND', 'QUERY', 'post', 'Delete', 'GET ', ' GET', 'GETX', 'G\u0415T', ''])(
    'checks where %j comes from',
    (method) => {
      expect(post({ 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, {}, method)).toBe(true)
    },
  )

  it.each(['opt\u0131ons', 'OPT\u0131ONS', 'option\u017f', '\uff27\uff25\uff34', '\uff47\uff45\uff54'])(
    'checks where %j comes from, in which only ASCII letters change',
    (method) => {
      expect(post({ 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, {}, method)).toBe(true)
    },
  )

  it('checks where a request without a method comes from', () => {
    expect(isCrossOrigin(undefined, { 'sec-fetch-site': 'cross-site' })).toBe(true)
    expect(isCrossOrigin(undefined, {})).toBe(false)
  })

  it('does not take another value for a safe method', () => {
    for (const method of [['POST'], ['GET'], Object('GET'), { toString: () => 'GET' }, Object.create(null), null, 5, {}] as unknown[]) {
      expect(isCrossOrigin(method as never, { 'sec-fetch-site': 'cross-site' })).toBe(true)
    }
  })

  it.each(['GET', 'OPTIONS', 'HEAD'])('checks where a WebSocket that %s opens comes from', (method) => {
    const upgrade = { connection: 'Upgrade', upgrade: 'websocket' }
    expect(post({ ...upgrade, origin: 'https://evil.example' }, {}, method)).toBe(true)
    expect(post({ ...upgrade, origin: 'null' }, {}, method)).toBe(true)
    expect(post({ ...upgrade, upgrade: 'WebSocket', 'sec-fetch-site': 'cross-site' }, {}, method)).toBe(true)
    expect(post({ ...upgrade, upgrade: '', 'sec-fetch-site': 'same-site' }, {}, method)).toBe(true)
    expect(post({ ...upgrade, origin: 'https://orders.example' }, {}, method)).toBe(false)
    expect(post({ ...upgrade, origin: 'https://app.example' }, trusted, method)).toBe(false)
    expect(post({ ...upgrade, 'sec-fetch-site': 'same-origin' }, {}, method)).toBe(false)
    expect(post(upgrade, {}, method)).toBe(false)
  })
})

describe('isCrossOrigin by Sec-Fetch-Site', () => {
  it.each([
    ['same-origin', false],
    ['none', false],
    ['same-site', true],
    ['cross-site', true],
    ['', true],
    ['Same-Origin', true],
    ['NONE', true],
    ['same-origin ', true],
    ['"same-origin"', true],
    ['same-origin, cross-site', true],
    ['cross-site, same-origin', true],
    ['same-origin, same-origin', true],
    ['same-origin;x=y', true],
    ['same-origin\0', true],
    ['something-new', true],
    ['?1', true],
  ])('%j is another origin: %s', (site, answer) => {
    expect(post({ 'sec-fetch-site': site })).toBe(answer)
    expect(post({ 'sec-fetch-site': site, origin: 'https://orders.example' })).toBe(answer)
    expect(post({ 'sec-fetch-site': site, origin: 'https://evil.example' })).toBe(answer)
    expect(post({ 'sec-fetch-site': site, origin: 'null' })).toBe(answer)
  })

  it.each(['same-site', 'cross-site', '', 'something-new'])('%j passes with a trusted Origin', (site) => {
    expect(post({ 'sec-fetch-site': site, origin: 'https://app.example' }, trusted)).toBe(false)
    expect(post({ 'sec-fetch-site': site, origin: 'https://evil.example' }, trusted)).toBe(true)
    expect(post({ 'sec-fetch-site': site, origin: 'null' }, trusted)).toBe(true)
    expect(post({ 'sec-fetch-site': site, origin: '' }, trusted)).toBe(true)
    expect(post({ 'sec-fetch-site': site }, trusted)).toBe(true)
  })

  it('accepts neither of two values', () => {
    expect(isCrossOrigin('POST', { 'sec-fetch-site': ['same-origin', 'cross-site'] })).toBe(true)
    expect(isCrossOrigin('POST', { 'sec-fetch-site': 'none', 'Sec-Fetch-Site': 'none' })).toBe(true)
  })

  it('ignores other Sec-Fetch headers', () => {
    expect(post({ 'sec-fetch-mode': 'same-origin', 'sec-fetch-dest': 'empty', origin: 'https://evil.example' })).toBe(true)
  })
})

describe('isCrossOrigin by Origin, if there is no Sec-Fetch-Site', () => {
  it.each([
    ['that has the request’s Host', 'https://orders.example', 'orders.example', false],
    ['over http', 'http://orders.example', 'orders.example', false],
    ['with a port', 'http://localhost:3000', 'localhost:3000', false],
    ['with an IPv6 address', 'http://[::1]:3000', '[::1]:3000', false],
    ['whose Host is in another case', 'https://orders.example', 'Orders.EXAMPLE', false],
    ['of another host', 'https://evil.example', 'orders.example', true],
    ['of a host under it', 'https://evil.orders.example', 'orders.example', true],
    ['of the host above it', 'https://example', 'orders.example', true],
    ['that begins with it', 'https://orders.example.evil', 'orders.example', true],
    ['that ends with it', 'https://evilorders.example', 'orders.example', true],
    ['with a user', 'https://orders.example@evil.example', 'orders.example', true],
    ['that is a user of it', 'https://evil.example@orders.example', 'orders.example', true],
    ['with a path', 'https://orders.example/', 'orders.example', true],
    ['with another port', 'https://orders.example:8443', 'orders.example', true],
    ['without the port', 'http://localhost', 'localhost:3000', true],
    ['with a port that is a prefix', 'http://localhost:300', 'localhost:3000', true],
    ['of another scheme', 'ftp://orders.example', 'orders.example', true],
    ['of an extension', 'chrome-extension://orders.example', 'orders.example', true],
    ['of a file', 'file://', 'orders.example', true],
    ['null, as a sandboxed page sends it', 'null', 'orders.example', true],
    ['null, if the Host is null', 'null', 'null', true],
    ['that is empty', '', 'orders.example', true],
    ['that is empty, as is the Host', '', '', true],
    ['of only a scheme', 'https://', '', true],
    ['in upper case', 'HTTPS://ORDERS.EXAMPLE', 'orders.example', true],
    ['with a space at its end', 'https://orders.example ', 'orders.example', true],
    ['with a space at its start', ' https://orders.example', 'orders.example', true],
    ['that is a list', 'https://orders.example, https://evil.example', 'orders.example', true],
    ['that is a list of RFC 6454', 'https://orders.example https://evil.example', 'orders.example', true],
    ['without a scheme', 'orders.example', 'orders.example', true],
    ['with a scheme before the scheme', 'xhttps://orders.example', 'orders.example', true],
    ['with LF', 'https://orders.example\n', 'orders.example', true],
    ['with a dot at its end', 'https://orders.example.', 'orders.example', true],
    ['with a look-alike letter', 'https://\u043erders.example', 'orders.example', true],
    ['if the Host is a list', 'https://orders.example', 'orders.example, evil.example', true],
  ])('%s', (_what, origin, host, answer) => {
    expect(post({ origin, host })).toBe(answer)
  })

  it('is another origin if there is no Host', () => {
    expect(isCrossOrigin('POST', { origin: 'https://orders.example' })).toBe(true)
    expect(isCrossOrigin('POST', { origin: 'https://undefined' })).toBe(true)
    expect(isCrossOrigin('POST', { origin: 'null' })).toBe(true)
    expect(isCrossOrigin('POST', { origin: '' })).toBe(true)
    expect(isCrossOrigin('POST', { origin: 'chrome-extension://abcdefghijklmnop' })).toBe(true)
    expect(isCrossOrigin('POST', { origin: 'https://orders.example', 'x-forwarded-host': 'orders.example' })).toBe(true)
  })

  it('is the own origin if it matches the :authority of HTTP/2', () => {
    const origin = 'https://orders.example'
    expect(isCrossOrigin('POST', { origin, ':authority': 'orders.example' })).toBe(false)
    expect(isCrossOrigin('POST', { origin: 'https://evil.example', ':authority': 'orders.example' })).toBe(true)
    expect(isCrossOrigin('POST', { origin, ':authority': 'orders.example', host: 'evil.example' })).toBe(true)
    expect(isCrossOrigin('POST', { origin, ':authority': ['orders.example', 'evil.example'] })).toBe(true)
  })

  it('is another origin if there are two Hosts or two Origins', () => {
    expect(isCrossOrigin('POST', { origin: 'https://orders.example', host: ['orders.example', 'orders.example'] })).toBe(true)
    expect(isCrossOrigin('POST', { origin: ['https://orders.example', 'https://evil.example'], host: 'orders.example' })).toBe(true)
    expect(isCrossOrigin('POST', { origin: ['https://app.example', 'https://app.example'], host: 'orders.example' }, trusted)).toBe(true)
  })

  it('is another origin in Fetch headers without a Host, which have no :authority', () => {
    expect(isCrossOrigin('POST', new Headers({ origin: 'https://orders.example' }))).toBe(true)
  })

  it('passes if it is trusted, and exactly equal', () => {
    for (const origin of trusted.trustedOrigins) expect(post({ origin }, trusted)).toBe(false)
    for (const origin of [
      'https://App.example',
      'https://app.example/',
      'https://app.example:443',
      'http://app.example',
      'https://app.example.evil',
      'https://xapp.example',
      'https://appxexample',
      'https://admin.example',
      'http://[::1]',
      'null',
      '',
    ]) {
      expect(post({ origin }, trusted), origin).toBe(true)
    }
  })

  it('passes if there is neither header, because a browser sends one', () => {
    expect(post({})).toBe(false)
    expect(post({ referer: 'https://evil.example/' })).toBe(false)
    expect(isCrossOrigin('POST', {})).toBe(false)
    expect(isCrossOrigin('POST', { origin: undefined, 'sec-fetch-site': [] })).toBe(false)
  })
})

describe('isCrossOrigin with a mistake', () => {
  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['one string', 'https://app.example'],
    ['a Set', new Set(['https://app.example'])],
    ['a RegExp', /app/],
    ['true', true],
    ['a list with undefined', [undefined]],
    ['a list with a RegExp', [/^https:/]],
    ['the string null', ['null']],
    ['everyone', ['*']],
    ['the empty string', ['']],
    ['a wildcard', ['https://*.example']],
    ['a host without a scheme', ['app.example']],
    ['only a scheme', ['https://']],
    ['a slash at the end', ['https://app.example/']],
    ['a path', ['https://app.example/x']],
    ['a query', ['https://app.example?x']],
    ['a user', ['https://user@app.example']],
    ['a space at the end', ['https://app.example ']],
    ['a line end at the end', ['https://app.example\n']],
    ['a list in a string', ['https://app.example, https://b.example']],
    ['a port without digits', ['https://app.example:']],
    ['a port with letters', ['https://app.example:https']],
    ['the scheme in upper case', ['HTTPS://app.example']],
    ['the host in upper case, as no browser writes it', ['https://App.example']],
    ['an umlaut, which browsers write as xn--', ['https://bücher.example']],
    ['a look-alike letter', ['https://\u0430pp.example']],
    ['an open bracket', ['http://[::1']],
    ['a good one and a bad one', ['https://app.example', 'x']],
  ])('throws a TypeError for trustedOrigins that are %s', (_what, trustedOrigins) => {
    const options = { trustedOrigins } as CrossOriginOptions
    expect(() => isCrossOrigin('POST', {}, options)).toThrow(TypeError)
    expect(() => isCrossOrigin('GET', {}, options)).toThrow(/^trustedOrigins (?:must be a list of origins|is undefined)/)
  })

  it.each([
    [[]],
    [['https://app.example']],
    [['http://localhost:3000', 'http://127.0.0.1:8080', 'http://[::1]']],
    [['https://a_b.example', 'https://xn--bcher-kva.example', 'https://x-y.example']],
    [['capacitor://localhost', 'chrome-extension://abcdefghijklmnop', 'app+x.y-z://a']],
  ])('accepts trustedOrigins of %j', (trustedOrigins) => {
    expect(isCrossOrigin('POST', {}, { trustedOrigins })).toBe(false)
  })

  it('throws a TypeError for unknown options', () => {
    for (const options of [null, 'x', [], { origins: [] }, { trustedOrigin: 'https://app.example' }]) {
      expect(() => isCrossOrigin('GET', {}, options as never)).toThrow(TypeError)
    }
  })

  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['a string', 'origin'],
    ['a request', new Request('https://orders.example', { method: 'POST', headers: { origin: 'https://evil.example' } })],
    ['raw headers', ['sec-fetch-site', 'cross-site']],
    ['Origin that is a URL', { origin: new URL('https://orders.example') }],
    ['Sec-Fetch-Site that is a number', { 'sec-fetch-site': 5 }],
  ])('throws a TypeError for headers that are %s, whatever the method is', (_what, headers) => {
    expect(() => isCrossOrigin('POST', headers as RequestHeaders)).toThrow(TypeError)
    expect(() => isCrossOrigin('GET', headers as RequestHeaders)).toThrow(TypeError)
  })

  it('does not change its options', () => {
    expect(isCrossOrigin('POST', {}, Object.freeze({ trustedOrigins: Object.freeze(['https://app.example']) }))).toBe(false)
  })
})

describe('isCrossOrigin of an object that has get, but is not a Headers', () => {
  it('rejects a Map, whose names are case-sensitive, a query, and a framework’s context', () => {
    const variables = new Map<string, unknown>()
    const context = { get: (name: string) => variables.get(name), req: { method: 'POST' } }
    for (const other of [new Map([['Origin', 'https://evil.example']]), new URLSearchParams('origin=https://evil.example'), context])
      expect(() => isCrossOrigin('POST', other as unknown as Headers)).toThrow(
        new TypeError("headers must be a Fetch Headers or Node's headers"),
      )
  })
})

describe('trustedOrigins with a default port', () => {
  it.each(['https://app.example:443', 'http://app.example:80'])('are rejected, because no browser writes them: %s', (origin) => {
    expect(() => isCrossOrigin('POST', {}, { trustedOrigins: [origin] })).toThrow('trustedOrigins must be a list of origins')
  })

  it.each(['https://app.example:80', 'http://app.example:443', 'https://app.example:4430', 'http://app.example:800'])(
    'are accepted with another one: %s',
    (origin) => {
      expect(isCrossOrigin('POST', { origin }, { trustedOrigins: [origin] })).toBe(false)
    },
  )
})
