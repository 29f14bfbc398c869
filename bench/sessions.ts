/**
 * `npm run bench -- sessions.ts`: a simulated day of sessions, and how often `remember` finds a token; what that saves; and what a full memory
 * takes. `--write` puts the tables into docs/performance.md. The day is the same in each run.
 */
import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import { createKey } from '../dist/index.js'
import { createVerifierSync } from '../dist/sync.js'
import { place, table } from './table.ts'
import { AUDIENCE, fresh, goodTokens, ISSUER, SECRET, tokenOf } from './tokens.ts'

const SHARE = process.argv.includes('--quick') ? 0.1 : 1

/** How people use a service for a day. */
interface Day {
  readonly title: string
  readonly users: number
  /** Requests of a session, on average, and the seconds between two of them. */
  readonly requests: number
  readonly pause: number
  /** Seconds for which a token is used before it is renewed. */
  readonly life: number
}

const DAYS: readonly Day[] = [
  { title: 'browsing', users: 10_000, requests: 40, pause: 15, life: 900 },
  { title: 'at work', users: 400, requests: 1000, pause: 30, life: 3600 },
  { title: 'background calls', users: 400, requests: 1000, pause: 30, life: 60 },
  { title: 'a token for each call', users: 400_000, requests: 1, pause: 1, life: 60 },
]
/** Limits of `remember`. */
const LIMITS = [2 ** 18, 2 ** 20, 2 ** 22, 2 ** 24]
const BATCH = 4096
const START = Date.UTC(2026, 0, 1) / 1000

/** Numbers from 0 to 1, the same in each run (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

interface Arrival {
  readonly time: number
  readonly token: string
}

/** All requests of a day, in their order. Sessions begin in the eight hours of a working day. */
function requestsOf({ users, requests, pause, life }: Day): readonly Arrival[] {
  const random = randomOf(users + life)
  const waiting = (average: number): number => -Math.log(1 - random()) * average
  const arrivals: Arrival[] = []
  for (let user = 0; user < users * SHARE; user++) {
    let [time, exp, token] = [random() * 8 * 3600, 0, '']
    for (let left = requests === 1 ? 1 : Math.ceil(waiting(requests)); left > 0; left--) {
      if (time >= exp) {
        exp = Math.floor(time) + life
        const claims = { iss: ISSUER, aud: AUDIENCE, sub: `user-${user}`, role: 'admin', groups: ['ops', 'billing'] }
        token = tokenOf({ ...claims, iat: START + Math.floor(time), exp: START + exp })
      }
      arrivals.push({ time, token })
      time += waiting(pause)
    }
  }
  return arrivals.sort((a, b) => a.time - b.time)
}

const key = createKey(SECRET)
const expected = { issuer: ISSUER, audience: AUDIENCE }
let now = START

/** Verifies a day's requests, and returns the microseconds of CPU for each. */
function spend(arrivals: readonly Arrival[], remember: number): number {
  const check = createVerifierSync(key, { ...expected, remember, now: () => new Date(now * 1000) })
  let cpu = 0
  for (let first = 0; first < arrivals.length; first += BATCH) {
    const batch = arrivals.slice(first, first + BATCH).map(({ time, token }) => ({ time, token: fresh(token) }))
    const before = process.cpuUsage()
    for (const { time, token } of batch) {
      now = START + time
      check(token)
    }
    const { user, system } = process.cpuUsage(before)
    cpu += user + system
  }
  return cpu / arrivals.length
}

/** The share of a day's requests for which no MAC is computed. */
function hitRateOf(arrivals: readonly Arrival[], remember: number): number {
  const { createHmac } = crypto
  const use = (other: typeof createHmac): void => {
    crypto.createHmac = other
    syncBuiltinESMExports()
  }
  let computed = 0
  use((...given) => {
    computed++
    return createHmac(...given)
  })
  spend(arrivals, remember)
  use(createHmac)
  return 1 - computed / arrivals.length
}

/** The bytes that a full memory takes, for each character of its limit. */
function bytesPerCharacter(length: number, limit: number): number {
  const heap = (): number => {
    for (let i = 0; i < 2; i++) globalThis.gc!()
    return process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers
  }
  const check = createVerifierSync(key, { ...expected, remember: limit })
  const { tokens } = goodTokens(length, Math.ceil((1.5 * limit) / length))
  const before = heap()
  for (const token of [...tokens, ...tokens]) check(fresh(token))
  const bytes = heap() - before
  check(tokens[0]!) // so that the memory is alive until here
  return bytes / limit
}

const size = (limit: number): string => (limit < 2 ** 20 ? `${limit / 2 ** 10} Ki` : `${limit / 2 ** 20} Mi`)
const right = (head: string) => ({ head, right: true })
const percent = (share: number): string => `${Math.round(share * 100) || 0} %`

const days = DAYS.map((day) => {
  const arrivals = requestsOf(day)
  spend(arrivals.slice(0, 20_000), 0)
  const without = spend(arrivals, 0)
  const cells = LIMITS.map((limit) => `${percent(hitRateOf(arrivals, limit))}, ${percent(1 - spend(arrivals, limit) / without)}`)
  const { title, users, requests, pause, life } = day
  return [title, `${(users * SHARE).toLocaleString('en')} × ${requests}`, `${pause} s`, `${life} s`, ...cells]
})
const memory = [268, 1004, 3996].map((length) => [
  String(length),
  ...LIMITS.slice(2).map((limit) => bytesPerCharacter(length, limit).toFixed(2)),
])
const tables = [
  table([{ head: 'day' }, ...['sessions × requests', 'every', 'token life', ...LIMITS.map(size)].map(right)], days),
  table([{ head: 'characters of a token' }, ...LIMITS.slice(2).map((limit) => right(`bytes per character, ${size(limit)}`))], memory),
]
console.log(`Node ${process.versions.node}\n\n${tables.join('\n\n')}`)
if (process.argv.includes('--write')) tables.forEach((one, i) => place('docs/performance.md', `sessions ${i + 1}`, one))
