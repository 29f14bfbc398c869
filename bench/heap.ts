/** Whether anything is left behind: the heap after a forced collection, before and after many calls. */
import { lap, type Race } from './rounds.ts'

/** What stays on the heap. */
export interface Residue {
  readonly title: string
  readonly calls: number
  /** Bytes on the heap before, and after each tenth of the calls. */
  readonly bytes: readonly number[]
}

/** What may stay: far less than one word for each call, and more than what the engine itself keeps for a while. */
const ALLOWED = 2 ** 20

const TENTHS = 10

/**
 * Makes so many calls of a race's candidate.
 * @throws {TypeError} without `--expose-gc`
 */
export async function residueOf<Input>(race: Race<Input>, name: string, calls: number): Promise<Residue> {
  const candidate = race.candidates.find((some) => some.name === name)
  if (candidate === undefined) throw new TypeError(`there is no ${name} in ${race.title}`)
  await lap(race, candidate, Math.min(calls, 20_000)) // what is compiled and cached once is no leak
  const bytes = [collected()]
  for (let tenth = 0; tenth < TENTHS; tenth++) {
    await lap(race, candidate, calls / TENTHS)
    bytes.push(collected())
  }
  return { title: race.title, calls, bytes }
}

/** How many bytes more there are than before. */
export function left({ bytes }: Residue): number {
  return bytes.at(-1)! - bytes[0]!
}

/** Whether no call leaves anything behind. */
export function isFlat(residue: Residue): boolean {
  return left(residue) <= ALLOWED
}

function collected(): number {
  if (globalThis.gc === undefined) throw new TypeError('run it with --expose-gc')
  globalThis.gc()
  globalThis.gc() // what a finalizer frees goes with the second one
  return process.memoryUsage().heapUsed
}
