/** The rotation of the demo: the one command, with a demo of its own and on a running one. */
import { describe, expect, it, vi } from 'vitest'
import { Person } from '../examples/distributed-auth/traffic.ts'
import { exitCode, run, startDemo } from './support/demo-process.ts'

describe('npx tsx examples/distributed-auth/rotate.ts', { timeout: 60_000 }, () => {
  it('rotates under traffic, rejects no good token, and shows no token and no secret', async () => {
    const rotation = run('rotate.ts')
    expect(await exitCode(rotation), rotation.output).toBe(0)
    const edits = ['1. key-2 is added at the end', '2. key-2 is moved to the front', 'key-1 still counts', 'back from lunch']
    const steps = [...edits, '3. only key-2 is left', 'can mint nothing more']
    const places = steps.map((step) => rotation.output.indexOf(step))
    expect(places).toEqual(places.filter((place) => place > 0).sort((a, b) => a - b))
    expect(rotation.output).toMatch(/✓ \d{3,} requests were served, none was refused, and nobody was logged out\n/)
    expect(rotation.output).toMatch(/\n✓ (\d+) of \1 checks passed\n/)
    expect(rotation.output).not.toMatch(/eyJ[\w-]+\.|✗/)
  })
})

describe('npx tsx examples/distributed-auth/rotate.ts FILE', { timeout: 60_000 }, () => {
  it('rotates the keys of a running demo, whose services restart with the current keys', async () => {
    const system = await startDemo()
    try {
      const ada = new Person(system.urls, 'ada', 'engine')
      const old = await ada.signIn()
      const rotation = run('rotate.ts', [system.keyFile], { SESSION_SECONDS: '1' })
      expect(await exitCode(rotation), rotation.output).toBe(0)
      expect(rotation.output.match(/^ {3}\d\. (?:\S+ ){4}/gm)).toEqual([
        '   1. key-2 is added at ',
        '   2. key-2 is moved to ',
        '   3. only key-2 is left: ',
      ])
      const fresh = await ada.signIn()
      await vi.waitFor(async () => expect(await ada.statusAt('orders', old)).toBe(401), { timeout: 10_000 })
      expect(await ada.statusAt('orders', fresh)).toBe(200)
      const process = system.processOf('orders')
      await system.restart('orders')
      expect(process.signalCode).toBe('SIGKILL')
      expect([await ada.statusAt('orders', fresh), await ada.statusAt('orders', old)]).toEqual([200, 401])
    } finally {
      system.stop()
    }
  })
})
