/** Verifies a token (RFC 7519 §7.2), on Web Crypto. */
import { verifyMac } from '../hmac/webcrypto.ts'
import type { JwtHeader } from '../jws/header.ts'
import { expectFitting, readFound, type JwtKeys } from '../keys/key-list.ts'
import type { JwtKey } from '../keys/key.ts'
import type { VerifyArguments } from './expectations.ts'
import type { VerifiedJwt } from './jwt.ts'
import { applyResult, type ClaimsOf, type StandardSchema } from './schema.ts'
import { expectSigner, judgeClaims, readDemands, splitHs256, type Demands } from './verification.ts'

/** Finds keys that are held elsewhere; what it throws itself passes through. */
export type KeyFinder = (header: JwtHeader) => JwtKeys | undefined | Promise<JwtKeys | undefined>

/**
 * Verifies a token: its shape, its header, its MAC, then its claims, in this order; the first thing that is wrong decides the error.
 *
 * @param token a compact JWT, without `Bearer`
 * @param keys a key, 1 to 16 keys, or a function that finds them by the header; `undefined` from it means that there is none
 * @param options what is expected of the token; see {@link VerifyOptions}
 * @returns claims, header and the key that matched
 * @throws {JwtMalformedError} where it is no well-formed JWT
 * @throws {JwtAlgorithmError} where its `alg` is not HS256
 * @throws {JwtKeyNotFoundError} where no key fits its `kid`
 * @throws {JwtSignatureError} where no key that fits has made its MAC
 * @throws {JwtExpiredError} where it is past `exp`, or older than `maxAge`
 * @throws {JwtNotYetValidError} where `nbf` or `iat` lies in the future
 * @throws {JwtClaimError} where another claim is missing, of the wrong type, not the expected one, or refused by the schema
 * @throws {TypeError} and {RangeError} for a mistake in keys or options, before the token is looked at
 * @example
 * const { claims } = await verify(token, key, { issuer: 'https://auth.example', audience: 'orders' })
 */
export function verify<Schema extends StandardSchema = StandardSchema>(
  token: string,
  keys: JwtKeys | KeyFinder,
  ...[options]: VerifyArguments<Schema>
): Promise<VerifiedJwt<ClaimsOf<Schema>>> {
  return verifyBy<Schema>(token, () => readDemands(keys, options))
}

/** Verifies a token against what is read already, or is read now. */
export async function verifyBy<Schema extends StandardSchema>(
  token: string,
  demand: () => Demands,
): Promise<VerifiedJwt<ClaimsOf<Schema>>> {
  const { expected, known } = demand()
  const jws = splitHs256(token, expected)

  const found = typeof known === 'function' ? readFound(await known(jws.header)) : known
  let signer: JwtKey | undefined
  for (const key of expectFitting(found, jws.header)) {
    if ((await verifyMac(key, jws.signingInput, jws.mac)) === true) {
      signer = key
      break
    }
  }
  const key = expectSigner(signer)

  const typed = judgeClaims(jws, expected)
  const claims = expected.schema ? applyResult(typed, await expected.schema(jws.payload)) : typed.claims
  return { claims, header: jws.header, key } as VerifiedJwt<ClaimsOf<Schema>> // all steps are behind us
}
