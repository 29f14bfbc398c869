/**
 * Prepares a fresh clone: installs the packages, and builds dist if it is older than its sources; with arguments, also installs the packages of
 * these folders. In plain Node, because nothing is installed yet.
 */
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

const DOT = 1000 // milliseconds: how often a dot shows that npm is still working

/** Runs npm: the one that runs this script, if there is one. Its output is shown only if it fails; until then, dots show that it works. */
async function npm(why, folder, ...args) {
  process.stdout.write(`${why}: npm ${args[0] === 'run' ? args.join(' ') : args[0]} `)
  const dots = setInterval(() => process.stdout.write('.'), DOT)
  const start = Date.now()
  const own = process.env.npm_execpath
  const options = { cwd: join(ROOT, folder), shell: own === undefined }
  const child = own ? spawn(process.execPath, [own, ...args], options) : spawn(`npm ${args.join(' ')}`, options)
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

for (const folder of ['', ...process.argv.slice(2)]) {
  const installed = written(join(folder, 'node_modules/.package-lock.json'))
  if (installed >= written(join(folder, 'package-lock.json'))) continue
  const place = folder === '' ? '' : `${folder}: `
  const why = installed === -Infinity ? 'nothing is installed yet' : 'package-lock.json has changed'
  await npm(`${place}${why}`, folder, 'ci', '--include=dev', '--no-audit', '--no-fund')
}

const { exports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
const outputs = targets(exports).filter((path) => path.startsWith('./dist/'))
const sources = [...within('src'), ...within('examples/adapters'), 'tsup.config.ts', 'tsconfig.json', 'package.json']
const built = Math.min(...outputs.map(written))
if (built < Math.max(...sources.map(written)))
  await npm(built === -Infinity ? 'dist is not built yet' : 'dist is older than src', '', 'run', 'build')
