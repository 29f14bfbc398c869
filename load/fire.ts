/** Sends requests to the services over 32 open connections, and checks every answer. */
import { Agent, get } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { check, list } from '../examples/distributed-auth/account.ts'
import type { System } from '../examples/distributed-auth/system.ts'
import { deserved, type World } from './deserved.ts'
import type { Shot } from './shots.ts'

/** Resolves when this share of the requests has been answered, from 0 to 1. */
export type Reach = (share: number) => Promise<void>

/** Sends requests to both services: at least this many, and until all else has happened. Returns the 99th percentile of the latencies in milliseconds. */
export async function fire(
  urls: System['urls'],
  world: World,
  shots: readonly Shot[],
  amount: number,
  happen: (reach: Reach) => Promise<void> = async () => {},
): Promise<number> {
  const answers: Record<string, number> = {}
  const wrong = new Set<string>()
  const latencies: number[] = []
  const waiting = new Map<() => void, number>()
  const begin = performance.now()
  let [sent, hasHappened] = [0, false]

  async function work(target: 'orders' | 'reports', agent: Agent): Promise<void> {
    while (sent < amount || !hasHappened) {
      const { what, headers, credentials } = shots[(sent += 1) % shots.length]!
      const [moment, start] = [world.moment, performance.now()]
      const answer = await ask(`${urls[target]}/${target}`, headers, agent)
      latencies.push(performance.now() - start)
      const kind = answer.replace(/^200 .*/, '200')
      answers[kind] = (answers[kind] ?? 0) + 1
      const expected = deserved(credentials, target, world.since(moment), Date.now() / 1000)
      if (!expected.includes(answer)) wrong.add(`${target}: ${what}: ${answer} instead of ${expected.join(' or ')}`)
      for (const [resolve, share] of waiting) if (latencies.length >= share * amount) resolve()
      if (answer === 'no answer') await sleep(50)
    }
  }
  const workers = (['orders', 'reports'] as const).flatMap((target) => {
    const agent = new Agent({ keepAlive: true })
    return Array.from({ length: 16 }, () => work(target, agent))
  })
  const happening = happen((share) => new Promise((resolve) => waiting.set(resolve, share))).finally(() => (hasHappened = true))
  await Promise.all([...workers, happening])

  const perSecond = Math.round((latencies.length / (performance.now() - begin)) * 1000)
  latencies.sort((one, other) => one - other)
  const [p50, p99] = [0.5, 0.99].map((share) => Math.round(latencies[Math.floor(share * latencies.length)]!)) as [number, number]
  check(wrong.size === 0, `${latencies.length} answers, none of them wrong`, `these are wrong: ${[...wrong].slice(0, 10).join('\n     ')}`)
  list({ ...answers, 'requests in a second': perSecond, 'p50, ms': p50, 'p99, ms': p99 })
  return p99
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
