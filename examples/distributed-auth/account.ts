/** The client's log: what is sent and received, and whether each answer is the expected one. */
import { isDeepStrictEqual, styleText } from 'node:util'

/** A request to a service. */
export interface Call {
  readonly method?: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: object
}

/** The expected answer; the body may have further members. */
export interface Expected {
  readonly status: number
  readonly body?: Readonly<Record<string, unknown>>
  /** What this answer proves. */
  readonly proof: string
}

/** The answer. */
export interface Answer {
  readonly body: Readonly<Record<string, unknown>>
  /** Name and value of each cookie that was set, as the client sends them back. */
  readonly cookies: readonly string[]
}

/** The headers of an answer that are shown. */
const SHOWN = ['Set-Cookie', 'WWW-Authenticate']

let chapters = 0
let passed = 0
let failed = 0

/** Begins a chapter. */
export function chapter(title: string, ...explanation: readonly string[]): void {
  chapters += 1
  console.log(`\n${styleText('bold', `${chapters}. ${title}`)}`)
  for (const line of explanation) console.log(`   ${styleText('dim', line)}`)
}

/** Sends a request, shows it with its answer, and checks the answer. */
export async function exchange(url: string, { method = 'GET', headers = {}, body }: Call, expected: Expected): Promise<Answer> {
  const { host, pathname } = new URL(url)
  show(`\n   ${styleText('cyan', `→ ${method} ${pathname} HTTP/1.1`)}  ${styleText('dim', `to ${host}`)}`, Object.entries(headers), body)
  const json = { ...headers, 'Content-Type': 'application/json' }
  const init = body === undefined ? { method, headers } : { method, headers: json, body: JSON.stringify(body) }
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(5000) })
  const text = await response.text()

  const colour = response.ok ? 'green' : 'yellow'
  const shown = SHOWN.flatMap((name) => valuesOf(response.headers, name).map((value) => [name, value] as const))
  const answer = readObject(text)
  show(`   ${styleText(colour, `← HTTP/1.1 ${response.status} ${response.statusText}`)}`, shown, answer ?? (text || undefined))

  const fits = Object.entries(expected.body ?? {}).every(([name, value]) => isDeepStrictEqual(answer?.[name], value))
  check(response.status === expected.status && fits, expected.proof, `expected ${expected.status} ${JSON.stringify(expected.body ?? {})}`)
  return { body: answer ?? {}, cookies: response.headers.getSetCookie().map((cookie) => cookie.replace(/;.*/, '')) }
}

/** Shows named values. */
export function list(values: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(values)) console.log(`     ${styleText('dim', `${name}:`)} ${shorten(JSON.stringify(value))}`)
}

/** Checks a fact and shows the result. */
export function check(holds: boolean, proof: string, expectation = ''): void {
  if (holds) passed += 1
  else failed += 1
  console.log(
    holds ? `   ${styleText('green', '✓')} ${proof}` : `   ${styleText('red', '✗')} ${proof}: ${styleText('red', expectation || 'not so')}`,
  )
}

/** Prints the total. The process exits with 1 if a check failed. */
export function conclude(): void {
  const total = `${passed} of ${passed + failed} checks passed`
  console.log(`\n${failed === 0 ? styleText('green', `✓ ${total}`) : styleText('red', `✗ ${total}`)}`)
  if (failed > 0) process.exitCode = 1
}

function show(line: string, headers: readonly (readonly [string, string])[], body: unknown): void {
  console.log(line)
  for (const [name, value] of headers) console.log(`     ${styleText('dim', `${name}:`)} ${shorten(value)}`)
  if (body !== undefined) console.log(`     ${shorten(JSON.stringify(body))}`)
}

/** Shortens a token, which is long and does not belong in a log: a few characters at each end tell tokens apart. */
function shorten(text: string): string {
  return text.replaceAll(/(eyJ[\w-]{3})[\w-]*\.[\w-]+\.[\w-]*([\w-]{6})/g, '$1…$2')
}

function valuesOf(headers: Headers, name: string): readonly string[] {
  return name === 'Set-Cookie' ? headers.getSetCookie() : [headers.get(name) ?? []].flat()
}

function readObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return Object(JSON.parse(text)) as Readonly<Record<string, unknown>>
  } catch {
    return undefined
  }
}
