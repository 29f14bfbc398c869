/**
 * An auth service in one file, on Node http: sign in, renew, log out. `orders.ts` beside it accepts its tokens.
 *
 * A token for the services lives five minutes; a session renews it for twelve hours, or until log-out. A service verifies tokens without
 * calling anyone, so after log-out, a token that was issued before works there for five minutes at most.
 */
import { randomBytes, randomUUID, scrypt, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { createKey, createSigner } from 'hs256'
import { clearTokenCookie, createGuard, isCrossOrigin, tokenCookie } from 'hs256/http'

const ISSUER = 'https://auth.example'
const MAX_BODY = 1024 // bytes

interface User {
  readonly sub: string
  readonly role: string
  readonly salt: Uint8Array
  readonly hash: Uint8Array
}

const hashOf = promisify<string, Uint8Array, number, Buffer>(scrypt)

async function newUser(sub: string, role: string, password: string): Promise<User> {
  const salt = randomBytes(16)
  return { sub, role, salt, hash: await hashOf(password, salt, 32) }
}

/** In a database, in a real service. There, also limit the number of attempts. */
const users = new Map([
  ['ada', await newUser('ada', 'manager', 'engine')],
  ['grace', await newUser('grace', 'clerk', 'compiler')],
])
const stranger = await newUser('', '', randomUUID())

/** The same for all services. */
const key = createKey(process.env['JWT_SECRET'])

/** Each kind of token has its own type, so a session token is not accepted by the services (RFC 8725 §3.11). */
const signAccess = createSigner(key, { expiresIn: '5m', type: 'at+jwt' })
const signSession = createSigner(key, { expiresIn: '12h', type: 'session+jwt' })

/** The session's cookie goes only to this host, which `__Host-` guarantees, and never along with a request of another site. */
const SESSION = { cookie: '__Host-session', sameSite: 'Strict' } as const

/** The `jti` of each session that was logged out, until it would have expired. Several copies of this service share them in a store. */
const loggedOut = new Map<string, number>()

/** Also rejects a request that a page of another origin made the browser send. */
const guardSession = createGuard(key, {
  verify: { issuer: ISSUER, audience: 'auth', type: 'session+jwt', required: ['sub', 'jti', 'exp'] },
  cookie: SESSION.cookie,
  sources: ['cookie'],
  isRevoked: ({ claims }) => loggedOut.has(String(claims.jti)),
  realm: 'auth',
})

/** `POST /login` with `{"user":"…","password":"…"}`: begins a session. */
async function login(request: IncomingMessage, response: ServerResponse): Promise<void> {
  // Another page must not sign in, or the user would continue under someone else's account.
  if (isCrossOrigin('POST', request.headers)) return send(response, 403, { error: 'cross_origin' })
  const { user: name, password } = await readJson(request)
  if (typeof name !== 'string' || typeof password !== 'string') return send(response, 400, { error: 'invalid_request' })
  const user = users.get(name) ?? stranger // takes as long as a wrong password
  if (!timingSafeEqual(await hashOf(password, user.salt, 32), user.hash) || user === stranger) {
    response.setHeader('WWW-Authenticate', 'Bearer realm="auth"')
    return send(response, 401, { error: 'wrong_credentials' })
  }
  const session = await signSession({ iss: ISSUER, aud: 'auth', sub: user.sub, jti: randomUUID() })
  return sendAccess(response, user, [tokenCookie(session, SESSION)])
}

/** `POST /renew` with the session's cookie: issues a fresh token. The session still ends when it would have ended. */
async function renew(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { jwt, response: denial } = await guardSession(request)
  if (!jwt) return sendDenial(response, denial)
  const user = users.get(String(jwt.claims.sub)) // looked up again: the role may have changed
  return user === undefined ? send(response, 403, { error: 'unknown_user' }) : sendAccess(response, user)
}

/** `POST /logout`: ends the session and removes both cookies. Without a session, it only removes the cookies. */
async function logout(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (isCrossOrigin('POST', request.headers)) return send(response, 403, { error: 'cross_origin' })
  const { jwt } = await guardSession(request)
  for (const [jti, exp] of loggedOut) if (exp <= Date.now() / 1000) loggedOut.delete(jti)
  if (jwt) loggedOut.set(String(jwt.claims.jti), Number(jwt.claims.exp))
  response.writeHead(204, { 'Set-Cookie': [clearTokenCookie(), clearTokenCookie(SESSION)], 'Cache-Control': 'no-store' }).end()
}

/** The token for the services: as a cookie for a page, and in the body for a program. */
async function sendAccess(response: ServerResponse, { sub, role }: User, cookies: readonly string[] = []): Promise<void> {
  const token = await signAccess({ iss: ISSUER, aud: ['orders'], sub, role, jti: randomUUID() })
  // The cookie outlives the token, so a service answers `token_expired`, and the page renews.
  response.setHeader('Set-Cookie', [tokenCookie(token, { maxAge: '12h' }), ...cookies])
  send(response, 200, { token })
}

function sendDenial(
  response: ServerResponse,
  { status, headers, body }: NonNullable<Awaited<ReturnType<typeof guardSession>>['response']>,
): void {
  response.writeHead(status, { ...headers }).end(body ?? undefined)
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }).end(JSON.stringify(body))
}

/** Reads a small JSON object. For anything else, the result has no members. */
async function readJson(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  if (!(Number(request.headers['content-length']) <= MAX_BODY)) return {}
  let text = ''
  for await (const chunk of request.setEncoding('utf8') as AsyncIterable<string>) text += chunk
  try {
    return Object(JSON.parse(text)) as Readonly<Record<string, unknown>>
  } catch {
    return {}
  }
}

const ROUTES = new Map([
  ['POST /login', login],
  ['POST /renew', renew],
  ['POST /logout', logout],
])

const server = createServer((request, response) => {
  const handle = ROUTES.get(`${request.method} ${request.url}`)
  if (handle === undefined) return send(response, 404, { error: 'not_found' })
  handle(request, response).catch((error: unknown) => {
    console.error(error)
    if (response.headersSent) response.destroy()
    else response.writeHead(500).end()
  })
})
server.listen(Number(process.env['PORT'] ?? 3000), '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object' && address) console.log(`http://127.0.0.1:${address.port}`)
})
