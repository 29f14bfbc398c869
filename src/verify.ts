/** Verifies tokens (RFC 7519 §7.2) on Web Crypto. verify-sync.ts takes the same steps. */
import { decodeBase64url } from './base64url.ts'
import { readClaims, type JwtClaims } from './claims.ts'
import { JwtSignatureError } from './errors.ts'
import { verifyMac } from './hmac/webcrypto.ts'
import { readPayload } from './json.ts'
import { parseJws, requireHs256 } from './jws.ts'
import type { RememberOption, SchemaOptions, VerifiedJwt, VerifyOptions } from './jwt.ts'
import { matchingKeys, readFoundKeys, readKnown } from './key.ts'
import type { JwtKey, JwtKeys, KeyFinder } from './key.ts'
import { createMemory, type Memory } from './memory.ts'
import { refuseCallback } from './options.ts'
import { readExpectations, readVerifierOptions, type Expectations } from './expectations.ts'
import { checkRules } from './rules.ts'
import { applySchema, type ClaimsOf, type StandardSchema } from './schema.ts'
import { encodeUtf8 } from './utf8.ts'

/** Verifies a token with the keys and options that were passed to `createVerifier`. */
export type Verifier<Claims extends object = JwtClaims> = (
  token: string,
) => Promise<VerifiedJwt<Claims>>

/**
 * Makes a verifier. Keys and options are read, checked and copied now; the clock is read per token.
 *
 * @returns a function that verifies a token as {@link verify} does
 * @throws {TypeError} for a mistake in keys or options
 * @example
 * const check = createVerifier(key, { issuer: 'https://auth.example', audience: 'orders' })
 * const { claims } = await check(token)
 */
export function createVerifier<Schema extends StandardSchema>(
  keys: JwtKeys | KeyFinder,
  options: SchemaOptions<Schema> & RememberOption,
): Verifier<ClaimsOf<Schema>>
export function createVerifier(
  keys: JwtKeys | KeyFinder,
  options?: VerifyOptions & RememberOption,
): Verifier
export function createVerifier(keys: JwtKeys | KeyFinder, options?: object): Verifier<object> {
  refuseCallback(arguments, 2)
  const expected = readVerifierOptions(options)
  const memory = createMemory(expected.remember)
  const known = readKnown(keys)
  return (token, ...extra: unknown[]) => verifyToken(token, known, expected, memory, extra)
}

/**
 * Verifies a token: its shape, its header, its MAC, its claims, and the schema. The first failure
 * determines the error.
 *
 * @param token a compact JWT, without `Bearer`
 * @param keys a key, 1 to 16 keys, or a function that finds them by the header
 * @param options what is expected of the token: {@link VerifyOptions}
 * @returns claims, header and the key that matched
 * @throws {JwtMalformedError} if it is not a well-formed JWT
 * @throws {JwtAlgorithmError} if its `alg` is not HS256
 * @throws {JwtKeyNotFoundError} if no key matches its `kid`
 * @throws {JwtSignatureError} if none of the matching keys produced its MAC
 * @throws {JwtExpiredError} if it is past `exp`, or older than `maxAge`
 * @throws {JwtNotYetValidError} if `nbf` or `iat` lies in the future
 * @throws {JwtClaimError} if another claim is missing, mistyped, not the expected one, or rejected
 * by the schema
 * @throws {TypeError} for a mistake in keys or options
 * @example
 * const expected = { issuer: 'https://auth.example', audience: 'orders' }
 * const { claims } = await verify(token, key, expected)
 */
export function verify<Schema extends StandardSchema>(
  token: string,
  keys: JwtKeys | KeyFinder,
  options: SchemaOptions<Schema>,
): Promise<VerifiedJwt<ClaimsOf<Schema>>>
export function verify(
  token: string,
  keys: JwtKeys | KeyFinder,
  options?: VerifyOptions,
): Promise<VerifiedJwt<JwtClaims>>
export async function verify(token: string, keys: JwtKeys | KeyFinder, options?: object) {
  refuseCallback(arguments, 3)
  const expected = readExpectations(options)
  // Stryker disable next-line ArrayDeclaration: extra arguments are ignored, unless a function
  return verifyToken(token, readKnown(keys), expected, undefined, [])
}

/** Verifies a token with checked keys and options. */
export async function verifyToken(
  token: string,
  known: readonly JwtKey[] | KeyFinder,
  expected: Expectations,
  memory: Memory | undefined,
  extra: readonly unknown[],
  now: number = expected.now(),
): Promise<VerifiedJwt<object>> {
  refuseCallback(extra)
  const remembered = memory?.find(token)
  const jws = remembered ?? parseJws(token, expected.maxLength)
  const { header, payload } = jws
  requireHs256(header)

  const keys = typeof known === 'function' ? readFoundKeys(await known(header)) : known
  const matching = matchingKeys(keys, header)
  let key = remembered && matching.includes(remembered.key) ? remembered.key : undefined
  if (key === undefined) {
    const signingInput = encodeUtf8(jws.signingInput)
    const mac = decodeBase64url(jws.mac) ?? new Uint8Array(0) // never: it was checked
    for (const candidate of matching) {
      // Awaited here, for speed: another async function would be one more promise to await.
      if ((await verifyMac(candidate, signingInput, mac)) !== true) continue
      key = candidate
      break
    }
    if (key === undefined) throw new JwtSignatureError('token signature does not match')
  }

  const { schema, allowMistyped } = expected
  const claims = readPayload(payload)
  const registered = readClaims(claims, allowMistyped)
  const jwt = checkRules({ claims, header, key }, registered, expected, now)
  const output = schema && applySchema(claims, await schema(readPayload(payload)), schema)
  memory?.keep(token, jws, key, remembered)
  return output === undefined ? jwt : { ...jwt, claims: output }
}
