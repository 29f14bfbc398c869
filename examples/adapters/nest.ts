/** Guards routes of NestJS, on Express or Fastify: handlers run only with a verified token, and get it by a decorator. */
import type { ClaimsOf, JwtKeys, KeyFinder, StandardSchema } from 'hs256'
import type { NodeRequest } from 'hs256/http'
import { createDecide, createJwtStore, type AdapterOptions, type Guarded, type JwtFor } from './guarded.ts'

/** The part of Nest's `ExecutionContext` that is needed. Fastify has Node's request in `raw`. */
export interface NestContext {
  switchToHttp(): {
    getRequest(): NodeRequest & { readonly raw?: NodeRequest }
    getResponse(): { header(name: string, value: string): unknown }
  }
}

/** The part of `@nestjs/common` that is needed: pass the module itself, so that it is the copy that the app uses. */
export interface NestModule<Decorator> {
  readonly HttpException: new (response: string | Record<string, unknown>, status: number) => Error
  createParamDecorator(this: void, factory: (data: unknown, context: NestContext) => unknown): Decorator
}

/** The guard for `@UseGuards`, the decorator of its token, and the token of a request. */
export interface JwtGuard<Token, Decorator> {
  /** The guard, for `@UseGuards(guard)` or `app.useGlobalGuards(guard)`. */
  readonly guard: { readonly canActivate: (context: NestContext) => Promise<boolean> }
  /** The decorator of a parameter that gets the token. */
  readonly Jwt: Decorator
  /** The token that the guard verified. Throws if it did not run for this request. */
  readonly jwtOf: (request: object) => Token
}

type Rest = [context: NestContext]
type Own = Error | void | Promise<Error | void>

/**
 * Makes the guard and the decorator. A CORS preflight gets 204 and no permission: `app.enableCors` can allow more, as it runs before. What
 * `onDenied` returns is thrown instead of the `HttpException`. Any error other than a rejected token goes to Nest's exception filters,
 * which answer 500.
 * @example
 * export const { guard, Jwt } = requireJwt(nest, key, { verify: { audience: 'orders' } }) // import * as nest from '@nestjs/common'
 */
export function requireJwt<Claims extends object, Optional extends boolean, Decorator>(
  nest: NestModule<Decorator>,
  guarded: Guarded<Claims, Optional, Rest, Own>,
): JwtGuard<JwtFor<Claims, Optional>, Decorator>
export function requireJwt<Decorator, Schema extends StandardSchema = never, Optional extends boolean = false>(
  nest: NestModule<Decorator>,
  keys: JwtKeys | KeyFinder,
  options: AdapterOptions<Schema, Optional, Rest, Own>,
): JwtGuard<JwtFor<ClaimsOf<Schema>, Optional>, Decorator>
export function requireJwt(
  { HttpException, createParamDecorator }: NestModule<unknown>,
  first: JwtKeys | KeyFinder | Guarded<object, boolean, Rest, Own>,
  options?: object,
): JwtGuard<unknown, unknown> {
  const decide = createDecide(first, options)
  const { keep, jwtOf } = createJwtStore()
  const canActivate = async (context: NestContext): Promise<boolean> => {
    const http = context.switchToHttp()
    const request = http.getRequest()
    const { jwt, response, own } = await decide(Object.hasOwn(request, 'raw') ? (request.raw ?? request) : request, context)
    if (response === null) {
      keep(request, jwt)
      return true
    }
    if (own instanceof Error) throw own
    const { status, headers, body } = response
    for (const [name, value] of Object.entries(headers)) http.getResponse().header(name, value)
    throw new HttpException(body === null ? '' : (JSON.parse(body) as Record<string, unknown>), status)
  }
  const read = (_data: unknown, context: NestContext) => jwtOf(context.switchToHttp().getRequest())
  return { guard: { canActivate }, Jwt: createParamDecorator(read), jwtOf }
}
