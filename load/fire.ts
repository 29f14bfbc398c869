/** Sends requests to the services over open connections, and checks every answer. */
import { autocannon, type Request, type Result } from './autocannon/gun.ts'
import type { System } from '../examples/distributed-auth/system.ts'
import { deserved } from './deserved.ts'
import type { Shot } from './shots.ts'
import type { World } from './world.ts'

const TARGETS = ['orders', 'reports'] as const
const CONNECTIONS = 16

/** The results of both services together. Latencies are in milliseconds. */
export interface Volley {
  readonly requests: number
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
  readonly serverErrors: number
  readonly lost: number
  /** The number of each answer: `200`, `401 token_expired`, … */
  readonly answers: ReadonlyMap<string, number>
  /** Wrong answers. */
  readonly wrong: readonly string[]
}

/** The environment of the shots. */
export interface Scene {
  readonly system: System
  readonly world: World
  readonly shots: readonly Shot[]
}

interface Context {
  shot?: Shot
  moment?: number
}

/** Resolves when this share of the requests has been answered, from 0 to 1. */
export type Reach = (share: number) => Promise<void>

/** Sends a number of requests, half of them to each service, while something else happens. */
export async function fire(
  { system, world, shots }: Scene,
  amount: number,
  happen: (reach: Reach) => Promise<void> = async () => {},
): Promise<Volley> {
  const answers = new Map<string, number>()
  const wrong: string[] = []
  const waiting = new Map<() => void, number>()
  const happening = happen((share) => new Promise((resolve) => waiting.set(resolve, share)))
  let index = 0
  let answered = 0

  const volleys = await Promise.all(
    TARGETS.map((target) =>
      autocannon({
        url: system.urls[target],
        connections: CONNECTIONS,
        amount: amount / TARGETS.length,
        requests: [
          {
            setupRequest: (request: Request, context: Context) => {
              const shot = shots[(index += 1) % shots.length]!
              Object.assign(context, { shot, moment: world.moment })
              return { ...request, method: 'GET' as const, path: `/${target}`, headers: shot.headers }
            },
            onResponse: (status: number, body: string, { shot, moment }: Context) => {
              const answer = `${status} ${read(body)}`
              const kind = status === 200 ? '200' : answer
              answers.set(kind, (answers.get(kind) ?? 0) + 1)
              const time = Date.now() / 1000
              const expected = deserved(shot!.credentials, target, world.since(moment!), time)
              if (!expected.includes(answer))
                wrong.push(`${target}: ${shot!.what}: ${answer} instead of ${[...new Set(expected)].join(' or ')}`)
              answered += 1
              for (const [resolve, share] of waiting) if (answered >= share * amount) resolve()
            },
          },
        ],
      }),
    ),
  )
  await happening
  const total = (count: (result: Result) => number): number => volleys.reduce((sum, result) => sum + count(result), 0)
  return {
    requests: answered,
    perSecond: Math.round(total((result) => result.requests.total / result.duration)),
    p50: Math.max(...volleys.map(({ latency }) => latency.p50)),
    p99: Math.max(...volleys.map(({ latency }) => latency.p99)),
    serverErrors: total((result) => result['5xx']),
    lost: total(({ errors, timeouts }) => errors + timeouts),
    answers,
    wrong,
  }
}

/** The error in a body, or else the user. */
function read(body: string): string {
  const { error, user } = JSON.parse(body) as { readonly error?: string; readonly user?: string }
  return error ?? user ?? ''
}
