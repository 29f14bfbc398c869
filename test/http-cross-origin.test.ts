/** `isCrossOrigin`: which requests a page of another origin may have made (Fetch Metadata, RFC 6454 §7). */
import { isCrossOrigin, type CrossOriginOptions, type RequestHeaders } from 'hs256/http'
import { describe, expect, it } from 'vitest'
import { CROSS_SITE, HOSTILE, listed, withEach } from './support/http-tokens.ts'

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
  it.each(listed('GET | HEAD | OPTIONS | TRACE | get | Head | oPTIONS'))(
    'is false for %s, which changes nothing, in any case',
    (method) => {
      for (const headers of [CROSS_SITE, { origin: 'null' }, { origin: 'https://evil.example' }])
        expect(post(headers, trusted, method)).toBe(false)
    },
  )

  const unlikeASCII = listed('opt\u0131ons | option\u017f | \uff27\uff25\uff34 | G\u0415T') // only ASCII letters change

  it.each([...listed('POST | DELETE | PROPFIND | QUERY | post | GETX'), ...unlikeASCII, 'GET ', ' GET', ''])(
    'checks where %j comes from',
    (method) => expect(post(CROSS_SITE, {}, method)).toBe(true),
  )

  it('does not take another value for a safe method', () => {
    const others: readonly unknown[] = [['GET'], Object('GET'), { toString: () => 'GET' }, Object.create(null), null, undefined, 5]
    for (const method of others) expect(isCrossOrigin(method as never, { 'sec-fetch-site': 'cross-site' })).toBe(true)
    expect(isCrossOrigin(undefined, {})).toBe(false)
  })

  it.each(['GET', 'OPTIONS'])('checks where a WebSocket that %s opens comes from', (method) => {
    const upgrade = { connection: 'Upgrade', upgrade: 'websocket' }
    for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, { upgrade: '', 'sec-fetch-site': 'same-site' }])
      expect(post({ ...upgrade, ...headers }, {}, method)).toBe(true)
    const own = [{ origin: 'https://orders.example' }, { origin: 'https://app.example' }, { 'sec-fetch-site': 'same-origin' }, {}]
    for (const headers of own) expect(post({ ...upgrade, ...headers }, trusted, method)).toBe(false)
  })
})

describe('isCrossOrigin by Sec-Fetch-Site', () => {
  const others = listed('same-site | cross-site | Same-Origin | NONE | "same-origin" | something-new | same-origin, cross-site')

  it.each([
    ...['same-origin', 'none'].map((site) => [site, false] as const),
    ...[...others, '', 'same-origin ', 'same-origin\0'].map((site) => [site, true] as const),
  ])('%j is another origin: %s', (site, answer) => {
    for (const origin of [{}, { origin: 'https://orders.example' }, { origin: 'https://evil.example' }, { origin: 'null' }])
      expect(post({ 'sec-fetch-site': site, ...origin })).toBe(answer)
  })

  it.each(['same-site', 'cross-site', '', 'something-new'])('%j passes with a trusted Origin', (site) => {
    expect(post({ 'sec-fetch-site': site, origin: 'https://app.example' }, trusted)).toBe(false)
    for (const other of [{ origin: 'https://evil.example' }, { origin: 'null' }, { origin: '' }, {}])
      expect(post({ 'sec-fetch-site': site, ...other }, trusted)).toBe(true)
  })

  it('accepts neither of two values', () => {
    expect(isCrossOrigin('POST', { 'sec-fetch-site': ['same-origin', 'cross-site'] })).toBe(true)
    expect(isCrossOrigin('POST', { 'sec-fetch-site': 'none', 'Sec-Fetch-Site': 'none' })).toBe(true)
  })
})

describe('isCrossOrigin by Origin, if there is no Sec-Fetch-Site', () => {
  it.each(listed('https://orders.example | http://orders.example | http://localhost:3000 | http://[::1]:3000'))(
    '%s is the own origin of its Host',
    (origin) => {
      const host = origin.replace(/^.*\/\//, '')
      for (const written of [host, host.toUpperCase()]) expect(post({ origin, host: written })).toBe(false)
    },
  )

  const unlike = listed(`
    https://evil.orders.example | https://example | https://evil.example@orders.example | https://orders.example/
    chrome-extension://orders.example | file:// | HTTPS://ORDERS.EXAMPLE | orders.example | xhttps://orders.example
    https://orders.example, https://evil.example | https://orders.example. | https://\u043erders.example
  `)

  it.each([...unlike, '', 'https://orders.example ', ' https://orders.example', 'https://orders.example\n'])(
    '%j is another origin',
    (origin) => expect(post({ origin })).toBe(true),
  )

  it.each([
    ['http://localhost', 'localhost:3000'],
    ['http://localhost:300', 'localhost:3000'],
    ['null', 'null'],
    ['', ''],
    ['https://', ''],
    ['https://orders.example', 'orders.example, evil.example'],
  ])('%j is another origin than the Host %j', (origin, host) => expect(post({ origin, host })).toBe(true))

  it('is another origin if there is no Host', () => {
    for (const origin of ['https://orders.example', 'https://undefined', 'null', ''])
      for (const headers of [{ origin }, new Headers({ origin })]) expect(isCrossOrigin('POST', headers), origin).toBe(true)
    expect(isCrossOrigin('POST', { origin: 'https://orders.example', 'x-forwarded-host': 'orders.example' })).toBe(true)
  })

  it('is the own origin if it matches the :authority of HTTP/2, and there is no Host', () => {
    const origin = 'https://orders.example'
    expect(isCrossOrigin('POST', { origin, ':authority': 'orders.example' })).toBe(false)
    for (const others of [{ ':authority': 'evil.example' }, { ':authority': 'orders.example', host: 'evil.example' }])
      expect(isCrossOrigin('POST', { origin, ...others })).toBe(true)
  })

  it('is another origin if there are two Hosts, two authorities or two Origins', () => {
    const [origin, twice] = ['https://orders.example', ['orders.example', 'orders.example']]
    for (const headers of [{ host: twice }, { ':authority': twice }]) expect(isCrossOrigin('POST', { origin, ...headers })).toBe(true)
    expect(isCrossOrigin('POST', { origin: ['https://app.example', 'https://app.example'], host: 'orders.example' }, trusted)).toBe(true)
  })

  it('passes if it is trusted, and exactly equal', () => {
    for (const origin of trusted.trustedOrigins) expect(post({ origin }, trusted)).toBe(false)
    const unlike = listed(`
      https://App.example | https://app.example/ | https://app.example:443 | http://app.example | https://app.example.evil
      https://xapp.example | https://appxexample | https://admin.example | http://[::1] | null
    `)
    for (const origin of [...unlike, '']) expect(post({ origin }, trusted), origin).toBe(true)
  })

  it('passes if there is neither header, because a browser sends one', () => {
    expect(post({ referer: 'https://evil.example/', 'sec-fetch-mode': 'cors' })).toBe(false)
    expect(isCrossOrigin('POST', {})).toBe(false)
    expect(isCrossOrigin('POST', { origin: undefined, 'sec-fetch-site': [] })).toBe(false)
  })
})

describe('isCrossOrigin with a mistake', () => {
  const unlike = listed(`
    null | * | https://*.example | app.example | https:// | https://app.example/ | https://app.example/x | https://app.example?x
    https://user@app.example | https://app.example, https://b.example | https://app.example: | https://app.example:https
    HTTPS://app.example | https://App.example | https://bücher.example | http://[::1 | https://app.example:443 | http://app.example:80
  `)
  const origins = [...unlike, '', undefined, /^https:/, ...withEach([...HOSTILE, ' '], 'https://app.example')].map((origin) => [origin])
  const unlisted = [undefined, null, 'https://app.example', new Set(['https://app.example']), ['https://app.example', 'x']]

  it.each([...unlisted, ...origins])('throws a TypeError for the trustedOrigins %j, whatever the method is', (trustedOrigins) => {
    const options = { trustedOrigins } as CrossOriginOptions
    for (const wanted of [TypeError, /^trustedOrigins (?:must be a list of origins|is undefined)/])
      for (const method of ['POST', 'GET']) expect(() => isCrossOrigin(method, {}, options)).toThrow(wanted)
  })

  it.each(
    listed(`
      http://127.0.0.1:8080 | http://[::1] | https://a_b.example | https://xn--bcher-kva.example | https://x-y.example
      chrome-extension://abcdefghijklmnop | app+x.y-z://a | https://app.example:80 | http://app.example:443 | https://app.example:4430
      http://app.example:800
    `),
  )('accepts the trusted origin %s, alone and among others', (origin) => {
    for (const others of [[], trusted.trustedOrigins])
      expect(isCrossOrigin('POST', { origin }, { trustedOrigins: [...others, origin] })).toBe(false)
  })

  it.each([undefined, { origin: new URL('https://a.example') }, { 'sec-fetch-site': 5 }])(
    'throws a TypeError for the headers %j, whatever the method is',
    (headers) => {
      for (const method of ['POST', 'GET']) expect(() => isCrossOrigin(method, headers as unknown as RequestHeaders)).toThrow(TypeError)
    },
  )
})
