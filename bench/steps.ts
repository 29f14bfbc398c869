/** Where the distance to the bare work lies: the steps of this library, one more in each candidate, until all of them are there. */
import { decodeCodes, encodeAscii, encodeCodes, encodeUtf8 } from '../src/bytes.ts'
import { parseClaims } from '../src/claims.ts'
import * as atOnce from '../src/hmac/node.ts'
import * as promising from '../src/hmac/webcrypto.ts'
import { parseJson } from '../src/json.ts'
import { encodeHeader, joinJws, MAX_LENGTH, parseJws, requireHs256, type JwtHeader } from '../src/jws.ts'
import { createKey } from '../src/key.ts'
import { checkRules, readExpectations } from '../src/rules.ts'
import { signer, verifier, type Candidate } from './candidate.ts'
import { floors } from './floors.ts'
import { door, syncDoor } from './hs256.ts'
import { AUDIENCE, ISSUER, LIFETIME, SECRET, type Check, type Claims } from './tokens.ts'

const key = createKey(SECRET)
const expected = readExpectations({ issuer: ISSUER, audience: AUDIENCE })
/** The clock is read once, not for each token; the tokens expire much later. */
const now = expected.now()
/** The first segment of every token that is signed, and its dot. */
const firstSegment = encodeHeader({ alg: 'HS256', typ: 'JWT' })

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
  { name: '+ segments, header', lacks: UNCHECKED, before: parseHs256, after: parsePayload },
  { name: '+ claims, rules', lacks: [], before: parseHs256, after: checkPayload },
]

/** The bare work with base64url in JavaScript, which runs in browsers and workers, and accepts only one spelling. */
function decodeSegments(token: string): Parts {
  const first = token.indexOf('.')
  const last = token.lastIndexOf('.')
  const codes = encodeAscii(token)
  const payload = codes && decodeCodes(codes, first + 1, last)
  const mac = codes && decodeCodes(codes, last + 1, codes.length)
  if (!payload || mac?.length !== 32) throw new Error('no base64url')
  return { payload, mac, signingInput: codes.subarray(0, last) }
}

function parseHs256(token: string): Parts {
  const jws = parseJws(token, MAX_LENGTH)
  requireHs256(jws.header)
  return jws
}

function parsePayload({ payload }: Parts): Claims {
  return parseJson(payload, 'payload')
}

function checkPayload({ header, payload }: Parts): Claims {
  return checkRules(parseClaims(payload), { header: header!, key }, expected, now).claims
}

const same = (claims: Claims): Claims => claims

/** Verifying with Web Crypto. The last step reads options and keys. */
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

/** Verifying synchronously. */
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

/** Signing synchronously. */
export const signSyncSteps: readonly Candidate<Claims>[] = [
  floors.signSync,
  signer('base64url of its own', (claims) => {
    const iat = Math.floor(Date.now() / 1000)
    const json = JSON.stringify({ ...claims, iat, exp: iat + LIFETIME })
    const signingInput = encodeCodes(firstSegment, encodeUtf8(json))
    return joinJws(signingInput, atOnce.signMac(key, signingInput))
  }),
  ...(syncDoor ? [{ ...syncDoor.sign, name: '+ claims, options, keys: hs256/sync' }] : []),
]
