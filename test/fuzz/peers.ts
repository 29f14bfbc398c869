/** The verdicts of jose and jsonwebtoken on a token: nothing if they accept it, otherwise their error. */
import { jwtVerify } from 'jose'
import jsonwebtoken from 'jsonwebtoken'
import { createSecretKey } from 'node:crypto'
import type { Expected } from '../reference/claims.ts'
import { secondsOf } from '../reference/durations.ts'
import { SECRET, type Sample } from './token.ts'

const secret = createSecretKey(Buffer.from(SECRET))

/** The options without those that are `undefined`; seconds as a number, which both understand. */
const given = ({ issuer, audience, subject, clockTolerance = 0 }: Expected): object =>
  Object.fromEntries(
    Object.entries({ issuer, audience, subject, clockTolerance: secondsOf(clockTolerance) }).filter(([, value]) => value !== undefined),
  )

/** A library's verdict on a token: nothing if it accepts it, otherwise its error. */
export type Peer = (sample: Sample) => string | undefined | Promise<string | undefined>

const refusal = async (run: () => unknown): Promise<string | undefined> => {
  try {
    await run()
    return undefined
  } catch (error) {
    return String(error)
  }
}

/** The same expectations as for this library, as far as there are options. */
export const PEERS: Readonly<Record<string, Peer>> = {
  jose: ({ token, expected }) => {
    const requiredClaims = expected.requireExp === false ? [] : ['exp']
    const currentDate = new Date(expected.now * 1000)
    return refusal(() => jwtVerify(token, secret, { algorithms: ['HS256'], currentDate, requiredClaims, ...given(expected) }))
  },
  jsonwebtoken: ({ token, expected }) =>
    refusal(() => jsonwebtoken.verify(token, secret, { algorithms: ['HS256'], clockTimestamp: expected.now, ...given(expected) })),
}
