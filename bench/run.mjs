/** Runs `npm run bench` and `npm run corpus`: installs the peers if they are missing or have changed, then measures. See README.md beside it. */
import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'

const BENCH = import.meta.dirname

/** When a file was last written. A missing one counts as older than all others. */
const written = (path) => statSync(join(BENCH, path), { throwIfNoEntry: false })?.mtimeMs ?? -Infinity

/** Runs a program to its end. If it fails, so does this script. */
function run(program, args, options) {
  const { status, error } = spawnSync(program, args, { stdio: 'inherit', ...options })
  if (error) console.error(error.message)
  if (status !== 0) process.exit(status ?? 1)
}

if (written('node_modules/.package-lock.json') < written('package-lock.json')) {
  console.log('installing the peers: npm ci in bench/')
  run('npm ci --no-audit --no-fund --loglevel=error', [], { cwd: BENCH, shell: true })
}

const [script, ...rest] = process.argv[2]?.endsWith('.ts') ? process.argv.slice(2) : ['main.ts', ...process.argv.slice(2)]
const node = ['--expose-gc', '--import', 'tsx', join('bench', script), ...rest]
run(process.execPath, node, { cwd: join(BENCH, '..') })
