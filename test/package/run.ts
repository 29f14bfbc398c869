/** Runs a command in a folder, and gives what it prints; where it fails, that is the error. */
import { spawnSync } from 'node:child_process'

export function run(command: readonly string[], cwd: string): string {
  const [program = '', ...args] = command
  const { NODE_ENV: _ours, NODE_OPTIONS: _too, VITEST: _also, ...environment } = process.env // of the tests, not of the package's users
  const options = { cwd, encoding: 'utf8', env: { ...environment, NO_COLOR: '1' }, timeout: 120_000 } as const
  const { stdout, stderr, status, error } = spawnSync(program, args, options)
  if (status !== 0) throw new Error(`${command.join(' ')}\n${error?.message ?? ''}${stdout ?? ''}${stderr ?? ''}`)
  return `${stdout}${stderr}`
}
