/** `npm run comparison`: compares the libraries and writes the table of docs/comparison.md; with `--check`, fails if it differs. */
import { build } from 'esbuild'
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { FEATURES, NAMES, shows, type Name } from './features.ts'
import { majorOf, ratioOf } from './goals.ts'
import { readRuns } from './results.ts'
import { place, placed, table } from './table.ts'
import { verdicts } from './verdicts.ts'

type Row = readonly string[]
type Of<Cell> = Readonly<Partial<Record<Name, Cell>>>

const PAGE = 'docs/comparison.md'
const run = readRuns().find((one) => majorOf(one) === 24)!

/** A row for each member of a list. */
async function rowsOf<Item>(items: Readonly<Record<string, Item>>, cellOf: (item: Item, name: Name) => unknown): Promise<readonly Row[]> {
  const rows = Object.entries(items).map(async ([what, item]) => [what, ...(await Promise.all(NAMES.map((name) => cellOf(item, name))))])
  return (await Promise.all(rows)) as string[][]
}

type Manifest = Readonly<Record<'version' | 'types' | 'dependencies' | 'exports', unknown>>
const PACKAGES: Of<string> = { 'hono/jwt': 'hono', tsndr: '@tsndr/cloudflare-worker-jwt' }
const manifestOf = (name: Name): Manifest => {
  const path = name === 'hs256' ? '../package.json' : `node_modules/${PACKAGES[name] ?? name}/package.json`
  return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as Manifest
}
const FACTS: Readonly<Record<string, (manifest: Manifest, name: Name) => string>> = {
  version: ({ version }, name) => (name === 'hs256' ? 'this one' : String(version)),
  dependencies: ({ dependencies }) => String(Object.keys(Object(dependencies)).length),
  'types included': ({ types, exports }) => (types !== undefined || JSON.stringify(exports ?? '').includes('.d.ts') ? 'yes' : '–'),
}

/** For each task, what a page imports for it. */
const IMPORTS: Readonly<Record<string, Of<string>>> = {
  'min+gzip to sign and verify': {
    hs256: "{ createKey, sign, verify } from '../dist/index.js'",
    jose: "{ jwtVerify, SignJWT } from 'jose'",
    jsonwebtoken: "{ sign, verify } from 'jsonwebtoken'",
    'fast-jwt': "{ createSigner, createVerifier } from 'fast-jwt'",
    'hono/jwt': "{ sign, verify } from 'hono/jwt'",
    tsndr: "{ sign, verify } from '@tsndr/cloudflare-worker-jwt'",
  },
  'min+gzip to read': {
    hs256: "{ decodeUnverified } from '../dist/index.js'",
    jose: "{ decodeJwt } from 'jose'",
    jsonwebtoken: "{ decode } from 'jsonwebtoken'",
    'fast-jwt': "{ createDecoder } from 'fast-jwt'",
    'hono/jwt': "{ decode } from 'hono/jwt'",
    tsndr: "{ decode } from '@tsndr/cloudflare-worker-jwt'",
    'jwt-decode': "{ jwtDecode } from 'jwt-decode'",
  },
}

async function sizeOf(imported: string | undefined): Promise<string> {
  if (imported === undefined) return '–'
  const stdin = { contents: `export ${imported}`, resolveDir: import.meta.dirname }
  const options = { bundle: true, minify: true, format: 'esm', platform: 'browser', target: 'es2022', logLevel: 'silent' } as const
  const bundle = await build({ stdin, write: false, ...options }).catch(() => undefined)
  if (bundle === undefined) return 'Node only' // it imports modules that browsers lack
  return `${(gzipSync(bundle.outputFiles[0]!.contents, { level: 9 }).length / 1000).toFixed(1)} kB`
}

const ASYNC: Of<readonly string[]> = { hs256: ['hs256'], jose: ['jose'], 'hono/jwt': ['hono/jwt'], tsndr: ['tsndr'] }
const CLASSIC = ['jsonwebtoken, string', 'jsonwebtoken, KeyObject']
const SYNC: Of<readonly string[]> = { hs256: ['hs256/sync'], jsonwebtoken: CLASSIC, 'fast-jwt': ['fast-jwt'] }
/** For each row, the task of the benchmark, and the names under which libraries run there. */
const RACES: Readonly<Record<string, readonly [task: string, names: Of<readonly string[]>]>> = {
  'time to verify, 64 in flight': ['verify, 64 in flight', ASYNC],
  'time to verify, no promise': ['verify synchronously', SYNC],
  'time to verify, no promise, seen before': [
    'tokens held, synchronously',
    { hs256: ['hs256/sync, remember'], 'fast-jwt': ['fast-jwt, cache'] },
  ],
  'time to sign, 64 in flight': ['sign, 64 in flight', ASYNC],
  'time to sign, no promise': ['sign synchronously', SYNC],
  'time to read without the secret': ['read without the secret', Object.fromEntries(NAMES.map((name) => [name, [name]]))],
}

/** The multiple of the bare work on Node 24. What follows a comma in the name of a runner is shown if there are several. */
function timeOf(task: string, runners: readonly string[] = []): string {
  const times = runners.map((runner) => `${ratioOf(run, task, '268 characters', runner, 'bare work')!.toFixed(2)} ×`)
  return times.map((time, i) => (times.length > 1 ? `${time} with ${runners[i]!.split(', ')[1]}` : time)).join(', ') || '–'
}

const rows = [
  ...(await rowsOf(FACTS, (fact, name) => fact(manifestOf(name), name))),
  ...(await rowsOf(FEATURES, async (probes, name) => ((await shows(probes[name])) ? 'yes' : '–'))),
  ...(await rowsOf({ 'right verdicts on hostile input': await verdicts() }, (right, name) => right.get(name) ?? '–')),
  ...(await rowsOf(IMPORTS, (imports, name) => sizeOf(imports[name]))),
  ...(await rowsOf(RACES, ([task, runners], name) => timeOf(task, runners[name]))),
]
const text = table(['', ...NAMES].map((head) => ({ head })), rows) // prettier-ignore
console.log(text)
const page = readFileSync(new URL(`../${PAGE}`, import.meta.url), 'utf8')
if (!process.argv.includes('--check')) place(PAGE, 'comparison', text)
else if (placed(page, 'comparison', text) !== page) throw new Error(`${PAGE} is outdated: run npm run comparison`)
