/** What a request may hold: headers of any text. */
import fc from 'fast-check'
import { authenticate, isCrossOrigin, readTokens, type HttpRequest } from 'hs256/http'
import { describe, expect, it } from 'vitest'
import { key, now, text, TOKEN } from './arbitraries.ts'
import { authorizations, cookies, headerSets, methods, origins, sites, sources, textsOf } from './http-arbitraries.ts'

describe('readTokens', () => {
  it('never throws, and finds at most one token for each source, which is in that source’s header', () => {
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
    )
  })

  it('finds the same in Fetch headers as in those of Node', () => {
    const sendable = fc.oneof(cookies, authorizations).filter((value) => /^(?:[!-~](?:[ -~]*[!-~])?)?$/.test(value))
    fc.assert(
      fc.property(sendable, sendable, (cookie, authorization) => {
        const found = readTokens({ cookie, authorization })
        expect(readTokens(new Headers({ cookie, authorization }))).toEqual(found)
        expect(readTokens({ Cookie: [cookie], Authorization: [authorization] })).toEqual(found)
      }),
    )
  })

  it('finds the bearer token of RFC 6750 §2.1, and nothing else', () => {
    fc.assert(
      fc.property(fc.oneof(authorizations, text), (authorization) => {
        const [found] = readTokens({ authorization }, { sources: ['bearer'] })
        const [scheme = '', ...rest] = authorization.split(' ')
        const credentials = rest.filter((word, index) => word !== '' || index === rest.length - 1)
        const isBearer = /^[bB][eE][aA][rR][eE][rR]$/.test(scheme)
        const token = credentials.length === 1 && /^[A-Za-z0-9._~+/-]+=*$/.test(credentials[0]!) ? credentials[0] : undefined
        expect(found?.token).toBe(isBearer ? token : undefined)
      }),
    )
  })

  it('finds the cookie that RFC 6265bis §5.8.3 writes, if there is one', () => {
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
    )
  })
})

describe('isCrossOrigin', () => {
  it('never throws, and passes no request that says it is from elsewhere', () => {
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
    )
  })
})

describe('authenticate', () => {
  it('answers any headers with a verdict, and passes no request without a token that verifies', async () => {
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
    )
  })
})
