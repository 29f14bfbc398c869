/** Runs `onDenied` of adapters: its answer wins, nothing means the guard's own answer, an error is a 500, and the handler never runs. */
import { describe, expect, it, vi } from 'vitest'
import { bearer, cookie, expired, isExpired, other, passesNothing, preflight } from './requests.ts'
import { handled } from './table.ts'
import { sendTo, type Client } from './wire.ts'

type OnDenied = (...args: readonly never[]) => unknown

/** An adapter whose handler answers with `handled(…)`. */
export interface DeniedMount<Served extends Client | string = string> {
  /** Serves it, and resolves to its URL, or to a client. */
  readonly mount: (onDenied: never) => Served | Promise<Served>
  /** An `onDenied` that answers with a redirect: 303. */
  readonly redirect: OnDenied
  /** One that answers after it has returned, where the adapter allows that. */
  readonly later?: OnDenied
}

export function describeOnDenied(mounts: Readonly<Record<string, DeniedMount<Client | string>>>): void {
  describe.each(Object.entries(mounts))('onDenied of %s', (_name, { mount, redirect, later }) => {
    const ask = async (onDenied: OnDenied, headers = cookie(`jwt=${expired}`), method = 'GET') => {
      handled.mockClear()
      const served = await mount(onDenied as never)
      return typeof served === 'string' ? sendTo(served, method, headers) : served.send(method, headers)
    }

    it('answers a denied request, and no other', async () => {
      const onDenied = vi.fn<OnDenied>(redirect)
      expect(await ask(onDenied)).toMatchObject({ status: 303, location: '/sign-in', challenge: undefined })
      const result = expect.objectContaining({ status: 'denied', reason: 'token_expired' }) as unknown
      expect(onDenied.mock.calls).toEqual([expect.arrayContaining([result])])
      expect(handled).not.toHaveBeenCalled()
      expect(await ask(onDenied, preflight, 'OPTIONS')).toEqual(passesNothing)
      expect(await ask(onDenied, bearer(other))).toMatchObject({ status: 200 })
      expect(onDenied).toHaveBeenCalledOnce()
    })

    it.each(later === undefined ? [] : [later])('answers later, if it says so', async (onDenied) => {
      expect(await ask(onDenied)).toMatchObject({ status: 303, challenge: undefined })
    })

    it.each([
      ['nothing', () => {}],
      ['a promise of nothing', () => Promise.resolve()],
    ])('leaves the answer to the guard if it returns %s', async (_what, onDenied) => {
      expect(await ask(onDenied)).toEqual(isExpired)
      expect(handled).not.toHaveBeenCalled()
    })

    it.each([[new Error('no log')], [undefined], ['route']])('may reject, with %s, which is a 500', async (reason) => {
      vi.spyOn(console, 'error').mockReturnValue()
      expect(await ask(() => Promise.reject(reason))).toMatchObject({ status: 500 })
      expect(handled).not.toHaveBeenCalled()
    })
  })
}
