/** The system under load: its services, with clocks that can be set wrong and memory that can be read. */
import type { ChildProcess } from 'node:child_process'
import { on } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { startSystem, VERIFIERS, type ServiceName, type System } from '../examples/distributed-auth/system.ts'
import type { Shot } from './shots.ts'

/** The memory of a service in MB: live heap after a collection, and resident set. */
export interface Memory {
  readonly heap: number
  readonly rss: number
}

/** Starts the system, with its revocations in this Redis. */
export function startServices(secret: string, more: NodeJS.ProcessEnv): Promise<System> {
  const faults = new URL('faults.mjs', import.meta.url).href
  return startSystem({ ...process.env, PORT: '0', JWT_SECRET: secret, ...more }, [...process.execArgv, '--expose-gc', '--import', faults])
}

/** Sets the clocks of services wrong by this many seconds, or right by 0. Resolves once they are set. */
export async function setClocks(system: System, ahead: number, names: readonly ServiceName[] = VERIFIERS): Promise<void> {
  await Promise.all(names.map((name) => ask(system.processOf(name), { clock: ahead }, 'clock')))
}

/** Reads the memory of a service, after a garbage collection. */
export async function memoryOf(system: System, name: ServiceName): Promise<Memory> {
  return (await ask(system.processOf(name), { memory: true }, 'memory')) as Memory
}

/** Sends a log-out for each good token, and returns the statuses: `204` if all are confirmed. */
export async function logOutOf({ urls }: System, shots: readonly Shot[]): Promise<string> {
  const good = shots.filter(({ what }) => what === 'good')
  const answers = await Promise.all(good.map(({ headers }) => fetch(`${urls.auth}/logout`, { method: 'POST', headers })))
  return [...new Set(answers.map(({ status }) => status))].join()
}

/** Waits until every service serves a good token. */
export async function untilServing({ urls }: System, token: string): Promise<void> {
  const headers = { Authorization: `Bearer ${token}` }
  for (const url of [`${urls.auth}/api/jwt`, `${urls.orders}/orders`, `${urls.reports}/reports`])
    while ((await fetch(url, { headers })).status !== 200) await sleep(20)
}

async function ask(child: ChildProcess, question: object, member: string): Promise<unknown> {
  const answers = on(child, 'message')
  child.send(question)
  for await (const [message] of answers as AsyncIterable<readonly [Readonly<Record<string, unknown>>]>) {
    if (Object.hasOwn(message, member)) return message[member]
  }
  throw new Error('the service is gone')
}
