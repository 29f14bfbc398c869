/** What came of a case at a door: a verdict, in the words of the corpus, and whatever was shown with it. */
import type { Verdict } from './case.ts'
import type { Doors } from './doors.ts'

export interface Outcome {
  readonly door: string
  readonly verdict: Verdict | `untyped: ${string}` | `broken: ${string}`
  /** The error, or the answer of a guard: where nothing may leak. */
  readonly shown?: unknown
}

/** Runs something that is `accepted`, or gives a verdict of its own, unless it throws. */
export async function outcome(doors: Doors, door: string, run: () => unknown): Promise<Outcome> {
  try {
    const result = await run()
    return isOutcome(result) ? { ...result, door } : { door, verdict: 'accepted' }
  } catch (error) {
    return { door, verdict: verdictOf(doors, error), shown: error }
  }
}

/** Says that something was accepted that is not as it should be. */
export function broken(flaw: string): Outcome {
  return { door: '', verdict: `broken: ${flaw}` }
}

function isOutcome(value: unknown): value is Outcome {
  return Object(value) === value && Object.hasOwn(value as object, 'verdict')
}

/** An error in the words of the corpus. */
export function verdictOf({ core }: Pick<Doors, 'core'>, error: unknown): Outcome['verdict'] {
  if (error instanceof core.JwtError) {
    return error.code === 'ERR_JWT_CLAIM' ? (`${error.code} ${error.claim} ${error.reason}` as Verdict) : error.code
  }
  const { name } = Object(error) as Partial<Error> // by name, as realms differ
  if (name === 'TypeError' || name === 'RangeError') return name
  return `untyped: ${Object.prototype.toString.call(error)}`
}

/** Freezes what is written with braces and brackets, all the way down: whoever tries to change it throws. */
export function deepFreeze<T>(value: T): T {
  const prototype: unknown = Object(value) === value ? Object.getPrototypeOf(value) : undefined
  if ((prototype !== Object.prototype && prototype !== Array.prototype) || Object.isFrozen(value)) return value
  Object.freeze(value)
  for (const member of Object.values(value as object)) deepFreeze(member)
  return value
}
