/**
 * Runs the tests that judge a mutant: once one has failed, no further file is even loaded. A file that does not load is itself a test that
 * fails: Stryker looks at nothing but tests. (An error in the body of a `describe` is not seen, and its mutant survives.)
 */
import { test, TestRunner, type CancelReason } from 'vitest'

export default class UntilFailure extends TestRunner {
  #isOver = false

  override cancel(reason: CancelReason): void {
    this.#isOver = true
    super.cancel(reason)
  }
  override async importFile(path: string, source: 'collect' | 'setup'): Promise<void> {
    if (this.#isOver && source === 'collect') return
    try {
      await super.importFile(path, source)
    } catch (error) {
      test('the file loads', () => {
        throw error
      })
    }
  }
}
