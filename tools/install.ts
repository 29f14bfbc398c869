/** Installs the packages of a folder with its own lock file, if they are missing or older than the lock file. */
import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'

const written = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? -Infinity

export function install(folder: string): void {
  if (written(join(folder, 'node_modules/.package-lock.json')) >= written(join(folder, 'package-lock.json'))) return
  console.log(`npm ci in ${folder}`)
  const { status } = spawnSync('npm ci --no-audit --no-fund --loglevel=error', { cwd: folder, shell: true, stdio: 'inherit' })
  if (status !== 0) throw new Error(`npm ci has failed in ${folder}`)
}
