/** The demo with its revocations in a real Redis, which is killed and restarted: no token is let through unchecked. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createKey, sign } from 'hs256'
import type { System } from '../examples/distributed-auth/system.ts'
import { Person } from '../examples/distributed-auth/traffic.ts'
import { askerOf, SECRET, startDemo } from './support/demo-process.ts'
import { NO_REDIS, startRedis, type RedisServer } from './support/redis-server.ts'

describe.skipIf(NO_REDIS)('the demo on Redis', { timeout: 60_000 }, () => {
  let redis: RedisServer
  let system: System
  /** What the services say over the line to their parent, except that they listen. */
  const told: unknown[] = []

  beforeAll(async () => {
    redis = await startRedis()
    system = await startDemo({ REDIS_URL: redis.url })
    for (const name of ['auth', 'orders', 'reports'] as const)
      system.processOf(name).on('message', (envelope: { readonly message?: unknown }) => envelope.message && told.push(envelope.message))
  }, 60_000)
  afterAll(async () => {
    system?.stop()
    await redis?.stop()
  })

  const ask = (service: keyof System['urls'], route: string, token: string): Promise<Response> => {
    const Origin = service === 'auth' ? system.urls.auth : system.page
    return askerOf(() => system)(service, route, { Authorization: `Bearer ${token}`, Cookie: `__Host-session=${token}`, Origin })
  }
  const ROUTES = { 'GET /orders': 'orders', 'GET /reports': 'reports', 'GET /api/jwt': 'auth', 'POST /logout': 'auth' } as const

  it('revokes in every service, without a word between the processes', async () => {
    const ada = new Person(system.urls, 'ada', 'engine')
    const [first, second] = [await ada.signIn(), await ada.renew()]
    const other = await ada.signIn()
    expect((await ask('auth', 'POST /logout', first)).status).toBe(204)
    for (const name of ['orders', 'reports'] as const)
      expect([await ada.statusAt(name, first), await ada.statusAt(name, second), await ada.statusAt(name, other)]).toEqual([401, 401, 200])
    await system.restart('orders')
    expect([await ada.statusAt('orders', first), await ada.statusAt('orders', other)]).toEqual([401, 200])
    expect(told).toEqual([])
  })

  it('answers 503 while Redis is down, and serves again when it is back, without a restart', async () => {
    const ada = new Person(system.urls, 'ada', 'engine')
    const [good, revoked] = [await ada.signIn(), await ada.signIn()]
    expect((await ask('auth', 'POST /logout', revoked)).status).toBe(204)
    const expired = await sign({ exp: 1_700_000_000 }, createKey(SECRET), { type: 'at+jwt' })
    await redis.kill()

    for (const token of [good, revoked]) {
      for (const [route, service] of Object.entries(ROUTES)) {
        const response = await ask(service, route, token)
        expect([response.status, response.headers.get('retry-after')], route).toEqual([503, '1'])
        expect(response.headers.has('www-authenticate')).toBe(false)
        expect(response.headers.get('cache-control')).toBe('no-store')
        if (service !== 'auth') expect(response.headers.get('access-control-allow-origin')).toBe(system.page)
        expect(await response.json()).toMatchObject({ error: 'unavailable' })
      }
    }
    expect((await ask('orders', 'GET /orders', expired)).status).toBe(401) // needs no list
    await expect(ada.renew()).resolves.toBeUndefined()
    expect(ada.refused).toEqual(['503 /renew'])

    await redis.start()
    for (const name of ['orders', 'reports'] as const)
      await vi.waitFor(async () => expect(await ada.statusAt(name, good)).toBe(200), { timeout: 10_000 })
    expect([await ada.statusAt('orders', revoked), await ada.statusAt('reports', revoked)]).toEqual([401, 401])
    await vi.waitFor(async () => expect((await ask('auth', 'POST /logout', good)).status).toBe(204), { timeout: 10_000 })
    expect(await ada.statusAt('orders', good)).toBe(401)
  })
})
