/** What the services agree on besides the keys: who issues tokens, their types and lifetimes, and the claims about a user. */
import { z } from 'zod'

/** The `iss` of every token. */
export const ISSUER = 'https://auth.example.localhost'

/** The parent domain, whose hosts share the cookie of the access token. */
export const DOMAIN = 'example.localhost'

/** The `aud` of an access token lists every service; each expects its own name. */
export const AUDIENCE = ['auth', 'orders', 'reports'] as const

/** Each kind of token has its own `typ`, so that none passes for another (RFC 8725 §3.11, RFC 9068 §2.1). */
export const ACCESS = 'at+jwt'
export const SESSION = 'session+jwt'

/** The `kid` of the first secret. */
export const FIRST_KID = 'key-1'

/** What is known about a user. */
export const User = z.object({
  sub: z.string(),
  name: z.string(),
  role: z.enum(['manager', 'clerk']),
  groups: z.array(z.string()),
})

export type User = z.infer<typeof User>

/** The claims of an access token: the user and the session. With this as `schema`, `claims` has these types. */
export const AccessClaims = User.extend({ jti: z.string(), sid: z.string(), auth_time: z.number() })

/** The claims of a session token, which only the auth service reads: who signed in, and when. Its `jti` is the `sid` of its access tokens. */
export const SessionClaims = z.object({ sub: z.string(), jti: z.string(), auth_time: z.number() })

// How long tokens live, in seconds. The environment may shorten this for tests and demos.
const Seconds = z.coerce.number().int().positive()

/** The lifetime of an access token. Services verify it without calling anyone, so a user who loses a role keeps it for this long at most. */
export const ACCESS_SECONDS = Seconds.default(3600).parse(process.env['ACCESS_SECONDS'])

/** The time from sign-in until the user must sign in again, however often the access token is renewed: 12 hours. */
export const SESSION_SECONDS = Seconds.max(12 * 3600)
  .default(12 * 3600)
  .parse(process.env['SESSION_SECONDS'])
