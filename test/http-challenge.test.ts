/** What a guard answers: the challenge of RFC 6750 §3, and the bodies that tell expired, invalid and missing apart. */
import { JwtClaimError, JwtError, JwtExpiredError, JwtKeyNotFoundError, JwtMalformedError, JwtSignatureError, sign, verify } from 'hs256'
import type { VerifyOptions } from 'hs256'
import { challenge, forbidden, unauthorized, type ChallengeOptions } from 'hs256/http'
import { describe, expect, it } from 'vitest'
import { EXPIRED, FORGED, GOOD, HOSTILE, key, listed, NOT_STRINGS, now, withEach } from './support/http-tokens.ts'

async function errorOf(token: string, options: VerifyOptions = {}): Promise<JwtError> {
  const error: unknown = await verify(token, key, { now, ...options }).catch((thrown: unknown) => thrown)
  return error instanceof JwtError ? error : expect.unreachable()
}

/** An error whose message has this text in it, as a name of a claim may put it there. */
const naming = (claim: string): Promise<JwtError> => errorOf(GOOD, { required: claim })

const expired = await errorOf(EXPIRED)
const forged = await errorOf(FORGED)
const malformed = await errorOf('not.a.token')

/** Each function with these options, which JavaScript does not check. */
const ANSWERS: Readonly<Record<string, (options?: unknown) => string | undefined>> = {
  challenge: (options) => challenge(undefined, options as ChallengeOptions),
  'challenge of an error': (options) => challenge(forged, options as ChallengeOptions),
  unauthorized: (options) => unauthorized(undefined, options as ChallengeOptions).headers['WWW-Authenticate'],
  'unauthorized of an error': (options) => unauthorized(expired, options as ChallengeOptions).headers['WWW-Authenticate'],
  forbidden: (options) => forbidden(options as ChallengeOptions).headers['WWW-Authenticate'],
}
const answers = Object.entries(ANSWERS)

const invalid = (description: string, realm = 'jwt'): string =>
  `Bearer realm="${realm}", error="invalid_token", error_description="${description}"`

describe('challenge', () => {
  it('names only the realm if there was no token (RFC 6750 §3.1)', () => {
    for (const said of [challenge(), challenge(undefined), challenge(undefined, {})]) expect(said).toBe('Bearer realm="jwt"')
  })

  it('says what was wrong with a token', () => {
    expect(challenge(expired)).toBe('Bearer realm="jwt", error="invalid_token", error_description="token has expired (exp)"')
    expect(challenge(forged)).toBe(invalid('token signature does not match'))
    expect(challenge(malformed)).toBe(invalid('token segment 1 is not base64url'))
  })

  it('names realm and scope of the options, in this order', () => {
    expect(challenge(undefined, { realm: 'orders' })).toBe('Bearer realm="orders"')
    expect(challenge(undefined, { scope: 'read write' })).toBe('Bearer realm="jwt", scope="read write"')
    expect(challenge(forged, { scope: 'read', realm: 'orders' })).toBe(
      'Bearer realm="orders", scope="read", error="invalid_token", error_description="token signature does not match"',
    )
  })

  it.each([...'"\\\n\r\0\t\u007f\u0085\u00a0öß\u2028\u010d\u010a\ud800\u202e', '\r\n', '\\"', '😀'])(
    'replaces each unit of %j in the name of a claim by ?',
    async (text) => {
      for (const claim of ['a_b', '_b', 'a_', 'x_, error=_none']) {
        const [named, written] = [text, '?'.repeat(text.length)].map((part) => claim.replaceAll('_', () => part))
        expect(challenge(await naming(named!))).toBe(invalid(`token has no ${written}`))
      }
    },
  )

  it('replaces no other character', async () => {
    const printable = String.fromCharCode(...Array.from({ length: 95 }, (_, index) => 32 + index))
    const kept = printable.replace('"', '?').replace('\\', '?')
    expect(challenge(await naming(printable))).toBe(invalid(`token has no ${kept}`))
  })

  it('accepts errors of every class', () => {
    for (const error of [new JwtMalformedError('m'), new JwtSignatureError('m'), new JwtKeyNotFoundError('m'), expired])
      expect(challenge(error)).toContain('error="invalid_token"')
  })

  const others = [new Error('database password is hunter2'), new TypeError('x'), { code: 'ERR_JWT_EXPIRED', message: 'x' }]

  it.each([...others, 'invalid_token', null, false, '', 0, { realm: 'orders' }])(
    'throws a TypeError for %s, and reveals nothing about it',
    (error) => {
      for (const answer of [challenge, unauthorized])
        expect(() => answer(error as JwtError)).toThrow(new TypeError('error must be a JwtError'))
    },
  )
})

describe.each(answers)('options of %s', (_name, answer) => {
  const realms = ['orders', 'the orders', "!#$%&'()*+,-./:;<=>?@[]^_`{|}~", 'x, error=none', 'x'.repeat(10_000)]
  const scopes = listed('read | read write | a b c d | ! | #$%& | [a] | urn:example:read | https://api.example/read | ~')

  it.each([...realms.map((realm) => ({ realm })), ...scopes.map((scope) => ({ realm: 'jwt', scope }))])('accept %j', (options) => {
    const { realm, scope } = options as ChallengeOptions
    expect(`${answer(options)}, `.startsWith(`Bearer realm="${realm}", ${scope === undefined ? '' : `scope="${scope}", `}`)).toBe(true)
  })

  const notRealms = ['', 'a\\"b', 'x", error="none', 'a\r\nSet-Cookie: jwt=evil', ...withEach([...HOSTILE, ...'"\\'], 'orders')]
  const spaced = ['', ' ', ' read', 'read ', 'read  write', 'read", error="none', 'read\r\nX: y']
  const notScopes = [...spaced, ...withEach([...HOSTILE, ...'"\\'], 'read')]

  it.each([
    ...[...NOT_STRINGS, ...notRealms].map((realm) => ({ realm })),
    ...[...NOT_STRINGS, ...notScopes].map((scope) => ({ scope })),
    null,
    'orders',
    [],
    ...['error', 'error_description', 'charset'].map((name) => ({ [name]: 'x' })),
  ])('are a TypeError if they are %j', (options) => {
    expect(() => answer(options)).toThrow(TypeError)
  })
})

const JSON_HEADERS = { 'Cache-Control': 'no-store', 'Content-Type': 'application/json' }
const answered = (status: number, challenged: string, error: string, message: string): unknown => ({
  status,
  headers: { 'WWW-Authenticate': challenged, ...JSON_HEADERS },
  body: JSON.stringify({ error, message }),
})
const isMissing = answered(401, 'Bearer realm="jwt"', 'missing_token', 'the token is missing or ambiguous')

describe('unauthorized', () => {
  it('answers 401, and missing_token, token_expired or invalid_token', () => {
    const [over, wrong] = ['token has expired (exp)', 'token signature does not match']
    expect(unauthorized()).toEqual(isMissing)
    expect(unauthorized(expired, { realm: 'orders' })).toEqual(answered(401, invalid(over, 'orders'), 'token_expired', over))
    expect(unauthorized(forged)).toEqual(answered(401, invalid(wrong), 'invalid_token', wrong))
  })

  it('distinguishes expired from invalid by code: maxAge is expired; nbf, iat, another claim and a revoked token are not', async () => {
    const kind = (error: JwtError): unknown => (JSON.parse(unauthorized(error).body) as { readonly error: string }).error
    const early = await sign({}, key, { expiresIn: '1h', notBefore: '1m', now })
    const old = await sign({ iat: 1_700_000_000 }, key, { expiresIn: '1w', now })
    const details = { claim: 'exp', reason: 'expired' } as const
    for (const error of [await errorOf(old, { maxAge: '1h' }), new JwtExpiredError('x', details)]) expect(kind(error)).toBe('token_expired')
    const others = [errorOf(early), errorOf(GOOD, { issuer: 'x' }), errorOf(GOOD, { maxAge: '1h' })]
    for (const error of [...(await Promise.all(others)), new JwtClaimError('token has expired', details) as JwtError])
      expect(kind(error)).toBe('invalid_token')
  })

  it('has a body that is JSON, whatever a claim is called', async () => {
    for (const claim of ['"', '\\', '\r\n', '\0', '\u2028', '\ud800', '😀', '</script>'])
      expect(JSON.parse(unauthorized(await naming(claim)).body)).toEqual({ error: 'invalid_token', message: `token has no ${claim}` })
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
  it('answers 403 and insufficient_scope', () => {
    const challenged = 'Bearer realm="jwt", error="insufficient_scope"'
    expect(forbidden()).toEqual(answered(403, challenged, 'insufficient_scope', 'the token does not allow this'))
  })

  it('names realm and the scopes that are needed', () => {
    expect(forbidden({ scope: 'reports:read reports:write', realm: 'reports' }).headers['WWW-Authenticate']).toBe(
      'Bearer realm="reports", scope="reports:read reports:write", error="insufficient_scope"',
    )
  })
})

describe('an answer', () => {
  it.each([unauthorized(), unauthorized(expired), unauthorized(forged, { scope: 'a b' }), forbidden({ scope: 'a' })])(
    'can be passed to new Response (%#)',
    async (answer) => {
      const response = new Response(answer.body, answer)
      expect([response.status, await response.text()]).toEqual([answer.status, answer.body])
      for (const [name, value] of Object.entries({ ...answer.headers, ...JSON_HEADERS })) expect(response.headers.get(name)).toBe(value)
    },
  )

  it('is a new object each time', () => {
    Object.assign(unauthorized().headers, { 'X-Evil': 'y', 'Cache-Control': 'public' })
    expect(unauthorized()).toEqual(isMissing)
  })
})
