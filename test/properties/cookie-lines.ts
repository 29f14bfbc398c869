/** Set-Cookie as a browser reads it, and what its options say that it must read. */
import fc from 'fast-check'
import { expect } from 'vitest'
import { pieces, SEPARATORS } from './http-arbitraries.ts'

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

export const cookieOptions = fc.record(
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
)

interface AnyOptions {
  readonly [name: string]: unknown
}

const SITES: Readonly<Record<string, string>> = { strict: 'Strict', lax: 'Lax', none: 'None' }

/** What a browser must read back from the line that these options make. */
function wanted({ domain, path = '/', secure = true, httpOnly = true, sameSite = 'Lax', partitioned = false, ...options }: AnyOptions) {
  return {
    name: options['cookie'] ?? 'jwt',
    ...(domain !== undefined && { domain: (domain as string).replace(/^\./, '') }),
    path,
    ...(httpOnly === true && { httponly: true }),
    ...(secure === true && { secure: true }),
    samesite: SITES[(sameSite as string).toLowerCase()],
    ...(partitioned === true && { partitioned: true }),
  }
}

export function expectCookie(line: string, value: string, options: AnyOptions): void {
  expect(line).toMatch(SET_COOKIE)
  const { 'max-age': maxAge, ...read } = parse(line)
  expect(read).toEqual({ ...wanted(options), value })
  if (maxAge !== undefined) expect(Number(maxAge)).toBeLessThanOrEqual(34_560_000)
  if (typeof options['maxAge'] === 'number') expect(options['maxAge']).toBeLessThanOrEqual(86_400)
  const { name, secure, httponly, domain, path, samesite, partitioned } = read
  if (/^__(?:host-)?http-/i.test(String(name))) expect(httponly).toBe(true)
  if (/^__(?:host|secure|http)-/i.test(String(name)) || samesite === 'None' || partitioned === true) expect(secure).toBe(true)
  if (/^__host-/i.test(String(name))) expect([domain, path]).toEqual([undefined, '/'])
  expect(new Headers({ 'set-cookie': line }).getSetCookie()).toEqual([line])
}
