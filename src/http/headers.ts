/** The headers of a request, as a Fetch `Headers` or as Node gives them. */
import { expect, isPlainObject, kindOf } from '../options.ts'

/** A Fetch `Headers`, as far as it is asked. */
export interface FetchHeaders {
  /** Gives the value of a header, joined where it was repeated. */
  readonly get: (name: string) => string | null
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
  const fetched = isFetchHeaders(headers)
  expect(fetched || isPlainObject(headers), 'headers', "a Fetch Headers or Node's headers") // a whole request has none, which opens doors
  const found = fetched
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

function isFetchHeaders(headers: RequestHeaders): headers is FetchHeaders {
  return typeof (headers as Partial<FetchHeaders> | null | undefined)?.get === 'function' && kindOf(headers) !== 'Map' // which has letter case
}
