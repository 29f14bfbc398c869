/** Runs a case through the functions of `hs256/http`. */
import type { Case, Tokens, Verdict } from './case.ts'
import type { Doors } from './doors.ts'
import { clock, forge, NOW, OTHER_SECRET, SECRET } from './forge.ts'
import { broken, deepFreeze, outcome, type Outcome } from './outcome.ts'

const now = clock(NOW)
const MEMBERS = ['status', 'jwt', 'source', 'response', 'reason', 'error']
/** `WWW-Authenticate` with only quoted parameters (RFC 9110 §11.6.1, RFC 6750 §3). */
const CHALLENGE = /^Bearer [a-z_]+="[ !#-[\]-~]*"(?:, [a-z_]+="[ !#-[\]-~]*")*$/
/** `Set-Cookie` of a token: printable ASCII, and only attributes that the library sets (RFC 6265bis §4.1.1). */
const SET_COOKIE =
  /^[!#$%&'*+.^_`|~\w-]+=[\w.-]*(?:; (?:Domain=[\w.-]+|Path=\/[!-:<-~]*|HttpOnly|Secure|SameSite=\w+|Partitioned|Max-Age=\d+))*$/

async function tokens(): Promise<Tokens> {
  const [good, other, expired, forged] = await Promise.all([
    forge(),
    forge({ payload: '{"sub":"needle-of-another","exp":1800003600}' }),
    forge({ payload: '{"sub":"needle-of-a-claim","exp":1700000000}' }),
    forge({ secret: OTHER_SECRET }),
  ])
  return { good, other, expired, forged } as Tokens
}

/** A request at the guard. */
export async function judgeRequest(doors: Doors, { request, options }: Case<'request'>): Promise<readonly Outcome[]> {
  return [await outcome(doors, 'hs256/http', async () => answerOf(doors, request(await tokens()), options))]
}

async function answerOf({ core, http }: Doors, request: unknown, options?: object): Promise<Outcome> {
  const result = await http.authenticate(deepFreeze(request) as never, core.createKey(SECRET), deepFreeze({ verify: { now }, ...options }))
  if (MEMBERS.some((name) => !Object.hasOwn(result, name))) return broken('not six members')
  if ((result.response === null) !== ['authenticated', 'anonymous'].includes(result.status)) return broken('a response or none')
  if (result.status === 'authenticated') return { door: '', verdict: `by ${result.source}` }
  if (result.status !== 'denied') return { door: '', verdict: result.status }
  const { status, headers, body } = result.response
  if (status === 401 && !CHALLENGE.test(headers['WWW-Authenticate'] ?? '')) return broken('no challenge')
  const { error } = JSON.parse(body) as { readonly error: string }
  return { door: '', verdict: `${status} ${error}` as Verdict, shown: [result.error, result.response] }
}

/** A cookie to write, and to remove. */
export async function judgeCookie(doors: Doors, { options, token: recipe }: Case<'cookie'>): Promise<readonly Outcome[]> {
  const token = (await forge(recipe)) as string
  const { tokenCookie, clearTokenCookie } = doors.http
  const all = deepFreeze({ now, ...(options as object) })
  const write = (name: string, make: () => string): Promise<Outcome> =>
    outcome(doors, name, () => (SET_COOKIE.test(make()) ? undefined : broken('no cookie')))
  const set = await write('tokenCookie', () => tokenCookie(token, all))
  return recipe || 'maxAge' in all ? [set] : [set, await write('clearTokenCookie', () => clearTokenCookie(all))]
}

/** A challenge, from every function that writes one. */
export async function judgeChallenge(doors: Doors, { options, required, token }: Case<'challenge'>): Promise<readonly Outcome[]> {
  const { core, http } = doors
  const expected = { now, ...(required !== undefined && { required }) }
  const verifying = core.verify((await forge(token)) as string, core.createKey(SECRET), expected)
  const thrown = await verifying.then(() => undefined, (error: unknown) => error as never) // prettier-ignore
  const check = (door: string, write: () => string | undefined): Promise<Outcome> =>
    outcome(doors, door, () => (CHALLENGE.test(write() ?? '') ? undefined : broken('no challenge')))
  return Promise.all([
    check('challenge', () => http.challenge(thrown, options as never)),
    check('unauthorized', () => http.unauthorized(thrown, options as never).headers['WWW-Authenticate']),
    check('forbidden', () => http.forbidden(options as never).headers['WWW-Authenticate']),
  ])
}
