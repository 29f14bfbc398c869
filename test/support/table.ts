/** Runs the table of requests through adapters, on whatever framework they are mounted: all must give the one answer. */
import type { KeyFinder } from 'hs256'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
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
  const sendToAll = async <Wanted>(name: string, headers: readonly string[], wanted: Wanted, method = 'GET') => {
    const able = (clients.get(name) ?? []).filter(([, { alters }]) => alters?.(headers) !== true)
    const answers = able.map(async ([adapter, { send }]) => [adapter, await send(method, headers).catch(String)] as const)
    return {
      answers: Object.fromEntries(await Promise.all(answers)),
      wanted: Object.fromEntries(able.map(([adapter]) => [adapter, wanted])),
    }
  }

  afterEach(() => {
    vi.restoreAllMocks()
    handled.mockReset()
    handled.mockImplementation((subject = 'nobody') => subject)
  })
  afterAll(closeAll)

  describe.each(Object.entries(TABLE))('behind %s', (name, rows) => {
    it.each(rows.map((row) => [row[0], row] as const))('%s gets one answer from every adapter', async (_request, row) => {
      const [, headers, expected, method] = row
      const { answers, wanted } = await sendToAll(name, headers, expected, method)
      expect(answers).toEqual(wanted)
      expect(handled).toHaveBeenCalledTimes(expected.status === 200 ? Object.keys(wanted).length : 0)
    })
  })

  describe('an outage', () => {
    it.each([
      ['a guard whose revocation store is down', bearer(good)],
      ['a guard whose schema asks a store that is down', bearer(good)],
      ['a guard whose key store is down', bearer(good)],
      ['a guard whose key store is down', cookie(`jwt=${expired}`)],
      ['a guard whose key store fails with no error', bearer(good)],
      ['a guard whose key store fails with a word that frameworks know', bearer(good)],
    ])('of %s is neither a 401 nor a pass', async (name, headers) => {
      vi.spyOn(console, 'error').mockReturnValue()
      const { answers, wanted } = await sendToAll(name, headers, expect.objectContaining({ status: 500 }))
      expect(answers).toEqual(wanted)
      expect(handled).not.toHaveBeenCalled()
    })

    it('of the handler itself is a 500, and the next request is served', async () => {
      vi.spyOn(console, 'error').mockReturnValue()
      handled.mockImplementation(() => {
        throw new Error('a mistake in the handler')
      })
      const failed = await sendToAll('a guard', bearer(good), expect.objectContaining({ status: 500 }))
      expect(failed.answers).toEqual(failed.wanted)
      handled.mockImplementation((subject = 'nobody') => subject)
      const served = await sendToAll('a guard', bearer(good), expect.objectContaining({ status: 200 }))
      expect(served.answers).toEqual(served.wanted)
    })
  })
}
