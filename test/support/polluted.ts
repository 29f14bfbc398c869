/** Runs something while `Object.prototype` has these members, as after an attack on another library. */
export async function whilePolluted<Result>(members: object, run: () => Result | Promise<Result>): Promise<Result> {
  try {
    for (const [name, value] of Object.entries(members))
      Object.defineProperty(Object.prototype, name, { value, configurable: true, enumerable: true, writable: true })
    return await run()
  } finally {
    for (const name of Object.keys(members)) Reflect.deleteProperty(Object.prototype, name)
  }
}
