/** No argument is changed, and no result belongs to anybody else. */
import fc from 'fast-check'
import { createKey, decodeUnverified, type JwtKey } from 'hs256'
import { describe, expect, it } from 'vitest'
import { sign, verify } from '../support/engine.ts'
import { SECRET } from '../support/forge.ts'
import { claimSets, customClaims, deepFreeze, forgedTokens, key, now } from './arbitraries.ts'
import { verifyAnything } from './verdicts.ts'
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

  property('have the same result for a token each time, whatever is done with the result', forgedTokens, async (token) => {
    const answers: unknown[] = []
    for (let i = 0; i < 2; i++) {
      const answer = await verifyAnything(token).catch((error: unknown) => error)
      answers.push(
        answer instanceof Error ? `${answer.name}: ${answer.message}` : structuredClone((answer as { readonly claims: object }).claims),
      )
      if (!(answer instanceof Error)) for (const part of Object.values((answer as { claims: object }).claims)) ruin(part)
    }
    expect(answers[0]).toStrictEqual(answers[1])
  })

  it('return a new result each time, which does not affect the next', async () => {
    const token = await sign({ groups: ['ops'] }, key, { expiresIn: '1h', now })
    const first = await verifyAnything(token)
    Object.assign(first.claims, { groups: 'all', sub: 'root' })
    await expect(verifyAnything(token)).resolves.toMatchObject({ claims: { groups: ['ops'] } })
    expect((await verifyAnything(token)).claims).not.toHaveProperty('sub')
  })

  it('return a new header each time if it has more than strings, which can be changed', async () => {
    const token = await sign({}, key, { expiresIn: '1h', now, header: { extra: { level: 1 } } })
    const { header } = await verifyAnything(token)
    Object.assign(header['extra'] as object, { level: 2 })
    expect((await verifyAnything(token)).header).toEqual({ alg: 'HS256', typ: 'JWT', extra: { level: 1 } })
  })
})

describe('decodeUnverified', () => {
  property('reads every token that verify accepts, with the same claims', forgedTokens, async (token) => {
    const jwt = await verifyAnything(token).catch(() => undefined)
    if (jwt) expect(decodeUnverified(token)).toStrictEqual({ claims: jwt.claims, header: jwt.header })
  })
})

function ruin(part: unknown): void {
  if (typeof part === 'object' && part !== null) for (const name of Object.keys(part)) (part as Record<string, unknown>)[name] = 'ruined'
}
