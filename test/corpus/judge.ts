/** Puts a case to every door that it concerns. */
import type { Case, ChallengeCase, ClaimsCase, CookieCase, OptionsCase, SecretCase, TokenCase, Tokens, Verdict } from './case.ts'
import type { Doors } from './doors.ts'
import { clock, forge, NOW, OTHER_SECRET, SECRET } from './forge.ts'
import { broken, deepFreeze, outcome, verdictOf, type Outcome } from './outcome.ts'

const now = clock(NOW)
/** `WWW-Authenticate` with quoted parameters alone (RFC 9110 §11.6.1, RFC 6750 §3). */
const CHALLENGE = /^Bearer [a-z_]+="[ !#-[\]-~]*"(?:, [a-z_]+="[ !#-[\]-~]*")*$/
/** `Set-Cookie` of a token: printable ASCII, and no attribute but those of the library (RFC 6265bis §4.1.1). */
const SET_COOKIE =
  /^[!#$%&'*+.^_`|~\w-]+=[\w.-]*(?:; (?:Domain=[\w.-]+|Path=\/[!-:<-~]*|HttpOnly|Secure|SameSite=\w+|Partitioned|Max-Age=\d+))*$/

/** What comes of a case, at each door. */
export async function judge(doors: Doors, one: Case): Promise<readonly Outcome[]> {
  switch (one.door) {
    case 'token':
      return judgeToken(doors, one)
    case 'secret':
      return judgeSecret(doors, one)
    case 'options':
      return judgeOptions(doors, one)
    case 'claims':
      return judgeClaims(doors, one)
    case 'request':
      return [await outcome(doors, 'hs256/http', async () => answerOf(doors, one.request(await tokens()), one.options))]
    case 'cookie':
      return judgeCookie(doors, one)
    case 'challenge':
  }
  return judgeChallenge(doors, one)
}

/** Verifies at all doors: by promise, at once, and from either place in a request, where the token can stand there. */
async function verifyEverywhere(doors: Doors, token: unknown, keys: unknown, options: unknown): Promise<readonly Outcome[]> {
  const { core, http, sync } = doors
  const call = [token, keys, deepFreeze(options)] as unknown as [string, never, never]
  const outcomes = [await outcome(doors, 'hs256', () => core.verify(...call))]
  if (sync) outcomes.push(await outcome(doors, 'hs256/sync', () => sync.verifySync(...call)))
  const guard = options === undefined ? {} : { verify: options }
  if (typeof token !== 'string') return outcomes
  for (const headers of [{ authorization: `Bearer ${token}` }, { cookie: `jwt=${token}` }]) {
    const [found] = http.readTokens(headers)
    if (found?.token !== token) continue // `requests` say what becomes of such headers
    outcomes.push(
      await outcome(doors, `hs256/http by ${found?.source}`, async () => {
        const result = await http.authenticate({ method: 'GET', headers }, keys as never, guard as never)
        if (result.status !== 'denied') return undefined
        return { door: '', verdict: result.error && verdictOf(doors, result.error), shown: [result.error, result.response] }
      }),
    )
  }
  return outcomes
}

async function judgeToken(doors: Doors, { token: recipe, options, keys }: TokenCase): Promise<readonly Outcome[]> {
  const token = typeof recipe === 'function' ? recipe() : await forge(recipe)
  const key = keys ? keys(doors.core.createKey as (secret: unknown, options?: object) => unknown) : doors.core.createKey(SECRET)
  return verifyEverywhere(doors, token, key, { now, ...options })
}

async function judgeSecret(doors: Doors, { secret: make, options, after }: SecretCase): Promise<readonly Outcome[]> {
  const { core, sync } = doors
  const secret = await make()
  const made = await outcome(doors, 'createKey', () => core.createKey(secret as never, deepFreeze(options) as never))
  if (made.verdict !== 'accepted') return [made]
  const key = core.createKey(secret as never)
  const token = await core.sign({}, core.createKey((await make()) as never), { expiresIn: '1h', now })
  after?.(secret as never)
  const outcomes = [made, await outcome(doors, 'hs256', () => core.verify(token, key, { now }))]
  if (sync)
    outcomes.push(await outcome(doors, 'hs256/sync', () => sync.verifySync(token, core.createKey((secret ?? '') as never) && key, { now })))
  return outcomes
}

/** Options are judged whatever the token is, and before it. */
async function judgeOptions(doors: Doors, { options, verdict }: OptionsCase): Promise<readonly Outcome[]> {
  const key = doors.core.createKey(SECRET)
  const good = await verifyEverywhere(doors, await forge({ payload: '{"sub":"needle-of-a-claim","exp":4000000000}' }), key, options)
  return verdict === 'accepted' ? good : [...good, ...(await verifyEverywhere(doors, 'a.b.c', key, options))]
}

async function judgeClaims(doors: Doors, { claims, options }: ClaimsCase): Promise<readonly Outcome[]> {
  const { core, sync } = doors
  const key = core.createKey(SECRET)
  const call = [deepFreeze(claims()), key, deepFreeze(options && { now, ...options })] as unknown as [object, never, never]
  const expected = { now, requireExp: false, ignoreAudience: true }
  const outcomes = [await outcome(doors, 'hs256', async () => core.verify(await core.sign(...call), key, expected))]
  if (sync) outcomes.push(await outcome(doors, 'hs256/sync', () => sync.verifySync(sync.signSync(...call), key, expected)))
  return outcomes
}

async function tokens(): Promise<Tokens> {
  const [good, other, expired, forged] = await Promise.all([
    forge(),
    forge({ payload: '{"sub":"needle-of-another","exp":1800003600}' }),
    forge({ payload: '{"sub":"needle-of-a-claim","exp":1700000000}' }),
    forge({ secret: OTHER_SECRET }),
  ])
  return { good, other, expired, forged } as Tokens
}

async function answerOf({ core, http }: Doors, request: unknown, options?: object): Promise<Outcome> {
  const result = await http.authenticate(deepFreeze(request) as never, core.createKey(SECRET), deepFreeze({ verify: { now }, ...options }))
  if (result.status === 'authenticated') return { door: '', verdict: `by ${result.source}` }
  if (result.status !== 'denied') return { door: '', verdict: result.status }
  const { status, headers, body } = result.response
  if (status === 401 && !CHALLENGE.test(headers['WWW-Authenticate'] ?? '')) return broken('no challenge')
  return {
    door: '',
    verdict: `${status} ${(JSON.parse(body) as { error: string }).error}` as Verdict,
    shown: [result.error, result.response],
  }
}

async function judgeCookie(doors: Doors, { options, token: recipe }: CookieCase): Promise<readonly Outcome[]> {
  const token = (await forge(recipe)) as string
  const { tokenCookie, clearTokenCookie } = doors.http
  const all = deepFreeze({ now, ...(options as object) })
  const write = (name: string, make: () => string): Promise<Outcome> =>
    outcome(doors, name, () => (SET_COOKIE.test(make()) ? undefined : broken('no cookie')))
  const set = await write('tokenCookie', () => tokenCookie(token, all))
  return recipe || 'maxAge' in all ? [set] : [set, await write('clearTokenCookie', () => clearTokenCookie(all))]
}

async function judgeChallenge(doors: Doors, { options, required }: ChallengeCase): Promise<readonly Outcome[]> {
  const { core, http } = doors
  const verifying = core.verify((await forge()) as string, core.createKey(SECRET), { now, ...(required !== undefined && { required }) })
  const thrown = await verifying.then(() => undefined, (error: unknown) => error as never) // prettier-ignore
  const writers: Readonly<Record<string, () => string | undefined>> = {
    challenge: () => http.challenge(thrown, options as never),
    unauthorized: () => http.unauthorized(thrown, options as never).headers['WWW-Authenticate'],
    forbidden: () => http.forbidden(options as never).headers['WWW-Authenticate'],
  }
  const check = (write: () => string | undefined) => () => (CHALLENGE.test(write() ?? '') ? undefined : broken('no challenge'))
  return Promise.all(Object.entries(writers).map(([name, write]) => outcome(doors, name, check(write))))
}
