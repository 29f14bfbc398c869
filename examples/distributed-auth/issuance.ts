/** The tokens and cookies of the auth service. Only this file signs. */
import { randomUUID } from 'node:crypto'
import { sign } from 'hs256'
import { clearTokenCookie, tokenCookie } from 'hs256/http'
import { ACCESS, ACCESS_SECONDS, AUDIENCE, DOMAIN, ISSUER, SESSION, SESSION_SECONDS, type User } from './agreement.ts'
import { currentKeys } from './keys.ts'

/** Who signed in, and when (seconds). Every token of the session has it, and renewal does not change it. */
export interface Session {
  readonly sid: string
  readonly auth_time: number
}

/** A token, and the cookie that carries it. */
export interface Issued {
  readonly token: string
  readonly cookie: string
}

/** The session's cookie: only for the auth service's own host, which `__Host-` guarantees, and never sent with requests from another site. */
export const SESSION_COOKIE = { cookie: '__Host-session', sameSite: 'Strict' } as const
const ACCESS_COOKIE = { domain: DOMAIN } as const

/** Removes both cookies. */
export const CLEARED: readonly string[] = [clearTokenCookie(ACCESS_COOKIE), clearTokenCookie(SESSION_COOKIE)]

/** Begins a session. */
export function startSession(): Session {
  return { sid: randomUUID(), auth_time: Math.floor(Date.now() / 1000) }
}

/** When the user must sign in again (seconds). */
export function endOf({ auth_time }: Session): number {
  return auth_time + SESSION_SECONDS
}

/**
 * Issues an access token, which never outlives its session. Its cookie stays until the session ends, so a service can tell an expired token
 * from a missing one.
 */
export async function issueAccess(user: User, session: Session, lifetime: number = ACCESS_SECONDS): Promise<Issued> {
  const now = Date.now() / 1000
  const exp = Math.min(Math.floor(now) + lifetime, endOf(session))
  const claims = { iss: ISSUER, aud: AUDIENCE, ...user, ...session, jti: randomUUID(), exp }
  const token = await sign(claims, currentKeys(), { type: ACCESS })
  return { token, cookie: tokenCookie(token, { ...ACCESS_COOKIE, maxAge: endOf(session) - now }) }
}

/** Issues the token for `POST /renew`. Each renewal signs it again, with the current first key, and keeps its end. */
export async function issueSession(sub: string, session: Session): Promise<Issued> {
  const { sid, auth_time } = session
  const claims = { iss: ISSUER, aud: 'auth', sub, jti: sid, auth_time, exp: endOf(session) }
  const token = await sign(claims, currentKeys(), { type: SESSION })
  return { token, cookie: tokenCookie(token, SESSION_COOKIE) }
}
