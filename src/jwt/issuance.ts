/** The options of `sign`, and the header and claims that a token is issued with. */
import { toSerializable } from '../encoding/serializable.ts'
import { expect, isPlainObject, kindOf, own, readOptions, text, type Readers } from '../options.ts'
import { readClock, systemTime, toSeconds, type Duration } from '../time.ts'
import { findMistyped, mistyped, registeredOf, TIMES, type RegisteredClaims } from './claims.ts'

/** What `sign` may be told beside how long the token lives. */
export interface SignOptions {
  /** How long until the token becomes valid: sets `nbf`. Default: no `nbf`. */
  readonly notBefore?: Duration
  /** The kind of token: `typ`. A kind of its own for each purpose keeps one from passing for another (RFC 8725 §3.11). Default: `'JWT'`. */
  readonly type?: string
  /** Further header parameters, none of which RFC 7515 defines. Default: none. */
  readonly header?: Readonly<Record<string, unknown>>
  /** The clock, read once. Default: the system's. */
  readonly now?: () => Date
}

/** How long a token lives: a duration above 0 from now on, or `'never'` for one that does not expire. */
export interface Lifetime {
  /** Sets `exp`. In seconds, not milliseconds, or as `'15m'`. Required, unless the claims hold an `exp` of their own. */
  readonly expiresIn: Duration | 'never'
}

/** The third argument of `sign`: claims that hold no `exp` need an `expiresIn`, and those that do must have none. */
export type SignArguments<Claims> = unknown extends Claims
  ? [options?: SignOptions & Partial<Lifetime>] // `any` may hold an exp or not
  : [Claims] extends [{ readonly exp: number | Date }]
    ? [options?: SignOptions & { readonly expiresIn?: never }]
    : [options: SignOptions & Lifetime]

/** Claims that can be signed: any object, whose registered claims are of their types, or `Date` for a time. */
export type SignableClaims<Claims> = Claims & {
  readonly [Name in keyof Claims]: Name extends keyof RegisteredClaims ? Signable<Name> : unknown
}

/** The registered claims as `sign` takes them: of their types, or `Date` for a time. */
export type SignableRegistered = { readonly [Name in keyof RegisteredClaims]?: Signable<Name> | undefined }

type Signable<Name extends keyof RegisteredClaims> = Name extends 'exp' | 'nbf' | 'iat' ? number | Date : Required<RegisteredClaims>[Name]

interface Order {
  readonly expiresIn: number | 'never' | undefined
  readonly notBefore: number | undefined
  readonly type: string
  readonly header: object | undefined
  readonly now: number
}

const READERS: Readers<Order> = { expiresIn: lifetime, notBefore: toSeconds, type: text, header: furtherHeader, now: readClock }

/** The parameters that RFC 7515 §4.1 and RFC 7797 define: the library sets them, or `verify` would refuse or ignore them. */
const RESERVED = /^(?:alg|jku|jwk|kid|x5[uct]|x5t#S256|typ|cty|crit|b64)$/

/** What a token is made of, but for its key. */
interface Issued {
  readonly type: string
  readonly header: object | undefined
  readonly payload: object
}

/**
 * Completes the claims with times, and reads what the header is made of.
 * @throws {TypeError} for whatever `verify` would refuse for its type, and for a mistake in the options
 */
export function issue(claims: unknown, options: unknown): Issued {
  const { expiresIn, notBefore, type, header, now } = readOptions(options, READERS, () => ({
    expiresIn: undefined,
    notBefore: undefined,
    type: 'JWT',
    header: undefined,
    now: systemTime(),
  }))
  expect(isPlainObject(claims), 'claims', 'a plain object')
  const given = { ...claims } // each member is read once: what is checked is what is signed
  const hasExp = Object.hasOwn(given, 'exp')
  expect(hasExp || expiresIn !== undefined, 'expiresIn', "given: a lifetime such as '1h', or 'never'")
  expect(
    !hasExp || expiresIn === undefined,
    'expiresIn',
    'left out beside the claim exp; to renew a token, leave its exp out of the claims',
  )
  expect(notBefore === undefined || !Object.hasOwn(given, 'nbf'), 'notBefore', 'left out beside the claim nbf')

  const iat = Math.floor(now) // whole seconds, as everyone writes them; a lifetime with a fraction counts from the exact time
  const exp = typeof expiresIn === 'number' && { exp: (Number.isInteger(expiresIn) ? iat : now) + expiresIn }
  const nbf = notBefore !== undefined && { nbf: iat + notBefore }
  const payload: Record<string, unknown> = { iat, ...exp, ...nbf, ...given } // in one go: a member that is added to a copy takes longer than all of them
  expectTyped(payload)
  const carried = toSerializable(payload, 'claims')
  if (Array.isArray(own(given, 'aud'))) expectTyped(carried) // by a toJSON of its own, a list may have become something else
  return { type, header, payload: carried }
}

/** Writes dates as seconds, and refuses registered claims that are not of their types, those too that are there and `undefined`. */
function expectTyped(payload: Record<string, unknown>): void {
  for (const name of TIMES) {
    const time = payload[name]
    const isDate = typeof time === 'object' && kindOf(time) === 'Date' && Object.hasOwn(payload, name)
    if (isDate) payload[name] = Math.floor(Number(time) / 1000)
  }
  const registered = registeredOf(payload)
  const isUnset = (name: string): boolean => payload[name] === undefined && Object.hasOwn(payload, name)
  const claim = findMistyped(registered) ?? (Object.keys(registered) as (keyof RegisteredClaims)[]).find(isUnset)
  if (claim) throw new TypeError(mistyped(claim))
}

function lifetime(value: unknown, name: string): number | 'never' {
  const seconds = value === 'never' ? value : toSeconds(value, name)
  expect(seconds !== 0, name, 'longer than 0')
  return seconds
}

function furtherHeader(value: unknown, name: string): object {
  expect(isPlainObject(value), name, 'a plain object')
  const header = { ...value } // what was checked is what is signed
  expect(!Object.keys(header).some((parameter) => RESERVED.test(parameter)), name, 'free of the parameters of RFC 7515')
  return toSerializable(header, name)
}
