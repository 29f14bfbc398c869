/** Prepares a fresh clone for `npm start`, `npm test` and other scripts. In plain Node, because nothing is installed yet. */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..')

/** When a file was last written. A missing one counts as older than all others. */
const written = (path) => statSync(join(ROOT, path), { throwIfNoEntry: false })?.mtimeMs ?? -Infinity

/** A folder and everything in it. The folder's own time changes when a file is removed. */
const within = (folder) => [folder, ...readdirSync(join(ROOT, folder), { recursive: true }).map((path) => join(folder, path))]

/** Every file in a package.json's exports. */
const targets = (exports) => (typeof exports === 'string' ? [exports] : Object.values(exports).flatMap(targets))

/** Runs npm: the one that runs this script, if there is one. Its output is shown only if it fails. */
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
const sources = [...within('src'), ...within('examples/adapters'), 'tsup.config.ts', 'tsconfig.json', 'package.json']
const built = Math.min(...outputs.map(written))
if (built < Math.max(...sources.map(written))) npm(built === -Infinity ? 'dist is not built yet' : 'dist is older than src', 'run', 'build')
