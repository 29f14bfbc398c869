/** The revocation lists of examples/revocation, the one in Redis on a real server that is killed, stopped and restarted. */
import { connect as openSocket, createServer, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { createRevocations, type Revocations } from '../examples/revocation/memory.ts'
import { connectRevocations, RevocationsUnavailableError } from '../examples/revocation/redis.ts'
import { outcome } from './support/outcome.ts'
import { listenOn } from './support/port.ts'
import { NO_REDIS, startRedis, type RedisServer } from './support/redis-server.ts'

const NOW = Math.floor(Date.now() / 1000)
const token = (jti: string, sid?: string) => ({ claims: { jti, ...(sid !== undefined && { sid }) } })

let redis: RedisServer
const open: { readonly close: () => void }[] = []
async function connect(options?: Parameters<typeof connectRevocations>[1]): ReturnType<typeof connectRevocations> {
  const revocations = await connectRevocations(redis.url, options)
  open.push(revocations)
  return revocations
}

beforeAll(async () => {
  if (NO_REDIS) return
  vi.spyOn(console, 'error').mockImplementation(() => {}) // each outage is logged once
  redis = await startRedis()
}, 30_000)
afterEach(() => open.splice(0).forEach(({ close }) => close()))
afterAll(() => redis?.stop())

describe.each<[string, () => Revocations | Promise<Revocations>, boolean]>([
  ['in memory', createRevocations, false],
  ['in Redis', connect, NO_REDIS],
])('a revocation list %s', (name, make, skip) => {
  it.skipIf(skip)('revokes a token by its jti, and a session by the sid of its tokens', async () => {
    const { revoke, isRevoked } = await make()
    await revoke(`${name}-j1`, NOW + 900)
    await revoke(`${name}-s1`, NOW + 900)
    const isListed = async (ids: string): Promise<boolean> => {
      const [jti = '', sid] = ids.split(' ').map((id) => `${name}-${id}`)
      return isRevoked(token(jti, sid))
    }
    // s1 is also the session's own token
    expect(await Promise.all(['j1', 'j1 s2', 'j2 s1', 's1', 'j2', 'j2 s2'].map(isListed))).toEqual([true, true, true, true, false, false])
  })
})

describe('the list in memory', () => {
  afterEach(() => void vi.useRealTimers())

  it.each([0, 30])('forgets a token 60 s after its exp and a clockTolerance of %s s', async (clockTolerance) => {
    vi.useFakeTimers()
    const { revoke, isRevoked } = createRevocations({ clockTolerance })
    await revoke('j1', Date.now() / 1000 + 900)
    vi.advanceTimersByTime((960 + clockTolerance) * 1000 - 1)
    expect(isRevoked(token('j1'))).toBe(true)
    vi.advanceTimersByTime(60_001) // it is emptied once a minute
    expect(isRevoked(token('j1'))).toBe(false)
  })

  it('forgets nothing because the time of day jumps ahead', async () => {
    vi.useFakeTimers()
    const { revoke, isRevoked } = createRevocations()
    await revoke('j1', Date.now() / 1000 + 900)
    vi.setSystemTime(Date.now() + 3_600_000)
    vi.advanceTimersByTime(60_000)
    expect(isRevoked(token('j1'))).toBe(true)
  })
})

describe.skipIf(NO_REDIS)('the list in Redis', { timeout: 30_000 }, () => {
  const callsOf = async (command: string): Promise<number> =>
    Number(new RegExp(`cmdstat_${command}:calls=(\\d+)`).exec(await redis.ask('INFO commandstats'))?.[1] ?? 0)

  it('asks for the token and its session in one command', async () => {
    const { isRevoked } = await connect()
    const before = await callsOf('exists')
    await isRevoked(token('j3', 's3'))
    expect((await callsOf('exists')) - before).toBe(1)
  })

  it.each([0, 30])('keeps an entry until 60 s after the exp and a clockTolerance of %s s, and then removes it', async (clockTolerance) => {
    const { revoke } = await connect({ clockTolerance })
    await revoke('j4', NOW + 900.5)
    expect(await redis.ask('EXPIRETIME revoked:j4')).toBe(`:${NOW + 901 + clockTolerance + 60}\r\n`)
    await revoke('j5', NOW - 59 - clockTolerance)
    await vi.waitFor(async () => expect(await redis.ask('EXISTS revoked:j5')).toBe(':0\r\n'), { timeout: 5000 })
  })

  it('throws an error with status 503 while Redis is down, and works again without a restart, with all revocations', async () => {
    const { revoke, isRevoked } = await connect()
    await revoke('j6', NOW + 900)
    await redis.kill()
    const errors = await Promise.all(
      [isRevoked(token('j6')), isRevoked(token('j7')), revoke('j7', NOW + 900)].map((call) => outcome(() => call)),
    )
    for (const error of errors) expect(error).toMatchObject({ name: 'RevocationsUnavailableError', status: 503 })
    await redis.start()
    await vi.waitFor(() => isRevoked(token('j7')), { timeout: 10_000 })
    expect([await isRevoked(token('j6')), await isRevoked(token('j7'))]).toEqual([true, false])
  })

  it('waits no longer than its timeout for a Redis that hangs', async () => {
    const { isRevoked } = await connect({ timeout: 100 })
    redis.signal('SIGSTOP')
    try {
      const error = await outcome(() => isRevoked(token('j8')))
      expect(error).toBeInstanceOf(RevocationsUnavailableError)
      expect(String((error as Error).cause)).toBe('Error: there was no answer within 100 ms')
    } finally {
      redis.signal('SIGCONT')
    }
    await vi.waitFor(() => isRevoked(token('j8')), { timeout: 10_000 })
  })

  it('opens a new connection if its host vanishes without closing the old one', async () => {
    const sockets: Socket[] = []
    const proxy = createServer((socket) => {
      const through = openSocket(Number(new URL(redis.url).port), '127.0.0.1')
      sockets.push(socket, through)
      socket.on('error', () => {}).pipe(through)
      through.on('error', () => {}).pipe(socket)
    })
    const port = await listenOn(proxy)
    const { isRevoked, close } = await connectRevocations(`redis://127.0.0.1:${port}`, { timeout: 100 })
    open.push({ close })
    await isRevoked(token('j8'))
    for (const socket of sockets.splice(0)) socket.unpipe().pause() // nothing goes through, and nothing is closed
    expect(await outcome(() => isRevoked(token('j8')))).toMatchObject({ status: 503 })
    await vi.waitFor(() => isRevoked(token('j8')), { timeout: 10_000 })
    proxy.close()
    for (const socket of sockets) socket.destroy()
  })

  it('starts during an outage', async () => {
    await redis.kill()
    const { isRevoked } = await connect({ timeout: 100 })
    expect(await outcome(() => isRevoked(token('j9')))).toMatchObject({ status: 503 })
    await redis.start()
    await vi.waitFor(() => isRevoked(token('j9')), { timeout: 10_000 })
  })
})
