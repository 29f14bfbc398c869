/** Tokens that the RFCs print. */
import { createKey, decodeUnverified, JwtError, verify } from 'hs256'
import { describe, expect, it, vi } from 'vitest'
import { fromBase64url } from './support/bytes.ts'
import { macOf } from './support/mac.ts'
import { outcome } from './support/outcome.ts'

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'.split('')
// What is no letter: the dot, padding, plain base64, white space, NUL, DEL, twins of A (low byte, low seven bits), a fullwidth A, a surrogate.
const OTHERS = ['.', '=', '+', '/', ' ', '\t', '\n', '\r', '\0', '\x7f', '\u0141', '\u00c1', '\u2141', '\uff21', '\ud800', '\ufeff']

// RFC 7515 appendix A.1.1: header {"typ":"JWT",\r\n "alg":"HS256"}, claims iss joe, exp 1300819380 (2011-03-22T18:43:00Z), is_root.
const A1_JWK = { kty: 'oct', k: 'AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow' }
const A1_HEADER = 'eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9'
const A1_PAYLOAD = 'eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ'
const A1_TOKEN = `${A1_HEADER}.${A1_PAYLOAD}.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk`
const A1_CLAIMS = { iss: 'joe', exp: 1300819380, 'http://example.com/is_root': true }

const key = createKey(A1_JWK)
const now = (): Date => new Date('2011-03-22T18:42:59Z')

vi.setConfig({ testTimeout: 60_000 }) // thousands of tokens each, on whatever machine

/** The code of the error of `verify`, or `undefined` if it accepts the token; any other error fails the test. */
async function refusalOf(token: string): Promise<string | undefined> {
  const result = await outcome(() => verify(token, key, { now, requireExp: true }))
  if (result instanceof Error && !(result instanceof JwtError)) throw result
  return result instanceof JwtError ? result.code : undefined
}

/** Whatever the change, the token is malformed, or its algorithm or MAC is wrong: no claim is checked. */
async function expectRefused(variants: readonly string[], code = /_(?:MALFORMED|ALGORITHM|SIGNATURE)$/): Promise<void> {
  const codes = await Promise.all(variants.map(refusalOf))
  expect(variants.filter((_, index) => !code.test(codes[index] ?? ''))).toEqual([])
}

describe('RFC 7515 A.1, a token of two lines of JSON', () => {
  it('is accepted until the second before its exp', async () => {
    const jwt = await verify(A1_TOKEN, key, { now, requireExp: true, issuer: 'joe' })
    expect(jwt.claims).toEqual(A1_CLAIMS)
    expect(jwt.header).toEqual({ typ: 'JWT', alg: 'HS256' })
    expect(jwt.key).toBe(key)
  })

  it('is read without its key', () => {
    expect(decodeUnverified(A1_TOKEN)).toEqual({ claims: A1_CLAIMS, header: { typ: 'JWT', alg: 'HS256' } })
  })

  it('is rejected with any other character at any position', { tags: 'large' }, async () => {
    const replacements = [...LETTERS, ...OTHERS]
    for (let at = 0; at < A1_TOKEN.length; at++) {
      const others = replacements.filter((character) => character !== A1_TOKEN[at])
      await expectRefused(others.map((character) => A1_TOKEN.slice(0, at) + character + A1_TOKEN.slice(at + 1)))
    }
  })

  it('is rejected without any one character, or with only the first or the last of them', async () => {
    const positions = A1_TOKEN.split('').map((_, at) => at)
    await expectRefused(positions.map((at) => A1_TOKEN.slice(0, at) + A1_TOKEN.slice(at + 1)))
    await expectRefused(positions.map((at) => A1_TOKEN.slice(0, at)))
    await expectRefused(positions.slice(1).map((at) => A1_TOKEN.slice(at)))
  })

  it('is rejected with one more character at any position', async () => {
    const insertions = ['A', '_', ...OTHERS]
    for (let at = 0; at <= A1_TOKEN.length; at++) {
      await expectRefused(insertions.map((character) => A1_TOKEN.slice(0, at) + character + A1_TOKEN.slice(at)))
    }
  })

  it('is rejected with any two neighbouring characters exchanged', async () => {
    const swapped = A1_TOKEN.split('').map((character, at) => {
      return A1_TOKEN.slice(0, at) + (A1_TOKEN[at + 1] ?? '') + character + A1_TOKEN.slice(at + 2)
    })
    await expectRefused(swapped.filter((token) => token !== A1_TOKEN))
  })

  it.each([' ', '\t', '\n', '\r\n', '\f', '\v', '\u00a0', '\ufeff', '\u2028', '\0', '=', '==', '.', '..', '"', "'", ',', ';', 'Bearer '])(
    'is rejected with %j before or after it, or around a dot',
    async (extra) => {
      const [header, payload, mac] = A1_TOKEN.split('.')
      const around = [extra + A1_TOKEN, A1_TOKEN + extra, extra + A1_TOKEN + extra]
      const first = [`${header}${extra}.${payload}.${mac}`, `${header}.${extra}${payload}.${mac}`]
      const second = [`${header}.${payload}${extra}.${mac}`, `${header}.${payload}.${extra}${mac}`]
      await expectRefused([...around, ...first, ...second], /_MALFORMED$/)
    },
  )

  it('is rejected in upper case, lower case, plain base64 and percent encoding', async () => {
    const [header, payload, mac] = A1_TOKEN.split('.')
    await expectRefused([
      A1_TOKEN.toUpperCase(),
      A1_TOKEN.toLowerCase(),
      A1_TOKEN.replaceAll('-', '+').replaceAll('_', '/'),
      A1_TOKEN.replaceAll('.', '%2E'),
      `${header}.${payload}=.${mac}=`,
      `${A1_TOKEN}${A1_TOKEN}`,
      `${A1_TOKEN}.${A1_TOKEN}`,
    ])
  })

  it('is rejected in both JSON serializations (RFC 7515 A.6 and A.7)', async () => {
    const [header, payload, signature] = A1_TOKEN.split('.')
    await expectRefused([
      JSON.stringify({ payload, protected: header, signature }),
      JSON.stringify({ payload, signatures: [{ protected: header, signature }] }),
    ])
  })

  it('has the MAC that another maker makes, and is rejected with one of zeros', async () => {
    expect(A1_TOKEN).toBe(`${A1_HEADER}.${A1_PAYLOAD}.${macOf(`${A1_HEADER}.${A1_PAYLOAD}`, fromBase64url(A1_JWK.k))}`)
    await expectRefused([`${A1_HEADER}.${A1_PAYLOAD}.${'A'.repeat(43)}`], /_SIGNATURE$/)
  })
})

describe('RFC 7519 §3.1, the same token', () => {
  it('is expired today, and the error says since when', async () => {
    const expired = { code: 'ERR_JWT_EXPIRED', claim: 'exp', reason: 'expired', expiredAt: new Date('2011-03-22T18:43:00Z') }
    await expect(verify(A1_TOKEN, key)).rejects.toMatchObject(expired)
  })

  it('is expired at the very second of its exp', async () => {
    await expect(verify(A1_TOKEN, key, { now: () => new Date('2011-03-22T18:43:00Z') })).rejects.toMatchObject({ code: 'ERR_JWT_EXPIRED' })
  })

  it('has the wrong signature for another key, expired or not', async () => {
    const other = createKey({ ...A1_JWK, k: A1_JWK.k.replace('AyM1', 'AyM2') })
    await expect(verify(A1_TOKEN, other, { now })).rejects.toMatchObject({ code: 'ERR_JWT_SIGNATURE' })
    await expect(verify(A1_TOKEN, other)).rejects.toMatchObject({ code: 'ERR_JWT_SIGNATURE' })
  })
})

describe('RFC 7519 §6.1, an unsecured token', () => {
  const token = `eyJhbGciOiJub25lIn0.${A1_PAYLOAD}.`

  it.each([
    ['is rejected for its algorithm', token, 'ERR_JWT_ALGORITHM'],
    [
      'is rejected for its algorithm with a MAC that is right',
      token + macOf(token.slice(0, -1), fromBase64url(A1_JWK.k)),
      'ERR_JWT_ALGORITHM',
    ],
    ['is malformed under the header of A.1', `${A1_HEADER}.${A1_PAYLOAD}.`, 'ERR_JWT_MALFORMED'],
  ])('%s', async (_fact, token, code) => {
    await expect(verify(token, key, { now })).rejects.toMatchObject({ code })
  })
})

describe('RFC 7519 A.2, a nested token', () => {
  it('is malformed by its header, which has cty JWT', async () => {
    // The header of A.2 is of a JWE, {"alg":"RSA1_5","enc":"A128CBC-HS256","cty":"JWT"}, here with three segments.
    const token = `eyJhbGciOiJSU0ExXzUiLCJlbmMiOiJBMTI4Q0JDLUhTMjU2IiwiY3R5IjoiSldUIn0.${A1_PAYLOAD}.`
    await expect(verify(token, key, { now })).rejects.toMatchObject({ code: 'ERR_JWT_MALFORMED' })
    expect(() => decodeUnverified(token)).toThrow(expect.objectContaining({ code: 'ERR_JWT_MALFORMED' }) as Error)
  })
})

describe('RFC 7520 §4.4, a line of prose', () => {
  // The key is of §3.5, the token of §4.4.3.
  const kid = '018c0ae5-4d9b-471b-bfd6-eef314bc7037'
  const jwk = { kty: 'oct', kid, use: 'sig', alg: 'HS256', k: 'hJtXIZ2uSN5kbQfbtTNWbpdmhkV8FJG-Onbc6mxCcYg' }
  const signingInput =
    'eyJhbGciOiJIUzI1NiIsImtpZCI6IjAxOGMwYWU1LTRkOWItNDcxYi1iZmQ2LWVlZjMxNGJjNzAzNyJ9' +
    '.SXTigJlzIGEgZGFuZ2Vyb3VzIGJ1c2luZXNzLCBGcm9kbywgZ29pbmcgb3V0IHlvdXIgZG9vci4gWW91IHN0ZXAgb250byB0aGUgcm9hZCwgYW5kIGlm' +
    'IHlvdSBkb24ndCBrZWVwIHlvdXIgZmVldCwgdGhlcmXigJlzIG5vIGtub3dpbmcgd2hlcmUgeW91IG1pZ2h0IGJlIHN3ZXB0IG9mZiB0by4'
  const mac = 's0h6KThzkfBBBkLspW1h84VsJZFTsPPqMDA7g1Md7p0'

  it('has the right MAC', () => {
    expect(macOf(signingInput, fromBase64url(jwk.k))).toBe(mac)
  })

  it.each([
    ['is malformed even with its own key: it is a JWS, but not a JWT', mac, kid, 'ERR_JWT_MALFORMED'],
    ['has the wrong signature if its MAC is wrong, which is checked first', mac.replace('s0h6', 's0h7'), kid, 'ERR_JWT_SIGNATURE'],
    ['matches no key with another kid', mac, 'another', 'ERR_JWT_KEY_NOT_FOUND'],
  ])('%s', async (_fact, mac, kid, code) => {
    await expect(verify(`${signingInput}.${mac}`, createKey({ ...jwk, kid }))).rejects.toMatchObject({ code })
  })

  it('is malformed for decodeUnverified', () => {
    expect(() => decodeUnverified(`${signingInput}.${mac}`)).toThrow(expect.objectContaining({ code: 'ERR_JWT_MALFORMED' }) as Error)
  })
})
