/** Runs a script of this folder, main.ts if none is named: installs the peers if they are missing or have changed. */
import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'

const cwd = import.meta.dirname
const written = (path) => statSync(join(cwd, path), { throwIfNoEntry: false })?.mtimeMs ?? -Infinity
const run = (program, args, options) => {
  const { status } = spawnSync(program, args, { stdio: 'inherit', ...options })
  if (status !== 0) process.exit(status ?? 1)
}

if (written('node_modules/.package-lock.json') < written('package-lock.json'))
  run('npm ci --no-audit --no-fund --loglevel=error', [], { cwd, shell: true })
const [script, ...rest] = process.argv[2]?.endsWith('.ts') ? process.argv.slice(2) : ['main.ts', ...process.argv.slice(2)]
run(process.execPath, ['--expose-gc', '--import', 'tsx', join('bench', script), ...rest], { cwd: join(cwd, '..') })
