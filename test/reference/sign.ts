/** What `sign` must write (RFC 7519 §7.1), or the caller's mistake that it must report, without any code of `src/`. */
import { REGISTERED, typeFlaw } from './claims.ts'
import { lifetimeOf, secondsOf, type Mistake } from './durations.ts'
import { isLong } from './numbers.ts'

/** What `sign` is called with. */
export interface Order {
  /** Anything. A value with a `toJSON` of its own counts as what JSON cannot represent. */
  readonly claims: unknown
  readonly options: Readonly<Record<string, unknown>>
  /** Seconds. */
  readonly now: number
}

/** A caller's mistake, and the reason, which the fuzzer counts. */
interface Refused {
  readonly mistake: Mistake
  readonly why: string
}
export type Written = { readonly header: string; readonly payload: string } | Refused

type Members = Readonly<Record<string, unknown>>

const refused = (why: string, mistake: Mistake = 'TypeError'): Refused => ({ mistake, why })

/** Writes header and payload as JSON. */
export function signByTheBook({ claims, options, now }: Order): Written {
  for (const [name, value] of Object.entries(options)) {
    const flaw = Object.hasOwn(OPTIONS, name) ? OPTIONS[name as keyof typeof OPTIONS](value) : refused('an unknown option')
    if (flaw) return flaw
  }
  if (!isPlain(claims)) return refused('claims that are no object')
  const { expiresIn, notBefore } = options
  if (Object.hasOwn(claims, 'exp') === (expiresIn !== undefined)) return refused('two lifetimes, or none')
  if (Object.hasOwn(claims, 'nbf') && notBefore !== undefined) return refused('two starts of validity')

  // Whole seconds (policy): a token never lives longer, and never begins earlier, than its claims say.
  const second = Math.floor(now)
  const exp = expiresIn === undefined || expiresIn === 'never' ? {} : { exp: now + Number(secondsOf(expiresIn)) }
  const nbf = notBefore === undefined ? {} : { nbf: second + Number(secondsOf(notBefore)) }
  const payload: Record<string, unknown> = { iat: second, ...exp, ...nbf, ...claims }
  for (const [name, round] of Object.entries({ exp: Math.floor, nbf: Math.ceil, iat: Math.floor })) {
    const time = toSeconds(payload[name])
    if (typeof time === 'number') payload[name] = round(time)
  }
  for (const name of REGISTERED) {
    const flaw = Object.hasOwn(payload, name) && typeFlaw(name, payload[name])
    if (flaw) return refused(flaw)
  }
  const flaw = jsonFlaw(payload, [])
  if (flaw) return flaw

  const { type = 'JWT', header } = options
  const written = {
    header: JSON.stringify({ alg: 'HS256', typ: type, ...(header as object) }),
    payload: payloadText(payload, ['iat', ...Object.keys({ ...exp, ...nbf })]),
  }
  const length = encodedLength(written.header) + encodedLength(written.payload) + '..'.length + 43
  return length > 65_536 ? refused('a token that is too long', 'RangeError') : written
}

/** Claims as JSON: those that `sign` sets come first, even before names that are integers, which JavaScript would list first. */
function payloadText(claims: Members, first: readonly string[]): string {
  const names = Object.keys(claims).filter((name) => claims[name] !== undefined)
  const ordered = [...names.filter((name) => first.includes(name)), ...names.filter((name) => !first.includes(name))]
  return `{${ordered.map((name) => `${JSON.stringify(name)}:${JSON.stringify(claims[name])}`).join()}}`
}

/** A point in time as seconds; anything else as it is. */
function toSeconds(time: unknown): unknown {
  if (time instanceof Date) return time.getTime() / 1000
  const isInstant = Object.prototype.toString.call(time) === '[object Temporal.Instant]'
  return isInstant ? (time as { readonly epochMilliseconds: number }).epochMilliseconds / 1000 : time
}

/** How many characters of base64url a text takes, without padding. */
function encodedLength(text: string): number {
  return Math.ceil((Buffer.byteLength(text) * 4) / 3)
}

/** What is wrong with each option. */
const OPTIONS = {
  expiresIn: (value: unknown) => (value === 'never' ? undefined : durationFlaw('expiresIn', lifetimeOf(value))),
  notBefore: (value: unknown) => durationFlaw('notBefore', secondsOf(value)),
  type: (value: unknown) => (typeof value === 'string' && value !== '' ? undefined : refused('a type that is no text')),
  header: headerFlaw,
} as const

function durationFlaw(name: string, seconds: number | Mistake): Refused | undefined {
  return typeof seconds === 'string' ? refused(`${name} that is no duration, too long or too short`, seconds) : undefined
}

/** RFC 7515 §4.1: all parameters but `cty` are set by the library, or not supported; and no token is in the token. */
function headerFlaw(header: unknown): Refused | undefined {
  if (!isPlain(header)) return refused('a header that is no object')
  const flaw = jsonFlaw(header, [])
  if (flaw) return flaw
  const reserved = ['alg', 'jku', 'jwk', 'kid', 'x5u', 'x5c', 'x5t', 'x5t#S256', 'typ', 'crit', 'b64']
  if (reserved.some((name) => Object.hasOwn(header, name))) return refused('a reserved parameter')
  if (!Object.hasOwn(header, 'cty') || header['cty'] === undefined) return undefined
  if (typeof header['cty'] !== 'string') return refused('cty that is no text')
  return /^(application\/)?jwt$/i.test(header['cty']) ? refused('a token in a token') : undefined
}

/** What JSON cannot represent, or JavaScript does not read back as it was; nesting of more than 1000 levels (policy). */
function jsonFlaw(value: unknown, ancestors: readonly unknown[]): Refused | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return undefined
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return refused('a number that JSON cannot represent')
    return isLong(String(value)) ? refused('a number that JavaScript rounds') : undefined
  }
  if (!isPlain(value) && !Array.isArray(value)) return refused('a value that JSON cannot represent')
  if (ancestors.includes(value)) return refused('a value that contains itself')
  if (ancestors.length > 1000) return refused('nesting that is too deep', 'RangeError')
  const members: readonly unknown[] = Array.isArray(value) ? Array.from(value) : Object.values(value).filter((one) => one !== undefined)
  for (const member of members) {
    const flaw = jsonFlaw(member, [...ancestors, value])
    if (flaw) return flaw
  }
  return undefined
}

function isPlain(value: unknown): value is Members {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return [Object.prototype, null].includes(Object.getPrototypeOf(value) as null)
}
