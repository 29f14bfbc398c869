/** The arguments of every adapter: keys and options, or a guard that is already made; and what to do with a denied request. */
import type { JwtKeys, KeyFinder, StandardSchema, VerifiedJwt } from 'hs256'
import { createGuard, type AuthenticateOptions, type Denied, type Guard } from 'hs256/http'
import type { HttpRequest, HttpResponse, NoContent, NodeRequest } from 'hs256/http'

/** An adapter's own option. */
export interface DeniedOption<Rest extends readonly unknown[], Answer> {
  /**
   * Answers a denied request, for example with your own body or a redirect: it returns the answer, or sends it. If it does neither by the
   * time it returns, or its promise resolves, `result.response` is sent, as without it. Its errors go where those of the guard go.
   */
  onDenied?(this: void, result: Denied, ...rest: Rest): Answer
}

/** The options of `createGuard`, and `onDenied`. */
export type AdapterOptions<
  Schema extends StandardSchema,
  Optional extends boolean,
  Rest extends readonly unknown[],
  Answer,
> = AuthenticateOptions<Schema, Optional> & DeniedOption<Rest, Answer>

/** A guard that is already made, and `onDenied`. */
export interface Guarded<Claims extends object, Optional extends boolean, Rest extends readonly unknown[], Answer> extends DeniedOption<
  Rest,
  Answer
> {
  /** The guard. */
  readonly guard: Guard<Claims, Optional>
}

/** The token that a handler gets: `undefined` only if it is optional. */
export type JwtFor<Claims extends object, Optional extends boolean> = VerifiedJwt<Claims> | (Optional extends true ? undefined : never)

/** Any of the tokens. */
export type AnyJwt = VerifiedJwt<object> | undefined

/** What an adapter does with a request: `response` is `null` only if the handler may run. `own` is what `onDenied` returned. */
export interface Decision<Answer> {
  readonly jwt: AnyJwt
  readonly response: HttpResponse | NoContent | null
  readonly own: Awaited<Answer> | undefined
}

/** Decides about a request. `onDenied` gets the other arguments. Rejects only with an `Error`, whatever the guard or `onDenied` threw. */
export type Decide<Rest extends readonly unknown[], Answer> = (
  request: HttpRequest | NodeRequest,
  ...rest: Rest
) => Promise<Decision<Answer>>

/**
 * Reads the arguments of an adapter, and makes what decides.
 * @throws {TypeError} for a mistake, which then stops the program at start-up
 */
export function createDecide<Rest extends readonly unknown[], Answer>(
  first: JwtKeys | KeyFinder | Guarded<object, boolean, Rest, Answer>,
  options?: object,
): Decide<Rest, Answer> {
  const { guard, onDenied } = toGuarded(first, options)
  return async (request, ...rest) => {
    try {
      const result = await guard(request)
      const own = result.status === 'denied' ? await Promise.resolve(onDenied?.(result, ...rest)) : undefined
      return { jwt: result.jwt, response: result.response, own }
    } catch (error) {
      throw toError(error)
    }
  }
}

/**
 * Splits the arguments after the first one, of an adapter that wraps a handler. The handler comes last.
 * @throws {TypeError} if it is missing, or there are too many
 */
export function splitHandler<Handler>(rest: readonly [...options: object[], handler: Handler]): {
  readonly options: object | undefined
  readonly handler: Handler
} {
  const handler = rest.at(-1)
  if (typeof handler !== 'function') throw new TypeError('the last argument must be the handler, which is a function')
  if (rest.length > 2) throw new TypeError('there are too many arguments: pass keys, options and the handler')
  return { options: rest.length > 1 ? (rest[0] as object) : undefined, handler: handler as Handler }
}

/** Makes the guard, unless it is already made. */
function toGuarded<Rest extends readonly unknown[], Answer>(
  first: JwtKeys | KeyFinder | Guarded<object, boolean, Rest, Answer>,
  options?: object,
): Guarded<object, boolean, Rest, Answer> {
  if (typeof options === 'function') throw new TypeError('this adapter takes no handler: add it to the route')
  if (!isGuarded(first)) return own({ guard: createGuard<boolean>(first, guardOptions(options)), ...readOnDenied(options ?? {}) })
  const { guard } = first
  if (typeof guard !== 'function') throw new TypeError('guard must be made by createGuard')
  const given: DeniedOption<Rest, Answer> = { ...options, ...first }
  const names = [...Reflect.ownKeys(options ?? {}), ...Reflect.ownKeys(first)].map(String)
  const unknown = names.find((name) => name !== 'guard' && name !== 'onDenied')
  if (unknown !== undefined) throw new TypeError(`${unknown} cannot be combined with a guard: pass it to createGuard`)
  return own({ guard, ...readOnDenied(given) })
}

/** Drops the prototype, so that an `onDenied` of a polluted one is not taken for an option. */
function own<Type extends object>(object: Type): Type {
  return Object.setPrototypeOf(object, null) as Type
}

function isGuarded<Type extends object>(first: JwtKeys | KeyFinder | Type): first is Type {
  return typeof first === 'object' && first !== null && Object.hasOwn(first, 'guard')
}

function readOnDenied<Rest extends readonly unknown[], Answer>(options: DeniedOption<Rest, Answer>): DeniedOption<Rest, Answer> {
  if (!Object.hasOwn(options, 'onDenied')) return {}
  const { onDenied } = options
  if (typeof onDenied !== 'function') throw new TypeError('onDenied must be a function')
  return { onDenied }
}

/** The options of `createGuard`. Their prototype is kept, so that it still rejects options that are not a plain object. */
function guardOptions(options: object | undefined): object | undefined {
  if (!Object.hasOwn(Object(options), 'onDenied')) return options
  const { onDenied: _, ...rest } = Object.getOwnPropertyDescriptors(options) as PropertyDescriptorMap
  return Object.create(Object.getPrototypeOf(options) as object | null, rest) as object
}

/** The tokens of the requests that a middleware let through. */
export interface JwtStore {
  /** Lets a request through with its token. */
  readonly keep: (request: object, jwt: AnyJwt) => void
  /** The token of a request. Throws if the middleware did not let it through. */
  readonly jwtOf: (request: object) => AnyJwt
}

/** Makes a store that keeps a token as long as its request. */
export function createJwtStore(): JwtStore {
  const verified = new WeakMap<object, AnyJwt>()
  return {
    keep: (request, jwt) => void verified.set(request, jwt),
    jwtOf: (request) => {
      if (!verified.has(request)) throw new Error('requireJwt did not run for this request: add it to the route')
      return verified.get(request)
    },
  }
}

/** What to pass to an error handler: to frameworks, `undefined` means no error, and to Express, the string `route` means to go on. */
export function toError(thrown: unknown): Error {
  // In Jest, errors of Node itself are of another realm, so not instances of this one's `Error`.
  if (thrown instanceof Error || Object.prototype.toString.call(thrown) === '[object Error]') return thrown as Error
  return new Error('the guard threw something that is not an error', { cause: thrown })
}
