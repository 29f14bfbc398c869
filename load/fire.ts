/** Sends requests to the services over open connections, and checks every answer. */
import { Agent, get } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { System } from '../examples/distributed-auth/system.ts'
import { deserved } from './deserved.ts'
import type { Shot } from './shots.ts'
import type { World } from './world.ts'

const CONNECTIONS = 16

/** The results of both services together. Latencies are in milliseconds. */
export interface Volley {
  readonly requests: number
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
  /** The number of each answer: `200`, `401 token_expired`, … */
  readonly answers: ReadonlyMap<string, number>
  /** Wrong answers. */
  readonly wrong: readonly string[]
}

/** The environment of the shots. */
export interface Scene {
  readonly urls: System['urls']
  readonly world: World
  readonly shots: readonly Shot[]
}

/** Resolves when this share of the requests has been answered, from 0 to 1. */
export type Reach = (share: number) => Promise<void>

/** Sends requests to both services: at least this many, and until all else has happened. */
export async function fire(
  { urls, world, shots }: Scene,
  amount: number,
  happen: (reach: Reach) => Promise<void> = async () => {},
): Promise<Volley> {
  const answers = new Map<string, number>()
  const wrong: string[] = []
  const latencies: number[] = []
  const waiting = new Map<() => void, number>()
  const begin = performance.now()
  let sent = 0
  let hasHappened = false

  async function work(target: 'orders' | 'reports', agent: Agent): Promise<void> {
    while (sent < amount || !hasHappened) {
      const { what, headers, credentials } = shots[(sent += 1) % shots.length]!
      const [moment, start] = [world.moment, performance.now()]
      const answer = await ask(`${urls[target]}/${target}`, headers, agent)
      latencies.push(performance.now() - start)
      const kind = answer.replace(/^200 .*/, '200')
      answers.set(kind, (answers.get(kind) ?? 0) + 1)
      const expected = deserved(credentials, target, world.since(moment), Date.now() / 1000)
      if (!expected.includes(answer)) wrong.push(`${target}: ${what}: ${answer} instead of ${[...new Set(expected)].join(' or ')}`)
      for (const [resolve, share] of waiting) if (latencies.length >= share * amount) resolve()
      if (answer === 'no answer') await sleep(50)
    }
  }
  const workers = (['orders', 'reports'] as const).flatMap((target) => {
    const agent = new Agent({ keepAlive: true })
    return Array.from({ length: CONNECTIONS }, () => work(target, agent))
  })
  const happening = happen((share) => new Promise((resolve) => waiting.set(resolve, share))).finally(() => (hasHappened = true))
  await Promise.all([...workers, happening])
  const perSecond = Math.round((latencies.length / (performance.now() - begin)) * 1000)
  latencies.sort((one, other) => one - other)
  const [p50, p99] = [0.5, 0.99].map((share) => Math.round(latencies[Math.floor(share * latencies.length)] ?? 0))
  return { requests: latencies.length, perSecond, p50: p50!, p99: p99!, answers, wrong }
}

/** The status, and the error or else the user in the body. */
function ask(url: string, headers: Shot['headers'], agent: Agent): Promise<string> {
  return new Promise((resolve) => {
    const lost = (): void => resolve('no answer')
    const request = get(url, { headers, agent, timeout: 10_000 }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('error', lost).on('close', lost)
      response.on('data', (text: string) => (body += text)).on('end', () => resolve(`${response.statusCode} ${read(body)}`))
    })
    request.on('error', lost).on('timeout', () => request.destroy())
  })
}

function read(body: string): string {
  const { error, user } = JSON.parse(body.startsWith('{') ? body : '{}') as { readonly error?: string; readonly user?: string }
  return error ?? user ?? ''
}
