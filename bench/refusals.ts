/** The least cost of a rejection: the steps up to the one that fails, done as in the floors, and one error. */
import { verifier, type Candidate } from './candidate.ts'
import { bareVerify, bareVerifySync } from './floors.ts'
import { AUDIENCE, HEADER_TEXT, ISSUER, type Claims } from './tokens.ts'

class Refusal extends Error {}

async function refuseOrVerify(token: string): Promise<Claims> {
  expectShape(token)
  const claims = await bareVerify(token)
  expectClaims(claims)
  return claims
}

function refuseOrVerifySync(token: string): Claims {
  expectShape(token)
  const claims = bareVerifySync(token)
  expectClaims(claims)
  return claims
}

/** The usual header needs no decoding; any other one does, to see its algorithm. */
function expectShape(token: string): void {
  const segments = token.split('.', 4)
  if (segments.length !== 3) throw new Refusal('not three segments')
  const [header = ''] = segments
  if (header === HEADER_TEXT) return
  const { alg } = JSON.parse(Buffer.from(header, 'base64url').toString()) as Claims
  if (alg !== 'HS256') throw new Refusal('another alg')
}

function expectClaims({ exp, aud, iss }: Claims): void {
  if (typeof exp !== 'number' || exp <= Date.now() / 1000) throw new Refusal('expired')
  if (iss !== ISSUER) throw new Refusal('another issuer')
  if (!Array.isArray(aud) || !aud.includes(AUDIENCE)) throw new Refusal('another audience')
}

const name = 'bare refusal'
const same = (claims: Claims) => claims
export const refusal: Candidate<string> = verifier(name, refuseOrVerify, same)
export const refusalSync: Candidate<string> = verifier(name, refuseOrVerifySync, same)
