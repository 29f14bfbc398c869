/** Makes a fresh clone ready, before `npm start`, `npm test` and the other scripts that need it: plain Node, as nothing is installed yet. */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..')

/** When a file was last written; a missing one is older than all others. */
const written = (path) => statSync(join(ROOT, path), { throwIfNoEntry: false })?.mtimeMs ?? -Infinity

/** The folder and all in it: a folder's own time tells of files that are gone. */
const within = (folder) => [folder, ...readdirSync(join(ROOT, folder), { recursive: true }).map((path) => join(folder, path))]

/** Every file that a package.json's exports lead to. */
const targets = (exports) => (typeof exports === 'string' ? [exports] : Object.values(exports).flatMap(targets))

/** Runs npm, the one that runs this script if there is one; its output is shown only where it fails. */
function npm(why, ...args) {
  console.log(`${why}: npm ${args[0] === 'run' ? args.join(' ') : args[0]}`)
  const own = process.env.npm_execpath
  const options = { cwd: ROOT, encoding: 'utf8' }
  const done = own ? spawnSync(process.execPath, [own, ...args], options) : spawnSync(`npm ${args.join(' ')}`, { ...options, shell: true })
  if (done.status === 0) return
  console.error(`${done.stdout ?? ''}${done.stderr ?? ''}${done.error?.message ?? ''}`)
  process.exit(1)
}

const installed = written('node_modules/.package-lock.json')
if (installed < written('package-lock.json')) {
  npm(
    installed === -Infinity ? 'nothing is installed yet' : 'package-lock.json has changed',
    'ci',
    '--include=dev',
    '--no-audit',
    '--no-fund',
  )
}

const { exports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
const outputs = targets(exports).filter((path) => path.startsWith('./dist/'))
const sources = [...within('src'), 'tsup.config.ts', 'tsconfig.json', 'package.json']
const built = Math.min(...outputs.map(written))
if (built < Math.max(...sources.map(written))) npm(built === -Infinity ? 'dist is not built yet' : 'dist is older than src', 'run', 'build')
