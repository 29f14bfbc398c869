/** Runs the table of requests through adapters, on whatever framework they are mounted: all must give the one answer. */
import type { KeyFinder } from 'hs256'
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { bearer, cookie, expired, good, GUARDS, key, TABLE, type Options } from './requests.ts'
import { closeAll, type Client } from './wire.ts'

/** What the guarded handler answers with, given the token's subject. It counts, so that a test sees whether the handler ran. */
export const handled = vi.fn<(subject?: string) => string>((subject = 'nobody') => subject)

/** Mounts a handler that answers with `handled(subject)` behind a guard. */
export type Mount = (keys: typeof key | KeyFinder, options: Options) => Client | Promise<Client>

export async function describeTable(mounts: Readonly<Record<string, Mount>>): Promise<void> {
  const clients = new Map<string, readonly (readonly [adapter: string, client: Client])[]>()
  for (const [name, { options, keys = key }] of Object.entries(GUARDS)) {
    const mounted = Object.entries(mounts).map(async ([adapter, mount]) => [adapter, await mount(keys, options)] as const)
    clients.set(name, await Promise.all(mounted))
  }
  /** Sends a request to all adapters behind a guard: all must give this answer, and run the handler so many times. */
  async function expectOfAll(name: string, headers: readonly string[], answer: unknown, runs: number, method = 'GET'): Promise<void> {
    const able = (clients.get(name) ?? []).filter(([, { alters }]) => alters?.(headers) !== true)
    const answers = able.map(async ([adapter, { send }]) => [adapter, await send(method, headers).catch(String)] as const)
    expect(Object.fromEntries(await Promise.all(answers))).toEqual(Object.fromEntries(able.map(([adapter]) => [adapter, answer])))
    expect(handled).toHaveBeenCalledTimes(runs * able.length)
  }

  afterEach(() => {
    vi.restoreAllMocks()
    handled.mockReset()
  })
  afterAll(closeAll)

  describe.each(Object.entries(TABLE))('behind %s', (name, rows) => {
    it.each(rows)('%s gets one answer from every adapter', async (_request, headers, answer, method) => {
      await expectOfAll(name, headers, answer, answer.status === 200 ? 1 : 0, method)
    })
  })

  describe('an outage', () => {
    beforeEach(() => void vi.spyOn(console, 'error').mockReturnValue())
    const isOutage: unknown = expect.objectContaining({ status: 500 })

    it.each([
      ['a guard whose revocation store is down', bearer(good)],
      ['a guard whose schema asks a store that is down', bearer(good)],
      ['a guard whose key store is down', bearer(good)],
      ['a guard whose key store is down', cookie(`jwt=${expired}`)],
      ['a guard whose key store fails with no error', bearer(good)],
      ['a guard whose key store fails with a word that frameworks know', bearer(good)],
    ])('of %s is neither a 401 nor a pass', async (name, headers) => {
      await expectOfAll(name, headers, isOutage, 0)
    })

    it('of the handler itself is a 500, and the next request is served', async () => {
      handled.mockImplementation(() => {
        throw new Error('a mistake in the handler')
      })
      await expectOfAll('a guard', bearer(good), isOutage, 1)
      handled.mockReset()
      await expectOfAll('a guard', bearer(good), expect.objectContaining({ status: 200, body: 'ada' }), 1)
    })
  })
}
