/** The tokens of a request: that of the cookie (RFC 6265bis §5.8.3), that of `Authorization: Bearer` (RFC 6750 §2.1); never the URL (§5.3). */
import { expect, readOptions, texts, type Readers } from '../options.ts'
import { readCookieName } from './cookie-name.ts'
import { readHeader, type RequestHeaders } from './headers.ts'

/** Where a token came from. */
export type TokenSource = 'cookie' | 'bearer'

/** What `readTokens` takes beside the headers. */
export interface ReadTokensOptions {
  /** The name of the cookie, which has letter case. Default: `'jwt'`. */
  readonly cookie?: string
  /** Where to look, in this order. Default: `['cookie', 'bearer']`. */
  readonly sources?: readonly TokenSource[]
}

/** A token as it came, of which nothing is known yet. */
export interface FoundToken {
  /** The text, unread. */
  readonly token: string
  /** Where it was. */
  readonly source: TokenSource
}

const READERS: Readers<Required<ReadTokensOptions>> = { cookie: readCookieName, sources: readSources }
const DEFAULTS = (): Required<ReadTokensOptions> => ({ cookie: 'jwt', sources: ['cookie', 'bearer'] })

const FINDERS: Readonly<Record<TokenSource, (headers: RequestHeaders, cookie: string) => string | undefined>> = {
  cookie: cookieToken,
  bearer: bearerToken,
}

/**
 * `credentials = "Bearer" 1*SP b64token` and
 * `b64token = 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"="` (RFC 6750 §2.1); schemes have no letter case (RFC 9110 §11.1).
 */
const BEARER = /^Bearer +([\w.~+/-]+=*)$/i

/**
 * Finds the tokens of a request, at most one per source, in the order of the sources. What is ambiguous is no token: two cookies of the
 * name with different values (a neighbouring host may have set one), a repeated `Authorization`, a list, a stray word.
 *
 * @param headers a Fetch `Headers`, or Node's `headersDistinct`; `headers`, too, but it hides a repeated Authorization
 * @throws {TypeError} where headers or options are none
 * @example
 * const [first] = readTokens(request.headers)
 */
export function readTokens(headers: RequestHeaders, options?: ReadTokensOptions): readonly FoundToken[] {
  const { cookie, sources } = readOptions(options, READERS, DEFAULTS)
  return sources.flatMap((source) => {
    const token = FINDERS[source](headers, cookie)
    return token === undefined ? [] : { token, source }
  })
}

function cookieToken(headers: RequestHeaders, name: string): string | undefined {
  const text = readHeader(headers, 'cookie') ?? ''
  const prefix = `${name}=`
  let token: string | undefined
  for (let at = 0; at < text.length;) {
    const semicolon = text.indexOf(';', at)
    const end = semicolon < 0 ? text.length : semicolon
    if (text.startsWith(prefix, at)) {
      const value = text.slice(at + prefix.length, end) // as it is: a token has no percent sign
      if (value === '' || value !== (token ?? value)) return undefined
      token = value
    }
    at = end + 1
    while (text[at] === ' ') at++ // nothing else: a no-break space before a name is part of it
  }
  return token
}

function bearerToken(headers: RequestHeaders): string | undefined {
  return BEARER.exec(readHeader(headers, 'authorization') ?? '')?.[1]
}

/** Reads the option `sources`. */
export function readSources(value: unknown, name: string): readonly TokenSource[] {
  const sources = texts(value, name)
  const known = sources.every((source) => Object.hasOwn(FINDERS, source))
  expect(known && new Set(sources).size === sources.length, name, "'cookie', 'bearer', or both")
  return sources as readonly TokenSource[]
}
