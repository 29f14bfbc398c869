/** Whatever comes: a token is answered with claims or a `JwtError`, a caller with a `TypeError` or a `RangeError`. */
import fc from 'fast-check'
import { createKey, decodeUnverified, JwtError } from 'hs256'
import { describe, expect } from 'vitest'
import { codePoint } from '../support/code-points.ts'
import { sign, verify } from '../support/engine.ts'
import { outcome } from '../support/outcome.ts'
import { anything, forgedTokens, key, now, TOKEN } from './arbitraries.ts'
import { expectJwtError, expectMistake, verifyAnything } from './verdicts.ts'
import { property } from './runs.ts'

const optionNames = fc.constantFrom('issuer', 'audience', 'subject', 'type', 'required', 'requireExp', 'ignoreAudience', 'maxAge', 'clockTolerance', 'maxLength', 'now', 'schema', 'expiresIn', 'notBefore', 'header', 'kid', 'x', '__proto__') // prettier-ignore
const anyKeys = fc.oneof(fc.constant(key), anything)
const anyOptions = fc.oneof(anything, fc.dictionary(optionNames, anything, { maxKeys: 3 }))

describe('verify', () => {
  property('answers any value with a JwtError or its claims', anything, async (token) => {
    await verifyAnything(token).then(() => expect.fail('that was no token'), expectJwtError)
  })

  property('answers any header and payload with a right MAC with a JwtError or its claims', forgedTokens, async (token) => {
    await verifyAnything(token).then(({ claims, header }) => {
      expect(header.alg).toBe('HS256')
      expect(Object.getPrototypeOf(claims)).toBe(Object.prototype)
      expect(claims.exp).toBeGreaterThan(1_800_000_000)
    }, expectJwtError)
  })

  property('answers any options and keys with an error about the call, or a verdict', anyOptions, anyKeys, async (options, keys) => {
    const isVerdict = (error: unknown): void => (error instanceof JwtError ? expectJwtError(error) : expectMistake(error))
    await verify(TOKEN, keys as typeof key, options as object).then(({ key: signer }) => expect(signer).toBe(key), isVerdict)
  })
})

describe('sign', () => {
  const claims = fc.oneof(anything, fc.dictionary(fc.constantFrom('exp', 'nbf', 'iat', 'iss', 'aud', 'a'), fc.oneof(anything, fc.double())))
  property('answers any claims with a token that verifies, or an error about the call', claims, async (claims) => {
    const options = Object.hasOwn(Object(claims) as object, 'exp') ? { now } : { now, expiresIn: '1h' }
    const token = await outcome(() => sign(claims as object, key, options as { readonly expiresIn: '1h' }))
    if (typeof token !== 'string') expectMistake(token)
    else await verifyAnything(token).catch((error: unknown) => expect(String(error)).toMatch(/^Jwt(?:Expired|NotYetValid)Error/)) // its times are its own
  })

  property('answers any options and keys with a token, or an error about the call', anyOptions, anyKeys, async (options, keys) => {
    await sign({}, keys as typeof key, options as { readonly expiresIn: '1h' }).then((token) => decodeUnverified(token), expectMistake)
  })
})

describe('createKey', () => {
  const secrets = fc.oneof(anything, fc.uint8Array({ maxLength: 64 }), fc.string({ unit: codePoint, minLength: 16, maxLength: 64 }))
  property('answers any value with a key that shows nothing, or an error about the call', secrets, anyOptions, async (secret, options) => {
    try {
      const made = createKey(secret as string, options as object)
      expect(Object.keys(made)).toEqual(['kid'])
      expect(JSON.stringify(made)).toBe(made.kid === undefined ? '{}' : JSON.stringify({ kid: made.kid }))
    } catch (error) {
      expectMistake(error)
      const isOption = typeof secret === 'string' && Object.hasOwn(Object(options) as object, secret) // its name is in the message
      expect(typeof secret === 'string' && secret.length > 8 && !isOption && String(error).includes(secret)).toBe(false)
    }
  })
})
