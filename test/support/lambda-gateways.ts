/** AWS's gateways, as far as headers go: each turns a request into its event, calls the function, and sends what that returns. */
import type { Answer, RawHeaders } from './requests.ts'
import { isRepeated, type Client } from './wire.ts'

interface Returned {
  readonly statusCode: number
  readonly headers?: Readonly<Record<string, unknown>>
  readonly multiValueHeaders?: Readonly<Record<string, readonly unknown[]>>
  readonly body: string
  readonly isBase64Encoded?: boolean
}

/** The headers of a request, each with all its values. */
function group(headers: RawHeaders, toName: (name: string) => string = (name) => name): Record<string, string[]> {
  const grouped: Record<string, string[]> = {}
  const all = ['Host', 'orders.example', ...headers]
  for (let at = 0; at < all.length; at += 2) (grouped[toName(all[at]!)] ??= []).push(all[at + 1]!)
  return grouped
}

const mapValues = <Value>(headers: Record<string, string[]>, map: (values: string[]) => Value): Record<string, Value> =>
  Object.fromEntries(Object.entries(headers).map(([name, values]) => [name, map(values)]))
const last = (values: readonly string[]): string => values.at(-1)!
const lower = (name: string): string => name.toLowerCase()

async function answer(returned: Promise<Returned>): Promise<Answer> {
  const failed: Returned = { statusCode: 500, body: '' }
  const { statusCode, headers, multiValueHeaders, body, isBase64Encoded } = await returned.catch(() => failed)
  const all = [...Object.entries(headers ?? {}), ...Object.entries(multiValueHeaders ?? {})]
  const header = (name: string): string | undefined => {
    const found = all.find(([own]) => own.toLowerCase() === name)
    return found && [found[1]].flat().join(', ')
  }
  const [challenge, cacheControl, location] = ['www-authenticate', 'cache-control', 'location'].map(header)
  return { status: statusCode, challenge, cacheControl, location, body: isBase64Encoded ? Buffer.from(body, 'base64').toString() : body }
}

/** A REST API (payload format 1.0): `headers` keeps the last of repeated ones, `multiValueHeaders` all. */
export function restEvent(method: string, headers: RawHeaders) {
  const multiValueHeaders = group(headers)
  const requestContext = { httpMethod: method, path: '/', stage: 'test', identity: { sourceIp: '127.0.0.1' }, resourcePath: '/' }
  const rest = { path: '/', resource: '/', queryStringParameters: null, multiValueQueryStringParameters: null, pathParameters: null }
  const headersOf = { headers: mapValues(multiValueHeaders, last), multiValueHeaders }
  return { ...rest, ...headersOf, httpMethod: method, requestContext, body: null, isBase64Encoded: false, stageVariables: null }
}

/** An HTTP API, or a function URL (payload format 2.0): names in lower case, repeated headers joined by a comma, and cookies apart. */
export function httpEvent(method: string, headers: RawHeaders) {
  const { cookie, ...others } = group(headers, lower)
  const http = { method, path: '/', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' }
  const requestContext = { http, stage: '$default', domainName: 'orders.example' }
  const cookies = cookie && { cookies: cookie.flatMap((value) => value.split('; ')) }
  const event = { version: '2.0', routeKey: '$default', rawPath: '/', rawQueryString: '', requestContext, isBase64Encoded: false }
  return { ...event, ...cookies, headers: mapValues(others, (values) => values.join(',')) }
}

/** A load balancer: of repeated headers the last one, or all of them in `multiValueHeaders` alone. */
export function balancerEvent(method: string, headers: RawHeaders) {
  const event = { httpMethod: method, path: '/', queryStringParameters: {}, body: '', isBase64Encoded: false }
  return { ...event, requestContext: { elb: { targetGroupArn: 'arn' } }, headers: mapValues(group(headers, lower), last) }
}

export function multiValueBalancerEvent(method: string, headers: RawHeaders) {
  const { headers: _, ...event } = balancerEvent(method, headers)
  return { ...event, multiValueQueryStringParameters: {}, multiValueHeaders: group(headers, lower) }
}

export function throughGateway<Event>(
  toEvent: (method: string, headers: RawHeaders) => Event,
  lambda: (event: Event) => Promise<Returned>,
): Client {
  const send = (method: string, headers: RawHeaders) => answer(lambda(toEvent(method, headers)))
  if ((toEvent as unknown) !== balancerEvent) return { send }
  return { send, alters: (headers) => isRepeated(headers, 'authorization') || isRepeated(headers, 'cookie') } // it passes on only the last
}
