/** Reads the method and the headers of a request: Fetch's, Node's, or an object with the two. */
import { isPlainObject, isString, kindOf, own, tagOf } from '../object.ts'

/** The part of a Fetch `Headers` that is needed. */
export interface FetchHeaders {
  /** Returns the value of a header, joined if it was repeated. */
  readonly get: (name: string) => string | null
  /** Not called: it keeps a framework's context, which has no `has`, from matching this type. */
  readonly has: (name: string) => boolean
}

/** A Fetch `Headers`, or an object of header values such as Node's `headers`. */
export type RequestHeaders =
  FetchHeaders | Readonly<Record<string, string | readonly string[] | undefined>>

/** The part of a request that a guard needs, as a Fetch `Request` has it. */
export interface HttpRequest {
  /** The method. */
  readonly method: string
  /** The headers. */
  readonly headers: RequestHeaders
  /** The URL: its host counts if it is absolute and there is no `Host`. */
  readonly url?: string | undefined
  /** Node's header names and values in turn: they show a repeated `Authorization`. */
  readonly rawHeaders?: readonly string[] | undefined
}

/** Node's own request, whose type has an optional method. It is required in other requests. */
export interface NodeRequest extends Omit<HttpRequest, 'method' | 'rawHeaders'> {
  /** The method. */
  readonly method?: string | undefined
  /** Header names and values in turn, as they were sent. */
  readonly rawHeaders: readonly string[]
}

/** Returns a header, named in lower case; repeated ones are joined (RFC 9110 §5.3). */
export type ReadHeader = (name: string) => string | undefined

/** A request that was read. */
export interface Read {
  /** The method, in upper case. */
  readonly method: string
  readonly read: ReadHeader
}

/**
 * Reads a request. A repeated `Authorization` reads as an empty one, which holds no token.
 * @throws {TypeError} if this is not a request; its message names what is missing
 */
export function readRequest(request: HttpRequest | NodeRequest): Read {
  const wanted = "pass the request itself, not its headers or a framework's context"
  if (typeof request !== 'object' || request === null)
    throw new TypeError(`request is ${kindOf(request)}: ${wanted}`)
  const { method } = request
  // Not inherited ones: of Object.prototype, they would be those of every request (see object.ts).
  const url = 'url' in Object.prototype ? undefined : request.url
  const rawHeaders = 'rawHeaders' in Object.prototype ? undefined : request.rawHeaders
  if (typeof method !== 'string') throw new TypeError(`request has no method: ${wanted}`)
  const header = readHeaders(request.headers)
  const isRepeated = isAuthorizationRepeated(rawHeaders)
  const read: ReadHeader = (name) => {
    if (name === 'authorization' && isRepeated) return ''
    if (name === 'host') return header('host') ?? header(':authority') ?? hostOf(url)
    return header(name)
  }
  return { method: toUpperCase(method), read }
}

/** Upper-cases ASCII letters, because some frameworks lower-case methods. */
export function toUpperCase(method: string): string {
  return method.replaceAll(/[a-z]/g, (letter) => letter.toUpperCase())
}

/** The host of an absolute URL, for requests without `Host`, as in Deno and in tests. */
function hostOf(url: unknown): string | undefined {
  return isString(url) ? /^https?:\/\/([^/?#@]+)(?:[/?#]|$)/i.exec(url)?.[1] : undefined
}

/** @throws {TypeError} if `rawHeaders` is neither absent nor a list */
function isAuthorizationRepeated(rawHeaders: unknown = []): boolean {
  if (!Array.isArray(rawHeaders))
    throw new TypeError(`rawHeaders is ${kindOf(rawHeaders)}: pass names and values in turn`)
  let count = 0
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name: unknown = rawHeaders[i]
    if (isString(name) && name.toLowerCase() === 'authorization') count++
  }
  return count > 1
}

/**
 * Checks headers, and returns a function that reads one. Header names are case-insensitive.
 * @throws {TypeError} if these are not headers; the function does so if a value is not a string
 */
export function readHeaders(headers: RequestHeaders): ReadHeader {
  const get = headers?.get
  if (isPlainObject(headers) && !(Object.hasOwn(headers, 'get') && typeof get === 'function')) {
    const names = Object.keys(headers)
    // Stryker disable next-line ArrowFunction: a fast path: the slow one lower-cases names
    const isLowerCase = names.every((name) => name === name.toLowerCase()) // as Node's are
    if (isLowerCase) return (name) => join(name, own(headers, name))
    return (name) => {
      const found = names.filter((key) => key.toLowerCase() === name)
      return join(
        name,
        found.flatMap((key) => headers[key] ?? []),
      )
    }
  }
  // Anything else with a `get` (a Map, a query, a context) would seem to have no headers, and pass.
  if (typeof get !== 'function' || !isFetchHeaders(headers))
    throw new TypeError("headers must be a Fetch Headers or Node's headers")
  // No Fetch Headers holds a pseudo-header (RFC 9113 §8.3); asked for one, it throws.
  return (name) => join(name, name.startsWith(':') ? null : get.call(headers, name))
}

/** Some implementations have no tag; old ones have one, but no `getSetCookie`. */
function isFetchHeaders(headers: object & { readonly getSetCookie?: unknown }): boolean {
  return tagOf(headers) === 'Headers' || typeof headers.getSetCookie === 'function'
}

function join(name: string, value: unknown): string | undefined {
  if (isString(value)) return value
  if (value === undefined || value === null) return undefined
  const values = [value].flat()
  if (!values.every(isString)) throw new TypeError(`header ${name} must be a string`)
  return values.length === 0 ? undefined : values.join(name === 'cookie' ? '; ' : ', ')
}
