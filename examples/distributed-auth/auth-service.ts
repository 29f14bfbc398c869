/** The auth service, on Node http: the only one that signs people in and issues tokens, as the body and as a cookie. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createKey, sign } from 'hs256'
import { tokenCookie } from 'hs256/http'
import { z } from 'zod'
import { requireJwt } from '../adapters/node-http.ts'
import { AUDIENCE, ISSUER, User } from './agreement.ts'
import { serve } from './serve.ts'
import { findUser, findUserByPassword } from './users.ts'

const key = createKey(process.env['JWT_SECRET'])

const MAX_BODY = 4096 // bytes

/** `expiresIn` is here for the demo alone: who signs in must not decide how long that lasts. */
const Login = z.object({ user: z.string(), password: z.string(), expiresIn: z.enum(['1h', '1s']).default('1h') })

type Lifetime = z.infer<typeof Login>['expiresIn']

/** `POST /login`: a name and a password for a token. */
async function login(request: IncomingMessage, response: ServerResponse): Promise<void> {
  // A form of another site can send no JSON type, so nobody is signed in as somebody else behind their back.
  if (!/^application\/json *(?:;|$)/i.test(request.headers['content-type'] ?? ''))
    return refuse(response, 415, 'the body must be application/json')
  if (!(Number(request.headers['content-length']) <= MAX_BODY)) return refuse(response, 413, `the body may have ${MAX_BODY} bytes`)

  const credentials = Login.safeParse(await readJson(request))
  if (!credentials.success) return refuse(response, 400, 'the body must be {"user":"…","password":"…"}')

  const { user: name, password, expiresIn } = credentials.data
  const user = findUserByPassword(name, password)
  if (user === undefined) return refuse(response, 403, 'wrong name or password')
  await sendToken(response, user, expiresIn)
}

/** `GET /api/jwt`: a token that is still good for a fresh one. The user is looked up again: role and groups may have changed. */
const renew = requireJwt(key, { verify: { issuer: ISSUER, audience: 'auth', schema: User } }, async (_request, response, { claims }) => {
  const user = findUser(claims.sub)
  if (user === undefined) return refuse(response, 403, 'this user is gone')
  await sendToken(response, user, '1h')
})

async function sendToken(response: ServerResponse, user: User, expiresIn: Lifetime): Promise<void> {
  const token = await sign({ ...user, iss: ISSUER, aud: AUDIENCE }, key, { expiresIn })
  response.setHeader('Set-Cookie', tokenCookie(token, { domain: 'example.localhost' }))
  send(response, 200, { token })
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Uint8Array[] = []
  for await (const chunk of request as AsyncIterable<Uint8Array>) chunks.push(chunk)
  try {
    return JSON.parse(Buffer.concat(chunks).toString())
  } catch {
    return undefined
  }
}

function refuse(response: ServerResponse, status: number, message: string): void {
  send(response, status, { error: 'refused', message })
}

function fail(response: ServerResponse, error: unknown): void {
  if (response.destroyed) return // whoever asked is gone
  console.error(error)
  if (response.headersSent) response.destroy()
  else response.writeHead(500).end()
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }).end(JSON.stringify(body))
}

const server = createServer((request, response) => {
  const route = `${request.method} ${request.url}`
  if (route === 'GET /api/jwt') renew(request, response)
  else if (route !== 'POST /login') refuse(response, 404, 'there are POST /login and GET /api/jwt')
  else login(request, response).catch((error: unknown) => fail(response, error))
})

serve(server)
