/** `next/headers`, as far as the recipes use it. */
import { AsyncLocalStorage } from 'node:async_hooks'

interface Attributes {
  readonly domain?: string
  readonly httpOnly?: boolean
  readonly maxAge?: number
  readonly partitioned?: boolean
  readonly path?: string
  readonly sameSite?: boolean | 'lax' | 'strict' | 'none'
  readonly secure?: boolean
}

/** What Next knows of the request that is being answered: its headers, and the cookies that were set. */
export const current = new AsyncLocalStorage<{ readonly headers: Headers; readonly jar: Map<string, readonly [string, Attributes]> }>()

export function headers(): Promise<Headers> {
  return Promise.resolve(current.getStore()?.headers ?? new Headers())
}

export function cookies(): Promise<{ readonly set: (name: string, value: string, attributes: Attributes) => void }> {
  return Promise.resolve({ set: (name, value, attributes) => current.getStore()?.jar.set(name, [value, attributes]) })
}
