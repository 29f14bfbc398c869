/**
 * Of `mistakes.test.ts`, what needs Node: keys of another copy of the library, and of another thread; callbacks of `hs256/sync`.
 * `engines-node.test.ts` runs this suite again over `node:crypto`.
 */
import { runInNewContext } from 'node:vm'
import { Worker } from 'node:worker_threads'
import { createKey, type JwtKey } from 'hs256'
import * as sync from 'hs256/sync'
import { describe, expect, it, vi } from 'vitest'
import { bundled, reload } from './support/copies.ts'
import { FOREIGN_KEY, KEY_USES } from './support/foreign-keys.ts'
import { forge, SECRET } from './support/forge.ts'
import { failure, outcome } from './support/outcome.ts'

const TOKEN = forge()
const key = createKey(SECRET)
const bundle = bundled()

describe('A key from elsewhere is refused, with what happened and what to do:', () => {
  it.each<readonly [string, () => unknown]>([
    ['with a kid, of a module that was loaded twice', async () => (await reload()).createKey(SECRET, { kid: 'a' })],
    ['of a minified bundle', () => runInNewContext(`${bundle};library.createKey('${SECRET}')`, { TextEncoder, TextDecoder })],
  ])('a key %s', async (_what, make) => {
    const foreign = (await make()) as JwtKey
    for (const [name, use] of Object.entries(KEY_USES)) expect(await outcome(() => use(foreign)), name).toEqual(new TypeError(FOREIGN_KEY))
  })

  it('a key that a worker was started with, in the worker', async () => {
    const script = `
      ${bundle}
      const { parentPort, workerData } = require('node:worker_threads')
      library.verify('${TOKEN}', workerData).catch(({ name, message }) => parentPort.postMessage(name + ': ' + message))
    `
    const message = await new Promise((resolve, reject) => {
      new Worker(script, { eval: true, workerData: key }).on('message', resolve).on('error', reject).on('exit', reject)
    })
    expect(message).toBe(`TypeError: ${FOREIGN_KEY}`)
  })

  it('but a secret still works in every copy', async () => {
    const other = await reload()
    expect((await other.verify(TOKEN, other.createKey(SECRET))).claims.exp).toBe(4_000_000_000)
  })
})

// Other places of a callback, and what the two `create…Sync` return, are in mistakes.test.ts, which engines.test.ts runs over hs256/sync.
describe('A callback in hs256/sync is refused at once:', () => {
  const callback = vi.fn()
  const CALLS: Readonly<Record<string, readonly unknown[]>> = {
    createSignerSync: [key, { expiresIn: '1h' }],
    createVerifierSync: [key, {}],
    signSync: [{}, key, { expiresIn: '1h' }],
    verifySync: [TOKEN, key, {}],
  }

  it.each(Object.entries(CALLS))('%s', (name, args) => {
    const call = sync[name as keyof typeof sync] as (...args: readonly unknown[]) => unknown
    expect(failure(() => call(...args))).not.toBeInstanceOf(Error)
    expect(String(failure(() => call(...args, callback)))).toContain('TypeError: callbacks are not supported')
    expect(callback).not.toHaveBeenCalled()
  })

  it('every function is in the table', () => {
    expect(Object.keys(CALLS)).toEqual(Object.keys(sync).sort())
  })
})
