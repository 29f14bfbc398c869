/** Lets the page of another origin read the answers of a service (CORS, Fetch §3.3): exact origins, with credentials. It stands before the guard, or a 401 could not be read. */

/** The origin of the page, which alone may call with the cookie, and change something. */
export const ORIGINS: readonly string[] = process.env['PAGE_ORIGIN']?.split(' ') ?? []

/** The headers for every answer to a request with this `Origin`; whoever is not listed gets none but `Vary`. */
export function corsHeaders(origin: string | null | undefined): Readonly<Record<string, string>> {
  const vary = { Vary: 'Origin' } // or a cache would give one origin what was meant for another
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
