/** What holds for anything. A failure prints its seed and path: `fc.assert(…, { seed, path })` runs it again. */
import { createKey, decodeUnverified, JwtError, type JwtKey } from 'hs256'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { base64url, fromBase64url } from './bytes.ts'
import { sign, verify } from './engine.ts'
import { macOf } from './mac.ts'
import { runs } from './runs.ts'

const numRuns = runs(100)
vi.setConfig({ testTimeout: 10_000 + 20 * numRuns })

const SECRET = 'correct horse battery staple, 32+'
const key = createKey(SECRET)
const now = (): Date => new Date('2027-01-15T08:00:00Z')

const REGISTERED = new Set(['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti'])
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'.split('')

/** Any text: lone surrogates, NUL and the names that every object inherits included. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('__proto__', 'toString', 'toJSON', '\ud800'),
)
const customClaims = fc.dictionary(
  text.filter((name) => !REGISTERED.has(name)),
  fc.oneof(fc.jsonValue(), text),
)
const registeredClaims = fc.record({ iss: text, sub: text, aud: fc.oneof(text, fc.array(text)), jti: text }, { requiredKeys: [] })
const claimSets = fc.tuple(customClaims, registeredClaims).map(([custom, registered]) => ({ ...custom, ...registered }))

/** Anything at all that a token may be taken for. */
const anything = fc.oneof(
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
    withNullPrototype: true,
    withObjectString: true,
    withSparseArray: true,
  }),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...LETTERS, '.', '=') }),
  fc.constantFrom(Symbol('token'), () => 'token', Object('a.b.c'), { toString: () => 'a.b.c' }, new Proxy({}, {})),
)

/** Tokens whose MAC is right, of any header and payload: texts, JSON, bytes. */
const bytes = fc.oneof(
  fc.json().map((json) => utf8(json)),
  fc
    .dictionary(fc.constantFrom(...REGISTERED, '__proto__'), fc.oneof(fc.jsonValue(), fc.double(), text))
    .map((json) => utf8(JSON.stringify({ exp: 1_800_003_600, ...json }))),
  fc.uint8Array(),
)
const headers = fc.oneof(
  { weight: 4, arbitrary: fc.constant(utf8('{"alg":"HS256"}')) },
  fc
    .dictionary(fc.constantFrom('typ', 'kid', 'cty', 'crit', 'b64', 'alg', '__proto__'), fc.oneof(fc.jsonValue(), text))
    .map((json) => utf8(JSON.stringify({ alg: 'HS256', ...json }))),
  bytes,
)
const forgedTokens = fc.tuple(bytes, headers).map(([payload, header]) => forge(payload, header))

function forge(payload: Uint8Array | string, header: Uint8Array | string = '{"alg":"HS256"}'): string {
  const signingInput = `${base64url(header)}.${base64url(payload)}`
  return `${signingInput}.${macOf(signingInput, SECRET)}`
}

function utf8(part: string): Uint8Array {
  return new TextEncoder().encode(part)
}

/** Calls `verify` as JavaScript may: with whatever is at hand. */
function verifyAnything(token: unknown): ReturnType<typeof verify> {
  return verify(token as string, key, { now, ignoreAudience: true })
}

async function isAccepted(token: string): Promise<boolean> {
  try {
    await verifyAnything(token)
    return true
  } catch (error) {
    if (error instanceof JwtError) return false
    throw error
  }
}

function expectJwtError(error: unknown): void {
  expect(error).toBeInstanceOf(JwtError)
  expect(error).toMatchObject({ code: expect.stringMatching(/^ERR_JWT_[A-Z_]+$/) as string })
}

/** Freezes a value all the way down: whoever tries to change it throws. */
function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
    for (const member of Object.values(value)) deepFreeze(member)
    Object.freeze(value)
  }
  return value
}

describe('sign and verify', () => {
  it('give back any claims that JSON can carry', async () => {
    await fc.assert(
      fc.asyncProperty(claimSets, async (claims) => {
        const token = await sign(claims, key, { expiresIn: '1h', now })
        const jwt = await verifyAnything(token)
        const sent: unknown = JSON.parse(JSON.stringify(claims))
        expect(jwt.claims).toStrictEqual({ iat: 1_800_000_000, ...(sent as object), exp: 1_800_003_600 })
        expect(decodeUnverified(token).claims).toStrictEqual(jwt.claims)
        expect(token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]{43}$/)
      }),
      { numRuns },
    )
  })

  it('agree about time: what was just signed is valid, whatever the clock’s fraction and the duration', async () => {
    const milliseconds = fc.integer({ min: Date.UTC(2001, 0), max: Date.UTC(2100, 0) })
    const durations = fc.oneof(
      fc.integer({ min: 1, max: 1e9 }),
      fc.double({ min: 0.001, max: 1e9, noNaN: true }),
      fc.double({ min: 0.001, max: 2, noNaN: true }),
      fc
        .tuple(fc.integer({ min: 1, max: 999 }), fc.constantFrom('s', 'm', 'h', 'd', 'w'))
        .map(([count, unit]) => `${count}${unit}` as const),
    )
    await fc.assert(
      fc.asyncProperty(milliseconds, durations, async (time, expiresIn) => {
        const clock = (): Date => new Date(time)
        const token = await sign({}, key, { expiresIn, notBefore: 0, now: clock })
        await expect(verify(token, key, { now: clock, maxAge: '1s' })).resolves.toMatchObject({ key })
      }),
      { numRuns },
    )
  })

  it('agree about time: what expires with a whole number of seconds lives until that second, and no longer', async () => {
    const milliseconds = fc.integer({ min: Date.UTC(2001, 0), max: Date.UTC(2100, 0) })
    await fc.assert(
      fc.asyncProperty(milliseconds, fc.integer({ min: 1, max: 1e9 }), async (time, expiresIn) => {
        const token = await sign({}, key, { expiresIn, now: () => new Date(time) })
        const end = (Math.floor(time / 1000) + expiresIn) * 1000
        await expect(verify(token, key, { now: () => new Date(end - 1) })).resolves.toMatchObject({ key })
        await expect(verify(token, key, { now: () => new Date(end) })).rejects.toMatchObject({ expiredAt: new Date(end) })
      }),
      { numRuns },
    )
  })

  it('never change their arguments', async () => {
    await fc.assert(
      fc.asyncProperty(claimSets, customClaims, async (claims, header) => {
        const signed = { expiresIn: '1h', notBefore: 0, type: 'at+jwt', header: { x: { ...header } }, now } as const
        const expected = { audience: ['orders'], required: ['iat'], maxAge: '1h', type: 'at+jwt', now } as const
        const keys: JwtKey[] = [createKey(SECRET, { kid: 'a' }), key]
        const given = { ...claims, aud: ['orders'], iat: new Date('2027-01-15T08:00:00Z') }
        const before = structuredClone([given, signed.header, expected.audience, expected.required])
        const token = await sign(deepFreeze(given), deepFreeze(keys), deepFreeze(signed))
        await verify(token, keys, deepFreeze(expected))
        expect([given, signed.header, expected.audience, expected.required]).toEqual(before)
        expect(keys.map(({ kid }) => kid)).toEqual(['a', undefined])
      }),
      { numRuns },
    )
  })

  it('give results of their own, which change nothing of the next', async () => {
    const token = await sign({ groups: ['ops'] }, key, { expiresIn: '1h', now })
    const first = await verifyAnything(token)
    Object.assign(first.claims, { groups: 'all', sub: 'root' })
    await expect(verifyAnything(token)).resolves.toMatchObject({ claims: { groups: ['ops'] } })
    expect((await verifyAnything(token)).claims).not.toHaveProperty('sub')
  })

  it('give a header of their own where it holds more than texts, which can be changed', async () => {
    const token = await sign({}, key, { expiresIn: '1h', now, header: { extra: { level: 1 } } })
    const { header } = await verifyAnything(token)
    Object.assign(header['extra'] as object, { level: 2 })
    expect((await verifyAnything(token)).header).toEqual({ alg: 'HS256', typ: 'JWT', extra: { level: 1 } })
  })
})

describe('verify', () => {
  // Signed with SECRET: {"exp":1800003600}, then with sub u1, then with a kid, an iss, groups, and a sub of café and an emoji.
  const tokens = [
    'eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjE4MDAwMDM2MDB9.sOqep-vhhiBjWQ6wfNGxlEuOoSPoKzkf--bxPzuULXw',
    'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHAiOjE4MDAwMDM2MDAsInN1YiI6InUxIn0.dCHj3DhiqahR8vEnwbWt5oLwlvY4Wjl2NE4mAXVe4Rc',
    'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6IjIwMjctMDEifQ' +
      '.eyJpYXQiOjE4MDAwMDAwMDAsImlzcyI6Imh0dHBzOi8vYXV0aC5leGFtcGxlIiwic3ViIjoiY2Fmw6kg8J-YgCIsImdyb3VwcyI6WyJvcHMiLCJkZXYiXSwiZXhwIjoxODAwMDAzNjAwfQ' +
      '.yMXIroaS4N2BzpeksnAT1xqwfyEeNdomggq2OFrg7uM',
  ] as const
  const near = fc.string({ unit: fc.constantFrom(...LETTERS, '.', '=', ' ', '+', '/'), maxLength: 1 })

  it('accepts the tokens that follow', async () => {
    for (const token of tokens) expect(await isAccepted(token)).toBe(true)
  })

  it('accepts one spelling of a token: nothing with any one character changed, added or removed', async () => {
    const inserted = fc.oneof(near, fc.string({ unit: 'binary', maxLength: 1 }))
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...tokens), fc.nat(), fc.boolean(), inserted, async (token, anywhere, replaces, character) => {
        const at = anywhere % (token.length + 1)
        const edited = token.slice(0, at) + character + token.slice(replaces ? at + 1 : at)
        expect(await isAccepted(edited)).toBe(edited === token)
      }),
      { numRuns: numRuns * 5 },
    )
  })

  it('accepts one spelling of a token: nothing with any text before, behind or around it', async () => {
    const extra = fc.oneof(near, text, fc.constantFrom('.', '=', ' ', '\n', '\0', 'Bearer ', ...tokens))
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...tokens), extra, extra, async (token, before, behind) => {
        const edited = before + token + behind
        expect(await isAccepted(edited)).toBe(edited === token)
      }),
      { numRuns },
    )
  })

  it('accepts one spelling of a token: nothing made of the segments of others', async () => {
    const segments = tokens.flatMap((token) => token.split('.'))
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...segments), { minLength: 1, maxLength: 5 }), async (mixed) => {
        const edited = mixed.join('.')
        expect(await isAccepted(edited)).toBe(tokens.some((token) => token === edited))
      }),
      { numRuns },
    )
  })

  it('accepts one spelling of a token: a text that is accepted is its own canonical encoding', async () => {
    await fc.assert(
      fc.asyncProperty(forgedTokens, near, fc.nat(), async (token, character, anywhere) => {
        const at = anywhere % (token.length + 1)
        for (const candidate of [
          token,
          token.slice(0, at) + character + token.slice(at),
          token.slice(0, at) + character + token.slice(at + 1),
        ]) {
          if (!(await isAccepted(candidate))) continue
          expect(candidate).toBe(token)
          const canonical = candidate.split('.').map((segment) => base64url(fromBase64url(segment)))
          expect(canonical.join('.')).toBe(candidate)
        }
      }),
      { numRuns },
    )
  })

  it('answers anything with a JwtError or its claims', async () => {
    await fc.assert(
      fc.asyncProperty(anything, async (token) => {
        await verifyAnything(token).then(() => expect.fail('that was no token'), expectJwtError)
      }),
      { numRuns: numRuns * 3 },
    )
  })

  it('answers any header and payload under a MAC that is right with a JwtError or its claims', async () => {
    await fc.assert(
      fc.asyncProperty(forgedTokens, async (token) => {
        await verifyAnything(token).then(({ claims, header }) => {
          expect(header.alg).toBe('HS256')
          expect(Object.getPrototypeOf(claims)).toBe(Object.prototype)
          expect(claims.exp).toBeGreaterThan(1_800_000_000)
        }, expectJwtError)
      }),
      { numRuns: numRuns * 3 },
    )
  })

  it.each([
    ['dots', '.'.repeat(2_000_000)],
    ['A', 'A'.repeat(2_000_000)],
    ['three segments of 20 000 A', ['A', 'A', 'A'].map((letter) => letter.repeat(20_000)).join('.')],
    ['opening brackets', forge('['.repeat(40_000))],
    ['objects in objects', forge('{"a":'.repeat(6_000) + '1' + '}'.repeat(6_000))],
  ])('answers a flood of %s with a JwtError', async (_what, token) => {
    await verifyAnything(token).then(() => expect.fail('that was no token'), expectJwtError)
  })

  it('answers nesting of 100 000 levels with a JwtError or its claims, where maxLength lets it pass', async () => {
    const payloads = [
      '['.repeat(100_000),
      '['.repeat(100_000) + ']'.repeat(100_000),
      `{"exp":0,"a":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_001)}`,
    ]
    for (const payload of payloads) {
      await verify(forge(payload), key, { maxLength: 10_000_000 }).then(() => expect.fail('that was no token'), expectJwtError)
    }
  })
})

describe('decodeUnverified', () => {
  it('reads anything, or throws a JwtError', () => {
    fc.assert(
      fc.property(fc.oneof(anything, forgedTokens), (token) => {
        try {
          expect(typeof decodeUnverified(token as string).claims).toBe('object')
        } catch (error) {
          expectJwtError(error)
        }
      }),
      { numRuns: numRuns * 3 },
    )
  })

  it('reads whatever verify accepts, and the same claims', async () => {
    await fc.assert(
      fc.asyncProperty(forgedTokens, async (token) => {
        const jwt = await verifyAnything(token).catch(() => undefined)
        if (jwt) expect(decodeUnverified(token)).toStrictEqual({ claims: jwt.claims, header: jwt.header })
      }),
      { numRuns },
    )
  })
})
