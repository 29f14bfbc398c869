/** The bare work: the least work for each task, by the fastest plain means of Node. It checks only the MAC. */
import { createHmac, createSecretKey, webcrypto } from 'node:crypto'
import { decoder, signer, verifier, type Candidate } from './candidate.ts'
import { AUDIENCE, HEADER_TEXT, ISSUER, LIFETIME, macOf, SECRET, type Claims, type Flaw, type Good } from './tokens.ts'

const { subtle } = webcrypto
const bareSecret = createSecretKey(Buffer.from(SECRET))
export const bareKey: webcrypto.CryptoKey = await subtle.importKey('raw', Buffer.from(SECRET), { name: 'HMAC', hash: 'SHA-256' }, false, [
  'sign',
  'verify',
])

/** Shared by all calls: `subtle` copies its input before it returns, and nothing needs it afterwards. */
const scratch = Buffer.allocUnsafeSlow(2 ** 21)
/** Every call fills it completely, or rejects the token. */
const mac = Buffer.allocUnsafeSlow(32)

function payloadOf(token: string, last = token.lastIndexOf('.')): Claims {
  return JSON.parse(Buffer.from(token.slice(token.indexOf('.') + 1, last), 'base64url').toString()) as Claims
}

/** The signing input as bytes; the MAC lies in `mac` afterwards. */
function bytesOf(token: string): Buffer {
  const last = token.lastIndexOf('.')
  if (token.length - last !== 44 || mac.write(token.slice(last + 1), 'base64url') !== 32) throw new Error('another MAC')
  return scratch.subarray(0, scratch.write(token, 0, last, 'latin1'))
}

async function bareVerify(token: string): Promise<Claims> {
  if (!(await subtle.verify('HMAC', bareKey, mac, bytesOf(token)))) throw new Error('another MAC')
  return payloadOf(token)
}

function bareVerifySync(token: string): Claims {
  const last = token.lastIndexOf('.')
  const computed = createHmac('sha256', bareSecret).update(token.slice(0, last)).digest('base64url')
  if (!isEqual(computed, token.slice(last + 1))) throw new Error('another MAC')
  return payloadOf(token, last)
}

/** In constant time, on strings: getting the digest as bytes takes longer than comparing characters. */
function isEqual(computed: string, given: string): boolean {
  let difference = computed.length ^ given.length
  for (let i = 0; i < computed.length; i++) difference |= computed.charCodeAt(i) ^ given.charCodeAt(i)
  return difference === 0
}

function signingInputOf(claims: Claims): string {
  const iat = Math.floor(Date.now() / 1000)
  return `${HEADER_TEXT}.${Buffer.from(JSON.stringify({ ...claims, iat, exp: iat + LIFETIME })).toString('base64url')}`
}

async function bareSign(claims: Claims): Promise<string> {
  const signingInput = signingInputOf(claims)
  const signature = await subtle.sign('HMAC', bareKey, scratch.subarray(0, scratch.write(signingInput, 'latin1')))
  return `${signingInput}.${Buffer.from(signature).toString('base64url')}`
}

function bareSignSync(claims: Claims): string {
  const signingInput = signingInputOf(claims)
  return `${signingInput}.${createHmac('sha256', bareSecret).update(signingInput).digest('base64url')}`
}

const UNCHECKED: readonly Flaw[] = ['expired', 'wrong audience', 'wrong issuer', 'no exp']
const BARE = 'bare work'

/** The base of all ratios. */
export const floors = {
  verify: verifier(BARE, bareVerify, undefined, UNCHECKED),
  verifySync: verifier(BARE, bareVerifySync, undefined, UNCHECKED),
  sign: signer(BARE, bareSign),
  signSync: signer(BARE, bareSignSync),
  decode: decoder(BARE, (token) => payloadOf(token), undefined, 'the payload alone, not checked'),
  /** The least cost of a rejection: the steps up to the one that fails, and one error. */
  refuse: verifier('bare refusal', async (token) => expectClaims(await bareVerify(expectShape(token)))),
  refuseSync: verifier('bare refusal', (token) => expectClaims(bareVerifySync(expectShape(token)))),
}

/** The usual header needs no decoding; any other one does, to see its algorithm. */
function expectShape(token: string): string {
  const [header = '', ...others] = token.split('.', 4)
  if (others.length !== 2) throw new Error('not three segments')
  if (header !== HEADER_TEXT && (JSON.parse(Buffer.from(header, 'base64url').toString()) as Claims)['alg'] !== 'HS256')
    throw new Error('another alg')
  return token
}

function expectClaims(claims: Claims): Claims {
  const { exp, aud, iss } = claims
  if (typeof exp !== 'number' || exp <= Date.now() / 1000) throw new Error('expired')
  if (iss !== ISSUER) throw new Error('another issuer')
  if (!Array.isArray(aud) || !aud.includes(AUDIENCE)) throw new Error('another audience')
  return claims
}

/** Only the calls of Web Crypto, on bytes made before: even the bare work waits for them. */
export function subtleAlone({ tokens: [token = ''] }: Good): readonly [verify: Candidate<string>, sign: Candidate<Claims>] {
  const input = Buffer.from(token.slice(0, -44))
  const signature = Buffer.from(macOf(token.slice(0, -44)), 'base64url')
  const prove = async (): Promise<void> => {
    const made = Buffer.from(await subtle.sign('HMAC', bareKey, input))
    if (!made.equals(signature) || !(await subtle.verify('HMAC', bareKey, signature, input))) throw new Error('another MAC')
  }
  const rest = { note: 'no text, no JSON', prove }
  return [
    { name: 'bare subtle.verify', run: () => subtle.verify('HMAC', bareKey, signature, input), ...rest },
    { name: 'bare subtle.sign', run: () => subtle.sign('HMAC', bareKey, input), ...rest },
  ]
}
