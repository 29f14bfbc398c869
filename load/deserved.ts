/** The correct answer to each request, in a few lines that share nothing with the library, by a state that changes while requests are in flight. */

/** The state of every service. */
export interface State {
  /** The `kid` of each key that counts. */
  readonly kids: readonly string[]
  /** How many seconds the clocks are ahead of the true time. */
  readonly ahead: number
  /** The `sub` of each token that was revoked. */
  readonly revoked: ReadonlySet<string>
  /** What was killed. */
  readonly down: 'redis' | 'orders' | undefined
}

/** The states in order. During a change, an answer may follow either one. */
export class World {
  /** The newest state. */
  now: State
  /** The current moment, to keep when a request is sent. */
  moment = 0
  readonly #states: State[] = []

  constructor(initial: State) {
    this.#states.push((this.now = initial))
  }

  /** Changes the state. Resolves when every service has taken the change. */
  async change(change: Partial<State>, tell: () => Promise<unknown>): Promise<void> {
    const index = this.#states.push((this.now = { ...this.now, ...change })) - 1
    await tell()
    this.moment = index
  }

  /** The states that may have applied between a moment and now. */
  since(moment: number): readonly State[] {
    return this.#states.slice(moment)
  }
}

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

/** What is wrong with a token, if anything. An `iat` may lie 60 seconds in the future, because clocks differ. */
function flawOf({ genuine, kid, iat, exp }: Credential, { kids, ahead }: State, time: number): string | undefined {
  if (!genuine || !kids.includes(kid)) return '401 invalid_token'
  if (time + ahead >= exp) return '401 token_expired'
  return iat > time + ahead + 60 ? '401 invalid_token' : undefined
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
  const answers = new Set<string>()
  states.forEach((first, i) =>
    states
      .slice(i)
      .forEach((second, j) =>
        states.slice(i + j).forEach((last) => answers.add(answerTo(credentials, service, [first, second, last], time))),
      ),
  )
  return [...answers]
}
