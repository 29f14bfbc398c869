/** The errors for bad tokens: one class per code. Mistakes are a `TypeError` or `RangeError`. */

/** Why a claim was rejected: absent, invalid, not the expected value, expired, or not yet valid. */
export type ClaimErrorReason = 'missing' | 'invalid' | 'mismatch' | 'expired' | 'early'

/** Details of a {@link JwtClaimError}. `instant` is the end or start of validity, in seconds. */
export interface ClaimErrorDetails {
  readonly claim: string | undefined
  readonly reason: ClaimErrorReason
  readonly claims?: Readonly<Record<string, unknown>> | undefined
  readonly issues?: readonly { readonly message: string }[] | undefined
  readonly instant?: number | undefined
}

abstract class JwtErrorBase extends Error {
  /** A stable identifier of the failure. Test this, not the message. */
  abstract readonly code: string
  /** The public name of this class. */
  static override get name(): string {
    return 'JwtError'
  }
  /** The class's name, safe from minifiers: other copies of this library recognize it by this. */
  protected static readonly jwtErrorName: string = 'JwtError'
  /** The name of the class. On the prototype, so that `stack` starts with it. */
  override get name(): string {
    return String(Reflect.get(this.constructor, 'jwtErrorName'))
  }
  /** Renames this one error. */
  override set name(value: string) {
    Object.defineProperty(this, 'name', { value, writable: true, configurable: true })
  }
  /** Makes `instanceof` true also for errors from another copy of this library or another realm. */
  static override [Symbol.hasInstance](this: { prototype: object }, value: unknown): boolean {
    const name = classNameOf(this.prototype)
    let at = typeof value === 'object' && value !== null ? Reflect.getPrototypeOf(value) : null
    while (at !== null && at !== this.prototype && !(name && classNameOf(at) === name))
      at = Reflect.getPrototypeOf(at)
    return at !== null
  }
}

// Only a function counts: prototype pollution from JSON can add a `constructor`, but no function.
function classNameOf(prototype: object): unknown {
  const made: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value
  return typeof made === 'function' && Object.hasOwn(made, 'jwtErrorName')
    ? Reflect.get(made, 'jwtErrorName')
    : undefined
}

/** The token is not a string, too long or malformed, or has a header that is rejected. */
export class JwtMalformedError extends JwtErrorBase {
  readonly code = 'ERR_JWT_MALFORMED'
  protected static override readonly jwtErrorName: string = 'JwtMalformedError'
}

/** The token names an algorithm other than HS256 (RFC 8725 §3.1). */
export class JwtAlgorithmError extends JwtErrorBase {
  readonly code = 'ERR_JWT_ALGORITHM'
  protected static override readonly jwtErrorName: string = 'JwtAlgorithmError'
}

/** No key matches the token's `kid`, or the key function returned none. */
export class JwtKeyNotFoundError extends JwtErrorBase {
  readonly code = 'ERR_JWT_KEY_NOT_FOUND'
  readonly #kid: string | undefined
  constructor(message: string, kid?: string) {
    super(message)
    this.#kid = kid
  }
  protected static override readonly jwtErrorName: string = 'JwtKeyNotFoundError'
  /** Returns the token's `kid`, which anyone may have written; `undefined` if it has none. */
  kid(): string | undefined {
    return this.#kid
  }
}

/** None of the matching keys produced this MAC: wrong key or changed token (RFC 7515 §5.2). */
export class JwtSignatureError extends JwtErrorBase {
  readonly code = 'ERR_JWT_SIGNATURE'
  protected static override readonly jwtErrorName: string = 'JwtSignatureError'
}

/** A claim was rejected. Neither message nor logging reveals its value. */
export class JwtClaimError extends JwtErrorBase {
  readonly code: 'ERR_JWT_CLAIM' | 'ERR_JWT_EXPIRED' | 'ERR_JWT_NOT_YET_VALID' = 'ERR_JWT_CLAIM'
  /** The claim, or `'typ'` of the header; `undefined` if the claims are rejected as a whole. */
  declare readonly claim: string | undefined
  /** Why it was rejected. */
  declare readonly reason: ClaimErrorReason
  // Private and read by methods: loggers print hidden properties, and test reporters run getters.
  readonly #details: ClaimErrorDetails
  constructor(message: string, details: ClaimErrorDetails) {
    super(message)
    this.claim = details.claim
    this.reason = details.reason
    this.#details = { claims: undefined, issues: undefined, instant: undefined, ...details }
  }
  protected static override readonly jwtErrorName: string = 'JwtClaimError'
  /** Returns the claims: their MAC is valid, unless `decodeUnverified` threw this. */
  claims(): Readonly<Record<string, unknown>> | undefined {
    return this.#details.claims
  }
  /** Returns the issues that the schema reported; their messages may quote values. */
  issues(): ClaimErrorDetails['issues'] {
    return this.#details.issues
  }
  /** @internal */
  protected instant(): Date {
    return new Date(Number(this.#details.instant) * 1000)
  }
}

/** The token is past its `exp`, or older than `maxAge` (then `claim` is `'iat'`). */
export class JwtExpiredError extends JwtClaimError {
  override readonly code = 'ERR_JWT_EXPIRED'
  protected static override readonly jwtErrorName: string = 'JwtExpiredError'
  /** When the token expired, not counting `clockTolerance`. Not enumerable. */
  get expiredAt(): Date {
    return this.instant()
  }
}

/** The token is not valid yet: its `nbf` or `iat` is in the future. */
export class JwtNotYetValidError extends JwtClaimError {
  override readonly code = 'ERR_JWT_NOT_YET_VALID'
  protected static override readonly jwtErrorName: string = 'JwtNotYetValidError'
  /** When the token becomes valid, not counting `clockTolerance`. Not enumerable. */
  get validFrom(): Date {
    return this.instant()
  }
}

/** Any error about a token: after `instanceof JwtError`, `error.code` narrows it to its class. */
export type JwtError =
  | JwtMalformedError
  | JwtAlgorithmError
  | JwtKeyNotFoundError
  | JwtSignatureError
  | (JwtClaimError & { readonly code: 'ERR_JWT_CLAIM' })
  | JwtExpiredError
  | JwtNotYetValidError

/** The base class of all errors above, not to be made itself. Typed as their union, to narrow. */
export const JwtError = JwtErrorBase as unknown as new (message?: string) => JwtError
