/** The system under load: its services, with clocks that can be set wrong and memory that can be read. */
import { on } from 'node:events'
import { startSystem, VERIFIERS, type ServiceName, type System } from '../examples/distributed-auth/system.ts'
import type { Shot } from './shots.ts'

/** Starts the system with these variables. */
export function startServices(more: NodeJS.ProcessEnv): Promise<System> {
  const faults = new URL('faults.mjs', import.meta.url).href
  return startSystem({ ...process.env, PORT: '0', ...more }, [...process.execArgv, '--expose-gc', '--import', faults])
}

/** Sets the clocks of services wrong by this many seconds, or right by 0. Resolves once they are set. */
export async function setClocks(system: System, ahead: number, names: readonly ServiceName[] = VERIFIERS): Promise<void> {
  await Promise.all(names.map((name) => tell(system, name, { clock: ahead })))
}

/** The memory of a service in MB: live heap after a collection, and resident set. */
export async function memoryOf(system: System, name: ServiceName): Promise<{ readonly heap: number; readonly rss: number }> {
  return (await tell(system, name, { memory: true })) as { readonly heap: number; readonly rss: number }
}

/** Sends a log-out for each request, and returns the statuses: `204` if all are confirmed. */
export async function logOutOf({ urls }: System, shots: readonly Shot[]): Promise<string> {
  const answers = await Promise.all(shots.map(({ headers }) => fetch(`${urls.auth}/logout`, { method: 'POST', headers })))
  return [...new Set(answers.map(({ status }) => status))].join()
}

/** Tells a service of faults.mjs something, and returns its answer. */
async function tell(system: System, name: ServiceName, fault: object): Promise<unknown> {
  const child = system.processOf(name)
  const [member = ''] = Object.keys(fault)
  const answers = on(child, 'message')
  child.send(fault)
  for await (const [message] of answers as AsyncIterable<readonly [Readonly<Record<string, unknown>>]>)
    if (Object.hasOwn(message, member)) return message[member]
  throw new Error('the service is gone')
}
