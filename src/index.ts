/**
 * JSON Web Tokens with HS256 only, on Web Crypto (RFCs 7515, 7518, 7519 and 8725).
 *
 * @module hs256
 */
export type { JwtClaims, RegisteredClaims } from './claims.ts'
export { decodeUnverified, secondsLeft, type SecondsLeftOptions } from './decode.ts'
export { JwtAlgorithmError, JwtClaimError, JwtError, JwtExpiredError } from './errors.ts'
export { JwtKeyNotFoundError, JwtMalformedError, JwtNotYetValidError } from './errors.ts'
export { JwtSignatureError, type ClaimErrorDetails, type ClaimErrorReason } from './errors.ts'
export { generateSecret } from './hmac/webcrypto.ts'
export type { JwtHeader } from './jws.ts'
export type { Mistypable, SchemaOptions, UnverifiedJwt, VerifiedJwt, VerifyOptions } from './jwt.ts'
export type { Lifetime, NoExp, NoLifetime, OwnExp, Signable, SignableClaims } from './jwt.ts'
export type { RememberOption, SignOptions } from './jwt.ts'
export type { InstantLike } from './object.ts'
export { createKey, type JwtKey, type JwtKeys, type KeyFinder, type KeyOptions } from './key.ts'
export type { ClaimsOf, SchemaIssue, SchemaOutput, SchemaResult, StandardSchema } from './schema.ts'
export type { CryptoKeyLike, KeyObjectLike, Secret, SymmetricJwk } from './secret.ts'
export { createSigner, sign, type Signer } from './sign.ts'
export type { Duration, Instant } from './time.ts'
export { createVerifier, verify, type Verifier } from './verify.ts'
