/** Reads the options of `sign`, and builds the signing input of a token (RFC 7519 §7.1). */
import { encodeText } from './base64url.ts'
import { readRegistered, typeMessage, type Registered } from './claims.ts'
import { makeSerializable } from './json.ts'
import { encodeHeader, MAX_LENGTH, mediaType } from './jws.ts'
import { readKeys, type JwtKey } from './key.ts'
import { isPlainObject, kindOf, own, tagOf, withoutInherited } from './object.ts'
import { defineOptions, readOptions, readString } from './options.ts'
import { isNumericDate, readClock, readDuration, systemClock, toSeconds } from './time.ts'
import type { Clock } from './time.ts'

/** What all tokens of a signer share. */
export interface Issuance {
  readonly key: JwtKey
  /** The encoded header. */
  readonly header: string
  readonly expiresIn: number | 'never' | undefined
  readonly notBefore: number | undefined
  readonly now: Clock
}

const OPTIONS = /* @__PURE__ */ defineOptions({
  expiresIn: [readLifetime, undefined],
  notBefore: [readDuration, undefined],
  type: [readString, 'JWT'],
  header: [readHeader, undefined],
  now: [readClock, systemClock],
})

/** @throws {TypeError} for a mistake in the keys or options of `sign` */
export function readIssuance(keys: unknown, options: unknown): Issuance {
  const { type, header, expiresIn, notBefore, now } = readOptions(options, OPTIONS)
  const [key] = readKeys(keys, 'sign')
  const segment = encodeHeader({ alg: 'HS256', typ: type, kid: key.kid, ...header })
  return { key, header: segment, expiresIn, notBefore, now }
}

/**
 * Builds the signing input: the encoded header, and the claims with `iat`, `exp` and `nbf` added.
 * @param encode encodes a segment as `encodeText` does
 * @throws {TypeError} if a claim is mistyped, not representable in JSON, or contradicts an option
 * @throws {RangeError} if the token would be longer than 65 536 characters
 */
export function toSigningInput(claims: unknown, issuance: Issuance, encode = encodeText): string {
  const signingInput = `${issuance.header}.${encode(toPayload(claims, issuance))}`
  const length = signingInput.length + 44 // with a dot and the MAC
  if (length <= MAX_LENGTH) return signingInput
  const limit = `at most ${MAX_LENGTH} are allowed`
  throw new RangeError(`token has ${length} characters; ${limit}: put less in the claims`)
}

/** Writes the payload: `iat`, `exp` and `nbf`, and then the claims. */
function toPayload(claims: unknown, { expiresIn, notBefore, now }: Issuance): string {
  const time = now()
  if (!isPlainObject(claims)) {
    const found = tagOf(claims) === 'Object' ? 'a class instance' : kindOf(claims)
    throw new TypeError(`claims must be a plain object such as { sub: user.id }, not ${found}`)
  }
  const given = { ...claims } // each member is read once, so what was checked is what is signed
  const hasExp = Object.hasOwn(given, 'exp')
  if (!hasExp && expiresIn === undefined)
    throw new TypeError("expiresIn is required: a lifetime such as '1h', or 'never'")
  if (hasExp && expiresIn !== undefined) {
    const cure = 'to renew a token, leave exp out of the claims'
    throw new TypeError(`expiresIn cannot be combined with an exp claim: ${cure}`)
  }
  if (notBefore !== undefined && Object.hasOwn(given, 'nbf'))
    throw new TypeError('notBefore cannot be combined with an nbf claim')

  const start = Math.floor(time)
  const { iat = start } = requireTyped(given)
  makeSerializable(given, 'claims')
  // A toJSON method of the aud list may have changed it.
  if (typeof readRegistered(given) === 'string') throw new TypeError(typeMessage('aud'))
  if (Object.hasOwn(given, 'iat')) delete given['iat'] // it is written first, below
  const exp = typeof expiresIn === 'number' ? toText('exp', Math.floor(time + expiresIn)) : ''
  const nbf = notBefore === undefined ? '' : toText('nbf', Math.ceil(start + notBefore))
  const rest = JSON.stringify(given) // merging objects takes longer than joining strings
  return `{"iat":${iat}${exp}${nbf}${rest === '{}' ? '' : ','}${rest.slice(1)}`
}

/** Writes a time as a further member of a JSON object. */
function toText(name: string, seconds: number): string {
  if (!isNumericDate(seconds)) throw new TypeError(typeMessage(name))
  return `,"${name}":${seconds}`
}

/**
 * Reads the registered claims, and makes times whole seconds, because some verifiers reject
 * fractions. Rejects a claim that is `undefined` or mistyped.
 */
function requireTyped(payload: Record<string, unknown>): Registered {
  for (const name of ['exp', 'nbf', 'iat']) {
    const seconds = toSeconds(own(payload, name))
    const round = name === 'nbf' ? Math.ceil : Math.floor
    if (typeof seconds === 'number') payload[name] = round(seconds)
  }
  const registered = readRegistered(payload)
  if (typeof registered === 'string') throw new TypeError(typeMessage(registered))
  const members = withoutInherited(payload)
  for (const name in members)
    if (members[name] === undefined && Object.hasOwn(registered, name))
      throw new TypeError(typeMessage(name))
  return registered
}

function readLifetime(value: unknown, name: string): number | 'never' {
  if (value === 'never') return value
  const seconds = readDuration(value, name)
  if (seconds >= 1) return seconds
  throw new RangeError(`${name} must be at least 1 second, or 'never'`)
}

/** Parameters of RFC 7515 §4.1 and RFC 7797 that the library sets, or does not support. */
const RESERVED = /^(?:alg|jku|jwk|kid|x5[uct]|x5t#S256|typ|crit|b64)$/

/** What to do about a reserved parameter. */
const PLACES: Readonly<Record<string, string>> = {
  alg: 'it is always HS256',
  kid: 'pass it to createKey',
  typ: 'use the type option',
}

function readHeader(value: unknown, name: string): object {
  if (!isPlainObject(value)) throw new TypeError(`${name} must be a plain object`)
  const header = makeSerializable({ ...value }, name, [value])
  // Stryker disable next-line StringLiteral: every default but JWT works
  const { cty = '' } = header
  if (typeof cty !== 'string') throw new TypeError(`${name}.cty must be a string`)
  if (mediaType(cty) === 'application/jwt')
    throw new TypeError(`${name}.cty cannot be JWT: a token in a token is not supported`)
  const reserved = Object.keys(header).find((parameter) => RESERVED.test(parameter))
  if (reserved === undefined) return header
  const place = own(PLACES, reserved) ?? 'it is not supported'
  throw new TypeError(`${name} cannot contain ${reserved}: ${place}`)
}
