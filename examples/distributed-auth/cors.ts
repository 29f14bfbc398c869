/** Lets the page of another origin read a service's answers (CORS, Fetch §3.3): exact origins, with credentials. It runs before the guard, or a page could not read a 401. */

/** The origin of the page. Only this one may send the cookie and change something. */
export const ORIGINS: readonly string[] = process.env['PAGE_ORIGIN']?.split(' ') ?? []

/** The headers for every answer to a request with this `Origin`. For an origin that is not listed, only `Vary`. */
export function corsHeaders(origin: string | null | undefined): Readonly<Record<string, string>> {
  const vary = { Vary: 'Origin' } // or a cache would give one origin the answer for another
  if (origin === null || origin === undefined || !ORIGINS.includes(origin)) return vary
  return {
    ...vary,
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Allow-Methods': 'GET, POST',
    'Access-Control-Allow-Headers': 'Content-Type',
    'Access-Control-Expose-Headers': 'WWW-Authenticate',
    'Access-Control-Max-Age': '600',
  }
}
