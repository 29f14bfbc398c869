/** Where the distance to the bare work lies: the steps of this library, one more in each candidate, until all of them are there. */
import { decodeCodes } from '../src/encoding/base64url.ts'
import { decodeJson } from '../src/encoding/json.ts'
import { encodeAscii } from '../src/encoding/utf8.ts'
import * as atOnce from '../src/hmac/node.ts'
import * as promising from '../src/hmac/webcrypto.ts'
import { join, MAX_LENGTH, split, toSigningInput } from '../src/jws/compact.ts'
import { encodeHeader, expectHs256, type JwtHeader } from '../src/jws/header.ts'
import { decodeClaims } from '../src/jwt/claims.ts'
import { readExpectations } from '../src/jwt/expectations.ts'
import { judge } from '../src/jwt/rules.ts'
import { createKey } from '../src/keys/key.ts'
import { signer, verifier, type Candidate } from './candidate.ts'
import { floors } from './floors.ts'
import { door, syncDoor } from './hs256.ts'
import { AUDIENCE, ISSUER, LIFETIME, SECRET, type Check, type Claims } from './tokens.ts'

const key = createKey(SECRET)
/** As far as the rules read them: the clock stands still, which the tokens outlive. */
const expected = readExpectations({ issuer: ISSUER, audience: AUDIENCE })

interface Parts {
  readonly header?: JwtHeader
  readonly payload: Uint8Array
  readonly mac: Uint8Array<ArrayBuffer>
  readonly signingInput: Uint8Array<ArrayBuffer>
}

/** The work on a token before its MAC is compared, and after. */
interface Steps {
  readonly name: string
  readonly lacks: readonly Check[]
  readonly before: (token: string) => Parts
  readonly after: (parts: Parts) => Claims
}

const UNCHECKED: readonly Check[] = ['exp', 'issuer', 'audience', 'required exp']

const steps: readonly Steps[] = [
  { name: 'base64url of its own', lacks: UNCHECKED, before: decodeSegments, after: parsePayload },
  { name: '+ segments, header', lacks: UNCHECKED, before: splitHs256, after: parsePayload },
  { name: '+ claims, rules', lacks: [], before: splitHs256, after: judgePayload },
]

/** The bare work, but with a base64url that browsers and workers can run, and that accepts one spelling alone. */
function decodeSegments(token: string): Parts {
  const first = token.indexOf('.')
  const last = token.lastIndexOf('.')
  const codes = encodeAscii(token)
  const payload = codes && decodeCodes(codes, first + 1, last)
  const mac = codes && decodeCodes(codes, last + 1, codes.length)
  if (!payload || mac?.length !== 32) throw new Error('no base64url')
  return { payload, mac, signingInput: codes.subarray(0, last) }
}

function splitHs256(token: string): Parts {
  const jws = split(token, MAX_LENGTH)
  expectHs256(jws.header)
  return jws
}

function parsePayload({ payload }: Parts): Claims {
  return decodeJson(payload, 'payload')
}

function judgePayload({ header, payload }: Parts): Claims {
  const typed = decodeClaims(payload)
  judge(typed, expected, header!)
  return typed.claims
}

const same = (claims: Claims): Claims => claims

/** To verify, by Web Crypto: what the library adds at the end is to read its options and keys. */
export const verifySteps: readonly Candidate<string>[] = [
  floors.verify,
  ...steps.map(({ name, lacks, before, after }) => {
    const run = async (token: string): Promise<Claims> => {
      const parts = before(token)
      if (!(await promising.verifyMac(key, parts.signingInput, parts.mac))) throw new Error('another MAC')
      return after(parts)
    }
    return verifier(name, run, same, lacks)
  }),
  { ...door.verify, name: '+ options, keys: hs256' },
]

/** To verify at once. */
export const verifySyncSteps: readonly Candidate<string>[] = [
  floors.verifySync,
  ...steps.map(({ name, lacks, before, after }) => {
    const run = (token: string): Claims => {
      const parts = before(token)
      if (!atOnce.verifyMac(key, parts.signingInput, parts.mac)) throw new Error('another MAC')
      return after(parts)
    }
    return verifier(name, run, same, lacks)
  }),
  ...(syncDoor ? [{ ...syncDoor.verify, name: '+ options, keys: hs256/sync' }] : []),
]

/** To sign at once. */
export const signSyncSteps: readonly Candidate<Claims>[] = [
  floors.signSync,
  signer('base64url of its own', (claims) => {
    const iat = Math.floor(Date.now() / 1000)
    const signingInput = toSigningInput(encodeHeader('JWT', undefined, undefined), { ...claims, iat, exp: iat + LIFETIME })
    return join(signingInput, atOnce.signMac(key, signingInput))
  }),
  ...(syncDoor ? [{ ...syncDoor.sign, name: '+ claims, options, keys: hs256/sync' }] : []),
]
