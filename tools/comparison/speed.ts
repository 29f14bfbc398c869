/** Times from bench/results, in multiples of the bare work, on the newest long-term version of Node that was measured. */
import { ratioOf } from '../../bench/goals.ts'
import { readRuns } from '../../bench/record.ts'
import { NAMES, type Name } from './peers.ts'

/** The names under which a library runs. If there are two, the second says after a comma how it differs. */
type Runners = Readonly<Partial<Record<Name, readonly string[]>>>

const PROMISES: Runners = { hs256: ['hs256'], jose: ['jose'], 'hono/jwt': ['hono/jwt'] }
const SYNC: Runners = { hs256: ['hs256/sync'], jsonwebtoken: ['jsonwebtoken, string', 'jsonwebtoken, KeyObject'], 'fast-jwt': ['fast-jwt'] }

/** For each task, its race and the libraries in it. */
const RACES: Readonly<Record<string, readonly [id: string, runners: Runners]>> = {
  'verify, 64 in flight': ['verify 268 64', PROMISES],
  'verify, no promise': ['verifySync 268', SYNC],
  'verify, no promise, tokens seen before': ['remember 268', { hs256: ['hs256/sync, remember'], 'fast-jwt': ['fast-jwt, cache'] }],
  'sign, 64 in flight': ['sign 268 64', PROMISES],
  'sign, no promise': ['signSync 268', SYNC],
  read: ['decode 268', Object.fromEntries(NAMES.map((name) => [name, [name]]))],
}

/** For each race, each library's multiple of the bare work; no numbers if the run was only a trial. */
export function speeds(): readonly (readonly [race: string, ...cells: string[]])[] {
  const runs = readRuns()
  const { races, isQuick } = runs.find(({ node }) => node.startsWith('24.')) ?? runs.at(-1)!
  return Object.entries(RACES).map(([race, [id, runners]]) => {
    const cells = NAMES.map((name) => {
      const times = (runners[name] ?? []).map((runner, index) => {
        const ratio = ratioOf(races, id, runner, 'bare work')
        if (ratio === undefined) throw new Error(`bench/results has no ${runner} in ${race}`)
        return `${isQuick ? '…' : ratio.toFixed(2)} ×${index === 0 ? '' : ` with ${runner.split(', ')[1]}`}`
      })
      return times.join(', ') || '–'
    })
    return [race, ...cells] as const
  })
}
