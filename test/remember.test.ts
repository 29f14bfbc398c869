/**
 * The option `remember`: a right MAC is not computed again, and nothing else changes. `engines.test.ts` runs this suite again over
 * `hs256/sync`; `remember-node.test.ts` counts the MACs there.
 */
import { createKey, decodeUnverified, type JwtKey } from 'hs256'
import { createGuard } from 'hs256/http'
import { describe, expect, it, vi } from 'vitest'
import { createMemory as create, type Memory } from '../src/memory.ts'
import { createVerifier, sign, verify } from './support/engine.ts'
import { forge, SECRET } from './support/forge.ts'
import { outcome } from './support/outcome.ts'
import { whilePolluted } from './support/polluted.ts'

const key = createKey(SECRET)
const OTHER = createKey('another secret, also of more than thirty-two bytes')
const remember = 2 ** 16
const EXP = 4_000_000_000
const TOKEN = forge({ sub: 'u1', groups: ['a', { b: ['c'] }], exp: EXP })

/** The functions as JavaScript calls them: unchecked. */
type Unchecked = (...args: readonly unknown[]) => unknown
const makeVerifier = createVerifier as unknown as Unchecked

/** Shows a token twice: only from its second appearance on is it remembered. */
async function showTwice(check: (token: string) => unknown, token: string): Promise<void> {
  for (let i = 0; i < 2; i++) await check(token)
}

describe('remember', () => {
  it.each([0, 4096, 4097, 2 ** 30])('changes no result, if it is %d', async (characters) => {
    const check = createVerifier(key, { remember: characters })
    for (let i = 0; i < 4; i++) expect(await check(TOKEN)).toEqual(await verify(TOKEN, key))
  })

  it.each([-1, 1, 4095, 4096.5, 2 ** 30 + 1, Infinity, NaN, '4096', true, null, {}])('must not be %j', (value) => {
    const mistake = 'remember must be 0, or an integer from 4096 to 2^30: a number of characters'
    for (const make of [makeVerifier, createGuard as unknown as Unchecked])
      expect(() => make(key, { remember: value })).toThrow(new TypeError(mistake))
  })

  it('is not an option of verify inside a guard', () => {
    const hint = 'unknown option remember: pass it to createVerifier, or to createGuard beside verify'
    expect(() => (createGuard as unknown as Unchecked)(key, { verify: { remember } })).toThrow(new TypeError(hint))
  })
})

describe('a verifier that remembers', () => {
  it('reads the clock each time, so that a token expires', async () => {
    let seconds = EXP - 1
    const check = createVerifier(key, { remember, now: () => new Date(seconds * 1000) })
    await showTwice(check, TOKEN)
    seconds = EXP
    expect(await outcome(() => check(TOKEN))).toMatchObject({ code: 'ERR_JWT_EXPIRED' })
  })

  it('accepts the deepest token that maxLength allows, again and again', async () => {
    for (const [open, close, depth] of [
      ['[', ']', 24_000],
      ['{"a":', '}', 8000],
    ] as const) {
      // prettier-ignore
      const token = forge(`{"exp":${EXP},"a":${open.repeat(depth)}1${close.repeat(depth)}}`)
      expect(token.length).toBeGreaterThan(60_000)
      const check = createVerifier(key, { remember: 2 ** 26 })
      for (let i = 0; i < 4; i++) expect(await check(token)).toMatchObject({ claims: { exp: EXP } })
    }
  })

  it('rejects another header or payload with a MAC that it remembers', async () => {
    const check = makeVerifier(key, { remember }) as Unchecked
    await showTwice(check, TOKEN)
    const [header, payload, mac] = TOKEN.split('.') as [string, string, string]
    const admin = forge({ sub: 'admin', exp: EXP }).split('.')[1]
    const typed = forge({}, { alg: 'HS256', typ: 'at+jwt' }).split('.')[0]
    for (const forged of [`${header}.${admin}.${mac}`, `${typed}.${payload}.${mac}`, `${typed}.${admin}.${mac}`]) {
      for (let i = 0; i < 2; i++) expect(await outcome(() => check(forged))).toMatchObject({ code: 'ERR_JWT_SIGNATURE' })
    }
    const noTokens = [mac, `.${mac}`, `..${mac}`, `${TOKEN}.${mac}`, ` ${TOKEN}`, `${TOKEN} `, undefined, {}, [TOKEN], new String(TOKEN)]
    for (const broken of noTokens) expect(await outcome(() => check(broken))).toMatchObject({ code: 'ERR_JWT_MALFORMED' })
  })

  it('asks the key function each time, and rejects a token whose key is gone', async () => {
    let keys: JwtKey[] | JwtKey | undefined = key
    const find = vi.fn(() => keys)
    const check = createVerifier(find, { remember })
    await showTwice(check, TOKEN)
    keys = OTHER
    expect(await outcome(() => check(TOKEN))).toMatchObject({ code: 'ERR_JWT_SIGNATURE' })
    keys = undefined
    expect(await outcome(() => check(TOKEN))).toMatchObject({ code: 'ERR_JWT_KEY_NOT_FOUND' })
    keys = [OTHER, key]
    expect((await check(TOKEN)).key).toBe(key)
    expect(find).toHaveBeenCalledTimes(5)
  })

  it('accepts a key that is made anew for each call, and returns that one', async () => {
    const made: JwtKey[] = []
    const check = createVerifier(() => made[made.push(createKey(SECRET)) - 1], { remember })
    for (let i = 0; i < 4; i++) expect((await check(TOKEN)).key).toBe(made[i])
  })

  it('asks the schema each time, and gives it claims of its own', async () => {
    let isAccepted = true
    const seen: unknown[] = []
    const validate = (value: unknown) => {
      seen.push(structuredClone(value))
      Object.assign(value as object, { sub: 'changed', groups: 1 })
      return isAccepted ? { value: { role: 'admin' } } : { issues: [{ message: 'no', path: ['role'] }] }
    }
    const check = createVerifier(key, { remember, schema: { '~standard': { version: 1, vendor: 'test', validate } } })
    for (let i = 0; i < 4; i++) expect((await check(TOKEN)).claims).toEqual({ exp: EXP, sub: 'u1', role: 'admin' })
    isAccepted = false
    expect(await outcome(() => check(TOKEN))).toMatchObject({ code: 'ERR_JWT_CLAIM', claim: 'role' })
    expect(seen).toEqual(Array.from({ length: 5 }, () => decodeUnverified(TOKEN).claims))
  })

  it('hands out claims that nobody shares, at any depth', async () => {
    const check = createVerifier(key, { remember })
    const { claims } = decodeUnverified(TOKEN)
    for (let i = 0; i < 4; i++) {
      const mine = (await check(TOKEN)).claims as { groups: unknown[]; sub?: string; role?: string }
      expect(mine).toEqual(claims)
      const { b } = mine.groups[1] as { b: string[] }
      b.push('admin')
      mine.groups.length = 1
      mine.role = 'admin'
      delete mine.sub
    }
    const { header } = await check(TOKEN)
    expect(Object.isFrozen(header)).toBe(true)
  })

  it('does not share a header that is not frozen at every depth', async () => {
    const check = createVerifier(key, { remember })
    const token = forge({ exp: EXP }, { alg: 'HS256', crumbs: ['a'] })
    for (let i = 0; i < 4; i++) {
      const { header } = await check(token)
      expect(header).toEqual({ alg: 'HS256', crumbs: ['a'] })
      ;(header['crumbs'] as string[]).push('b')
    }
  })

  it('copies claims exactly as JSON.parse returns them', async () => {
    const check = createVerifier(key, { remember })
    const payloads = [
      `{"exp":${EXP},"__proto__":{"admin":true},"a":{"__proto__":[1,{"__proto__":2}]}}`,
      `{"10":1,"9":2,"b":3,"a":4,"exp":${EXP},"constructor":5,"toString":null,"hasOwnProperty":[]}`,
      `{"exp":${EXP},"a":[[],{},[{}],"",null,true,-0.5,1e-7],"":{"":[""]}}`,
      `{"exp":${EXP},${Array.from({ length: 2000 }, (_, i) => `"k${i}":[${i}]`).join()}}`,
    ]
    for (const payload of payloads) {
      const parsed = JSON.parse(payload) as object
      for (let i = 0; i < 4; i++) {
        const { claims } = await check(forge(payload))
        expect(claims).toStrictEqual(parsed)
        expect(JSON.stringify(claims)).toBe(JSON.stringify(parsed)) // in the same order
        expect(Object.getPrototypeOf(claims)).toBe(Object.prototype)
      }
    }
  })

  it('takes nothing from a polluted Object.prototype', async () => {
    const check = createVerifier(key, { remember, issuer: 'a' })
    const token = forge({ iss: 'a', exp: EXP, nested: {} })
    await showTwice(check, token)
    const members = { payload: { iss: 'a' }, token: TOKEN, key: OTHER, iss: 'a', extra: {} }
    await whilePolluted(members, async () => {
      const { claims, key: used } = await check(token)
      expect([Object.keys(claims), Object.keys(claims['nested'] as object), used]).toEqual([['iss', 'exp', 'nested'], [], key])
      for (let i = 0; i < 2; i++) expect(await outcome(() => check(TOKEN))).toMatchObject({ code: 'ERR_JWT_CLAIM', claim: 'iss' })
    })
  })

  it('reads no member of a polluted Object.prototype, nor do sign and verify', async () => {
    const check = createVerifier(key, { remember })
    const read = vi.fn()
    Object.defineProperty(Object.prototype, 'inherited', { get: read, configurable: true, enumerable: true })
    try {
      const token = await sign({ a: { b: [{}] } }, key, { expiresIn: '1h' })
      for (let i = 0; i < 3; i++) await check(token)
    } finally {
      Reflect.deleteProperty(Object.prototype, 'inherited')
    }
    expect(read).not.toHaveBeenCalled()
  })

  it('copies lists without asking a polluted Array.prototype', async () => {
    const check = createVerifier(key, { remember })
    await showTwice(check, TOKEN)
    Reflect.set(Array.prototype, 'constructor', 'x')
    const third = await outcome(() => check(TOKEN))
    Reflect.set(Array.prototype, 'constructor', Array)
    expect(third).toMatchObject({ claims: { sub: 'u1' } })
  })
})

describe('a guard that remembers', () => {
  const REQUEST = { method: 'GET', headers: { authorization: `Bearer ${TOKEN}` } }

  it('asks isRevoked each time', async () => {
    let isGone = false
    const guard = createGuard(key, { remember, isRevoked: () => isGone })
    for (let i = 0; i < 3; i++) expect((await guard(REQUEST)).status).toBe('authenticated')
    isGone = true
    expect((await guard(REQUEST)).response).toMatchObject({ status: 401 })
  })

  it('computes two MACs for a token that comes again and again, and one for each that was rejected', async () => {
    const computed = vi.spyOn(crypto.subtle, 'verify')
    const guard = createGuard(key, { remember })
    for (let i = 0; i < 4; i++) await guard(REQUEST)
    expect(computed).toHaveBeenCalledTimes(2) // it is remembered from its second appearance on
    const expired = { method: 'GET', headers: { authorization: `Bearer ${forge({ exp: 1 })}` } }
    for (let i = 0; i < 3; i++) await guard(expired)
    expect(computed).toHaveBeenCalledTimes(5) // a failure is not remembered
    const plain = createGuard(key)
    for (let i = 0; i < 3; i++) await plain(REQUEST)
    expect(computed).toHaveBeenCalledTimes(8)
    computed.mockRestore()
  })
})

// From inside: what is kept, and for how long.
describe('createMemory', () => {
  const LIMIT = 40_000
  const tokens = Array.from({ length: 200 }, (_, i) => forge({ jti: `${i}`, exp: EXP }))
  const header = decodeUnverified(TOKEN).header

  const createMemory = (limit: number): Memory => create(limit) ?? expect.unreachable('there is none')

  it('makes none of no characters', () => {
    expect(create(0)).toBeUndefined()
  })

  /** Shows a token: finds it, and keeps it as a verifier does. */
  function show(memory: Memory, token: string): boolean {
    const found = memory.find(token)
    const [, , mac = ''] = token.split('.')
    const jws = { header, payload: JSON.stringify(decodeUnverified(token).claims), signingInput: token.slice(0, -44), mac }
    memory.keep(token, jws, key, found)
    return found !== undefined
  }

  /** The tokens that it remembers. */
  const kept = (memory: Memory, among: readonly string[]): readonly string[] => among.filter((token) => memory.find(token) !== undefined)

  it('remembers a token from its second appearance on, also while there is room', () => {
    const memory = createMemory(LIMIT)
    expect([1, 2, 3].map(() => show(memory, TOKEN))).toEqual([false, false, true])
  })

  it('remembers a token once, though two callers may have found nothing at the same time', () => {
    const memory = createMemory(LIMIT)
    const [signingInput, mac] = [TOKEN.slice(0, -44), TOKEN.slice(-43)]
    const keep = (): void => memory.keep(TOKEN, { header, payload: '{}', signingInput, mac }, key)
    keep()
    keep()
    const entry = memory.find(TOKEN)
    keep()
    expect(memory.find(TOKEN)).toBe(entry ?? expect.unreachable('it is not remembered'))
  })

  it('forgets those first that were not used for longest', () => {
    const memory = createMemory(LIMIT)
    const [early, late] = [tokens.slice(0, 15), tokens.slice(100, 170)]
    for (const token of early) show(memory, token)
    for (let round = 0; round < 3; round++) {
      for (const token of late) show(memory, token)
      for (const token of early.slice(0, 5)) show(memory, token)
    }
    expect(kept(memory, early)).toEqual(early.slice(0, 5))
  })

  it('remembers nested claims up to a depth that copying survives', () => {
    const isKept = (levels: number): boolean => {
      const memory = createMemory(2 ** 20)
      const deep = forge(`{"exp":${EXP},"a":${'['.repeat(levels)}${']'.repeat(levels)}}`)
      for (let i = 0; i < 2; i++) show(memory, deep)
      return show(memory, deep)
    }
    expect([31, 32].map(isKept)).toEqual([true, false])
  })

  it.each([
    ['{}', 96],
    ['{"a":1,"b":2}', 96 + 2 * 16 + 8],
    ['{"a":[1,2,{}]}', 3 * 96 + 16 + 2 * 8],
    [`{"a":[${Array.from({ length: 40 }, () => '[],{}').join()}]}`, 82 * 96 + 16 + 79 * 8],
  ])('counts what %s takes beside the token and its header', (payload, size) => {
    const memory = createMemory(2 ** 20)
    const token = forge(payload)
    for (let i = 0; i < 2; i++) show(memory, token)
    expect(memory.find(token)?.size).toBe(400 + token.length + 100 + size)
  })

  it.each([
    [4096, 2048],
    [2 ** 17, 4096],
  ])('of %d characters remembers no token that takes more than %d', (limit, largest) => {
    const isKept = (size: number): boolean => {
      const memory = createMemory(limit)
      const token = 'x'.repeat(size - 400 - 2 * 100 - 96)
      const jws = { header: { alg: 'HS256', kid: 'a' }, payload: '{}', signingInput: token.slice(0, -44), mac: token.slice(-43) }
      for (let i = 0; i < 2; i++) memory.keep(token, jws, key)
      return memory.find(token) !== undefined
    }
    expect([largest, largest + 1].map(isKept)).toEqual([true, false])
  })

  it('forgets a token once as many as fit into a half have come after it, and then half of it again', () => {
    const same = Array.from({ length: 100 }, (_, i) => forge({ jti: `${100 + i}` }))
    const half = 20
    const memory = createMemory(2 * half * (400 + same[0]!.length + 100 + 96 + 16))
    const comeAgain = (token: string): void => [1, 2, 3].forEach(() => show(memory, token))
    for (const token of same.slice(0, 2 * half)) comeAgain(token)
    expect(kept(memory, same)).toEqual(same.slice(0, 2 * half))
    comeAgain(same[2 * half]!)
    expect(kept(memory, same)).toEqual(same.slice(half, 2 * half + 1))
  })

  it('notices two tokens that come in turn and share a place, and not a third', () => {
    const tokens = ['ABC', 'BAC', 'CAB'].map((start) => TOKEN.slice(0, -43) + start.padEnd(43, 'A'))
    for (const [shown, remembered] of [
      [[0, 1, 0, 1], tokens.slice(0, 2)],
      [[0, 1, 2, 0], []],
    ] as const) {
      const memory = createMemory(4096)
      for (const index of shown) show(memory, tokens[index]!)
      expect(kept(memory, tokens)).toEqual(remembered)
    }
  })
})
