/** Starts the three services and the client, each a process of its own, and keeps serving until Ctrl-C; with `--once` it ends by itself. */
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { generateSecret } from 'hs256'
import colors from 'picocolors'
import { endWithParent } from './end-with-parent.ts'

const { values } = parseArgs({ options: { once: { type: 'boolean', default: false } } })
// Each service finds a port of its own, whatever PORT says to one of them.
const { JWT_SECRET = generateSecret(), PORT: _port, ...environment } = process.env

const SERVICES = [
  { name: 'auth', file: 'auth-service.ts', about: 'Node http, issues tokens' },
  { name: 'orders', file: 'orders-service.ts', about: 'Express, verifies them' },
  { name: 'reports', file: 'reports-service.ts', about: 'Fetch handler, verifies them' },
] as const

endWithParent()
let interrupted = false
const interruption = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]).then(() => (interrupted = true))

const services = SERVICES.map(({ file }) => launch(file, [], { ...environment, JWT_SECRET }))
try {
  await Promise.race([interruption, run(), ...services.map(expectToStay)])
} catch (error) {
  console.error(colors.red(`✗ ${error instanceof Error ? error.message : String(error)}`))
  process.exitCode = 1
} finally {
  for (const service of services) service.kill()
}

async function run(): Promise<void> {
  const urls = await Promise.all(services.map(urlOf))
  console.log(colors.bold('\nSign in once, be known everywhere: three services that share a secret, and nothing else'))
  SERVICES.forEach(({ name, about }, index) => {
    console.log(`   ${name.padEnd(8)} ${urls[index]}  ${colors.dim(`process ${services[index]?.pid}: ${about}`)}`)
  })

  const [code] = (await once(launch('client.ts', urls, environment), 'exit')) as [number | null]
  process.exitCode = code ?? 1
  if (values.once || code === null || interrupted) return
  invite(urls)
  await interruption
}

function invite([auth = '', orders = '', reports = '']: readonly string[]): void {
  const lines = [
    ['Sign in', `TOKEN=$(curl -s ${auth}/login --json '{"user":"ada","password":"engine"}' | cut -d '"' -f 4)`],
    ['With the cookie', `curl -i ${orders}/orders -H "Cookie: jwt=$TOKEN"`],
    ['With the header', `curl -i ${reports}/reports -H "Authorization: Bearer $TOKEN"`],
    ['Renew', `curl -i ${auth}/api/jwt -H "Cookie: jwt=$TOKEN"`],
    ['With no token', `curl -i ${orders}/orders`],
  ] as const
  console.log(`\n${colors.bold('Now you, in another terminal')} (Ctrl-C here ends all of it)`)
  for (const [title, line] of lines) console.log(`\n   ${colors.dim(title)}\n   ${line}`)
  console.log()
}

function launch(file: string, args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  return fork(new URL(file, import.meta.url), args, { env })
}

async function urlOf(service: ChildProcess): Promise<string> {
  const [{ port }] = (await once(service, 'message', { signal: AbortSignal.timeout(20_000) })) as [{ readonly port: number }]
  return `http://127.0.0.1:${port}`
}

async function expectToStay(service: ChildProcess, index: number): Promise<never> {
  const [code, signal] = (await once(service, 'exit')) as [number | null, string | null]
  throw new Error(`the ${SERVICES[index]?.name} service ended with ${code ?? signal}`)
}
