/** A verifier that remembers tokens answers like one that does not: whatever tokens, keys and times come, in whatever order. */
import fc from 'fast-check'
import { createKey, createVerifier, JwtError, type JwtKey, type VerifiedJwt } from 'hs256'
import { createVerifierSync } from 'hs256/sync'
import { describe, expect } from 'vitest'
import { forge, SECRET } from '../support/forge.ts'
import { outcome } from '../support/outcome.ts'
import { property } from './runs.ts'
import { spoil } from './verdicts.ts'

const OTHER = 'another secret, also of more than thirty-two bytes'
const THIRD = 'a third secret, once more of more than thirty-two bytes'
// A secret each: of two keys with the same one, either may be returned as the key that made the MAC.
const KEYS = { a: createKey(SECRET, { kid: 'a' }), b: createKey(OTHER, { kid: 'b' }), any: createKey(THIRD) }
const START = 1_800_000_000

const claims = fc.record(
  {
    sub: fc.constantFrom('u1', 'u2'),
    exp: fc.integer({ min: START - 5, max: START + 30 }),
    nbf: fc.integer({ min: START - 5, max: START + 10 }),
    more: fc.anything({ maxDepth: 3, withNullPrototype: false }),
    aud: fc.constantFrom('orders', ['orders', 'reports'], 'elsewhere'),
  },
  { requiredKeys: ['exp'] },
)
const kid = fc.constantFrom('a', 'b', 'c')
const header = fc.record({ alg: fc.constant('HS256'), kid, x: fc.constant(['y']) }, { requiredKeys: ['alg'] })
const spoilt = (token: string): string => `${token.slice(0, -1)}${token.endsWith('A') ? 'E' : 'A'}`
const tokens = fc
  .tuple(claims, header, fc.constantFrom(SECRET, OTHER, THIRD), fc.boolean())
  .map(([payload, protectedHeader, secret, isGood]) => {
    const token = forge(JSON.stringify(payload), protectedHeader, secret)
    return isGood ? token : spoilt(token)
  })

const names = fc.constantFrom<keyof typeof KEYS>('a', 'b', 'any')
/** What happens before a token comes: time passes, or the keys change. */
const steps = fc.record({ token: fc.nat(5), seconds: fc.nat(3), keys: fc.option(fc.uniqueArray(names, { maxLength: 3 })) })
const worlds = fc.record({
  tokens: fc.array(tokens, { minLength: 6, maxLength: 6 }),
  steps: fc.array(steps, { minLength: 1, maxLength: 40 }),
  remember: fc.constantFrom(4096, 5000, 20_000),
})

/** A result, or an error with all that it says, as text: and then it is spoilt, as its owner may do. */
async function told(run: () => unknown): Promise<string> {
  const result = await outcome(run)
  if (result instanceof JwtError) return `${result.code} ${result.message}`
  const { claims, header, key } = result as VerifiedJwt
  const text = JSON.stringify([claims, header, key.kid])
  spoil(claims)
  return text
}

describe.each([
  ['createVerifier', createVerifier],
  ['createVerifierSync', createVerifierSync as unknown as typeof createVerifier],
])('%s with remember', (_name, create) => {
  property('answers as without', worlds, async (world) => {
    let seconds = START
    let keys: JwtKey[] = [KEYS.a, KEYS.any]
    const options = { audience: 'orders', now: () => new Date(seconds * 1000) }
    const plain = create(() => (keys.length > 0 ? keys : undefined), options)
    const remembering = create(() => (keys.length > 0 ? keys : undefined), { ...options, remember: world.remember })
    for (const step of world.steps) {
      seconds += step.seconds
      if (step.keys !== null) keys = step.keys.map((name) => KEYS[name])
      const token = world.tokens[step.token]!
      expect(await told(() => remembering(token))).toBe(await told(() => plain(token)))
    }
  })
})
