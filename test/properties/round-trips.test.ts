/** What was signed comes back, to whoever expects it. */
import fc from 'fast-check'
import { createKey, decodeUnverified } from 'hs256'
import { describe, expect } from 'vitest'
import { sign, verify } from '../support/engine.ts'
import { SECRET } from '../support/forge.ts'
import { outcome } from '../support/outcome.ts'
import { claimSets, customClaims, exactJson, key, now, text, word } from './arbitraries.ts'
import { verifyAnything } from './verdicts.ts'
import { property } from './runs.ts'

describe('sign and verify', () => {
  property('return any claims that JSON can represent', claimSets, async (claims) => {
    const token = await sign(claims, key, { expiresIn: '1h', now })
    const jwt = await verifyAnything(token)
    const sent: unknown = JSON.parse(JSON.stringify(claims))
    expect(jwt.claims).toStrictEqual({ iat: 1_800_000_000, ...(sent as object), exp: 1_800_003_600 })
    expect(decodeUnverified(token).claims).toStrictEqual(jwt.claims)
    expect(token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]{43}$/)
  })

  const names = text.filter((name) => !/^(?:alg|jku|jwk|kid|x5[uct]|x5t#S256|typ|cty|crit|b64)$/.test(name))
  const cty = text.filter((type) => !/^(?:application\/)?jwt$/i.test(type))
  const headers = fc
    .tuple(fc.dictionary(names, exactJson(1), { maxKeys: 4 }), fc.option(cty))
    .map(([header, type]) => (type === null ? header : { ...header, cty: type }))
  property('return any header that JSON can represent', headers, word, word, async (header, type, kid) => {
    const named = createKey(SECRET, { kid })
    const token = await sign({}, named, { expiresIn: '1h', now, type, header })
    const sent: unknown = JSON.parse(JSON.stringify({ alg: 'HS256', typ: type, kid, ...header }))
    expect((await verify(token, named, { now })).header).toStrictEqual(sent)
  })

  const audiences = fc.uniqueArray(word, { minLength: 1, maxLength: 4 })
  const expected = fc.record({ issuer: word, subject: word, type: word, audiences, other: word, pick: fc.nat() })
  property('agree at the second of signing about all expectations', expected, customClaims, async (options, claims) => {
    const { issuer, subject, type, audiences, other, pick } = options
    const payload = { ...claims, iss: issuer, sub: subject, aud: audiences, nbf: now() }
    const token = await sign(payload, key, { expiresIn: 1, type, now })
    const required = [...Object.keys(JSON.parse(JSON.stringify(payload)) as object), 'exp'].filter((name) => name !== '')
    const audience = [other, audiences[pick % audiences.length]!]
    const expects = { issuer: [other, issuer], audience, subject, type, required, maxAge: 1, now } as const
    await expect(verify(token, key, expects)).resolves.toMatchObject({ key })
  })

  property('reject a token if something else is expected', fc.constantFrom('iss', 'sub', 'aud'), word, word, async (claim, mine, other) => {
    const option = { iss: 'issuer', sub: 'subject', aud: 'audience' }[claim]
    const token = await sign({ [claim]: mine }, key, { expiresIn: '1h', now })
    const verdict = await outcome(() => verify(token, key, { [option]: other, now }))
    // JSON has words for every text but those with a lone surrogate, which it escapes: each comes back as it was.
    expect(verdict).toMatchObject(mine === other ? { key } : { code: 'ERR_JWT_CLAIM', claim, reason: 'mismatch' })
  })

  const kids = fc.uniqueArray(word, { minLength: 1, maxLength: 3 })
  property('find the key among others, by its kid or by its MAC', kids, fc.nat(), fc.boolean(), async (kids, pick, isNamed) => {
    const keys = kids.map((kid, index) => createKey(`${SECRET}${index}`, { kid }))
    const signer = isNamed ? keys[pick % keys.length]! : createKey(`${SECRET} of nobody`)
    const ring = isNamed ? keys : [...keys, signer]
    const token = await sign({}, [signer], { expiresIn: '1h', now })
    expect((await verify(token, ring, { now })).key).toBe(signer)
    const strangers = ring.filter((one) => one !== signer)
    const code = isNamed ? 'ERR_JWT_KEY_NOT_FOUND' : 'ERR_JWT_SIGNATURE'
    if (strangers.length > 0) await expect(verify(token, strangers, { now })).rejects.toMatchObject({ code })
  })
})
