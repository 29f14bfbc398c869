/** WWW-Authenticate: one challenge, whatever it tells of. */
import fc from 'fast-check'
import { verify, type JwtError } from 'hs256'
import { challenge, forbidden, unauthorized } from 'hs256/http'
import { describe, expect } from 'vitest'
import { key, now, text, TOKEN } from './arbitraries.ts'
import { lone, pieces, SEPARATORS } from './http-arbitraries.ts'
import { property } from './runs.ts'

/**
 * RFC 9110 §11.6.1 and §5.6: `challenge = auth-scheme 1*SP #auth-param`, `auth-param = token "=" quoted-string`, where
 * `quoted-string = DQUOTE *( HTAB / SP / %x21 / %x23-5B / %x5D-7E / obs-text ) DQUOTE`, here without escapes, tabs and obs-text, as RFC 6750
 * §3 wants it.
 */
const CHALLENGE = /^Bearer [a-z_]+="[ !#-[\]-~]*"(?:, [a-z_]+="[ !#-[\]-~]*")*$/

const parametersOf = (value: string): readonly (readonly [string, string])[] =>
  [...value.matchAll(/([a-z_]+)="([^"]*)"/g)].map(([, name = '', parameter = '']) => [name, parameter])

describe('challenge', () => {
  const absent = text.filter((claim) => claim !== '' && !['exp', 'sub'].includes(claim))
  property('is one challenge of RFC 9110, whatever a claim is called', absent, async (claim) => {
    const error: unknown = await verify(TOKEN, key, { now, required: claim }).catch((thrown: unknown) => thrown)
    const value = challenge(error as JwtError)
    expect(value).toMatch(CHALLENGE)
    expect(parametersOf(value).map(([name]) => name)).toEqual(['realm', 'error', 'error_description'])
    expect(new Headers({ 'WWW-Authenticate': value }).get('WWW-Authenticate')).toBe(value)
    const { body } = unauthorized(error as JwtError)
    expect(JSON.parse(body)).toEqual({ error: 'invalid_token', message: `token has no ${claim}` })
  })

  const words = pieces('read', 'write', 'orders', '"', '\\', '\r\n', ', error="x"', ...SEPARATORS)
  const challenged = fc.oneof(fc.record({ realm: words, scope: words }, { requiredKeys: [] }), lone({ realm: 'orders', scope: 'read' }))
  const writers = fc.constantFrom<((options: object) => string | undefined)[]>(
    (options) => challenge(undefined, options),
    (options) => unauthorized(undefined, options).headers['WWW-Authenticate'],
    (options) => forbidden(options).headers['WWW-Authenticate'],
  )
  property('is one challenge of RFC 9110 or a TypeError, whatever realm and scope are', challenged, writers, (options, write) => {
    try {
      const value = String(write(options))
      expect(value).toMatch(CHALLENGE)
      const parameters = new Map(parametersOf(value))
      expect(parameters.get('realm')).toBe(options.realm ?? 'jwt')
      expect(parameters.get('scope')).toBe(options.scope)
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
      expect(error.message).toMatch(/^(?:realm|scope) (?:must be|is undefined:) /)
    }
  })
})
