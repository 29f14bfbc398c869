/** The rotation of the demo: the one command, and that its order matters. */
import { describe, expect, it } from 'vitest'
import { nextSecret } from '../examples/distributed-auth/rotation.ts'
import { startSystem, VERIFIERS } from '../examples/distributed-auth/system.ts'
import { Person } from '../examples/distributed-auth/traffic.ts'
import { ENVIRONMENT, exitCode, run } from './support/demo-process.ts'

describe('npm run rotate', { timeout: 60_000 }, () => {
  it('rotates under traffic, rejects no good token, and shows no token and no secret', async () => {
    const rotation = run('rotate.ts')
    expect(await exitCode(rotation), rotation.output).toBe(0)
    const steps = [
      'verifiers first',
      'then the issuer',
      'key-1 still counts',
      'back from lunch',
      'key-1 is dropped',
      'can mint nothing more',
    ]
    const places = steps.map((step) => rotation.output.indexOf(step))
    expect(places).toEqual(places.filter((place) => place > 0).sort((a, b) => a - b))
    expect(rotation.output).toMatch(/✓ \d{3,} requests were served, none was refused, and nobody was logged out\n/)
    expect(rotation.output).toMatch(/✓ (\d+) of \1 checks passed\n$/)
    expect(rotation.output).not.toMatch(/eyJ[\w-]+\.|✗/)
  })
})

describe('the issuer first', { timeout: 60_000 }, () => {
  it('would lead to rejected tokens, because the verifiers do not know the key', async () => {
    const current = { kid: 'key-1', secret: 'a secret of the tests, 32 bytes or more' }
    const system = await startSystem({ ...ENVIRONMENT, PORT: '0', JWT_SECRET: current.secret }, ['--import', 'tsx'])
    try {
      await system.useKeys(['auth'], [nextSecret(current), current])
      const init = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"user":"ada","password":"engine"}' }
      const { token } = (await (await fetch(`${system.urls.auth}/login`, init)).json()) as { readonly token: string }
      expect((await fetch(`${system.urls.orders}/orders`, { headers: { Authorization: `Bearer ${token}` } })).status).toBe(401)
    } finally {
      system.stop()
    }
  })
})

describe('a service that crashes', { timeout: 60_000 }, () => {
  it('restarts at its old address, with the current keys instead of those that it started with', async () => {
    const first = { kid: 'key-1', secret: 'a secret of the tests, 32 bytes or more' }
    const second = nextSecret(first)
    const system = await startSystem({ ...ENVIRONMENT, PORT: '0', JWT_SECRET: first.secret }, ['--import', 'tsx'])
    try {
      const ada = new Person(system.urls, 'ada', 'engine')
      const old = await ada.signIn()
      await system.useKeys(['auth', ...VERIFIERS], [second])
      const fresh = await ada.signIn()
      const process = system.processOf('orders')
      await system.restart('orders')
      expect(process.signalCode).toBe('SIGKILL')
      expect([await ada.statusAt('orders', fresh), await ada.statusAt('orders', old)]).toEqual([200, 401])
    } finally {
      system.stop()
    }
  })
})
