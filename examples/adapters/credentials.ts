/**
 * What every adapter does with a request: finds its tokens, verifies them, answers 401 (RFC 6750, RFC 6265). Copy it beside the adapter.
 *
 * A browser sends the cookie with requests that other sites make it send. `SameSite=Lax` keeps it from their forms, not from those of
 * neighbours under the same domain: where you do not trust them, check `Origin` before a request may change anything.
 */
import {
  JwtError,
  verify,
  type ClaimsOf,
  type JwtKeys,
  type KeyFinder,
  type StandardSchema,
  type VerifiedJwt,
  type VerifyOptions,
} from 'hs256'

/** The two headers that may carry a token, as Node's `headersDistinct` or a Fetch `Headers` gives them. */
export interface CredentialHeaders {
  readonly cookie: string | readonly string[] | null | undefined
  readonly authorization: string | readonly string[] | null | undefined
}

/** The verified token, or the answer to give instead of the handler's. */
export type Authentication<Claims extends object> =
  { readonly status: 'authenticated'; readonly jwt: VerifiedJwt<Claims> } | { readonly status: 'denied'; readonly response: Denial }

/** An answer, for Node's `writeHead` and `end` as well as for `new Response(denial.body, denial)`. */
export interface Denial {
  readonly status: 401
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

const COOKIE = 'jwt='

/**
 * `credentials = "Bearer" 1*SP b64token` and
 * `b64token = 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"="` (RFC 6750 §2.1); schemes have no case (RFC 9110 §11.1).
 */
const BEARER = /^Bearer +([\w.~+/-]+=*)$/i

/**
 * Authenticates a request: the first token that verifies counts, so a stale cookie does not mask a good header; where none does, the
 * first one's error is the answer.
 * @throws whatever is no {@link JwtError}: a mistake in keys or options, or an outage, is neither a 401 nor a pass
 */
export async function authenticate<Schema extends StandardSchema = StandardSchema>(
  headers: CredentialHeaders,
  keys: JwtKeys | KeyFinder,
  options: VerifyOptions<Schema>,
): Promise<Authentication<ClaimsOf<Schema>>> {
  let firstError: JwtError | undefined
  for (const token of readTokens(headers)) {
    try {
      return { status: 'authenticated', jwt: await verify(token, keys, options) }
    } catch (error) {
      if (!(error instanceof JwtError)) throw error
      firstError ??= error
    }
  }
  return { status: 'denied', response: unauthorized(firstError) }
}

/** Finds the tokens of a request: that of the cookie `jwt`, then that of `Authorization: Bearer`. What is ambiguous is no token. */
export function readTokens({ cookie, authorization }: CredentialHeaders): readonly string[] {
  return [...cookieTokens([cookie ?? []].flat()), ...bearerTokens([authorization ?? []].flat())]
}

function cookieTokens(headers: readonly string[]): readonly string[] {
  // Not trimmed: `trim` would let a no-break space before the name pass, and a neighbouring host can set such a cookie.
  const pairs = headers.join('; ').split(/; */)
  const [token, another] = new Set(pairs.filter((pair) => pair.startsWith(COOKIE)).map((pair) => pair.slice(COOKIE.length)))
  return token === undefined || token === '' || another !== undefined ? [] : [token] // two values: which one is ours?
}

function bearerTokens(headers: readonly string[]): readonly string[] {
  const [, token] = BEARER.exec(headers.join(', ')) ?? []
  return token === undefined ? [] : [token]
}

/** Answers 401, with a body that tells an expired token from an invalid one and from none at all. */
export function unauthorized(error?: JwtError): Denial {
  const code = error === undefined ? 'missing_token' : error.code === 'ERR_JWT_EXPIRED' ? 'token_expired' : 'invalid_token'
  const message = error?.message ?? 'no token in the cookie jwt or in Authorization: Bearer'
  return {
    status: 401,
    headers: { 'WWW-Authenticate': challenge(error), 'Cache-Control': 'no-store', 'Content-Type': 'application/json' },
    body: JSON.stringify({ error: code, message }),
  }
}

/** Writes `WWW-Authenticate` (RFC 6750 §3): no `error` where no token came. */
function challenge(error: JwtError | undefined): string {
  if (error === undefined) return 'Bearer realm="jwt"'
  // error_description = *( %x20-21 / %x23-5B / %x5D-7E ); a message may hold the name of a claim, which may hold anything
  const description = error.message.replaceAll(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, '?')
  return `Bearer realm="jwt", error="invalid_token", error_description="${description}"`
}
