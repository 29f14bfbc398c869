/** Set-Cookie: one line, which says what its options say. */
import fc from 'fast-check'
import { JwtError } from 'hs256'
import { clearTokenCookie, readTokens, tokenCookie, tokenCookieParts, type TokenCookieParts } from 'hs256/http'
import { describe, expect } from 'vitest'
import { forge } from '../support/forge.ts'
import { now, text, TOKEN } from './arbitraries.ts'
import { failure } from '../support/outcome.ts'
import { cookieOptions, expectCookie } from './cookie-lines.ts'
import { property } from './runs.ts'

/** A cookie as a framework writes it: each attribute by its name, and each flag that is true. */
function join({ name, value, attributes }: TokenCookieParts): string {
  const { domain, path, httpOnly, secure, sameSite, partitioned, maxAge, ...others } = attributes
  expect(others).toEqual({})
  let line = `${name}=${value}`
  if (domain !== undefined) line += `; Domain=${domain}`
  line += `; Path=${path}`
  if (httpOnly) line += '; HttpOnly'
  if (secure) line += '; Secure'
  line += `; SameSite=${{ strict: 'Strict', lax: 'Lax', none: 'None' }[sameSite]}`
  if (partitioned) line += '; Partitioned'
  if (maxAge !== undefined) line += `; Max-Age=${maxAge}`
  return line
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

  property('writes one line of RFC 6265bis, as options and tokenCookieParts say, or throws', tokens, cookieOptions, (token, options) => {
    const all = { now, ...options } as never
    const line = failure(() => tokenCookie(token, all))
    expect(failure(() => join(tokenCookieParts(token, all)))).toEqual(line)
    if (typeof line !== 'string') {
      expect(line instanceof TypeError || line instanceof RangeError || line instanceof JwtError, String(line)).toBe(true)
      return
    }
    expectCookie(line, token, options)
    expect(line.indexOf('=') + token.length).toBeLessThanOrEqual(4096)
  })

  property('is removed by clearTokenCookie with the same options, or both throw', cookieOptions, ({ maxAge: _none, ...options }) => {
    const set = failure(() => tokenCookie(TOKEN, { now, ...options } as never))
    const cleared = failure(() => clearTokenCookie(options as never))
    if (typeof cleared !== 'string') {
      expect(set).toEqual(cleared)
      return
    }
    expectCookie(cleared, '', options)
    const emptied = String(set).replace(TOKEN, '')
    expect(cleared).toBe(emptied.replace(/; Max-Age=\d+$/, '; Max-Age=0'))
  })

  const names = fc.string({ unit: fc.constantFrom(..."abcABC019!#$%&'*+-.^_`|~"), minLength: 1, maxLength: 12 })
  const claims = fc.record({ sub: text, exp: fc.integer({ min: 1_800_000_001, max: 4_000_000_000 }) }, { requiredKeys: [] })
  const others = fc.array(fc.constantFrom('a=b', 'jwt2=x', '=', '', 'c', '__proto__=d'), { maxLength: 3 })
  property('writes what readTokens reads', names, claims, others, others, (name, claims, before, behind) => {
    const token = forge(JSON.stringify(claims))
    const [pair = ''] = tokenCookie(token, { cookie: name, now }).split(';')
    const cookie = [...before, pair, ...behind].join('; ')
    fc.pre(!['a', 'jwt2', '__proto__'].includes(name))
    expect(readTokens({ cookie }, { cookie: name })).toEqual([{ token, source: 'cookie' }])
  })
})
