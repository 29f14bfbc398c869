/** Runs `npm run load`: installs autocannon if it is missing or has changed, then starts. See README.md beside it. */
import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'

const LOAD = import.meta.dirname
const AUTOCANNON = join(LOAD, 'autocannon')

/** When a file was last written. A missing one counts as older than all others. */
const written = (path) => statSync(join(AUTOCANNON, path), { throwIfNoEntry: false })?.mtimeMs ?? -Infinity

/** Runs a program to its end. If it fails, so does this script. */
function run(program, args, options) {
  const { status, error } = spawnSync(program, args, { stdio: 'inherit', ...options })
  if (error) console.error(error.message)
  if (status !== 0) process.exit(status ?? 1)
}

if (written('node_modules/.package-lock.json') < written('package-lock.json')) {
  console.log('installing autocannon: npm ci in load/autocannon/')
  run('npm ci --no-audit --no-fund --loglevel=error', [], { cwd: AUTOCANNON, shell: true })
}

run(process.execPath, ['--import', 'tsx', join('load', 'main.ts'), ...process.argv.slice(2)], { cwd: join(LOAD, '..') })
