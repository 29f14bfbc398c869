/** Runs a file of the demo as a process of its own, as its readers do. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const DEMO = new URL('../../examples/distributed-auth/', import.meta.url)
const { JWT_SECRET: _unset, ...environment } = process.env

/** The environment of the tests, without a secret. */
export const ENVIRONMENT: NodeJS.ProcessEnv = environment

/** A process, and what it has said until now. */
export interface Started {
  readonly child: ChildProcess
  output: string
}

/** Starts it. */
export function run(file: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Started {
  const nodeArguments = ['--import', 'tsx', fileURLToPath(new URL(file, DEMO)), ...args]
  const child = spawn(process.execPath, nodeArguments, { env: { ...environment, NO_COLOR: '1', ...env } })
  const started = { child, output: '' }
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (started.output += text))
  return started
}

/** Waits for its end. */
export async function exitCode({ child }: Started): Promise<unknown> {
  const [code] = (await once(child, 'close')) as unknown[]
  return code
}
