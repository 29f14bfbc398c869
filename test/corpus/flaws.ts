/** The flaws of the library in a case: a wrong verdict, or a leak. */
import type { Case } from './case.ts'
import type { Doors } from './doors.ts'
import { judge } from './judge.ts'
import { needlesOf, textsOf } from './leak.ts'

/** Lists the flaws. `show` adds to what is searched for leaks. */
export async function flawsOf(doors: Doors, one: Case, show: (shown: unknown) => readonly string[] = textsOf): Promise<readonly string[]> {
  const outcomes = await judge(doors, one)
  const needles = await needlesOf(one)
  const wrong = outcomes
    .filter(({ verdict }) => verdict !== one.verdict)
    .map(({ door, verdict }) => `${door} says ${verdict}, not ${one.verdict}`)
  const leaking = outcomes.filter(({ shown }) => show(shown).some((text) => needles.some((needle) => text.includes(needle))))
  return [...wrong, ...leaking.map(({ door }) => `${door} leaks`), ...(outcomes.length === 0 ? ['no door was asked'] : [])]
}
