/** A case of the corpus: an input, its verdict and its source. Only data, so that it runs on every runtime. */
import type { Recipe } from './forge.ts'

/** The verdict: acceptance, the code of a `JwtError`, the name of a caller's mistake, or a guard's answer. */
export type Verdict =
  | 'accepted'
  | `ERR_JWT_${'MALFORMED' | 'ALGORITHM' | 'KEY_NOT_FOUND' | 'SIGNATURE' | 'EXPIRED' | 'NOT_YET_VALID'}`
  | `ERR_JWT_CLAIM ${string} ${'missing' | 'invalid' | 'mismatch'}`
  | `${'Type' | 'Range'}Error`
  | `by ${'cookie' | 'bearer'}`
  | 'anonymous'
  | 'preflight'
  | `401 ${'missing_token' | 'invalid_token' | 'token_expired'}`
  | '403 cross_origin'

/** What all inputs of a group share. */
export interface Rule {
  /** The number of the attack in `attacks.ts`. */
  readonly attack: number
  /** `rfc`: a MUST or SHOULD, by which peers are scored; `policy`: a stricter rule of ours. */
  readonly kind: 'rfc' | 'policy'
  /** The section that says so, or where it went wrong before. */
  readonly source: string
  readonly verdict: Verdict
}

export const rule = (attack: number, kind: Rule['kind'], source: string, verdict: Verdict): Rule => ({ attack, kind, source, verdict })

/** A rule with another verdict, or with other changes. */
export const but = (base: Rule, changes: Verdict | Partial<Rule>): Rule => ({
  ...base,
  ...(typeof changes === 'string' ? { verdict: changes } : changes),
})

/** How a case makes its keys from secrets, if it needs keys other than the usual one. */
export type MakeKey = (secret: unknown, options?: object) => unknown

/** Tokens in a request. */
export type Tokens = Readonly<Record<'good' | 'other' | 'expired' | 'forged', string>>

/** Writes the tokens of a request where their names stand in capitals. */
export const filled = (form: string, tokens: Tokens): string =>
  form.replaceAll(/GOOD|OTHER|EXPIRED|FORGED/g, (name) => tokens[name.toLowerCase() as keyof Tokens])

/** What a case has beside its rule and its name, by the function that it is for. */
interface Inputs {
  /** A token to verify; `decoded` is the verdict of `decodeUnverified`, if it is part of the case. */
  readonly token: {
    readonly token: Recipe | (() => unknown)
    readonly options?: object
    readonly keys?: (make: MakeKey) => unknown
    readonly decoded?: Verdict
  }
  /** A secret to make a key from; `after` changes it after the key was made, and before it is used. */
  readonly secret: { readonly secret: () => unknown; readonly options?: unknown; readonly after?: (secret: never) => void }
  /** Options for verifying a good token. */
  readonly options: { readonly options: unknown }
  /** Claims and options to sign. */
  readonly claims: { readonly claims: () => unknown; readonly options?: unknown }
  /** A request to authenticate. */
  readonly request: { readonly request: (tokens: Tokens) => unknown; readonly options?: object }
  /** Options of a cookie to write. */
  readonly cookie: { readonly options: unknown; readonly token?: Recipe }
  /** Options of a challenge to write, or a token whose error it describes. */
  readonly challenge: { readonly options?: unknown; readonly required?: string; readonly token?: Recipe }
}

/** A case for one of these functions. Its name, in reports, is stable and unique. */
export type Case<Door extends keyof Inputs = keyof Inputs> = {
  readonly [Of in Door]: Inputs[Of] & Rule & { readonly door: Of; readonly name: string }
}[Door]
export type TokenCase = Case<'token'>

/**
 * Defines cases for one function: what they share, then each input by its name, with what it does not share; or values, by their names or
 * named by what they are, of which `make` makes inputs.
 */
interface Group<Door extends keyof Inputs> {
  (topic: string, shared: Rule, inputs: Readonly<Record<string, Inputs[Door] & Partial<Rule>>>): readonly Case<Door>[]
  <Item>(
    topic: string,
    shared: Rule,
    values: readonly Item[] | Readonly<Record<string, Item>>,
    make: (value: Item) => Inputs[Door],
  ): readonly Case<Door>[]
}

const group =
  <Door extends keyof Inputs>(door: Door): Group<Door> =>
  (topic: string, shared: Rule, values: object, make = (value: never): Inputs[Door] => value): readonly Case<Door>[] =>
    Object.entries(Array.isArray(values) ? byName(values) : values).map(
      ([name, value]) => ({ door, name: `${topic}: ${name}`, ...shared, ...make(value as never) }) as unknown as Case<Door>,
    )

export const tokens = group('token')
export const secrets = group('secret')
export const optionSets = group('options')
export const claimSets = group('claims')
export const requests = group('request')
export const cookies = group('cookie')
export const challenges = group('challenge')

/** The items of a list, by what they are. */
function byName<Item>(items: readonly Item[]): Readonly<Record<string, Item>> {
  const named = new Map(items.map((item, index) => [nameOf(item, index), item]))
  if (named.size !== items.length) throw new Error(`two items are called the same: ${[...named.keys()].join(' ')}`)
  return Object.fromEntries(named)
}

/** A value as JSON, or its string if JSON cannot represent it. */
function nameOf(value: unknown, index: number): string {
  if (typeof value === 'bigint') return `${value}n`
  if (value === undefined || typeof value === 'number') return String(value)
  const kind = Object.prototype.toString.call(value).slice(8, -1)
  return ['String', 'Boolean', 'Null', 'Array', 'Object'].includes(kind) && !isLost(value) ? JSON.stringify(value) : `${kind}, ${index + 1}`
}

const isLost = (value: unknown): boolean =>
  ['function', 'undefined'].includes(typeof value) || (typeof value === 'object' && value !== null && Object.values(value).some(isLost))
