/** Set-Cookie as a browser reads it, and what its options say that it must read. */
import fc from 'fast-check'
import { expect } from 'vitest'
import { lone, pieces, SEPARATORS } from './http-arbitraries.ts'

/**
 * RFC 6265bis §4.1.1: a name, which is a token (RFC 9110 §5.6.2), and a value, which is here a compact JWT or empty. The domain is a
 * subdomain (RFC 1034 §3.5); the path has no semicolons, and here no spaces; `Max-Age` may be 0 to remove the cookie (§5.6.2). No group has a
 * semicolon or white space in it, so a browser, which splits at semicolons (§5.6), reads the same.
 */
const SET_COOKIE = new RegExp(
  [
    /^(?<name>[!#$%&'*+.^_`|~0-9A-Za-z-]+)=(?<value>(?:[\w-]+\.[\w-]+\.[\w-]+)?)/,
    /(?:; Domain=(?<domain>[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})*))?/,
    /; Path=(?<path>\/[!-:<-~]*)/,
    /(?:; (?<httpOnly>HttpOnly))?/,
    /(?:; (?<secure>Secure))?/,
    /; SameSite=(?<sameSite>Strict|Lax|None)/,
    /(?:; (?<partitioned>Partitioned))?/,
    /(?:; Max-Age=(?<maxAge>0|[1-9]\d*))?$/,
  ]
    .map(({ source }) => source)
    .join(''),
)

interface AnyOptions {
  readonly [name: string]: unknown
}

export const cookieOptions: fc.Arbitrary<AnyOptions> = fc.oneof(
  fc.record(
    {
      cookie: fc.oneof(
        pieces('jwt', '__Host-', '__secure-', '__HOST-', 'Http-', '__http-', '='),
        fc.constantFrom('jwt', '__Host-jwt', '__Secure-jwt'),
      ),
      domain: fc.oneof(pieces('example', '.', '.com', 'a', ...SEPARATORS), fc.constantFrom('example.com', '.example.com')),
      path: fc.oneof(pieces('/', 'app', 'a', '; Domain=x', ...SEPARATORS), fc.constantFrom('/', '/app')),
      secure: fc.boolean(),
      httpOnly: fc.boolean(),
      sameSite: fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom('Strict', 'Lax', 'None', 'strict', 'LAX', 'none') },
        pieces('Lax', 'None', ';', ' '),
      ),
      partitioned: fc.boolean(),
      maxAge: fc.oneof(
        fc.integer({ min: -2, max: 90_000 }),
        fc.integer({ min: -2, max: 40_000_000 }).map((seconds) => `${seconds}s`),
        fc.double({ min: 0, max: 3 }),
        pieces('1', '5', 'h', 'd', ';'),
      ),
    },
    { requiredKeys: [] },
  ),
  lone({ cookie: 'jwt', domain: 'example.com', path: '/app', sameSite: 'Lax', maxAge: '1' }),
)

/** Expects the line that these options make. */
export function expectCookie(line: string, value: string, options: AnyOptions): void {
  expect(line).toMatch(SET_COOKIE)
  const { maxAge, ...read } = { ...SET_COOKIE.exec(line)?.groups }
  const { cookie: name = 'jwt', path = '/', secure = true, httpOnly = true, sameSite = 'Lax', partitioned } = options
  expect(read).toEqual({
    name,
    value,
    domain: (options['domain'] as string | undefined)?.replace(/^\./, ''),
    path,
    httpOnly: httpOnly === true ? 'HttpOnly' : undefined,
    secure: secure === true ? 'Secure' : undefined,
    sameSite: ['Strict', 'Lax', 'None'].find((site) => site.toLowerCase() === String(sameSite).toLowerCase()),
    partitioned: partitioned === true ? 'Partitioned' : undefined,
  })
  if (maxAge !== undefined) expect(Number(maxAge)).toBeLessThanOrEqual(34_560_000)
  if (typeof options['maxAge'] === 'number') expect(options['maxAge']).toBeLessThanOrEqual(86_400)
  if (/^__(?:host-)?http-/i.test(String(name))) expect(read['httpOnly']).toBeDefined()
  if (/^__(?:host|secure|http)-/i.test(String(name)) || read['sameSite'] === 'None' || partitioned === true)
    expect(read['secure']).toBeDefined()
  if (/^__host-/i.test(String(name))) expect([read['domain'], path]).toEqual([undefined, '/'])
  expect(new Headers({ 'set-cookie': line }).getSetCookie()).toEqual([line])
}
