import { createKey, decodeUnverified, JwtError, JwtSignatureError, type VerifiedJwt } from 'hs256'
import { authenticate, tokenCookie } from 'hs256/http'
import { describe, expect, it } from 'vitest'
import type { Case, TokenCase } from './corpus/case.ts'
import { TOPICS } from './corpus/cases.ts'
import * as corpus from './corpus/forge.ts'
import { base64url, bytesOf, fromBase64url, utf16 } from './support/bytes.ts'
import { verify } from './support/engine.ts'
import { forge, SECRET } from './support/forge.ts'
import { macOf } from './support/mac.ts'
import { failure, outcome } from './support/outcome.ts'

const key = createKey(SECRET)
const HEADER = '{"alg":"HS256","typ":"JWT"}'
const PAYLOAD = '{"sub":"u1","exp":4000000000}'

const MALFORMED = 'ERR_JWT_MALFORMED'
const ALGORITHM = 'ERR_JWT_ALGORITHM'

const valid = forge(PAYLOAD, HEADER)
const [first = '', second = '', third = ''] = valid.split('.')

const verifyAny = (token: unknown, options?: object): Promise<VerifiedJwt> => verify(token as string, key, options)
const decodeAny = (token: unknown): unknown => decodeUnverified(token as string)

/** The code of an error of this library; anything else fails the test. */
function codeOf(error: unknown, fact?: string): string {
  expect(error, fact).toBeInstanceOf(JwtError)
  return (error as JwtError).code
}

/** The claims that `verify` returns, or the code of its error. */
async function verdict(token: unknown, options?: object): Promise<unknown> {
  const result = await outcome(() => verifyAny(token, options))
  return result instanceof Error ? codeOf(result) : (result as VerifiedJwt).claims
}

function decodeVerdict(token: unknown): unknown {
  const result = failure(() => decodeAny(token))
  return result instanceof Error ? codeOf(result) : 'decoded'
}

/** Both readers reject it by the same code, because its shape is wrong. */
async function expectMalformed(token: unknown): Promise<void> {
  expect(await verdict(token)).toBe(MALFORMED)
  expect(decodeVerdict(token)).toBe(MALFORMED)
}

it('these tests forge tokens that verify accepts', async () => {
  expect(await verdict(valid)).toEqual({ sub: 'u1', exp: 4_000_000_000 })
})

const isOfShape = (one: Case): one is TokenCase => one.door === 'token' && one.verdict === MALFORMED && !one.options
const SHAPES = Object.entries(TOPICS).map(([topic, cases]) => [topic, cases.filter(isOfShape)] as const)

describe('every malformed token of the corpus', () => {
  it.each(SHAPES.filter(([, cases]) => cases.length > 0))('is malformed for verify and decodeUnverified: %s', async (_topic, cases) => {
    const corpusKey = createKey(corpus.SECRET)
    for (const { name, token } of cases) {
      const written = (typeof token === 'function' ? token() : await corpus.forge(token)) as string
      for (const error of [await outcome(() => verify(written, corpusKey)), failure(() => decodeUnverified(written))])
        expect(codeOf(error, name), name).toBe(MALFORMED)
    }
  })
})

describe('a token that is a promise', () => {
  it('is a mistake in the program, which must not become a 401', async () => {
    const mistake = new TypeError('token is a Promise: await it')
    class Pending extends Promise<string> {}
    for (const promise of [Promise.resolve(valid), new Promise(() => {}), Pending.resolve(valid)]) {
      await expect(verifyAny(promise)).rejects.toEqual(mistake)
      expect(failure(() => decodeAny(promise))).toEqual(mistake)
    }
  })
})

describe('a token that is too long', () => {
  const mega = 2_000_000

  it('is read if maxLength allows it', { tags: 'large' }, async () => {
    const long = forge(`{"exp":4000000000,"x":"${'x'.repeat(mega)}"}`, HEADER)
    expect(await verdict(long, { maxLength: long.length })).toMatchObject({ exp: 4_000_000_000 })
    expect(await verdict(long, { maxLength: long.length - 1 })).toBe(MALFORMED)
    for (const dots of ['.'.repeat(mega), 'A.'.repeat(mega / 2)]) expect(await verdict(dots, { maxLength: mega })).toBe(MALFORMED)
  })
})

describe('segments', () => {
  it('are malformed if there are five, as JWE has', async () => {
    await expectMalformed(`${first}.${second}.${third}.${third}.${third}`)
  })

  it('cannot have a detached payload: its MAC is not that of the empty one', async () => {
    expect(await verdict(`${first}..${third}`)).toBe('ERR_JWT_SIGNATURE')
    expect(decodeVerdict(`${first}..${third}`)).toBe(MALFORMED)
  })

  it('have no spare bits', async () => {
    const oneByteOver = forge(`${PAYLOAD}  `, '{"alg":"HS256"} ').split('.')
    for (const [index, segment] of oneByteOver.entries()) {
      if (segment.length % 4 === 0) continue
      const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
      const next = alphabet[alphabet.indexOf(segment.slice(-1)) + 1]
      await expectMalformed(oneByteOver.map((other, at) => (at === index ? segment.slice(0, -1) + String(next) : other)).join('.'))
    }
    expect(await verdict(oneByteOver.join('.'))).toMatchObject({ sub: 'u1' })
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

  it.each([
    '{"alg":"HS256","cty":"json"}',
    '{"alg":"HS256","cty":""}',
    '{"alg":"HS256","cty":"text/jwt"}',
    '{"alg":"HS256","cty":"jwt+json"}',
    '{"alg":"HS256","kid":""}',
    '{"alg":"HS256","typ":""}',
    '{"alg":"HS256","x":"\u{1F600}\uFFFD","y":"\\ud800"}',
  ])('is accepted: %s', async (header) => {
    expect(await verdict(forge(PAYLOAD, header))).toMatchObject({ sub: 'u1' })
  })

  it('keeps the last of duplicate members', async () => {
    expect(await verdict(forge(PAYLOAD, '{"alg":"HS256","alg":"none"}'))).toBe(ALGORITHM)
    expect(await verdict(forge(PAYLOAD, '{"alg":"HS256","alg":null}'))).toBe(MALFORMED)
    expect((await verifyAny(forge(PAYLOAD, '{"alg":"HS256","kid":"a","kid":"b"}'))).header.kid).toBe('b')
  })
})

describe('another algorithm', () => {
  const spellings = ['none', 'None', 'NONE', 'nOnE', 'none ', ' none', 'none\0', 'nonе', '']
  const near = ['hs256', 'Hs256', ' HS256', 'HS256 ', 'HS256\0', 'HS256\n', 'HS-256', 'HS256,none', 'ＨＳ256', 'HMACSHA256', 'sha256']
  const others = ['HS384', 'HS512', 'RS256', 'ES256', 'PS256', 'EdDSA', 'dir', 'A128KW', 'HS1', '__proto__', 'toString']

  it.each([...spellings, ...near, ...others])('is rejected by its own code, with a right MAC, an empty one and none: %j', async (alg) => {
    const token = forge(PAYLOAD, JSON.stringify({ alg, typ: 'JWT' }))
    const input = token.slice(0, token.lastIndexOf('.'))
    expect(await verdict(token)).toBe(ALGORITHM)
    expect(await verdict(`${input}.`)).toBe(ALGORITHM)
    expect(await verdict(`${input}.${macOf(input, '')}`)).toBe(ALGORITHM)
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
  const attacker = 'the secret of an attacker, thirty-two bytes'

  it.each<readonly [string, object]>([
    ['jwk', { jwk: { kty: 'oct', k: base64url(attacker) } }],
    ['jku', { jku: 'https://attacker.example/jwks.json' }],
  ])('is never followed: %s', async (_name, members) => {
    const header = JSON.stringify({ alg: 'HS256', ...members })
    await expect(verifyAny(forge(PAYLOAD, header, attacker))).rejects.toBeInstanceOf(JwtSignatureError)
    expect(await verdict(forge(PAYLOAD, header))).toMatchObject({ sub: 'u1' })
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

  it('may hold U+FFFD, which stands only for itself', async () => {
    const payload = bytesOf('{"exp":4000000000,"sub":"', 0xef, 0xbf, 0xbd, '"}')
    expect(await verdict(forge(payload, HEADER))).toMatchObject({ sub: '\uFFFD' })
  })

  it('keeps the last of duplicate members', async () => {
    expect(await verdict(forge('{"sub":"a","exp":1,"exp":4000000000,"sub":"b"}', HEADER))).toEqual({ sub: 'b', exp: 4_000_000_000 })
    expect(await verdict(forge('{"exp":4000000000,"exp":1}', HEADER))).toBe('ERR_JWT_EXPIRED')
  })
})

describe('a MAC', () => {
  const input = `${first}.${second}`
  const bytes = fromBase64url(third)

  it('does not match if any one bit is changed', async () => {
    for (let bit = 0; bit < 256; bit++) {
      const changed = bytes.slice()
      changed[bit >> 3] = changed[bit >> 3]! ^ (1 << (bit & 7))
      expect(await verdict(`${input}.${base64url(changed)}`)).toBe('ERR_JWT_SIGNATURE')
    }
  })
})

describe('hostile JSON', () => {
  const deep = (count: number): string => '['.repeat(count) + ']'.repeat(count)
  const members = Array.from({ length: 200_000 }, (_, i) => `"m${i}":${i}`).join()
  const options = { maxLength: 20_000_000, ignoreAudience: true }

  it.each<readonly [string, string, string]>([
    ['100 000 lists deep in the payload', HEADER, `{"exp":4000000000,"x":${deep(100_000)}}`],
    ['100 000 objects deep in the payload', HEADER, `{"exp":4000000000,"x":${'{"x":'.repeat(100_000)}0${'}'.repeat(100_000)}}`],
    ['100 000 deep in the header', `{"alg":"HS256","x":${deep(100_000)}}`, PAYLOAD],
    ['100 000 deep and not closed', HEADER, '['.repeat(100_000)],
    ['200 000 members in the payload', HEADER, `{${members},"exp":4000000000}`],
    ['200 000 members in the header', `{${members},"alg":"HS256"}`, PAYLOAD],
    ['200 000 audiences', HEADER, `{"exp":4000000000,"aud":[${Array(200_000).fill('"a"').join()}]}`],
  ])('ends in claims or a JwtError: %s', { tags: 'large', timeout: 60_000 }, async (_name, header, payload) => {
    const token = forge(payload, header)
    const result = await verdict(token, options)
    expect(typeof result === 'object' || result === MALFORMED).toBe(true)
    await expectMalformed(token.padEnd(65_537, 'A')) // too long for the default
  })

  it('does the same within the default length', async () => {
    const result = await verdict(forge(`{"exp":4000000000,"x":${deep(20_000)}}`, HEADER))
    expect(typeof result === 'object' || result === MALFORMED).toBe(true)
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
      const result = await verdict(token)
      expect(typeof result === 'object' ? 'accepted' : result).toBe(expected ?? 'accepted')
      expect(decodeVerdict(token)).toBe(expected ?? 'decoded')
      expect(bakeVerdict(token)).toBe(expected ?? 'too long for a cookie')
      expect(await guardVerdict(token)).toBe(expected ?? 'authenticated')
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

/** What `tokenCookie` makes of a token, which it reads to learn its `exp`. */
function bakeVerdict(token: string): unknown {
  const error = failure(() => tokenCookie(token))
  return error instanceof JwtError
    ? error.code
    : error instanceof RangeError && /browsers keep/.test(error.message)
      ? 'too long for a cookie'
      : error
}

/** What `authenticate` makes of a token: that it is authenticated, or the code of its error. */
async function guardVerdict(token: string): Promise<unknown> {
  const result = await authenticate({ method: 'GET', headers: { authorization: `Bearer ${token}` } }, key)
  return result.status === 'denied' ? result.error?.code : result.status
}
