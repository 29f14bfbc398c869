/** What a guard answers: the challenge of RFC 6750 §3, and the bodies that tell expired, invalid and missing apart. */
import {
  createKey,
  JwtClaimError,
  JwtError,
  JwtExpiredError,
  JwtKeyNotFoundError,
  JwtMalformedError,
  JwtSignatureError,
  sign,
  verify,
  type VerifyOptions,
} from 'hs256'
import { challenge, forbidden, unauthorized, type ChallengeOptions } from 'hs256/http'
import { describe, expect, it } from 'vitest'

const SECRET = 'correct horse battery staple, 32+'
const key = createKey(SECRET)
const now = (): Date => new Date('2027-01-15T08:00:00Z')

const VALID = 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHAiOjE4MDAwMDM2MDAsInN1YiI6InUxIn0.dCHj3DhiqahR8vEnwbWt5oLwlvY4Wjl2NE4mAXVe4Rc'
const EXPIRED = 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHAiOjE4MDAwMDAwMDAsInN1YiI6InUxIn0.23PdIvcIlEhFgUbgktJIKvOVuxc6ECgxo6Cb9lpAoFw'
const FORGED = 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHAiOjE4MDAwMDM2MDAsInN1YiI6InUxIn0.U5aRanffulWg6zBf4U-vVG2R5c_WFDllLmxc6lnsSXw'

async function errorOf(token: string, options: VerifyOptions = {}): Promise<JwtError> {
  const error: unknown = await verify(token, key, { now, ...options }).catch((thrown: unknown) => thrown)
  if (error instanceof JwtError) return error
  return expect.unreachable()
}

/** An error whose message has this text in it, as a name of a claim may put it there. */
const naming = (claim: string): Promise<JwtError> => errorOf(VALID, { required: claim })

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

describe('challenge', () => {
  it('names only the realm if there was no token (RFC 6750 §3.1)', () => {
    expect(challenge()).toBe('Bearer realm="jwt"')
    expect(challenge(undefined)).toBe('Bearer realm="jwt"')
    expect(challenge(undefined, {})).toBe('Bearer realm="jwt"')
  })

  it('says what was wrong with a token', () => {
    expect(challenge(expired)).toBe('Bearer realm="jwt", error="invalid_token", error_description="token has expired (exp)"')
    expect(challenge(forged)).toBe('Bearer realm="jwt", error="invalid_token", error_description="token signature does not match"')
    expect(challenge(malformed)).toBe('Bearer realm="jwt", error="invalid_token", error_description="token segment 1 is not base64url"')
  })

  it('names realm and scope of the options, in this order', () => {
    expect(challenge(undefined, { realm: 'orders' })).toBe('Bearer realm="orders"')
    expect(challenge(undefined, { scope: 'read write' })).toBe('Bearer realm="jwt", scope="read write"')
    expect(challenge(forged, { scope: 'read', realm: 'orders' })).toBe(
      'Bearer realm="orders", scope="read", error="invalid_token", error_description="token signature does not match"',
    )
  })

  it.each([
    ['quotes', 'a"b', 'a?b'],
    ['quotes that end the parameter', 'x", error="none', 'x?, error=?none'],
    ['a backslash', 'a\\b', 'a?b'],
    ['a backslash at the end', 'a\\', 'a?'],
    ['a backslash and quotes', '\\"', '??'],
    ['CR LF and another header', 'a\r\nSet-Cookie: jwt=evil', 'a??Set-Cookie: jwt=evil'],
    ['LF', 'a\nb', 'a?b'],
    ['CR', 'a\rb', 'a?b'],
    ['NUL', 'a\0b', 'a?b'],
    ['a tab', 'a\tb', 'a?b'],
    ['DEL', 'a\u007fb', 'a?b'],
    ['a next line (C1)', 'a\u0085b', 'a?b'],
    ['a no-break space', 'a\u00a0b', 'a?b'],
    ['an umlaut', 'größe', 'gr??e'],
    ['a line separator', 'a\u2028b', 'a?b'],
    ['letters whose low byte is CR and LF', 'a\u010d\u010ab', 'a??b'],
    ['an emoji, of two units', '😀', '??'],
    ['a lone surrogate', 'a\ud800', 'a?'],
    ['an override of direction', '\u202eb', '?b'],
  ])('replaces %s in the name of a claim by ?', async (_what, claim, written) => {
    expect(challenge(await naming(claim))).toBe(`Bearer realm="jwt", error="invalid_token", error_description="token has no ${written}"`)
  })

  it('replaces no other character', async () => {
    const printable = String.fromCharCode(...Array.from({ length: 95 }, (_, index) => 32 + index))
    const kept = printable.replace('"', '?').replace('\\', '?')
    expect(challenge(await naming(printable))).toBe(`Bearer realm="jwt", error="invalid_token", error_description="token has no ${kept}"`)
  })

  it('accepts errors of every class', () => {
    for (const error of [new JwtMalformedError('m'), new JwtSignatureError('m'), new JwtKeyNotFoundError('m'), expired]) {
      expect(challenge(error)).toContain('error="invalid_token"')
    }
  })

  it.each<[string, unknown]>([
    ['another error', new Error('database password is hunter2')],
    ['a TypeError', new TypeError('x')],
    ['a string', 'invalid_token'],
    ['null', null],
    ['an object that looks like an error', { code: 'ERR_JWT_EXPIRED', message: 'x' }],
    ['false', false],
    ['the empty string', ''],
    ['zero', 0],
    ['options in place of the error', { realm: 'orders' }],
  ])('throws a TypeError for %s, and reveals nothing about it', (_what, error) => {
    expect(() => challenge(error as JwtError)).toThrow(new TypeError('error must be a JwtError'))
    expect(() => unauthorized(error as JwtError)).toThrow(new TypeError('error must be a JwtError'))
  })
})

describe.each(answers)('options of %s', (_name, answer) => {
  it.each([
    ['a word', 'orders'],
    ['a space', 'the orders'],
    ['punctuation', "!#$%&'()*+,-./:;<=>?@[]^_`{|}~"],
    ['what looks like a parameter', 'x, error=none'],
    ['a long one', 'x'.repeat(10_000)],
  ])('accept a realm that is %s', (_what, realm) => {
    expect(`${answer({ realm })}, `.startsWith(`Bearer realm="${realm}", `)).toBe(true)
  })

  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['empty', ''],
    ['a number', 5],
    ['a list', ['orders']],
    ['an object with toString', { toString: () => 'orders' }],
    ['with a quote', 'a"b'],
    ['with a quote that ends it', 'x", error="none'],
    ['with an escaped quote', 'a\\"b'],
    ['with a backslash', 'a\\b'],
    ['with a backslash at the end', 'a\\'],
    ['with CR LF and another header', 'a\r\nSet-Cookie: jwt=evil'],
    ['with a line end at its end', 'orders\n'],
    ['with a line end at its start', '\norders'],
    ['with CR', 'a\rb'],
    ['with NUL', 'a\0b'],
    ['with a tab', 'a\tb'],
    ['with DEL', 'a\u007f'],
    ['with an umlaut', 'Aufträge'],
    ['with a no-break space', 'a\u00a0b'],
    ['with letters whose low byte is CR and LF', 'a\u010d\u010ab'],
    ['with typographic quotes', '“orders”'],
    ['with an emoji', 'orders😀'],
    ['with a lone surrogate', 'a\ud800'],
  ])('reject a realm that is %s', (_what, realm) => {
    expect(() => answer({ realm })).toThrow(TypeError)
  })

  it.each(['read', 'read write', 'a b c d', '!', '#$%&', '[a]', 'urn:example:read', 'https://api.example/read', '~'])(
    'accept a scope that is %s',
    (scope) => {
      expect(answer({ scope })).toContain(`scope="${scope}"`)
    },
  )

  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['empty', ''],
    ['a space', ' '],
    ['with a space at its start', ' read'],
    ['with a space at its end', 'read '],
    ['with two spaces', 'read  write'],
    ['a list', ['read', 'write']],
    ['with a quote', 'read"'],
    ['with a quote that ends it', 'read", error="none'],
    ['with a backslash', 'read\\'],
    ['with CR LF', 'read\r\nX: y'],
    ['with a line end at its end', 'read\n'],
    ['with a tab between', 'read\twrite'],
    ['with NUL', 'read\0'],
    ['with an umlaut', 'größe'],
    ['with DEL', 'read\u007f'],
    ['with a no-break space between', 'read\u00a0write'],
  ])('reject a scope that is %s', (_what, scope) => {
    expect(() => answer({ scope })).toThrow(TypeError)
  })

  it('rejects unknown options', () => {
    for (const options of [null, 'orders', [], { error: 'invalid_request' }, { error_description: 'x' }, { charset: 'utf-8' }]) {
      expect(() => answer(options)).toThrow(TypeError)
    }
  })
})

describe('unauthorized', () => {
  const NO_STORE = { 'Cache-Control': 'no-store', 'Content-Type': 'application/json' }

  it('answers 401 and missing_token if there was no token', () => {
    expect(unauthorized()).toEqual({
      status: 401,
      headers: { 'WWW-Authenticate': 'Bearer realm="jwt"', ...NO_STORE },
      body: '{"error":"missing_token","message":"the token is missing or ambiguous"}',
    })
  })

  it('answers 401 and token_expired for an expired token', () => {
    expect(unauthorized(expired, { realm: 'orders' })).toEqual({
      status: 401,
      headers: {
        'WWW-Authenticate': 'Bearer realm="orders", error="invalid_token", error_description="token has expired (exp)"',
        ...NO_STORE,
      },
      body: '{"error":"token_expired","message":"token has expired (exp)"}',
    })
  })

  it('answers 401 and invalid_token for any other error', () => {
    expect(unauthorized(forged)).toEqual({
      status: 401,
      headers: {
        'WWW-Authenticate': 'Bearer realm="jwt", error="invalid_token", error_description="token signature does not match"',
        ...NO_STORE,
      },
      body: '{"error":"invalid_token","message":"token signature does not match"}',
    })
  })

  it('distinguishes expired from invalid by code: maxAge is expired; nbf, iat, another claim and a revoked token are not', async () => {
    const kind = (error: JwtError): unknown => (JSON.parse(unauthorized(error).body) as { readonly error: string }).error
    const early = await sign({}, key, { expiresIn: '1h', notBefore: '1m', now })
    const old = await sign({ iat: 1_700_000_000 }, key, { expiresIn: '1w', now })
    expect(kind(await errorOf(old, { maxAge: '1h' }))).toBe('token_expired')
    expect(kind(await errorOf(early))).toBe('invalid_token')
    expect(kind(await errorOf(VALID, { issuer: 'x' }))).toBe('invalid_token')
    expect(kind(await errorOf(VALID, { maxAge: '1h' }))).toBe('invalid_token')
    expect(kind(new JwtExpiredError('x', { claim: 'exp', reason: 'expired' }))).toBe('token_expired')
    expect(kind(new JwtClaimError('token has expired', { claim: 'exp', reason: 'expired' }) as JwtError)).toBe('invalid_token')
  })

  it('has a body that is JSON, whatever a claim is called', async () => {
    for (const claim of ['"', '\\', '\r\n', '\0', '\u2028', '\ud800', '😀', '</script>']) {
      expect(JSON.parse(unauthorized(await naming(claim)).body)).toEqual({ error: 'invalid_token', message: `token has no ${claim}` })
    }
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
    expect(forbidden()).toEqual({
      status: 403,
      headers: {
        'WWW-Authenticate': 'Bearer realm="jwt", error="insufficient_scope"',
        'Cache-Control': 'no-store',
        'Content-Type': 'application/json',
      },
      body: '{"error":"insufficient_scope","message":"the token does not allow this"}',
    })
  })

  it('names realm and the scopes that are needed', () => {
    expect(forbidden({ scope: 'reports:read reports:write', realm: 'reports' }).headers['WWW-Authenticate']).toBe(
      'Bearer realm="reports", scope="reports:read reports:write", error="insufficient_scope"',
    )
  })
})

describe('an answer', () => {
  it.each([
    () => unauthorized(),
    () => unauthorized(expired),
    () => unauthorized(forged, { scope: 'a b' }),
    () => forbidden({ scope: 'a' }),
  ])('can be passed to new Response (%#)', async (make) => {
    const answer = make()
    const response = new Response(answer.body, answer)
    expect(response.status).toBe(answer.status)
    expect(response.headers.get('www-authenticate')).toBe(answer.headers['WWW-Authenticate'])
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(await response.text()).toBe(answer.body)
  })

  it('is a new object each time', () => {
    Object.assign(unauthorized().headers, { 'X-Evil': 'y', 'Cache-Control': 'public' })
    expect(unauthorized().headers).toEqual({
      'WWW-Authenticate': 'Bearer realm="jwt"',
      'Cache-Control': 'no-store',
      'Content-Type': 'application/json',
    })
  })
})
