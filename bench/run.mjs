/** Runs a script of this folder, main.ts if none is named, on this Node. `node tools/prepare.mjs bench` installs what it needs. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const [script, ...rest] = process.argv[2]?.endsWith('.ts') ? process.argv.slice(2) : ['main.ts', ...process.argv.slice(2)]
const args = ['--expose-gc', '--import', 'tsx', join('bench', script), ...rest]
process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit', cwd: join(import.meta.dirname, '..') }).status ?? 1
