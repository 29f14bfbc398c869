/**
 * The cost of hostile headers for a guard, from 1 kB to 1 MB. Exits with 1 if a cost grows faster than the length.
 *
 * Each cost is the median of alternating rounds. Its exponent is the slope of log cost over log length: 1 is linear, 2 quadratic.
 * The goal is 1.1. But 1 MB no longer fits the caches and the young generation of the heap, and machines are noisy, so linear code
 * measures up to 1.3. Only an exponent above 1.4 three times in a row fails; quadratic code always does.
 */
import { performance } from 'node:perf_hooks'
import { clearTokenCookie, isCrossOrigin, readTokens, tokenCookie } from 'hs256/http'

const LENGTHS = [1_000, 4_000, 16_000, 64_000, 256_000, 1_000_000]
const ROUNDS = 15
const ROUND_TIME = 2 // the least milliseconds of a round, for the precision of the clock
const GOAL = 1.1
const LIMIT = 1.4
const ATTEMPTS = 3

const TOKEN = 'eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjQwMDAwMDAwMDB9.T4lHGcWmXJw0IlPNRlbYPNGRdl6dUGOCF7m3pBNFgwo'

/** A string of this many characters, made of a piece that may differ each time. */
function fill(length: number, piece: string | ((index: number) => string)): string {
  const pieces: string[] = []
  for (let size = 0, index = 0; size < length; index++) {
    const next = typeof piece === 'string' ? piece : piece(index)
    pieces.push(next)
    size += next.length
  }
  return pieces.join('').slice(0, length)
}

/** Headers by their content, for both Cookie and Authorization. */
const SHAPES: Readonly<Record<string, (length: number) => string>> = {
  spaces: (length) => fill(length, ' '),
  tabs: (length) => fill(length, '\t'),
  semicolons: (length) => fill(length, ';'),
  'semicolons and spaces': (length) => fill(length, ';   '),
  'a semicolon, then spaces': (length) => `;${fill(length - 2, ' ')}x`,
  'equal signs': (length) => fill(length, '='),
  commas: (length) => fill(length, ', '),
  quotes: (length) => fill(length, '"'),
  'letters of a token': (length) => fill(length, 'eyJhbGciOiJIUzI1NiJ9.'),
  'jwt= of one value': (length) => fill(length, 'jwt=a; '),
  'jwt= of many values': (length) => fill(length, (index) => `jwt=${index}; `),
  'other cookies': (length) => fill(length, (index) => `c${index}=${index}; `), // more than 60 000 at 1 MB
  'nearly jwt=': (length) => fill(length, 'jwtjwtjw=; '),
  'percent signs': (length) => fill(length, '%E0%A4%A'),
  'Bearer and spaces': (length) => `Bearer${fill(length - 7, ' ')}"`,
  'Bearer and letters': (length) => `Bearer ${fill(length - 8, 'a')}!`,
  'Bearer and equal signs': (length) => `Bearer a${fill(length - 9, '=')}!`,
  'Bearer, letters, equal signs': (length) => `Bearer ${fill(length / 2, 'a')}${fill(length / 2, '=')}!`,
  'Bearer in a list': (length) => fill(length, `Bearer ${TOKEN}, `),
}

/** Runs something that must throw, for its cost. */
function refused(run: () => unknown): void {
  try {
    run()
  } catch {
    return
  }
  throw new Error('that was not rejected')
}

/** A measurement: its name, the input for a length, and the work on it. */
interface Case {
  readonly name: string
  readonly make: (length: number) => () => unknown
}

const twenty = (length: number): readonly string[] => Array.from({ length: 20 }, (_, index) => fill(length / 20, `${index}`))

const CASES: readonly Case[] = [
  ...Object.entries(SHAPES).map(([shape, make]): Case => ({
    name: `readTokens: ${shape}`,
    make: (length) => {
      const value = make(length)
      const headers = { cookie: value, authorization: value }
      return () => readTokens(headers)
    },
  })),
  {
    name: 'readTokens: many lines',
    make: (length) => {
      const cookie = Array.from({ length: length / 10 }, (_, index) => `c=${index}`.padEnd(8))
      return () => readTokens({ cookie, authorization: cookie })
    },
  },
  ...['origin', 'host', 'sec-fetch-site'].map((name): Case => ({
    name: `isCrossOrigin: ${name}`,
    make: (length) => {
      const headers = { host: 'orders.example', origin: 'https://evil.example', [name]: `https://${fill(length, 'a.')}` }
      return () => isCrossOrigin('POST', headers)
    },
  })),
  {
    name: 'isCrossOrigin: trusted',
    make: (length) => {
      const trustedOrigins = [`https://${fill(length, 'a.')}!`]
      return () => refused(() => isCrossOrigin('POST', {}, { trustedOrigins }))
    },
  },
  {
    name: 'tokenCookie: a long token',
    make: (length) => {
      const token = fill(length, 'a')
      return () => refused(() => tokenCookie(token))
    },
  },
  {
    name: 'tokenCookie: dots',
    make: (length) => {
      const token = fill(length, '.')
      return () => refused(() => tokenCookie(token))
    },
  },
  ...(
    [
      ['name', 'a', ';'],
      ['domain', 'a.', ';'],
      ['domain', 'a', ';'],
      ['path', '/', ';'],
      ['sameSite', 'Lax', ''],
      ['maxAge', '1', 'x'],
    ] as const
  ).map(([option, piece, end]): Case => ({
    name: `clear/tokenCookie: ${option} ${piece}`,
    make: (length) => {
      const options = { [option]: `${option === 'path' ? '/' : ''}${fill(length, piece)}${end}` }
      return () => refused(() => (option === 'maxAge' ? tokenCookie(TOKEN, options) : clearTokenCookie(options)))
    },
  })),
  {
    name: 'readTokens: sources',
    make: (length) => {
      const sources = twenty(length)
      return () => refused(() => readTokens({}, { sources } as never))
    },
  },
]

/** Milliseconds of one run, from as many runs as fill a round. */
function time(run: () => unknown, times: number): number {
  const start = performance.now()
  for (let count = 0; count < times; count++) run()
  return (performance.now() - start) / times
}

/** How many runs fill a round. */
function calibrate(run: () => unknown): number {
  let times = 1
  while (time(run, times) * times < ROUND_TIME) times *= 2
  return times
}

const median = (values: readonly number[]): number => [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)]!

/** The slope of the line through points of log length and log cost, by least squares. */
function slope(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
  const [mx, my] = [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))]
  return points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0) / points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0)
}

/** The medians for each length, in milliseconds. The lengths take turns, so that other work on the machine affects all of them. */
function measure({ make }: Case): readonly number[] {
  const runs = LENGTHS.map(make)
  const times = runs.map(calibrate)
  const rounds = Array.from({ length: ROUNDS }, () => runs.map((run, index) => time(run, times[index]!)))
  return LENGTHS.map((_, index) => median(rounds.map((costs) => costs[index]!)))
}

/** Only for the upper four lengths: below, constant costs hide the growth and make an exponent look better than it is. */
function exponentOf(costs: readonly number[]): number {
  const points = costs.map((cost, index) => [Math.log(LENGTHS[index]!), Math.log(cost)] as const)
  return slope(points.slice(-4))
}

const inMicroseconds = (milliseconds: number): string => (milliseconds * 1000).toFixed(milliseconds < 0.01 ? 2 : 0).padStart(9)

console.log(`${'µs, at characters:'.padEnd(42)} ${LENGTHS.map((length) => String(length).padStart(9)).join('')}  exponent`)
for (const row of CASES) {
  let costs = measure(row)
  for (let attempt = 1; attempt < ATTEMPTS && exponentOf(costs) > LIMIT; attempt++) costs = measure(row)
  const exponent = exponentOf(costs)
  const verdict = exponent > LIMIT ? '  TOO MUCH' : exponent > GOAL ? '  above the goal' : ''
  console.log(`${row.name.padEnd(42)} ${costs.map(inMicroseconds).join('')}  ${exponent.toFixed(2)}${verdict}`)
  if (exponent > LIMIT) process.exitCode = 1
}
