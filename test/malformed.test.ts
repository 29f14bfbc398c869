/** Tokens whose shape, encoding, header or payload is wrong. The corpus has many more, and most of their verdicts. */
import { createKey, decodeUnverified, JwtError, type VerifiedJwt } from 'hs256'
import { authenticate, tokenCookie } from 'hs256/http'
import { describe, expect, it } from 'vitest'
import type { Case, TokenCase } from './corpus/case.ts'
import { TOPICS } from './corpus/cases.ts'
import * as corpus from './corpus/forge.ts'
import { base64url, bytesOf, fromBase64url, utf16 } from './support/bytes.ts'
import { verify } from './support/engine.ts'
import { forge, resign, SECRET } from './support/forge.ts'
import { macOf } from './support/mac.ts'
import { failure, outcome } from './support/outcome.ts'

const key = createKey(SECRET)
const HEADER = '{"alg":"HS256","typ":"JWT"}'
const PAYLOAD = '{"sub":"u1","exp":4000000000}'

const MALFORMED = 'ERR_JWT_MALFORMED'
const ALGORITHM = 'ERR_JWT_ALGORITHM'

const valid = forge(PAYLOAD, HEADER)
const [first = '', second = '', third = ''] = valid.split('.')

/** The code of an error of this library; anything else fails the test. */
function codeOf(error: unknown, fact?: string): string {
  expect(error, fact).toBeInstanceOf(JwtError)
  return (error as JwtError).code
}

/** The claims that `verify` returns, or the code of its error. */
async function verdict(token: string, options?: object): Promise<unknown> {
  const result = await outcome(() => verify(token, key, options))
  return result instanceof Error ? codeOf(result) : (result as VerifiedJwt).claims
}

/** Both readers reject it by the same code, because its shape is wrong. */
async function expectMalformed(token: string): Promise<void> {
  expect(await verdict(token)).toBe(MALFORMED)
  expect(codeOf(failure(() => decodeUnverified(token)))).toBe(MALFORMED)
}

const isOfShape = (one: Case): one is TokenCase => one.door === 'token' && one.verdict === MALFORMED && !one.options
const SHAPES = Object.entries(TOPICS).map(([topic, cases]) => [topic, cases.filter(isOfShape)] as const)

describe('every malformed token of the corpus', () => {
  it.each(SHAPES.filter(([, cases]) => cases.length > 0))('is malformed for decodeUnverified, too: %s', async (_topic, cases) => {
    for (const { name, token } of cases) {
      const written = (typeof token === 'function' ? token() : await corpus.forge(token)) as string
      const error = failure(() => decodeUnverified(written))
      expect(codeOf(error, name), name).toBe(MALFORMED)
    }
  })
})

describe('segments', () => {
  it('are malformed if there are five, as JWE has', async () => {
    await expectMalformed(`${first}.${second}.${third}.${third}.${third}`)
  })

  it('have no spare bits', async () => {
    const [header = '', payload = '', mac = ''] = forge(`${PAYLOAD}  `, '{"alg":"HS256"} ').split('.')
    expect(await verdict(resign([header, payload]))).toMatchObject({ sub: 'u1' }) // of both, the last byte is a space, which ends in an A
    await expectMalformed(resign([header.replace(/A$/, 'B'), payload]))
    await expectMalformed(resign([header, payload.replace(/A$/, 'B')]))
    await expectMalformed(`${header}.${payload}.${mac.slice(0, -1)}B`)
  })
})

describe('a header', () => {
  it.each<readonly [string, string | Uint8Array]>([
    ['is a list', '["HS256"]'],
    ['is UTF-16', utf16(HEADER)],
    ['has truncated UTF-8', bytesOf('{"alg":"HS256","x":"', 0xe2, 0x82, '"}')],
    ['has crit with exp', '{"alg":"HS256","crit":["exp"],"exp":1}'],
    ['has an empty crit', '{"alg":"HS256","crit":[]}'],
    ['has b64 false', '{"alg":"HS256","b64":false}'],
    ['has cty application/jwt', '{"alg":"HS256","cty":"application/jwt"}'],
  ])('is malformed if it %s, although its MAC is right', async (_name, header) => {
    await expectMalformed(forge(PAYLOAD, header))
  })

  it.each(['{"alg":"HS256","typ":""}', '{"alg":"HS256","x":"\u{1F600}\uFFFD","y":"\\ud800"}'])('is accepted: %s', async (header) => {
    expect(await verdict(forge(PAYLOAD, header))).toMatchObject({ sub: 'u1' })
  })

  it('keeps the last of duplicate members', async () => {
    expect(await verdict(forge(PAYLOAD, '{"alg":"HS256","alg":"none"}'))).toBe(ALGORITHM)
    expect((await verify(forge(PAYLOAD, '{"alg":"HS256","kid":"a","kid":"b"}'), key)).header.kid).toBe('b')
  })
})

describe('another algorithm', () => {
  const ALGORITHMS = ['none', 'nOnE', '', 'hs256', 'HS256 ', 'HS256\0', 'HS384', 'RS256', '__proto__']

  it.each(ALGORITHMS)('is rejected by its own code, with a right MAC, an empty one and none: %j', async (alg) => {
    const token = forge(PAYLOAD, JSON.stringify({ alg, typ: 'JWT' }))
    const input = token.slice(0, token.lastIndexOf('.'))
    for (const mac of [token.slice(input.length + 1), '', macOf(input, '')]) expect(await verdict(`${input}.${mac}`)).toBe(ALGORITHM)
    expect(await verdict(input)).toBe(MALFORMED)
  })

  it('is rejected in a real token: RS256, ES256, and ES256 with a zero signature', async () => {
    const rsa = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) }
    const ec = { name: 'ECDSA', hash: 'SHA-256', namedCurve: 'P-256' }
    for (const [alg, algorithm] of Object.entries({ RS256: rsa, ES256: ec })) {
      const { privateKey } = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify'])
      const input = `${base64url(JSON.stringify({ alg }))}.${second}`
      const signature = await crypto.subtle.sign(algorithm, privateKey, bytesOf(input))
      expect(await verdict(`${input}.${base64url(new Uint8Array(signature))}`)).toBe(ALGORITHM)
    }
    expect(await verdict(`${base64url('{"alg":"ES256"}')}.${second}.${base64url(new Uint8Array(64))}`)).toBe(ALGORITHM)
  })
})

describe('a key in the token itself', () => {
  it('is never followed: jwk, jku', async () => {
    const attacker = 'the secret of an attacker, thirty-two bytes'
    for (const members of [{ jwk: { kty: 'oct', k: base64url(attacker) } }, { jku: 'https://attacker.example/jwks.json' }])
      expect(await verdict(forge(PAYLOAD, { alg: 'HS256', ...members }, attacker))).toBe('ERR_JWT_SIGNATURE')
  })
})

describe('a payload', () => {
  it('is malformed if it is a token in quotes', async () => {
    await expectMalformed(forge(`"${valid}"`, HEADER))
  })

  it('is not parsed before the MAC is verified', async () => {
    for (const payload of ['[]', 'x', '\uFEFF{}', '{"exp":1}', '{"exp":"x"}'])
      expect(await verdict(forge(payload, HEADER, 'another secret of more than 32 bytes'))).toBe('ERR_JWT_SIGNATURE')
  })
})

describe('a MAC', () => {
  it('does not match if any one bit is changed', async () => {
    for (let bit = 0; bit < 256; bit++) {
      const changed = fromBase64url(third)
      changed[bit >> 3]! ^= 1 << (bit & 7)
      expect(await verdict(`${first}.${second}.${base64url(changed)}`)).toBe('ERR_JWT_SIGNATURE')
    }
  })
})

describe('the deepest token that maxLength allows', () => {
  /** Lists or objects in each other, as deep as a token of 65 536 characters can have them, around a number. */
  const NESTINGS: Readonly<Record<string, (number: string) => string>> = {
    lists: (number) => nested(['[', ']'], 24_500, number),
    objects: (number) => nested(['{"":', '}'], 9_800, number),
    'lists that are first of two': (number) => nested(['[', ',0]'], 12_200, number),
    'lists that are second of two': (number) => nested(['[0,', ']'], 12_200, number),
    'objects in lists': (number) => nested(['[{"":', '}]'], 7_000, number),
  }

  it.each(Object.entries(NESTINGS))('is searched for rounded numbers: %s', async (_name, write) => {
    for (const [number, code] of [
      ['9007199254740993', 'ERR_JWT_CLAIM'],
      ['1e400', 'ERR_JWT_CLAIM'],
      ['9007199254740991', undefined], // as long as one that is rounded, so that all is searched
    ] as const) {
      const payload = `{"exp":4000000000,"x":${write(number)}}`
      const token = forge(payload, HEADER)
      expect(token.length).toBeGreaterThan(60_000)
      expect(token.length).toBeLessThanOrEqual(65_536)
      const expected = isParsed(payload) ? code : MALFORMED
      for (const result of [await outcome(() => verify(token, key)), failure(() => decodeUnverified(token))])
        expect(result instanceof Error ? codeOf(result) : undefined).toBe(expected)
      const guarded = await authenticate({ method: 'GET', headers: { authorization: `Bearer ${token}` } }, key)
      expect(guarded.error?.code ?? guarded.status).toBe(expected ?? 'authenticated')
      const baked = failure(() => tokenCookie(token))
      expect(expected === undefined ? baked : codeOf(baked)).toEqual(expected ?? expect.any(RangeError)) // it is too long for a cookie
    }
  })

  it.each(Object.entries(NESTINGS))('is searched for rounded numbers in its header: %s', async (_name, write) => {
    await expectMalformed(forge(PAYLOAD, `{"alg":"HS256","x":${write('9007199254740993')}}`))
    const header = `{"alg":"HS256","x":${write('9007199254740991')}}`
    if (isParsed(header)) expect(await verdict(forge(PAYLOAD, header))).toMatchObject({ sub: 'u1' })
  })

  it('is searched for rounded numbers, however long maxLength lets it be', { tags: 'large', timeout: 60_000 }, async () => {
    const payload = `{"exp":4000000000,"x":${nested(['[{"":', '}]'], 100_000, '9007199254740993')}}`
    expect(await verdict(forge(payload, HEADER), { maxLength: 20_000_000 })).toBe(isParsed(payload) ? 'ERR_JWT_CLAIM' : MALFORMED)
  })
})

function nested([open, close]: readonly [string, string], depth: number, inner: string): string {
  return open.repeat(depth) + inner + close.repeat(depth)
}

/** Whether the engine parses it: some give up on deep nesting. */
function isParsed(json: string): boolean {
  try {
    return JSON.parse(json) !== undefined
  } catch {
    return false
  }
}
