/** The flaws of the library in a case: a wrong verdict, or a leak of what no program may log or send. */
import { base64url } from '../support/bytes.ts'
import type { Case } from './case.ts'
import type { Doors } from './doors.ts'
import { forge, OTHER_SECRET, SECRET } from './forge.ts'
import { judge } from './judge.ts'

const KEYS = [SECRET, OTHER_SECRET].flatMap((secret) => [secret, base64url(secret)])

/** Lists the flaws. `show` writes what is searched for leaks. */
export async function flawsOf(doors: Doors, one: Case, show: (shown: unknown) => readonly string[] = textsOf): Promise<readonly string[]> {
  const outcomes = await judge(doors, one)
  const needles = await needlesOf(one)
  const wrong = outcomes
    .filter(({ verdict }) => verdict !== one.verdict)
    .map(({ door, verdict }) => `${door} says ${verdict}, not ${one.verdict}`)
  const leaking = outcomes.filter(({ shown }) => show(shown).some((text) => needles.some((needle) => text.includes(needle))))
  return [...wrong, ...leaking.map(({ door }) => `${door} leaks`), ...(outcomes.length === 0 ? ['no door was asked'] : [])]
}

/** The token of a case, its segments, every secret, and the marker in claims and keys. */
async function needlesOf(one: Case): Promise<readonly string[]> {
  const token = one.door !== 'token' ? undefined : typeof one.token === 'function' ? one.token() : await forge(one.token)
  const texts = typeof token === 'string' ? [token, ...token.split('.')].filter((text) => text.length >= 16) : []
  return ['needle', ...KEYS, ...texts]
}

/** Everything that an error or an answer shows about itself, without Node. */
function textsOf(shown: unknown): readonly string[] {
  if (Array.isArray(shown)) return shown.flatMap(textsOf)
  const texts = [String(shown), JSON.stringify(shown) ?? '']
  if (!(shown instanceof Error)) return texts
  return [...texts, shown.message, shown.stack ?? '', ...(shown.cause === undefined ? [] : ['needle: it has a cause'])]
}
