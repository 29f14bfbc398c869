/** The headers of a request, as a Fetch `Headers` or as Node gives them. */
import { expect, isPlainObject, kindOf } from '../options.ts'

/** A Fetch `Headers`, as far as it is asked. */
export interface FetchHeaders {
  /** Gives the value of a header, joined where it was repeated. */
  readonly get: (name: string) => string | null
  /** Tells whether there is one. It is not asked, but a framework's context, which has none, is no Headers. */
  readonly has: (name: string) => boolean
}

/** A Fetch `Headers`, or Node's `headers` and, better, `headersDistinct`, which alone shows a repeated Authorization. */
export type RequestHeaders = FetchHeaders | Readonly<Record<string, string | readonly string[] | undefined>>

/** A request, as far as a guard looks at it: a Fetch `Request` is one, and so is Node's `IncomingMessage`. */
export interface HttpRequest {
  /** The method, as it came. */
  readonly method?: string | undefined
  /** The headers. */
  readonly headers: RequestHeaders
}

/**
 * The value of a header, whatever the letter case of its name; one that was repeated is the list that RFC 9110 §5.3 makes of it.
 * @throws {TypeError} where these are no headers, or the value is no text
 */
export function readHeader(headers: RequestHeaders, name: string): string | undefined {
  const gets = canGet(headers)
  // Whatever else can get (a Map, a query, a context), and a whole request, has no header by its name, which opens doors.
  expect(gets ? isFetched(headers) : isPlainObject(headers), 'headers', "a Fetch Headers or Node's headers")
  const found = gets
    ? headers.get(name)
    : Object.keys(headers)
        .filter((key) => key.toLowerCase() === name)
        .flatMap((key) => headers[key] ?? [])
  const values = [found ?? []].flat()
  expect(
    values.every((value) => typeof value === 'string'),
    `header ${name}`,
    'text',
  )
  return values.length === 0 ? undefined : values.join(name === 'cookie' ? '; ' : ', ')
}

function canGet(headers: RequestHeaders): headers is FetchHeaders {
  return typeof (headers as Partial<FetchHeaders> | null | undefined)?.get === 'function'
}

/** Whether it is of Fetch: some have no tag, and some are too old for the member that nothing else has. */
function isFetched(headers: FetchHeaders & { readonly getSetCookie?: unknown }): boolean {
  return kindOf(headers) === 'Headers' || typeof headers.getSetCookie === 'function'
}
