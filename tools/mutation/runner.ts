/**
 * Runs the tests against a mutant. After the first failure, no further file is loaded. A file that does not load counts as a failed test,
 * because Stryker looks only at tests. (An error in the body of a `describe` is not noticed, and its mutant survives.)
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
