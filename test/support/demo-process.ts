/** Runs a file of the demo as a process of its own, as its readers do. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { startSystem, type System } from '../../examples/distributed-auth/system.ts'

const DEMO = new URL('../../examples/distributed-auth/', import.meta.url)
const { JWT_SECRET: _unset, ...environment } = process.env

export const SECRET = 'a secret of the tests, 32 bytes or more'

/** Starts the services of the demo on free ports. */
export function startDemo(env: NodeJS.ProcessEnv = {}): Promise<System> {
  return startSystem({ ...environment, PORT: '0', JWT_SECRET: SECRET, ...env }, ['--import', 'tsx'])
}

export type HeaderValues = Readonly<Record<string, string>>

/** Makes what sends a request, such as `POST /login`, to a service of a demo, which may start later. */
export function askerOf(system: () => System) {
  return (service: keyof System['urls'], route: string, headers: HeaderValues = {}, body: string | null = null): Promise<Response> => {
    const [method = '', path = ''] = route.split(' ')
    return fetch(`${system().urls[service]}${path}`, { method, headers, body })
  }
}

/** A process, and what it has said until now. */
export interface Started {
  readonly child: ChildProcess
  output: string
}

export function run(file: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Started {
  const nodeArguments = ['--import', 'tsx', fileURLToPath(new URL(file, DEMO)), ...args]
  const child = spawn(process.execPath, nodeArguments, { env: { ...environment, NO_COLOR: '1', ...env } })
  const started = { child, output: '' }
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (started.output += text))
  return started
}

export async function exitCode({ child }: Started): Promise<unknown> {
  const [code] = (await once(child, 'close')) as unknown[]
  return code
}
