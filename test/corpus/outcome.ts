/** The outcome of a case: a verdict in the corpus's terms, and everything that was shown with it. */
import type { Verdict } from './case.ts'
import type { Doors } from './doors.ts'

export interface Outcome {
  readonly door: string
  readonly verdict: Verdict | `untyped: ${string}` | `broken: ${string}`
  /** The error, or a guard's answer, which must not leak anything. */
  readonly shown?: unknown
}

/** Runs something that counts as `accepted`, or returns its own outcome, unless it throws. */
export async function outcome(doors: Doors, door: string, run: () => unknown): Promise<Outcome> {
  try {
    const result = await run()
    return isOutcome(result) ? { ...result, door } : { door, verdict: 'accepted' }
  } catch (error) {
    return { door, verdict: verdictOf(doors, error), shown: error }
  }
}

/** Reports an accepted input with a wrong result. */
export const broken = (flaw: string): Outcome => ({ door: '', verdict: `broken: ${flaw}` })

const isOutcome = (value: unknown): value is Outcome => Object(value) === value && Object.hasOwn(value as object, 'verdict')

/** An error in the corpus's terms. */
export function verdictOf({ core }: Doors, error: unknown): Outcome['verdict'] {
  if (error instanceof core.JwtError) {
    return error.code === 'ERR_JWT_CLAIM' ? (`${error.code} ${error.claim} ${error.reason}` as Verdict) : error.code
  }
  const { name } = Object(error) as Partial<Error> // by name, because realms differ
  return name === 'TypeError' || name === 'RangeError' ? name : `untyped: ${Object.prototype.toString.call(error)}`
}

/** Freezes objects and arrays all the way down, so that changing them throws. */
export function deepFreeze<T>(value: T): T {
  const prototype: unknown = Object(value) === value ? Object.getPrototypeOf(value) : undefined
  if ((prototype !== Object.prototype && prototype !== Array.prototype) || Object.isFrozen(value)) return value
  Object.freeze(value)
  for (const member of Object.values(value as object)) deepFreeze(member)
  return value
}
