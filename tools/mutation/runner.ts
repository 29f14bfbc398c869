/** Runs the tests that judge a mutant: once one has failed, no further file is even loaded. */
import { TestRunner, type CancelReason } from 'vitest'

export default class UntilFailure extends TestRunner {
  #isOver = false

  override cancel(reason: CancelReason): void {
    this.#isOver = true
    super.cancel(reason)
  }
  override importFile(path: string, source: 'collect' | 'setup'): unknown {
    return this.#isOver && source === 'collect' ? undefined : super.importFile(path, source)
  }
}
