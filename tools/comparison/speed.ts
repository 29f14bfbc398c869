/** Times from bench/RESULTS.md, in multiples of the bare work. */
import { readFileSync } from 'node:fs'
import { NAMES, type Name } from './peers.ts'

/** The names under which a library runs. If there are two, the second says after a comma how it differs. */
type Runners = Readonly<Partial<Record<Name, readonly string[]>>>

const PROMISES: Runners = { hs256: ['hs256'], jose: ['jose'], 'hono/jwt': ['hono/jwt'] }
const SYNC: Runners = { hs256: ['hs256/sync'], jsonwebtoken: ['jsonwebtoken, string', 'jsonwebtoken, KeyObject'], 'fast-jwt': ['fast-jwt'] }

/** For each task, its race and the libraries in it. */
const RACES: Readonly<Record<string, readonly [title: RegExp, runners: Runners]>> = {
  'verify, 64 in flight': [/^### verify, \d+ characters, 64 in flight$/m, PROMISES],
  'verify, no promise': [/^### verify synchronously, \d+ characters$/m, { ...SYNC, 'fast-jwt': ['fast-jwt', 'fast-jwt, cache'] }],
  'sign, 64 in flight': [/^### sign, \d+ characters, 64 in flight$/m, PROMISES],
  'sign, no promise': [/^### sign synchronously, \d+ characters$/m, SYNC],
  read: [/^### read without the secret, \d+ characters$/m, Object.fromEntries(NAMES.map((name) => [name, [name]]))],
}

/** For each race, each library's multiple of the bare work. */
export function speeds(): readonly (readonly [race: string, ...cells: string[]])[] {
  const results = readFileSync(new URL('../../bench/RESULTS.md', import.meta.url), 'utf8')
  return Object.entries(RACES).map(([race, [title, runners]]) => {
    const ratios = ratiosOf(results, title)
    const cells = NAMES.map((name) => {
      const times = (runners[name] ?? []).map((runner, index) => {
        const ratio = ratios.get(runner)
        if (ratio === undefined) throw new Error(`bench/RESULTS.md has no ${runner} in ${race}`)
        return `${ratio} ×${index === 0 ? '' : ` with ${runner.split(', ')[1]}`}`
      })
      return times.join(', ') || '–'
    })
    return [race, ...cells] as const
  })
}

/** Reads the first table under a title: name → multiple of the bare work. */
function ratiosOf(results: string, title: RegExp): ReadonlyMap<string, string> {
  const [, section = ''] = results.split(title)
  const rows = (/(?:^\|.*\n?)+/m.exec(section)?.[0] ?? '').split('\n').map((row) => row.split('|').map((text) => text.trim()))
  const column = rows[0]?.indexOf('× bare work') ?? -1
  if (column < 0) throw new Error(`bench/RESULTS.md lacks a table for ${title}`)
  return new Map(rows.slice(2).map((row) => [row[1] ?? '', row[column] ?? '']))
}
