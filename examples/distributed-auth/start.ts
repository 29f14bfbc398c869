/** Starts the three services and the client, each in its own process, and serves until Ctrl-C; with `--once`, ends after the client. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { parseArgs, styleText } from 'node:util'
import { generateSecret } from 'hs256'
import { invite } from './invitation.ts'
import { endWithParent } from './line.ts'
import { startSystem, type System } from './system.ts'

const { values } = parseArgs({ options: { once: { type: 'boolean', default: false } } })
// Each service uses a free port, even if PORT is set.
const { JWT_SECRET = generateSecret(), PORT: _port, ...environment } = process.env

const ABOUT = {
  auth: 'Node http, issues tokens, serves the page',
  orders: 'Express, verifies them',
  reports: 'Fetch handler, verifies them',
} as const

endWithParent()
let interrupted = false
const interruption = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]).then(() => (interrupted = true))

let system: System | undefined
try {
  system = await startSystem({ ...environment, JWT_SECRET })
  await Promise.race([interruption, run(system), system.lost])
} catch (error) {
  console.error(styleText('red', `✗ ${error instanceof Error ? error.message : String(error)}`))
  process.exitCode = 1
} finally {
  system?.stop()
}

async function run(system: System): Promise<void> {
  console.log(styleText('bold', '\nSign in once, be known everywhere: three services that share keys in a file, and the revocation list'))
  for (const name of ['auth', 'orders', 'reports'] as const)
    console.log(`   ${name.padEnd(8)} ${system.urls[name]}  ${styleText('dim', `process ${system.processOf(name).pid}: ${ABOUT[name]}`)}`)

  const shared = process.env['REDIS_URL'] === undefined ? 'sent from process to process, on this machine only' : 'in Redis'
  console.log(`   ${styleText('dim', `keys: ${system.keyFile} · revocations: ${shared}`)}`)

  const client = fork(new URL('client.ts', import.meta.url), [...Object.values(system.urls), system.keyFile], { env: environment })
  const [code] = (await once(client, 'exit')) as [number | null]
  process.exitCode = code ?? 1
  if (values.once || code === null || interrupted) return
  invite(system)
  await interruption
}
