/** The state of the services: keys, clocks, what is revoked, and what is down. It changes while requests are in flight. */

/** The state of every service. */
export interface State {
  /** The `kid` of each key that counts. */
  readonly kids: readonly string[]
  /** How many seconds the clocks are ahead of the true time. */
  readonly ahead: number
  /** The `sub` of each token that was revoked. */
  readonly revoked: ReadonlySet<string>
  /** What was killed: Redis, or a service. */
  readonly down: 'redis' | 'orders' | undefined
}

/** The states in order. During a change, an answer may follow either one. */
export class World {
  readonly #states: State[]
  #settled = 0

  constructor(initial: State) {
    this.#states = [initial]
  }

  /** The newest state. */
  get now(): State {
    return this.#states.at(-1)!
  }

  /** Changes the state. Resolves when every service has taken the change. */
  async change(change: Partial<State>, tell: () => Promise<unknown>): Promise<void> {
    const index = this.#states.push({ ...this.now, ...change }) - 1
    await tell()
    this.#settled = index
  }

  /** The current moment, to keep when a request is sent. */
  get moment(): number {
    return this.#settled
  }

  /** The states that may have applied between a moment and now. */
  since(moment: number): readonly State[] {
    return this.#states.slice(moment)
  }
}
