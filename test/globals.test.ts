/** No global is trusted to be there: the library, in a realm that has but the language and what a case adds. */
import { fileURLToPath } from 'node:url'
import { createContext, runInContext } from 'node:vm'
import { buildSync } from 'esbuild'
import { describe, expect, it, vi } from 'vitest'
import { base64url } from './support/bytes.ts'
import { forge, SECRET } from './support/forge.ts'
import { failure } from './support/outcome.ts'

type Library = typeof import('hs256') & typeof import('hs256/http')

const TOKEN = forge({ sub: 'u1', exp: 4_000_000_000 })

const stdin = {
  contents: "export * from './index.ts'; export * from './http.ts'",
  resolveDir: fileURLToPath(new URL('../src', import.meta.url)),
}
const { outputFiles } = buildSync({ stdin, bundle: true, format: 'iife', globalName: 'library', write: false })

/** The library in a realm of its own, which has these globals and no others. */
function load(globals: object): Library {
  return runInContext(`${outputFiles[0]?.text ?? ''};library`, createContext(globals)) as Library
}

const CODECS = { TextEncoder, TextDecoder }
const JWK = { kty: 'oct', k: base64url(SECRET) }

describe('with few globals but the text codecs and Web Crypto', () => {
  it('signs, verifies, decodes and guards', async () => {
    const { authenticate, createKey, decodeUnverified, generateSecret, sign, tokenCookie, verify } = load({ ...CODECS, crypto })
    const key = createKey(generateSecret())
    const token = await sign({ sub: 'u1' }, key, { expiresIn: '1h' })
    expect((await verify(token, key)).claims.sub).toBe('u1')
    expect(decodeUnverified(token).claims.sub).toBe('u1')
    const headers = { origin: 'https://a.example', host: 'a.example', cookie: tokenCookie(token).replace(/;.*/, '') }
    expect(await authenticate({ method: 'POST', headers }, key)).toMatchObject({ status: 'authenticated', response: null })
    const url = 'https://a.example/' // which is read without URL
    const { host: _none, ...hostless } = headers
    expect(await authenticate({ method: 'post', url, headers: hostless }, key)).toMatchObject({ status: 'authenticated' })
    expect(await authenticate({ method: 'POST', headers: hostless }, key)).toMatchObject({ status: 'denied', reason: 'cross_origin' })
    expect((await verify(TOKEN, createKey(JWK))).claims.sub).toBe('u1')
  })

  it('never fetches a key that the token names', async () => {
    const fetch = vi.fn()
    const { createKey, verify } = load({ ...CODECS, crypto, fetch, XMLHttpRequest: fetch })
    for (const member of [{ jku: 'https://attacker.example/jwks.json' }, { x5u: 'https://attacker.example/cert.pem' }]) {
      const token = forge(undefined, { alg: 'HS256', ...member }, 'the secret of an attacker')
      await expect(verify(token, createKey(SECRET))).rejects.toMatchObject({ code: 'ERR_JWT_SIGNATURE' })
    }
    expect(fetch).not.toHaveBeenCalled()
  })
})

describe('without Web Crypto', () => {
  it.each([
    ['there is no crypto, as in an old runtime', {}],
    ['crypto has no subtle, as on a page over http', { crypto: { getRandomValues: () => new Uint8Array(32) } }],
    ['crypto is null', { crypto: null }],
  ])('says so in one sentence with the cure: %s', async (_where, globals) => {
    const missing = /^Web Crypto is missing: use https, localhost or a newer runtime$/
    const { createKey, generateSecret, sign, verify } = load({ ...CODECS, ...globals })
    const key = createKey(SECRET)
    expect(() => generateSecret()).toThrow(missing)
    await expect(sign({ sub: 'u1' }, key, { expiresIn: '1h' })).rejects.toThrow(missing)
    await expect(verify(TOKEN, key)).rejects.toThrow(missing)
  })

  it('does everything that needs no MAC', async () => {
    const { createKey, decodeUnverified, readTokens, secondsLeft, tokenCookie, verify } = load(CODECS)
    const jwt = decodeUnverified(TOKEN)
    expect(jwt).toMatchObject({ claims: { sub: 'u1' }, header: { alg: 'HS256' } })
    expect(secondsLeft(jwt)).toBeGreaterThan(0)
    expect(readTokens({ cookie: tokenCookie(TOKEN).replace(/;.*/, '') })).toHaveLength(1)
    await expect(verify('a.b', createKey(SECRET))).rejects.toMatchObject({ code: 'ERR_JWT_MALFORMED' })
    expect(failure(() => decodeUnverified(forge(Uint8Array.of(0x7b, 0xff, 0x7d))))).toMatchObject({ code: 'ERR_JWT_MALFORMED' })
  })
})

describe('without the text codecs, which some engines and versions of jsdom lack', () => {
  const missing = (codec: string): object => ({ name: 'ReferenceError', message: `${codec} is not defined` })

  it('can be imported, and does what needs neither of them', () => {
    const library = load({ crypto })
    expect(library.clearTokenCookie()).toBe('jwt=; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=0')
    expect(library.readTokens({ authorization: `Bearer ${TOKEN}` })).toHaveLength(1)
    expect(library.secondsLeft({ claims: { exp: 4_000_000_000 } })).toBeGreaterThan(0)
    expect(library.isCrossOrigin('POST', { 'sec-fetch-site': 'cross-site' })).toBe(true)
    expect(library.unauthorized(new library.JwtSignatureError('x'))).toMatchObject({ status: 401 })
    expect(() => library.createKey(undefined)).toThrow('environment variable')
  })

  it.each<readonly [lacking: string, name: string, others: object, call: (library: Library) => unknown]>([
    ['TextEncoder', 'createKey with a string', { TextDecoder }, ({ createKey }) => createKey(SECRET)],
    ['TextEncoder', 'decodeUnverified', { TextDecoder }, ({ decodeUnverified }) => decodeUnverified(TOKEN)],
    ['TextDecoder', 'generateSecret', { TextEncoder }, ({ generateSecret }) => generateSecret()],
    ['TextDecoder', 'decodeUnverified', { TextEncoder }, ({ decodeUnverified }) => decodeUnverified(TOKEN)],
  ])('says in the first call that needs it that %s is missing: %s', (lacking, _name, others, call) => {
    expect(failure(() => call(load({ crypto, ...others })))).toMatchObject(missing(lacking))
    expect(failure(() => call(load({ crypto, ...CODECS })))).not.toMatchObject({ name: 'ReferenceError' })
  })

  it('makes sign, verify and authenticate reject with that error', async () => {
    const globals: Partial<typeof CODECS> = { ...CODECS }
    const { authenticate, createKey, sign, verify } = load(Object.assign(globals, { crypto }))
    const key = createKey(SECRET)
    delete globals.TextDecoder // none was made: a string needs no decoder
    const headers = { authorization: `Bearer ${TOKEN}` }
    for (const rejected of [sign({}, key, { expiresIn: '1h' }), verify(TOKEN, key), authenticate({ method: 'GET', headers }, key)])
      await expect(rejected).rejects.toMatchObject(missing('TextDecoder'))
    globals.TextDecoder = TextDecoder
    expect((await verify(TOKEN, key)).claims.sub).toBe('u1')
  })

  it('works from the call on before which they were defined', () => {
    const globals = { crypto }
    const { createKey, decodeUnverified } = load(globals)
    expect(failure(() => decodeUnverified(TOKEN))).toMatchObject(missing('TextEncoder'))
    Object.assign(globals, CODECS)
    expect(decodeUnverified(TOKEN).claims.sub).toBe('u1')
    expect(createKey(SECRET).kid).toBeUndefined()
  })
})
