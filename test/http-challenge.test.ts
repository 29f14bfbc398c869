/** What a guard answers: the challenge of RFC 6750 §3, and the bodies that tell expired, invalid and missing apart. */
import { JwtClaimError, JwtError, JwtExpiredError, sign, verify, type VerifyOptions } from 'hs256'
import { challenge, forbidden, unauthorized, type ChallengeOptions } from 'hs256/http'
import { describe, expect, it } from 'vitest'
import { EXPIRED, FORGED, GOOD, key, now } from './support/http-tokens.ts'

async function errorOf(token: string, options: VerifyOptions = {}): Promise<JwtError> {
  const error: unknown = await verify(token, key, { now, ...options }).catch((thrown: unknown) => thrown)
  return error instanceof JwtError ? error : expect.unreachable()
}

const expired = await errorOf(EXPIRED)
const forged = await errorOf(FORGED)

const PRINTABLE = String.fromCharCode(...Array.from({ length: 95 }, (_, index) => 32 + index))
const [OVER, WRONG] = ['token has expired (exp)', 'token signature does not match']
const invalid = (description: string, realm = 'jwt'): string =>
  `Bearer realm="${realm}", error="invalid_token", error_description="${description}"`

const JSON_HEADERS = { 'Cache-Control': 'no-store', 'Content-Type': 'application/json' }
const answered = (status: number, challenged: string, error: string, message: string): unknown => ({
  status,
  headers: { 'WWW-Authenticate': challenged, ...JSON_HEADERS },
  body: JSON.stringify({ error, message }),
})
const isMissing = answered(401, 'Bearer realm="jwt"', 'missing_token', 'the token is missing or ambiguous')

describe('challenge', () => {
  it('names only the realm if there was no token (RFC 6750 §3.1)', () => {
    for (const said of [challenge(), challenge(undefined, {})]) expect(said).toBe('Bearer realm="jwt"')
  })

  it('names realm, scope and what was wrong with a token, in this order', () => {
    expect(challenge(undefined, { scope: 'read write' })).toBe('Bearer realm="jwt", scope="read write"')
    expect(challenge(forged, { scope: 'read', realm: 'orders' })).toBe(
      'Bearer realm="orders", scope="read", error="invalid_token", error_description="token signature does not match"',
    )
  })

  it.each([PRINTABLE, ...'"\\\n\0\t\u007f\u0085ö\u2028\u010d\ud800', '\r\n', '\\"', '😀'])(
    'replaces each unit that is not printable, quotes and backslashes of %j by ?, in the name of a claim',
    async (text) => {
      const written = text === PRINTABLE ? text.replace('"', '?').replace('\\', '?') : '?'.repeat(text.length)
      expect(challenge(await errorOf(GOOD, { required: `_${text}_${text}` }))).toBe(invalid(`token has no _${written}_${written}`))
    },
  )

  it.each([{ code: 'ERR_JWT_EXPIRED', message: 'hunter2' }, null, '', 0, { realm: 'orders' }])(
    'throws a TypeError for %s, and reveals nothing about it',
    (error) => {
      for (const answer of [challenge, unauthorized])
        expect(() => answer(error as unknown as JwtError)).toThrow(new TypeError('error must be a JwtError'))
    },
  )
})

/** Each function with these options, which JavaScript does not check. */
const ANSWERS: Readonly<Record<string, (options: ChallengeOptions) => string | undefined>> = {
  challenge: (options) => challenge(undefined, options),
  'challenge of an error': (options) => challenge(forged, options),
  unauthorized: (options) => unauthorized(undefined, options).headers['WWW-Authenticate'],
  forbidden: (options) => forbidden(options).headers['WWW-Authenticate'],
}

describe.each(Object.entries(ANSWERS))('options of %s', (_name, answer) => {
  it('accept all that is printable, except quotes and backslashes, and one space between scopes', () => {
    const realm = PRINTABLE.replaceAll(/["\\]/g, '')
    const scope = `${realm.trim()} read ~`
    expect(`${answer({ realm, scope })}, `.startsWith(`Bearer realm="${realm}", scope="${scope}", `)).toBe(true)
  })

  // The corpus has more that stands behind a realm and a scope.
  it.each([null, 'orders', [], { error: 'x' }, { realm: '\r\norders' }, { scope: ' read' }, { scope: '\nread' }])(
    'are a TypeError if they are %j',
    (options) => expect(() => answer(options as ChallengeOptions)).toThrow(TypeError),
  )
})

describe('unauthorized', () => {
  it('answers 401, and missing_token, token_expired or invalid_token', () => {
    expect(unauthorized()).toEqual(isMissing)
    expect(unauthorized(expired, { realm: 'orders' })).toEqual(answered(401, invalid(OVER, 'orders'), 'token_expired', OVER))
    expect(unauthorized(forged)).toEqual(answered(401, invalid(WRONG), 'invalid_token', WRONG))
  })

  it('distinguishes expired from invalid by code: maxAge is expired; nbf, another claim and a revoked token are not', async () => {
    const kind = (error: JwtError): unknown => (JSON.parse(unauthorized(error).body) as { readonly error: string }).error
    const early = await sign({}, key, { expiresIn: '1h', notBefore: '1m', now })
    const old = await sign({ iat: 1_700_000_000 }, key, { expiresIn: '1w', now })
    const details = { claim: 'exp', reason: 'expired' } as const
    for (const error of [await errorOf(old, { maxAge: '1h' }), new JwtExpiredError('x', details)]) expect(kind(error)).toBe('token_expired')
    const others = [await errorOf(early), await errorOf(GOOD, { issuer: 'x' }), new JwtClaimError('token has expired', details)]
    for (const error of others) expect(kind(error as JwtError)).toBe('invalid_token')
  })

  it('reveals nothing about the token or its claims', async () => {
    const token = await sign({ sub: 'alice', role: 'secret-role', aud: 'orders' }, key, { expiresIn: '1h', now })
    for (const options of [{ audience: 'reports' }, { audience: 'orders', subject: 'bob' }, { audience: 'orders', required: 'x' }, {}]) {
      const answered = JSON.stringify(unauthorized(await errorOf(token, options)))
      expect(answered).not.toMatch(/alice|secret-role|orders|bob|eyJ/)
      for (const segment of token.split('.')) expect(answered).not.toContain(segment)
    }
  })
})

describe('forbidden', () => {
  it('answers 403 and insufficient_scope, and names the scopes that are needed', () => {
    const [error, message] = ['insufficient_scope', 'the token does not allow this']
    expect(forbidden()).toEqual(answered(403, 'Bearer realm="jwt", error="insufficient_scope"', error, message))
    const challenged = 'Bearer realm="reports", scope="reports:read reports:write", error="insufficient_scope"'
    expect(forbidden({ scope: 'reports:read reports:write', realm: 'reports' })).toEqual(answered(403, challenged, error, message))
  })
})

describe('an answer', () => {
  it('can be passed to new Response', async () => {
    for (const answer of [unauthorized(), forbidden({ scope: 'a' })]) {
      const response = new Response(answer.body, answer)
      expect([response.status, await response.text()]).toEqual([answer.status, answer.body])
      for (const [name, value] of Object.entries(answer.headers)) expect(response.headers.get(name)).toBe(value)
    }
  })

  it('is a new object each time', () => {
    Object.assign(unauthorized().headers, { 'X-Evil': 'y', 'Cache-Control': 'public' })
    expect(unauthorized()).toEqual(isMissing)
  })
})
