/** Prepares a fresh clone for `npm start`, `npm test` and other scripts. In plain Node, because nothing is installed yet. */
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..')

/** When a file was last written. A missing one counts as older than all others. */
const written = (path) => statSync(join(ROOT, path), { throwIfNoEntry: false })?.mtimeMs ?? -Infinity

/** A folder and everything in it. The folder's own time changes when a file is removed. */
const within = (folder) => [folder, ...readdirSync(join(ROOT, folder), { recursive: true }).map((path) => join(folder, path))]

/** Every file in a package.json's exports. */
const targets = (exports) => (typeof exports === 'string' ? [exports] : Object.values(exports).flatMap(targets))

/** How often a dot shows that npm is still working (milliseconds). */
const DOT = 1000

/** Runs npm: the one that runs this script, if there is one. Its output is shown only if it fails; until then, dots show that it works. */
async function npm(why, ...args) {
  process.stdout.write(`${why}: npm ${args[0] === 'run' ? args.join(' ') : args[0]} `)
  const dots = setInterval(() => process.stdout.write('.'), DOT)
  const start = Date.now()
  const own = process.env.npm_execpath
  const child = own ? spawn(process.execPath, [own, ...args], { cwd: ROOT }) : spawn(`npm ${args.join(' ')}`, { cwd: ROOT, shell: true })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text))
  const status = await new Promise((resolve) => {
    child.once('close', resolve).once('error', ({ message }) => {
      output += message
      resolve(1)
    })
  })
  clearInterval(dots)
  console.log(status === 0 ? ` done in ${Math.ceil((Date.now() - start) / 1000)} s` : ' failed')
  if (status === 0) return
  console.error(output)
  process.exit(1)
}

const installed = written('node_modules/.package-lock.json')
if (installed < written('package-lock.json')) {
  await npm(
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
if (built < Math.max(...sources.map(written)))
  await npm(built === -Infinity ? 'dist is not built yet' : 'dist is older than src', 'run', 'build')
