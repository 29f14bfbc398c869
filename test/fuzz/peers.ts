/** What jose and jsonwebtoken say of a token: nothing where they accept it, else in which words they refuse. */
import { errors, jwtVerify } from 'jose'
import jsonwebtoken from 'jsonwebtoken'
import { createSecretKey } from 'node:crypto'
import type { Expected } from '../reference/claims.ts'
import { SECRET, type Sample } from './token.ts'

const secret = createSecretKey(Buffer.from(SECRET))

/** Leaves out what is not there: a peer may take `undefined` for a value. */
const given = ({ issuer, audience, subject, clockTolerance }: Expected): object =>
  Object.fromEntries(Object.entries({ issuer, audience, subject, clockTolerance }).filter(([, value]) => value !== undefined))

/** A library that is asked about a token: nothing where it accepts it, else in which words it refuses. */
export type Peer = (sample: Sample) => string | undefined | Promise<string | undefined>

/** Asked for the same as this library, as far as there are options for it. */
export const PEERS: Readonly<Record<string, Peer>> = {
  jose: async ({ token, expected }) => {
    try {
      const requiredClaims = expected.requireExp === false ? [] : ['exp']
      await jwtVerify(token, secret, {
        algorithms: ['HS256'],
        currentDate: new Date(expected.now * 1000),
        requiredClaims,
        ...given(expected),
      })
      return undefined
    } catch (error) {
      if (error instanceof errors.JWTClaimValidationFailed || error instanceof errors.JWTExpired)
        return `${error.code} ${error.claim} ${error.reason}`
      return error instanceof errors.JOSEError ? error.code : `${(error as Error).name}: ${(error as Error).message}`
    }
  },
  jsonwebtoken: ({ token, expected }) => {
    try {
      jsonwebtoken.verify(token, secret, { algorithms: ['HS256'], clockTimestamp: expected.now, ...given(expected) })
      return undefined
    } catch (error) {
      // what it expects, and what JSON.parse quotes, would make a class of each token
      return (error as Error).message.replaceAll(
        /\. expected: .*|(?<=in JSON|end of JSON|valid JSON).*|Unexpected token.*|Unexpected non-white.*|Expected .*|Bad .*|Unterminated.*|No number.*/gs,
        '',
      )
    }
  },
}
