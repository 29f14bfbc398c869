/** What errors show to Node's `inspect`, and what they are to another copy of the library and in another realm. */
import { inspect } from 'node:util'
import { runInNewContext } from 'node:vm'
import * as hs256 from 'hs256'
import { describe, expect, it } from 'vitest'
import { bundled, reload } from './support/copies.ts'
import { BASE, CLAIMS, CLASSES, classesOf, KINDS, raise, SECRET, tokenOf, type Kind, type Library } from './support/error-kinds.ts'
import { failure } from './support/outcome.ts'

const { decodeUnverified, verify } = hs256

/** A minified copy in another realm, with nothing of ours but the functions that are no part of the language. */
function loadInAnotherRealm(): Library {
  return runInNewContext(`${bundled()};library`, { TextEncoder, TextDecoder, crypto }) as Library
}

describe.each(KINDS)('$what', (kind) => {
  it('has a stack that starts with its name and message', async () => {
    const error = await raise(kind)
    expect(error.stack).toMatch(new RegExp(`^${String(kind.is[0])}: ${error.message.slice(0, 5)}`))
  })

  it('shows no token, segment, key or value of a claim', async () => {
    const error = await raise(kind)
    const shown = [
      error.message,
      String(error.stack),
      String(error),
      inspect(error),
      inspect(error, { showHidden: true, depth: 10, maxStringLength: null }),
      inspect({ error: [error] }, { depth: 10 }),
      JSON.stringify(error),
      JSON.stringify(Object.entries(error)),
      ...Object.getOwnPropertyNames(error).map((name) =>
        inspect((error as unknown as Record<string, unknown>)[name], { showHidden: true, depth: 10 }),
      ),
      ...Object.getOwnPropertySymbols(error).map(String),
    ].join('\n')
    expect(shown).not.toContain('l34k')
    expect(shown).not.toContain(SECRET)
    for (const value of [/\b[14]\d{9}/, /20(24|97)-/]) expect(shown).not.toMatch(value)
    for (const segment of [kind.token, ...kind.token.split('.')]) expect(shown).not.toContain(segment.slice(0, 20))
    expect(error.cause).toBeUndefined()
  })

  it('shows no claim and no kid to what runs getters, those of the prototypes included', async () => {
    const error = await raise(kind)
    const shown = [inspect(error, { showHidden: true, getters: true, depth: 10, maxStringLength: null }), inspect(structuredClone(error))]
    for (let at: object = error; at !== Object.prototype; at = Object.getPrototypeOf(at) as object)
      for (const name of Reflect.ownKeys(at)) shown.push(inspect(Reflect.get(at, name, error), { showHidden: true, depth: 10 }))
    expect(shown.join('\n')).not.toContain('l34k')
    expect(shown.join('\n')).not.toContain(SECRET)
  })

  it('is an instance of the same classes of another copy', async () => {
    const other = await reload()
    expect(other.JwtError).not.toBe(hs256.JwtError)
    expect(classesOf(await raise(kind, other))).toEqual(classesOf(await raise(kind)))
    expect(classesOf(await raise(kind), other)).toEqual(classesOf(await raise(kind)))
  })
})

describe('an application’s subclass', () => {
  it('has a stack that starts with the name of the class that it extends', () => {
    class Revoked extends hs256.JwtClaimError {}
    expect(new Revoked('token is revoked', { claim: 'jti', reason: 'invalid' }).stack).toMatch(/^JwtClaimError: token is revoked/)
  })
})

describe('a copy in another realm, minified', () => {
  const foreign = loadInAnotherRealm()

  it.each(KINDS)('throws errors of the same classes and literal names: $what', async (kind) => {
    const error = await raise(kind, foreign)
    expect(error instanceof Error).toBe(false)
    expect(error.name).toBe(kind.is[0])
    expect(error.stack).toMatch(new RegExp(`^${String(kind.is[0])}: `))
    expect(classesOf(error)).toEqual(CLASSES.filter((name) => kind.is.includes(name)))
    expect(classesOf(await raise(kind), foreign)).toEqual(classesOf(error))
  })

  it('has the same literal name for the class that messages name', () => {
    expect(foreign.JwtError.name).toBe('JwtError')
  })

  it('has methods for the claims, the issues and the kid', async () => {
    const [rejected, unknown] = ['a schema that rejects', 'another kid'].map((what) => KINDS.find((kind) => kind.what === what) as Kind)
    const claimError = (await raise(rejected as Kind, foreign)) as hs256.JwtClaimError
    expect(claimError.claims()).toMatchObject({ sub: 'l34k-sub' })
    expect(claimError.issues()?.[0]?.message).toContain('l34k-role')
    expect(((await raise(unknown as Kind, foreign)) as hs256.JwtKeyNotFoundError).kid()).toBe('l34k-kid')
  })

  it('has keys of its own, which are rejected here', async () => {
    await expect(verify(tokenOf(CLAIMS), foreign.createKey(SECRET), BASE)).rejects.toThrow('copy of hs256')
    expect((await foreign.verify(tokenOf(CLAIMS), foreign.createKey(SECRET), BASE)).claims.sub).toBe('l34k-sub')
  })
})

describe('an error of decodeUnverified', () => {
  it('shows no claim either', () => {
    const error = failure(() => decodeUnverified(tokenOf({ ...CLAIMS, sub: 5 }, { alg: 'RS256' })))
    expect(error).toBeInstanceOf(hs256.JwtClaimError)
    expect(inspect(error, { showHidden: true })).not.toContain('l34k')
  })
})

describe('instanceof', () => {
  it('is false for an Error of another realm', () => {
    expect(classesOf(runInNewContext('new Error()'))).toEqual([])
  })
})
