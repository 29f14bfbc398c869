/** Runs a case through every function that it concerns. */
import type { Case, MakeKey } from './case.ts'
import type { Doors } from './doors.ts'
import { clock, forge, NOW, SECRET } from './forge.ts'
import { judgeChallenge, judgeCookie, judgeRequest } from './judge-http.ts'
import { deepFreeze, outcome, verdictOf, type Outcome } from './outcome.ts'

const now = clock(NOW)

/** The outcomes of a case, one for each function. */
export async function judge(doors: Doors, one: Case): Promise<readonly Outcome[]> {
  if (one.door === 'token') return judgeToken(doors, one)
  if (one.door === 'secret') return judgeSecret(doors, one)
  if (one.door === 'options') return judgeOptions(doors, one)
  if (one.door === 'claims') return judgeClaims(doors, one)
  if (one.door === 'request') return judgeRequest(doors, one)
  return one.door === 'cookie' ? judgeCookie(doors, one) : judgeChallenge(doors, one)
}

/** Verifies with every function: asynchronously, synchronously, and from both places in a request if the token can be there. */
async function verifyEverywhere(doors: Doors, token: unknown, keys: unknown, options: unknown): Promise<readonly Outcome[]> {
  const { core, http, sync } = doors
  const call = [token, keys, deepFreeze(options)] as unknown as [string, never, never]
  const outcomes = [await outcome(doors, 'hs256', () => core.verify(...call))]
  if (sync) outcomes.push(await outcome(doors, 'hs256/sync', () => sync.verifySync(...call)))
  const guard = options === undefined ? {} : { verify: options }
  if (typeof token !== 'string') return outcomes
  for (const headers of [{ authorization: `Bearer ${token}` }, { cookie: `jwt=${token}` }]) {
    const [found] = http.readTokens(headers)
    if (found?.token !== token) continue // `requests` has the cases of such headers
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

async function judgeToken(doors: Doors, one: Case<'token'>): Promise<readonly Outcome[]> {
  const { token: recipe, options, keys, verdict, decoded: expected } = one
  const token = typeof recipe === 'function' ? recipe() : await forge(recipe)
  const key = keys ? keys(doors.core.createKey as MakeKey) : doors.core.createKey(SECRET)
  const outcomes = await verifyEverywhere(doors, token, key, { now, ...options })
  const decoded = await outcome(doors, 'decodeUnverified', () => doors.core.decodeUnverified(token as string))
  if (expected !== undefined && decoded.verdict !== expected)
    return [...outcomes, { ...decoded, verdict: `broken: ${decoded.verdict} instead of ${expected}` }]
  // decodeUnverified takes no key, time or options, so its verdict may differ. But it must read what is accepted, and throw only its own errors.
  const isFine = decoded.verdict.startsWith('ERR_JWT_') ? verdict !== 'accepted' || options !== undefined : decoded.verdict === 'accepted'
  return [...outcomes, expected !== undefined || isFine ? { ...decoded, verdict } : decoded]
}

async function judgeSecret(doors: Doors, { secret: make, options, after }: Case<'secret'>): Promise<readonly Outcome[]> {
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

/** Options are checked before the token, whatever it is. */
async function judgeOptions(doors: Doors, { options, verdict }: Case<'options'>): Promise<readonly Outcome[]> {
  const key = doors.core.createKey(SECRET)
  const good = await verifyEverywhere(doors, await forge({ payload: '{"sub":"needle-of-a-claim","exp":4000000000}' }), key, options)
  return verdict === 'accepted' ? good : [...good, ...(await verifyEverywhere(doors, 'a.b.c', key, options))]
}

async function judgeClaims(doors: Doors, { claims, options }: Case<'claims'>): Promise<readonly Outcome[]> {
  const { core, sync } = doors
  const key = core.createKey(SECRET)
  const call = [deepFreeze(claims()), key, deepFreeze(options && { now, ...options })] as unknown as [object, never, never]
  const expected = { now, requireExp: false, ignoreAudience: true }
  const outcomes = [await outcome(doors, 'hs256', async () => core.verify(await core.sign(...call), key, expected))]
  if (sync) outcomes.push(await outcome(doors, 'hs256/sync', () => sync.verifySync(sync.signSync(...call), key, expected)))
  return outcomes
}
