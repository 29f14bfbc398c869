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

/** Whatever the change, the token is malformed, or its algorithm or MAC is wrong: no claim is checked. */
async function expectRefused(variants: readonly string[]): Promise<void> {
  const results = await Promise.all(variants.map((token) => outcome(() => verify(token, key, { now, requireExp: true }))))
  const codes = results.map((result) => (result instanceof JwtError ? result.code : result))
  expect(codes.filter((code) => !/^ERR_JWT_(?:MALFORMED|ALGORITHM|SIGNATURE)$/.test(String(code)))).toEqual([])
}

describe('RFC 7515 A.1, a token of two lines of JSON', () => {
  it('is accepted until the second before its exp', async () => {
    const jwt = await verify(A1_TOKEN, key, { now, requireExp: true, issuer: 'joe' })
    expect(jwt.claims).toEqual(A1_CLAIMS)
    expect(jwt.header).toEqual({ typ: 'JWT', alg: 'HS256' })
    expect(jwt.key).toBe(key)
  })

  it('is expired at the very second of its exp', async () => {
    const expiredAt = new Date('2011-03-22T18:43:00Z')
    await expect(verify(A1_TOKEN, key, { now: () => expiredAt })).rejects.toMatchObject({ code: 'ERR_JWT_EXPIRED', expiredAt })
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

  it('is rejected with one character more or less at any position, and cut off there', async () => {
    const insertions = ['A', '_', ...OTHERS]
    for (let at = 0; at < A1_TOKEN.length; at++) {
      const [start, end] = [A1_TOKEN.slice(0, at), A1_TOKEN.slice(at)]
      await expectRefused([...insertions.map((character) => start + character + end), start + end.slice(1), start, end.slice(1)])
    }
    await expectRefused(insertions.map((character) => A1_TOKEN + character))
  })

  it('is rejected in both JSON serializations (RFC 7515 A.6 and A.7)', async () => {
    const [header, payload, signature] = A1_TOKEN.split('.')
    const signed = { protected: header, signature }
    await expectRefused([JSON.stringify({ payload, ...signed }), JSON.stringify({ payload, signatures: [signed] })])
  })

  it('has the MAC that another maker makes', () => {
    expect(A1_TOKEN).toBe(`${A1_HEADER}.${A1_PAYLOAD}.${macOf(`${A1_HEADER}.${A1_PAYLOAD}`, fromBase64url(A1_JWK.k))}`)
  })
})

describe('RFC 7519 §6.1, an unsecured token', () => {
  const token = `eyJhbGciOiJub25lIn0.${A1_PAYLOAD}.`

  it.each([
    ['is rejected for its algorithm', ''],
    ['is rejected for its algorithm with a MAC that is right', macOf(token.slice(0, -1), fromBase64url(A1_JWK.k))],
  ])('%s', async (_fact, mac) => {
    await expect(verify(token + mac, key, { now })).rejects.toMatchObject({ code: 'ERR_JWT_ALGORITHM' })
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
  const k = 'hJtXIZ2uSN5kbQfbtTNWbpdmhkV8FJG-Onbc6mxCcYg'
  const jwk = { kty: 'oct', kid: '018c0ae5-4d9b-471b-bfd6-eef314bc7037', use: 'sig', alg: 'HS256', k }
  const signingInput =
    'eyJhbGciOiJIUzI1NiIsImtpZCI6IjAxOGMwYWU1LTRkOWItNDcxYi1iZmQ2LWVlZjMxNGJjNzAzNyJ9' +
    '.SXTigJlzIGEgZGFuZ2Vyb3VzIGJ1c2luZXNzLCBGcm9kbywgZ29pbmcgb3V0IHlvdXIgZG9vci4gWW91IHN0ZXAgb250byB0aGUgcm9hZCwgYW5kIGlm' +
    'IHlvdSBkb24ndCBrZWVwIHlvdXIgZmVldCwgdGhlcmXigJlzIG5vIGtub3dpbmcgd2hlcmUgeW91IG1pZ2h0IGJlIHN3ZXB0IG9mZiB0by4'
  const mac = 's0h6KThzkfBBBkLspW1h84VsJZFTsPPqMDA7g1Md7p0'

  it('is malformed even with its own key: it is a JWS, but not a JWT', async () => {
    expect(macOf(signingInput, fromBase64url(k))).toBe(mac)
    await expect(verify(`${signingInput}.${mac}`, createKey(jwk))).rejects.toMatchObject({ code: 'ERR_JWT_MALFORMED' })
    expect(() => decodeUnverified(`${signingInput}.${mac}`)).toThrow(expect.objectContaining({ code: 'ERR_JWT_MALFORMED' }) as Error)
  })
})
