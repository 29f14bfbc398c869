/** What each request deserves, said in a few lines that share nothing with the library. */
import type { State } from './world.ts'

/** What is known of a token by whoever made it. Times are in seconds. */
export interface Credential {
  readonly text: string
  /** Whether it is a token of this system, for these services, unchanged, with a MAC of the key of this name; else it is refused whatever else it says. */
  readonly genuine: boolean
  readonly kid: string
  readonly iat: number
  readonly exp: number
  readonly sub: string
  readonly isManager: boolean
}

/** Time by which clocks may differ before a token is taken for one of the future. */
const FORGIVEN = 60

/** What is wrong with a token, if anything is. */
function flawOf({ genuine, kid, iat, exp }: Credential, { kids, ahead }: State, time: number): string | undefined {
  if (!genuine || !kids.includes(kid)) return '401 invalid_token'
  const now = time + ahead
  if (now >= exp) return '401 token_expired'
  return iat > now + FORGIVEN ? '401 invalid_token' : undefined
}

/**
 * The answer to a request with these credentials, in order: the first good one counts, else the flaw of the first is told. Each is judged
 * in a state of its own, as things may change between one and the next.
 */
function answerTo(credentials: readonly Credential[], service: 'orders' | 'reports', states: readonly State[], time: number): string {
  const flaws = credentials.map((credential, index) => flawOf(credential, states[index]!, time))
  const good = credentials[flaws.indexOf(undefined)]
  if (good === undefined) return flaws[0] ?? '401 missing_token'
  return service === 'reports' && !good.isManager ? '403 insufficient_scope' : `200 ${good.sub}`
}

/** Every answer that a request with at most two credentials may get, where these states have followed one another while it was under way. */
export function deserved(
  credentials: readonly Credential[],
  service: 'orders' | 'reports',
  states: readonly State[],
  time: number,
): readonly string[] {
  return states.flatMap((first, index) => states.slice(index).map((second) => answerTo(credentials, service, [first, second], time)))
}
