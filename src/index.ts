/**
 * JSON Web Tokens with HS256, and nothing else (RFC 7519 on RFC 7515, 7518 and 8725), on Web Crypto.
 *
 * @module hs256
 */
export {
  JwtAlgorithmError,
  JwtClaimError,
  JwtError,
  JwtExpiredError,
  JwtKeyNotFoundError,
  JwtMalformedError,
  JwtNotYetValidError,
  JwtSignatureError,
} from './errors.ts'
export type { ClaimErrorDetails, ClaimErrorReason, JwtErrorClass } from './errors.ts'
export { generateSecret } from './hmac/webcrypto.ts'
export type { JwtHeader } from './jws/header.ts'
export type { JwtClaims, RegisteredClaims } from './jwt/claims.ts'
export { decodeUnverified } from './jwt/decode-unverified.ts'
export type { VerifyArguments, VerifyOptions } from './jwt/expectations.ts'
export type { Lifetime, SignableClaims, SignArguments, SignOptions } from './jwt/issuance.ts'
export type { UnverifiedJwt, VerifiedJwt } from './jwt/jwt.ts'
export type { ClaimsOf, SchemaIssue, SchemaOutput, SchemaResult, StandardSchema } from './jwt/schema.ts'
export { secondsLeft } from './jwt/seconds-left.ts'
export type { SecondsLeftOptions } from './jwt/seconds-left.ts'
export { sign } from './jwt/sign.ts'
export { verify } from './jwt/verify.ts'
export type { KeyFinder } from './jwt/verify.ts'
export { createKey } from './keys/key.ts'
export type { JwtKey, KeyOptions } from './keys/key.ts'
export type { JwtKeys } from './keys/key-list.ts'
export type { CryptoKeyLike, KeyObjectLike, Secret, SymmetricJwk } from './keys/secret.ts'
export type { Duration } from './time.ts'
