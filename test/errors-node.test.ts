/** What errors show to Node's `inspect`, and what they are to another copy of the library and in another realm. */
import { inspect } from 'node:util'
import { runInNewContext } from 'node:vm'
import * as hs256 from 'hs256'
import { describe, expect, it } from 'vitest'
import { bundled } from './support/copies.ts'
import { CLASSES, classesOf, KINDS, NEEDLE, raise, SECRET, tokenOf, type Library } from './support/error-kinds.ts'

describe.each(KINDS)('$what', (kind) => {
  it('has a stack that starts with its name and message', async () => {
    const error = await raise(kind)
    expect(error.stack).toMatch(new RegExp(`^${kind.is[0]}: ${error.message.slice(0, 5)}`))
  })

  // leaks-node.test.ts has what runs getters, which reveal times, and every case of the corpus.
  it('shows no token, segment, key or value of a claim', async () => {
    const error = await raise(kind)
    const { token = tokenOf() } = kind
    const all = { error, own: Object.getOwnPropertyDescriptors(error) }
    const text = `${inspect(all, { showHidden: true, depth: 10, maxStringLength: null })}${inspect(error)}${JSON.stringify(all)}`
    const secrets = [NEEDLE, SECRET, ...token.split('.').map((segment) => segment.slice(0, 20))]
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([])
    expect(text).not.toMatch(/\b[14]\d{9}|20(?:24|97)-/)
    expect(error.cause).toBeUndefined()
  })
})

it('an application’s subclass has a stack that starts with the name of the class that it extends', () => {
  class Revoked extends hs256.JwtClaimError {}
  expect(new Revoked('token is revoked', { claim: 'jti', reason: 'invalid' }).stack).toMatch(/^JwtClaimError: token is revoked/)
})

describe('a copy in another realm, minified', () => {
  // It has nothing of ours but the functions that are no part of the language.
  const foreign = runInNewContext(`${bundled()};library`, { TextEncoder, TextDecoder, crypto }) as Library

  it.each(KINDS)('throws errors of the same classes and literal names: $what', async (kind) => {
    const error = await raise(kind, foreign)
    expect(error instanceof Error).toBe(false)
    expect(error.name).toBe(kind.is[0])
    expect(error.stack).toMatch(new RegExp(`^${kind.is[0]}: `))
    expect(classesOf(error)).toEqual(CLASSES.filter((name) => kind.is.includes(name)))
    expect(classesOf(await raise(kind), foreign)).toEqual(classesOf(error))
  })

  it('has a class called JwtError, of which no other error is an instance', () => {
    expect(foreign.JwtError.name).toBe('JwtError')
    expect(classesOf(runInNewContext('new Error()'))).toEqual([])
  })

  it('has methods for the claims, the issues and the kid', async () => {
    const error = (await raise('a schema that rejects', foreign)) as hs256.JwtClaimError
    expect(error.claims()).toMatchObject({ sub: NEEDLE })
    expect(error.issues()?.[0]?.message).toContain(NEEDLE)
    expect(((await raise('another kid', foreign)) as hs256.JwtKeyNotFoundError).kid()).toBe(NEEDLE)
  })
})
