/** What comes of a call: its result or its error. */

/** Runs something that must throw, and returns the error; or else its result, which no test expects. */
export function failure(run: () => unknown): unknown {
  try {
    return run()
  } catch (error) {
    return error
  }
}

/** Awaits a result, or the error of something that throws or rejects. */
export async function outcome(run: () => unknown): Promise<unknown> {
  try {
    return await run()
  } catch (error) {
    return error
  }
}
