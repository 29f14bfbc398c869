/** No argument is changed, and no result belongs to anybody else. */
import fc from 'fast-check'
import { createKey, decodeUnverified, type JwtKey, type VerifiedJwt } from 'hs256'
import { describe, expect } from 'vitest'
import { sign, verify } from '../support/engine.ts'
import { forge, SECRET } from '../support/forge.ts'
import { outcome } from '../support/outcome.ts'
import { claimSets, customClaims, forgedTokens, key, now } from './arbitraries.ts'
import { spoil, verifyAnything } from './verdicts.ts'
import { property } from './runs.ts'

describe('sign and verify', () => {
  property('never change their arguments', claimSets, customClaims, async (claims, header) => {
    const signed = { expiresIn: '1h', notBefore: 0, type: 'at+jwt', header: { x: { ...header } }, now } as const
    const expected = { audience: ['orders'], required: ['iat'], maxAge: '1h', type: 'at+jwt', now } as const
    const keys: JwtKey[] = [createKey(SECRET, { kid: 'a' }), key]
    const given = { ...claims, aud: ['orders'], iat: new Date('2027-01-15T08:00:00Z') }
    const before = structuredClone([given, signed.header, expected.audience, expected.required])
    const token = await sign(deepFreeze(given), deepFreeze(keys), deepFreeze(signed))
    await verify(token, keys, deepFreeze(expected))
    expect([given, signed.header, expected.audience, expected.required]).toEqual(before) // not strictly: edge-runtime clones into another realm
    expect(keys.map(({ kid }) => kid)).toEqual(['a', undefined])
  })

  const secrets = fc.uint8Array({ minLength: 32, maxLength: 80 })
  property('do not read a secret again that is changed afterwards', secrets, fc.nat(255), async (secret, filling) => {
    const [first, copy] = [createKey(secret), createKey(secret.slice())]
    secret.fill(filling)
    const token = await sign({}, first, { expiresIn: '1h', now })
    await expect(verify(token, copy, { now })).resolves.toMatchObject({ key: copy })
  })

  const tokens = fc.oneof(forgedTokens, fc.constant(forge({ exp: 4e9, groups: ['ops'] }, { alg: 'HS256', extra: { level: 1 } })))
  property('have the same result for a token each time, whatever is done with the result', tokens, async (token) => {
    const answer = async (): Promise<unknown> => {
      const result = await outcome(() => verifyAnything(token))
      if (result instanceof Error) return String(result)
      const { claims, header } = result as VerifiedJwt
      const copy = structuredClone({ claims, header })
      for (const part of [claims, ...Object.values(header)]) spoil(part)
      return copy
    }
    expect(await answer()).toStrictEqual(await answer())
  })
})

describe('decodeUnverified', () => {
  property('reads every token that verify accepts, with the same claims', forgedTokens, async (token) => {
    const jwt = await verifyAnything(token).catch(() => undefined)
    if (jwt) expect(decodeUnverified(token)).toStrictEqual({ claims: jwt.claims, header: jwt.header })
  })
})

/** Freezes a value all the way down: whoever tries to change it throws. */
function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
    for (const member of Object.values(value)) deepFreeze(member)
    Object.freeze(value)
  }
  return value
}
