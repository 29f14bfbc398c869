/** Verifies tokens (RFC 7519 §7.2) on `node:crypto`, in the steps of verify.ts. */
import { readClaims, type JwtClaims } from './claims.ts'
import { JwtSignatureError } from './errors.ts'
import { decodeText, verifyMac } from './hmac/node.ts'
import { readPayload } from './json.ts'
import { parseSegments, requireHs256, requireMac, type JwtHeader, type Jws } from './jws.ts'
import type { RememberOption, SchemaOptions, VerifiedJwt, VerifyOptions } from './jwt.ts'
import { matchingKeys, readFoundKeys, readKnown, type JwtKey, type JwtKeys } from './key.ts'
import { createMemory, type Memory, type Remembered } from './memory.ts'
import { refuseCallback } from './options.ts'
import { readExpectations, readVerifierOptions, type Expectations } from './expectations.ts'
import { checkRules } from './rules.ts'
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
  options: SchemaOptions<Schema> & RememberOption,
): SyncVerifier<ClaimsOf<Schema>>
export function createVerifierSync(
  keys: JwtKeys | SyncKeyFinder,
  options?: VerifyOptions & RememberOption,
): SyncVerifier
export function createVerifierSync(
  keys: JwtKeys | SyncKeyFinder,
  options?: object,
): SyncVerifier<object> {
  refuseCallback(arguments, 2)
  const expected = readVerifierOptions(options)
  const memory = createMemory(expected.remember)
  const known = readKnown(keys)
  return function check(token) {
    if (arguments.length > 1) refuseCallback(arguments, 1)
    return verifyToken(token, known, expected, memory)
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
  refuseCallback(arguments, 3)
  const expected = readExpectations(options)
  return verifyToken(token, readKnown(keys), expected)
}

/** Verifies a token with checked keys and options. */
function verifyToken(
  token: string,
  known: readonly JwtKey[] | SyncKeyFinder,
  expected: Expectations,
  memory?: Memory,
): VerifiedJwt<object> {
  const now = expected.now()
  const remembered = memory?.find(token)
  const jws = remembered ?? parseSegments(token, expected.maxLength, decodeText)
  const { header, payload } = jws
  if (typeof known === 'function') requireMac(jws, token) // before the call
  let key: JwtKey
  try {
    key = findSigner(jws, known, remembered?.key)
  } catch (error) {
    requireMac(jws, token) // not checked before: a MAC that matches is well-formed
    throw error
  }

  const { schema, allowMistyped } = expected
  const claims = readPayload(payload)
  const registered = readClaims(claims, allowMistyped)
  const jwt = checkRules({ claims, header, key }, registered, expected, now)
  const output = schema && applySchema(claims, settled(schema(readPayload(payload))), schema)
  memory?.keep(token, jws, key, remembered)
  return output === undefined ? jwt : { ...jwt, claims: output }
}

/** Finds the key that made the MAC: the remembered one, if it is still among those that match. */
function findSigner(
  { header, signingInput, mac }: Jws | Remembered,
  known: readonly JwtKey[] | SyncKeyFinder,
  remembered: JwtKey | undefined,
): JwtKey {
  requireHs256(header)
  const keys = typeof known === 'function' ? readFoundKeys(settled(known(header))) : known
  const matching = matchingKeys(keys, header)
  if (remembered !== undefined && matching.includes(remembered)) return remembered
  for (const key of matching) if (verifyMac(key, signingInput, mac)) return key
  throw new JwtSignatureError('token signature does not match')
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
