/** `npm run comparison`: compares the libraries and writes the table of docs/comparison.md; with `--check`, fails if it differs. */
import { readFileSync } from 'node:fs'
import { build } from 'esbuild'
import { gzipSync } from 'node:zlib'
import { FEATURES, NAMES, type Name } from './features.ts'
import { majorOf, ratioOf } from './goals.ts'
import { readRuns } from './results.ts'
import { place, placed, table } from './table.ts'
import { verdicts } from './verdicts.ts'

type Row = readonly string[]
type Cells = Readonly<Partial<Record<Name, string>>>

const PAGE = 'docs/comparison.md'
const PACKAGES: Readonly<Record<string, string>> = { 'hono/jwt': 'hono', tsndr: '@tsndr/cloudflare-worker-jwt' }

const row = async (what: string, cellOf: (name: Name) => string | Promise<string>): Promise<Row> => [
  what,
  ...(await Promise.all(NAMES.map(cellOf))),
]

function packages(): Promise<readonly Row[]> {
  const manifestOf = (name: Name) => {
    const path = name === 'hs256' ? '../package.json' : `node_modules/${PACKAGES[name] ?? name}/package.json`
    return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as Readonly<Record<string, unknown>>
  }
  const hasTypes = ({ types, exports }: ReturnType<typeof manifestOf>) =>
    types !== undefined || JSON.stringify(exports ?? '').includes('.d.ts')
  return Promise.all([
    row('version', (name) => (name === 'hs256' ? 'this one' : String(manifestOf(name)['version']))),
    row('dependencies', (name) => String(Object.keys(Object(manifestOf(name)['dependencies'])).length)),
    row('types included', (name) => (hasTypes(manifestOf(name)) ? 'yes' : '–')),
  ])
}

function features(): Promise<readonly Row[]> {
  const probed = (probes: (typeof FEATURES)[string]) => async (name: Name) => {
    const found = await (async () => probes[name]?.())().catch(() => false)
    return found === true ? 'yes' : '–'
  }
  return Promise.all(Object.entries(FEATURES).map(([what, probes]) => row(what, probed(probes))))
}

/** For each task, what a page imports for it. */
const IMPORTS: Readonly<Record<string, Cells>> = {
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

/** For each row, the task of the benchmark, and the names under which libraries run there; what follows a comma is shown. */
const RACES: Readonly<Record<string, readonly [task: string, names: Readonly<Partial<Record<Name, readonly string[]>>>]>> = {
  'verify, 64 in flight': ['verify, 64 in flight', { hs256: ['hs256'], jose: ['jose'], 'hono/jwt': ['hono/jwt'], tsndr: ['tsndr'] }],
  'verify, no promise': [
    'verify synchronously',
    { hs256: ['hs256/sync'], jsonwebtoken: ['jsonwebtoken, string', 'jsonwebtoken, KeyObject'], 'fast-jwt': ['fast-jwt'] },
  ],
  'verify, no promise, tokens seen before': [
    'tokens held, synchronously',
    { hs256: ['hs256/sync, remember'], 'fast-jwt': ['fast-jwt, cache'] },
  ],
  'sign, 64 in flight': ['sign, 64 in flight', { hs256: ['hs256'], jose: ['jose'], 'hono/jwt': ['hono/jwt'], tsndr: ['tsndr'] }],
  'sign, no promise': [
    'sign synchronously',
    { hs256: ['hs256/sync'], jsonwebtoken: ['jsonwebtoken, string', 'jsonwebtoken, KeyObject'], 'fast-jwt': ['fast-jwt'] },
  ],
  'read without the secret': ['read without the secret', Object.fromEntries(NAMES.map((name) => [name, [name]]))],
}

/** Multiples of the bare work on Node 24. */
function speeds(): Promise<readonly Row[]> {
  const run = readRuns().find((one) => majorOf(one) === 24)!
  const times = (task: string, names: readonly string[]): string =>
    names.map((name) => `${ratioOf(run, task, '268 characters', name, 'bare work')!.toFixed(2)} ×${/, (?:string|KeyObject)/.exec(name)?.[0].replace(',', '') ?? ''}`).join(', ') || '–' // prettier-ignore
  return Promise.all(Object.entries(RACES).map(([what, [task, names]]) => row(`time to ${what}`, (name) => times(task, names[name] ?? []))))
}

const right = await verdicts()
const rows = [
  ...(await packages()),
  ...(await features()),
  await row('right verdicts on hostile input', (name) => right.get(name) ?? '–'),
  ...(await Promise.all(Object.entries(IMPORTS).map(([what, imports]) => row(what, (name) => sizeOf(imports[name]))))),
  ...(await speeds()),
]
const text = table(['', ...NAMES].map((head) => ({ head })), rows) // prettier-ignore
console.log(text)
const page = readFileSync(new URL(`../${PAGE}`, import.meta.url), 'utf8')
if (!process.argv.includes('--check')) place(PAGE, 'comparison', text)
else if (placed(page, 'comparison', text) !== page) throw new Error(`${PAGE} is outdated: run npm run comparison`)
