/** The three libraries that most services run: what we sign they accept, what they sign we accept, and both refuse what was changed. */
import { sign as honoSign, verify as honoVerify } from 'hono/jwt'
import { createKey, JwtSignatureError, sign, verify } from 'hs256'
import { jwtVerify, SignJWT } from 'jose'
import jsonwebtoken from 'jsonwebtoken'
import { describe, expect, it } from 'vitest'
import { EXP, SHAPES } from './interop/claim-shapes.ts'
import { changeClaims } from './interop/tampering.ts'

const SECRET = 'correct horse battery staple, 32+ — päßwörd \u{1f511}'
const key = createKey(SECRET)

type Claims = Readonly<Record<string, unknown>>

interface Peer {
  readonly sign: (claims: Claims) => Promise<string>
  readonly verify: (token: string) => Promise<unknown>
}

const PEERS: Readonly<Record<string, Peer>> = {
  jsonwebtoken: {
    // It adds an iat where there is none or 0, and with noTimestamp takes away the one that is there. Its check of an object trips
    // over names that every object inherits ("validator.isValid is not a function"). What it signs as a text it leaves alone.
    sign: async (claims) =>
      claims['iat'] === 0 || Object.keys(claims).some((name) => name in Object.prototype)
        ? jsonwebtoken.sign(JSON.stringify(claims), SECRET, { algorithm: 'HS256' })
        : jsonwebtoken.sign({ ...claims }, SECRET, { algorithm: 'HS256', noTimestamp: !('iat' in claims) }),
    verify: async (token) => jsonwebtoken.verify(token, SECRET, { algorithms: ['HS256'] }),
  },
  jose: {
    // It takes no secret as text, and sets no typ unless told.
    sign: (claims) => new SignJWT({ ...claims }).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(SECRET)),
    verify: async (token) => (await jwtVerify(token, new TextEncoder().encode(SECRET), { algorithms: ['HS256'] })).payload,
  },
  'hono/jwt': {
    sign: (claims) => honoSign({ ...claims }, SECRET, 'HS256'),
    verify: (token) => honoVerify(token, SECRET, 'HS256'),
  },
}

/** What we sign has whole seconds; what others sign may have fractions. */
function inWholeSeconds(claims: Claims): Claims {
  const { nbf } = claims
  return { ...claims, iat: Math.floor(Number(claims['iat'])), ...(nbf !== undefined && { nbf: Math.ceil(Number(nbf)) }) }
}

describe.each(Object.entries(PEERS))('%s', (_name, peer) => {
  describe.each(Object.entries(SHAPES))('%s', (_shape, json) => {
    const claims = { ...(JSON.parse(json) as Claims), exp: EXP }

    it('accepts our token, and rejects a tampered copy, as we do', async () => {
      const token = await sign(claims, key)
      const expected: unknown = 'iat' in claims ? inWholeSeconds(claims) : { iat: expect.any(Number) as number, ...claims }
      expect(await peer.verify(token)).toEqual(expected)
      await expect(peer.verify(changeClaims(token))).rejects.toThrow()
      await expect(verify(changeClaims(token), key, { ignoreAudience: true })).rejects.toThrow(JwtSignatureError)
    })

    it('makes a token that we accept, and whose tampered copy we reject, as it does', async () => {
      const token = await peer.sign(claims)
      expect((await verify(token, key, { ignoreAudience: true })).claims).toEqual(claims)
      await expect(verify(changeClaims(token), key, { ignoreAudience: true })).rejects.toThrow(JwtSignatureError)
      await expect(peer.verify(changeClaims(token))).rejects.toThrow()
    })
  })
})
