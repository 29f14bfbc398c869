/** Where the time goes: loops of this library under V8's profiler, and the own time of each function in src/. */
import { existsSync, readFileSync } from 'node:fs'
import type { Profiler } from 'node:inspector'
import { Session } from 'node:inspector/promises'
import { SourceMap } from 'node:module'
import { decodeRaces, signRaces, verifyRaces } from './races.ts'
import { lap, type Race } from './rounds.ts'
import { table } from './table.ts'

/** Microseconds between two samples of the stack. */
const INTERVAL = 100
/** Milliseconds for which each loop is sampled. */
const DURATION = 4000
/** Smaller shares of the time are summed up. */
const SMALL = 0.005

const DIST = new URL('../dist/', import.meta.url).href
const BENCH = new URL('.', import.meta.url).href
const maps = new Map<string, SourceMap | undefined>()

/** Profiles every function. Those with promises run with 64 calls in flight, because otherwise the thread mostly waits. */
export async function profileAll(): Promise<void> {
  await profile('verify 270 64', 'hs256', verifyRaces)
  await profile('sign 270 64', 'hs256', signRaces)
  await profile('verifySync 270', 'hs256/sync', verifyRaces)
  await profile('signSync 270', 'hs256/sync', signRaces)
  await profile('decode 270', 'hs256', decodeRaces)
}

/** Profiles one candidate of a race, if it takes part, and prints where its time went. */
async function profile<Input>(id: string, name: string, races: readonly Race<Input>[]): Promise<void> {
  const race = races.find((some) => some.id === id)
  const candidate = race?.candidates.find((some) => some.name === name)
  if (race === undefined || candidate === undefined) return
  const calls = Math.ceil((50_000 / (await lap(race, candidate, 50_000))) * DURATION) // the first ones also warm it up

  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.setSamplingInterval', { interval: INTERVAL })
  await session.post('Profiler.start')
  const spent = await lap(race, candidate, calls)
  const { profile: profiled } = await session.post('Profiler.stop')
  session.disconnect()

  console.log(`\n${name}: ${race.title}, ${((spent * 1000) / calls).toFixed(2)} µs per call while it is watched`)
  console.log(tableOf(selfTimes(profiled), (spent * 1000) / calls))
}

/** The own time of each place, without the functions that it calls. */
function selfTimes({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): ReadonlyMap<string, number> {
  const places = new Map(nodes.map(({ id, callFrame }) => [id, placeOf(callFrame)]))
  const times = new Map<string, number>()
  samples.forEach((id, i) => {
    const place = places.get(id) ?? '(unknown)'
    times.set(place, (times.get(place) ?? 0) + (timeDeltas[i] ?? 0))
  })
  return times
}

/** The place of a function: its file in src/ and its name, or else its owner. */
function placeOf({ functionName, url, lineNumber, columnNumber }: Profiler.Profile['nodes'][number]['callFrame']): string {
  const name = functionName === '' ? '(anonymous)' : functionName
  if (url.startsWith(DIST)) {
    const entry = mapOf(url)?.findEntry(lineNumber, columnNumber)
    const source = entry && 'originalSource' in entry ? entry.originalSource.slice(entry.originalSource.lastIndexOf('src/')) : 'dist'
    return `${source} ${name}`
  }
  if (url.startsWith(BENCH)) return 'bench: the loop itself'
  if (url.startsWith('node:')) return `${url} ${name}`
  return url === '' ? (name.startsWith('(') ? name : `native ${name}`) : 'something else'
}

function mapOf(url: string): SourceMap | undefined {
  const file = new URL(`${url}.map`)
  if (!maps.has(url)) maps.set(url, existsSync(file) ? new SourceMap(JSON.parse(readFileSync(file, 'utf8'))) : undefined)
  return maps.get(url)
}

function tableOf(times: ReadonlyMap<string, number>, perCall: number): string {
  const total = [...times.values()].reduce((sum, time) => sum + time, 0)
  const shares = [...times].map(([place, time]) => ({ place, share: time / total })).sort((a, b) => b.share - a.share)
  const large = shares.filter(({ share }) => share >= SMALL)
  const rest = 1 - large.reduce((sum, { share }) => sum + share, 0)
  const rows = [...large, { place: `${shares.length - large.length} more`, share: rest }]
  const cells = rows.map(({ place, share }) => [place, `${(share * 100).toFixed(1)} %`, (share * perCall).toFixed(3)])
  return table([{ head: 'function' }, { head: 'self', right: true }, { head: 'µs per call', right: true }], cells)
}
