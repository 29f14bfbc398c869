/** Rotates the secret of a running system under traffic. Exits with 1 if a request was rejected. */
import { setTimeout as sleep } from 'node:timers/promises'
import { createKey, decodeUnverified, generateSecret, sign } from 'hs256'
import { chapter, check, conclude, list } from './account.ts'
import { ACCESS, FIRST_KID, ISSUER } from './agreement.ts'
import { endWithParent } from './end-with-parent.ts'
import { nextSecret, rotate } from './rotation.ts'
import { startSystem } from './system.ts'
import { Person } from './traffic.ts'

/** Short, because the rotation waits until the last token of the old secret has expired; in production, twelve hours. */
const ACCESS_SECONDS = 4
const SESSION_SECONDS = 8

endWithParent()
const current = { kid: FIRST_KID, secret: generateSecret() }
const next = nextSecret(current)
const system = await startSystem({
  ...process.env,
  PORT: '0',
  JWT_SECRET: current.secret,
  ACCESS_SECONDS: String(ACCESS_SECONDS),
  SESSION_SECONDS: String(SESSION_SECONDS),
})
process.once('exit', system.stop)

chapter(
  'Traffic',
  `Three users call both services continuously. Their tokens live ${ACCESS_SECONDS} s, and are renewed after half of that.`,
)
const people = [
  new Person(system.urls, 'ada', 'engine'),
  new Person(system.urls, 'ada', 'engine'),
  new Person(system.urls, 'grace', 'compiler'),
]
const idle = new Person(system.urls, 'grace', 'compiler')
const busy = people.map((person) => person.work())
await sleep(1500)
check(served() > 0 && refused() === 0, `${served()} requests served, none rejected`)

chapter(
  'A fourth user signs in, and goes for lunch',
  'Her tokens are signed with the old secret. The session token lives longest, so it determines how long the old secret is needed.',
)
const beforeRotation = await idle.signIn()
check(decodeUnverified(beforeRotation).header.kid === current.kid, `her token is signed with ${current.kid}`)

chapter(`Rotation from ${current.kid} to ${next.kid}`)
await rotate(system, current, next, backFromLunch, (step) => check(refused() === 0, `${step} (${served()} requests served)`))

chapter('Afterwards')
await sleep(1500)
for (const person of people) person.stop()
await Promise.all(busy)
const [stolen, fresh] = await Promise.all([mint(current), idle.signIn()])
check(
  (await idle.statusAt('orders', stolen)) === 401 && (await idle.statusAt('reports', stolen)) === 401,
  `a thief of ${current.kid} can mint nothing more`,
)
check((await idle.statusAt('orders', fresh)) === 200, `a token of ${next.kid} is accepted`)
check(refused() === 0, `${served()} requests were served, none was refused, and nobody was logged out`)
list({ 'sign-ins': total('signIns'), renewals: total('renewals'), requests: served(), refused: refusals() })

conclude()
process.exit()

/** Waits until the last token of the old secret has expired. Just before that, the idle user is back and continues. */
async function backFromLunch(): Promise<void> {
  check((await idle.statusAt('orders', await mint(current))) === 200, `${current.kid} still counts`)
  await sleep((SESSION_SECONDS - 4) * 1000)
  const token = await idle.renew()
  check(
    decodeUnverified(token).header.kid === next.kid,
    `back from lunch, she is still signed in: her session of ${current.kid} got a token of ${next.kid}`,
  )
  await sleep(4000)
}

/** A token as a thief of the secret would forge it. */
async function mint({ secret, kid }: typeof current): Promise<string> {
  const { claims } = decodeUnverified(beforeRotation)
  return sign({ ...claims, iss: ISSUER, exp: Date.now() / 1000 + 60 }, createKey(secret, { kid }), { type: ACCESS })
}

function total(count: 'served' | 'signIns' | 'renewals'): number {
  return [...people, idle].reduce((sum, person) => sum + person[count], 0)
}

function served(): number {
  return total('served')
}

function refused(): number {
  return refusals().length
}

function refusals(): readonly string[] {
  return [...people, idle].flatMap((person) => person.refused)
}
