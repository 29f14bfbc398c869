/** `npm run load`: the distributed-auth system on Redis, under load and through faults; `--requests 1000000`. Exits with 1 if an answer is wrong. */
import { readFile, writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { generateSecret } from 'hs256'
import { chapter, check, conclude, list } from '../examples/distributed-auth/account.ts'
import { endWithParent } from '../examples/distributed-auth/line.ts'
import { rotate } from '../examples/distributed-auth/rotation.ts'
import { Person } from '../examples/distributed-auth/traffic.ts'
import { newKey, readKeys } from '../examples/keys-from-file/rotate.ts'
import { startRedis } from '../test/support/redis-server.ts'
import { World } from './deserved.ts'
import { fire } from './fire.ts'
import { logOutOf, memoryOf, setClocks, startServices } from './services.ts'
import { makeShots } from './shots.ts'

const { values } = parseArgs({ options: { requests: { type: 'string', default: '100000' } } })
const REQUESTS = Number(values.requests)
const SERVICES = ['auth', 'orders', 'reports'] as const
const goodOf = (of: typeof shots) => of.filter(({ what }) => what === 'good')

endWithParent()
const JWT_SECRET = generateSecret()
const next = newKey('key-2')
const calm = await startServices({ JWT_SECRET, REDIS_URL: undefined })
process.once('exit', calm.stop)
const keys = await readKeys(calm.keyFile)
const initial = { kids: ['key-1'], ahead: 0, revoked: new Set<string>(), down: undefined }
let shots = await makeShots(keys, 120)

chapter('Without any revocation', `${shots.length} requests, which differ in token, holder and source, are sent again and again.`)
const without = await fire(calm.urls, new World(initial), shots, REQUESTS / 20)
calm.stop()

const redis = await startRedis()
const system = await startServices({ JWT_SECRET, REDIS_URL: redis.url })
process.once('exit', system.stop)
const { urls } = system
const world = new World(initial)
const ada = new Person(urls, 'ada', 'engine')
await ada.signIn()

chapter('With Redis, while users log out')
const withRedis = await fire(urls, world, shots, REQUESTS / 20, async (reach) => {
  for (const share of [0.2, 0.4, 0.6]) {
    await reach(share)
    await logOut(20)
  }
})
list({ 'p99 without any revocation, ms': without, 'p99 with Redis, ms': withRedis })

chapter('The key file is rotated, and broken')
shots = await makeShots([...keys, next], 60)
await fire(urls, world, shots, REQUESTS / 10, async (reach) => {
  await reach(0.2)
  let rotation: Promise<void> | undefined
  const untilLastExpires = async (): Promise<void> => {
    await reach(0.5)
    await ada.renew()
    void world.change({ kids: ['key-2'] }, async () => rotation)
  }
  await world.change(
    { kids: ['key-1', 'key-2'] },
    () => new Promise<void>((resolve) => void (rotation = rotate(system, next, untilLastExpires, () => resolve()))),
  )
  await rotation
  const text = await readFile(system.keyFile, 'utf8')
  await writeFile(system.keyFile, text.slice(0, -20))
  await Promise.all([reach(0.9), sleep(3000)])
  await ada.renew()
  await writeFile(system.keyFile, text)
})

chapter('Two services crash and come back, and so does Redis', 'While Redis is down, every good token gets 503.')
shots = await makeShots([next], 120)
const beforeCrash = await ada.renew()
await fire(urls, world, shots, REQUESTS / 10, async (reach) => {
  await logOut(50)
  await world.change({ down: 'orders' }, () => system.restart('orders'))
  await world.change({ down: undefined }, async () => {})
  await system.restart('auth')
  await reach(0.2)
  await world.change({ down: 'redis' }, redis.kill)
  await reach(0.6)
  check((await logOutOf(system, goodOf(shots).slice(0, 20))) === '503', 'a log-out is not confirmed while Redis is down')
  await world.change({ down: undefined }, async () => {
    await redis.start()
    for (const url of [`${urls.auth}/api/jwt`, `${urls.orders}/orders`, `${urls.reports}/reports`])
      while ((await fetch(url, { headers: { Authorization: `Bearer ${beforeCrash}` } })).status !== 200) await sleep(20)
  })
  await logOut(50)
})
check((await ada.statusAt('orders', beforeCrash)) === 200, 'a token from before the crashes is accepted')
check((await ada.statusAt('orders', await ada.renew())) === 200 && ada.refused.length === 0, 'a session from before gets a fresh token')

chapter('Clocks that jump', 'The clocks of both services jump an hour ahead, back, an hour behind, and back.')
const memories = () => Promise.all(SERVICES.map((name) => memoryOf(system, name)))
const before = await memories()
await fire(urls, world, shots, REQUESTS * 0.7, async (reach) => {
  for (const [index, ahead] of [3600, 0, -3600, 0].entries()) {
    await reach((index + 1) / 5)
    await world.change({ ahead }, () => setClocks(system, ahead))
    await logOut(20)
  }
})

chapter('The issuer’s clock is wrong')
for (const [ahead, effect] of [
  [3600, 'an hour ahead: its tokens are not valid yet'],
  [-3600, 'an hour behind: its tokens, which live for an hour, have expired'],
] as const) {
  await setClocks(system, ahead, ['auth'])
  check((await ada.statusAt('orders', await new Person(urls, 'ada', 'engine').signIn())) === 401, effect)
}
await setClocks(system, 0, ['auth'])
check((await ada.statusAt('orders', await ada.renew())) === 200, 'set right: users are still signed in')

chapter('Afterwards')
for (const [index, after] of (await memories()).entries()) {
  const { heap, rss } = before[index]!
  const isFlat = after.heap - heap < 2 && after.rss - rss < 64 // README.md has the reasons
  check(isFlat, `the memory of ${SERVICES[index]} is flat: heap ${heap} → ${after.heap} MB, resident set ${rss} → ${after.rss} MB`)
}

conclude()
await redis.stop()
process.exit()

/** Logs out the holders of some good tokens. From the confirmation on, their tokens count no more. */
async function logOut(count: number): Promise<void> {
  const { kids, revoked } = world.now
  const good = goodOf(shots)
    .filter(({ credentials: [one] }) => kids.includes(one!.kid) && !revoked.has(one!.sub))
    .slice(0, count)
  const subjects = good.map(({ credentials: [one] }) => one!.sub)
  await world.change({ revoked: new Set([...revoked, ...subjects]) }, async () => {
    check(subjects.length === count && (await logOutOf(system, good)) === '204', `${count} log-outs are confirmed`)
  })
}
