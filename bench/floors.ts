/** The bare work: the least work for each task, by the fastest plain means of Node. It checks only the MAC. */
import { createHmac, createSecretKey, timingSafeEqual, webcrypto } from 'node:crypto'
import { decoder, signer, verifier, type Candidate } from './candidate.ts'
import { HEADER_TEXT, LIFETIME, macOf, SECRET, type Check, type Claims, type Sample } from './tokens.ts'

const { subtle } = webcrypto
const bareSecret = createSecretKey(Buffer.from(SECRET))
const bareKey = await importBare()

/** Shared by all calls: `subtle` copies its input before it returns, and nothing needs it afterwards. */
const scratch = Buffer.allocUnsafeSlow(2 ** 21)
/** Every call fills it completely, or rejects the token. */
const mac = Buffer.allocUnsafeSlow(32)

const UNCHECKED: readonly Check[] = ['exp', 'issuer', 'audience', 'required exp']

export function importBare(): Promise<webcrypto.CryptoKey> {
  return subtle.importKey('raw', Buffer.from(SECRET), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify'])
}

export async function bareVerify(token: string): Promise<Claims> {
  const first = token.indexOf('.')
  const last = token.lastIndexOf('.')
  const length = scratch.write(token, 0, last, 'latin1')
  const isWhole = token.length - last === 44 && mac.write(token.slice(last + 1), 'base64url') === 32
  if (!isWhole || !(await subtle.verify('HMAC', bareKey, mac, scratch.subarray(0, length)))) throw new Error('another MAC')
  return JSON.parse(Buffer.from(token.slice(first + 1, last), 'base64url').toString()) as Claims
}

export function bareVerifySync(token: string): Claims {
  const first = token.indexOf('.')
  const last = token.lastIndexOf('.')
  const computed = createHmac('sha256', bareSecret).update(token.slice(0, last)).digest('base64url')
  if (!isEqual(computed, token.slice(last + 1))) throw new Error('another MAC')
  return JSON.parse(Buffer.from(token.slice(first + 1, last), 'base64url').toString()) as Claims
}

/** The same with bytes, as Web Crypto needs them: the MAC decoded, the signing input encoded, the digest a `Buffer`. */
function bareVerifyBytes(token: string): Claims {
  const first = token.indexOf('.')
  const last = token.lastIndexOf('.')
  const length = scratch.write(token, 0, last, 'latin1')
  const isWhole = token.length - last === 44 && mac.write(token.slice(last + 1), 'base64url') === 32
  const computed = createHmac('sha256', bareSecret).update(scratch.subarray(0, length)).digest()
  if (!isWhole || !timingSafeEqual(computed, mac)) throw new Error('another MAC')
  return JSON.parse(Buffer.from(token.slice(first + 1, last), 'base64url').toString()) as Claims
}

/** In constant time, on strings: getting the digest as bytes takes longer than comparing characters. */
function isEqual(computed: string, given: string): boolean {
  let difference = computed.length ^ given.length
  for (let i = 0; i < computed.length; i++) difference |= computed.charCodeAt(i) ^ given.charCodeAt(i)
  return difference === 0
}

async function bareSign(claims: Claims): Promise<string> {
  const iat = Math.floor(Date.now() / 1000)
  const payload = Buffer.from(JSON.stringify({ ...claims, iat, exp: iat + LIFETIME })).toString('base64url')
  const signingInput = `${HEADER_TEXT}.${payload}`
  const length = scratch.write(signingInput, 'latin1')
  const signature = await subtle.sign('HMAC', bareKey, scratch.subarray(0, length))
  return `${signingInput}.${Buffer.from(signature).toString('base64url')}`
}

function bareSignSync(claims: Claims): string {
  const iat = Math.floor(Date.now() / 1000)
  const payload = Buffer.from(JSON.stringify({ ...claims, iat, exp: iat + LIFETIME })).toString('base64url')
  const signingInput = `${HEADER_TEXT}.${payload}`
  return `${signingInput}.${createHmac('sha256', bareSecret).update(signingInput).digest('base64url')}`
}

const same = (claims: Claims) => claims

/** The base of all ratios: `bare work`. */
export const floors = {
  verify: verifier('bare work', (token) => bareVerify(token), same, UNCHECKED),
  verifySync: verifier('bare work', bareVerifySync, same, UNCHECKED),
  verifyBytes: verifier('bare work, by bytes', bareVerifyBytes, same, UNCHECKED),
  sign: signer('bare work', bareSign),
  signSync: signer('bare work', bareSignSync),
  decode: decoder('bare work', bareDecode, same, 'the payload alone, not checked'),
}

function bareDecode(token: string): Claims {
  const text = token.slice(token.indexOf('.') + 1, token.lastIndexOf('.'))
  return JSON.parse(Buffer.from(text, 'base64url').toString()) as Claims
}

/** Only the call of Web Crypto, on bytes made before: even the bare work waits for it. */
export function subtleAlone({ tokens }: Sample): { readonly verify: Candidate<string>; readonly sign: Candidate<Claims> } {
  const [token = ''] = tokens
  const signingInput = token.slice(0, token.lastIndexOf('.'))
  const input = Buffer.from(signingInput)
  const signature = Buffer.from(macOf(signingInput), 'base64url')
  const note = 'no text, no JSON'
  const prove = async () => {
    const made = Buffer.from(await subtle.sign('HMAC', bareKey, input))
    if (!timingSafeEqual(made, signature) || !(await subtle.verify('HMAC', bareKey, signature, input))) throw new Error('another MAC')
  }
  return {
    verify: { name: 'bare subtle.verify', note, run: () => subtle.verify('HMAC', bareKey, signature, input), prove },
    sign: { name: 'bare subtle.sign', note, run: () => subtle.sign('HMAC', bareKey, input), prove },
  }
}
