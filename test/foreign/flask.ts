/** Starts `service.py`, of Flask and PyJWT, as a process of its own, and asks it or one of ours. Needs python3 with both. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'

const PYTHON = process.env['PYTHON'] ?? '/usr/bin/python3'

export interface Flask {
  readonly url: string
  /** What it has written to its log. */
  readonly log: () => string
  readonly stop: () => void
}

/** Starts it with this environment, which holds `JWT_SECRET`. Throws where it does not start. */
export async function startFlask(environment: Readonly<Record<string, string>>): Promise<Flask> {
  let log = ''
  const python = spawn(PYTHON, [fileURLToPath(new URL('service.py', import.meta.url))], { env: { ...process.env, ...environment } })
  python.stderr.setEncoding('utf8').on('data', (text: string) => (log += text))
  python.on('error', (error) => (log += String(error)))
  const lines = createInterface({ input: python.stdout })
  const [port] = (await Promise.race([once(lines, 'line'), once(python, 'close')])) as unknown[]
  if (!(Number(port) > 0)) throw new Error(`${PYTHON} with flask and jwt does not start: ${log}`)
  return { url: `http://127.0.0.1:${Number(port)}`, log: () => log, stop: () => void python.kill() }
}

export interface SignedIn {
  readonly token: string
  readonly setCookie: string
}

export async function login(url: string, body: object): Promise<SignedIn> {
  const headers = { 'Content-Type': 'application/json' }
  const response = await fetch(`${url}/login`, { method: 'POST', headers, body: JSON.stringify(body) })
  const { token } = (await response.json()) as { readonly token: string }
  return { token, setCookie: response.headers.getSetCookie().join('\n') }
}

/** Expects of a service an answer with these members, and if it has an error, the challenge that belongs to it. */
export async function expectAnswer(url: string, headers: Readonly<Record<string, string>>, answer: object): Promise<void> {
  const response = await fetch(url, { headers })
  const body = (await response.json()) as { readonly error?: string }
  expect({ status: response.status, ...body }).toMatchObject(answer)
  const { error } = body
  const challenge = response.headers.get('WWW-Authenticate')?.replace(/^Bearer realm="\w+"/, 'Bearer')
  if (error === undefined) expect(challenge).toBeUndefined()
  else expect(challenge).toMatch(error === 'missing_token' ? /^Bearer$/ : /^Bearer, error="invalid_token"/)
}

/** Expects the same answer by cookie and by header. */
export async function expectBoth(url: string, token: string, answer: object): Promise<void> {
  await expectAnswer(url, { Cookie: `theme=dark; jwt=${token}` }, answer)
  await expectAnswer(url, { Authorization: `Bearer ${token}` }, answer)
}

export const EXPIRED = { status: 401, error: 'token_expired' }
export const INVALID = { status: 401, error: 'invalid_token' }
