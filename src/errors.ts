/** Every way in which a token can be wrong, one class for each code; a mistake of the caller is a `TypeError` or a `RangeError` instead. */
/** Why a claim was refused: absent, of the wrong type, not the expected value, too old, or too new. */
export type ClaimErrorReason = 'missing' | 'invalid' | 'mismatch' | 'expired' | 'early'

/** What a {@link JwtClaimError} is made of; see its members. */
export interface ClaimErrorDetails {
  readonly claim: string | undefined
  readonly reason: ClaimErrorReason
  readonly claims?: Readonly<Record<string, unknown>> | undefined
  readonly issues?: readonly { readonly message: string }[] | undefined
  /** When the token expired or becomes valid, in seconds. */
  readonly instant?: number | undefined
}

abstract class JwtErrorBase extends Error {
  /** The stable name of what went wrong: this, not the message, is for programs. */
  abstract readonly code: string
  /** The name of the class, a literal: it survives minifiers, and a foreign prototype, whose `name` may throw, has nothing of this name. */
  protected get jwtErrorName(): string {
    return 'JwtError'
  }
  /** The name of the class. It stands on the prototype, so that the stack begins with it. */
  override get name(): string {
    return this.jwtErrorName
  }
  /** Gives this one error another name, as one may with any. */
  override set name(value: string) {
    Object.defineProperty(this, 'name', { value, writable: true, configurable: true })
  }
  /** Also true for an error of another copy of this library (ESM beside CommonJS, another realm): a prototype of it has the same name. */
  static override [Symbol.hasInstance](this: { readonly prototype: object }, value: unknown): boolean {
    const name = nameOf(this.prototype)
    let prototype = Object(value) as Named | null
    do prototype = Object.getPrototypeOf(prototype) as Named | null
    while (prototype && prototype !== this.prototype && !(name && nameOf(prototype) === name))
    return prototype !== null
  }
}
type Named = object & { readonly jwtErrorName?: string }

// A getter: a text of this name, which polluted JSON may have put on Object.prototype, makes nothing a JwtError.
function nameOf(prototype: Named): string | undefined {
  return Object.getOwnPropertyDescriptor(prototype, 'jwtErrorName')?.get && prototype.jwtErrorName
}

/** The token is not a well-formed HS256 JWT: not text, too long, not three canonical base64url segments, not JSON, or a header that must be refused. */
export class JwtMalformedError extends JwtErrorBase {
  readonly code = 'ERR_JWT_MALFORMED'
  protected override get jwtErrorName(): string {
    return 'JwtMalformedError'
  }
}

/** The token names an algorithm other than HS256 (RFC 8725 §3.1). */
export class JwtAlgorithmError extends JwtErrorBase {
  readonly code = 'ERR_JWT_ALGORITHM'
  protected override get jwtErrorName(): string {
    return 'JwtAlgorithmError'
  }
}

/** No key fits the token: every key has another `kid`, or the key function found none. */
export class JwtKeyNotFoundError extends JwtErrorBase {
  readonly code = 'ERR_JWT_KEY_NOT_FOUND'
  protected override get jwtErrorName(): string {
    return 'JwtKeyNotFoundError'
  }
}

/** The MAC of the token was made with none of the keys that fit, or the token was changed (RFC 7515 §5.2). */
export class JwtSignatureError extends JwtErrorBase {
  readonly code = 'ERR_JWT_SIGNATURE'
  protected override get jwtErrorName(): string {
    return 'JwtSignatureError'
  }
}

/** A claim was refused. What it says is in no message and in nothing that logs show: ask `claims` and `issues` for it. */
export class JwtClaimError extends JwtErrorBase {
  readonly code: 'ERR_JWT_CLAIM' | 'ERR_JWT_EXPIRED' | 'ERR_JWT_NOT_YET_VALID' = 'ERR_JWT_CLAIM'
  /** The name of the claim, or of the header parameter `typ`; `undefined` where a schema refused the claims as a whole. */
  declare readonly claim: string | undefined
  /** Why it was refused. */
  declare readonly reason: ClaimErrorReason
  readonly #details: ClaimErrorDetails // private, not merely hidden: some loggers print every own property, enumerable or not

  constructor(message: string, details: ClaimErrorDetails) {
    super(message)
    this.claim = details.claim
    this.reason = details.reason
    this.#details = { claims: undefined, issues: undefined, instant: undefined, ...details } // all its own: Object.prototype lends none
  }
  protected override get jwtErrorName(): string {
    return 'JwtClaimError'
  }
  /** All claims of the token; their MAC was right, unless the error comes from `decodeUnverified`. Not enumerable. */
  get claims(): Readonly<Record<string, unknown>> | undefined {
    return this.#details.claims
  }
  /** What the schema found, in its own words, which may quote values. Not enumerable. */
  get issues(): ClaimErrorDetails['issues'] {
    return this.#details.issues
  }
  /** @internal */
  protected get instant(): Date {
    return new Date(Number(this.#details.instant) * 1000)
  }
}

/** The token is past its `exp`, or older than `maxAge` (then `claim` is `'iat'`). */
export class JwtExpiredError extends JwtClaimError {
  override readonly code = 'ERR_JWT_EXPIRED'
  protected override get jwtErrorName(): string {
    return 'JwtExpiredError'
  }
  /** The instant from which on the token was refused, `clockTolerance` not counted. Not enumerable. */
  get expiredAt(): Date {
    return this.instant
  }
}

/** The token is not valid yet: its `nbf`, or its `iat`, lies in the future. */
export class JwtNotYetValidError extends JwtClaimError {
  override readonly code = 'ERR_JWT_NOT_YET_VALID'
  protected override get jwtErrorName(): string {
    return 'JwtNotYetValidError'
  }
  /** The instant from which on the token will be accepted, `clockTolerance` not counted. Not enumerable. */
  get validFrom(): Date {
    return this.instant
  }
}

/** Whatever a token can do wrong. After `error instanceof JwtError`, `switch (error.code)` narrows to each class's own members. */
export type JwtError =
  | JwtMalformedError
  | JwtAlgorithmError
  | JwtKeyNotFoundError
  | JwtSignatureError
  | (JwtClaimError & { readonly code: 'ERR_JWT_CLAIM' })
  | JwtExpiredError
  | JwtNotYetValidError

/** What stands on the right of `error instanceof JwtError`: the base class of every error here. */
export interface JwtErrorClass extends Function {
  readonly prototype: JwtError
}
// The subclasses above are all there are, so their union is what an instance of the base class is.
export const JwtError: JwtErrorClass = JwtErrorBase as Function as JwtErrorClass
