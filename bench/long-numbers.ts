/**
 * What the search for numbers of 2^53 or more costs: the library as it is beside a copy without the search, and beside itself, which shows how
 * exact the measurement is. `node bench/run.mjs long-numbers.ts`, on any Node; `--quick` is shorter.
 */
import { deepStrictEqual, doesNotThrow, notEqual, throws } from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { build, type Plugin } from 'esbuild'
import type * as Core from '../src/index.ts'
import type * as Sync from '../src/sync.ts'
import { run, type Budget } from './rounds.ts'
import { median, ratios, spread } from './statistics.ts'
import { table } from './table.ts'
import { AUDIENCE, ISSUER, sampleOf, SECRET, tokenOf, type Claims } from './tokens.ts'

const { values } = parseArgs({ options: { quick: { type: 'boolean' } } })
/** Laps of half a millisecond: on a busy machine, most of them are not interrupted. */
const budget: Budget = { rounds: values.quick ? 201 : 1001, lap: 0.5, warmUp: values.quick ? 50 : 300 }

type Library = Pick<typeof Core, 'createKey' | 'decodeUnverified'> & Pick<typeof Sync, 'createVerifierSync' | 'verifySync'>

const resolveDir = join(import.meta.dirname, '..', 'src')

/** Loads a copy of the library in which json.ts is changed. */
async function load(name: string, change: (source: string) => string): Promise<Library> {
  const contents = `export * from './index.ts'; export * from './sync.ts' // ${name}`
  const changing: Plugin = {
    name,
    setup(bundling) {
      bundling.onLoad({ filter: /\/json\.ts$/ }, ({ path }) => ({ contents: change(readFileSync(path, 'utf8')), loader: 'ts' }))
    },
  }
  const options = { bundle: true, format: 'esm', platform: 'node', target: 'es2022', write: false } as const
  const { outputFiles } = await build({ stdin: { contents, resolveDir }, plugins: [changing], ...options })
  return (await import(`data:text/javascript,${encodeURIComponent(`// ${name}\n${outputFiles[0]?.text}`)}`)) as Library
}

/** Makes `parseJson` return the value as soon as it is known to be an object. */
function withoutSearch(source: string): string {
  const changed = source.replace(/(if \(!isPlainObject\(value\)\) throw .*\n)[^]*?\n\}/, '$1  return value\n}')
  notEqual(changed, source, 'parseJson in json.ts is written otherwise')
  return changed
}

const same = (source: string): string => source

/** The copies that race; the others are compared with the first one. */
const COPIES: Readonly<Record<string, Library>> = {
  'without it': await load('without it', withoutSearch),
  'with it': await load('with it', same),
  'with it, again': await load('with it, again', same),
}

const long = tokenOf({ id: 2 ** 53 })
doesNotThrow(() => COPIES['without it']?.decodeUnverified(long))
throws(() => COPIES['with it']?.decodeUnverified(long), /2\^53/)

/** Tokens of one kind, each different. */
interface Kind {
  readonly title: string
  readonly tokens: readonly string[]
}

const { claims: known } = sampleOf(270)
const made = (title: string, more: (user: number) => Claims): Kind => ({
  title,
  tokens: known.map((some, i) => tokenOf({ ...some, ...more(i) })),
})
const list = (length: number, item: (index: number) => unknown): readonly unknown[] => Array.from({ length }, (_, index) => item(index))
/** The URN of a UUID that looks like a number with an exponent after the colon. */
const urn = (user: number): string => `urn:uuid:${String(user).padStart(2, '1')}4567e9-0b1c-4d2e-8f3a-${String(user).padStart(12, '0')}`

const KINDS: readonly Kind[] = [
  ...[270, 1000, 4000].map((size) => ({ title: 'groups', tokens: sampleOf(size).tokens })),
  made('a UUID', (user) => ({ jti: urn(user).slice(9) })),
  made('a URN that looks like a number', (user) => ({ jti: urn(user) })),
  made('64 such URNs', (user) => ({ orders: list(64, (i) => urn(user + i)) })),
  made('1000 numbers of 1 to 9 digits', (user) => ({ orders: list(1000, (i) => ((user + 1) * (i + 1) * 7919) % 10 ** (1 + (i % 9))) })),
  made('1000 times in milliseconds', (user) => ({ times: list(1000, (i) => 1_700_000_000_000 + user * 1000 + i) })),
  made('1000 fractions', (user) => ({ prices: list(1000, (i) => (user + i) / 7) })),
]

/** The functions that read claims, as a copy of the library has them. */
const READERS: Readonly<Record<string, (library: Library) => (token: string) => unknown>> = {
  decodeUnverified: ({ decodeUnverified }) => decodeUnverified,
  'a verifier': ({ createKey, createVerifierSync }) => createVerifierSync(createKey(SECRET), { issuer: ISSUER, audience: AUDIENCE }),
  verifySync: ({ createKey, verifySync }) => {
    const key = createKey(SECRET)
    return (token) => verifySync(token, key, { issuer: ISSUER, audience: AUDIENCE })
  },
}

const percent = (ratio: number): string => `${((ratio - 1) * 100).toFixed(1)} %`

const rows: (readonly string[])[] = []
for (const [reader, of] of Object.entries(READERS)) {
  for (const { title, tokens } of KINDS) {
    const candidates = Object.entries(COPIES).map(([name, library]) => ({ name, run: of(library) }))
    const claims = candidates.map((candidate) => (candidate.run(tokens[0]!) as { readonly claims: unknown }).claims)
    for (const other of claims) deepStrictEqual(other, claims[0])
    const { rows: times } = await run({ id: title, title, candidates, inputs: tokens, inFlight: 0 }, budget)
    const [floor = [], ...others] = times.map((row) => row.times)
    const cells = others.map((other) => spread(ratios(other, floor)))
    const [cost] = cells
    const quartiles = `${percent(cost!.lower)} to ${percent(cost!.upper)}`
    const row = [
      reader,
      title,
      String(tokens[0]!.length),
      median(floor).toPrecision(3),
      ...cells.map((cell) => percent(cell.median)),
      quartiles,
    ]
    rows.push(row)
    console.log(row.join(' | '))
  }
}

const right = (head: string) => ({ head, right: true })
const heads = [
  { head: '' },
  { head: '' },
  right('characters'),
  right('without it, µs'),
  right('with it'),
  right('again'),
  right('quartiles'),
]
console.log(`\nNode ${process.versions.node}: what the search adds\n\n${table(heads, rows)}`)
