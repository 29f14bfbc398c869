/** The supervisor: writes the key file, and starts the services, each in its own process. Without Redis, it also passes revocations between them. */
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeKeys } from '../keys-from-file/rotate.ts'
import { DOMAIN, FIRST_KID } from './agreement.ts'
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
  /** The file with the keys, which every service reads as if it were mounted. */
  readonly keyFile: string
  /** The process of a service. */
  readonly processOf: (name: ServiceName) => ChildProcess
  /** Kills a service, as a crash would, and restarts it on the same port. Resolves once it listens. It knows earlier revocations only with Redis. */
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

/** Starts the services with this environment, whose `JWT_SECRET` becomes the first key of the file, and with these Node options. Throws if one does not start. */
export async function startSystem(environment: NodeJS.ProcessEnv, execArgv: readonly string[] = process.execArgv): Promise<System> {
  const services = new Map<ServiceName, Service>()
  const folder = mkdtempSync(join(tmpdir(), 'hs256-keys-'))
  const keyFile = join(folder, 'keys.json')
  const { JWT_SECRET = '', ...shared } = environment
  await writeKeys(keyFile, [{ kty: 'oct', kid: FIRST_KID, k: Buffer.from(JWT_SECRET).toString('base64url') }])
  const stop = (): void => {
    services.forEach(({ child }) => void child.kill())
    rmSync(folder, { recursive: true, force: true })
    process.off('exit', stop)
  }
  process.once('exit', stop) // the keys must not stay on disk, even if `process.exit` ends this process
  const start = async (name: ServiceName, more: NodeJS.ProcessEnv = {}): Promise<number> => {
    const service = { ...launch(name, { ...shared, KEYS_FILE: keyFile, ...more }, execArgv, services), more }
    services.set(name, service)
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
      keyFile,
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

/** Starts one service, and passes on the revocations that it sends without Redis. */
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
