import { createKey, decodeUnverified, JwtError, JwtSignatureError, type VerifiedJwt } from 'hs256'
import { authenticate, tokenCookie } from 'hs256/http'
import { describe, expect, it } from 'vitest'
import { base64, base64url, bytesOf, fromBase64url, hex, latin1, utf16 } from './support/bytes.ts'
import { verify } from './support/engine.ts'
import { forge, SECRET } from './support/forge.ts'
import { macOf } from './support/mac.ts'
import { failure } from './support/outcome.ts'

const key = createKey(SECRET)
const HEADER = '{"alg":"HS256","typ":"JWT"}'
const PAYLOAD = '{"sub":"u1","exp":4000000000}'

const MALFORMED = 'ERR_JWT_MALFORMED'
const ALGORITHM = 'ERR_JWT_ALGORITHM'

const mac = (input: string, secret = SECRET): string => macOf(input, secret)

const valid = forge(PAYLOAD, HEADER)
const [first = '', second = '', third = ''] = valid.split('.')

const verifyAny = (token: unknown, options?: object): Promise<VerifiedJwt> => verify(token as string, key, options)
const decodeAny = (token: unknown): unknown => decodeUnverified(token as string)

async function verdict(token: unknown, options?: object): Promise<unknown> {
  try {
    const { claims } = await verifyAny(token, options)
    return claims
  } catch (error) {
    expect(error).toBeInstanceOf(JwtError)
    return (error as { readonly code: string }).code
  }
}

function decodeVerdict(token: unknown): unknown {
  try {
    return decodeAny(token) === undefined ? undefined : 'decoded'
  } catch (error) {
    expect(error).toBeInstanceOf(JwtError)
    return (error as { readonly code: string }).code
  }
}

/** Both readers refuse it, and by the same code, since it is the shape that is wrong. */
async function expectMalformed(token: unknown): Promise<void> {
  expect(await verdict(token)).toBe(MALFORMED)
  expect(decodeVerdict(token)).toBe(MALFORMED)
}

it('these tests forge tokens that verify accepts', async () => {
  expect(await verdict(valid)).toEqual({ sub: 'u1', exp: 4_000_000_000 })
})

describe('a token that is not a string', () => {
  it.each<readonly [string, unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['a number', 5],
    ['NaN', NaN],
    ['true', true],
    ['a bigint', 5n],
    ['an object', {}],
    ['a list', []],
    ['a list of the token', [valid]],
    ['a String object', Object(valid)],
    ['an object with toString', { toString: () => valid }],
    ['an object with split', { split: () => [first, second, third], length: 5, indexOf: () => 1 }],
    ['a symbol', Symbol(valid)],
    ['a function', () => valid],
    ['a thenable', { then: (resolve: (token: string) => void): void => resolve(valid) }], // oxlint-disable-line unicorn/no-thenable
    ['bytes', bytesOf(valid)],
    ['a Proxy that throws', throwingProxy()],
  ])('is malformed: %s', async (_name, token) => {
    await expectMalformed(token)
  })

  it('is a mistake in the program if it is a promise, which must not become a 401', async () => {
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

  it.each<readonly [string, string]>([
    ['dots', '.'.repeat(mega)],
    ['letters', 'A'.repeat(mega)],
    ['dots between letters', 'A.'.repeat(mega / 2)],
    ['a long header', forge(PAYLOAD, `{"alg":"HS256","x":"${'x'.repeat(mega)}"}`)],
    ['a long payload', forge(`{"exp":4000000000,"x":"${'x'.repeat(mega)}"}`, HEADER)],
    ['a long MAC', `${first}.${second}.${'A'.repeat(mega)}`],
    ['whitespace', ' '.repeat(mega)],
    ['one character', valid.padEnd(65_537, 'A')],
  ])('is malformed: %s', async (_name, token) => {
    await expectMalformed(token)
  })

  it('is read if maxLength allows it', { tags: 'large' }, async () => {
    const long = forge(`{"exp":4000000000,"x":"${'x'.repeat(mega)}"}`, HEADER)
    expect(await verdict(long, { maxLength: long.length })).toMatchObject({ exp: 4_000_000_000 })
    expect(await verdict(long, { maxLength: long.length - 1 })).toBe(MALFORMED)
    for (const dots of ['.'.repeat(mega), 'A.'.repeat(mega / 2)]) expect(await verdict(dots, { maxLength: mega })).toBe(MALFORMED)
  })
})

describe('segments', () => {
  it.each<readonly [string, string]>([
    ['none', ''],
    ['one', first],
    ['two', `${first}.${second}`],
    ['four', `${valid}.${third}`],
    ['five, as JWE has', `${first}.${second}.${third}.${third}.${third}`],
    ['three and a dot', `${valid}.`],
    ['a dot and three', `.${valid}`],
    ['two dots between', `${first}..${second}.${third}`],
    ['only dots', '..'],
    ['only more dots', '....'],
    ['no header', `.${second}.${third}`],
    ['no header, with a right MAC', `.${second}.${mac(`.${second}`)}`],
    ['no MAC after the dot', `${first}.${second}.`],
    ['an empty payload, with a right MAC', `${first}..${mac(`${first}.`)}`],
    ['another separator', valid.replaceAll('.', '。')],
    ['Bearer before them', `Bearer ${valid}`],
    ['quotes around them', `"${valid}"`],
    ['whitespace before them', ` ${valid}`],
    ['whitespace after them', `${valid} `],
    ['a line end after them', `${valid}\n`],
    ['NUL after them', `${valid}\0`],
    ['a BOM before them', `\uFEFF${valid}`],
  ])('are malformed: %s', async (_name, token) => {
    await expectMalformed(token)
  })

  it('cannot have a detached payload: its MAC is not that of the empty one', async () => {
    expect(await verdict(`${first}..${third}`)).toBe('ERR_JWT_SIGNATURE')
    expect(decodeVerdict(`${first}..${third}`)).toBe(MALFORMED)
  })

  it.each<readonly [string, (segment: string) => string]>([
    ['padding', (segment) => `${segment}=`],
    ['padding, percent-encoded', (segment) => `${segment}%3D`],
    ['a space', (segment) => `${segment} `],
    ['a space inside', (segment) => `${segment.slice(0, 4)} ${segment.slice(4)}`],
    ['a line end inside', (segment) => `${segment.slice(0, 4)}\r\n${segment.slice(4)}`],
    ['plus', (segment) => `+${segment.slice(1)}`],
    ['slash', (segment) => `/${segment.slice(1)}`],
    [
      'one extra character',
      (segment) => `${segment}${'A'.repeat((5 - (segment.length % 4)) % 4 || 4)}A`.slice(0, Math.ceil(segment.length / 4) * 4 + 1),
    ],
    ['a look-alike', (segment) => `А${segment.slice(1)}`],
    ['a letter whose low byte is the same', (segment) => `${String.fromCharCode(segment.charCodeAt(0) + 0x100)}${segment.slice(1)}`],
    ['a letter whose low seven bits are the same', (segment) => `${String.fromCharCode(segment.charCodeAt(0) + 0x80)}${segment.slice(1)}`],
    ['a full-width letter', (segment) => `Ａ${segment.slice(1)}`],
  ])('have no other spelling: %s', async (_name, spell) => {
    for (const token of [
      `${spell(first)}.${second}.${third}`,
      `${first}.${spell(second)}.${third}`,
      `${first}.${second}.${spell(third)}`,
    ]) {
      await expectMalformed(token)
    }
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

describe('the JSON serialization', () => {
  const flattened = { protected: first, payload: second, signature: third }

  it.each<readonly [string, unknown]>([
    ['flattened', JSON.stringify(flattened)],
    ['general', JSON.stringify({ payload: second, signatures: [{ protected: first, signature: third }] })],
    ['as an object', flattened],
    [
      'a polyglot of compact and JSON',
      `{" ${first}.${second}.${third} ":1,"protected":"${first}","payload":"${second}","signature":"${third}"}`,
    ],
    ['a polyglot whose first segment is JSON', `{"protected":"${first}","payload":"${second}.${second}.${third}","signature":"${third}"}`],
    ['a polyglot in the header', `${first}","x":"${second}.${second}.${third}`],
  ])('is malformed: %s', async (_name, token) => {
    await expectMalformed(token)
  })
})

describe('a header', () => {
  it.each<readonly [string, string | Uint8Array]>([
    ['is empty', ''],
    ['is not JSON', 'alg=HS256'],
    ['is JSON cut off', HEADER.slice(0, -1)],
    ['has trailing bytes', `${HEADER}x`],
    ['has a trailing NUL', `${HEADER}\0`],
    ['is two objects', HEADER + HEADER],
    ['has a trailing comma', '{"alg":"HS256",}'],
    ['has a comment', '{"alg":"HS256"/**/}'],
    ['has single quotes', "{'alg':'HS256'}"],
    ['is a list', '["HS256"]'],
    ['is a list that holds the header', `[${HEADER}]`],
    ['is a string', '"HS256"'],
    ['is a string that holds the header', JSON.stringify(HEADER)],
    ['is a number', '5'],
    ['is true', 'true'],
    ['is null', 'null'],
    ['begins with a BOM', bytesOf(0xef, 0xbb, 0xbf, HEADER)],
    ['is UTF-16', utf16(HEADER)],
    ['is UTF-16 with a BOM', bytesOf(0xff, 0xfe, utf16(HEADER))],
    ['has an overlong quote', bytesOf('{"alg":', 0xc0, 0xa2, 'HS256"}')],
    ['has an overlong slash', bytesOf('{"alg":"HS256","x":"', 0xc0, 0xaf, '"}')],
    ['has a surrogate in UTF-8', bytesOf('{"alg":"HS256","x":"', 0xed, 0xa0, 0x80, '"}')],
    ['has truncated UTF-8', bytesOf('{"alg":"HS256","x":"', 0xe2, 0x82, '"}')],
    ['has a byte of latin-1', latin1('{"alg":"HS256","x":"é"}')],
    ['has no alg', '{"typ":"JWT"}'],
    ['has no members', '{}'],
    ['has Alg instead of alg', '{"Alg":"HS256"}'],
    ['has alg null', '{"alg":null}'],
    ['has alg in a list', '{"alg":["HS256"]}'],
    ['has an object as alg', '{"alg":{"name":"HS256"}}'],
    ['has alg 0', '{"alg":0}'],
    ['has alg true', '{"alg":true}'],
    ['has alg under __proto__', '{"__proto__":{"alg":"HS256"}}'],
    ['has alg under constructor', '{"constructor":{"prototype":{"alg":"HS256"}}}'],
    ['has crit with exp', '{"alg":"HS256","crit":["exp"],"exp":1}'],
    ['has crit with b64', '{"alg":"HS256","crit":["b64"],"b64":false}'],
    ['has an empty crit', '{"alg":"HS256","crit":[]}'],
    ['has crit null', '{"alg":"HS256","crit":null}'],
    ['has crit false', '{"alg":"HS256","crit":false}'],
    ['has crit as a string', '{"alg":"HS256","crit":"exp"}'],
    ['has crit as an object', '{"alg":"HS256","crit":{}}'],
    ['has crit 0', '{"alg":"HS256","crit":0}'],
    ['has b64 false', '{"alg":"HS256","b64":false}'],
    ['has b64 true', '{"alg":"HS256","b64":true}'],
    ['has b64 null', '{"alg":"HS256","b64":null}'],
    ['has cty JWT', '{"alg":"HS256","cty":"JWT"}'],
    ['has cty jwt', '{"alg":"HS256","cty":"jwt"}'],
    ['has cty application/jwt', '{"alg":"HS256","cty":"application/jwt"}'],
    ['has cty Application/JWT', '{"alg":"HS256","cty":"Application/JWT"}'],
    ['has cty null', '{"alg":"HS256","cty":null}'],
    ['has cty in a list', '{"alg":"HS256","cty":["JWT"]}'],
    ['has kid null', '{"alg":"HS256","kid":null}'],
    ['has kid 5', '{"alg":"HS256","kid":5}'],
    ['has kid in a list', '{"alg":"HS256","kid":["a"]}'],
    ['has an object as kid', '{"alg":"HS256","kid":{}}'],
    ['has typ null', '{"alg":"HS256","typ":null}'],
    ['has typ 5', '{"alg":"HS256","typ":5}'],
    ['has typ in a list', '{"alg":"HS256","typ":["JWT"]}'],
    ['has a number of 2^53', '{"alg":"HS256","iat":9007199254740992}'],
    ['has a number of more than 2^53', '{"alg":"HS256","x":[{"id":-9007199254740993}]}'],
    ['has a number that is infinite', '{"alg":"HS256","x":1e400}'],
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
    '{"alg":"HS256","__proto__":{"crit":["x"]}}',
    ' \n{ "alg" :\t"HS\\u0032\\u0035\\u0036" }\r\n',
    '{"alg":"HS256","x":"\u{1F600}\uFFFD","y":"\\ud800"}',
    '{"alg":"none","alg":"HS256"}',
    '{"alg":"HS256","extra":[{"crit":1,"b64":false}]}',
    '{"alg":"HS256","x":9007199254740991,"y":-9.007199254740991e15,"z":"9007199254740993"}',
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
  const near = [
    'hs256',
    'Hs256',
    ' HS256',
    'HS256 ',
    'HS256\0',
    'HS256\n',
    'HS-256',
    'HS256,none',
    'ＨＳ256',
    'HMACSHA256',
    'sha256',
    '__proto__',
    'toString',
  ]
  const others = ['HS384', 'HS512', 'RS256', 'ES256', 'PS256', 'EdDSA', 'dir', 'A128KW', 'HS1']

  it.each([...spellings, ...near, ...others])('is rejected by its own code, with a right MAC, an empty one and none: %j', async (alg) => {
    const token = forge(PAYLOAD, JSON.stringify({ alg, typ: 'JWT' }))
    const input = token.slice(0, token.lastIndexOf('.'))
    expect(await verdict(token)).toBe(ALGORITHM)
    expect(await verdict(`${input}.`)).toBe(ALGORITHM)
    expect(await verdict(`${input}.${mac(input, '')}`)).toBe(ALGORITHM)
    expect(await verdict(input)).toBe(MALFORMED)
  })

  it.each(['sha384', 'sha512'] as const)('is rejected in a real token: HMAC with %s', async (hash) => {
    const input = `${base64url(`{"alg":"HS${hash.slice(3)}"}`)}.${second}`
    expect(await verdict(`${input}.${macOf(input, SECRET, hash)}`)).toBe(ALGORITHM)
  })

  it('is rejected in a real token: RS256, ES256, and ES256 with a zero signature', async () => {
    const rsa = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) }
    const ec = { name: 'ECDSA', hash: 'SHA-256', namedCurve: 'P-256' }
    for (const [alg, algorithm] of [
      ['RS256', rsa],
      ['ES256', ec],
    ] as const) {
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
  const jwk = { kty: 'oct', k: base64url(attacker) }

  it.each<readonly [string, object]>([
    ['jwk', { jwk }],
    ['jku', { jku: 'https://attacker.example/jwks.json' }],
    ['x5u', { x5u: 'https://attacker.example/cert.pem' }],
    ['x5c', { x5c: [base64(attacker)] }],
    ['kid as a path', { kid: '../../dev/null' }],
    ['kid as a URL', { kid: 'https://attacker.example/jwks.json' }],
  ])('is never followed: %s', async (_name, members) => {
    const header = JSON.stringify({ alg: 'HS256', ...members })
    await expect(verifyAny(forge(PAYLOAD, header, attacker))).rejects.toBeInstanceOf(JwtSignatureError)
    expect(await verdict(forge(PAYLOAD, header))).toMatchObject({ sub: 'u1' })
  })
})

describe('a payload', () => {
  const wrap = (...inner: number[]): Uint8Array => bytesOf('{"exp":4000000000,"sub":"', ...inner, '"}')

  it.each<readonly [string, string | Uint8Array]>([
    ['is empty', ''],
    ['is a list', '[]'],
    ['is a list of claims', `[${PAYLOAD}]`],
    ['is a string', '"sub"'],
    ['is a string that holds claims', JSON.stringify(PAYLOAD)],
    ['is a number', '5'],
    ['is true', 'true'],
    ['is null', 'null'],
    ['is prose', 'It’s a dangerous business, Frodo, going out your door.'],
    ['is another token', valid],
    ['is two objects', PAYLOAD + PAYLOAD],
    ['has trailing bytes', `${PAYLOAD}x`],
    ['has a trailing NUL', `${PAYLOAD}\0`],
    ['has NaN', '{"exp":NaN}'],
    ['has a trailing comma', '{"exp":4000000000,}'],
    ['is cut off', PAYLOAD.slice(0, -1)],
    ['begins with a BOM', `\uFEFF${PAYLOAD}`],
    ['is UTF-16', utf16(PAYLOAD)],
    ['has a byte that is not UTF-8', wrap(0xff)],
    ['has an overlong byte', wrap(0xc1, 0xa1)],
    ['has truncated UTF-8', wrap(0xf0, 0x9f, 0x98)],
    ['has a surrogate in UTF-8', wrap(0xed, 0xa0, 0x80)],
    ['has a character beyond Unicode', wrap(0xf4, 0x90, 0x80, 0x80)],
    ['has a line end in a string', wrap(0x0a)],
  ])('is malformed if it %s', async (_name, payload) => {
    await expectMalformed(forge(payload, HEADER))
  })

  it('is not parsed before the MAC is verified', async () => {
    for (const payload of ['[]', 'x', '\uFEFF{}', '{"exp":1}', '{"exp":"x"}']) {
      expect(await verdict(forge(payload, HEADER, 'another secret of more than 32 bytes'))).toBe('ERR_JWT_SIGNATURE')
    }
  })

  it('may hold U+FFFD, which stands only for itself', async () => {
    expect(await verdict(forge(wrap(0xef, 0xbf, 0xbd), HEADER))).toMatchObject({ sub: '\uFFFD' })
  })

  it('keeps the last of duplicate members', async () => {
    expect(await verdict(forge('{"sub":"a","exp":1,"exp":4000000000,"sub":"b"}', HEADER))).toEqual({ sub: 'b', exp: 4_000_000_000 })
    expect(await verdict(forge('{"exp":4000000000,"exp":1}', HEADER))).toBe('ERR_JWT_EXPIRED')
  })

  it('may have whitespace around it', async () => {
    expect(await verdict(forge(` \r\n\t${PAYLOAD}\n`, HEADER))).toMatchObject({ sub: 'u1' })
  })
})

describe('a MAC', () => {
  const input = `${first}.${second}`
  const bytes = fromBase64url(third)

  it.each<readonly [string, string]>([
    ['empty', ''],
    ['42 characters', third.slice(0, -1)],
    ['44 characters', `${third}A`],
    ['twice in a row', third + third],
    ['hex', hex(bytes)],
    ['base64', base64(bytes)],
    ['31 bytes', base64url(bytes.subarray(0, 31))],
    ['33 bytes', base64url(bytesOf(bytes, 0))],
    ['half of it', base64url(bytes.subarray(0, 16))],
    ['of HMAC with SHA-512', macOf(input, SECRET, 'sha512')],
    ['with padding', `${third}=`],
    ['not canonical', third.slice(0, -1) + String.fromCharCode(third.charCodeAt(42) + 1)],
  ])('is malformed: %s', async (_name, signature) => {
    await expectMalformed(`${input}.${signature}`)
  })

  it.each<readonly [string, string]>([
    ['zeros', 'A'.repeat(43)],
    ['ones', base64url(new Uint8Array(32).fill(0xff))],
    ['of another secret', mac(input, 'another secret of more than 32 bytes')],
    ['of an empty secret', mac(input, '')],
    ['of only the payload', mac(second)],
    ['of only the header', mac(first)],
    ['of the decoded payload', mac(`${HEADER}.${PAYLOAD}`)],
    ['of the signing input and a dot', mac(`${input}.`)],
    ['reversed', base64url(bytes.slice().reverse())],
    ['the secret itself', base64url(bytesOf(SECRET).subarray(0, 32))],
  ])('does not match: %s', async (_name, signature) => {
    expect(await verdict(`${input}.${signature}`)).toBe('ERR_JWT_SIGNATURE')
  })

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
  const SHAPES: Readonly<Record<string, (number: string) => string>> = {
    lists: (number) => nested(['[', ']'], 24_500, number),
    objects: (number) => nested(['{"":', '}'], 9_800, number),
    'lists that are first of two': (number) => nested(['[', ',0]'], 12_200, number),
    'lists that are second of two': (number) => nested(['[0,', ']'], 12_200, number),
    'objects in lists': (number) => nested(['[{"":', '}]'], 7_000, number),
  }

  it.each(Object.entries(SHAPES))('is searched for rounded numbers: %s', async (_name, write) => {
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

  it.each(Object.entries(SHAPES))('is searched for rounded numbers in its header: %s', async (_name, write) => {
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

function throwingProxy(): object {
  const refuse = (): never => {
    throw new Error('touched')
  }
  return new Proxy({}, { get: refuse, has: refuse, ownKeys: refuse, getPrototypeOf: refuse })
}
