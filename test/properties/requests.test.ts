/** What a request may hold: headers of any text. */
import fc from 'fast-check'
import { authenticate, isCrossOrigin, readTokens, type Authentication, type HttpRequest } from 'hs256/http'
import { describe, expect } from 'vitest'
import { anything, key, now, text, TOKEN } from './arbitraries.ts'
import { expectResult } from '../support/guard-result.ts'
import { authorizations, cookies, headerSets, methods, origins, rawHeaderLists, sites, sources, textsOf, urls } from './http-arbitraries.ts'
import { property } from './runs.ts'

describe('readTokens', () => {
  property('never throws, and finds at most one token in the header of each source', headerSets, sources, (headers, sources) => {
    const found = readTokens(headers, { sources })
    expect(found.map(({ source }) => source)).toEqual(sources.filter((source) => found.some((token) => token.source === source)))
    for (const { token, source } of found) {
      expect(token).not.toBe('')
      expect(token).not.toContain(';')
      const written = textsOf(headers, source === 'cookie' ? 'cookie' : 'authorization')
      expect(written.some((value) => value.includes(token))).toBe(true)
    }
  })

  const sendable = fc.oneof(cookies, authorizations).filter((value) => /^(?:[!-~](?:[ -~]*[!-~])?)?$/.test(value))
  property('finds the same in Fetch headers as in those of Node', sendable, sendable, (cookie, authorization) => {
    const found = readTokens({ cookie, authorization })
    expect(readTokens(new Headers({ cookie, authorization }))).toEqual(found)
    expect(readTokens({ Cookie: [cookie], Authorization: [authorization] })).toEqual(found)
  })

  property('finds the bearer token of RFC 6750 §2.1, and nothing else', fc.oneof(authorizations, text), (authorization) => {
    const [found] = readTokens({ authorization }, { sources: ['bearer'] })
    const [scheme = '', ...rest] = authorization.split(' ')
    const credentials = rest.filter((word, index) => word !== '' || index === rest.length - 1)
    const isBearer = /^[bB][eE][aA][rR][eE][rR]$/.test(scheme)
    const token = credentials.length === 1 && /^[A-Za-z0-9._~+/-]+=*$/.test(credentials[0]!) ? credentials[0] : undefined
    expect(found?.token).toBe(isBearer ? token : undefined)
  })

  const names = fc.constantFrom('jwt', 'JWT', 'jwtx', 'xjwt', '__Host-jwt', '', '\u00a0jwt', 'jwt ')
  const value = fc.string({ unit: fc.constantFrom('a', 'b', '=', '"', ' ', '%', '.'), maxLength: 3 })
  property('finds the cookie that RFC 6265bis §5.8.3 writes, if there is one', fc.array(fc.tuple(names, value)), (pairs) => {
    const cookie = pairs.map(([name, value]) => `${name}=${value}`).join('; ')
    const mine = new Set(pairs.filter(([name]) => name === 'jwt').map(([, value]) => value))
    const [only] = mine
    const [found] = readTokens({ cookie }, { sources: ['cookie'] })
    expect(found?.token).toBe(mine.size === 1 && only !== '' ? only : undefined)
  })
})

describe('isCrossOrigin', () => {
  const requests = fc.record({ 'sec-fetch-site': sites, origin: origins, host: origins }, { requiredKeys: [] })
  const trustedOrigins = ['https://app.example']
  property('never throws, and passes no request that says it is from elsewhere', methods, requests, (method, headers) => {
    if (isCrossOrigin(method, headers, { trustedOrigins })) return
    const { 'sec-fetch-site': site, origin, host } = headers
    const own = [`https://${host?.toLowerCase()}`, `http://${host?.toLowerCase()}`]
    const saysOtherwise = site === undefined ? origin !== undefined && !own.includes(origin) : !['same-origin', 'none'].includes(site)
    expect(/^(?:get|head|options|trace)$/i.test(method) || origin === 'https://app.example' || !saysOtherwise).toBe(true)
  })
})

describe('authenticate', () => {
  const anyRequest = fc.record(
    { method: methods, headers: headerSets, url: urls, rawHeaders: rawHeaderLists },
    { requiredKeys: ['method', 'headers'] },
  )
  const ask = async (request: unknown, optional = false): Promise<Authentication<object>> =>
    expectResult(await authenticate(request as HttpRequest, key, { verify: { now }, optional }))

  property('answers any request, and passes none without a token that verifies', anyRequest, fc.boolean(), async (request, optional) => {
    const { method, headers, ...others } = request
    const { status, response, source } = await ask(request, optional)
    const written = [...textsOf(headers, 'cookie'), ...textsOf(headers, 'authorization')].join('\n')
    if (status === 'authenticated') expect(written).toContain(TOKEN)
    if (status === 'anonymous') expect(optional).toBe(true)
    if (status === 'preflight') expect(method).toMatch(/^options$/i)
    if (source === 'bearer') expect(countOf(others.rawHeaders)).toBeLessThan(2)
    if (response !== null) expect(new Response(response.body, response).status).toBe(response.status)
  })

  const anyHeader = fc.oneof(anything, fc.constant(`jwt=${TOKEN}`))
  const anyHeaders = fc.oneof(anything, fc.dictionary(fc.constantFrom('cookie', 'authorization', 'host', 'origin', 'upgrade'), anyHeader))
  const whatever = fc.oneof(
    anything,
    fc.record({ method: fc.oneof(methods, anything), headers: anyHeaders, url: anything, rawHeaders: anything }, { requiredKeys: [] }),
  )
  const says =
    /^(?:request (?:is an? \w+|is null|is undefined|has no method): pass |headers must be |header [\w-]+ must be |rawHeaders is )/
  property('answers whatever it gets with a verdict, or with a TypeError that says what came or is missing', whatever, async (request) => {
    const mistake = await ask(request).then(() => undefined, (error: unknown) => error) // prettier-ignore
    if (mistake === undefined) return
    expect(mistake).toBeInstanceOf(TypeError)
    expect((mistake as TypeError).message).toMatch(says)
  })

  property('finds the token of a cookie, whatever else it is given', methods, urls, rawHeaderLists, async (method, url, rawHeaders) => {
    const cookie = `jwt=${TOKEN}`
    const sent = { method, url, rawHeaders, headers: { cookie, authorization: 'Bearer x' } }
    expect(await ask(sent)).toMatchObject({ status: 'authenticated', source: 'cookie' })
  })

  const hosts = fc.option(fc.constantFrom('orders.example', ''))
  const absolute = fc.tuple(
    fc.constantFrom('http', 'https', 'HTTP', 'ftp', 'ws'),
    fc.webAuthority(),
    fc.constantFrom('', '/', '/a', '?a', '#a'),
  )
  property('takes the host of an absolute url for the Host, if there is none', absolute, hosts, async ([scheme, authority, path], host) => {
    const origin = `https://${authority.toLowerCase()}`
    const headers = { cookie: `jwt=${TOKEN}`, origin, ...(host !== null && { host }) }
    const { reason } = await ask({ method: 'POST', url: `${scheme}://${authority}${path}`, headers })
    const isHost = host === null && /^https?$/i.test(scheme) && !authority.includes('@')
    expect(reason).toBe(isHost ? undefined : 'cross_origin')
  })
})

/** How many of the names, which every other text is, are Authorization. */
function countOf(rawHeaders: readonly string[] = []): number {
  return rawHeaders.filter((name, index) => index % 2 === 0 && /^authorization$/i.test(name)).length
}
