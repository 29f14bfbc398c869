/** The supervisor: starts the services, each in its own process, and passes messages between them. */
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { DOMAIN } from './agreement.ts'
import type { SharedSecret } from './keys.ts'
import { openLine, type Tell } from './line.ts'

export type ServiceName = 'auth' | 'orders' | 'reports'

/** The services that only verify. */
export const VERIFIERS: readonly ServiceName[] = ['orders', 'reports']

/** The running services. */
export interface System {
  /** The origins for programs, because Node may not resolve `*.localhost`. */
  readonly urls: Readonly<Record<ServiceName, string>>
  /** The origin to open in a browser. */
  readonly page: string
  /** Sends these secrets to these services. Resolves once all of them use them. */
  readonly useKeys: (names: readonly ServiceName[], keys: readonly SharedSecret[]) => Promise<void>
  /** The process of a service. */
  readonly processOf: (name: ServiceName) => ChildProcess
  /** Kills a service, as a crash would, and restarts it on the same port. Resolves once it listens. It gets the current keys, but no revocations. */
  readonly restart: (name: ServiceName) => Promise<void>
  /** Rejects if a service ends by itself. */
  readonly lost: Promise<never>
  readonly stop: () => void
}

interface Service {
  readonly child: ChildProcess
  readonly tell: Tell
  readonly port: Promise<number>
  readonly lost: Promise<never>
  /** Its environment, in addition to the shared one. */
  readonly more: NodeJS.ProcessEnv
}

/** Starts the services with this environment, which has `JWT_SECRET`, and with these Node options. Throws if one does not start. */
export async function startSystem(environment: NodeJS.ProcessEnv, execArgv: readonly string[] = process.execArgv): Promise<System> {
  const services = new Map<ServiceName, Service>()
  const given = new Map<ServiceName, readonly SharedSecret[]>()
  const stop = (): void => services.forEach(({ child }) => void child.kill())
  const start = async (name: ServiceName, more: NodeJS.ProcessEnv = {}): Promise<number> => {
    const service = { ...launch(name, { ...environment, ...more }, execArgv, services), more }
    services.set(name, service)
    const keys = given.get(name)
    if (keys) void service.tell({ topic: 'keys', keys }) // it gets them before it listens
    return Promise.race([service.port, service.lost])
  }
  try {
    const auth = await start('auth')
    const PAGE_ORIGIN = hostOf('auth', auth)
    const [orders, reports] = await Promise.all([start('orders', { PAGE_ORIGIN }), start('reports', { PAGE_ORIGIN })])
    await services.get('auth')?.tell({
      topic: 'services',
      urls: { orders: hostOf('orders', orders), reports: hostOf('reports', reports) },
    })
    const lost = Promise.race([...services.values()].map((service) => service.lost))
    lost.catch(() => {}) // for callers that await it; nobody has to
    return {
      urls: { auth: loopback(auth), orders: loopback(orders), reports: loopback(reports) },
      page: PAGE_ORIGIN,
      useKeys: async (names, keys) => {
        for (const name of names) given.set(name, keys)
        await Promise.all(names.map((name) => services.get(name)!.tell({ topic: 'keys', keys })))
      },
      processOf: (name) => services.get(name)!.child,
      restart: async (name) => {
        const { child, port, more } = services.get(name)!
        child.kill('SIGKILL')
        if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
        await start(name, { ...more, PORT: String(await port) })
      },
      lost,
      stop,
    }
  } catch (error) {
    stop()
    throw error
  }
}

/** Starts one service, and relays its revocations to all others, as a message bus would. */
function launch(
  name: ServiceName,
  env: NodeJS.ProcessEnv,
  execArgv: readonly string[],
  services: ReadonlyMap<ServiceName, Service>,
): Omit<Service, 'more'> {
  const child = fork(new URL(`${name}-service.ts`, import.meta.url), [], { env, execArgv: [...execArgv] })
  let listening: (port: number) => void
  const port = new Promise<number>((resolve) => (listening = resolve))
  const tell = openLine(child, async (message) => {
    if (message.topic === 'listening') listening(message.port)
    if (message.topic !== 'revoked') return
    const others = [...services.values()].filter((service) => service.child !== child)
    await Promise.all(others.map((service) => service.tell(message)))
  })
  const lost = once(child, 'exit').then(([code, signal]) => {
    throw new Error(`the ${name} service ended with ${code ?? signal}`)
  })
  lost.catch(() => {})
  return { child, tell, port, lost }
}

function loopback(port: number): string {
  return `http://127.0.0.1:${port}`
}

function hostOf(name: ServiceName, port: number): string {
  return `http://${name}.${DOMAIN}:${port}`
}
