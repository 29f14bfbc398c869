/** `npm run load`: the distributed-auth system under load and through faults; `--requests 1000000`. Exits with 1 if an answer is wrong. */
import { parseArgs } from 'node:util'
import { generateSecret } from 'hs256'
import { chapter, check, conclude, list } from '../examples/distributed-auth/account.ts'
import { FIRST_KID } from '../examples/distributed-auth/agreement.ts'
import { endWithParent } from '../examples/distributed-auth/end-with-parent.ts'
import { nextSecret, rotate } from '../examples/distributed-auth/rotation.ts'
import type { System } from '../examples/distributed-auth/system.ts'
import { Person } from '../examples/distributed-auth/traffic.ts'
import { fire, type Scene, type Volley } from './fire.ts'
import { memoryOf, setClocks, startServices } from './services.ts'
import { makeShots } from './shots.ts'
import { World } from './world.ts'

const { values } = parseArgs({ options: { requests: { type: 'string', default: '100000' } } })
const REQUESTS = Number(values.requests)
const HOUR = 3600
const MB = 1024 * 1024

/** How much the memory of a service may grow, in MB; README.md has the reasons. */
const TOLERANCE = { heap: 2, rss: 64 }
const SERVICES = ['auth', 'orders', 'reports'] as const

endWithParent()
const current = { kid: FIRST_KID, secret: generateSecret() }
const next = nextSecret(current)
const system = await startServices(current.secret)
process.once('exit', system.stop)
const world = new World({ kids: [current.kid], ahead: 0 })
const volleys: Volley[] = []
let scene: Scene = { system, world, shots: await makeShots([current, next], 60) }

chapter('Load, with a rotation', `${scene.shots.length} requests, which differ in token, holder and source, are sent again and again.`)
const ada = new Person(system.urls, 'ada', 'engine')
await ada.signIn()
await fireAll(REQUESTS / 4, async (reach) => {
  await reach(0.3)
  await rotate(observed(), current, next, async () => {
    await reach(0.7)
    await ada.renew()
  })
})

chapter('Two services crash, and come back', 'They know only the secrets: users stay signed in.')
const beforeCrash = await ada.renew()
scene = { system, world, shots: await makeShots([next], 120) }
for (const name of ['orders', 'auth'] as const) await system.restart(name)
check((await ada.statusAt('orders', beforeCrash)) === 200, 'a token from before the crash is accepted')
check((await ada.statusAt('orders', await ada.renew())) === 200 && ada.refused.length === 0, 'a session from before gets a fresh token')
await fireAll(REQUESTS / 20)

chapter('Load, and clocks that jump', 'The clocks of both services jump an hour ahead, back, an hour behind, and back.')
const before = await memories()
await fireAll(REQUESTS * 0.7, async (reach) => {
  const jumps = [HOUR, 0, -HOUR, 0]
  for (const [index, ahead] of jumps.entries()) {
    await reach((index + 1) / (jumps.length + 1))
    await world.change({ ahead }, () => setClocks(system, ahead))
  }
})

chapter('The issuer’s clock is wrong')
await setClocks(system, HOUR, ['auth'])
const early = await new Person(system.urls, 'ada', 'engine').signIn()
check((await ada.statusAt('orders', early)) === 401, 'an hour ahead: its tokens are not valid yet')
await setClocks(system, -HOUR, ['auth'])
const late = await new Person(system.urls, 'ada', 'engine').signIn()
check((await ada.statusAt('orders', late)) === 401, 'an hour behind: its tokens, which live for an hour, have expired')
await setClocks(system, 0, ['auth'])
check((await ada.statusAt('orders', await ada.renew())) === 200, 'set right: users are still signed in')

chapter('Afterwards')
const after = await memories()
for (const name of SERVICES) {
  const growth = { heap: after[name].heap - before[name].heap, rss: after[name].rss - before[name].rss }
  const told = (['heap', 'rss'] as const).map((kind) => `${kind} ${inMB(before[name][kind])} → ${inMB(after[name][kind])} MB`)
  check(growth.heap < TOLERANCE.heap * MB && growth.rss < TOLERANCE.rss * MB, `the memory of ${name} is flat: ${told.join(', ')}`)
}
const answered = volleys.reduce((sum, volley) => sum + volley.requests, 0)
check(answered >= REQUESTS, `${answered} requests got the correct answer`)
list({ 'p99 of the slowest part, ms': Math.max(...volleys.map(({ p99 }) => p99)) })

conclude()
process.exit()

/** Sends requests, and checks the results. */
async function fireAll(amount: number, happen?: Parameters<typeof fire>[2]): Promise<void> {
  const volley = await fire(scene, amount, happen)
  volleys.push(volley)
  const { requests, perSecond, p50, p99, wrong, serverErrors, lost, answers } = volley
  check(wrong.length === 0, `${requests} answers, none of them wrong`, [...new Set(wrong)].slice(0, 10).join('\n     '))
  check(serverErrors === 0 && lost === 0, `no 5xx, and no request without an answer`, `${serverErrors} of 5xx, ${lost} without`)
  const counts = [...answers].sort(([one], [other]) => one.localeCompare(other))
  list({ ...Object.fromEntries(counts), 'requests in a second': perSecond, 'p50, ms': p50, 'p99, ms': p99 })
}

/** The system. The world learns each change that the services learn. */
function observed(): System {
  return {
    ...system,
    useKeys: (names, keys) =>
      names.includes('orders')
        ? world.change({ kids: keys.map(({ kid }) => kid) }, () => system.useKeys(names, keys))
        : system.useKeys(names, keys),
  }
}

async function memories(): Promise<Record<(typeof SERVICES)[number], Awaited<ReturnType<typeof memoryOf>>>> {
  const [auth, orders, reports] = await Promise.all([memoryOf(system, 'auth'), memoryOf(system, 'orders'), memoryOf(system, 'reports')])
  return { auth, orders, reports }
}

function inMB(bytes: number): string {
  return (bytes / MB).toFixed(1)
}
