/**
 * Of `mistakes.test.ts`, what needs Node: keys of another copy of the library, and of another thread; callbacks of `hs256/sync`.
 * `engines-node.test.ts` runs this suite again over `node:crypto`.
 */
import { runInNewContext } from 'node:vm'
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads'
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

/** What arrives where a value is posted. */
function posted(value: unknown): unknown {
  const { port1, port2 } = new MessageChannel()
  port1.postMessage(value)
  return (receiveMessageOnPort(port2) as { readonly message: unknown }).message
}

describe('A key from elsewhere is refused, with what happened and what to do:', () => {
  const KEYS: Readonly<Record<string, () => unknown>> = {
    'of a module that was loaded twice': async () => (await reload()).createKey(SECRET),
    'with a kid, of a module that was loaded twice': async () => (await reload()).createKey(SECRET, { kid: 'a' }),
    'of a minified bundle': () => runInNewContext(`${bundle};library.createKey('${SECRET}')`, { TextEncoder, TextDecoder }) as unknown,
    'posted by another thread': () => posted(key),
    'with a kid, posted by another thread': () => posted(createKey(SECRET, { kid: 'a' })),
  }
  it.each(Object.entries(KEYS))('a key %s', async (_what, make) => {
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

describe('A callback in hs256/sync is refused at once:', () => {
  const callback = vi.fn()
  const HOUR = { expiresIn: '1h' }
  type Call = (...args: readonly unknown[]) => unknown
  const { createSignerSync, createVerifierSync, signSync, verifySync } = sync as unknown as Readonly<Record<keyof typeof sync, Call>>

  const CALLS: readonly (readonly [name: keyof typeof sync, where: string, call: () => unknown])[] = [
    ['createSignerSync', 'after the options', () => createSignerSync(key, HOUR, callback)],
    ['createSignerSync', 'in place of the options', () => createSignerSync(key, callback)],
    ['createSignerSync', 'of what it returns', () => (createSignerSync(key, HOUR) as Call)({}, callback)],
    ['createVerifierSync', 'after the options', () => createVerifierSync(key, {}, callback)],
    ['createVerifierSync', 'in place of the options', () => createVerifierSync(key, callback)],
    ['createVerifierSync', 'of what it returns', () => (createVerifierSync(key) as Call)(TOKEN, callback)],
    ['signSync', 'after the options', () => signSync({}, key, HOUR, callback)],
    ['signSync', 'in place of the options', () => signSync({}, key, callback)],
    ['verifySync', 'after the options', () => verifySync(TOKEN, key, {}, callback)],
    ['verifySync', 'in place of the options', () => verifySync(TOKEN, key, callback)],
  ]

  it.each(CALLS)('%s, %s', (_name, _where, call) => {
    expect(String(failure(call))).toContain('TypeError: callbacks are not supported')
    expect(callback).not.toHaveBeenCalled()
  })

  it('every function is in the table', () => {
    expect([...new Set(CALLS.map(([name]) => name))]).toEqual(Object.keys(sync).sort())
  })

  it('what map passes is still ignored', () => {
    expect([TOKEN, TOKEN].map(createVerifierSync(key) as Call)).toHaveLength(2)
    expect([{}, {}].map(createSignerSync(key, HOUR) as Call)).toHaveLength(2)
  })
})
