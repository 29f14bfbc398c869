/** The auth service, on Node http. Only this service signs users in, issues and renews tokens, and ends sessions. It also serves the page. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createGuard, isCrossOrigin } from 'hs256/http'
import { z } from 'zod'
import { send as deny } from '../adapters/node-http.ts'
import { ACCESS, AccessClaims, ISSUER, SESSION, SessionClaims, type User } from './agreement.ts'
import { answering, nothing, readJson, Refusal, send } from './answers.ts'
import { CLEARED, endOf, issueAccess, issueSession, SESSION_COOKIE, startSession, type Session } from './issuance.ts'
import { currentKeys } from './keys.ts'
import { sendFile } from './page-files.ts'
import { revocations } from './revocations.ts'
import { revoke, serve, services } from './serve.ts'
import { findUser, findUserByPassword } from './users.ts'

/** For the demo only: a client may ask for a shorter lifetime than usual, never for a longer one. */
const Brief = z.enum(['1s', '5s']).transform((text) => Number.parseInt(text, 10))

const Login = z.object({ user: z.string(), password: z.string(), expiresIn: Brief.optional() })
const Renewal = z.object({ expiresIn: Brief.optional() })

const { isRevoked } = revocations
const guardAccess = createGuard(currentKeys, {
  verify: { issuer: ISSUER, audience: 'auth', type: ACCESS, schema: AccessClaims },
  isRevoked,
  realm: 'auth',
})

/** A session token is read only from its own cookie. */
const guardSession = createGuard(currentKeys, {
  verify: { issuer: ISSUER, audience: 'auth', type: SESSION, schema: SessionClaims },
  cookie: SESSION_COOKIE.cookie,
  sources: ['cookie'],
  optional: true,
  isRevoked,
  realm: 'auth',
})

/** `POST /login`: exchanges a name and a password for a session and its first access token. */
async function login(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const credentials = Login.safeParse(await readJson(request))
  if (!credentials.success) throw new Refusal(400, 'the body must be {"user":"…","password":"…"}')
  const { user: name, password, expiresIn } = credentials.data
  const user = findUserByPassword(name, password)
  if (user === undefined) throw new Refusal(401, 'wrong name or password')
  await sendTokens(response, user, startSession(), expiresIn)
}

/** `POST /renew`: exchanges the session for a fresh access token, even if the old one has expired. It looks up the user again, because role and groups may have changed. */
async function renew(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { jwt, response: denial } = await guardSession(request)
  if (denial !== null) return deny(response, denial)
  const renewal = Renewal.safeParse(await readJson(request))
  if (!renewal.success) throw new Refusal(400, 'the body may be {"expiresIn":"5s"}')
  if (jwt === undefined) return nothing(response) // nobody is signed in, which is not an error: a page asks when it opens
  const { sub, jti, auth_time } = jwt.claims
  await sendTokens(response, stillThere(sub), { sid: jti, auth_time }, renewal.data.expiresIn)
}

/**
 * `GET /api/jwt`: exchanges a valid access token for a fresh one of the same session, for programs without cookies. It is a GET
 * that sets a cookie, which is harmless: another site can make a browser send it, but cannot read the answer or extend the session.
 */
async function exchange(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { jwt, response: denial } = await guardAccess(request)
  if (denial !== null) return deny(response, denial)
  const { sub, sid, auth_time } = jwt.claims
  const { token, cookie } = await issueAccess(stillThere(sub), { sid, auth_time })
  response.setHeader('Set-Cookie', cookie)
  send(response, 200, { token })
}

/** `POST /logout`: ends the session with all its tokens, in every service, and removes the cookies. It also succeeds without a session. */
async function logout(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [token, own] = await Promise.all([guardAccess(request), guardSession(request)])
  if (token.jwt) {
    const { jti, exp = 0, sid, auth_time } = token.jwt.claims
    await Promise.all([revoke(jti, exp), revoke(sid, endOf({ sid, auth_time }))])
  }
  if (own.jwt) await revoke(own.jwt.claims.jti, own.jwt.claims.exp ?? 0)
  response.setHeader('Set-Cookie', CLEARED)
  nothing(response)
}

async function sendTokens(response: ServerResponse, user: User, of: Session, lifetime?: number): Promise<void> {
  const [{ token, cookie }, own] = await Promise.all([issueAccess(user, of, lifetime), issueSession(user.sub, of)])
  response.setHeader('Set-Cookie', [cookie, own.cookie])
  send(response, 200, { token, session_ends: endOf(of) })
}

function stillThere(sub: string): User {
  const user = findUser(sub)
  if (user === undefined) throw new Refusal(403, 'this user no longer exists')
  return user
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>

const ROUTES: Readonly<Record<string, Handler>> = {
  'POST /login': login,
  'POST /renew': renew,
  'POST /logout': logout,
  'GET /api/jwt': exchange,
  'GET /services': (_request, response) => send(response, 200, services),
}

async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = '', url = '' } = request
  if (method === 'GET' && sendFile(response, url, Object.values(services))) return
  const handler = Object.hasOwn(ROUTES, `${method} ${url}`) && ROUTES[`${method} ${url}`]
  if (!handler) throw new Refusal(404, `the routes are ${Object.keys(ROUTES).join(', ')}`)
  // Another page must not sign in either, or the user would continue under someone else's account.
  if (isCrossOrigin(method, request.headers)) throw new Refusal(403, "only this service's own page may send this")
  await handler(request, response)
}

const handle = answering(route)
serve(createServer((request, response) => void handle(request, response)))
