/**
 * Verifies as RFC 7519 §7.2 says, step by step and slowly, with `node:crypto` and `Buffer`, and without any code of `src/`. Each refusal has
 * a reason, which the fuzzer counts.
 */
import { createHmac } from 'node:crypto'
import { judgeClaims, mistakeIn, typedClaims, type Expected } from './claims.ts'
import { objectOf } from './json.ts'

/** Why a token is refused: the code and properties that the error of `verify` must have, and the reason. */
export interface Refusal {
  readonly code: string
  readonly claim?: string
  readonly reason?: string
  readonly why: string
}
export type Verdict = { readonly header: object; readonly claims: object } | Refusal

const malformed = (why: string): Refusal => ({ code: 'ERR_JWT_MALFORMED', why })

/**
 * Verifies a token of at most 65 536 characters (policy). With `allowMistyped`, the schema puts out all claims as JSON, in the claim `seen`.
 */
export function verifyByTheBook(token: string, secret: string, expected: Expected): Verdict {
  const mistake = mistakeIn(expected)
  if (mistake) return mistake
  if (token.length > 65_536) return malformed('too long')

  // RFC 7515 §7.1: BASE64URL(header) || '.' || BASE64URL(payload) || '.' || BASE64URL(signature).
  const segments = token.split('.')
  if (segments.length !== 3) return malformed('not three segments')
  const [first = '', second = '', third = ''] = segments

  // The header is a JSON object in UTF-8 (RFC 7519 §7.2, 2 to 4), and asks for nothing that is not understood (RFC 7515 §5.2, 4 and 5).
  const headerFlaw = spellingFlaw(first)
  if (headerFlaw) return malformed(`${headerFlaw} in the header`)
  const read = objectOf(Buffer.from(first, 'base64url'))
  if (typeof read === 'string') return malformed(`${read} in the header`)
  if (read.rounded !== undefined) return malformed('a number that JavaScript rounds, in the header')
  const header = read.members
  const flaw = headerMemberFlaw(header)
  if (flaw) return malformed(flaw)

  for (const [name, segment] of Object.entries({ payload: second, signature: third })) {
    const spelling = spellingFlaw(segment)
    if (spelling) return malformed(`${spelling} in the ${name}`)
  }

  // One algorithm (RFC 8725 §3.1), of 32 bytes (RFC 7518 §3.2), over the segments as they came (RFC 7515 §5.2, 8).
  if (header['alg'] !== 'HS256') return { code: 'ERR_JWT_ALGORITHM', why: 'another alg' }
  const mac = Buffer.from(third, 'base64url')
  if (mac.length !== 32) return malformed('another length of the signature')
  const right = createHmac('sha256', secret).update(`${first}.${second}`, 'utf8').digest()
  if (!mac.equals(right)) return { code: 'ERR_JWT_SIGNATURE', why: 'another signature' }

  // The claims are a JSON object in UTF-8 (RFC 7519 §7.2, 10), and JavaScript rounds no number in it (policy).
  const payload = objectOf(Buffer.from(second, 'base64url'))
  if (typeof payload === 'string') return malformed(`${payload} in the payload`)
  const { members: claims, rounded } = payload
  if (rounded !== undefined) return { code: 'ERR_JWT_CLAIM', claim: rounded, reason: 'invalid', why: 'a number that JavaScript rounds' }
  const refusal = judgeClaims(claims, expected)
  if (refusal) return refusal
  return { header, claims: expected.allowMistyped === undefined ? claims : { ...typedClaims(claims), seen: JSON.stringify(claims) } }
}

/** RFC 7515 §2: no padding, no line breaks, no white space, no other characters; RFC 4648 §3.5: no spare bits (policy). */
function spellingFlaw(segment: string): string | undefined {
  if (!/^[A-Za-z0-9_-]*$/.test(segment)) return 'a character that is not base64url'
  if (segment.length % 4 === 1) return 'a length of 4n + 1'
  return Buffer.from(segment, 'base64url').toString('base64url') === segment ? undefined : 'spare bits'
}

function headerMemberFlaw(header: Readonly<Record<string, unknown>>): string | undefined {
  const has = (name: string): boolean => Object.hasOwn(header, name)
  if (!has('alg')) return 'no alg'
  for (const name of ['alg', 'kid', 'typ', 'cty']) {
    if (has(name) && typeof header[name] !== 'string') return `${name} that is no text`
  }
  if (has('crit')) return 'crit'
  if (has('b64')) return 'b64'
  if (has('cty') && /^(application\/)?jwt$/i.test(String(header['cty']))) return 'a token in a token'
  return undefined
}
