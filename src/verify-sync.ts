/** Verifies tokens (RFC 7519 §7.2) on `node:crypto`. verify.ts takes the same steps. */
import { parseClaims, type JwtClaims } from './claims.ts'
import { JwtSignatureError } from './errors.ts'
import { verifyMac } from './hmac/node.ts'
import { parseJson } from './json.ts'
import { parseJws, requireHs256, type JwtHeader } from './jws.ts'
import type { SchemaOptions, VerifiedJwt, VerifyOptions } from './jwt.ts'
import { matchingKeys, readFoundKeys, readKeys, type JwtKeys } from './key.ts'
import { refuseCallback } from './options.ts'
import { checkRules, readExpectations } from './rules.ts'
import { applySchema, type ClaimsOf, type StandardSchema } from './schema.ts'

/** Looks up keys by the header, synchronously. `undefined` means none; errors are passed on. */
export type SyncKeyFinder = (header: JwtHeader) => JwtKeys | undefined

/** Verifies a token with the keys and options that were passed to `createVerifierSync`. */
export type SyncVerifier<Claims extends object = JwtClaims> = (token: string) => VerifiedJwt<Claims>

/**
 * Makes a synchronous verifier; otherwise as `createVerifier`.
 *
 * @throws {TypeError} as `createVerifier` does
 * @example
 * const check = createVerifierSync(key, { issuer: 'https://auth.example', audience: 'orders' })
 * const { claims } = check(token)
 */
export function createVerifierSync<Schema extends StandardSchema>(
  keys: JwtKeys | SyncKeyFinder,
  options: SchemaOptions<Schema>,
): SyncVerifier<ClaimsOf<Schema>>
export function createVerifierSync(
  keys: JwtKeys | SyncKeyFinder,
  options?: VerifyOptions,
): SyncVerifier
export function createVerifierSync(keys: JwtKeys | SyncKeyFinder, options?: object) {
  if (arguments.length > 2) refuseCallback(arguments, 2)
  const expected = readExpectations(options)
  const known = typeof keys === 'function' ? keys : readKeys(keys, 'verify')
  return (token: string, ...extra: unknown[]): VerifiedJwt<object> => {
    if (extra.length > 0) refuseCallback(extra)
    const now = expected.now()
    const { header, payload, signingInput, mac } = parseJws(token, expected.maxLength)
    requireHs256(header)

    const found = typeof known === 'function' ? readFoundKeys(settled(known(header))) : known
    const matching = matchingKeys(found, header)
    const key = matching.find((candidate) => verifyMac(candidate, signingInput, mac))
    if (key === undefined) throw new JwtSignatureError('token signature does not match')

    const { schema, allowMistyped } = expected
    const jwt = checkRules(parseClaims(payload, allowMistyped), { header, key }, expected, now)
    if (schema === undefined) return jwt
    const result = settled(schema(parseJson(payload, 'payload')))
    return { ...jwt, claims: applySchema(jwt.claims, result, schema) }
  }
}

/**
 * Verifies a token, synchronously; otherwise as `verify`.
 *
 * @throws {JwtError} as `verify` does
 * @throws {TypeError} for a mistake in keys or options, and if the key function or the schema
 * returns a promise
 * @example
 * const expected = { issuer: 'https://auth.example', audience: 'orders' }
 * const { claims } = verifySync(token, key, expected)
 */
export function verifySync<Schema extends StandardSchema>(
  token: string,
  keys: JwtKeys | SyncKeyFinder,
  options: SchemaOptions<Schema>,
): VerifiedJwt<ClaimsOf<Schema>>
export function verifySync(
  token: string,
  keys: JwtKeys | SyncKeyFinder,
  options?: VerifyOptions,
): VerifiedJwt<JwtClaims>
export function verifySync(token: string, keys: JwtKeys | SyncKeyFinder, options?: object) {
  if (arguments.length > 3) refuseCallback(arguments, 3)
  return createVerifierSync(keys, options)(token)
}

/** @throws {TypeError} if the value is a promise, or anything else with a `then` */
function settled<Value>(value: Value | Promise<Value>): Value {
  if (!isPromise(value)) return value
  Promise.resolve(value).catch(() => {}) // an unhandled rejection would end the process
  throw new TypeError(
    'the key function or the schema returned a promise: use createVerifier or verify',
  )
}

function isPromise<Value>(value: Value | Promise<Value>): value is Promise<Value> {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return false
  const { then }: { readonly then?: unknown } = value
  return typeof then === 'function'
}
