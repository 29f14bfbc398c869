/** Runs something as on a page over plain http: `crypto` is there, and has no `subtle`. */
export async function withoutSubtle<Result>(run: () => Result | Promise<Result>): Promise<Result> {
  const own = Object.getOwnPropertyDescriptor(crypto, 'subtle') // most runtimes have it on the prototype
  Object.defineProperty(crypto, 'subtle', { value: undefined, configurable: true })
  try {
    return await run()
  } finally {
    if (own === undefined) Reflect.deleteProperty(crypto, 'subtle')
    else Object.defineProperty(crypto, 'subtle', own)
  }
}
