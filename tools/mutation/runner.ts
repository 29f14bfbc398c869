/** Runs the tests that judge a mutant: all files in one worker, and once a test has failed, no further file is even loaded. */
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
