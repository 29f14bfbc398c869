/** A recipe runs a system with the configuration and the code of its section in docs/systems.md. */
import type { Bench } from './bench.ts'

/** The tokens that every recipe tries. */
export type Kind = 'good' | 'expired' | 'forged'

/** How a system answered: as people see it, such as `401` or `NO [AUTHENTICATIONFAILED]`. */
export interface Answer {
  readonly accepted: boolean
  readonly text: string
}

/** Further valid tokens. A system gets only those that its recipe names. */
export type Probe = 'noExp' | 'iatAhead' | 'otherAud' | 'atJwt' | 'otherKid' | 'length'

/** All probes. */
export const PROBES: readonly Probe[] = ['noExp', 'iatAhead', 'otherAud', 'atJwt', 'otherKid', 'length']

/** What a recipe says about a system; the run finds out the rest. */
export interface Recipe {
  /** The heading of its section. */
  readonly system: string
  /** The claims that a token must have. */
  readonly claims: string
  /** How the secret is written in the system's configuration. */
  readonly secret: string
  /** How those characters become the bytes of the key; a `file` has a line end after them. Default: `utf8`. */
  readonly form?: 'utf8' | 'base64' | 'base64url' | 'hex' | 'file'
  /** Where the token is sent. */
  readonly carried: string
  /** Whether its tokens have no `exp`, and expire some time after `iat`. */
  readonly ages?: boolean
  /** Which probes to send, if it takes tokens. Default: all. */
  readonly probes?: readonly Probe[]
  /** The packages of Debian that it needs, which are installed. */
  readonly debian?: readonly string[]
  /** Starts the system. `bench` ends it after the run. */
  readonly start: (bench: Bench) => Promise<Running>
}

/** A system that runs. */
export interface Running {
  /** As it reports itself. */
  readonly version: string
  /** Our token there: sends it a token. */
  readonly ask?: (token: string) => Promise<Answer>
  /** Its token here: has it make a token. The section's `check` verifies it. */
  readonly issue?: (kind: Kind) => Promise<string>
}

/** What a run found out, as results.json has it. */
export interface Result {
  readonly version: string
  /** The day of the run. */
  readonly date: string
  readonly claims: string
  readonly secret: string
  readonly carried: string
  /** Our token there. */
  readonly there?: Readonly<Record<Kind, string>>
  /** Its token here. */
  readonly here?: Readonly<Record<Kind, string>>
  /** The header parameters and claims in which our token differs from its own. */
  readonly differs?: readonly string[]
  /** Whether each probe was accepted; of `length`, the longest token that was. */
  readonly probes: Readonly<Partial<Record<Exclude<Probe, 'length'>, boolean>> & { length?: number }>
}
