/** Compares the outcome of an exchange with the manifest. */
import { SHAPES } from './claim-shapes.ts'
import type { Exception, Implementation } from './implementation.ts'
import type { Outcome } from './trade.ts'

/** What is wrong, one sentence each. */
export function missesOf({ exceptions = [] }: Implementation, outcome: Outcome): readonly string[] {
  return [
    ...compare(outcome.ours, exceptions, 'reading'),
    ...compare(outcome.theirs, exceptions, 'signing'),
    ...(outcome.tampered > 0 ? [] : ['there was nothing to tamper with']),
    ...(outcome.refusedByThem === outcome.tampered ? [] : [`it accepts ${outcome.tampered - outcome.refusedByThem} tampered copies`]),
    ...(outcome.refusedByUs === outcome.tampered ? [] : [`we accept ${outcome.tampered - outcome.refusedByUs} tampered copies`]),
  ]
}

function compare(carried: readonly string[], exceptions: readonly Exception[], way: 'reading' | 'signing'): readonly string[] {
  const excepted = exceptions.filter((exception) => exception.way === way || exception.way === 'both').flatMap(({ shapes }) => shapes)
  return Object.keys(SHAPES).flatMap((shape) => {
    if (carried.includes(shape) !== excepted.includes(shape)) return []
    return [excepted.includes(shape) ? `${way}: it does carry ${shape}, so that is no exception` : `${way}: it does not carry ${shape}`]
  })
}
