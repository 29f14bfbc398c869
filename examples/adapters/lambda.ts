/**
 * Guards a handler of AWS Lambda, behind API Gateway (REST and HTTP APIs), a function URL or a load balancer: it runs only with a verified
 * token, and gets it as its second argument.
 */
import type { ClaimsOf, JwtKeys, KeyFinder, StandardSchema } from 'hs256'
import type { HttpRequest, HttpResponse, NoContent } from 'hs256/http'
import { createDecide, splitHandler, type AdapterOptions, type Guarded, type JwtFor } from './guarded.ts'

type Values<Value> = Readonly<Record<string, Value | undefined>> | null | undefined

/** The part of an event of a REST API or a load balancer that is needed. */
export interface RestEvent {
  readonly httpMethod: string
  readonly headers?: Values<string>
  readonly multiValueHeaders?: Values<readonly string[]>
}

/** The part of an event of an HTTP API or a function URL that is needed. */
export interface HttpEvent {
  readonly requestContext: { readonly http: { readonly method: string } }
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly cookies?: readonly string[] | undefined
}

/** An event that a guard can read. */
export type LambdaEvent = RestEvent | HttpEvent

/** An answer that all of these services accept. */
export interface LambdaAnswer {
  readonly statusCode: number
  readonly headers?: Record<string, string>
  readonly multiValueHeaders?: Record<string, string[]>
  readonly body: string
}

/** Turns an event into a request for `guard`. REST APIs show repeated headers only in `multiValueHeaders`; HTTP APIs put cookies in `cookies`. */
export function toRequest(event: LambdaEvent): HttpRequest {
  const { httpMethod, multiValueHeaders, headers, cookies, requestContext } = Object(event) as Partial<RestEvent & HttpEvent>
  if (httpMethod !== undefined) return { method: httpMethod, headers: multiValueHeaders ?? headers ?? {} }
  const method = requestContext?.http?.method
  if (method === undefined) throw new TypeError('event has no method: pass one of API Gateway, a function URL or a load balancer')
  return { method, headers: { ...headers, cookie: cookies ?? headers?.['cookie'] } }
}

/** The answer to an event. A load balancer that sends only `multiValueHeaders` ignores `headers` in the answer. */
export function toAnswer(event: LambdaEvent, { status, headers, body }: HttpResponse | NoContent): LambdaAnswer {
  const answer = { statusCode: status, body: body ?? '' }
  const isMultiValue = 'multiValueHeaders' in event && Boolean(event.multiValueHeaders) && !event.headers
  if (!isMultiValue) return { ...answer, headers: { ...headers } }
  return { ...answer, multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])) }
}

/** A handler that cannot run without a verified token, unless `optional` is set. */
export type GuardedHandler<Jwt, Event extends LambdaEvent, Rest extends readonly unknown[], Result> = (
  event: Event,
  jwt: Jwt,
  ...rest: Rest
) => Result | Promise<Result>

type Own<Result> = Result | void | Promise<Result | void>
type Rest = [LambdaEvent, ...unknown[]]
type Handler = GuardedHandler<never, LambdaEvent, readonly unknown[], unknown>

/**
 * Wraps a handler; `context` comes after the token. A CORS preflight gets 204 and no permission: CORS code that allows more must run before
 * the guard. On any error other than a rejected token, its promise rejects, and the caller answers 500 or 502.
 * @example
 * export const handler = requireJwt(key, { verify: { audience: 'orders' } }, async (event, jwt) => ({ statusCode: 200, body: `hello ${jwt.claims.sub}` }))
 */
export function requireJwt<
  Claims extends object,
  Optional extends boolean,
  Event extends LambdaEvent = LambdaEvent,
  Rest extends readonly unknown[] = [],
  Result = LambdaAnswer,
>(
  guarded: Guarded<Claims, Optional, [Event, ...Rest], Own<Result>>,
  handler: GuardedHandler<JwtFor<Claims, Optional>, Event, Rest, Result>,
): (event: Event, ...rest: Rest) => Promise<Result | LambdaAnswer>
export function requireJwt<
  Schema extends StandardSchema = never,
  Optional extends boolean = false,
  Event extends LambdaEvent = LambdaEvent,
  Rest extends readonly unknown[] = [],
  Result = LambdaAnswer,
>(
  keys: JwtKeys | KeyFinder,
  options: AdapterOptions<Schema, Optional, [Event, ...Rest], Own<Result>>,
  handler: GuardedHandler<JwtFor<ClaimsOf<Schema>, Optional>, Event, Rest, Result>,
): (event: Event, ...rest: Rest) => Promise<Result | LambdaAnswer>
export function requireJwt(
  first: JwtKeys | KeyFinder | Guarded<object, boolean, Rest, unknown>,
  ...args: readonly [...options: object[], handler: Handler]
): (event: LambdaEvent, ...rest: readonly unknown[]) => Promise<unknown> {
  const { options, handler } = splitHandler(args)
  const decide = createDecide(first, options)
  return async (event, ...rest) => {
    const { jwt, response, own } = await decide(toRequest(event), event, ...rest)
    if (response !== null) return own ?? toAnswer(event, response)
    return handler(event, jwt as never, ...rest)
  }
}
