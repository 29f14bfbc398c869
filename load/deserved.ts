/** The correct answer to each request, in a few lines that share nothing with the library. */
import type { State } from './world.ts'

/** What the maker of a token knows about it. Times are in seconds. */
export interface Credential {
  readonly text: string
  /** Whether the token is of this system, for these services, unchanged, and has a MAC of the key with this name. Otherwise it is rejected in any case. */
  readonly genuine: boolean
  readonly kid: string
  readonly iat: number
  readonly exp: number
  readonly sub: string
  readonly isManager: boolean
}

/** How far an `iat` may lie in the future, because clocks differ, in seconds. */
const FORGIVEN = 60

/** What is wrong with a token, if anything. */
function flawOf({ genuine, kid, iat, exp }: Credential, { kids, ahead }: State, time: number): string | undefined {
  if (!genuine || !kids.includes(kid)) return '401 invalid_token'
  const now = time + ahead
  if (now >= exp) return '401 token_expired'
  return iat > now + FORGIVEN ? '401 invalid_token' : undefined
}

/**
 * The answer to a request with these credentials, in order: the first good one counts, if it is not revoked; without one, the flaw of the
 * first. Each credential is checked against its own state, and then the revocation list against the last one.
 */
function answerTo(credentials: readonly Credential[], service: 'orders' | 'reports', states: readonly State[], time: number): string {
  if (states.some(({ down }) => down === service)) return 'no answer'
  const flaws = credentials.map((credential, index) => flawOf(credential, states[index]!, time))
  const good = credentials[flaws.indexOf(undefined)]
  if (good === undefined) return flaws[0] ?? '401 missing_token'
  const { down, revoked } = states.at(-1)!
  if (down === 'redis') return '503 unavailable'
  if (revoked.has(good.sub)) return '401 invalid_token'
  return service === 'reports' && !good.isManager ? '403 insufficient_scope' : `200 ${good.sub}`
}

/** Every possible answer to a request with at most two credentials, if these states followed one another while it was in flight. */
export function deserved(
  credentials: readonly Credential[],
  service: 'orders' | 'reports',
  states: readonly State[],
  time: number,
): readonly string[] {
  const later = (index: number): readonly (readonly [State, number])[] => states.flatMap((state, at) => (at < index ? [] : [[state, at]]))
  return later(0).flatMap(([first, i]) =>
    later(i).flatMap(([second, j]) => later(j).map(([last]) => answerTo(credentials, service, [first, second, last], time))),
  )
}
