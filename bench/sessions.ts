/**
 * `npm run bench -- sessions.ts`: a simulated day of sessions, and how often `remember` finds a token; what that saves; and what a full memory
 * takes. `--write` puts the tables into docs/internals/performance.md. The day is the same in each run.
 */
import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import { setImmediate } from 'node:timers/promises'
import { createKey } from '../dist/index.js'
import { createVerifierSync } from '../dist/sync.js'
import { place, table } from './table.ts'
import { AUDIENCE, fresh, goodTokens, ISSUER, SECRET, tokenOf } from './tokens.ts'

/** How people use a service for a day: requests of a session on average, seconds between two of them, and seconds until a token is renewed. */
const DAYS = [
  { title: 'browsing', users: 10_000, requests: 40, pause: 15, life: 900 },
  { title: 'at work', users: 400, requests: 1000, pause: 30, life: 3600 },
  { title: 'background calls', users: 400, requests: 1000, pause: 30, life: 60 },
  { title: 'a token for each call', users: 400_000, requests: 1, pause: 1, life: 60 },
]
const SHARE = process.argv.includes('--quick') ? 0.1 : 1
/** Limits of `remember`. */
const LIMITS = [2 ** 18, 2 ** 20, 2 ** 22, 2 ** 24]
const START = Date.UTC(2026, 0, 1) / 1000

type Day = readonly { readonly time: number; readonly token: string }[]

/** All requests of a day, in their order. Sessions begin in the eight hours of a working day. */
function requestsOf({ users, requests, pause, life }: (typeof DAYS)[number]): Day {
  let seed = users + life
  /** Numbers from 0 to 1, the same in each run (Park and Miller, 1988). */
  const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647
  const waiting = (average: number): number => -Math.log(1 - random()) * average
  const sessions = Array.from({ length: users * SHARE }, (_, user) => {
    let [time, exp, token] = [random() * 8 * 3600, 0, '']
    return Array.from({ length: requests === 1 ? 1 : Math.ceil(waiting(requests)) }, () => {
      if (time >= exp) {
        exp = Math.floor(time) + life
        const claims = { iss: ISSUER, aud: AUDIENCE, sub: `user-${user}`, role: 'admin', groups: ['ops', 'billing'] }
        token = tokenOf({ ...claims, iat: START + Math.floor(time), exp: START + exp })
      }
      const arrival = { time, token }
      time += waiting(pause)
      return arrival
    })
  })
  return sessions.flat().sort((a, b) => a.time - b.time)
}

const key = createKey(SECRET)
const expected = { issuer: ISSUER, audience: AUDIENCE }
let now = START

/** Verifies a day's requests, and returns the microseconds of CPU for each. */
function spend(day: Day, remember: number): number {
  const check = createVerifierSync(key, { ...expected, remember, now: () => new Date(now * 1000) })
  let cpu = 0
  for (let first = 0; first < day.length; first += 4096) {
    const batch = day.slice(first, first + 4096).map(({ time, token }) => ({ time, token: fresh(token) }))
    const before = process.cpuUsage()
    for (const { time, token } of batch) {
      now = START + time
      check(token)
    }
    const { user, system } = process.cpuUsage(before)
    cpu += user + system
  }
  return cpu / day.length
}

/** The share of a day's requests for which no MAC is computed. */
function hitRateOf(day: Day, remember: number): number {
  const { createHmac } = crypto
  let computed = 0
  crypto.createHmac = (...given) => {
    computed++
    return createHmac(...given)
  }
  syncBuiltinESMExports()
  spend(day, remember)
  crypto.createHmac = createHmac
  syncBuiltinESMExports()
  return 1 - computed / day.length
}

/** The bytes that a full memory takes, for each character of its limit. */
async function bytesPerCharacter(length: number, limit: number): Promise<string> {
  const heap = (): number => {
    for (let i = 0; i < 2; i++) globalThis.gc!()
    return process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers
  }
  const check = createVerifierSync(key, { ...expected, remember: limit })
  const tokens = [...goodTokens(length, Math.ceil((1.5 * limit) / length)).tokens]
  await setImmediate() // so that nothing on the stack keeps their claims alive
  const before = heap()
  for (const token of [...tokens, ...tokens]) check(fresh(token))
  const bytes = heap() - before
  check(tokens[0]!) // so that the memory is alive until here
  return (bytes / limit).toFixed(2)
}

const size = (limit: number): string => (limit < 2 ** 20 ? `${limit / 2 ** 10} Ki` : `${limit / 2 ** 20} Mi`)
const percent = (share: number): string => `${Math.round(share * 100) || 0} %`
const columns = (first: string, ...others: readonly string[]) => [{ head: first }, ...others.map((head) => ({ head, right: true }))]

const days = DAYS.map((kind) => {
  const day = requestsOf(kind)
  spend(day.slice(0, 20_000), 0)
  const without = spend(day, 0)
  const { title, users, requests, pause, life } = kind
  const cells = LIMITS.map((limit) => `${percent(hitRateOf(day, limit))}, ${percent(1 - spend(day, limit) / without)}`)
  return [title, `${(users * SHARE).toLocaleString('en')} × ${requests}`, `${pause} s`, `${life} s`, ...cells]
})
const sizes: string[][] = []
for (const length of [268, 1004, 3996])
  sizes.push([String(length), await bytesPerCharacter(length, LIMITS[2]!), await bytesPerCharacter(length, LIMITS[3]!)])
const tables = [
  table(columns('day', 'sessions × requests', 'every', 'token life', ...LIMITS.map(size)), days),
  table(columns('characters of a token', ...LIMITS.slice(2).map((limit) => `bytes per character, ${size(limit)}`)), sizes),
]
console.log(`Node ${process.versions.node}\n\n${tables.join('\n\n')}`)
if (process.argv.includes('--write')) tables.forEach((one, i) => place('docs/internals/performance.md', `sessions ${i + 1}`, one))
