/**
 * Rotates the keys of the running demo whose key file is named, in three edits. Without an argument, it starts a demo of its own with short
 * lifetimes, rotates its keys under traffic, and exits with 1 if a request was rejected.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { createKey, decodeUnverified, generateSecret, sign } from 'hs256'
import { newKey, readKeys, rotateFile, type FileKey } from '../keys-from-file/rotate.ts'
import { chapter, check, conclude, list } from './account.ts'
import { ACCESS, ISSUER, SESSION_SECONDS as LONGEST } from './agreement.ts'
import { endWithParent } from './line.ts'
import { rotate } from './rotation.ts'
import { startSystem } from './system.ts'
import { Person } from './traffic.ts'

const [keyFile] = process.argv.slice(2)
if (keyFile !== undefined) {
  await rotateRunning(keyFile)
  process.exit()
}

/** Short, because the rotation waits until the last token of the old key has expired; in production, twelve hours. */
const ACCESS_SECONDS = 4
const SESSION_SECONDS = 8

endWithParent()
const system = await startSystem({
  ...process.env,
  PORT: '0',
  JWT_SECRET: generateSecret(),
  ACCESS_SECONDS: String(ACCESS_SECONDS),
  SESSION_SECONDS: String(SESSION_SECONDS),
})
process.once('exit', system.stop)
const [current] = await readKeys(system.keyFile)
const next = newKey(nextKid(current?.kid))

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
  'Her tokens are signed with the old key. The session token lives longest, so it determines how long the old key is needed.',
)
const beforeRotation = await idle.signIn()
check(decodeUnverified(beforeRotation).header.kid === current?.kid, `her token is signed with ${current?.kid}`)

chapter(`Rotation from ${current?.kid} to ${next.kid}`)
await rotate(system, next, backFromLunch, (step) => check(refused() === 0, `${step} (${served()} requests served)`))

chapter('Afterwards')
await sleep(1500)
for (const person of people) person.stop()
await Promise.all(busy)
const [stolen, fresh] = await Promise.all([mint(current!), idle.signIn()])
check(
  (await idle.statusAt('orders', stolen)) === 401 && (await idle.statusAt('reports', stolen)) === 401,
  `a thief of ${current?.kid} can mint nothing more`,
)
check((await idle.statusAt('orders', fresh)) === 200, `a token of ${next.kid} is accepted`)
check(refused() === 0, `${served()} requests were served, none was refused, and nobody was logged out`)
list({ 'sign-ins': total('signIns'), renewals: total('renewals'), requests: served(), refused: refusals() })

conclude()
process.exit()

/** Waits until the last token of the old key has expired. Just before that, the idle user is back and continues. */
async function backFromLunch(): Promise<void> {
  check((await idle.statusAt('orders', await mint(current!))) === 200, `${current?.kid} still counts`)
  await sleep((SESSION_SECONDS - 4) * 1000)
  const token = await idle.renew()
  check(
    decodeUnverified(token).header.kid === next.kid,
    `back from lunch, she is still signed in: her session of ${current?.kid} got a token of ${next.kid}`,
  )
  await sleep(4000)
}

/** A token as a thief of the secret would forge it. */
async function mint(key: FileKey): Promise<string> {
  const { claims } = decodeUnverified(beforeRotation)
  return sign({ ...claims, iss: ISSUER, exp: Date.now() / 1000 + 60 }, createKey(key), { type: ACCESS })
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

/** Rotates the keys of a running demo. Its services read the file every second. */
async function rotateRunning(path: string): Promise<void> {
  const next = newKey(nextKid((await readKeys(path)).at(-1)?.kid))
  const hours = (LONGEST / 3600).toFixed(1)
  await rotateFile(path, next, {
    everywhere: () => sleep(3000),
    untilLastExpires: () => {
      console.log(`   waiting ${hours} h, until the last session of the old key has ended; Ctrl-C leaves the third edit to you`)
      return sleep(LONGEST * 1000)
    },
    tell: (step) => console.log(`   ${step}`),
  })
}

function nextKid(kid = 'key-0'): string {
  return kid.replace(/\d*$/, (number) => String(Number(number) + 1))
}
