/** Starts the three services and the client, each in its own process, and serves until Ctrl-C; with `--once`, ends after the client. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { generateSecret } from 'hs256'
import colors from 'picocolors'
import { FIRST_KID } from './agreement.ts'
import { endWithParent } from './end-with-parent.ts'
import { invite } from './invitation.ts'
import { SESSION_SECONDS } from './lifetimes.ts'
import { openLine } from './line.ts'
import { nextSecret, rotate } from './rotation.ts'
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
  console.error(colors.red(`✗ ${error instanceof Error ? error.message : String(error)}`))
  process.exitCode = 1
} finally {
  system?.stop()
}

async function run(system: System): Promise<void> {
  console.log(colors.bold('\nSign in once, be known everywhere: three services that share a secret, and nothing else'))
  for (const name of ['auth', 'orders', 'reports'] as const)
    console.log(`   ${name.padEnd(8)} ${system.urls[name]}  ${colors.dim(`process ${system.processOf(name).pid}: ${ABOUT[name]}`)}`)

  const client = fork(new URL('client.ts', import.meta.url), Object.values(system.urls), { env: environment })
  openLine(client, ({ topic }) => (topic === 'rotate' ? introduceNextSecret(system) : undefined))
  const [code] = (await once(client, 'exit')) as [number | null]
  process.exitCode = code ?? 1
  if (values.once || code === null || interrupted) return
  invite(system)
  await interruption
}

/** Starts a rotation. Resolves once the issuer signs with the next secret. The old one is dropped later, when its last token has expired. */
function introduceNextSecret(system: System): Promise<void> {
  const current = { kid: FIRST_KID, secret: JWT_SECRET }
  return new Promise((resolve, reject) => {
    const untilLastExpires = (): Promise<unknown> => {
      resolve()
      return sleep(SESSION_SECONDS * 1000, undefined, { ref: false })
    }
    rotate(system, current, nextSecret(current), untilLastExpires).catch(reject)
  })
}
