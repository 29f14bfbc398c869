/** Whether calls leak memory: the heap after a forced collection, before and after many calls. */
import { lap, type Race } from './rounds.ts'

/** What remains on the heap. */
export interface Residue {
  readonly title: string
  readonly calls: number
  /** Bytes on the heap before the calls, and after each tenth of them. */
  readonly bytes: readonly number[]
}

const TENTHS = 10

/**
 * Calls a candidate of a race this many times.
 * @throws {TypeError} without `--expose-gc`
 */
export async function residueOf<Input>(race: Race<Input>, name: string, calls: number): Promise<Residue> {
  const candidate = race.candidates.find((some) => some.name === name)
  if (candidate === undefined) throw new TypeError(`there is no ${name} in ${race.title}`)
  await lap(race, candidate, Math.min(calls, 20_000)) // what is compiled and cached once is not a leak
  const bytes = [collected()]
  for (let tenth = 0; tenth < TENTHS; tenth++) {
    await lap(race, candidate, calls / TENTHS)
    bytes.push(collected())
  }
  return { title: `${name}: ${race.title}`, calls, bytes }
}

function collected(): number {
  if (globalThis.gc === undefined) throw new TypeError('run it with --expose-gc')
  globalThis.gc()
  globalThis.gc() // the second collection frees what finalizers released
  return process.memoryUsage().heapUsed
}
