/** What services go by: which keys count, and what their clocks say. It changes while requests are under way. */

/** How things stand in every service. */
export interface State {
  /** The `kid` of each key that counts. */
  readonly kids: readonly string[]
  /** How many seconds the clocks are ahead of the true time. */
  readonly ahead: number
}

/** The states, one after the other. While one gives way to the next, an answer may come from either. */
export class World {
  readonly #states: State[]
  #settled = 0

  constructor(initial: State) {
    this.#states = [initial]
  }

  /** Changes it: resolves when every service has taken the change. */
  async change(change: Partial<State>, tell: () => Promise<unknown>): Promise<void> {
    this.#states.push({ ...this.#states.at(-1)!, ...change })
    const index = this.#states.length - 1
    await tell()
    this.#settled = index
  }

  /** The moment: to be kept when a request is sent. */
  get moment(): number {
    return this.#settled
  }

  /** The states that may have counted between a moment and now. */
  since(moment: number): readonly State[] {
    return this.#states.slice(moment)
  }
}
