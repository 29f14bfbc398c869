/** A case of the corpus: an input, its verdict and its source. Only data, so that it runs on every runtime. */
import type { Recipe } from './forge.ts'

/** The verdict: acceptance, the code of a `JwtError`, the name of a caller's mistake, or a guard's answer. */
export type Verdict =
  | 'accepted'
  | `ERR_JWT_${'MALFORMED' | 'ALGORITHM' | 'KEY_NOT_FOUND' | 'SIGNATURE' | 'EXPIRED' | 'NOT_YET_VALID'}`
  | `ERR_JWT_CLAIM ${string} ${'missing' | 'invalid' | 'mismatch'}`
  | 'TypeError'
  | 'RangeError'
  | 'by cookie'
  | 'by bearer'
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

interface Named extends Rule {
  /** Its name in reports: stable and unique. */
  readonly name: string
}

/** How a case makes its keys from secrets, if it needs keys other than the usual one. */
export type MakeKey = (secret: unknown, options?: object) => unknown

/** A token to verify. */
export interface TokenCase extends Named {
  readonly door: 'token'
  readonly token: Recipe | (() => unknown)
  readonly options?: object
  readonly keys?: (make: MakeKey) => unknown
  /** The verdict of `decodeUnverified`, if it is part of the case. */
  readonly decoded?: Verdict
}

/** A secret to make a key from. */
export interface SecretCase extends Named {
  readonly door: 'secret'
  readonly secret: () => unknown
  readonly options?: unknown
  /** Changes the secret after the key was made, and before it is used. */
  readonly after?: (secret: never) => void
}

/** Options for verifying a good token. */
export interface OptionsCase extends Named {
  readonly door: 'options'
  readonly options: unknown
}

/** Claims and options to sign. */
export interface ClaimsCase extends Named {
  readonly door: 'claims'
  readonly claims: () => unknown
  readonly options?: unknown
}

/** Tokens in a request. */
export interface Tokens {
  readonly good: string
  readonly other: string
  readonly expired: string
  readonly forged: string
}

/** Writes the tokens of a request where their names stand in capitals. */
export const filled = (form: string, tokens: Tokens): string =>
  form.replaceAll(/GOOD|OTHER|EXPIRED|FORGED/g, (name) => tokens[name.toLowerCase() as keyof Tokens])

/** A request to authenticate. */
export interface RequestCase extends Named {
  readonly door: 'request'
  readonly request: (tokens: Tokens) => unknown
  readonly options?: object
}

/** Options of a cookie to write. */
export interface CookieCase extends Named {
  readonly door: 'cookie'
  readonly options: unknown
  readonly token?: Recipe
}

/** Options of a challenge to write, or a token whose error it describes. */
export interface ChallengeCase extends Named {
  readonly door: 'challenge'
  readonly options?: unknown
  readonly required?: string
  readonly token?: Recipe
}

export type Case = TokenCase | SecretCase | OptionsCase | ClaimsCase | RequestCase | CookieCase | ChallengeCase

type Input<Of extends Case> = Omit<Of, keyof Named | 'door'>

/** Defines cases for one function: what they share, then each input by its name; or values, by their names or named by what they are, of which `make` makes inputs. */
interface Group<Of extends Case> {
  (topic: string, rule: Rule, inputs: Readonly<Record<string, Input<Of>>>): readonly Of[]
  <Item>(
    topic: string,
    rule: Rule,
    values: readonly Item[] | Readonly<Record<string, Item>>,
    make: (value: Item) => Input<Of>,
  ): readonly Of[]
}

const group =
  <Of extends Case>(door: Of['door']): Group<Of> =>
  (topic: string, rule: Rule, values: object, make = (value: never): Input<Of> => value): readonly Of[] =>
    Object.entries(Array.isArray(values) ? byName(values) : values).map(
      ([name, value]) => ({ door, name: `${topic}: ${name}`, ...rule, ...make(value as never) }) as unknown as Of,
    )

/** A rule with another verdict, or with other changes. */
export const but = (rule: Rule, changes: Verdict | Partial<Rule>): Rule => ({
  ...rule,
  ...(typeof changes === 'string' ? { verdict: changes } : changes),
})

export const tokens = group<TokenCase>('token')
export const secrets = group<SecretCase>('secret')
export const optionSets = group<OptionsCase>('options')
export const claimSets = group<ClaimsCase>('claims')
export const requests = group<RequestCase>('request')
export const cookies = group<CookieCase>('cookie')
export const challenges = group<ChallengeCase>('challenge')

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

function isLost(value: unknown): boolean {
  return (
    ['function', 'undefined'].includes(typeof value) || (typeof value === 'object' && value !== null && Object.values(value).some(isLost))
  )
}
