/** A token has one accepted spelling. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { base64url, fromBase64url } from '../support/bytes.ts'
import { codePoint } from '../support/code-points.ts'
import { forge, resign } from '../support/forge.ts'
import { forgedTokens, LETTERS, text, TOKEN } from './arbitraries.ts'
import { isAccepted } from './verdicts.ts'
import { property } from './runs.ts'

// Signed with the secret: {"exp":1800003600}, then with sub u1, then with a kid, an iss, groups, and a sub of café and an emoji.
const tokens = [
  'eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjE4MDAwMDM2MDB9.sOqep-vhhiBjWQ6wfNGxlEuOoSPoKzkf--bxPzuULXw',
  TOKEN,
  'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6IjIwMjctMDEifQ' +
    '.eyJpYXQiOjE4MDAwMDAwMDAsImlzcyI6Imh0dHBzOi8vYXV0aC5leGFtcGxlIiwic3ViIjoiY2Fmw6kg8J-YgCIsImdyb3VwcyI6WyJvcHMiLCJkZXYiXSwiZXhwIjoxODAwMDAzNjAwfQ' +
    '.yMXIroaS4N2BzpeksnAT1xqwfyEeNdomggq2OFrg7uM',
] as const
const near = fc.string({ unit: fc.constantFrom(...LETTERS, '.', '=', ' ', '+', '/'), maxLength: 1 })

const anyToken = fc.constantFrom(...tokens)

describe('a token', () => {
  it('is accepted as it was signed', async () => {
    for (const token of tokens) expect(await isAccepted(token)).toBe(true)
  })

  const inserted = fc.oneof(near, fc.string({ unit: codePoint, maxLength: 1 }))
  const edits = fc.tuple(anyToken, fc.nat(), inserted)
  property('is rejected with any one character changed, added or removed', edits, async ([token, anywhere, character]) => {
    const at = anywhere % (token.length + 1)
    for (const end of [token.slice(at), token.slice(at + 1)]) {
      const edited = token.slice(0, at) + character + end
      expect(await isAccepted(edited)).toBe(edited === token)
    }
  })

  const payloads = fc.string({ unit: 'grapheme-ascii' }).map((sub) => JSON.stringify({ exp: 1_800_003_600, sub }))
  const spares = fc.tuple(payloads, fc.constantFrom(1, 2), fc.integer({ min: 1, max: 15 }))
  property('is rejected with other spare bits, even with a right MAC', spares, async ([payload, segment, bits]) => {
    const parts = forge(payload).split('.')
    const last = parts[segment]!.slice(-1)
    const spare = [1, 1, 16, 4][parts[segment]!.length % 4]! // how many letters stand for the same bytes
    const other = LETTERS[LETTERS.indexOf(last) ^ (bits % spare)]!
    parts[segment] = parts[segment]!.slice(0, -1) + other
    const edited = segment === 1 ? resign(parts) : parts.join('.')
    expect(await isAccepted(edited)).toBe(other === last)
  })

  const places = fc.tuple(fc.nat(), fc.nat())
  property('is rejected with two characters swapped, or a piece cut out or doubled', anyToken, places, async (token, places) => {
    const [from = 0, to = 0] = places.map((place) => place % token.length).sort((a, b) => a - b)
    const swapped = [...token]
    swapped[from] = token[to]!
    swapped[to] = token[from]!
    const variants = [swapped.join(''), token.slice(0, from) + token.slice(to), token.slice(0, to) + token.slice(from)]
    for (const edited of variants) expect(await isAccepted(edited)).toBe(edited === token)
  })

  const extra = fc.oneof(near, text, fc.constantFrom('.', '=', ' ', '\n', '\0', 'Bearer ', ...tokens))
  property('is rejected with any string before, after or around it', anyToken, extra, extra, async (token, before, behind) => {
    const edited = before + token + behind
    expect(await isAccepted(edited)).toBe(edited === token)
  })

  const segments = fc.array(fc.constantFrom(...tokens.flatMap((token) => token.split('.'))), { minLength: 1, maxLength: 5 })
  property('is rejected if it is made of the segments of others', segments, async (mixed) => {
    const edited = mixed.join('.')
    expect(await isAccepted(edited)).toBe(tokens.some((token) => token === edited))
  })

  property('is accepted only if it is its own canonical encoding', forgedTokens, near, fc.nat(), async (token, character, anywhere) => {
    const at = anywhere % (token.length + 1)
    const start = token.slice(0, at) + character
    for (const candidate of [token, start + token.slice(at), start + token.slice(at + 1)]) {
      if (!(await isAccepted(candidate))) continue
      expect(candidate).toBe(token)
      const canonical = candidate.split('.').map((segment) => base64url(fromBase64url(segment)))
      expect(canonical.join('.')).toBe(candidate)
    }
  })
})
